//! The pages behind the sign-in.

use crate::drawn::{account_page, props, timeouts};
use crate::html::text;
use app::pages::portal;
use app::samples::{Words, account, brand, contract, password_page};
use app::wire::{Field, FieldProblem, Problem};
use rules::password::PasswordProfile;

#[test]
fn a_contract_is_shown_with_everything_that_was_imported() {
    let page = text(&portal::contract(&brand(), contract(Words::Usual), props()));
    let told = [
        "NR10000001",
        "KE20000001",
        "バイク保険 スタンダード",
        "ご契約中",
        "2026年8月1日から2027年8月1日まで",
        "満期日まであと251日",
        "アキツ リンドウ250",
        "1品川 あ 12-34",
        "249cc",
        "2021年3月",
        "日常・レジャー",
        "本人限定・26歳以上",
        "12等級",
        "無制限",
        "1億円",
        "3,000万円",
        "50万円（免責5万円）",
        "あり（100kmまで搬送無料）",
        "23,400円",
        "年払（クレジットカード）",
    ];
    for value in told {
        assert!(page.contains(value), "{value}");
    }
    assert!(!page.contains("見積番号"), "a number that the contract does not carry has no row");
}

#[test]
fn every_other_session_can_be_ended_and_this_one_signed_out() {
    let page = account_page();
    assert_eq!(text(&page).matches("この端末をログアウト").count(), 1);
    assert!(page.contains("name=\"session\" value=\"s-2\""));
    assert!(!page.contains("name=\"session\" value=\"s-1\""));
    assert_eq!(text(&page).matches("ほかの端末をすべてログアウト").count(), 1);
    let mut alone = account(Words::Usual);
    alone.sessions.truncate(1);
    let page =
        portal::account(&brand(), timeouts(), alone, password_page(PasswordProfile::Standard, Words::Usual), props());
    assert!(!text(&page).contains("ほかの端末をすべてログアウト"), "nothing to end, nothing to press");
}

#[test]
fn a_wrong_current_password_is_told_in_the_title_too() {
    let mut page = password_page(PasswordProfile::Standard, Words::Usual);
    page.problems.push(FieldProblem { field: Some(Field::Password), problem: Problem::WrongCurrentPassword });
    let html = portal::account(&brand(), timeouts(), account(Words::Usual), page, props());
    assert!(html.contains("<title>エラー：アカウント"));
}
