//! What can be said of a mail without sending it.

use app::text::mail_view::{self as text, VAGUE};
use mails::Rendered;

/// One rule, what was found, and whether it holds.
pub struct Check {
    pub rule: &'static str,
    pub found: String,
    pub holds: bool,
}

/// A larger HTML part is cut off by some mail programs.
const HTML_BYTES: usize = 102 * 1_024;
/// More is cut off on a phone.
const SUBJECT_CHARACTERS: usize = 30;
/// Columns of the text part, of which a full-width character takes two.
const COLUMNS: usize = 76;

/// Judges a mail. `public_url` is where its links may lead.
#[must_use]
pub fn checks(mail: &Rendered, public_url: &str) -> Vec<Check> {
    let check = |rule, found, holds| Check { rule, found, holds };
    let (subject, inbox) = (mail.subject.chars().count(), inbox_line(&mail.html).chars().count());
    let links = links(&mail.html);
    let pages: Vec<_> = links.iter().filter(|link| !link.address.starts_with("tel:")).collect();
    let foreign = pages.iter().filter(|link| !link.address.starts_with(public_url)).count();
    let vague = links.iter().filter(|link| link.words.is_empty() || VAGUE.contains(&link.words.as_str())).count();
    let only_in_html = pages.iter().filter(|link| !mail.text.lines().any(|line| line == link.address)).count();
    let widest = mail.text.lines().filter(|line| !line.contains("://")).map(columns).max().unwrap_or(0);
    let buttons = mail.html.matches("class=\"fill button\"").count();
    let loaded: usize = LOADS.iter().map(|load| mail.html.matches(load).count()).sum();
    let code = mail.text.lines().next().filter(|line| line.chars().all(|c| c.is_ascii_digit()));
    vec![
        check(text::SHORT_SUBJECT, text::characters(subject), subject <= SUBJECT_CHARACTERS),
        check(text::NO_CODE_IN_SUBJECT, String::new(), code.is_none_or(|code| !mail.subject.contains(code))),
        check(text::INBOX_LINE, text::characters(inbox), inbox > 0),
        check(text::SMALL_HTML, text::bytes(mail.html.len()), mail.html.len() < HTML_BYTES),
        check(text::LOADS_NOTHING, text::things(loaded), loaded == 0),
        check(text::OWN_LINKS, text::foreign(pages.len(), foreign), foreign == 0),
        check(text::TELLING_LINKS, text::things(links.len()), vague == 0),
        check(text::LINKS_IN_TEXT, text::missing(only_in_html), only_in_html == 0),
        check(text::ONE_BUTTON, text::pieces(buttons), buttons <= 1),
        check(text::SHORT_LINES, text::half_width(widest), widest <= COLUMNS),
    ]
}

/// How HTML would load something.
const LOADS: [&str; 6] = ["src=", "url(", "@import", "<link", "<script", "<iframe"];

struct Link {
    address: String,
    words: String,
}

fn links(html: &str) -> Vec<Link> {
    let link = |part: &str| {
        let address = part.split_once("href=\"")?.1.split('"').next()?.to_owned();
        let words = part.split_once('>')?.1.split('<').next()?.trim().to_owned();
        Some(Link { address, words })
    };
    html.split("<a ").skip(1).filter_map(link).collect()
}

/// The line that inboxes show beside the subject: the first words of the HTML part.
#[must_use]
pub fn inbox_line(html: &str) -> &str {
    let body = html.split_once("<body").map_or("", |(_, body)| body);
    body.split('>')
        .skip(1)
        .filter_map(|part| part.split('<').next())
        .map(str::trim)
        .find(|words| !words.is_empty())
        .unwrap_or("")
}

fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://nirin.example";

    fn mail(html: &str) -> Rendered {
        Rendered {
            subject: "【二輪ポータル】お知らせ".into(),
            text: format!("お知らせ\n{URL}/\n"),
            html: format!("<body>{html}"),
        }
    }

    fn broken(mail: &Rendered) -> Vec<&'static str> {
        checks(mail, URL).into_iter().filter(|check| !check.holds).map(|check| check.rule).collect()
    }

    #[test]
    fn every_sample_of_a_mail_holds_every_rule() {
        let brand = app::wire::Brand { public_url: URL.into(), ..app::samples::brand() };
        let palette = mails::Palette::of(&design::shipped());
        for (kind, state, content) in mails::samples::all(app::samples::Words::Usual) {
            let mail = mails::render(&content, &brand, &palette, app::samples::REFERENCE).unwrap();
            assert!(broken(&mail).is_empty(), "{}/{state}: {:?}", kind.as_str(), broken(&mail));
        }
    }

    #[test]
    fn a_mail_that_breaks_a_rule_is_found_by_that_rule() {
        assert!(broken(&mail(&format!("<div>1行</div><a href=\"{URL}/\">ログインする</a>"))).is_empty());
        for (html, rule) in [
            ("<p>1行</p><img src=\"x\">", "外部のファイルを読み込まない"),
            ("<p>1行</p><a href=\"https://nirin.example/\">こちら</a>", "リンクの文言で行き先がわかる"),
            ("<p>1行</p><a href=\"https://nirin.example/enrol\">登録する</a>", "リンク先はテキストにもある"),
            ("", "受信箱の1行がある"),
        ] {
            assert_eq!(broken(&mail(html)), [rule], "{html}");
        }
        let elsewhere = mail("<p>1行</p><a href=\"https://other.example/\">登録する</a>");
        assert_eq!(broken(&elsewhere), ["リンク先は自社のページだけ", "リンク先はテキストにもある"]);
        let large = mail(&format!("<p>{}</p>", "x".repeat(HTML_BYTES)));
        assert_eq!(broken(&large), ["HTMLは102KB未満"]);
        let code = Rendered { subject: "041728".into(), text: "041728\n".into(), ..mail("<p>041728</p>") };
        assert_eq!(broken(&code), ["件名に認証番号がない"]);
        let wide = Rendered { text: "あ".repeat(39), ..mail("<p>1行</p>") };
        assert_eq!(broken(&wide), ["テキストの1行は全角38文字以内"]);
    }
}
