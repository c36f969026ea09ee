//! What only rehearsal builds have (spec section 8). That a build without the feature has none of it is seen by `no_rehearsal`.

use crate::support::*;
use reqwest::Method;

on_both!(rehearsal_builds_show_the_mailbox, async |app| {
    app.browser().enrol(TARO).await;
    let mail = app.mail(TARO.email, "confirm-enrolment").await;
    let browser = app.browser();
    assert!(browser.get("/rehearsal/mailbox").await.text().contains(&mail.subject));
    assert!(browser.get(&format!("/rehearsal/mailbox/{}", mail.id)).await.text().contains("/link/"));
    assert_eq!(browser.get("/rehearsal/mailbox/x").await.status, 404);

    let at = format!("/rehearsal/mailbox/{}", mail.id);
    assert!(browser.get(&at).await.text().contains(&format!("{at}/parts")), "the mailbox leads to the gallery's view");
    let parts = browser.get(&format!("{at}/parts")).await;
    let (page, policy) = (parts.text(), parts.header("content-security-policy"));
    assert!(page.contains("href=\"/link/") && page.contains("✓") && !page.contains("✗"), "{page}");
    assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let dark = browser.get(&format!("{at}/bare/dark")).await;
    assert!(dark.header("content-security-policy").contains("frame-ancestors 'self'"));
    assert!(dark.text().contains("<base target=\"_top\">") && !dark.text().contains("prefers-color-scheme"));
    assert_eq!(browser.get(&format!("{at}/bare/blue")).await.status, 404);
    let message = browser.get(&format!("{at}/message.eml")).await;
    assert_eq!(message.header("content-type"), "message/rfc822");
    assert!(message.text().contains("Auto-Submitted: auto-generated"));
});

on_both!(a_clock_that_cannot_be_turned_says_so, async |app| {
    let browser = app.browser();
    assert_eq!(browser.get("/rehearsal/clock").await.status, 200);
    let before = app.now();
    assert_eq!(browser.post_form("/rehearsal/clock", &[("seconds", "300")]).await.first.status, 404);
    assert_eq!(browser.send(browser.bare(Method::POST, "/rehearsal/clock")).await.status, 403);
    assert_eq!(app.now(), before);
});

on_both!(only_a_document_of_the_gallery_may_be_framed_and_only_by_the_gallery, async |app| {
    let browser = app.browser();
    for (path, frames, ancestors) in [
        ("/preview/bare/screens/mail-sent/refused", "SAMEORIGIN", "frame-ancestors 'self'"),
        ("/preview/bare/mails/auth-code/first", "SAMEORIGIN", "frame-ancestors 'self'"),
        ("/preview/access/screens/mail-sent/refused", "SAMEORIGIN", "frame-ancestors 'self'"),
        ("/preview/screens/mail-sent/refused", "DENY", "frame-ancestors 'none'"),
        ("/preview", "DENY", "frame-ancestors 'none'"),
        ("/preview/screens", "DENY", "frame-ancestors 'none'"),
        ("/preview/flows/enrolment", "DENY", "frame-ancestors 'none'"),
        ("/preview/phone", "DENY", "frame-ancestors 'none'"),
        ("/preview/sentences", "DENY", "frame-ancestors 'none'"),
        ("/preview/tokens", "DENY", "frame-ancestors 'none'"),
        ("/preview/tokens/hex/nirin.tokens.json", "DENY", "frame-ancestors 'none'"),
        ("/sign-in", "DENY", "frame-ancestors 'none'"),
        ("/rehearsal/mailbox", "DENY", "frame-ancestors 'none'"),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("x-frame-options"), frames, "{path}");
        assert!(answer.header("content-security-policy").contains(ancestors), "{path}");
        assert_eq!(answer.header("x-robots-tag"), if path.starts_with("/preview") { "noindex" } else { "" }, "{path}");
    }
});

on_both!(the_gallery_refuses_an_unknown_switch_and_does_not_show_it_back, async |app| {
    let browser = app.browser();
    for query in ["theme=unheard-of", "w=unheard-of", "unheard-of=1"] {
        for path in [
            "/preview",
            "/preview/screens",
            "/preview/flows/enrolment",
            "/preview/sentences",
            "/preview/tokens",
            "/preview/screens/identity/empty",
            "/preview/bare/screens/identity/empty",
            "/preview/access/screens/identity/empty",
            "/preview/phone/screens/identity/empty",
        ] {
            let answer = browser.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, 400, "{path}?{query}");
            assert!(!answer.text().contains("unheard-of"), "{path}?{query}");
        }
    }
    let found = browser.get("/preview?q=%3Cscript%3E").await;
    assert!(!found.text().contains("<script"), "what is searched for is text");
    let found = browser.get("/preview/sentences?q=%3Cscript%3E").await;
    assert!(!found.text().contains("<script>"), "what is searched for is text");
    for path in [
        "/preview/access/screens/identity/none",
        "/preview/phone/screens/identity/none",
        "/preview/changes/../changes.json",
        // A rehearsal has no sources, so nobody waits there for one to be saved.
        "/preview/stamp",
        "/preview/bare/screens/identity/none",
        "/preview/flows/unheard-of",
        "/preview/tokens/dtcg/tokens.css",
        "/preview/tokens/x/nirin.tokens.json",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
});
