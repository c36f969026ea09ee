//! Reads rendered pages: just enough of HTML to look for attributes and headings.

/// Every value of the attribute `name`, in order.
pub fn values<'page>(page: &'page str, name: &str) -> Vec<&'page str> {
    let opening = format!(" {name}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Values of an attribute that lists several.
pub fn words<'page>(page: &'page str, name: &str) -> Vec<&'page str> {
    values(page, name).into_iter().flat_map(str::split_whitespace).collect()
}

/// How often an element with this name begins.
pub fn count(page: &str, element: &str) -> usize {
    page.match_indices(&format!("<{element}"))
        .filter(|(at, found)| matches!(page.as_bytes().get(at + found.len()), Some(b' ' | b'>' | b'/')))
        .count()
}

/// The levels of the headings, in order.
pub fn heading_levels(page: &str) -> Vec<u32> {
    page.match_indices("<h")
        .filter_map(|(at, _)| {
            let mut rest = page[at + 2..].chars();
            let level = rest.next()?.to_digit(10)?;
            matches!(rest.next(), Some(' ' | '>')).then_some(level)
        })
        .collect()
}

/// What is read: the page without its tags and comments, and without the marks between phrases.
pub fn text(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in page.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            '\u{200b}' => {}
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text
}
