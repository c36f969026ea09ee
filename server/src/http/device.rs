//! What kind of device it is, in a few words that its owner recognises.

use app::text::device;

/// Operating system and browser as far as the user agent tells.
pub(super) fn describe(agent: &str) -> String {
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    let browser = [
        ("Line/", "LINE"),
        ("YJApp", "Yahoo! JAPAN"),
        ("GSA/", device::GOOGLE_APP),
        ("EdgiOS", "Edge"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("FxiOS", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let find =
        |table: &[(&str, &'static str)]| table.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (find(&system), find(&browser)) {
        (Some(system), Some(browser)) => device::Known { system, browser }.to_string(),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => device::UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn a_device_is_named_as_its_owner_knows_it() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(describe(iphone), "iPhone（Safari）");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(describe(edge), "Windows（Edge）");
        assert_eq!(describe("curl/8"), "不明な端末");
    }
}
