//! Files that hold secrets or personal data must not be open to every user of the machine.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// Everything for others, and writing for the group. A group may read: a service's own group is a usual way to share a key file.
const TOO_OPEN: u32 = 0o027;

/// Refuses a file that other users of the machine can read or change.
///
/// # Errors
/// The file is open to others, or cannot be examined. The error says how to fix it.
pub fn check_private(file: &Path) -> io::Result<()> {
    let mode = std::fs::metadata(file)?.permissions().mode();
    if mode & TOO_OPEN == 0 {
        return Ok(());
    }
    let why = format!("other users can read or change {0} (mode {1:03o}): chmod 600 {0}", file.display(), mode & 0o777);
    Err(io::Error::new(io::ErrorKind::PermissionDenied, why))
}
