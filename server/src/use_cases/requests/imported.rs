//! After an import: requests that the contracts show to be carried out are done.

use super::{RequestDesk, details};
use crate::store::{RequestFilter, RequestRow, Store, Stored, Tx};
use crate::use_cases::procedures::is_carried_out;
use rules::RequestEvent;

/// Requests that are read at once.
const PAGE: i64 = 500;

impl RequestDesk<'_> {
    /// Marks as done what the contracts now show, and tells the people. Each request is a transaction of its own. Returns how many
    /// there were.
    ///
    /// A request whose key is gone cannot be read and stays as it is: staff sees to it.
    pub async fn complete_imported(&self, store: &Store, now: i64) -> Stored<u64> {
        let (mut done, mut last) = (0, (0, String::new()));
        loop {
            let open = RequestFilter { open: true, ..RequestFilter::default() };
            let page = store.begin_read().await?.requests(open, (last.0, &last.1), PAGE).await?;
            let Some(end) = page.last() else { return Ok(done) };
            last = (end.created_at, end.id.clone());
            for row in &page {
                if self.is_imported(&mut store.begin_read().await?, row).await? {
                    let mut tx = store.begin().await?;
                    // Nothing is left to do where somebody has moved it on meanwhile.
                    if self.move_on(&mut tx, row, RequestEvent::Imported, None, now).await?.is_some() {
                        tx.commit().await?;
                        done += 1;
                    }
                }
            }
        }
    }

    async fn is_imported(&self, tx: &mut Tx, row: &RequestRow) -> Stored<bool> {
        let Some(details) = details(self.keys, row) else { return Ok(false) };
        let contracts = tx.contracts_of(&row.customer_id).await?;
        let Some(contract) = contracts.iter().find(|contract| contract.id == row.contract_id) else { return Ok(false) };
        Ok(is_carried_out(&details, contract, &tx.phones(&row.customer_id).await?))
    }
}
