//! While nodes are exchanged, a page of one build asks a node of another for its files.

use crate::support::*;

/// The address of the style props in a node's own pages.
async fn style(app: &TestApp) -> String {
    let page = app.browser().get("/enrol").await.text();
    let at = page.find("/assets/").expect("an asset");
    let folder = page[at..].split('/').nth(2).expect("a hash");
    format!("/assets/{folder}/style.css")
}

on_both!(every_node_has_the_files_of_the_builds_before_and_after_it, async |app| {
    let next = app
        .another(|settings| {
            settings.http.assets = settings.http.assets.with_file_name("site-of-the-next-build");
            std::fs::create_dir_all(&settings.http.assets).unwrap();
            std::fs::write(settings.http.assets.join("style.css"), "main{color:red}").unwrap();
            std::fs::write(settings.http.assets.join("nirin.wasm"), b"\0asm\x01\xff\xfe").unwrap();
            std::fs::write(settings.http.assets.join("secret.txt"), "not an asset").unwrap();
        })
        .await;
    let (old_style, new_style) = (style(app).await, style(&next).await);
    assert_ne!(old_style, new_style);
    for node in [app, &next] {
        for (address, body) in [(&old_style, "main{}"), (&new_style, "main{color:red}")] {
            let answer = node.browser().get(address).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, "text/css"), "{address}");
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(answer.text(), body);
        }
    }
    let wasm = app.browser().get(&new_style.replace("style.css", "nirin.wasm")).await;
    assert_eq!((wasm.status, wasm.header("content-type")), (200, "application/wasm"));
    for nothing in [
        new_style.replace("style.css", "secret.txt"),
        new_style.replace("style.css", "..%2Fstyle.css"),
        new_style.replace("style.css", "nothing.css"),
        "/assets/000000000000/style.css".to_owned(),
    ] {
        let answer = app.browser().get(&nothing).await;
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{nothing}");
    }
    next.end().await;
    assert_eq!(app.browser().get(&new_style).await.status, 200, "also once that node is gone");
});
