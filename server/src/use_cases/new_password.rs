//! What a new password is judged by, wherever one is chosen: at enrolment, by a reset link, in the portal.

use super::UseCaseError;
use super::context::Context;
use crate::store::{CustomerId, Tx};
use app::wire::PasswordAbout;

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
}
