use crate::wire::Millis;
use crate::wizard::desk;
use leptos::prelude::*;

/// The resend button with its wait. Without script the wait is said when it is pressed too early.
#[component]
pub fn Resend(label: &'static str, resend_at: Option<Millis>) -> impl IntoView {
    let desk = desk();
    let page = desk.page();
    let left = RwSignal::new(resend_at.map_or(0, |at| seconds_until(at, page.now)));
    #[cfg(feature = "hydrate")]
    if let Some(at) = resend_at {
        crate::client::every_second(move |now| left.set(seconds_until(at, now)));
    }
    resend_at.map(|_| {
        view! {
            <form class="resend" method="post" action=page.flow.address() on:submit=move |sent| desk.submit(&sent)>
                <input type="hidden" name="step" value=page.screen.step()/>
                <input type="hidden" name="act" value="resend"/>
                <button class="button quiet" type="submit">{label}</button>
                <span class="resend-wait">
                    {move || (left.get() > 0).then(|| format!("あと{}秒で再送できます", left.get()))}
                </span>
            </form>
        }
    })
}

fn seconds_until(at: Millis, now: Millis) -> Millis {
    (at - now).max(0).div_euclid(1_000) + Millis::from((at - now).max(0) % 1_000 > 0)
}
