//! Sessions.

use super::{begin, commit};
use crate::support::*;
use server::store::{Purgeable, SessionEnd, SessionRow};

on_both!(sessions_are_seen_listed_ended_and_forgotten, async |app| {
    let account = app.account(TARO).await;
    let mut tx = begin(app).await;
    let row = |id: &str, at| SessionRow {
        id: id.into(),
        public_id: format!("p{id}"),
        account_id: account.clone().into(),
        device: "d".into(),
        created_at: at,
        seen_at: at,
        ended_at: None,
        end: None,
        arrived_at: None,
    };
    for (id, at) in [("1", 10), ("2", 20), ("3", 30)] {
        tx.add_session(&row(id, at)).await.unwrap();
    }
    assert_eq!(tx.session(&"1".into()).await.unwrap(), Some(row("1", 10)));
    assert_eq!(tx.session(&"x".into()).await.unwrap(), None);
    tx.see_session(&"1".into(), 50).await.unwrap();
    tx.see_session(&"1".into(), 40).await.unwrap();
    let seen = tx.session(&"1".into()).await.unwrap().unwrap();
    assert_eq!((seen.created_at, seen.seen_at, seen.arrived_at), (10, 40, Some(50)), "the first arrival stays");
    tx.see_session(&"1".into(), 50).await.unwrap();
    tx.see_session(&"2".into(), 15).await.unwrap();
    let seen = tx.session(&"2".into()).await.unwrap().unwrap();
    assert_eq!((seen.created_at, seen.seen_at, seen.arrived_at), (15, 15, Some(15)), "the clock was ahead by 5");
    tx.see_session(&"2".into(), 20).await.unwrap();
    let ids = |rows: Vec<SessionRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.open_sessions(&account.as_str().into(), 0, 0).await.unwrap()), ["3", "2", "1"]);
    assert_eq!(ids(tx.open_sessions(&account.as_str().into(), 20, 0).await.unwrap()), ["3", "1"], "seen after");
    assert_eq!(ids(tx.open_sessions(&account.as_str().into(), 0, 10).await.unwrap()), ["3", "2"], "made after");
    assert!(
        tx.end_session(&"3".into(), SessionEnd::SignedOut, 60).await.unwrap()
            && !tx.end_session(&"3".into(), SessionEnd::SignedOut, 61).await.unwrap()
    );
    assert_eq!(tx.session(&"3".into()).await.unwrap().unwrap().end, Some(SessionEnd::SignedOut));
    tx.see_session(&"3".into(), 70).await.unwrap();
    assert_eq!(tx.session(&"3".into()).await.unwrap().unwrap().seen_at, 30, "ended: not seen");
    let followed = tx.followed_sessions(&["1".into(), "3".into(), "x".into()]).await.unwrap();
    let told: Vec<_> = followed.iter().map(|session| (session.id.as_str(), session.request_moves)).collect();
    assert_eq!(told, [("1", 0)], "nobody follows one that is over");
    assert_eq!(
        tx.end_sessions_of(&account.as_str().into(), Some(&"1".into()), SessionEnd::PasswordReset, 60).await.unwrap(),
        1
    );
    assert_eq!(tx.end_sessions_of(&account.as_str().into(), None, SessionEnd::PasswordReset, 60).await.unwrap(), 1);
    assert_eq!(tx.purge(Purgeable::Sessions, 31, 9).await.unwrap(), 2);
    tx.add_session(&row("4", 70)).await.unwrap();
    assert!(tx.end_lost_session(&"4".into(), SessionEnd::Rotated, 80).await.unwrap());
    assert!(!tx.end_lost_session(&"4".into(), SessionEnd::Rotated, 81).await.unwrap(), "it is over");
    tx.add_session(&row("5", 70)).await.unwrap();
    tx.see_session(&"5".into(), 75).await.unwrap();
    assert!(!tx.end_lost_session(&"5".into(), SessionEnd::Rotated, 80).await.unwrap(), "its cookie came back");
    commit(tx).await;
});
