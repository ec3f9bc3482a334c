//! Who signs under a text, on a page without a profile of its own.

use super::*;

fn signed(tail: &str) -> (Vec<(AuthorRole, String)>, usize) {
    let toml = "name = 'matin'\nzone = 'UTC'\nlanguage = 'fr'\nhosts = ['matin.example']\n[article]\npaths = []\n";
    let profile = Profile::parse("matin", "matin.toml", toml).unwrap();
    let url = Url::parse("https://matin.example/a/la-route").unwrap();
    let captured_at = "2026-01-15T12:00:00Z".parse().unwrap();
    let html =
        format!("<html lang=fr><body><article><h1>La route sera refaite</h1>{PROSE}{tail}</article></body></html>");
    let page = Page { url: &url, html: &html, captured_at, status: 200, headers: &[], names: &[] };
    let text = read(&page, &profile).article.text;
    (text.authors.into_iter().map(|author| (author.role, author.name)).collect(), text.body.len())
}

#[test]
fn names_and_initials_are_signatures_and_agencies_are_credits() {
    use AuthorRole::{Credit, Signature};
    for (tail, names) in [
        ("<p>Souleymane SIDIBÉ</p>", &[(Signature, "Souleymane SIDIBÉ")][..]),
        ("<p>F. M.</p>", &[(Signature, "F. M.")]),
        ("<p>(A.K.)</p>", &[(Signature, "A.K.")]),
        ("<p>AK/MD (AMAP)</p>", &[(Signature, "AK/MD"), (Credit, "AMAP")]),
        ("<p>Awa DIARRA</p><p>F. M.</p>", &[(Signature, "Awa DIARRA"), (Signature, "F. M.")]),
        ("<p>KD (AMAP)</p>", &[(Signature, "KD"), (Credit, "AMAP")]),
    ] {
        let (found, blocks) = signed(tail);
        let found: Vec<_> = found.iter().map(|(role, name)| (*role, name.as_str())).collect();
        assert_eq!((found.as_slice(), blocks), (names, 2), "{tail}");
    }
}

#[test]
fn a_last_line_that_signs_nothing_stays_in_the_text() {
    for tail in ["<p>ONU</p>", "<p>Le maire a dit oui</p>", "<p>Rendez-vous le 3/4.</p>"] {
        assert_eq!(signed(tail).1, 3, "{tail}");
    }
}
