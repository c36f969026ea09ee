use super::{Note, note};
use app::text::help::Topic;

/// The pages that are no step of a flow, by their names in the register.
pub(super) fn of(page: &str) -> Option<Note> {
    Some(match page {
        "guide" => {
            note("2. Pages", "入口の案内です。困りごとから選ぶと、その場合の手順だけが開きます。絵は製品の画面です。")
        }
        "help" => note("2. Pages", "ヘルプの一覧です。"),
        "portal" => note("In the portal", "ログイン後の最初のページです。することがある契約を先に置きます。"),
        "contract" => note("In the portal", "1つの契約の全部です。値は契約データのままなので、長いものがあります。"),
        "account" => {
            note("In the portal", "ログイン中の端末、ログインの記録、お知らせの設定、パスワードの変更があります。")
        }
        "error" => {
            note("2. Pages", "障害と、間違ったアドレスのページです。何が起きたかと次の行動を書き、番号だけにしません。")
        }
        topic => topic_note(Topic::parse(topic)?),
    })
}

const fn topic_note(topic: Topic) -> Note {
    match topic {
        Topic::ContractNumber => note("2. Pages", "番号が手もとで見つからない人が、本人確認の画面から来ます。"),
        Topic::Mail => note("2. Pages", "メールを待つ画面から来ます。受信設定と、迷惑メールの探し方があります。"),
        Topic::Link => note("2. Pages", "リンクが開けない人が、終わりの画面とメールから来ます。"),
        Topic::Code => note("2. Pages", "認証番号の画面から来ます。"),
        Topic::Locked => note("7. Limits", "間違いが続いた人が来ます。待つ時間は設定から作るので、食い違いません。"),
        Topic::Change => note("2. Pages", "メールアドレスや電話番号が変わった人が来ます。"),
        Topic::Renewal => note("14. Procedures", "継続の画面から来ます。"),
        Topic::ContractChange => note("14. Procedures", "変更の画面から来ます。"),
        Topic::Environment => note("2. Pages", "使えるブラウザーの一覧です。古いものでも、スクリプトなしで使えます。"),
    }
}
