//! What a new password is judged by, wherever one is chosen: at enrolment, by a reset link, in the portal.

use super::UseCaseError;
use super::context::Context;
use crate::store::{CustomerId, Tx};
use app::wire::{PasswordAbout, Problem};
use rules::password::{PasswordContext, assess};

impl Context {
    /// What a new password of this customer is judged by.
    pub(super) async fn password_about(
        &self,
        tx: &mut Tx,
        customer_id: Option<&CustomerId>,
        user_id: Option<&str>,
    ) -> Result<PasswordAbout, UseCaseError> {
        let (kana, phones) = match customer_id {
            Some(id) => {
                let kana = tx.customer(id).await?.map(|customer| customer.kana).unwrap_or_default();
                (kana, tx.phones(id).await?)
            }
            None => (String::new(), Vec::new()),
        };
        Ok(PasswordAbout {
            profile: self.password_settings.profile,
            user_id: user_id.unwrap_or_default().to_owned(),
            kana,
            phones,
            brand: self.brand_words.to_vec(),
        })
    }

    /// What is wrong with a new password, every unmet rule at once.
    pub(super) fn judge_password(&self, password: &str, about: &PasswordAbout) -> Option<Problem> {
        if password.is_empty() {
            return Some(Problem::Empty);
        }
        let context =
            PasswordContext { user_id: &about.user_id, kana: &about.kana, phones: &about.phones, brand: &about.brand };
        let report = assess(password, about.profile, &context);
        (!report.is_ok()).then(|| Problem::Rules {
            unmet: report.unmet().collect(),
            full_width: report.full_width(),
            length: u32::try_from(report.length()).unwrap_or(u32::MAX),
        })
    }
}
