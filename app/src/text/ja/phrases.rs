//! Where a line of Japanese may break: between phrases. Not every engine finds phrases by itself (`word-break: auto-phrase`), and
//! where it cannot, `style/base.css` forbids every other break in what is short and large: headings, labels, buttons, steps. The marks
//! are zero width spaces: an element (`<wbr>`) would be in the way of the browser side, and a space in the name that is read out. What
//! the browser side draws later is marked by `public/start.js`, by the same rule.

/// The mark between two phrases. Nobody sees, hears or searches for it.
pub const MARK: char = '\u{200b}';

/// What is marked, by its tag or by its class.
const MARKED: [&str; 8] = ["h1", "h2", "h3", "h4", "label", "legend", "button", "summary"];
const MARKED_CLASSES: [&str; 2] = ["button", "step-name"];

/// Returns the document with marks between the phrases of its short texts.
#[must_use]
pub fn mark(html: String) -> String {
    let mut marked = String::with_capacity(html.len() + 1_024);
    let mut copied = 0;
    for (at, _) in html.match_indices('<') {
        if at < copied {
            continue;
        }
        let Some((from, to)) = html.get(at..).and_then(content) else { continue };
        marked.push_str(html.get(copied..at + from).unwrap_or_default());
        mark_text(html.get(at + from..at + to).unwrap_or_default(), &mut marked);
        copied = at + to;
    }
    marked.push_str(html.get(copied..).unwrap_or_default());
    marked
}

/// Returns where the content of the element at the beginning of `html` begins and ends, if it is one that is marked.
fn content(html: &str) -> Option<(usize, usize)> {
    let tag = html.get(1..html.find('>')?)?;
    let name = tag.split(' ').next()?;
    let class = tag.split_once("class=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
    let by_class = || class.split(' ').any(|class| MARKED_CLASSES.contains(&class));
    if !MARKED.contains(&name) && !by_class() {
        return None;
    }
    let from = tag.len() + 2;
    let to = from + html.get(from..)?.find(&["</", name, ">"].concat())?;
    Some((from, to))
}

/// Copies an element's content and marks its text; tags stay as they are.
fn mark_text(content: &str, marked: &mut String) {
    let mut in_tag = false;
    let letters: Vec<char> = content.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        in_tag |= *letter == '<';
        if !in_tag && begins_phrase(&letters, at) {
            marked.push(MARK);
        }
        marked.push(*letter);
        in_tag &= *letter != '>';
    }
}

/// Returns whether a phrase begins at `at`.
fn begins_phrase(letters: &[char], at: usize) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied().unwrap_or(' ');
    let (earlier, before) = (letter(at.checked_sub(2)), letter(at.checked_sub(1)));
    let (this, next) = (letter(Some(at)), letter(Some(at + 1)));
    if matches!(this, '<' | ' ') || matches!(before, '>' | ' ') || is_closing(this) {
        return false;
    }
    // Behind a mark of punctuation, behind a particle that is never anything else, and before a bracket.
    if matches!(before, '、' | '。' | '/' | '・' | 'を') || (is_opening(this) && !is_opening(before)) {
        return true;
    }
    // A noun in kanji behind one in katakana.
    if is_katakana(before) {
        return is_kanji(this) && is_kanji(next);
    }
    if !is_hiragana(before) {
        return false;
    }
    // An honorific begins a phrase, and belongs to the word behind it.
    if is_hiragana(this) {
        return matches!(this, 'お' | 'ご') && is_word(next);
    }
    // Hiragana within a word (お知らせ, やり直す, 取り消し), unless it is a particle (本人の確認).
    let within = is_kanji(earlier)
        && is_kanji(this)
        && !matches!(before, 'が' | 'の' | 'を' | 'に' | 'へ' | 'と' | 'は' | 'も' | 'で' | 'や' | 'か');
    !within && !matches!(before, 'お' | 'ご' | 'り' | 'し')
}

const fn is_hiragana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ')
}

const fn is_kanji(letter: char) -> bool {
    matches!(letter, '一'..='鿿' | '々')
}

const fn is_katakana(letter: char) -> bool {
    matches!(letter, 'ァ'..='ヺ' | 'ー')
}

const fn is_opening(letter: char) -> bool {
    matches!(letter, '（' | '「')
}

/// What an honorific stands before.
const fn is_word(letter: char) -> bool {
    !is_hiragana(letter) && !is_closing(letter) && letter != '<'
}

/// What stays on the line of what it follows.
const fn is_closing(letter: char) -> bool {
    matches!(letter, '、' | '。' | '」' | '）' | '・' | 'ー' | '/' | '？' | '：' | '　' | ' ')
}

#[cfg(test)]
mod tests {
    use super::{MARK, mark};
    use crate::shape;

    fn phrases(heading: &str) -> String {
        let marked = mark(format!("<main><h1 class=\"a\">{heading}</h1><p>本人の確認</p></main>"));
        let inner = marked.trim_start_matches("<main><h1 class=\"a\">").replace(MARK, "|");
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
            ("ほかの端末をすべてログアウト", "ほかの|端末を|すべて|ログアウト"),
            ("はじめてのログインをやり直す", "はじめての|ログインを|やり直す"),
            ("ユーザーID（メールアドレス）", "ユーザーID|（メールアドレス）"),
            ("証券番号・継続契約番号・見積番号のいずれか", "証券番号・|継続契約番号・|見積番号のいずれか"),
            ("パスワード変更完了", "パスワード|変更完了"),
            ("ログイン中の端末", "ログイン中の|端末"),
        ] {
            assert_eq!(phrases(heading), broken);
        }
    }

    #[test]
    fn tags_stay_as_they_are_and_so_does_the_shape_that_the_browser_side_compares() {
        assert_eq!(phrases("<a href=\"/の確\">番号の確認</a>"), "<a href=\"/の確\">番号の|確認</a>");
        let step = "<div id=\"wizard\"><h1>本人の確認</h1></div>";
        assert_eq!(shape::of_html(&mark(step.to_owned())), shape::of_html(step));
    }

    #[test]
    fn labels_buttons_and_links_that_look_like_them_are_marked_and_running_text_is_not() {
        for (before, after) in [
            ("<label for=\"a\">番号の確認 <span>※必須</span></label>", "番号の|確認"),
            ("<a class=\"button quiet\" href=\"/\">番号の確認</a>", "番号の|確認"),
            ("<summary>番号の確認</summary>", "番号の|確認"),
            ("<p>番号の確認</p>", "番号の確認"),
            ("<a class=\"choice-button\" href=\"/\">番号の確認</a>", "番号の確認"),
        ] {
            assert!(mark(before.to_owned()).replace(MARK, "|").contains(after), "{before}");
        }
    }
}
