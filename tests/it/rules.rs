//! What an edited profile does to histories that exist: it reads them anew, and claims nothing that the paper did not do.

use std::path::Path;

use crate::crawl::BODY;
use crate::support::run::{crawl, rows, sums, verified};
use crate::support::{Server, Site};

const PATH: &str = "/posts/pont";

/// A profile with lines more; `dropping` begins the paragraphs that it leaves out of the body.
fn profile(archive: &Path, dropping: &str, more: &str) {
    let toml = format!(
        r#"
name = "Le Matin"
zone = "Africa/Bamako"
language = "fr"
hosts = ["matin.example"]
provisional = true

[pace]
delay = 0

[[listing]]
kind = "front"
url = "https://matin.example/"

[article]
paths = ['^/posts/[^?]+$']

[[layout]]
title = [{{ css = "h1" }}]
body = [{{ css = "article p" }}]
drop_text = ["^{dropping}"]
{more}
"#
    );
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/matin.toml"), toml).unwrap();
}

fn story(body: &[&str], section: &str) -> String {
    let paragraphs: Vec<String> = body.iter().map(|p| format!("<p>{p}</p>")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><title>Le Matin</title></head><body><p class=\"rubrique\">{section}</p>\
         <p class=\"region\">Région de {section}</p><p class=\"maj\">Mis à jour le 24 décembre 2025</p><article><h1>Le pont est ouvert</h1>{}</article></body></html>",
        paragraphs.concat()
    )
}

/// A paper of one article.
fn paper(body: &[&str]) -> (Site, Server) {
    let site = Site::new().without_validators();
    site.put("/", format!("<html><body><a href=\"{PATH}\">Le pont est ouvert</a></body></html>"));
    site.put(PATH, story(body, "Kayes"));
    let server = site.serve();
    (site, server)
}

fn visit(archive: &Path, server: &Server) -> serde_json::Value {
    sums(&mut crawl(archive, server, &["matin.example"], &["matin", "--revisit", "all"]))
}

fn causes(archive: &Path) -> Vec<String> {
    rows(archive, "SELECT cause || ' ' || sightings FROM version ORDER BY article_id, number")
}

/// Every version has as many readings as sightings: what the questions of the docs join.
fn assert_readings_have_their_versions(archive: &Path) {
    let other = "SELECT v.number, v.sightings, count(r.capture_id) FROM version v
                 LEFT JOIN reading r ON r.version_id = v.id GROUP BY v.id HAVING count(r.capture_id) <> v.sightings";
    assert_eq!(rows(archive, other), Vec::<String>::new());
    verified(archive);
}

#[test]
fn a_held_text_is_no_version_by_other_rules_either() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "Rien", "");
    let (site, server) = paper(&BODY);
    visit(folder.path(), &server);
    site.put(PATH, story(&BODY[..1], "Kayes"));
    assert_eq!(visit(folder.path(), &server)["held"], 1);
    profile(folder.path(), "Les taxis", "");
    site.put(PATH, story(&BODY, "Kayes"));
    assert_eq!(visit(folder.path(), &server)["new_versions"], 0);
    assert_eq!(causes(folder.path()), ["first 2"]);
    // And back: the doubt lies in the middle of the history now.
    profile(folder.path(), "Rien", "");
    visit(folder.path(), &server);
    assert_eq!(causes(folder.path()), ["first 3"]);
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM held"), ["1"]);
    assert_readings_have_their_versions(folder.path());
}

#[test]
fn the_papers_edits_stay_its_edits_when_the_rules_change() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "Rien", "");
    let (site, server) = paper(&BODY);
    let edited = BODY.map(|p| p.replace("hier", "lundi"));
    let edited = edited.each_ref().map(String::as_str);
    for body in [&BODY, &BODY, &edited, &edited, &BODY, &BODY] {
        site.put(PATH, story(body, "Kayes"));
        visit(folder.path(), &server);
    }
    let told = ["first 2", "edited 2", "restored 2"];
    assert_eq!(causes(folder.path()), told);
    let edits = "SELECT changed_after, first_seen_at, cause FROM edits";
    let before = rows(folder.path(), edits);
    site.remove(PATH);
    for dropping in ["Les taxis", "Les travaux", "Rien"] {
        // These rules find a date of modification that the former ones did not read: no edit was told by it.
        profile(folder.path(), dropping, "modified = [{ css = '.maj' }]");
        visit(folder.path(), &server);
        assert_eq!(causes(folder.path()), told, "{dropping}");
        assert_eq!(rows(folder.path(), edits), before, "{dropping}");
        let told = "SELECT count(*) FROM edits WHERE modified_before IS NOT modified_after";
        assert_eq!(rows(folder.path(), told), ["0"], "{dropping}");
        let read =
            "SELECT count(*) > 0 FROM reading JOIN attributes ON digest = attributes_digest WHERE modified_on > ''";
        assert_eq!(rows(folder.path(), read), ["1"], "the page is made otherwise now");
        assert_readings_have_their_versions(folder.path());
    }
}

#[test]
fn a_text_of_which_other_rules_make_two_has_each_in_its_time() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "Les taxis", "");
    let (site, server) = paper(&BODY);
    let edited = BODY.map(|p| p.replace("hier", "lundi"));
    let edited = edited.each_ref().map(String::as_str);
    let later = BODY.map(|p| p.replace("dès la semaine prochaine", "un jour"));
    let later = later.each_ref().map(String::as_str);
    for body in [&BODY, &BODY, &edited, &later, &later] {
        site.put(PATH, story(body, "Kayes"));
        visit(folder.path(), &server);
    }
    assert_eq!(causes(folder.path()), ["first 2", "edited 1", "restored 2"]);
    let former = rows(folder.path(), "SELECT text_digest FROM version ORDER BY number");
    profile(folder.path(), "Rien", "");
    visit(folder.path(), &server);
    assert_eq!(causes(folder.path()), ["first 2", "edited 1", "edited 3"]);
    // The former names still lead to a text: of the two that one name has become, to the later.
    let shown = |digest: &str| {
        let words = ["show", &format!("https://matin.example{PATH}"), "--version", digest, "--json"];
        let shown = crate::support::run::griot(folder.path(), &words);
        assert_eq!(shown.status.code(), Some(0), "{}", String::from_utf8_lossy(&shown.stderr));
        serde_json::from_slice::<serde_json::Value>(&shown.stdout).unwrap()["version"].clone()
    };
    assert_eq!((shown(&former[1]), shown(&former[2])), (2.into(), 3.into()));
    assert_readings_have_their_versions(folder.path());
}

#[test]
fn what_other_rules_read_beside_an_unchanged_text_shows_at_once() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "Rien", "section = [{ css = '.rubrique' }]");
    let (site, server) = paper(&BODY);
    visit(folder.path(), &server);
    // Gone, so that nothing but the former capture is read by the new rules.
    site.remove(PATH);
    profile(folder.path(), "Rien", "section = [{ css = '.region' }]");
    visit(folder.path(), &server);
    assert_eq!(rows(folder.path(), "SELECT section FROM latest"), ["Région de Kayes"]);
    assert_eq!(causes(folder.path()), ["first 1"]);
    assert_readings_have_their_versions(folder.path());
}

#[test]
fn other_rules_date_no_change_and_hide_none() {
    let folder = tempfile::tempdir().unwrap();
    let (site, server) = paper(&BODY);
    let turn = |region: &str, rubric: &str| {
        profile(folder.path(), "Rien", &format!("section = [{{ css = '.{rubric}' }}]"));
        site.put(PATH, story(&BODY, region));
        visit(folder.path(), &server);
    };
    for (region, rubric) in [("Kayes", "rubrique"), ("Kayes", "rubrique"), ("Ségou", "rubrique"), ("Ségou", "region")]
    {
        turn(region, rubric);
    }
    let told = || rows(folder.path(), "SELECT field, old, new FROM changes ORDER BY seen_at");
    assert_eq!(told(), ["section|Kayes|Ségou"]);
    turn("Ségou", "rubrique");
    assert_eq!(told(), ["section|Kayes|Ségou"]);
    turn("Gao", "region");
    assert_eq!(told(), ["section|Kayes|Ségou", "section|Région de Ségou|Région de Gao"]);
    assert_eq!(causes(folder.path()), ["first 6"]);
}

#[test]
fn two_pages_of_an_article_are_not_compared_with_each_other() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "Rien", "section = [{ css = '.rubrique' }]");
    let (site, server) = paper(&BODY);
    let canonical = format!("<link rel=\"canonical\" href=\"https://matin.example{PATH}\"></head>");
    site.put("/posts/pont-imprimer", story(&BODY, "Imprimer").replace("</head>", &canonical));
    site.put("/", format!("<a href=\"{PATH}\">Le pont est ouvert</a> <a href=\"/posts/pont-imprimer\">À imprimer</a>"));
    for _ in 0..3 {
        visit(folder.path(), &server);
    }
    assert_eq!(causes(folder.path()), ["first 6"]);
    assert_eq!(rows(folder.path(), "SELECT * FROM changes"), Vec::<String>::new());
    site.put(PATH, story(&BODY, "Gao"));
    visit(folder.path(), &server);
    let changes = rows(folder.path(), "SELECT old, new, page FROM changes");
    assert_eq!(changes, [format!("Kayes|Gao|matin.example{PATH}")]);
    let past =
        crate::support::run::griot(folder.path(), &["history", &format!("https://matin.example{PATH}"), "--json"]);
    let past: serde_json::Value = serde_json::from_slice(&past.stdout).unwrap();
    assert_eq!(past["changes"].as_array().map(Vec::len), Some(1), "{past}");
}
