//! What tells a browser from others, for limits: a random number in a cookie, hashed in the store.

use super::context::Context;
use super::{UseCaseError, cookies};
use crate::store::{BrowserId, Tx};
use app::port::{SetCookie, Visitor};

impl Context {
    /// The browser's mark, hashed; a browser without one gets one with this answer.
    pub(super) fn browser(&self, visitor: &Visitor, cookies: &mut Vec<SetCookie>) -> BrowserId {
        if let Some(mark) = visitor.cookie(cookies::BROWSER_COOKIE) {
            return BrowserId::of_token(mark);
        }
        let mark = self.rng.token();
        cookies.push(cookies::browser_cookie(&mark));
        BrowserId::of_token(&mark)
    }

    /// A mark of its own from here on, for a year: nobody who saw the one from before is taken for this browser, and who signs in
    /// now and then does not become a stranger.
    pub(super) async fn renew_browser(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        mark: &str,
        cookies: &mut Vec<SetCookie>,
    ) -> Result<BrowserId, UseCaseError> {
        let browser = BrowserId::of_token(mark);
        if let Some(before) = visitor.cookie(cookies::BROWSER_COOKIE) {
            tx.rename_browser(&BrowserId::of_token(before), &browser).await?;
        }
        cookies.push(cookies::browser_cookie(mark));
        Ok(browser)
    }
}
