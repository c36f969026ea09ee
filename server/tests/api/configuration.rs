//! What the binary makes of its configuration: `nirin config check` with files and variables as platforms and people write them.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const SHIPPED: &str = include_str!("../../../nirin.toml");

/// A folder with a configuration that mails by SMTP, so that builds without rehearsal parts take it too.
struct Installation(PathBuf);

impl Installation {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("nirin-config-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("nirin.toml"), SHIPPED.replace("\"mailbox\"\nfrom", "\"smtp\"\nfrom")).unwrap();
        Self(folder)
    }

    /// Whether the configuration is complete, and all that was said.
    fn check(&self, variables: &[(&str, &str)]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nirin"));
        command.args(["config", "check"]).current_dir(&self.0).env_clear().envs(variables.iter().copied());
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    fn file(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let file = self.0.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        open_to(&file, mode);
        file
    }

    /// Changes a line of the file.
    fn set(&self, old: &str, new: &str) {
        let file = self.0.join("nirin.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(old), "{old}");
        std::fs::write(file, text.replace(old, new)).unwrap();
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn open_to(file: &Path, mode: u32) {
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn read(variables: &[(&str, &str)]) -> Result<server::config::Settings, server::config::SettingsError> {
    let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    server::config::Settings::read_with(Path::new("../nirin.toml"), variables)
}

#[test]
fn a_password_from_the_environment_is_taken_as_it_is() {
    for password in [
        "12345678",
        "true",
        "[x]",
        "{a=1}",
        "\"quoted\"",
        "'x'",
        " outer spaces ",
        "1e5",
        "",
        "a,b",
        "日本",
        "#x",
        "null",
    ] {
        let settings = read(&[("NIRIN_MAIL__SMTP__PASSWORD", password)]).unwrap();
        assert_eq!(settings.mail.smtp.password, password);
        let settings = read(&[("NIRIN_BRAND__SERVICE", password)]).unwrap();
        assert_eq!(settings.brand.service, password);
    }
}

#[test]
fn numbers_and_lists_from_the_environment_are_read_as_such() {
    let settings = read(&[
        ("NIRIN_MAIL__SMTP__PORT", "587"),
        ("NIRIN_LIMITS__CODE_TRIES", "4"),
        ("NIRIN_ACCOUNTS__MASK_USER_ID", "true"),
        ("NIRIN_HTTP__TRUSTED_PROXIES", "[\"10.0.0.0/8\", '192.168.0.0/16']"),
        ("NIRIN_BRAND__PASSWORD_WORDS", "nirin, 12345678"),
        ("NIRIN_STORE__URL", "sqlite://other.db"),
        ("DATABASE_URL", "sqlite://this.db"),
    ])
    .unwrap();
    assert_eq!((settings.mail.smtp.port, settings.limits.code_tries), (587, 4));
    assert!(settings.accounts.mask_user_id);
    let networks: Vec<_> = settings.http.trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(networks, ["10.0.0.0/8", "192.168.0.0/16"]);
    assert_eq!(settings.brand.password_words, ["nirin", "12345678"]);
    assert_eq!(settings.store.url, "sqlite://this.db");
    for (name, value) in [
        ("NIRIN_MAIL__SMTP__PORT", "smtp"),
        ("NIRIN_MAIL__SMTP__PORT", "70000"),
        ("NIRIN_LIMITS__CODE_TRIES", "-1"),
        ("NIRIN_LIMITS__CODE_TRIES", "five"),
        ("NIRIN_ACCOUNTS__MASK_USER_ID", "yes"),
    ] {
        let found = read(&[(name, value)]).unwrap_err().to_string();
        assert!(found.contains(name), "{found}");
    }
}

#[test]
fn no_error_about_the_configuration_contains_a_secret() {
    const SECRET: &str = "hunter2";
    let installation = Installation::new("secret");
    for (name, value) in [
        ("NIRIN_MAIL__SMTP__PASSWRD", SECRET),
        ("NIRIN_MAIL__SMTP", SECRET),
        ("NIRIN_MAIL__SMTP__PORT", SECRET),
        ("NIRIN_MAIL__SMTP__SECURITY", SECRET),
        ("NIRIN_PASSWORD__PROFILE", SECRET),
        ("NIRIN_LIMITS__CODE_TRIES", SECRET),
        ("NIRIN_HTTP__LISTEN", SECRET),
        ("NIRIN_HTTP__PUBLIC_URL", SECRET),
        ("DATABASE_URL", "hunter2://nirin:hunter2@db/nirin"),
    ] {
        let (fine, said) = installation.check(&[(name, value)]);
        assert!(!fine, "{name}: {said}");
        assert!(!said.contains(SECRET), "{name}: {said}");
    }
    for wrong in ["password = 8675309", "password = \"8675309", "password = [8675309]", "pasword = \"8675309\""] {
        let installation = Installation::new("secret-file");
        installation.set("password = \"\"", wrong);
        let (fine, said) = installation.check(&[]);
        assert!(!fine && !said.contains("8675309"), "{wrong}: {said}");
    }
}

#[test]
fn a_variable_that_a_platform_made_up_is_passed_over_with_one_warning() {
    let installation = Installation::new("platform");
    let (fine, said) = installation.check(&[
        ("NIRIN_PORT", "tcp://10.0.0.1:3000"),
        ("NIRIN_PORT_3000_TCP_ADDR", "10.0.0.1"),
        ("NIRIN_SERVICE_HOST", "10.0.0.1"),
        ("NIRINX", "x"),
    ]);
    assert!(fine, "{said}");
    let warnings: Vec<_> = said.lines().filter(|line| line.starts_with("Warning: ")).collect();
    assert_eq!(warnings.len(), 1, "{said}");
    for name in ["NIRIN_PORT", "NIRIN_PORT_3000_TCP_ADDR", "NIRIN_SERVICE_HOST"] {
        assert!(warnings[0].contains(name), "{said}");
    }
    assert!(!said.contains("NIRINX"));
}

#[test]
fn a_misspelt_variable_stops_the_start_with_its_name() {
    let installation = Installation::new("misspelt");
    for name in
        ["NIRIN_HTTP__LISTN", "NIRIN_HTP__LISTEN", "NIRIN_MAIL__SMTP__HOTS", "NIRIN_LIMITS__CODE_TRYS", "NIRIN_HTTP__"]
    {
        let (fine, said) = installation.check(&[(name, "1")]);
        assert!(!fine && said.contains(name), "{name}: {said}");
    }
}

#[test]
fn a_number_outside_its_type_is_told_in_words() {
    let installation = Installation::new("numbers");
    for (name, value) in [
        ("NIRIN_LIMITS__CODE_TRIES", "-1"),
        ("NIRIN_LIMITS__CODE_TRIES", "4294967296"),
        ("NIRIN_MAIL__SMTP__PORT", "65536"),
        ("NIRIN_STORE__CONNECTIONS", "-1"),
    ] {
        let (fine, said) = installation.check(&[(name, value)]);
        assert!(!fine && said.contains(name) && said.contains(": must be a whole number from 0"), "{name}: {said}");
    }
}

#[test]
fn a_public_url_that_is_no_origin_is_refused() {
    let installation = Installation::new("origin");
    for url in [
        "https://portal.example/path",
        "https://portal.example/?a=b",
        "https://portal.example?a",
        "https://portal.example#top",
        "https://user@portal.example",
        "https://user:word@portal.example",
        "http://portal.example",
        "portal.example",
        "ftp://portal.example",
        "https://",
        "https://ポータル.example",
        "https://portal.example:",
        "https://portal.example:0",
        "https://portal.example:99999",
        "http://[::1]:65536",
        "",
    ] {
        let (fine, said) = installation.check(&[("NIRIN_HTTP__PUBLIC_URL", url)]);
        assert!(!fine && said.contains("http.public_url"), "{url}: {said}");
    }
    for (url, origin) in [
        ("https://Portal.Example", "https://portal.example"),
        ("HTTPS://PORTAL.EXAMPLE:443/", "https://portal.example"),
        ("https://portal.example:8443", "https://portal.example:8443"),
        ("https://portal.example:0443", "https://portal.example"),
        ("http://LocalHost:3000/", "http://localhost:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ] {
        assert_eq!(read(&[("NIRIN_HTTP__PUBLIC_URL", url)]).unwrap().http.public_url, origin);
    }
}

#[test]
fn https_without_trusted_proxies_is_warned_of() {
    let installation = Installation::new("proxies");
    let https = ("NIRIN_HTTP__PUBLIC_URL", "https://portal.example");
    let (fine, said) = installation.check(&[https]);
    assert!(fine && said.contains("Warning: http.trusted_proxies is empty"), "{said}");
    let (fine, said) = installation.check(&[https, ("NIRIN_HTTP__TRUSTED_PROXIES", "10.0.0.0/8")]);
    assert!(fine && !said.contains("Warning"), "{said}");
}

#[test]
fn a_key_file_or_database_that_others_can_read_is_refused() {
    let installation = Installation::new("modes");
    let keys = installation.file("data/nirin.keys", &format!("k1 = {}\n", "A".repeat(43)), 0o600);
    let database = installation.file("data/nirin.db", "", 0o600);
    for (file, setting) in [(&keys, "secrets.key_file"), (&database, "store.url")] {
        for mode in [0o644, 0o604, 0o666, 0o620, 0o602] {
            open_to(file, mode);
            let (fine, said) = installation.check(&[]);
            assert!(!fine && said.contains(setting) && said.contains("chmod 600"), "{mode:o}: {said}");
        }
        for mode in [0o400, 0o640, 0o600] {
            open_to(file, mode);
            let (fine, said) = installation.check(&[]);
            assert!(fine, "{mode:o}: {said}");
        }
    }
}

#[test]
fn a_collector_of_traces_is_an_address_without_tls_and_a_share_is_one_in_so_many() {
    for wrong in ["127.0.0.1:4318", "https://127.0.0.1:4318", "grpc://collector", "http://", "http://c?key=secret"] {
        let found = read(&[("NIRIN_TRACES__ENDPOINT", wrong)]).unwrap_err().to_string();
        assert!(found.starts_with("traces.endpoint: ") && !found.contains("secret"), "{found}");
    }
    let found = read(&[("NIRIN_TRACES__ONE_IN", "0")]).unwrap_err().to_string();
    assert!(found.starts_with("traces.one_in: "), "{found}");
    let settings =
        read(&[("NIRIN_TRACES__ENDPOINT", "http://127.0.0.1:4318/"), ("NIRIN_TRACES__ONE_IN", "20")]).unwrap();
    assert_eq!(settings.traces.address().as_deref(), Some("http://127.0.0.1:4318/v1/traces"));
    assert_eq!(settings.traces.one_in, 20);
    assert_eq!(read(&[]).unwrap().traces.address(), None);
}

#[test]
fn no_connections_to_the_database_are_refused() {
    let (fine, said) = Installation::new("connections").check(&[("NIRIN_STORE__CONNECTIONS", "0")]);
    assert!(!fine && said.contains("store.connections"), "{said}");
}

#[test]
fn an_address_of_the_database_that_cannot_be_read_is_refused_without_being_shown() {
    let installation = Installation::new("database-address");
    for address in ["postgres://nirin:Secret-77@[::bad/nirin", "postgres://nirin:Secret-77@host:no-port/nirin"] {
        for name in ["DATABASE_URL", "NIRIN_STORE__URL"] {
            let (fine, said) = installation.check(&[(name, address)]);
            assert!(!fine && said.contains("store.url") && !said.contains("Secret-77"), "{said}");
        }
    }
    let (fine, said) =
        installation.check(&[("DATABASE_URL", "postgres://nirin:Secret-77@host:5432/nirin?sslmode=require")]);
    assert!(fine, "{said}");
}

#[test]
fn a_rehearsal_build_starts_with_the_mailbox() {
    let installation = Installation::new("mailbox");
    let (fine, said) = installation.check(&[("NIRIN_MAIL__TRANSPORT", "mailbox")]);
    assert!(fine, "{said}");
}

#[test]
fn a_word_of_the_brand_is_one_line_of_text() {
    let installation = Installation::new("brand-words");
    for word in ["二輪\nポータル", "二輪\rポータル", "二輪<ポータル", "二輪\u{7}"] {
        let (fine, said) = installation.check(&[("NIRIN_BRAND__SERVICE", word)]);
        assert!(!fine && said.contains("brand.service: must be one line without `<`"), "{word:?}: {said}");
    }
    let (fine, said) = installation.check(&[("NIRIN_BRAND__SERVICE", "二輪 & ポータル > ")]);
    assert!(fine, "{said}");
}

#[test]
fn a_brand_that_cannot_be_read_stops_the_start_with_what_falls_short() {
    let installation = Installation::new("brand");
    let (fine, said) = installation.check(&[("NIRIN_BRAND__LOOK__ACCENT", "#ffb000")]);
    let pair = "brand.look: accent on ground has 1.83:1 in the light scheme and needs 4.5:1";
    assert!(!fine && said.contains(pair) && said.contains("fill on ground"), "{said}");
    let (fine, said) = installation.check(&[("NIRIN_BRAND__LOOK__ACCENT", "green")]);
    assert!(!fine && said.contains("NIRIN_BRAND__LOOK__ACCENT") && said.contains("#0017c1"), "{said}");
    installation.file("logo.svg", "<svg viewBox=\"0 0 1 1\"><script/></svg>", 0o644);
    let (fine, said) = installation.check(&[("NIRIN_BRAND__LOOK__LOGO", "logo.svg")]);
    assert!(!fine && said.contains("brand.look: logo: may not have the element <script>"), "{said}");
    let (fine, said) = installation.check(&[("NIRIN_BRAND__LOOK__ACCENT", "#7a2e0b")]);
    assert!(fine && said.contains("all colours that meet stand apart"), "{said}");
}
