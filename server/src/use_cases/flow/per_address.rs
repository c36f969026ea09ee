//! How many procedures begin at one client address. Thousands of people may share a carrier's address: beyond the limit a procedure
//! still begins for whoever proves with its first post who they are, and no row is left of all others.

use super::{FlowHandler, FlowTransaction, Flows};
use crate::store::Tx;
use crate::use_cases::UseCaseError;
use app::fault::Fault;
use app::port::Visitor;
use rules::limits::Limit;

/// When somebody behind an address that has begun too many procedures may try again, in seconds.
const RETRY_AFTER: u32 = 60;
/// So many procedures within the hour are begun by many people, and hardly by one.
const MANY_FROM_ONE_ADDRESS: i64 = 100;

impl Flows<'_> {
    /// Counts a new procedure of a client's address. Returns whether the limit is exceeded, so that no more rows should be written.
    pub(in crate::use_cases) async fn count_flow(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        now: i64,
    ) -> Result<bool, UseCaseError> {
        let counted = self.context.count_address(tx, Limit::FlowsFromAddress, visitor, now).await?;
        counted.log();
        if counted.n == MANY_FROM_ONE_ADDRESS && self.context.warns_of_shared_address {
            // With a proxy that is not named in the configuration, everybody has its address and shares its limits.
            tracing::warn!(
                event = "shared_address",
                procedures = counted.n,
                setting = "http.trusted_proxies",
                "many procedures begin at one client address: a proxy may be missing in the configuration"
            );
        }
        Ok(counted.refused.is_some())
    }

    /// Refuses a post that would have begun one procedure too many. What it counted stays counted: otherwise a try at a password or a
    /// phone would cost nothing.
    pub(super) async fn refuse_one_too_many(&self, mut flow_tx: FlowTransaction) -> Result<UseCaseError, UseCaseError> {
        flow_tx.tx.forget_flow(&flow_tx.row.id).await?;
        flow_tx.tx.commit().await?;
        Ok(Fault::Busy { retry_after: RETRY_AFTER }.into())
    }
}

impl FlowTransaction {
    /// Returns whether the post is judged. One that begins a procedure too many is judged only where it can prove who somebody is.
    pub(super) const fn is_looked_at<F: FlowHandler>(&self) -> bool {
        !self.one_too_many || F::FIRST_STEP_PROVES
    }

    /// Returns whether the procedure must not begin.
    pub(super) const fn is_refused(&self) -> bool {
        self.one_too_many && !self.proven
    }
}
