//! Who crawls: a site's owner must be able to reach a person.

use std::io::{IsTerminal, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Exit, Failure};

/// The operator's settings in the archive's `griot.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    contact: Option<String>,
}

/// The contact: given, kept in `griot.toml`, or asked for once on a terminal.
pub(super) fn find(given: Option<&str>, archive: &Path) -> Result<String, Failure> {
    if let Some(contact) = given {
        return valid(contact);
    }
    let path = archive.join("griot.toml");
    let kept = match std::fs::read_to_string(&path) {
        Ok(text) => toml::from_str::<Settings>(&text)
            .map_err(|e| Failure::new(Exit::Configuration, format!("{}: {e}", path.display())))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Settings::default(),
        Err(error) => return Err(Failure::new(Exit::Configuration, format!("{}: {error}", path.display()))),
    };
    match kept.contact {
        Some(contact) => valid(&contact),
        None => ask(&path),
    }
}

fn ask(path: &Path) -> Result<String, Failure> {
    const WHY: &str =
        "A site's owner must be able to reach whoever crawls it: griot sends a contact with every request.";
    if !std::io::stdin().is_terminal() {
        let words = format!(
            "{WHY} There is none. Write this line into {}:\n\ncontact = \"you@example.org\"\n\nor say --contact",
            path.display()
        );
        return Err(Failure::new(Exit::Configuration, words));
    }
    eprint!("{WHY}\nYour e-mail address or web page (kept in {}): ", path.display());
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|e| Failure::new(Exit::Configuration, e))?;
    let contact = valid(answer.trim())?;
    keep(path, &contact).map_err(|e| Failure::new(Exit::Configuration, format!("{}: {e}", path.display())))?;
    Ok(contact)
}

fn keep(path: &Path, contact: &str) -> Result<(), Box<dyn std::error::Error>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = toml::to_string(&Settings { contact: Some(contact.to_owned()) })?;
    let mut file = std::fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

fn valid(contact: &str) -> Result<String, Failure> {
    let reachable = contact.contains('@') || contact.starts_with("https://") || contact.starts_with("http://");
    let clean = contact.chars().all(|c| c.is_ascii_graphic()) && contact.len() <= 200;
    if reachable && clean {
        return Ok(contact.to_owned());
    }
    let words = format!("`{contact}` is no contact: write an e-mail address or the address of a web page");
    Err(Failure::new(Exit::Configuration, words))
}
