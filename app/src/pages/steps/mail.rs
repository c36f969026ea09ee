//! The step of an enrolment that waits for its mailed link.

use crate::flow_context::flow_context;
use crate::parts::{DeliveryLine, Fact, Facts, LateContactCentre, Resend};
use crate::text::{flows, time};
use crate::wire::MailWait;
use leptos::prelude::*;

/// What to do while a mail is on its way: the lead of its screen.
#[component]
pub(super) fn OpenTheLink(children: Children) -> impl IntoView {
    view! {
        <div class="to-do">
            <p class="to-do-what">{flows::MAIL_LEAD}</p>
            <p>{children()}</p>
        </div>
    }
}

/// The mail is on its way. When its link is confirmed, in whatever browser, this screen goes on by itself.
#[component]
pub fn MailSent(wait: MailWait) -> impl IntoView {
    let context = flow_context();
    let page = context.page();
    let since = wait.since;
    view! {
        <OpenTheLink>{flows::MAIL_STAY}<span class="needs-script">{flows::MAIL_MOVES}</span></OpenTheLink>
        <p class="without-script"><a class="button" href=page.flow.address()>{flows::MAIL_RELOAD}</a></p>
        <p class="without-script hint">{flows::MAIL_NOT_YET}</p>
        <Facts>
            <Fact name=flows::MAIL_ADDRESS value=wait.address/>
            <Fact name=flows::MAIL_SENT_AT value=time::short(wait.sent_at, page.now)/>
            <DeliveryLine/>
            <Fact name=flows::MAIL_UNTIL value=time::date_and_clock(wait.expires_at)/>
        </Facts>
        <p class="hint">{flows::what_to_look_for(&context.brand())}</p>
        <section class="aside">
            <h2>{flows::MAIL_HELP}</h2>
            <p>{flows::mail_late(&context.timeouts)}</p>
            <p><a href="/help/mail" target="_blank">{flows::MAIL_HELP_LINK}</a></p>
            <Resend label=flows::MAIL_RESEND resend_at=wait.resend_at/>
            <LateContactCentre since/>
        </section>
    }
}
