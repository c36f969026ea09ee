//! What the guide says about each flow's steps.

pub const SAMPLE_USER_ID: &str = "taro@example.jp";
pub const SAMPLE_PASSWORD: &str = "●●●●●●●●";
pub const SAMPLE_NUMBER: &str = "NR10000001";
pub const SAMPLE_KANA: &str = "ニリン　タロウ";
pub const SAMPLE_PHONE: &str = "09000000001";
pub const SAMPLE_CODE: &str = "123456";
pub const SAMPLE_TIME: &str = "14:05";
pub const SAMPLE_PRODUCT: &str = "バイク保険 スタンダード";

pub const ENROL_SIZE: &str = "ログインが終わるまで、全部で6ステップです。";
pub const ENROL_IDENTITY: &str =
    "番号、お名前、電話番号を入力して「次へ進む」を押します。番号の種類を選ぶ必要はありません。";
pub const ENROL_PASSWORD: &str = "表示されたユーザーIDを確かめます。新しいパスワードを入力して「送信する」を押します。";
pub const ENROL_MAIL: &str = "ユーザーIDのアドレスにメールが届きます。24時間以内にメールのリンクを開いて、「確認して登録を完了する」を押します。";
pub const ENROL_MAIL_MOVES: &str = "リンクは、別の端末で開いてもかまいません。元の画面は、自動で次へ進みます。進まないときは、画面のボタンを押してください。";
pub const ENROL_SIGN_IN: &str =
    "アカウントができたら、ログインへ進みます。登録したパスワードを入力して「次へ」を押します。";
pub const ENROL_CODE: &str = "メールで届く6桁の認証番号を入力して「次へ進む」を押します。番号は5分間使えます。";
pub const ENROL_END: &str = "マイページが開きます。ご契約の内容をご覧いただけます。";

pub const INQUIRY_SIZE: &str = "全部で2ステップです。";
pub const INQUIRY_SHOWN_NAME: &str = "ユーザーIDの表示";
pub const INQUIRY_SHOWN: &str = "ユーザーIDが表示されます。確認のお知らせを、そのアドレスにメールでお送りします。";
pub const INQUIRY_NOT_ENROLLED: &str = "「はじめてのログイン」がまだの方は、そのままパスワードの登録へ進めます。";

pub const RESET_SIZE: &str = "全部で4ステップです。";
pub const RESET_ID_NAME: &str = "ユーザーIDの入力";
pub const RESET_ID: &str = "ユーザーIDを入力して「送信する」を押します。";
pub const RESET_MAIL_NAME: &str = "メールの確認";
pub const RESET_MAIL: &str = "登録のあるユーザーIDのときは、メールが届きます。24時間以内に、メールのリンクを開きます。";
pub const RESET_PASSWORD_NAME: &str = "新しいパスワードの登録";
pub const RESET_PASSWORD: &str = "新しいパスワードを入力して「パスワード変更」を押します。";
pub const RESET_END_NAME: &str = "完了";
pub const RESET_END: &str = "すべての端末でログアウトします。新しいパスワードでログインしてください。";
