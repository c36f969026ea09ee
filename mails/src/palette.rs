//! The colours of mails. Mail programs know no custom properties, so each colour is written where it is used.

/// The colours of one scheme, by the names that they have on screens (`style/tokens.css`, to which a test holds them).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub ground: &'static str,
    pub ground_soft: &'static str,
    pub ink: &'static str,
    pub ink_soft: &'static str,
    pub rule: &'static str,
    pub accent: &'static str,
    pub accent_soft: &'static str,
    pub fill: &'static str,
    pub on_fill: &'static str,
}

/// Stands at each element.
pub(crate) const LIGHT: Scheme = Scheme {
    ground: "#fff",
    ground_soft: "#f4f6fb",
    ink: "#1a1a1a",
    ink_soft: "#4d4d4d",
    rule: "#d5dae4",
    accent: "#0017c1",
    accent_soft: "#e8f1fe",
    fill: "#0017c1",
    on_fill: "#fff",
};

/// For mail programs that follow the reader's scheme. `on_fill` is the same in both, as on screens.
pub(crate) const DARK: Scheme = Scheme {
    ground: "#14161b",
    ground_soft: "#1e2128",
    ink: "#eceef2",
    ink_soft: "#b9bfca",
    rule: "#3a3f4a",
    accent: "#9db7f9",
    accent_soft: "#1c2747",
    fill: "#3460fb",
    on_fill: "#fff",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_have_the_colours_of_the_screens_in_both_schemes() {
        let css = include_str!("../../style/tokens.css");
        let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
        let value = |css: &str, name: &str| {
            let line = css.lines().find_map(|line| line.trim().strip_prefix(&format!("--{name}: ")));
            line.map(|value| value.trim_end_matches(';').to_owned())
        };
        for (scheme, css) in [(LIGHT, light), (DARK, dark)] {
            for (name, colour) in [
                ("ground", scheme.ground),
                ("ground-soft", scheme.ground_soft),
                ("ink", scheme.ink),
                ("ink-soft", scheme.ink_soft),
                ("rule", scheme.rule),
                ("accent", scheme.accent),
                ("accent-soft", scheme.accent_soft),
                ("fill", scheme.fill),
                ("on-fill", scheme.on_fill),
            ] {
                let token = value(css, name).or_else(|| value(light, name));
                assert_eq!(token.as_deref(), Some(colour), "--{name}");
            }
        }
    }
}
