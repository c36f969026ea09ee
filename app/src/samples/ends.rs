//! The states of every end of a flow, by the flows that can end so.

use super::NOW;
use super::kinds::EndKind;
use super::states::{SampleContext, States};
use crate::wire::{EndReason, Flow, LinkKind, Page, Screen};

/// Returns the ends of one kind.
pub(super) fn states(kind: EndKind, context: SampleContext) -> States<Page> {
    let until = NOW + context.timeouts.link_life;
    let enrol = |end| States::one("enrolment", page(Flow::Enrol, end));
    let link = |end| {
        States::one("enrolment", of_link(Some(LinkKind::Enrolment), end))
            .and("reset", of_link(Some(LinkKind::Reset), end))
    };
    let sign_in = |end| States::one("sign-in", page(Flow::SignIn, end));
    match kind {
        EndKind::Done => enrol(EndReason::Done).and("reset", page(Flow::PasswordReset, EndReason::Done)),
        EndKind::WentOn => States::one("inquiry", page(Flow::UserId, EndReason::WentOn)),
        EndKind::Abandoned => enrol(EndReason::Abandoned)
            .and("inquiry", page(Flow::UserId, EndReason::Abandoned))
            .and("reset", page(Flow::PasswordReset, EndReason::Abandoned))
            .and("sign-in", page(Flow::SignIn, EndReason::Abandoned)),
        EndKind::Idle => enrol(EndReason::Idle)
            .and("inquiry", page(Flow::UserId, EndReason::Idle))
            .and("reset", page(Flow::PasswordReset, EndReason::Idle))
            .and("sign-in", page(Flow::SignIn, EndReason::Idle)),
        EndKind::IdleLinkLives => enrol(EndReason::IdleLinkLives(until)),
        EndKind::IdleResetLives => States::one("reset", page(Flow::PasswordReset, EndReason::IdleResetLives(until))),
        EndKind::Superseded => enrol(EndReason::Superseded),
        EndKind::LinkReplaced => link(EndReason::LinkReplaced),
        EndKind::LinkNewer => link(EndReason::LinkNewer),
        EndKind::RegistrationChanged => enrol(EndReason::RegistrationChanged),
        EndKind::Disowned => enrol(EndReason::Disowned),
        EndKind::LinkExpired => link(EndReason::LinkExpired),
        EndKind::LinkUsed => link(EndReason::LinkUsed),
        EndKind::LinkUnknown => States::one("usual", of_link(None, EndReason::LinkUnknown)),
        EndKind::TooManyTries => sign_in(EndReason::TooManyTries),
        EndKind::AccountWait => sign_in(EndReason::AccountWait(NOW + 30 * 60_000)),
        EndKind::ResetRequired => sign_in(EndReason::ResetRequired),
        EndKind::TimedOut => sign_in(EndReason::TimedOut),
    }
}

fn page(flow: Flow, end: EndReason) -> Page {
    super::page(flow, Screen::Ended(end))
}

fn of_link(link: Option<LinkKind>, end: EndReason) -> Page {
    Page { link, ..page(Flow::Link, end) }
}
