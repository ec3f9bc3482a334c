//! A set of pages that a test can change while the server runs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::reply::Reply;
use super::server::{Ask, Server};

#[derive(Debug, Clone)]
struct Page {
    status: u16,
    content_type: String,
    body: Vec<u8>,
    location: Option<String>,
    etag: Option<String>,
}

/// Path → page. Clones share the pages. A key may be `/path` for every host or `host/path` for one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    pages: Arc<Mutex<BTreeMap<String, Page>>>,
    validators: bool,
    gzip: bool,
}

impl Site {
    /// Without pages; each gets an `ETag` that changes with its body.
    pub(crate) fn new() -> Self {
        Self { validators: true, ..Self::default() }
    }

    /// No validators at all: every answer is a 200.
    pub(crate) fn without_validators(mut self) -> Self {
        self.validators = false;
        self
    }

    /// Bodies coded with gzip.
    pub(crate) fn gzipped(mut self) -> Self {
        self.gzip = true;
        self
    }

    /// Adds or replaces an HTML page.
    pub(crate) fn put(&self, path: &str, html: impl Into<Vec<u8>>) -> &Self {
        self.put_typed(path, "text/html; charset=utf-8", html)
    }

    /// Adds or replaces a page of any type.
    pub(crate) fn put_typed(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> &Self {
        let body = body.into();
        let etag = self.validators.then(|| format!("\"{:016x}\"", fingerprint(&body)));
        let page = Page { status: 200, content_type: content_type.to_owned(), body, location: None, etag };
        self.insert(path, page)
    }

    /// Answers with a status and a short text instead of the page.
    pub(crate) fn put_status(&self, path: &str, status: u16) -> &Self {
        let body = format!("<h1>{status}</h1>").into_bytes();
        self.insert(path, Page { status, content_type: "text/html".to_owned(), body, location: None, etag: None })
    }

    /// Redirects.
    pub(crate) fn put_redirect(&self, path: &str, status: u16, location: &str) -> &Self {
        let location = Some(location.to_owned());
        self.insert(path, Page { status, content_type: "text/html".to_owned(), body: Vec::new(), location, etag: None })
    }

    /// Takes the page away: 404 from now on.
    pub(crate) fn remove(&self, path: &str) -> &Self {
        self.pages.lock().unwrap().remove(path);
        self
    }

    /// Changes a body in place; panics when there is no such page.
    pub(crate) fn edit(&self, path: &str, change: impl FnOnce(&str) -> String) -> &Self {
        let page = self.pages.lock().unwrap().get(path).cloned().expect("a page to edit");
        let changed = change(std::str::from_utf8(&page.body).expect("a UTF-8 page"));
        self.put_typed(path, &page.content_type, changed)
    }

    /// The body of a page; panics when there is no such page.
    pub(crate) fn body(&self, path: &str) -> Vec<u8> {
        self.pages.lock().unwrap().get(path).expect("a page").body.clone()
    }

    /// The paths in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.pages.lock().unwrap().keys().cloned().collect()
    }

    /// The answer to one request; for handlers that add to it.
    pub(crate) fn answer(&self, ask: &Ask) -> Reply {
        let pages = self.pages.lock().unwrap();
        let found = pages.get(&format!("{}{}", ask.host, ask.target)).or_else(|| pages.get(&ask.target));
        let Some(page) = found.cloned() else {
            return Reply::status(404).header("Content-Type", "text/html").body("<h1>404</h1>");
        };
        drop(pages);
        let mut reply = Reply::status(page.status).header("Content-Type", &page.content_type).body(page.body);
        if let Some(location) = page.location {
            reply = reply.header("Location", location);
        }
        if self.gzip {
            reply = reply.gzip();
        }
        if let Some(etag) = page.etag { reply.with_etag(&etag, ask) } else { reply }
    }

    /// A server of these pages; later changes show at once.
    pub(crate) fn serve(&self) -> Server {
        let site = self.clone();
        Server::start(move |ask| site.answer(ask))
    }

    fn insert(&self, path: &str, page: Page) -> &Self {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
        self
    }
}

/// FNV-1a: enough for a test's `ETag`, the same in every process.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
