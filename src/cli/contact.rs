//! Who crawls: a site's owner must be able to reach a person.

use std::io::IsTerminal;
use std::path::Path;

use super::{Exit, Failure};
use crate::config::{self, Config};

/// The contact: given, kept in `griot.toml`, or asked for once on a terminal.
pub(super) fn find(given: Option<&str>, config: &Config, archive: &Path) -> Result<String, Failure> {
    match given.or(config.contact.as_deref()) {
        Some(contact) => valid(contact),
        None => ask(archive),
    }
}

fn ask(archive: &Path) -> Result<String, Failure> {
    const WHY: &str =
        "A site's owner must be able to reach whoever crawls it: griot sends a contact with every request.";
    let path = archive.join(config::FILE);
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
    config::keep_contact(archive, &contact).map_err(|e| Failure::new(Exit::Configuration, e))?;
    Ok(contact)
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
