//! Every route and server function, with who may call it (OWASP ASVS 6.1.3, 6.3.4). One that is not listed here fails.

use crate::support::*;
use reqwest::Method;
use std::collections::BTreeSet;

/// Who may call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    Anyone,
    SignedIn,
    /// Only in rehearsal builds; there, anyone.
    Rehearsal,
}
use Who::{Anyone, Rehearsal, SignedIn};

/// Route, an address of it, its methods, who.
const ROUTES: &[(&str, &str, &str, Who)] = &[
    ("/", "/", "GET", Anyone),
    ("/help", "/help", "GET", Anyone),
    ("/help/{topic}", "/help/mail", "GET", Anyone),
    ("/healthz", "/healthz", "GET", Anyone),
    ("/readyz", "/readyz", "GET", Anyone),
    ("/robots.txt", "/robots.txt", "GET", Anyone),
    ("/.well-known/change-password", "/.well-known/change-password", "GET", Anyone),
    ("/.well-known/security.txt", "/.well-known/security.txt", "GET", Anyone),
    ("/csp-report", "/csp-report", "POST", Anyone),
    ("/enrol", "/enrol", "GET POST", Anyone),
    ("/user-id", "/user-id", "GET POST", Anyone),
    ("/password-reset", "/password-reset", "GET POST", Anyone),
    ("/sign-in", "/sign-in", "GET POST", Anyone),
    ("/link", "/link", "GET POST", Anyone),
    ("/link/{*token}", "/link/x", "GET", Anyone),
    // A stream: asked for a flow that has none.
    ("/live/{flow}", "/live/link", "GET", Anyone),
    ("/api/{*function}", "/api/view", "POST", Anyone),
    ("/assets/{build}/{name}", "/assets/x/style.css", "GET", Anyone),
    ("/sign-out", "/sign-out", "POST", Anyone),
    ("/portal", "/portal", "GET", SignedIn),
    ("/portal/contracts/{id}", "/portal/contracts/k-001", "GET", SignedIn),
    ("/portal/contracts/{id}/{procedure}", "/portal/contracts/k-001/renewal", "GET POST", SignedIn),
    ("/portal/requests/{reference}", "/portal/requests/7K2M-4XQ9", "GET", SignedIn),
    ("/portal/requests/withdraw", "/portal/requests/withdraw", "POST", SignedIn),
    // A stream; tells a guest that there is nothing to follow.
    ("/live/requests", "/live/requests", "GET", Anyone),
    ("/portal/account", "/portal/account", "GET POST", SignedIn),
    ("/portal/reminders", "/portal/reminders", "POST", SignedIn),
    ("/portal/sessions", "/portal/sessions", "POST", SignedIn),
    ("/rehearsal/mailbox", "/rehearsal/mailbox", "GET", Rehearsal),
    ("/rehearsal/mailbox/{id}", "/rehearsal/mailbox/x", "GET", Rehearsal),
    ("/rehearsal/mailbox/{id}/parts", "/rehearsal/mailbox/x/parts", "GET", Rehearsal),
    ("/rehearsal/mailbox/{id}/bare/{theme}", "/rehearsal/mailbox/x/bare/dark", "GET", Rehearsal),
    ("/rehearsal/mailbox/{id}/message.eml", "/rehearsal/mailbox/x/message.eml", "GET", Rehearsal),
    ("/rehearsal/clock", "/rehearsal/clock", "GET POST", Rehearsal),
    ("/rehearsal/api", "/rehearsal/api", "GET", Rehearsal),
    ("/rehearsal/api/people", "/rehearsal/api/people", "GET POST", Rehearsal),
    ("/rehearsal/api/people/{id}", "/rehearsal/api/people/c-001", "GET", Rehearsal),
    ("/rehearsal/api/mails", "/rehearsal/api/mails", "GET", Rehearsal),
    ("/rehearsal/api/mails/next", "/rehearsal/api/mails/next?wait=0&to=x", "GET", Rehearsal),
    ("/rehearsal/api/clock", "/rehearsal/api/clock", "GET POST", Rehearsal),
    ("/rehearsal/api/faults", "/rehearsal/api/faults", "GET POST", Rehearsal),
    ("/preview", "/preview", "GET", Rehearsal),
    ("/preview/index.json", "/preview/index.json", "GET", Rehearsal),
    ("/preview/decisions", "/preview/decisions", "GET", Rehearsal),
    ("/preview/flows/{flow}", "/preview/flows/enrolment", "GET", Rehearsal),
    ("/preview/phone", "/preview/phone", "GET", Rehearsal),
    ("/preview/phone/{group}/{kind}/{state}", "/preview/phone/screens/mail-sent/refused", "GET", Rehearsal),
    ("/preview/changes/{picture}", "/preview/changes/some-before.png", "GET", Rehearsal),
    ("/preview/stamp", "/preview/stamp", "GET", Rehearsal),
    ("/preview/sentences", "/preview/sentences", "GET", Rehearsal),
    ("/preview/tokens", "/preview/tokens", "GET", Rehearsal),
    ("/preview/tokens/{flavour}/{file}", "/preview/tokens/dtcg/nirin.tokens.json", "GET", Rehearsal),
    ("/preview/assets/{style}/{file}", "/preview/assets/dark-own/gallery.css", "GET", Rehearsal),
    ("/preview/{group}", "/preview/screens", "GET", Rehearsal),
    ("/preview/{group}/{kind}/{state}", "/preview/screens/mail-sent/refused", "GET", Rehearsal),
    ("/preview/bare/{group}/{kind}/{state}", "/preview/bare/screens/mail-sent/refused", "GET", Rehearsal),
    ("/preview/access/{group}/{kind}/{state}", "/preview/access/screens/mail-sent/refused", "GET", Rehearsal),
    ("/preview/message/mails/{kind}/{state}", "/preview/message/mails/auth-code/first", "GET", Rehearsal),
    ("/preview/bare/mails/{kind}/{state}", "/preview/bare/mails/auth-code/first", "GET", Rehearsal),
];

/// Server functions and who may call them. All are POST.
const FUNCTIONS: &[(&str, Who)] = &[
    ("/api/enrol", Anyone),
    ("/api/user-id", Anyone),
    ("/api/password-reset", Anyone),
    ("/api/sign-in", Anyone),
    ("/api/link", Anyone),
    ("/api/view", Anyone),
    ("/api/account", SignedIn),
    // Tells a guest to sign in.
    ("/api/session", Anyone),
];

/// Ways in that are a folder of files instead of a route, with the source that holds them: its own tests say who gets what.
const FOLDERS: [&str; 1] = ["src/http/assets.rs"];

/// Addresses of listeners of their own, which the product's listener does not have: `metrics.rs` says who gets what there.
const APART: [&str; 1] = ["/metrics"];

/// What all sources of the server register, wherever they do it.
fn registered() -> BTreeSet<String> {
    let product = |source: &String| source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    let sources: Vec<_> = sources("src").iter().chain(&sources("../preview/src")).map(product).collect();
    let routes = sources.iter().flat_map(|source| source.split(".route(").skip(1));
    routes
        .map(|rest| {
            let literal = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            literal.unwrap_or_else(|| panic!("an address that this test cannot read: {}", &rest[..40])).to_owned()
        })
        .collect()
}

#[test]
fn asvs_6_1_3_every_route_is_listed_with_who_may_call_it() {
    let listed = ROUTES.iter().map(|(route, ..)| *route).chain(APART);
    assert_eq!(registered(), listed.map(ToOwned::to_owned).collect());
    let others = ["route_service(", "nest(", "nest_service(", "fallback_service("];
    for (name, source) in named_sources("src") {
        let ways = others.iter().filter(|way| source.contains(&format!(".{way}"))).count();
        assert!(ways == 0 || FOLDERS.contains(&name.as_str()), "a way in that this test does not read: {name}");
    }
}

#[test]
fn asvs_6_3_4_every_server_function_is_listed_with_who_may_call_it() {
    let registered: BTreeSet<_> =
        server_fn::axum::server_fn_paths().map(|(path, method)| format!("{method} {path}")).collect();
    let listed: BTreeSet<_> = FUNCTIONS.iter().map(|(path, _)| format!("POST {path}")).collect();
    assert_eq!(registered, listed);
}

on_both!(asvs_6_3_4_every_route_lets_in_exactly_whom_it_is_for, async |app| {
    let signed_in = app.signed_in(TARO).await;
    for (route, address, methods, who) in ROUTES {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let guest = app.browser();
            let ask = async |browser: &Browser| {
                let request = browser.request(Method::from_bytes(method.as_bytes()).unwrap(), address);
                browser.send(request.header("content-type", "application/x-www-form-urlencoded")).await
            };
            let answer = ask(&guest).await;
            // A post says that there was a session.
            let wants_sign_in = ["/sign-in", "/sign-in?ended"].contains(&answer.header("location"));
            let to_sign_in = answer.status == 303 && wants_sign_in && *address != "/sign-in";
            if !methods.contains(method) {
                let refused = if *route == "/api/{*function}" { vec![404, 405] } else { vec![405] };
                assert!(refused.contains(&answer.status), "{method} {route}: {}", answer.status);
            } else if *who == SignedIn {
                assert!(to_sign_in, "{method} {route}: {}", answer.status);
                let theirs =
                    if *address == "/portal/sessions" { app.signed_in_again(TARO).await } else { signed_in.copy() };
                let answer = ask(&theirs).await;
                assert!(
                    !answer.header("location").starts_with("/sign-in") && answer.status < 500,
                    "{method} {route}: {}",
                    answer.status
                );
            } else {
                assert!(
                    !to_sign_in && answer.status != 401 && answer.status != 405,
                    "{method} {route}: {}",
                    answer.status
                );
            }
        }
    }
});

/// What the gallery's own pages may show in a frame.
const FRAMED: [&str; 4] = [
    "/preview/access/{group}/{kind}/{state}",
    "/preview/bare/{group}/{kind}/{state}",
    "/preview/bare/mails/{kind}/{state}",
    "/rehearsal/mailbox/{id}/bare/{theme}",
];

on_both!(no_address_of_the_product_may_be_framed, async |app| {
    for (route, address, ..) in ROUTES.iter().filter(|(.., methods, _)| methods.contains("GET")) {
        let answer = app.browser().get(address).await;
        let framed = FRAMED.contains(route);
        assert_eq!(answer.header("x-frame-options"), if framed { "SAMEORIGIN" } else { "DENY" }, "{route}");
    }
});

on_both!(what_a_listener_of_its_own_answers_is_not_on_the_products, async |app| {
    for address in APART {
        assert_eq!(app.browser().get(address).await.status, 404, "{address}");
    }
});

on_both!(asvs_6_3_4_every_server_function_lets_in_exactly_whom_it_is_for, async |app| {
    for (path, who) in FUNCTIONS {
        let body = if *path == "/api/view" { encoded(&Flow::Enrol) } else { encoded(&Form::default()) };
        let answer = app.browser().post_raw(path, CALL, body).await;
        assert_eq!(answer.status, if *who == SignedIn { 401 } else { 200 }, "{path}");
    }
    let answer = app.browser().post_raw("/api/view", CALL, encoded(&Flow::Account)).await;
    assert_eq!(answer.status, 401, "nor does looking let anybody in");
});
