//! Limits as settings: what stops the start, and what the operators' page says about them.

use rules::limits::{Limit, Limits};
use server::config::Settings;

const SHIPPED: &str = include_str!("../../../nirin.toml");
const PAGE: &str = include_str!("../../../docs/limits.md");

/// What the start says about the shipped configuration with this limit in it.
fn start(name: &str, value: &str) -> Result<Settings, String> {
    let file = std::env::temp_dir().join(format!("nirin-limits-{name}{value}.toml"));
    std::fs::write(&file, SHIPPED.replace("[limits]\n", &format!("[limits]\n{name} = {value}\n"))).unwrap();
    let read = Settings::read(&file).map_err(|fault| fault.to_string());
    std::fs::remove_file(file).unwrap();
    read
}

#[test]
fn a_limit_beyond_its_bounds_stops_the_start_with_its_name() {
    for setting in Limits::default().settings() {
        let name = setting.name.strip_prefix("limits.").unwrap();
        for value in [setting.bounds.start() - 1, setting.bounds.end() + 1, i64::MAX, i64::MIN] {
            let said = start(name, &value.to_string()).expect_err(name);
            assert!(said.contains(name), "{name} = {value}: {said}");
        }
    }
    assert!(start("code_tries", "4").is_ok());
}

#[test]
fn hashes_that_take_more_memory_than_the_machine_has_stop_the_start_with_the_settings_name() {
    let file = std::env::temp_dir().join("nirin-limits-memory.toml");
    let limits = "[limits]\nhash_memory_kib = 4194304\nhashes_at_once = 1024\n";
    std::fs::write(&file, SHIPPED.replace("[limits]\n", limits)).unwrap();
    let said = Settings::read(&file).map_err(|fault| fault.to_string()).expect_err("four terabytes");
    std::fs::remove_file(file).unwrap();
    assert!(said.contains("limits.hash_memory_kib"), "{said}");
}

#[test]
fn every_setting_stands_on_the_operators_page_with_its_default() {
    for setting in Limits::default().settings() {
        let name = setting.name.strip_prefix("limits.").unwrap();
        let row = PAGE.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).expect(name);
        let default = row.split('|').nth(3).unwrap().trim().split(' ').next().unwrap();
        assert_eq!(default, setting.value.to_string(), "{name}");
    }
    let named = PAGE.lines().filter(|line| line.starts_with("| `") && line.split('|').count() == 6).count();
    assert_eq!(named, Limits::default().settings().len(), "no row is left of a setting that is gone");
}

#[test]
fn everything_that_is_counted_stands_on_the_operators_page() {
    for limit in Limit::ALL {
        let word = format!("`{}`", limit.as_str());
        assert!(PAGE.lines().any(|line| line.starts_with("| `") && line.contains(&word)), "{word}");
    }
}
