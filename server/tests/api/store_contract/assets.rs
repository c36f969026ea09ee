//! Assets of builds: keeping, finding, forgetting.

use super::{begin, commit};
use crate::support::*;
use server::store::AssetName;

on_both!(the_builds_that_ran_last_are_kept_and_the_others_forgotten, async |app| {
    let mut tx = begin(app).await;
    tx.forget_builds_but(0).await.unwrap();
    for (build, now) in [("a", 1), ("b", 2), ("c", 3), ("a", 4)] {
        tx.keep_asset(AssetName { build, file: "style.css" }, build, now).await.unwrap();
        tx.keep_asset(AssetName { build, file: "nirin.js" }, "js", now).await.unwrap();
    }
    assert_eq!(tx.asset(AssetName { build: "b", file: "style.css" }).await.unwrap().as_deref(), Some("b"));
    assert_eq!(tx.forget_builds_but(2).await.unwrap(), 2, "one that came back is not the oldest");
    assert_eq!(tx.asset(AssetName { build: "b", file: "style.css" }).await.unwrap(), None);
    assert_eq!(tx.asset(AssetName { build: "a", file: "style.css" }).await.unwrap().as_deref(), Some("a"));
    assert_eq!(tx.asset(AssetName { build: "c", file: "nirin.wasm" }).await.unwrap(), None);
    commit(tx).await;
});
