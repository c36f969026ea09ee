//! Turns the content of a mail into subject, text part and HTML part.
//!
//! The words themselves are in `templates/`, one folder a mail; `_layout.*` frames them. Here its values become what
//! is printed: addresses, times in Japan, timeouts. Sending and addressees are the server's.

use crate::palette::Colours;
use crate::{LockedStep, MailContent, Palette};
use app::text::time::{during, moment, until};
use app::text::{portal, requests};
use app::wire::Brand;
use askama::Template;

/// A mail as it is handed to the transport. Not `Debug`: it may hold a code or a link.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Makes one mail's values and renders its three parts: the struct is what `mail.…` means in the templates of its folder.
macro_rules! mail {
    ($brand:expr, $palette:expr, $reference:expr, [$subject:literal, $text:literal, $html:literal], { $($field:ident: $type:ty = $value:expr),* $(,)? }) => {{
        struct Mail<'a> {
            brand: &'a Brand,
            reference: &'a str,
            centre_digits: String,
            $($field: $type,)*
        }

        #[derive(Template)]
        #[template(path = $subject)]
        struct Subject<'m> {
            mail: &'m Mail<'m>,
        }

        #[derive(Template)]
        #[template(path = $text)]
        struct Text<'m> {
            mail: &'m Mail<'m>,
        }

        #[derive(Template)]
        #[template(path = $html)]
        struct Html<'m> {
            mail: &'m Mail<'m>,
            subject: &'m str,
            light: &'m Colours,
            dark: &'m Colours,
        }

        let centre_digits = $brand.centre_phone.replace('-', "");
        let mail = Mail { brand: $brand, reference: $reference, centre_digits, $($field: $value,)* };
        let subject = Subject { mail: &mail }.render()?;
        let text = Text { mail: &mail }.render()?;
        let html = Html { mail: &mail, subject: &subject, light: &$palette.light, dark: &$palette.dark }.render()?;
        Ok(Rendered { subject, text, html })
    }};
}

/// Renders a mail. `reference` is the number that customers tell the contact centre.
///
/// # Errors
/// Only what the formatting machinery itself reports; no content is refused.
pub fn render(
    content: &MailContent,
    brand: &Brand,
    palette: &Palette,
    reference: &str,
) -> Result<Rendered, askama::Error> {
    match content {
        MailContent::ConfirmEnrolment { token, asked_at, expires_at, device } => mail!(
            brand, palette, reference,
            ["confirm-enrolment/subject.txt", "confirm-enrolment/body.txt", "confirm-enrolment/body.html"],
            {
                address: String = link(brand, token),
                asked: String = moment(*asked_at),
                until: String = until(*expires_at),
                life: String = during(expires_at - asked_at),
                device: &'a str = device,
            }
        ),
        MailContent::AccountCreated { at } => mail!(
            brand, palette, reference,
            ["account-created/subject.txt", "account-created/body.txt", "account-created/body.html"],
            { at: String = moment(*at) }
        ),
        MailContent::UserIdNotice { user_id, at, device } => mail!(
            brand, palette, reference,
            ["user-id-notice/subject.txt", "user-id-notice/body.txt", "user-id-notice/body.html"],
            { user_id: &'a str = user_id, at: String = moment(*at), device: &'a str = device }
        ),
        MailContent::AuthCode { code, nth, sent_at, expires_at, device } => mail!(
            brand, palette, reference,
            ["auth-code/subject.txt", "auth-code/body.txt", "auth-code/body.html"],
            {
                code: &'a str = code,
                nth: u32 = *nth,
                sent: String = moment(*sent_at),
                until: String = until(*expires_at),
                life: String = during(expires_at - sent_at),
                device: &'a str = device,
            }
        ),
        MailContent::ResetPassword { token, asked_at, expires_at, device } => mail!(
            brand, palette, reference,
            ["reset-password/subject.txt", "reset-password/body.txt", "reset-password/body.html"],
            {
                address: String = link(brand, token),
                asked: String = moment(*asked_at),
                until: String = until(*expires_at),
                life: String = during(expires_at - asked_at),
                device: &'a str = device,
            }
        ),
        MailContent::NotEnrolled { asked_at } => mail!(
            brand, palette, reference,
            ["not-enrolled/subject.txt", "not-enrolled/body.txt", "not-enrolled/body.html"],
            { asked: String = moment(*asked_at) }
        ),
        MailContent::PasswordChanged { at, device, everywhere } => mail!(
            brand, palette, reference,
            ["password-changed/subject.txt", "password-changed/body.txt", "password-changed/body.html"],
            { at: String = moment(*at), device: &'a str = device, everywhere: bool = *everywhere }
        ),
        MailContent::SignInLocked { at, until: end, step } => mail!(
            brand, palette, reference,
            ["sign-in-locked/subject.txt", "sign-in-locked/body.txt", "sign-in-locked/body.html"],
            {
                at: String = moment(*at),
                // To the next full minute: whoever comes back at the printed time must not be early.
                until: String = until(end.saturating_add(MINUTE - 1)),
                code: bool = *step == LockedStep::Code,
            }
        ),
        MailContent::SignInClosed { at, step } => mail!(
            brand, palette, reference,
            ["sign-in-closed/subject.txt", "sign-in-closed/body.txt", "sign-in-closed/body.html"],
            { at: String = moment(*at), code: bool = *step == LockedStep::Code }
        ),
        MailContent::SignInAfterFailures { at, failures, device } => mail!(
            brand, palette, reference,
            ["sign-in-after-failures/subject.txt", "sign-in-after-failures/body.txt", "sign-in-after-failures/body.html"],
            { at: String = moment(*at), failures: u32 = *failures, device: &'a str = device }
        ),
        MailContent::RequestReceived { kind, vehicle, at } => mail!(
            brand, palette, reference,
            ["request-received/subject.txt", "request-received/body.txt", "request-received/body.html"],
            { what: &'a str = requests::kind(*kind), vehicle: &'a str = vehicle, at: String = moment(*at) }
        ),
        MailContent::RequestMoved { kind, state, vehicle, reason, at } => mail!(
            brand, palette, reference,
            ["request-moved/subject.txt", "request-moved/body.txt", "request-moved/body.html"],
            {
                what: &'a str = requests::kind(*kind),
                state: &'a str = requests::state(*state),
                next: &'a str = requests::next(*state),
                vehicle: &'a str = vehicle,
                reason: &'a str = reason.as_deref().unwrap_or_default(),
                at: String = moment(*at),
            }
        ),
        MailContent::RenewalReminder { vehicle, ends_on, .. } => mail!(
            brand, palette, reference,
            ["renewal-reminder/subject.txt", "renewal-reminder/body.txt", "renewal-reminder/body.html"],
            {
                vehicle: &'a str = vehicle,
                last_day: String = portal::iso_date(ends_on),
                account_page: &'a str = portal::ACCOUNT,
                setting: &'a str = portal::REMINDERS,
            }
        ),
    }
}

const MINUTE: i64 = 60_000;

fn link(brand: &Brand, token: &str) -> String {
    format!("{}/link/{token}", brand.public_url)
}

#[cfg(test)]
mod tests;
