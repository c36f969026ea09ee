//! The gallery as files, for a plain web host or a folder: relative addresses, no script, the same bytes from the same sources. It
//! is given what a [`Preview`] holds and so cannot write a secret.

use crate::Preview;
use crate::entries::{Entry, MAILS, Nonce, Shown, all, without_dialogs, without_marks};
use crate::links::{Links, style_folder};
use crate::storyboards::Storyboard;
use crate::switches::{BrandChoice, Switches, Theme};
use crate::text::export::made_of;
use crate::tokens::{File, Flavour};
use std::io;
use std::path::Path;

/// Writes the whole gallery into `folder`. Returns how many files.
///
/// # Errors
/// A file cannot be written, or a template cannot be rendered.
pub fn export(preview: &Preview, folder: &Path) -> io::Result<usize> {
    let mut written = 0;
    let mut write = |path: &str, content: &[u8]| -> io::Result<()> {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        written += 1;
        std::fs::write(path, content)
    };
    let (entries, sources) = (all(preview), preview.sources());
    let last_line = last_line(&entries);
    let page = |html: String| html.replacen("</main>", &format!("{last_line}</main>"), 1).into_bytes();
    let usual = Switches::default();
    let top = Links::File { depth: 0 };
    write("index.html", &page(preview.overview(&top, usual, "").map_err(io::Error::other)?))?;
    write("index.json", format!("{}\n", preview.index(&top)).as_bytes())?;
    write("decisions.html", &page(preview.decisions_page(&top, usual).map_err(io::Error::other)?))?;
    write("sentences.html", &page(preview.sentences_page(&top, usual, "").map_err(io::Error::other)?))?;
    for board in Storyboard::ALL {
        let html = preview.storyboard_page(*board, &Links::File { depth: 1 }, usual).map_err(io::Error::other)?;
        write(&format!("flows/{}.html", board.as_str()), &page(html))?;
    }
    write("tokens.html", &page(preview.tokens_page(&top, usual)?))?;
    for flavour in Flavour::ALL {
        for file in File::ALL {
            let tokens = file.write(&preview.tokens(BrandChoice::Own)?, flavour);
            write(&format!("tokens/{}/{}", flavour.word(), file.name()), format!("{tokens:#}\n").as_bytes())?;
        }
    }
    for theme in Theme::ALL {
        let switches = Switches { theme: *theme, ..usual };
        for file in ["style.css", "gallery.css", "tokens.css", "icon.svg", "logo.svg"] {
            let (_, bytes) = preview.asset(file, switches).ok_or_else(|| io::Error::other(format!("no {file}")))?;
            write(&format!("assets/{}/{file}", style_folder(switches)), &bytes)?;
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        let id = entry.id();
        if let Some(html) = preview.entry_page(&entries, at, &Links::File { depth: 2 }, usual, &sources) {
            write(&format!("{id}.html"), &page(html.map_err(io::Error::other)?))?;
        }
        if let Shown::Mail(content) = &entry.shown
            && let Some(message) = preview.message(&preview.mail(content, usual), &id)
        {
            write(&format!("{id}.eml"), &message)?;
        }
        for theme in Theme::ALL {
            let switches = Switches { theme: *theme, ..usual };
            write(&bare_file(&id, switches), preview.exported(entry, switches).as_bytes())?;
        }
    }
    Ok(written)
}

/// The line at the end of each page: of which version the export is, and how much it has.
fn last_line(entries: &[Entry]) -> String {
    let mails = entries.iter().filter(|entry| entry.group == MAILS).count();
    let line = made_of(env!("CARGO_PKG_VERSION"), entries.len() - mails, mails);
    format!("<p class=\"hint\">{line}</p>\n")
}

/// The file of an entry's own document.
pub(crate) fn bare_file(id: &str, switches: Switches) -> String {
    format!("bare/{}/{id}.html", style_folder(switches))
}

impl Preview {
    /// An entry's own document as an export has it.
    pub(crate) fn exported(&self, entry: &Entry, switches: Switches) -> String {
        let assets = Links::File { depth: 4 }.assets(switches);
        let document = self.document(entry, switches, &assets, &Nonce::default());
        // A screen's links would lead out of the export. Those of a mail are part of what it says.
        let document = match entry.shown {
            Shown::Screen(_) => without_marks(&leading_nowhere(&without_dialogs(&document))),
            Shown::Mail(_) => document,
        };
        // A plain host sends no header that says so.
        document.replacen("</head>", "<meta name=\"robots\" content=\"noindex\"></head>", 1)
    }
}

/// Takes away where links and forms lead: there is no server.
fn leading_nowhere(html: &str) -> String {
    html.replace(" href=\"/", " href=\"#/").replace(" action=\"/", " action=\"#/")
}
