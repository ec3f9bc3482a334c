//! Which changes of a profile change how its pages are read.

use toml::Table;

/// Keys that pages are found, asked for and spared by, and that no page is read by.
const NOT_READ_BY: [&str; 4] = ["pace", "listing", "header", "provisional"];

/// Do two texts of one profile read every page alike? Comments, white space and pace may differ. Texts that are no TOML
/// are alike when they are the same.
#[must_use]
pub fn reads_alike(one: &str, other: &str) -> bool {
    let read_by = |text: &str| -> Option<Table> {
        let mut table: Table = text.parse().ok()?;
        table.retain(|key, _| NOT_READ_BY.iter().all(|other| *other != key));
        Some(table)
    };
    one == other || read_by(one).is_some_and(|own| read_by(other) == Some(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_pages_are_read_by_counts() {
        let text = "name = 'Le Matin'\n[pace]\ndelay = 2\n[[layout]]\nbody = [{ css = '.texte' }]\n";
        for other in ["# Par Awa.\n", "provisional = true\n"] {
            assert!(reads_alike(text, &format!("{other}{}", text.replace("delay = 2", "delay = 5"))), "{other}");
        }
        assert!(reads_alike(text, &format!("{text}[header]\nCookie = 'a=b'\n")));
        assert!(reads_alike(text, &text.replace("[pace]\ndelay = 2\n", "")));
        assert!(!reads_alike(text, &text.replace(".texte", ".text")));
        assert!(!reads_alike(text, &text.replace("Le Matin", "Le Soir")));
        assert!(reads_alike("=", "=") && !reads_alike("=", "=="));
    }
}
