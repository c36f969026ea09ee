//! `nirin support`: what a reference number leads to.

use super::{Fresh, text};
use crate::cli::support;

#[tokio::test]
async fn a_reference_number_leads_to_everything_about_it_and_to_no_secret() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    support::support(&fresh.context(), "7k2m4xq9", &mut said).await.unwrap();
    let said = text(said);
    for shown in
        ["sign-in, step code", "reset to t***@e***.jp, live", "reset-password  to t***@e***.jp  queued", "c-001"]
    {
        assert!(said.contains(shown), "{shown}: {said}");
    }
    for hidden in ["taro@", "secret", "argon2"] {
        assert!(!said.contains(hidden), "{hidden}: {said}");
    }
    let mut nothing = Vec::new();
    for typed in ["７Ｋ２Ｍ－４ＸＱ９", "７ｋ２ｍ　４ｘｑ９", " 7K2M–4XQ9 "] {
        let mut wide = Vec::new();
        support::support(&fresh.context(), typed, &mut wide).await.unwrap();
        assert_eq!(String::from_utf8(wide).unwrap(), said, "{typed}");
    }
    for typed in ["", " ", "－", "参照"] {
        let refused = support::support(&fresh.context(), typed, &mut Vec::new()).await.unwrap_err().to_string();
        assert!(refused.contains("7K2M-4XQ9"), "{typed}: {refused}");
    }
    support::support(&fresh.context(), "2222-2222", &mut nothing).await.unwrap();
    assert!(text(nothing).starts_with("Nothing is stored under 2222-2222."));
}
