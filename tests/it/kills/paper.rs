//! The paper of the kills: enough pages for every run that dies on one, and every kind of answer.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use crate::support::{Server, Site};

/// Articles; each killed run takes a few at most.
const ARTICLES: u32 = 84;
/// The first so many stand on the front page; the others are found by links of articles.
const ON_THE_FRONT_PAGE: u32 = 20;

pub(super) const HOSTS: [&str; 2] = ["lessor.ml", "www.lessor.ml"];

/// Pages that change, and answers that can be held back.
pub(super) struct Paper {
    /// Answers with an `ETag`.
    tagged: Site,
    /// Answers without: the same bytes come again and again.
    plain: Site,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    /// Told of each request while the gate is closed.
    closed: Mutex<Option<Sender<()>>>,
    opened: Condvar,
}

impl Gate {
    fn pass(&self) {
        let closed = self.closed.lock().unwrap();
        if let Some(told) = closed.as_ref() {
            // Nobody listening any more is about to let go.
            let _ = told.send(());
        }
        let wait = self.opened.wait_timeout_while(closed, Duration::from_secs(30), |closed| closed.is_some());
        drop(wait.unwrap());
    }
}

impl Paper {
    pub(super) fn new() -> Self {
        let paper = Self { tagged: Site::new(), plain: Site::new().without_validators(), gate: Arc::default() };
        let links = (0..ON_THE_FRONT_PAGE).map(|n| format!("<p><a href=\"{}\">Titre {n}</a></p>", path(n)));
        let old = "/posts/ancienne-adresse-694a5b2f0a1b2";
        // This one has a place of its own, before or after.
        let other = "/posts/autre-adresse-694a5b310a1b2";
        paper.tagged.put_redirect(other, 301, &path(5));
        let dead = "/posts/lien-mort-694a5b300a1b2";
        let more = format!(
            "<p><a href=\"{old}\">Ancienne adresse</a></p><p><a href=\"{dead}\">Lien mort</a></p><p><a href=\"{other}\">Autre</a></p>"
        );
        let front = links.collect::<String>() + &more;
        paper.tagged.put("/", format!("<html><body>{front}</body></html>"));
        // Nothing else leads to that one.
        paper.tagged.put_redirect(old, 301, &path(ARTICLES));
        paper.tagged.put_typed("/robots.txt", "text/plain", "User-agent: *\nDisallow: /prive/\n");
        for n in 0..=ARTICLES {
            paper.site_of(n).put(&path(n), article(n, "moins"));
        }
        paper
    }

    /// Three edits; from the second time on nothing changes any more.
    pub(super) fn goes_on(&self) {
        for n in [3, 10, 30] {
            self.site_of(n).put(&path(n), article(n, "plus"));
        }
    }

    /// Holds every answer back from now on, and tells of each request.
    pub(super) fn hold(&self) -> Receiver<()> {
        let (told, asked) = channel();
        *self.gate.closed.lock().unwrap() = Some(told);
        asked
    }

    /// Gives the answers that were held back.
    pub(super) fn let_go(&self) {
        *self.gate.closed.lock().unwrap() = None;
        self.gate.opened.notify_all();
    }

    pub(super) fn serve(&self) -> Server {
        let (tagged, plain, gate) = (self.tagged.clone(), self.plain.clone(), Arc::clone(&self.gate));
        Server::start(move |ask| {
            gate.pass();
            if plain.paths().contains(&ask.target) { plain.answer(ask) } else { tagged.answer(ask) }
        })
    }

    fn site_of(&self, n: u32) -> &Site {
        if n.is_multiple_of(5) { &self.plain } else { &self.tagged }
    }
}

fn path(n: u32) -> String {
    format!("/posts/article-numero-{n}-{:08x}0a1b2", 0x694a_5b2f + 3600 * n)
}

fn article(n: u32, word: &str) -> String {
    let next = path((n + ON_THE_FRONT_PAGE) % ARTICLES);
    let everywhere = path(0);
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><title>Lessor</title></head><body><div><h1>Titre de l’article {n}</h1>\
         <p>Le chapeau de l’article {n} tient en une phrase entière.</p><p>Publié mardi 23 décembre 2025 à 08:55</p>\
         <h2>Titre de l’article {n}</h2>\
         <p>Le pont numéro {n} a été ouvert hier en présence des riverains, qui l’attendaient depuis deux ans.</p>\
         <p>Les travaux ont coûté {word} que prévu, et la chaussée a été élargie pour laisser passer les cars.</p>\
         <p>Awa DIARRA</p><p>Rédaction Lessor</p>\
         <p>Lire aussi : <a href=\"{next}\">Un article de la même journée, après le {n}</a></p>\
         <p>Lire aussi : <a href=\"{everywhere}\">Le premier de tous les articles</a></p></div></body></html>"
    )
}
