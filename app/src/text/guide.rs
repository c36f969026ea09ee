//! What the guide says: the first page for who cannot sign in.


pub const HEADING: &str = "ユーザーID/パスワードがわからない";
pub const LEAD: &str = "ログインに使うユーザーIDやパスワードがわからない方のためのご案内です。";
