//! A paper in several designs, and a profile that was written for the first.

use std::path::Path;

use crate::support::Site;

pub(crate) const HOST: &str = "matin.example";

/// How the paper's articles are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Design {
    /// The one that the profile was written for.
    First,
    /// Its classes are new, and the profile's body is the column beside the text.
    Column,
    /// The profile's body is one teaser, the same on every page.
    Teaser,
    /// The profile's body is nowhere.
    Nothing,
    /// The profile's body is the first half of the text.
    Half,
    /// The byline's class is new, and nothing else tells who wrote it.
    NoByline,
}

/// What the paper prints of the nth article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Story {
    pub(crate) n: usize,
    /// Paragraphs.
    pub(crate) long: usize,
    /// The number of the edition: counters and columns turn with it.
    pub(crate) edition: usize,
}

impl Story {
    pub(crate) fn new(n: usize) -> Self {
        Self { n, long: 6 + n % 3, edition: 1 }
    }
}

pub(crate) fn path(n: usize) -> String {
    format!("/posts/article-{n}")
}

pub(crate) fn paragraph(n: usize, k: usize) -> String {
    const WHO: [&str; 7] = ["le maire", "la cheffe", "un pêcheur", "le juge", "une élève", "le préfet", "la potière"];
    const WHAT: [&str; 5] = ["le puits", "la route de Ségou", "un barrage", "la foire du coton", "le vieux marché"];
    let (who, what) = (WHO[(n * 3 + k) % 7], WHAT[(n + k * 2) % 5]);
    format!(
        "Au jour {k} de la session {n}, {who} a parlé devant {} personnes de {what}, dont les travaux numéro {} \
         reprendront avant les pluies si les crédits promis arrivent enfin au village.",
        40 + 13 * n + k,
        100 * n + k
    )
}

/// A page of the paper.
pub(crate) fn page(story: Story, design: Design) -> String {
    let Story { n, long, edition } = story;
    let text: Vec<String> = (0..long).map(|k| format!("<p>{}</p>", paragraph(n, k))).collect();
    let (first, rest) = text.split_at(long / 2);
    let column = format!(
        "<p>Les plus lus de l’édition {edition} : trois récits du fleuve et deux portraits.</p><p>À suivre aussi, la \
         chronique numéro {} de notre correspondant.</p>",
        n * 7 + edition
    );
    let teaser =
        "<p>Recevez chaque matin les nouvelles du pays, choisies par la rédaction, dans votre boîte aux lettres.</p>";
    let (byline, main, side) = match design {
        Design::First => ("auteur", format!("<div class=\"texte\">{}</div>", text.concat()), column),
        Design::NoByline => ("qui", format!("<div class=\"texte\">{}</div>", text.concat()), column),
        Design::Column => (
            "auteur",
            format!("<div class=\"x1\">{}</div>", text.concat()),
            format!("<div class=\"texte\">{column}</div>"),
        ),
        Design::Teaser => (
            "auteur",
            format!("<div class=\"x1\">{}</div>", text.concat()),
            format!("<div class=\"texte\">{teaser}</div>"),
        ),
        Design::Nothing => ("auteur", format!("<div class=\"x1\">{}</div>", text.concat()), column),
        Design::Half => {
            let main =
                format!("<div class=\"x1\"><div class=\"texte\">{}</div>{}</div>", first.concat(), rest.concat());
            ("auteur", main, column)
        }
    };
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><title>Article {n} | Le Matin</title></head><body>\
         <nav><a href=\"/\">Accueil</a> <a href=\"/sport\">Sport</a></nav><main><article>\
         <h1 class=\"titre\">Le titre de l’article {n}</h1><span class=\"{byline}\">Awa Diarra</span>\
         <time class=\"date\" datetime=\"2026-01-{:02}T08:00:00Z\">{} janvier</time>{main}</article></main>\
         <aside>{side}</aside><footer><p>Édition {edition}</p></footer></body></html>",
        n % 27 + 1,
        n % 27 + 1,
    )
}

/// The front page that leads to these.
pub(crate) fn front(articles: impl IntoIterator<Item = usize>) -> String {
    let links = articles.into_iter().map(|n| format!("<p><a href=\"{}\">Article {n}</a></p>", path(n)));
    format!("<html><body>{}</body></html>", links.collect::<String>())
}

/// Prints articles in a design, and a front page that leads to all that were ever printed.
pub(crate) fn print(site: &Site, articles: impl IntoIterator<Item = usize>, design: Design, edition: usize) {
    for n in articles {
        site.put(&path(n), page(Story { edition, ..Story::new(n) }, design));
    }
    list(site);
}

/// A front page that leads to all that stands there.
pub(crate) fn list(site: &Site) {
    let numbers = site
        .paths()
        .iter()
        .filter_map(|path| path.strip_prefix("/posts/article-")?.parse().ok())
        .collect::<Vec<usize>>();
    site.put("/", front(numbers));
}

/// The profile; its body is under this selector.
pub(crate) fn profile(archive: &Path, body: &str) {
    let toml = format!(
        r#"
name = "Le Matin"
zone = "Africa/Bamako"
language = "fr"
hosts = ["{HOST}"]
provisional = false

[pace]
delay = 0

[[listing]]
kind = "front"
url = "https://{HOST}/"

[article]
paths = ['^/posts/[^?]+$']

[[layout]]
title = [{{ css = "h1.titre" }}]
published = [{{ css = "time.date", attr = "datetime" }}]
byline = [{{ css = ".auteur" }}]
body = [{{ css = "{body}" }}]
"#
    );
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/matin.toml"), toml).unwrap();
    std::fs::write(archive.join("griot.toml"), "requests_per_second = 1000\n").unwrap();
}

/// What the profile says as long as all is well.
pub(crate) const BODY: &str = ".texte";
