//! Where a line of Japanese may break: between phrases. Not every engine finds phrases by itself (`word-break: auto-phrase`); the
//! others are given `<wbr>` in headings, which `style/base.css` makes the only places. Pages that the server alone renders have
//! them; in a step that the browser side takes over an element more would be in its way.

const LEVELS: [&str; 4] = ["h1", "h2", "h3", "h4"];

/// Returns the document with `<wbr>` between the phrases of its headings, up to where the browser side's own part begins.
#[must_use]
pub fn mark(html: String) -> String {
    let (ours, theirs) = html.split_at(html.find("id=\"wizard\"").unwrap_or(html.len()));
    let mut marked = String::with_capacity(html.len() + 256);
    let mut rest = ours;
    while let Some((from, to)) = heading(rest) {
        marked.push_str(rest.get(..from).unwrap_or_default());
        mark_text(rest.get(from..to).unwrap_or_default(), &mut marked);
        rest = rest.get(to..).unwrap_or_default();
    }
    marked.push_str(rest);
    marked.push_str(theirs);
    marked
}

/// Returns where the content of the next heading begins and ends.
fn heading(html: &str) -> Option<(usize, usize)> {
    LEVELS
        .into_iter()
        .filter_map(|level| {
            let start = ["<", level].concat();
            let tag = html.match_indices(&start).map(|(at, _)| at).find(|at| {
                html.get(at + start.len()..).is_some_and(|after| after.starts_with('>') || after.starts_with(' '))
            })?;
            let from = tag + html.get(tag..)?.find('>')? + 1;
            let to = from + html.get(from..)?.find(&["</", level].concat())?;
            Some((from, to))
        })
        .min_by_key(|(from, _)| *from)
}

/// Copies a heading's content and marks its text; tags stay as they are.
fn mark_text(content: &str, marked: &mut String) {
    let mut in_tag = false;
    let letters: Vec<char> = content.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        in_tag |= *letter == '<';
        if !in_tag && begins_phrase(&letters, at) {
            marked.push_str("<wbr>");
        }
        marked.push(*letter);
        in_tag &= *letter != '>';
    }
}

/// Returns whether a phrase begins at `at`: after the hiragana that end the one before, or after a mark of punctuation.
fn begins_phrase(letters: &[char], at: usize) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
    let (Some(this), Some(before)) = (letter(Some(at)), letter(at.checked_sub(1))) else { return false };
    if this == '<' || before == '>' || is_closing(this) {
        return false;
    }
    if matches!(before, '、' | '。' | '/') {
        return true;
    }
    if !is_hiragana(before) {
        return false;
    }
    let opens = |at: usize| {
        matches!(letter(Some(at)), Some('お' | 'ご'))
            && letter(Some(at + 1)).is_some_and(|next| !is_hiragana(next) && !is_closing(next))
    };
    if is_hiragana(this) {
        return opens(at);
    }
    // The honorific belongs to the word behind it.
    if at.checked_sub(1).is_some_and(opens) {
        return false;
    }
    // One hiragana within a word (取り消し), unless it is a particle (本人の確認).
    let alone = letter(at.checked_sub(2)).is_some_and(is_kanji) && is_kanji(this);
    !alone || matches!(before, 'が' | 'の' | 'を' | 'に' | 'へ' | 'と' | 'は' | 'も' | 'で' | 'や' | 'か')
}

const fn is_hiragana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ')
}

const fn is_kanji(letter: char) -> bool {
    matches!(letter, '一'..='鿿' | '々')
}

/// What stays on the line of what it follows.
const fn is_closing(letter: char) -> bool {
    matches!(letter, '、' | '。' | '」' | '）' | '・' | 'ー' | '/' | '？' | '：' | '　' | ' ')
}

#[cfg(test)]
mod tests {
    use super::mark;

    fn phrases(heading: &str) -> String {
        let marked = mark(format!("<main><h1 class=\"a\">{heading}</h1><p>本人の確認</p></main>"));
        let inner = marked.trim_start_matches("<main><h1 class=\"a\">").replace("<wbr>", "|");
        inner.trim_end_matches("</h1><p>本人の確認</p></main>").to_owned()
    }

    #[test]
    fn a_heading_may_break_between_its_phrases_only() {
        for (heading, broken) in [
            ("ユーザーID/パスワードがわからない", "ユーザーID/|パスワードがわからない"),
            ("2022年9月6日から、ログインの方法が変わりました", "2022年9月6日から、|ログインの|方法が|変わりました"),
            ("メールをご確認ください", "メールを|ご確認ください"),
            ("お困りのときは", "お困りのときは"),
            ("手続きを取り消しました", "手続きを|取り消しました"),
            ("手続きの前にご用意ください", "手続きの|前に|ご用意ください"),
            ("お電話でのお問い合わせ", "お電話での|お問い合わせ"),
            ("「心当たりがない」を選ぶ", "「心当たりがない」を|選ぶ"),
        ] {
            assert_eq!(phrases(heading), broken);
        }
    }

    #[test]
    fn tags_in_a_heading_and_what_the_browser_side_takes_over_stay_as_they_are() {
        assert_eq!(phrases("<a href=\"/の確\">番号の確認</a>"), "<a href=\"/の確\">番号の|確認</a>");
        let wizard = "<header>本人の確認</header><div id=\"wizard\"><h1>本人の確認</h1></div>";
        assert_eq!(mark(wizard.to_owned()), wizard);
    }
}
