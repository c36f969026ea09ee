//! The sentences of a document, in the order in which they are read: texts, and what only screen readers say.

use app::text::phrases::MARK;

/// Elements that stand inside of a sentence. A `span` with a class is a part by itself.
const INLINE: [&str; 12] = ["a", "abbr", "b", "code", "em", "i", "mark", "small", "strong", "time", "u", "wbr"];
/// Attributes that are read out.
const SPOKEN: [&str; 3] = [" alt=\"", " aria-label=\"", " placeholder=\""];
/// Elements whose content nobody reads.
const UNREAD: [&str; 2] = ["script", "style"];

/// Returns the sentences of a document or of a piece of one. What has no letter in it is none.
pub(crate) fn sentences(html: &str) -> Vec<String> {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some((text, tag, after)) = next_tag(rest) {
        reader.sentence.push_str(text);
        reader.tag(tag);
        let name = name_of(tag);
        rest = match UNREAD.contains(&name) && !tag.starts_with('/') {
            true => after.find(&format!("</{name}")).and_then(|end| after.get(end..)).unwrap_or_default(),
            false => after,
        };
    }
    reader.sentence.push_str(rest);
    reader.end();
    reader.found
}

#[derive(Default)]
struct Reader {
    found: Vec<String>,
    sentence: String,
    /// Whether each open `span` has a class.
    spans: Vec<bool>,
    /// How long the sentence was when its last link ended.
    link_end: Option<usize>,
}

impl Reader {
    fn tag(&mut self, tag: &str) {
        let (name, closing) = (name_of(tag), tag.starts_with('/'));
        let inside = match name {
            // Leptos separates texts by comments.
            "" => true,
            "span" if closing => !self.spans.pop().unwrap_or(false),
            "span" => {
                let alone = tag.contains(" class=");
                self.spans.push(alone);
                !alone
            }
            // Links that follow each other without a word between them are a list.
            "a" if !closing => self.link_end.is_none_or(|end| self.sentence.trim_end().len() > end),
            name => INLINE.contains(&name),
        };
        if !inside {
            self.end();
        }
        if name == "a" {
            self.link_end = closing.then(|| self.sentence.trim_end().len());
        }
        for value in SPOKEN.iter().filter_map(|attribute| tag.split_once(attribute)?.1.split('"').next()) {
            self.keep(value);
        }
    }

    fn end(&mut self) {
        let sentence = std::mem::take(&mut self.sentence);
        self.link_end = None;
        self.keep(&sentence);
    }

    fn keep(&mut self, text: &str) {
        let text = text.replace(MARK, "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
        let text = text.replace("&amp;", "&");
        if text.chars().any(char::is_alphabetic) {
            self.found.push(text);
        }
    }
}

/// Splits at the next tag: the text before it, what stands in it, and what follows.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let (text, rest) = html.split_once('<')?;
    let mut quoted = false;
    let end = rest.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    let (at, _) = end?;
    Some((text, rest.get(..at)?, rest.get(at + 1..)?))
}

/// The name of a tag's element, or nothing for a comment or the kind of the document.
fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches('/');
    name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_whole_whatever_stands_inside_of_it() {
        let html = "<h1>ユーザーIDが\u{200b}わかりません</h1><p>あと<!>30<!>秒。<a href=\"/help\">ヘルプ</a>を<b>ご覧</b>ください。</p>";
        assert_eq!(sentences(html), ["ユーザーIDがわかりません", "あと30秒。ヘルプをご覧ください。"]);
    }

    #[test]
    fn what_stands_beside_each_other_is_not_one_sentence() {
        let html = "<nav aria-label=\"ご案内\"><a href=\"/\">ログイン</a> <a href=\"/help\">ヘルプ</a></nav>\
                    <span class=\"name\">二輪ポータル</span><span class=\"insurer\">ニリン損害保険</span>";
        assert_eq!(sentences(html), ["ご案内", "ログイン", "ヘルプ", "二輪ポータル", "ニリン損害保険"]);
    }

    #[test]
    fn script_style_numbers_and_marks_are_no_sentences() {
        let html =
            "<style>p>b{}</style><script type=\"x\">a<b</script><p>041728</p><p title=\"a>b\">「&lt;&amp;」は</p>/";
        assert_eq!(sentences(html), ["「<&」は"]);
    }
}
