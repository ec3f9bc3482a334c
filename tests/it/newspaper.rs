//! The README's newspaper in ten minutes: the profile that it shows whole, tried and crawled as it says.

use std::path::Path;
use std::process::{Command, Output};

use crate::readme::{assert_shows, blocks};
use crate::support::{Server, Site};

const README: &str = include_str!("../../README.md");
const HOSTS: [&str; 2] = ["lefleuve.example", "www.lefleuve.example"];
const FERRY: &str = "/2026/03/02/le-bac-reprend-son-service";
const BROKEN: &str = "/2026/02/10/le-bac-est-en-panne";
const BRIDGE: &str = "/2026/01/15/un-pont-est-promis";
const TEXT: [&str; 3] = [
    "Le bac avait été arrêté le 9 février, quand une pièce du moteur s’était brisée en plein courant avec deux camions à bord.",
    "La pièce est venue de Bamako par la route. Les mécaniciens ont travaillé deux jours, et les premiers passagers ont traversé hier.",
    "Le tarif ne change pas, a promis le maire devant les transporteurs réunis sur la berge.",
];

fn section() -> &'static str {
    README.split("\n## ").find(|section| section.starts_with("A newspaper in ten minutes")).unwrap()
}

/// The profile, as the README shows it.
fn profile() -> &'static str {
    section().split("```toml\n").nth(1).unwrap().split("```").next().unwrap()
}

fn article(title: &str, lead: &str, also: (&str, &str)) -> String {
    let text = TEXT.map(|p| format!("<p>{p}</p>")).concat();
    let (path, name) = also;
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{title} - Le Fleuve</title></head><body>\
         <nav><a href=\"/politique\">Politique</a></nav><article><h1 class=\"titre\">{title}</h1><p class=\"chapo\">{lead}</p>\
         <p class=\"signature\">Par Awa Konaté, <time datetime=\"2026-03-02T08:15:00+00:00\">le 2 mars 2026</time></p>\
         <div class=\"partage\"><p>Partager cet article sur les réseaux</p></div><div class=\"texte\">{text}\
         <p>À lire aussi : <a href=\"{path}\">{name}</a></p></div></article></body></html>"
    )
}

/// The page that the README tries the profile on.
fn ferry() -> String {
    let lead = "Après trois semaines d’arrêt, le bac de Konna traverse de nouveau le fleuve.";
    article("Le bac reprend son service", lead, (BROKEN, "Le bac est en panne"))
}

/// A feed with one article, a section page with the second, its next page with the third.
fn fleuve() -> Site {
    let site = Site::new();
    let item = format!("<item><title>Le bac</title><link>https://lefleuve.example{FERRY}</link></item>");
    let feed =
        format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Le Fleuve</title>{item}</channel></rss>");
    site.put_typed("/feed", "application/rss+xml", feed);
    site.put(
        "/politique",
        format!("<a href=\"{BROKEN}\">La panne</a> <a class=\"suivant\" href=\"/politique/2\">Suite</a>"),
    );
    site.put("/politique/2", format!("<a href=\"{BRIDGE}\">Le pont</a> <a href=\"/contact\">Contact</a>"));
    site.put(FERRY, ferry());
    site.put(
        BROKEN,
        article("Le bac est en panne", "Deux camions ont passé la nuit sur l’eau.", (BRIDGE, "Un pont est promis")),
    );
    site.put(
        BRIDGE,
        article("Un pont est promis", "Il remplacera le bac en 2029.", (FERRY, "Le bac reprend son service")),
    );
    site
}

fn griot(folder: &Path, words: &[&str], more: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(words).args(more).args(["--archive", "fleuve"]).current_dir(folder);
    command.env_remove("GRIOT_CONTACT").env_remove("GRIOT_ARCHIVE").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn write(folder: &Path, profile: &str) {
    std::fs::create_dir_all(folder.join("fleuve/selectors")).unwrap();
    std::fs::write(folder.join("fleuve/selectors/lefleuve.toml"), profile).unwrap();
}

#[test]
fn the_profile_reads_the_page_as_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), profile());
    std::fs::write(folder.path().join("page.html"), ferry()).unwrap();
    let url = format!("https://lefleuve.example{FERRY}");
    let checked = griot(folder.path(), &["check", "lefleuve", "page.html", "--url", &url], &[]);
    let shown = blocks(section()).into_iter().find(|block| block[0].starts_with("page.html")).unwrap();
    assert!(shown.len() >= 7, "{shown:?}");
    assert_shows(&text(&checked.stdout), &shown);
}

#[test]
fn a_mistake_is_named_as_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mistaken = profile().replace("lead = [", "lede = [");
    write(folder.path(), &mistaken);
    std::fs::write(folder.path().join("page.html"), "<h1>x</h1>").unwrap();
    let checked = griot(folder.path(), &["check", "lefleuve", "page.html"], &[]);
    assert_eq!(checked.status.code(), Some(4));
    let shown = blocks(section()).into_iter().flatten().find(|line| line.contains("did you mean")).unwrap();
    let said = text(&checked.stderr);
    assert!(said.contains(shown), "`{shown}` is not in {said}");
}

#[test]
fn the_profile_crawls_the_paper() {
    let folder = tempfile::tempdir().unwrap();
    let fast = profile().replace("delay = 2 ", "delay = 0.02 ");
    assert_ne!(fast, profile(), "the example's delay is written otherwise now");
    write(folder.path(), &fast);
    let server = fleuve().serve();
    let checked = griot(folder.path(), &["check", "lefleuve", "--contact", "you@example.org"], &doors(&server));
    let said = text(&checked.stdout);
    assert!(checked.status.success() && said.contains("h1.titre"), "{said}{}", text(&checked.stderr));
    let crawled =
        griot(folder.path(), &["crawl", "lefleuve", "--contact", "you@example.org", "--json"], &doors(&server));
    let sums: serde_json::Value = serde_json::from_slice(&crawled.stdout).expect("the run's sums");
    assert_eq!((&sums["new_articles"], &sums["set_aside"]), (&3.into(), &0.into()), "{sums}");
    assert_eq!(server.hits().iter().filter(|hit| hit.ask.target == "/contact").count(), 0, "it has no article's shape");
    let listed = griot(folder.path(), &["list", "lefleuve", "--json"], &[]);
    assert_eq!(text(&listed.stdout).lines().count(), 3);
    let url = format!("https://lefleuve.example{FERRY}");
    let shown = text(&griot(folder.path(), &["show", &url], &[]).stdout);
    for part in ["Le bac reprend son service", "Awa Konaté", "Après trois semaines", TEXT[2]] {
        assert!(shown.contains(part), "`{part}` is not in\n{shown}");
    }
    let label = shown.lines().find(|line| line.contains("À lire aussi")).unwrap();
    assert!(label.starts_with("end link:") && !shown.contains("Partager"), "{shown}");
    let archive = rusqlite::Connection::open(folder.path().join("fleuve/archive.sqlite")).unwrap();
    let body: String = archive.query_row("SELECT body FROM latest WHERE url = ?1", [&url], |row| row.get(0)).unwrap();
    assert!(body.contains(TEXT[2]) && !body.contains("lire aussi"), "{body}");
}

fn doors(server: &Server) -> Vec<String> {
    let cacert = server.cacert_path().display().to_string();
    let mut doors = vec!["--allow-private".to_owned(), "--cacert".to_owned(), cacert];
    doors.extend(server.resolve_args(&HOSTS));
    doors
}
