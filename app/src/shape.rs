//! The structure of a piece of markup as one number: which elements, texts and comments follow and contain each other.
//!
//! Hydration relies on finding the nodes that the server wrote. Password managers and translators add and wrap nodes before
//! the script starts, so the browser side compares the number first and draws the page itself where it differs.

/// Hashes a sequence of nodes (FNV-1a, 32 bit). Attributes and the words of texts do not count.
struct Shape(u32);

impl Shape {
    const fn new() -> Self {
        Self(0x811c_9dc5)
    }

    const fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u32).wrapping_mul(0x0100_0193);
    }

    fn open(&mut self, name: &str) {
        self.byte(b'<');
        name.bytes().for_each(|byte| self.byte(byte));
    }

    const fn close(&mut self) {
        self.byte(b'>');
    }

    const fn text(&mut self) {
        self.byte(b't');
    }

    const fn comment(&mut self) {
        self.byte(b'!');
    }
}

/// Returns the shape of markup as the server renders it: quoted attributes, every element closed but the void ones.
#[cfg(feature = "ssr")]
#[must_use]
pub fn of_html(html: &str) -> u32 {
    const VOID: [&str; 6] = ["input", "img", "br", "wbr", "hr", "col"];
    let mut shape = Shape::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            shape.text();
            break;
        };
        if at > 0 {
            shape.text();
        }
        let tag = &rest[at + 1..];
        let mut quoted = false;
        let end = tag
            .find(|letter| {
                quoted ^= letter == '"';
                letter == '>' && !quoted
            })
            .unwrap_or(tag.len());
        let inside = &tag[..end];
        if inside.starts_with('!') {
            shape.comment();
        } else if inside.starts_with('/') {
            shape.close();
        } else {
            let name = inside.split([' ', '/']).next().unwrap_or_default();
            shape.open(name);
            if VOID.contains(&name) {
                shape.close();
            }
        }
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    shape.0
}

/// Returns the shape of what an element of the page contains.
#[cfg(feature = "hydrate")]
pub fn of_children(parent: &web_sys::Node) -> u32 {
    let mut shape = Shape::new();
    walk(parent, &mut shape);
    shape.0
}

#[cfg(feature = "hydrate")]
fn walk(parent: &web_sys::Node, shape: &mut Shape) {
    let mut next = parent.first_child();
    while let Some(node) = next {
        match node.node_type() {
            web_sys::Node::ELEMENT_NODE => {
                shape.open(&node.node_name().to_ascii_lowercase());
                walk(&node, shape);
                shape.close();
            }
            web_sys::Node::TEXT_NODE => shape.text(),
            _ => shape.comment(),
        }
        next = node.next_sibling();
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::of_html;

    #[test]
    fn words_and_attributes_do_not_count_but_every_node_does() {
        let plain = of_html("<div class=\"a>b\"><p>eins</p><input type=\"text\"><!></div>");
        assert_eq!(plain, of_html("<div><p>zwei</p><input><!----></div>"));
        for other in [
            "<div><p>eins</p><input></div>",
            "<div><p></p><input><!></div>",
            "<div><p><font>eins</font></p><input><!></div>",
            "<div><p>eins</p><input><div></div><!></div>",
            "<div><input><p>eins</p><!></div>",
            "<div><p>eins<input></p><!></div>",
        ] {
            assert_ne!(plain, of_html(other), "{other}");
        }
    }
}
