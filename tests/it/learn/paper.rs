//! *Le Baobab*, a newspaper of our own in two designs: one with names that people gave, one with names that a program
//! made, without a word for machines.

use std::fmt::Write as _;

/// One story.
pub(crate) struct Story {
    pub(crate) path: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) author: &'static str,
    day: u8,
    words: [&'static str; 3],
}

/// Eight stories, each with its own words.
pub(crate) const STORIES: [Story; 8] = [
    Story {
        path: "/articles/le-pont-de-sirakoro-10412",
        title: "Le pont de Sirakoro rouvre avant les pluies",
        lead: "Fermé depuis onze mois, l’ouvrage porte de nouveau les camions qui vont vers le marché du samedi.",
        author: "Awa Konaté",
        day: 3,
        words: ["pont", "tablier", "camions"],
    },
    Story {
        path: "/articles/une-recolte-de-mil-10437",
        title: "Une récolte de mil que personne n’attendait",
        lead: "Les greniers de Farabana sont pleins, et les prix baissent pour la première fois depuis quatre ans.",
        author: "Moussa Traoré",
        day: 4,
        words: ["mil", "grenier", "semence"],
    },
    Story {
        path: "/articles/la-bibliotheque-du-quartier-10458",
        title: "La bibliothèque du quartier a retrouvé ses lecteurs",
        lead: "Trois cents enfants y viennent chaque jeudi, et les livres manquent plus que les chaises.",
        author: "Fanta Diallo",
        day: 5,
        words: ["livre", "lecteur", "rayon"],
    },
    Story {
        path: "/articles/les-pecheurs-de-bozola-10471",
        title: "Les pêcheurs de Bozola comptent leurs filets",
        lead: "La crue a emporté deux saisons de travail, mais la coopérative promet du fil avant la fin du mois.",
        author: "Ibrahim Coulibaly",
        day: 6,
        words: ["filet", "pirogue", "crue"],
    },
    Story {
        path: "/articles/un-stade-sans-pelouse-10493",
        title: "Un stade sans pelouse accueille la finale",
        lead: "Faute d’herbe, les deux équipes joueront sur la terre rouge, comme leurs grands-pères avant elles.",
        author: "Awa Konaté",
        day: 7,
        words: ["stade", "joueur", "tribune"],
    },
    Story {
        path: "/articles/le-train-de-nuit-10511",
        title: "Le train de nuit repart, wagon après wagon",
        lead: "La ligne avait perdu ses voyageurs et ses rails : les uns reviennent parce que les autres sont posés.",
        author: "Moussa Traoré",
        day: 8,
        words: ["train", "wagon", "rail"],
    },
    Story {
        path: "/articles/les-teinturieres-du-fleuve-10532",
        title: "Les teinturières du fleuve ouvrent leur école",
        lead: "Douze apprenties y apprendront l’indigo, que les anciennes n’avaient jamais montré qu’à leurs filles.",
        author: "Fanta Diallo",
        day: 9,
        words: ["indigo", "cuve", "étoffe"],
    },
    Story {
        path: "/articles/le-puits-de-la-mosquee-10555",
        title: "Le puits de la mosquée ne tarit plus",
        lead: "Une pompe de troisième main et un vieux forgeron ont réussi là où deux chantiers avaient renoncé.",
        author: "Ibrahim Coulibaly",
        day: 10,
        words: ["puits", "pompe", "forgeron"],
    },
];

/// What every page asks of its readers.
pub(crate) const LETTER: &str = "Chaque matin, notre lettre porte les nouvelles du fleuve à ceux qui se lèvent tôt.";

/// The label of the stories beside each, which no list of labels knows.
pub(crate) const LABEL: &str = "Sous le même arbre";

impl Story {
    fn number(&self) -> usize {
        STORIES.iter().position(|story| story.path == self.path).unwrap()
    }

    /// The body as a reader meets it.
    pub(crate) fn paragraphs(&self) -> [String; 3] {
        let [one, two, three] = self.words;
        [
            format!(
                "On parlait du {one} depuis si longtemps que plus personne n’y croyait. Ce lundi pourtant, à l’heure où \
                 les boutiques lèvent leurs rideaux, la première équipe a repris le travail, et le {two} a suivi."
            ),
            format!(
                "« Nous avons attendu le {three} comme on attend un parent », dit le chef du quartier, assis devant sa \
                 porte. Autour de lui, on compte les jours, les sacs et les promesses, dans cet ordre."
            ),
            format!(
                "La mairie assure que le {one} ne coûtera rien de plus cette année. Les habitants répondent que le {two} \
                 avait été payé deux fois déjà, et qu’ils gardent les reçus dans une boîte de fer."
            ),
        ]
    }

    fn neighbours(&self) -> String {
        let n = self.number();
        let others = [1, 3].map(|step| &STORIES[(n + step) % STORIES.len()]);
        others.iter().fold(String::new(), |mut out, story| {
            let _ = write!(out, "<li><a href=\"{}\">{}</a></li>", story.path, story.title);
            out
        })
    }

    /// The page as it was first designed, with its data for machines.
    pub(crate) fn plain(&self) -> String {
        let paragraphs = self.paragraphs().map(|text| format!("<p>{text}</p>")).concat();
        let Self { path, title, lead, author, day, .. } = self;
        let neighbours = self.neighbours();
        format!(
            r#"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title} | Le Baobab</title>
<meta property="og:site_name" content="Le Baobab"><meta name="description" content="{lead}">
<link rel="canonical" href="https://lebaobab.example{path}">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title}","datePublished":"2026-03-{day:02}T07:30:00Z",
"author":{{"@type":"Person","name":"{author}"}},"description":"{lead}"}}</script></head><body>
<nav><a href="/">Accueil</a><a href="/rubriques/economie">Économie</a><a href="/articles/archives-du-journal-2024">Archives</a></nav>
<main id="page-{day}4711"><h1 class="titre">{title}</h1><p class="chapo">{lead}</p>
<p class="signature">Par {author}</p>
<div class="texte">{paragraphs}<div class="encart"><p>{LETTER}</p></div></div>
<section class="voisins"><h3>{LABEL}</h3><ul>{neighbours}</ul></section></main>
<footer><p>Le Baobab, journal du fleuve</p></footer></body></html>"#
        )
    }

    /// The page after the redesign: hashed classes, the paper's name for a headline, readers who write more than the
    /// paper does.
    pub(crate) fn hashed(&self) -> String {
        let paragraphs = self.paragraphs().map(|text| format!("<p class=\"sc-bdVaJa kXrTqz\">{text}</p>")).concat();
        let Self { path, title, lead, author, day, .. } = self;
        let (neighbours, number) = (self.neighbours(), self.number());
        let reader = |reader: usize| {
            format!(
                "<div class=\"css-9z8y7x\"><p>Lecteur {reader} de la page {number} : je ne suis pas de cet avis, et mon oncle \
                 non plus, qui a vécu ici trente ans et qui lit chaque ligne de ce journal avant de la commenter avec ses \
                 voisins, longuement, sous l’arbre de la place {number}{reader}.</p></div>"
            )
        };
        let readers = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(reader).concat();
        format!(
            r#"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Le Baobab</title>
<meta property="og:site_name" content="Le Baobab"></head><body class="css-1x2y3z">
<nav><a href="/">Accueil</a><a href="/rubriques/economie">Économie</a></nav><h1>Le Baobab</h1>
<div class="css-k3j2h1"><p class="Une_titre__a8Kq2 css-77aa1b">{title}</p><p class="sc-7fGh2 css-00x1" data-testid="chapo">{lead}</p>
<div class="css-by1n3x"><span data-testid="signature">Par {author}</span> <time datetime="2026-03-{day:02}T07:30:00Z">{day} mars 2026</time></div>
<div class="css-b0d1ee" data-testid="corps">{paragraphs}<div class="css-l3773r" data-testid="lettre"><p>{LETTER}</p></div></div></div>
<div class="css-v01s1n" data-testid="voisins"><h3>{LABEL}</h3><ul>{neighbours}</ul></div>
<div class="css-r3ad3r">{readers}</div><footer><p>Le Baobab {path}</p></footer></body></html>"#
        )
    }
}
