//! `nirin config`: what is configured, without the secrets in it.

use super::context::{fact, line};
use super::{CommandContext, Failure};
use crate::config::{SmtpSecurity, TransportKind, check_private};
use clap::Subcommand;
use design::Look;
use rules::limits::{Limits, Setting};
use std::io::Write;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Reads the configuration, and shows what is wrong with it or what is in force.
    Check,
}

/// Connects to nothing and creates nothing, neither a database nor keys.
pub(super) fn check(command_context: &CommandContext, out: &mut dyn Write) -> Result<(), Failure> {
    let settings = &command_context.settings;
    settings.check_serving()?;
    if let Some(file) = settings.store.file().filter(|file| file.exists()) {
        check_private(file).map_err(|found| format!("store.url: {found}"))?;
    }
    let keys = match settings.secrets.key_file.exists() {
        true => {
            let keys = command_context.keys()?;
            let ids: Vec<_> = keys.ids().collect();
            format!("{}; the last one is used for new values", ids.join(", "))
        }
        false => "does not exist yet; the first start creates it".to_owned(),
    };
    let (http, mail, smtp) = (&settings.http, &settings.mail, &settings.mail.smtp);
    fact(out, "brand.service", &settings.brand.service)?;
    let look = match settings.brand.look == Look::default() {
        true => "as shipped",
        false => "of its own; all colours that meet stand apart",
    };
    fact(out, "brand.look", look)?;
    fact(out, "http.listen", &http.listen.to_string())?;
    fact(out, "http.public_url", &http.public_url)?;
    fact(out, "http.trusted_proxies", &list(&http.trusted_proxies))?;
    let missing = if http.assets.is_dir() { "" } else { " (missing)" };
    fact(out, "http.assets", &format!("{}{missing}", http.assets.display()))?;
    fact(out, "store.url", &without_password(&settings.store.url))?;
    fact(out, "store.connections", &settings.store.connections.to_string())?;
    fact(out, "mail.from", &mail.from)?;
    fact(
        out,
        "mail.transport",
        &match mail.transport {
            TransportKind::Mailbox => "mailbox: no mail is sent".to_owned(),
            TransportKind::Smtp => format!("smtp to {}:{}, {}", smtp.host, smtp.port, security(smtp.security)),
        },
    )?;
    if mail.transport == TransportKind::Smtp {
        let hop = if smtp.relay {
            "true: what the host accepts is shown as sent"
        } else {
            "false: what the host accepts is shown as delivered"
        };
        fact(out, "mail.smtp.relay", hop)?;
        fact(out, "mail.smtp.connections", &smtp.connections.to_string())?;
    }
    fact(out, "mail.smtp.password", if smtp.password.is_empty() { "empty" } else { "set" })?;
    fact(out, "secrets.key_file", &format!("{} ({keys})", settings.secrets.key_file.display()))?;
    fact(out, "password.profile", settings.password.profile.as_str())?;
    fact(
        out,
        "accounts",
        &format!(
            "mask_user_id {}, reset_proof {}",
            settings.accounts.mask_user_id,
            settings.accounts.reset_proof.as_str()
        ),
    )?;
    for limit in limits(&settings.limits) {
        line(out, &limit)?;
    }
    for warning in &settings.warnings {
        line(out, &format!("Warning: {warning}"))?;
    }
    Ok(line(out, "The configuration is valid.")?)
}

fn list(items: &[impl ToString]) -> String {
    let items: Vec<_> = items.iter().map(ToString::to_string).collect();
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}

fn security(kind: SmtpSecurity) -> &'static str {
    match kind {
        SmtpSecurity::Required => "STARTTLS required",
        SmtpSecurity::Tls => "TLS from the start",
        SmtpSecurity::None => "without TLS",
    }
}

/// Returns a line for every limit, with the default of those that differ from it.
fn limits(in_force: &Limits) -> Vec<String> {
    let in_force = in_force.settings().into_iter().zip(Limits::default().settings());
    in_force
        .map(|(Setting { name, value, .. }, default)| {
            let note = if value == default.value { String::new() } else { format!(" (default {})", default.value) };
            format!("{name:<36} {value}{note}")
        })
        .collect()
}

/// Returns a database's address without user name, password and options.
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_shown_without_its_password() {
        assert_eq!(
            without_password("postgres://nirin:a@b@db.internal/nirin?sslpassword=x"),
            "postgres://…@db.internal/nirin"
        );
        assert_eq!(without_password("sqlite://data/nirin.db?mode=rwc"), "sqlite://data/nirin.db");
    }

    #[test]
    fn a_limit_that_differs_is_shown_with_its_default() {
        let shown = limits(&Limits { code_tries: 3, ..Limits::default() });
        assert!(
            shown.iter().any(|line| line.starts_with("limits.code_tries") && line.ends_with(" 3 (default 5)")),
            "{shown:?}"
        );
        assert!(shown.iter().any(|line| line.starts_with("limits.body_bytes") && line.ends_with(" 16384")));
    }
}
