//! How many files and connections this process may have open at once.

use crate::config::Settings;

/// Files besides connections: the key file, logs, assets, the runtime's own.
const BESIDES: u64 = 100;
/// A SQLite connection opens the database, its log and its index.
const FILES_OF_STORE_CONNECTION: u64 = 3;

/// Raises the soft limit of the process to what the configuration allows it to open, and warns when the system does not let it.
/// Without room for a descriptor no connection is accepted, however few of them are at work.
pub fn make_room(settings: &Settings) {
    let needed = needed(settings);
    match rlimit::increase_nofile_limit(needed) {
        Ok(limit) if limit >= needed => {}
        Ok(limit) => tracing::warn!(
            event = "open_files_limit",
            limit,
            needed,
            "the process may open fewer files than http.connections needs: raise LimitNOFILE or lower the setting"
        ),
        Err(error) => {
            tracing::warn!(event = "open_files_limit", needed, reason = %error, "the limit of open files cannot be read")
        }
    }
}

fn needed(settings: &Settings) -> u64 {
    let store = u64::from(settings.store.connections) * FILES_OF_STORE_CONNECTION;
    let connections = settings.http.connections + settings.mail.smtp.connections;
    BESIDES + store + u64::try_from(connections).unwrap_or(u64::MAX - BESIDES - store)
}
