use super::Note;
use app::text::help::Topic;

/// The pages that are no step of a flow, by their names in the register.
pub(super) fn of(page: &str) -> Option<Note> {
    Some(match page {
        "guide" => Note {
            section: "2. Pages",
            words: "入口の案内です。困りごとから選ぶと、その場合の手順だけが開きます。絵は製品の画面です。",
        },
        "help" => Note { section: "2. Pages", words: "ヘルプの一覧です。" },
        "portal" => Note {
            section: "In the portal",
            words: "ログイン後の最初のページです。することがある契約を先に置きます。",
        },
        "contract" => Note {
            section: "In the portal",
            words: "1つの契約の全部です。値は契約データのままなので、長いものがあります。",
        },
        "account" => Note {
            section: "In the portal",
            words: "ログイン中の端末、ログインの記録、お知らせの設定、パスワードの変更があります。",
        },
        "error" => Note {
            section: "2. Pages",
            words: "障害と、間違ったアドレスのページです。何が起きたかと次の行動を書き、番号だけにしません。",
        },
        topic => topic_note(Topic::parse(topic)?),
    })
}

const fn topic_note(topic: Topic) -> Note {
    match topic {
        Topic::ContractNumber => Note {
            section: "2. Pages",
            words: "番号が手もとで見つからない人が、本人確認の画面から来ます。",
        },
        Topic::Mail => Note {
            section: "2. Pages",
            words: "メールを待つ画面から来ます。受信設定と、迷惑メールの探し方があります。",
        },
        Topic::Link => Note {
            section: "2. Pages", words: "リンクが開けない人が、終わりの画面とメールから来ます。"
        },
        Topic::Code => Note { section: "2. Pages", words: "認証番号の画面から来ます。" },
        Topic::Locked => Note {
            section: "7. Limits",
            words: "間違いが続いた人が来ます。待つ時間は設定から作るので、食い違いません。",
        },
        Topic::Change => {
            Note { section: "2. Pages", words: "メールアドレスや電話番号が変わった人が来ます。" }
        }
        Topic::Renewal => Note { section: "14. Procedures", words: "継続の画面から来ます。" },
        Topic::ContractChange => Note { section: "14. Procedures", words: "変更の画面から来ます。" },
        Topic::Environment => Note {
            section: "2. Pages",
            words: "使えるブラウザーの一覧です。古い版では手続きできないことがある、と断ります。",
        },
    }
}
