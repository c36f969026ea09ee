//! What error pages say, by HTTP status.

/// Heading and explanation.
#[must_use]
pub const fn page(status: u16) -> (&'static str, &'static str) {
    match status {
        404 | 405 => (
            "ページが見つかりません",
            "アドレスが間違っているか、ページがなくなっています。下のリンクから、お探しのページへお進みください。",
        ),
        403 => (
            "送信できませんでした",
            "ほかのサイトからの送信は、安全のために受け付けていません。この画面のリンクから、もう一度お進みください。",
        ),
        413 => (
            "送信された内容が大きすぎます",
            "入力された文字数が多すぎます。この画面のリンクから、もう一度お進みください。",
        ),
        429 => {
            ("アクセスが集中しています", "短い時間に多くの送信がありました。しばらくしてから、もう一度お試しください。")
        }
        503 => (
            "ただいま混み合っています",
            "お手数ですが、少し待ってから、もう一度お試しください。お急ぎのときは、カスタマーサービスセンターへお電話ください。",
        ),
        400..=499 => {
            ("送信できませんでした", "送信された内容を読み取れませんでした。下のリンクから、もう一度お進みください。")
        }
        _ => (
            "問題が発生しました",
            "ご迷惑をおかけして申し訳ありません。少し待ってから、もう一度お試しください。解決しないときは、お問い合わせ番号を添えて、お電話ください。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn trouble_is_told_as_shortly_as_in_the_emergency_banners_of_the_digital_agency() {
        for status in 400..600 {
            let (heading, text) = page(status);
            assert!(heading.chars().count() <= 30 && text.chars().count() <= 100, "{status}: {heading} {text}");
        }
    }
}
