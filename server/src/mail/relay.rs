//! What this node knows of the mail server: whether it takes our mails, and how many at once. Told to operators once when it
//! begins to refuse and once when it is well again, not with every mail.

use super::{SendError, Verdict, back_off_ms};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The longest pause between two tries while the server takes no mail at all, in milliseconds.
const PAUSE_MAX_MS: i64 = 60_000;
/// For how long a reason that concerned single mails must not occur any more until it counts as over, in milliseconds: longer
/// than the longest pause of one mail.
const QUIET_MS: i64 = 3_600_000;

/// The mail server, as seen from this node.
pub struct Relay {
    /// How many mails at once are configured.
    most: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By how many fewer than configured go at once.
    fewer: usize,
    /// Mails taken since that number last changed.
    taken: usize,
    /// Why mails are refused at present, by reason.
    refusals: BTreeMap<String, Refusal>,
    /// Tries in a row at which no mail was taken at all, and when the next one may begin.
    failures: i64,
    next_at: i64,
}

struct Refusal {
    since: i64,
    last: i64,
    count: u64,
    /// No mail is taken at all, rather than this or that one.
    all: bool,
}

impl Relay {
    /// Creates the state of a server of which nothing is known yet.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, state: Mutex::default() }
    }

    /// Returns how many mails may be on their way at the same time: none during a pause, one to find out whether it is over.
    #[must_use]
    pub fn places(&self, now: i64) -> usize {
        let state = self.state();
        match state.failures {
            0 => self.most - state.fewer,
            _ if now < state.next_at => 0,
            _ => 1,
        }
    }

    /// Returns whether the server accepts no mail from us at present.
    #[must_use]
    pub fn is_refusing(&self) -> bool {
        self.state().failures > 0
    }

    /// Records that a mail came as far as its recipient: the server accepts mail from us.
    pub fn reached(&self, accepted: bool, now: i64) {
        let mut state = self.state();
        state.failures = 0;
        if accepted && state.fewer > 0 {
            state.taken += 1;
            if state.taken >= self.most - state.fewer {
                (state.fewer, state.taken) = (state.fewer - 1, 0);
            }
        }
        state.refusals.retain(|reason, refusal| {
            let over = if refusal.all { true } else { accepted && refusal.last + QUIET_MS <= now };
            if over {
                let Refusal { since, count, .. } = *refusal;
                let for_ms = now - since;
                let message = match refusal.all {
                    true => "the mail server accepts mail again",
                    false => "the mail server has not refused a mail for this reason for an hour",
                };
                tracing::info!(event = "mail_relay_recovered", reason, refusals = count, for_ms, "{message}");
            }
            !over
        });
    }

    /// Records that a mail was not accepted. Returns when the next may be tried, if none is accepted at all.
    pub fn refused(&self, error: &SendError, now: i64) -> Option<i64> {
        let mut state = self.state();
        if error.asks_for_less {
            let places = self.most - state.fewer;
            (state.fewer, state.taken) = (self.most - (places / 2).max(1), 0);
        }
        let all = match error.verdict {
            Verdict::AddressRefused | Verdict::NotNow => return None,
            Verdict::MailRefused => false,
            Verdict::RelayRefuses => true,
        };
        state.note(error, all, now);
        if !all {
            return None;
        }
        // Mails that were on their way together fail together: that is one failure.
        if now >= state.next_at || state.failures == 0 {
            state.failures += 1;
            state.next_at = now + back_off_ms(state.failures).min(PAUSE_MAX_MS);
        }
        Some(state.next_at)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note(&mut self, error: &SendError, all: bool, now: i64) {
        if let Some(known) = self.refusals.get_mut(&error.reason) {
            (known.last, known.count, known.all) = (now, known.count + 1, known.all || all);
            return;
        }
        self.refusals.insert(error.reason.clone(), Refusal { since: now, last: now, count: 1, all });
        let reason = &error.reason;
        let message = if all { "the mail server accepts no mail" } else { "the mail server does not accept a mail" };
        if error.lasting {
            tracing::error!(event = "mail_relay_refuses", reason, all, "{message}");
        } else {
            tracing::warn!(event = "mail_relay_refuses", reason, all, "{message}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(verdict: Verdict) -> SendError {
        SendError::new(verdict, "reason")
    }

    #[test]
    fn a_server_that_takes_no_mail_is_asked_by_one_mail_at_a_time_with_growing_pauses() {
        let relay = Relay::new(8);
        assert_eq!(relay.places(0), 8);
        let mut now = 0;
        for pause in [2, 4, 8, 16, 32, 60, 60] {
            let next_at = relay.refused(&error(Verdict::RelayRefuses), now).unwrap();
            assert_eq!(next_at - now, pause * 1_000);
            assert_eq!(relay.refused(&error(Verdict::RelayRefuses), now), Some(next_at), "one that was on its way too");
            assert_eq!((relay.places(next_at - 1), relay.places(next_at)), (0, 1));
            assert!(relay.is_refusing());
            now = next_at;
        }
        relay.reached(false, now);
        assert_eq!((relay.places(now), relay.is_refusing()), (8, false));
        assert_eq!(relay.refused(&error(Verdict::RelayRefuses), now), Some(now + 2_000), "pauses begin anew");
    }

    #[test]
    fn a_mail_that_is_refused_by_itself_holds_up_no_other() {
        let relay = Relay::new(8);
        for verdict in [Verdict::MailRefused, Verdict::NotNow, Verdict::AddressRefused] {
            assert_eq!(relay.refused(&error(verdict), 0), None);
        }
        assert_eq!((relay.places(0), relay.is_refusing()), (8, false));
    }

    #[test]
    fn a_server_that_asks_for_less_gets_half_at_once_and_then_slowly_more() {
        let relay = Relay::new(8);
        let busy = SendError { asks_for_less: true, ..error(Verdict::NotNow) };
        let mut places = vec![];
        for _ in 0..5 {
            relay.refused(&busy, 0);
            places.push(relay.places(0));
        }
        assert_eq!(places, [4, 2, 1, 1, 1]);
        let mut taken = 0;
        while relay.places(0) < 8 {
            relay.reached(true, 0);
            taken += 1;
        }
        assert_eq!(taken, 1 + 2 + 3 + 4 + 5 + 6 + 7);
        relay.reached(true, 0);
        assert_eq!(relay.places(0), 8, "never more than configured");
    }

    #[test]
    fn a_reason_is_open_until_it_is_over() {
        let relay = Relay::new(8);
        relay.refused(&error(Verdict::MailRefused), 0);
        relay.refused(&SendError::new(Verdict::RelayRefuses, "all"), 0);
        let open = |relay: &Relay| relay.state().refusals.keys().cloned().collect::<Vec<_>>();
        assert_eq!(open(&relay), ["all", "reason"]);
        relay.reached(true, 1_000);
        assert_eq!(open(&relay), ["reason"], "another mail may be refused for it still");
        relay.refused(&error(Verdict::MailRefused), 2_000);
        relay.reached(true, QUIET_MS);
        assert_eq!(open(&relay), ["reason"]);
        relay.reached(true, QUIET_MS + 2_000);
        assert!(open(&relay).is_empty());
    }
}
