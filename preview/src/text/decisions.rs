//! What was decided about the design where a guideline, mostly that of the Digital Agency of Japan, left it open or says otherwise:
//! docs/design.md in the gallery's own words. A test holds the two together.

/// A question of the design, its answer and the reason.
pub(crate) struct Decision {
    pub(crate) question: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) concerns: Concerns,
}

/// What a decision is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Concerns {
    /// Every screen, but not the mails.
    Screens,
    /// Wherever a field has an error.
    Errors,
    /// What reports trouble or what has just happened.
    Reports,
    /// Screens and mails.
    Everything,
}

pub(crate) const DECISIONS: &[Decision] = &[
    Decision {
        question: "字間を0.02em広げるか",
        answer: "広げる。",
        reason: "デジタル庁のデザインシステムの値です。かなが詰まって並ぶと、見えにくい人には続いて見えます。広げても、見出しとボタンの行数は変わりません。",
        concerns: Concerns::Screens,
    },
    Decision {
        question: "和文と英数字の間に、自動で空き（text-autospace）を入れるか",
        answer: "入れる。",
        reason: "「6桁」や「ユーザーID」が区切って読めます。この指定の初期値は「入れない」なので、書かなければ効きません。対応していないブラウザーでは、これまでと同じ見え方です。",
        concerns: Concerns::Screens,
    },
    Decision {
        question: "見出しやボタンの改行の位置を、文節で指定するか",
        answer: "文節の切れ目に、見えない印を入れる。",
        reason: "文節で改行する指定（auto-phrase）は、SafariとFirefoxにありません。印があれば、どのブラウザーでも同じところで折り返し、語の途中では折れません。印は読み上げられず、検索の邪魔にもなりません。",
        concerns: Concerns::Screens,
    },
    Decision {
        question: "「※必須」だけが次の行に落ちるのを許すか",
        answer: "許さない。項目名の最後の語と同じ行に置く。",
        reason: "1つだけ次の行にあると、どの項目の印なのかがわかりません。語と印のあいだに、改行できない印を入れています。",
        concerns: Concerns::Screens,
    },
    Decision {
        question: "エラーの文の先頭に「＊」を付けるか",
        answer: "付けない。丸で囲んだ「!」を描く。",
        reason: "デジタル庁のデザインシステムが「＊」を付けるのは、色だけで伝えないためです。ここでは、描いた印、欄の枠、文字の太さ、色の4つで伝えています。「＊」は「アスタリスク」と読み上げられ、必須の印の「※」とも紛れます。",
        concerns: Concerns::Errors,
    },
    Decision {
        question: "障害などを知らせる文の長さを決めるか",
        answer: "見出しは全角30文字まで、本文は100文字まで。",
        reason: "デジタル庁の緊急時バナーの長さです。困っている人は長い文を読めません。障害のページがこの長さに収まることは、試験で確かめています。",
        concerns: Concerns::Reports,
    },
    Decision {
        question: "暗い配色の青、赤、緑を、APCAに合わせて明るくするか",
        answer: "少し明るくする。",
        reason: "基準はWCAG 2.2で、元の色も7:1を超えていました。見え方に近い目安のAPCAでは59から63で、本文には70ほどが望まれます。今は68から72です。試験で不合格にする基準は、WCAGのままです。",
        concerns: Concerns::Everything,
    },
    Decision {
        question: "画面が替わるときに、動きを付けるか",
        answer: "0.2秒以内の、1度だけの動きを付ける。",
        reason: "次の手順に替わったことに気づけるようにするためです。動いているあいだも操作できます。動きを減らす設定の人には、動きを出しません。",
        concerns: Concerns::Screens,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of docs/design.md that answer questions of guidelines. The others are about single screens and words.
    const PARTS: [&str; 4] = ["Type", "Colours", "Errors and notices", "Motion"];

    /// How each decision's row or point begins there, in the order of the decisions.
    const WRITTEN: [&str; DECISIONS.len()] = [
        "`letter-spacing: 0.02em`",
        "`text-autospace: normal`",
        "line breaks in headings",
        "「※必須」",
        "**No 「＊」 before an error**",
        "**A heading of a page that reports trouble",
        "**Dark accent, bad and good",
        "**A step that is put into the page",
    ];

    /// Every row of a table and every point of a list in those parts.
    fn written() -> Vec<&'static str> {
        let document = include_str!("../../../docs/design.md");
        let parts: Vec<_> = document
            .split("\n## ")
            .filter_map(|part| part.split_once('\n'))
            .filter(|(heading, _)| PARTS.contains(heading))
            .collect();
        assert_eq!(parts.len(), PARTS.len());
        let lines = parts.iter().flat_map(|(_, text)| text.lines());
        let rows = lines.filter_map(|line| line.strip_prefix("| ").or_else(|| line.strip_prefix("- ")));
        rows.filter(|row| !row.starts_with("question |")).collect()
    }

    #[test]
    fn what_the_gallery_says_was_decided_is_what_the_document_says() {
        let rows = written();
        assert_eq!(rows.len(), WRITTEN.len(), "{rows:#?}");
        for (decision, begin) in DECISIONS.iter().zip(WRITTEN) {
            let same = rows.iter().filter(|row| row.starts_with(begin)).count();
            assert_eq!(same, 1, "{}", decision.question);
        }
    }
}
