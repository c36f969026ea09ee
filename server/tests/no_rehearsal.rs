//! What is sold has nothing of the rehearsal and nothing of the gallery: no address, class or sentence (spec section 8). A program of its
//! own, so that a build without these parts needs no more than this to be looked at.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;
use std::path::Path;

/// What the gallery is made of, from the folder of this crate.
const GALLERY: &str = "../preview";

/// What only the gallery says: its routes, the classes of its style, the sentences of its pages and of its notes.
fn strings_of_the_gallery() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in texts("src") {
        let product = source.split("#[cfg(test)]").next().unwrap_or_default();
        let literals = product.split('"').skip(1).step_by(2);
        // What is filled in stands in a program in pieces.
        let is_whole = |text: &&str| is_sentence(text) && !text.contains('{');
        found.extend(literals.filter(|text| text.starts_with("/preview/") || is_whole(text)).map(str::to_owned));
    }
    for template in texts("templates") {
        let texts = template.split('>').filter_map(|part| part.split('<').next()).map(str::trim);
        found.extend(texts.filter(|text| !text.contains(['{', '}', '\n']) && is_sentence(text)).map(str::to_owned));
    }
    for style in texts("assets") {
        let classes =
            style.lines().filter_map(|line| line.strip_prefix(".gallery-")?.split([' ', '.', ',', '{']).next());
        found.extend(classes.map(|class| format!("gallery-{class}")));
    }
    found
}

/// Every file below a folder of the gallery: a new one is read without being named.
fn texts(folder: &str) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(GALLERY).join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the gallery") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(std::fs::read_to_string(&path).expect("a text")) }
        }
    }
    found
}

/// Long enough that the product says it only if it has it from the gallery.
fn is_sentence(text: &str) -> bool {
    text.chars().count() >= 12 && text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}

#[test]
fn a_build_without_rehearsal_parts_has_no_string_of_the_gallery() {
    let binary = std::fs::read(env!("CARGO_BIN_EXE_nirin")).unwrap();
    let strings = Vec::from_iter(strings_of_the_gallery());
    assert!(strings.len() > 150, "{}", strings.len());
    // One of them may be a part of another, so that both are found at one place.
    let search = AhoCorasick::new(&strings).unwrap();
    let found: BTreeSet<_> = search.find_overlapping_iter(&binary).map(|at| at.pattern().as_usize()).collect();
    let (there, absent): (Vec<_>, Vec<_>) = strings.iter().enumerate().partition(|(at, _)| found.contains(at));
    if cfg!(feature = "rehearsal") {
        assert_eq!(absent, Vec::new(), "a rehearsal build has them all, or this looks for the wrong ones");
    } else {
        assert_eq!(there, Vec::new());
    }
}

#[cfg(not(feature = "rehearsal"))]
mod without {
    use reqwest::{Client, Method};
    use std::io::{BufRead as _, BufReader};
    use std::path::PathBuf;
    use std::process::{Child, Command, Stdio};

    /// Addresses beside those that `tests/api/routes.rs` lists.
    const FURTHER: &[&str] = &[
        "/rehearsal",
        "/rehearsal/",
        "/rehearsal/api/",
        "/rehearsal/api/people/c-001",
        "/rehearsal/api/mails/next?to=taro@example.jp",
        "/preview/",
        "/preview/phone/screens/mail-sent/refused",
    ];

    /// Every address of the rehearsal and the gallery, from the list of all routes.
    fn addresses() -> Vec<&'static str> {
        let routes = include_str!("api/routes.rs").lines().filter(|line| line.ends_with("Rehearsal),"));
        let listed: Vec<_> = routes.map(|line| line.split('"').nth(3).expect("an address")).collect();
        assert!(listed.len() > 25, "the list was read: {}", listed.len());
        listed.into_iter().chain(FURTHER.iter().copied()).collect()
    }

    /// Pages that a customer sees without signing in.
    const PAGES: &[&str] = &["/", "/enrol", "/sign-in", "/user-id", "/password-reset", "/help", "/help/environment"];

    /// The built program in a folder of its own, which is gone with it.
    struct Installation {
        folder: PathBuf,
    }

    impl Installation {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("nirin-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&folder).expect("a folder");
            Self { folder }
        }

        /// A command of the program; the transport of mails is left to the caller.
        fn command(&self, name: &[&str]) -> Command {
            let mut command = Command::new(env!("CARGO_BIN_EXE_nirin"));
            command.args(name).args(["--config", "../nirin.toml"]);
            command.env("DATABASE_URL", format!("sqlite://{}/nirin.db", self.folder.display()));
            command.env("NIRIN_HTTP__LISTEN", "127.0.0.1:0");
            command.env("NIRIN_SECRETS__KEY_FILE", self.folder.join("keys"));
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            command
        }
    }

    impl Drop for Installation {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    struct Serving {
        child: Child,
        url: String,
    }

    impl Serving {
        fn start(installation: &Installation) -> Self {
            let mut child =
                installation.command(&["serve"]).env("NIRIN_MAIL__TRANSPORT", "smtp").spawn().expect("the program");
            let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines().map_while(Result::ok);
            let address = lines
                .by_ref()
                .find_map(|line| Some(line.split_once("\"address\":\"")?.1.split('"').next()?.to_owned()))
                .expect("an address");
            std::thread::spawn(move || lines.for_each(drop));
            Self { child, url: format!("http://{address}") }
        }
    }

    impl Drop for Serving {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    #[tokio::test]
    async fn no_rehearsal_route_exists_and_no_page_may_be_framed() {
        let installation = Installation::new("routes");
        let server = Serving::start(&installation);
        let client = Client::new();
        for path in addresses() {
            for method in [Method::GET, Method::HEAD, Method::POST] {
                let request = client.request(method.clone(), format!("{}{path}", server.url));
                let answer = request.header("sec-fetch-site", "same-origin").send().await.unwrap();
                assert_eq!(answer.status(), 404, "{method} {path}");
                assert_eq!(answer.headers()["x-frame-options"], "DENY", "{method} {path}");
                let page = answer.text().await.unwrap();
                assert!(method == Method::HEAD || (page.contains("<h1") && page.contains("href=\"/\"")), "{path}");
            }
        }
        for path in PAGES {
            let answer = client.get(format!("{}{path}", server.url)).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            assert_eq!(answer.headers()["x-frame-options"], "DENY", "{path}");
        }
    }

    #[test]
    fn nothing_starts_with_the_mailbox() {
        let installation = Installation::new("mailbox");
        let checked =
            installation.command(&["config", "check"]).env("NIRIN_MAIL__TRANSPORT", "mailbox").output().unwrap();
        let said = String::from_utf8_lossy(&checked.stdout).into_owned() + &String::from_utf8_lossy(&checked.stderr);
        assert!(!checked.status.success() && said.contains("mail.transport"), "{said}");
    }
}
