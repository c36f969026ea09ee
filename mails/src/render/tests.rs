use super::*;
use crate::MailKind;
use crate::samples;
use app::samples::{Words, brand};

const REFERENCE: &str = "R7K2-9QXM";
const PUBLIC_URL: &str = "https://portal.nirin.example";

fn palette() -> Palette {
    Palette::of(&design::shipped())
}

fn rendered(content: &MailContent) -> Rendered {
    render(content, &brand(), &palette(), REFERENCE).expect("a letter renders")
}

/// Each sample with its kind, for the messages of failing tests.
fn all() -> Vec<(&'static str, Rendered)> {
    samples::all(Words::Usual).map(|(kind, _, content)| (kind.as_str(), rendered(&content))).collect()
}

fn code_mail(nth: u32) -> Rendered {
    let code = "041728".to_owned();
    rendered(&MailContent::AuthCode {
        code, nth, sent_at: 0, expires_at: 5 * MINUTE, device: "Windows（Edge）".into()
    })
}

/// What is between two pieces of markup.
fn between<'a>(html: &'a str, before: &str, after: &str) -> &'a str {
    html.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(inside, _)| inside)
}

/// The line that inboxes show beside the subject.
fn preview(html: &str) -> &str {
    between(html, "<div class=\"preview\" style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">", "</div>")
}

/// What a reader of the HTML part reads below the brand: no head, no tags, no references.
fn without_tags(html: &str) -> String {
    let body = html.split_once("<h1").and_then(|(_, rest)| rest.split_once('>')).expect("a heading").1;
    let mut words = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => words.push(c),
            _ => {}
        }
    }
    words.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

fn without_spaces(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Columns of a line where full-width characters take two.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[test]
fn there_is_a_sample_of_each_letter_and_its_folder_is_its_kind() {
    let mut kinds: Vec<_> = samples::all(Words::Usual).map(|(kind, ..)| kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mails = "templates/ja";
    let mut folders: Vec<_> = std::fs::read_dir(mails)
        .expect("the mails")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a plain name"))
        .collect();
    folders.sort_unstable();
    assert_eq!(kinds, folders);
    assert_eq!(kinds.len(), MailKind::ALL.len(), "and no kind is without a mail");
}

#[test]
fn every_mail_names_its_sender_the_reference_the_contact_centre_and_what_to_do_if_it_was_not_you() {
    for (kind, mail) in all() {
        for part in [&mail.text, &mail.html] {
            for needed in [
                REFERENCE,
                "お問い合わせ番号",
                "カスタマーサービスセンター",
                "0120-000-216",
                "9:00〜18:00",
                "心当たり",
                "ニリン損害保険株式会社",
                "二輪ポータル",
            ] {
                assert!(part.contains(needed), "{kind} lacks {needed}");
            }
        }
    }
}

#[test]
fn text_and_html_say_the_same() {
    for (kind, mail) in all() {
        let text: Vec<_> = mail.text.lines().filter(|line| !line.starts_with("---")).collect();
        // The code comes before the heading where there is nothing but text, and stands out below it in HTML.
        let (code, text) = if kind == "auth-code" { text.split_at(1) } else { text.split_at(0) };
        let html = without_tags(&mail.html).replacen(&code.concat(), "", 1);
        assert_eq!(without_spaces(&text.concat()), without_spaces(&html), "{kind}");
    }
}

#[test]
fn the_line_in_an_inbox_says_more_than_the_subject_and_the_heading() {
    for (kind, mail) in all() {
        let line = preview(&mail.html);
        let heading = between(&mail.html, "<h1", "</h1>").split_once('>').expect("a heading").1.replace("<wbr>", "");
        assert!((15..=80).contains(&line.chars().count()), "{kind}: {line}");
        assert!(!line.contains(&heading) && !mail.subject.contains(line), "{kind}: {line}");
        assert!(!line.contains("://"), "{kind}: {line}");
    }
}

#[test]
fn no_mail_has_two_buttons_and_its_link_is_its_button() {
    for (kind, mail) in all() {
        let buttons = mail.html.matches("class=\"fill button\"").count();
        assert!(buttons <= 1, "{kind}");
        if mail.html.contains("/link/") {
            assert!(mail.html.contains(&format!("class=\"fill button\" href=\"{PUBLIC_URL}/link/")), "{kind}");
        }
        assert_eq!(mail.html.matches("class=\"code\"").count(), usize::from(kind == "auth-code"), "{kind}");
    }
}

#[test]
fn a_subject_is_one_line_that_names_the_service() {
    for (kind, mail) in all() {
        assert!(mail.subject.starts_with("【二輪ポータル】"), "{kind}: {}", mail.subject);
        assert!(!mail.subject.contains(['\n', '\r']), "{kind}");
        assert!(mail.subject.chars().count() <= 30, "{kind}: {}", mail.subject);
    }
}

#[test]
fn the_code_comes_first_in_the_body_and_never_in_the_subject() {
    let mail = code_mail(1);
    assert!(!mail.subject.contains("041728"));
    assert!(mail.text.starts_with("041728\n\n"), "{}", mail.text);
    assert!(preview(&mail.html).starts_with("041728　"));
    assert!(without_tags(&mail.html).trim_start().starts_with("ログインの認証番号\n041728\n"));
    assert_eq!(mail.html.matches("041728").count(), 2, "not in the title either");
    assert!(mail.text.contains("誰にも伝えないで"));
    assert!(mail.text.contains("有効期限：1970年1月1日 9:05（日本時間）まで"));
    assert!(mail.text.contains("送信から5分間"));
}

#[test]
fn a_code_mail_says_which_one_it_is_and_whether_older_ones_still_work() {
    let older = "前のメールの認証番号も、それぞれの有効期限までは使えます。";
    let many = "古い認証番号から使えなくなります。";
    for (nth, says_older, says_many) in [(1, false, false), (2, true, false), (3, true, true)] {
        let text = code_mail(nth).text;
        assert!(text.contains(&format!("今回のログインの{nth}通目です。")));
        assert_eq!((text.contains(older), text.contains(many)), (says_older, says_many), "mail {nth}");
    }
}

#[test]
fn a_mailed_link_stands_on_a_line_of_its_own_with_its_end_and_how_to_void_it() {
    for (_, _, content) in samples::all(Words::Usual) {
        let (MailContent::ConfirmEnrolment { token, .. } | MailContent::ResetPassword { token, .. }) = &content else {
            continue;
        };
        let mail = rendered(&content);
        let address = format!("{PUBLIC_URL}/link/{token}");
        assert!(mail.text.lines().any(|line| line == address), "{}", content.kind().as_str());
        assert!(mail.html.contains(&format!("href=\"{address}\"")));
        for needed in
            ["2026年11月24日 14:05（日本時間）まで", "24時間", "どの端末でも", "1回押して", "「心当たりがない」"]
        {
            assert!(mail.text.contains(needed), "{} lacks {needed}", content.kind().as_str());
        }
        assert!(!mail.subject.contains(token.as_str()));
    }
}

#[test]
fn notices_carry_no_secret_link() {
    for (_, _, content) in samples::all(Words::Usual).filter(|(_, _, content)| content.useless_at().is_none()) {
        let mail = rendered(&content);
        assert!(!mail.text.contains("/link/") && !mail.html.contains("/link/"), "{}", content.kind().as_str());
    }
}

#[test]
fn only_the_enrolment_mail_names_the_former_service_and_only_once() {
    for (kind, mail) in all() {
        let times = usize::from(kind == "confirm-enrolment");
        assert_eq!(mail.text.matches("ニリンネット").count(), times, "{kind}");
    }
}

#[test]
fn every_address_is_one_of_our_own_pages() {
    for (kind, mail) in all() {
        for part in [&mail.text, &mail.html] {
            for (at, _) in part.match_indices("://") {
                let from = part[..at].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |i| i + 1);
                let address = part[from..].split(|c: char| c.is_whitespace() || c == '"' || c == '<').next();
                let page = address.and_then(|address| address.strip_prefix(PUBLIC_URL)).unwrap_or_default();
                let known = ["/", "/sign-in", "/password-reset", "/enrol", "/portal", "/portal/account"]
                    .contains(&page)
                    || page.starts_with("/link/");
                assert!(known, "{kind}: {address:?}");
            }
        }
        let ours = mail.html.matches(&format!("href=\"{PUBLIC_URL}/")).count();
        let centre = mail.html.matches("href=\"tel:0120000216\"").count();
        assert_eq!((mail.html.matches("href=\"").count(), centre), (ours + 1, 1), "{kind}");
    }
}

#[test]
fn html_loads_nothing_and_has_its_dark_colours_inside() {
    for (kind, mail) in all() {
        for unwanted in ["<img", "<script", "<link", "<iframe", "src=", "url(", "@import", "@font-face"] {
            assert!(!mail.html.contains(unwanted), "{kind} has {unwanted}");
        }
        assert_eq!(mail.html.matches("prefers-color-scheme: dark").count(), 1, "{kind}");
        assert_eq!(mail.html.matches("<h1").count(), 1, "{kind}");
        assert!(mail.html.starts_with("<!DOCTYPE html>\n<html lang=\"ja\">"), "{kind}: {}", &mail.html[..40]);
        assert!(mail.html.contains("max-width:600px"));
        assert!(mail.html.contains(&format!("<title>{}</title>", mail.subject)), "{kind}");
    }
}

/// A mail program without the scheme's query shows the colour at the element, one with it that of the class.
#[test]
fn whatever_has_a_colour_has_a_dark_one_too() {
    for (kind, mail) in all() {
        let body = mail.html.split_once("<body").expect("a body").1;
        for element in body.split('<').filter(|element| {
            let colours = ["color:#", "background:#", "solid #"];
            colours.iter().any(|colour| element.split('>').next().is_some_and(|tag| tag.contains(colour)))
        }) {
            let class = between(element, "class=\"", "\"");
            let known = ["ground", "soft", "quiet", "rule", "fill", "fill brand", "fill button", "accent", "code"];
            assert!(known.contains(&class) || element.starts_with(" class=\"ground\""), "{kind}: <{element}");
        }
    }
}

#[test]
fn lines_of_the_text_part_are_short_and_paragraphs_stand_apart() {
    for (kind, mail) in all() {
        assert!(!mail.text.contains("\n\n\n"), "{kind}: {}", mail.text);
        assert_eq!(mail.text, mail.text.trim(), "{kind}");
        for line in mail.text.lines() {
            assert_eq!(line, line.trim(), "{kind}");
            assert!(columns(line) <= 76 || line.contains("://"), "{kind}: {line}");
        }
    }
}

#[test]
fn a_device_that_looks_like_markup_is_escaped_in_html_and_plain_in_text() {
    let mail = rendered(&MailContent::PasswordChanged { at: 0, device: "<b>&".into(), everywhere: true });
    assert!(mail.text.contains("変更した端末：<b>&\n"));
    assert!(!mail.html.contains("<b>"));
    assert!(without_tags(&mail.html).contains("変更した端末：<b>&"));
}

#[test]
fn after_a_reset_no_device_is_said_to_stay_signed_in() {
    let told = |everywhere| rendered(&MailContent::PasswordChanged { at: 0, device: String::new(), everywhere }).text;
    assert!(told(true).contains("すべての端末でログアウトしました。"));
    assert!(told(false).contains("ほかの端末ではログアウトしました。"));
}

#[test]
fn a_subject_is_not_escaped() {
    let brand = Brand { service: "A&B".into(), ..brand() };
    let mail = render(&MailContent::AccountCreated { at: 0 }, &brand, &palette(), REFERENCE).expect("a letter renders");
    assert!(mail.subject.starts_with("【A&B】"));
}

#[test]
fn a_lock_ends_no_earlier_than_the_minute_that_is_printed() {
    let text = |until| rendered(&MailContent::SignInLocked { at: 0, until, step: LockedStep::Password }).text;
    assert!(text(30 * MINUTE).contains("9:30（日本時間）まで"));
    assert!(text(30 * MINUTE + 1).contains("9:31（日本時間）まで"));
}

#[test]
fn the_specification_lists_every_mail() {
    let specification = include_str!("../../../docs/specification.md");
    let section = specification.split("\n## ").find(|section| section.starts_with("6. ")).expect("section 6");
    for kind in MailKind::ALL {
        assert!(section.contains(&format!("(`{}`)", kind.as_str())), "{kind:?} is not in the table of section 6");
    }
}
