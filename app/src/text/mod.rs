//! Every sentence that the product says on its screens, by language. `ja/` holds the Japanese ones; a build speaks one
//! language, so that nobody loads another one's bytes.
//!
//! The rest of the code names a sentence without its language (`text::flows::NEXT`), and gets that of the build: what is
//! re-exported here. A sentence that a language lacks, or has with other parameters, does not compile. One that depends on a
//! state is chosen by a `match` on its enum, so that a new state without a sentence does not compile either. The mails are
//! beside their templates, in the crate `mails`.

mod ja;

pub use ja::*;
