//! Settings from the environment. A variable belongs to Nirin if it is called `NIRIN_PART__SETTING`. What a variable says is text,
//! as it is, unless the shipped configuration has a number, a flag or a list in its place.

use super::SettingsError;
use figment::value::{Dict, Value};
use std::collections::BTreeMap;
use std::ffi::OsString;

const PREFIX: &str = "NIRIN_";
/// Variables that are read elsewhere.
const ELSEWHERE: [&str; 2] = ["NIRIN_CONFIG", "NIRIN_LOG"];
/// What every setting looks like.
const SHIPPED: &str = include_str!("../../../nirin.toml");

/// What the environment says.
#[derive(Default)]
pub(super) struct Environment {
    /// Settings by their path, `mail.smtp.password`, with the variable that names them.
    pub names: BTreeMap<String, String>,
    pub values: Vec<(String, Value)>,
    /// Variables that no setting has and a platform may have made up: `NIRIN_PORT` for a service called nirin.
    pub passed_over: Vec<String>,
}

/// Reads the variables. No error tells what a variable contains: it may be a secret.
pub(super) fn read(variables: impl Iterator<Item = (OsString, OsString)>) -> Result<Environment, SettingsError> {
    let shipped = shipped_values();
    let mut found = Environment::default();
    for (name, value) in variables {
        let Some(name) = name.to_str() else { continue };
        let path = match name {
            "DATABASE_URL" => "store.url".to_owned(),
            _ if ELSEWHERE.contains(&name) => continue,
            _ => match name.strip_prefix(PREFIX) {
                Some(rest) if rest.contains("__") => rest.to_lowercase().replace("__", "."),
                Some(_) => {
                    found.passed_over.push(name.to_owned());
                    continue;
                }
                None => continue,
            },
        };
        let wrong = |why: &'static str| SettingsError::Variable { name: name.to_owned(), why };
        if path.split('.').any(str::is_empty) {
            return Err(wrong("is not the name of a setting"));
        }
        let text = value.into_string().map_err(|_| wrong("is not UTF-8"))?;
        // DATABASE_URL overrides store.url wherever that comes from.
        if path == "store.url" && name != "DATABASE_URL" && found.names.contains_key(&path) {
            continue;
        }
        let value = typed(shipped.get(path.as_str()), &path, text).map_err(wrong)?;
        found.names.insert(path.clone(), name.to_owned());
        found.values.push((path, value));
    }
    found.passed_over.sort();
    Ok(found)
}

/// The shipped configuration's values by their path.
fn shipped_values() -> BTreeMap<String, Value> {
    fn walk(prefix: &str, dict: Dict, into: &mut BTreeMap<String, Value>) {
        for (key, value) in dict {
            let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
            match value {
                Value::Dict(_, dict) => walk(&path, dict, into),
                value => {
                    into.insert(path, value);
                }
            }
        }
    }
    use figment::providers::{Format as _, Toml};
    let mut all = BTreeMap::new();
    if let Ok(shipped) = figment::Figment::from(Toml::string(SHIPPED)).extract::<Dict>() {
        walk("", shipped, &mut all);
    }
    all
}

fn typed(like: Option<&Value>, path: &str, text: String) -> Result<Value, &'static str> {
    match like {
        Some(Value::Num(..)) => number(&text),
        Some(Value::Bool(..)) => flag(&text),
        Some(Value::Array(..)) => Ok(list(&text)),
        // The shipped file names no limit, and nothing of rehearsal builds.
        None if path.starts_with("limits.") || path.ends_with("_ms") => number(&text),
        _ => Ok(Value::from(text)),
    }
}

fn number(text: &str) -> Result<Value, &'static str> {
    match text.trim().parse::<i64>() {
        Ok(number) => Ok(Value::from(number)),
        Err(_) => Err("must be a whole number"),
    }
}

fn flag(text: &str) -> Result<Value, &'static str> {
    match text.trim() {
        "true" => Ok(Value::from(true)),
        "false" => Ok(Value::from(false)),
        _ => Err("must be true or false"),
    }
}

/// `["a", "b"]` as in the file, or `a, b`.
fn list(text: &str) -> Value {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let items = inner.split(',').map(|item| item.trim().trim_matches(['"', '\'']).to_owned());
    Value::from(items.filter(|item| !item.is_empty()).collect::<Vec<_>>())
}
