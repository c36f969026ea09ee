use super::Note;
use app::samples::kinds::{EntryProblemKind, ProcedureKind};

pub(super) const fn of(kind: ProcedureKind) -> Note {
    match kind {
        ProcedureKind::RenewalEntry => Note {
            section: "14. Procedures",
            words: "継続の最初の画面です。今の契約と次の契約を並べ、選ぶのは支払い方法だけです。",
        },
        ProcedureKind::ChangeEntry => Note {
            section: "14. Procedures",
            words: "変更の最初の画面です。変えたい欄だけを入力します。空の欄は、今のままです。",
        },
        ProcedureKind::Confirm => Note {
            section: "14. Procedures",
            words: "送る前に、もう一度全部を見せます。ここまでは何も送られていません。",
        },
        ProcedureKind::Receipt => Note {
            section: "14. Procedures",
            words: "受付の控えです。印刷しても使えます。担当者の処理により、状態が変わります。",
        },
        ProcedureKind::NotOffered => Note {
            section: "14. Procedures",
            words: "継続できない時期や契約のときに出ます。いつからできるか、または電話を案内します。",
        },
        ProcedureKind::NotChangeable => {
            Note { section: "14. Procedures", words: "変更できない契約のときに出ます。" }
        }
    }
}

pub(super) const fn problem(kind: EntryProblemKind) -> Note {
    match kind {
        EntryProblemKind::NoChoice => {
            Note { section: "14. Procedures", words: "支払い方法を選んでいないときに出ます。" }
        }
        EntryProblemKind::NoConsent => Note {
            section: "14. Procedures",
            words: "継続への同意がないときに出ます。先に印を付けておくことはしません。",
        },
        EntryProblemKind::NothingChanged => Note {
            section: "14. Procedures",
            words: "変更がどこにもないときに出ます。書き方の違いは、変更とみなしません。",
        },
        EntryProblemKind::Item => Note {
            section: "14. Procedures",
            words: "変更の欄に直すところがあるときに出ます。ほかの欄の入力は残ります。",
        },
    }
}
