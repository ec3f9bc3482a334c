//! The public sets in one form: a page's bytes, its address, and what its set wants of it.

mod francophone;
mod fundus;
mod press;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::rules::exact::When;

pub(crate) use francophone::francophone;
pub(crate) use fundus::fundus;
pub(crate) use press::{article_extraction_benchmark, goose, trafilatura, wcxb};

/// One saved page.
pub(crate) struct Page {
    /// Names it within its set.
    pub(crate) id: String,
    pub(crate) url: Url,
    /// Gzipped.
    pub(crate) file: PathBuf,
    /// What the server said, where the set saved the page in another charset than the page itself declares.
    pub(crate) content_type: Option<&'static str>,
    /// When it was saved, or the end of the month in which its set was: nothing in it is younger.
    pub(crate) saved_at: Timestamp,
    pub(crate) wanted: Wanted,
}

impl Page {
    /// The page's text, decoded as a crawl decodes it.
    pub(crate) fn html(&self) -> String {
        griot::fetch::decode::text(&gunzipped(&self.file), self.content_type).text
    }
}

/// What a set wants of a page; `None` where it says nothing.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) title: Option<String>,
    pub(crate) published: Option<When>,
    /// Empty: the page names nobody.
    pub(crate) authors: Option<Vec<String>>,
    pub(crate) body: Body,
    /// Each image with the addresses of all its sizes.
    pub(crate) images: Option<Vec<Vec<String>>>,
}

/// The wanted body, in the form that its set's rule needs.
#[derive(Default)]
pub(crate) enum Body {
    #[default]
    Unknown,
    /// For ROUGE-LSum.
    Paragraphs(Vec<String>),
    /// For shingles.
    Shingles(String),
    /// For word F1.
    Words(String),
    /// For segments.
    Segments { must: Vec<String>, must_not: Vec<String> },
}

/// UTF-8, as sets say that keep what a browser or a script decoded.
const UTF8: Option<&str> = Some("text/html; charset=utf-8");

fn gunzipped(file: &Path) -> Vec<u8> {
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut out).unwrap();
    out
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty())
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The files of a folder and its folders that end so, in order.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn url(text: &str) -> Url {
    Url::parse(text).ok().filter(Url::has_host).unwrap_or_else(|| Url::parse("https://page.example/").unwrap())
}
