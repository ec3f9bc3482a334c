//! The day of publication of real pages, read by griot's own rules alone.

use std::collections::BTreeMap;
use std::path::Path;

use griot::extract::{Page, read};
use griot::profile::Profile;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use url::Url;

use crate::score::measure::ratio;
use crate::score::pages::{Case, fundus};

/// One page whose day somebody wrote down.
pub(crate) struct Dated {
    case: Case,
    /// The days that count as right: at the paper, and where its script stands.
    days: Vec<Date>,
}

/// What was made of one set.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pages: usize,
    right: usize,
    wrong: usize,
    /// Wrong, and flagged as doubtful.
    flagged: usize,
    /// Right, and flagged all the same.
    doubted: usize,
    by_rule: BTreeMap<String, (usize, usize)>,
}

impl Tally {
    fn share(&self) -> f64 {
        ratio(self.right, self.pages)
    }

    /// Prints the tally and holds its share of right days.
    pub(crate) fn hold(&self, set: &str, pages: usize, share: f64) {
        self.print(set);
        assert!(self.pages >= pages, "only {} pages of {set}", self.pages);
        assert!(self.share() >= share, "{set}: {:.3} of the days are right, not {share}", self.share());
    }

    fn print(&self, set: &str) {
        let unread = self.pages - self.right - self.wrong;
        println!(
            "{set}: right day {} of {} = {:.3}; wrong {} (flagged {}), unread {unread}; right but flagged {}",
            self.right,
            self.pages,
            self.share(),
            self.wrong,
            self.flagged,
            self.doubted
        );
        for (rule, (right, wrong)) in &self.by_rule {
            println!("  {rule:60} {right:>4} {wrong:>4}");
        }
    }
}

/// Reads every page with a profile that names its host and nothing else.
pub(crate) fn measure(set: &str, pages: &[Dated]) -> Tally {
    let mut tally = Tally::default();
    let verbose = std::env::var_os("GRIOT_SCORE_PAGES").is_some();
    for Dated { case, days } in pages {
        let html = case.html();
        let captured_at = case.saved_at.unwrap();
        let page = Page { url: &case.url, html: &html, captured_at, status: 200, headers: &[] };
        let article = read(&page, &nothing_known(&case.url)).article;
        let proof = article.proofs.iter().find(|p| p.field == "published");
        let rule = proof.and_then(|p| p.rule.clone()).unwrap_or_else(|| "-".into());
        let published = article.attributes.published.as_ref();
        let is_right = published.is_some_and(|p| days.contains(&p.on));
        tally.pages += 1;
        tally.right += usize::from(is_right);
        let counts = tally.by_rule.entry(rule.clone()).or_default();
        if is_right {
            tally.doubted += usize::from(article.attributes.date_conflict.is_some());
            counts.0 += 1;
            continue;
        }
        counts.1 += 1;
        tally.wrong += usize::from(published.is_some());
        tally.flagged += usize::from(published.is_some() && article.attributes.date_conflict.is_some());
        if verbose {
            let said = published.map(|p| format!("{} ({})", p.on, p.text));
            let notes = proof.map(|p| p.notes.clone()).unwrap_or_default();
            println!("  {set} {} {}\n    want {days:?} said {said:?} by {rule} notes {notes:?}", case.name, case.url);
        }
    }
    tally
}

fn nothing_known(url: &Url) -> Profile {
    let host = url.host_str().unwrap();
    let toml = format!("name = '{host}'\nzone = 'UTC'\nlanguage = 'und'\nhosts = ['{host}']\n[article]\npaths = []\n");
    Profile::parse(host, host, &toml).unwrap()
}

pub(crate) fn of_fundus(shared: &Path) -> Vec<Dated> {
    let dated = |case: Case| {
        let text = case.expected.as_ref()?["publishing_date"].as_str()?.to_owned();
        let local: Date = text.get(..10)?.parse().ok()?;
        let there = text.parse::<Timestamp>().ok().map(|at| at.in_tz("UTC").unwrap().date());
        Some(Dated { case, days: [Some(local), there].into_iter().flatten().collect() })
    };
    fundus(shared).into_iter().filter_map(dated).collect()
}

/// The pages of trafilatura's own evaluation.
pub(crate) fn of_trafilatura(shared: &Path) -> Vec<Dated> {
    let folder = shared.join("trafilatura");
    let index: Value = json(&folder.join("evaldata.json"));
    let dated = |(url, about): (&String, &Value)| {
        let path = folder.join(format!("pages/{}.gz", about["file"].as_str()?));
        page(about["file"].as_str()?, url, &path, about["date"].as_str()?)
    };
    index.as_object().unwrap().iter().filter_map(dated).collect()
}

/// The articles of wcxb.
pub(crate) fn of_wcxb(shared: &Path) -> Vec<Dated> {
    let folder = shared.join("wcxb/dev");
    let mut files: Vec<_> =
        std::fs::read_dir(folder.join("ground-truth")).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let dated = |file: std::path::PathBuf| {
        let about = json(&file);
        let name = file.file_stem()?.to_str()?.to_owned();
        let day = about["ground_truth"]["publish_date"].as_str()?.to_owned();
        page(&name, about["url"].as_str()?, &folder.join(format!("html/{name}.html.gz")), &day)
    };
    files.into_iter().filter_map(dated).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// These sets do not tell when a page was saved: some time before this day.
fn page(name: &str, url: &str, path: &Path, day: &str) -> Option<Dated> {
    let case = Case {
        sets: Vec::new(),
        name: name.to_owned(),
        url: Url::parse(url).ok().filter(Url::has_host)?,
        gzip: std::fs::read(path).ok()?,
        saved_at: Some("2026-06-30T23:59:59Z".parse().unwrap()),
        expected: None,
    };
    Some(Dated { case, days: vec![day.get(..10)?.parse().ok()?] })
}
