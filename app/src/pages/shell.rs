//! The document around every page. It alone knows the nonce and the asset addresses.

use super::wizard::Wizard;
use crate::shape;
use crate::text::portal::HOME;
use crate::text::{document as text, flows, phrases};
use crate::wire::{Boot, Brand, Page, Timeouts};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use leptos::prelude::*;
use std::sync::Arc;

/// What the document needs besides its content.
#[derive(Clone, Debug, Default)]
pub struct DocumentProps {
    /// The document's title.
    pub title: String,
    /// The nonce of this response's Content-Security-Policy.
    pub nonce: String,
    /// Where assets of this build are, for instance `/assets/1a2b3c`.
    pub assets: String,
    /// The style itself, for a browser that comes from elsewhere and may have no copy of it: its first page then waits for nothing
    /// else before it is drawn. Other pages name the file.
    pub style: Option<Arc<str>>,
    /// Whether the header offers to sign out, because a person is signed in.
    pub signed_in: bool,
    /// Whether the header offers the way back to the portal, on pages outside it and for a person who is signed in.
    pub inside: bool,
    /// The session, on pages of the portal: the browser side warns before it ends.
    pub session: Option<(Page, Timeouts)>,
    /// Whether the page shows requests that staff may be working on: it is loaded again when one of them comes to another state.
    pub follows_requests: bool,
    /// How many states the person's requests had come to before the page was read. What differs is news to it.
    pub request_moves: i64,
    /// What the browser side starts with. Without it the page has no script at all.
    pub boot: Option<Boot>,
}

/// Renders a flow's page for `#wizard`, and what the browser side starts with.
pub(super) fn draw_wizard(page: Page, brand: &Brand, timeouts: Timeouts) -> (String, Boot) {
    let mut boot = Boot { page, brand: brand.clone(), timeouts, shape: 0 };
    let owner = Owner::new();
    let html = owner.with(|| view! { <Wizard boot=boot.clone()/> }.to_html());
    owner.cleanup();
    boot.shape = shape::of_html(&html);
    (html, boot)
}

/// Renders a whole document. The view is created in its own reactive owner, which is dropped afterwards.
pub fn document(brand: &Brand, props: DocumentProps, content: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(brand.clone());
        view! { <Shell brand=brand.clone() props content=content()/> }.to_html()
    });
    owner.cleanup();
    phrases::mark(html)
}

#[component]
fn Shell(brand: Brand, props: DocumentProps, content: AnyView) -> impl IntoView {
    let description = text::description(&brand);
    let style = style_element(&props);
    let icon = format!("{}/icon.svg", props.assets);
    let logo = format!("{}/logo.svg", props.assets);
    let (watch, watching) = props.session.clone().map(|(page, timeouts)| draw_wizard(page, &brand, timeouts)).unzip();
    let script = props.boot.as_ref().or(watching.as_ref()).map(|boot| boot_script(boot, &props));
    // These pages have no fields, so that loading them again loses nothing.
    let follow = props.follows_requests.then(|| {
        let moves = props.request_moves;
        let script = format!("new EventSource('/live/requests?moves={moves}').onmessage=()=>location.reload()");
        view! { <script type="module" nonce=props.nonce.clone() inner_html=script></script> }
    });
    let class = if script.is_some() { "scripted" } else { "plain" };
    view! {
        <!DOCTYPE html>
        <html lang=text::LANGUAGE class=class>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no, date=no, address=no, email=no"/>
                <meta name="description" content=description/>
                <title>{props.title}</title>
                {style}
                <link rel="icon" href=icon type="image/svg+xml"/>
            </head>
            <body>
                <a class="skip" href="#main">{text::SKIP}</a>
                <header class="header">
                    <a class="brand" href=if props.signed_in { "/portal" } else { "/" }>
                        <img class="brand-mark" src=logo alt="" width="36" height="36"/>
                        <span class="brand-name">{brand.service.clone()}</span>
                        <span class="brand-insurer">{brand.insurer.clone()}</span>
                    </a>
                    <nav class="header-links" aria-label=text::GUIDANCE>
                        {props.inside.then(|| view! { <a href="/portal">{HOME}</a> })}
                        {(!props.inside && !props.signed_in && props.boot.is_none()).then(|| view! { <a href="/sign-in">{flows::SIGN_IN}</a> })}
                        <a href="/help">{text::HELP}</a>
                        {props.signed_in.then(|| view! {
                            <form method="post" action="/sign-out"><button class="link-button" type="submit">{text::SIGN_OUT}</button></form>
                        })}
                    </nav>
                </header>
                <main id="main" class="main">{content}</main>
                {watch.map(|html| view! { <div id="wizard" inner_html=html></div> })}
                <footer class="footer">
                    <p class="footer-centre">
                        {text::CENTRE_CALL}<a href=format!("tel:{}", brand.centre_phone.replace('-', ""))>{brand.centre_phone.clone()}</a>
                        <span class="footer-hours">{brand.centre_hours.clone()}</span>
                    </p>
                    <p class="footer-insurer">{brand.insurer.clone()}</p>
                </footer>
                {script}
                {follow}
            </body>
        </html>
    }
}

/// The style, or where it is. A page that has it inside has the file fetched for the next one: a style that is for print alone is
/// waited for by no browser, and this one says nothing else there. (A `prefetch` is nothing to Safari, and forbidden to Firefox by the
/// policy.)
fn style_element(props: &DocumentProps) -> AnyView {
    let file = format!("{}/style.css", props.assets);
    match &props.style {
        Some(style) => view! {
            <style nonce=props.nonce.clone() inner_html=style.to_string()></style>
            <link rel="stylesheet" href=file media="print"/>
        }
        .into_any(),
        None => view! { <link rel="stylesheet" href=file/> }.into_any(),
    }
}

/// The state as data ([`Boot`]), and the loader.
fn boot_script(boot: &Boot, props: &DocumentProps) -> AnyView {
    let rest = BASE64.encode(postcard::to_allocvec(boot).unwrap_or_default());
    // No word ends a line, or the element; the configuration refuses one that would.
    let words = boot.brand.words().map(|word| word.replace(['\n', '\r', '<'], " "));
    let data = format!("{}\n{rest}", words.join("\n"));
    // Asked for by script alone: nobody who runs none pays for it. A page that is left before the WASM has arrived may have nobody yet
    // who awaits it: its failure is none of the page's.
    let loader = format!(
        "const wasm=fetch('{0}/nirin.wasm');wasm.catch(()=>{{}});import('{0}/start.js').then(m=>m.default(wasm)).catch(()=>{{document.documentElement.className='plain'}});",
        props.assets
    );
    let begin = format!("{}/start.js", props.assets);
    let glue = format!("{}/nirin.js", props.assets);
    view! {
        <link rel="modulepreload" href=begin nonce=props.nonce.clone()/>
        <link rel="modulepreload" href=glue nonce=props.nonce.clone()/>
        <script type="text/plain" id="boot" inner_html=data></script>
        <script nomodule nonce=props.nonce.clone()>"document.documentElement.className='plain'"</script>
        <script type="module" nonce=props.nonce.clone() inner_html=loader></script>
    }
    .into_any()
}
