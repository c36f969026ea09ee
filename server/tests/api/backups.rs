//! A backup that was made while the server runs, as docs/operations.md says, restored for a server of its own.

use crate::support::*;

on_both!(a_backup_of_a_running_server_restores_to_one_that_people_sign_in_to, async |app| {
    let browser = app.signed_in(TARO).await;
    let restored = app.restored_from_backup().await;
    app.sql("DELETE FROM sessions").await;
    let copy = restored.browser();
    app.clock.forward(MINUTE);
    restored.sign_in(&copy, TARO).await;
    assert_eq!(copy.get("/portal").await.status, 200);
    assert_eq!(
        restored.number("SELECT COUNT(*) FROM contracts").await,
        app.number("SELECT COUNT(*) FROM contracts").await
    );
    assert_eq!(restored.number("SELECT COUNT(*) FROM sessions").await, 2, "the one of the backup, and the new one");
    assert_ne!(browser.get("/portal").await.status, 200, "the first server is another database");
    restored.end().await;
});
