//! Names of firms: the kind of firm stands in them in many ways, and does not count when two names are compared.
//!
//! The abbreviations are those of bank transfers in Japan (Zengin): `カ）ニリン`, `ニリン（カ`, `ニリン（カ）エイギョウ`.

use super::table::{is_kana, large};
use crate::width::{is_dash, narrow};
use core::ops::Range;

/// What stands in brackets for the kind of firm, in large kana.
const ABBREVIATIONS: &str = "カ ユ メ シ ド ソ イ シヤ ザイ フク ガク シユウ ホゴ トクヒ ドク チドク ダイ ノウ カンリ ベン ゼイ ギヨ シホウ ロウム チユウ";
/// Before カイシャ or ガイシャ.
const COMPANIES: &str = "カブシキ ユウゲン ゴウドウ ゴウメイ ゴウシ ソウゴ";
/// Before ホウジン; longer ones before those that they end with.
const CORPORATIONS: &str = "イツパンシヤダン イツパンザイダン コウエキシヤダン コウエキザイダン シヤダン ザイダン シヤカイイリヨウ イリヨウ シヤカイフクシ ガツコウ シユウキヨウ トクテイヒエイリカツドウ ドクリツギヨウセイ ベンゴシ ゼイリシ";

/// Returns the character that a bracket of any width, round or square, becomes.
pub(super) fn bracket(c: char) -> Option<char> {
    match c {
        '(' | '（' | '[' | '［' | '〔' | '【' | '⦅' | '｟' | '﹙' => Some('（'),
        ')' | '）' | ']' | '］' | '〕' | '】' | '⦆' | '｠' | '﹚' => Some('）'),
        _ => None,
    }
}

/// Returns what an abbreviation in one character is written out to.
pub(super) fn written_out(c: char) -> Option<&'static str> {
    match c {
        '㈱' => Some("（カ）"),
        '㈲' => Some("（ユ）"),
        '㈳' => Some("（シヤ）"),
        '㈶' => Some("（ザイ）"),
        '㈻' => Some("（ガク）"),
        _ => None,
    }
}

/// Returns whether a folded name says that it is a firm's.
pub(super) fn is_firm(name: &str) -> bool {
    form(&counted(name)).is_some()
}

/// Brings what only names of firms have into full width: letters, digits, `－`, `．`, `＆`.
pub(super) fn widen(name: &str) -> String {
    let mut before = ' ';
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let wide = match narrow(c) {
            _ if is_dash(c) && !(c == 'ー' && is_kana(before)) => '－',
            a @ ('.' | '&' | '0'..='9' | 'A'..='Z' | 'a'..='z') => char::from_u32(a as u32 + 0xFEE0).unwrap_or(c),
            _ => c,
        };
        out.push(wide);
        before = wide;
    }
    out
}

/// Returns whether `c` may stand in a folded name of a firm besides kana.
pub(super) fn is_of_firm(c: char) -> bool {
    matches!(c, '－' | '．' | '＆' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Returns what is compared of a folded name. Never empty: a firm that is called like a kind of firm keeps that name.
pub(super) fn key(name: &str) -> String {
    let mut rest = counted(name);
    loop {
        let shorter = form(&rest).map(|found| format!("{}{}", &rest[..found.start], &rest[found.end..]));
        if let Some(shorter) = shorter.filter(|shorter| !without_marks(shorter).is_empty()) {
            rest = shorter;
            continue;
        }
        let bare = without_marks(&rest);
        if bare == rest {
            return rest;
        }
        rest = bare;
    }
}

/// Without separators, in large letters.
fn counted(name: &str) -> String {
    let upper = |c: char| match c {
        'ａ'..='ｚ' => char::from_u32(c as u32 - 0x20).unwrap_or(c),
        _ => large(c),
    };
    name.chars().filter(|c| !matches!(c, '　' | '・')).map(upper).collect()
}

fn without_marks(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '（' | '）' | '－' | '．' | '＆')).collect()
}

/// Where a name says which kind of firm it is.
fn form(name: &str) -> Option<Range<usize>> {
    // Few names are those of firms, and an import asks for each.
    let abbreviations = if name.contains(['（', '）']) { ABBREVIATIONS } else { "" };
    let companies = if name.contains("イシヤ") { COMPANIES } else { "" };
    let corporations = if name.contains("ホウジン") { CORPORATIONS } else { "" };
    let words = |list: &'static str| list.split(' ').filter(|word| !word.is_empty());
    let abbreviation = words(abbreviations).find_map(|short| {
        let whole = format!("（{short}）");
        if let Some(at) = name.find(&whole) {
            Some(at..at + whole.len())
        } else if name.strip_prefix(short).is_some_and(|rest| rest.starts_with('）')) {
            Some(0..short.len() + '）'.len_utf8())
        } else if name.strip_suffix(short).is_some_and(|rest| rest.ends_with('（')) {
            Some(name.len() - short.len() - '（'.len_utf8()..name.len())
        } else {
            None
        }
    });
    abbreviation.or_else(|| {
        let companies = words(companies).map(|kind| (kind, ["ガイシヤ", "カイシヤ"].as_slice()));
        let corporations = words(corporations).map(|kind| (kind, ["ホウジン"].as_slice()));
        companies.chain(corporations).find_map(|(kind, ends)| {
            name.match_indices(kind).find_map(|(at, _)| {
                let rest = &name[at + kind.len()..];
                let end = ends.iter().find(|end| rest.starts_with(**end))?;
                // A long vowel would belong to what is taken away.
                (!rest[end.len()..].starts_with('ー')).then_some(at..at + kind.len() + end.len())
            })
        })
    })
}
