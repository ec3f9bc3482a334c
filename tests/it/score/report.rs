//! The whole table: every set and field, griot and the peers, what was published and what is aimed at.

use std::path::Path;
use std::time::Duration;

use super::marks::{Marked, tells};
use super::peers::{self, Peer};
use super::published::{POOLED, beside};
use super::reader::{Rules, Sheet, read_all};
use super::rules::{Points, total};
use super::set::{self, Set};
use super::table::{self, Row};
use super::{asked, learnt, related, strings};

/// What one reader said of one set.
type Sheets = Vec<Option<Sheet>>;

/// Reads every set that is asked for, tells on the way how far it is, and prints the table.
pub(crate) fn print(shared: &Path) {
    let peers = peers::installed();
    let mut rows = Vec::new();
    let mut sums = vec![Sums::default(); 1 + peers.len()];
    for name in set::ALL.into_iter().filter(|name| asked(name)) {
        let set = Set::load(name, shared);
        eprintln!("{name}: {} pages", set.pages.len());
        let columns = columns(&set, &peers);
        rows.extend(fields(&set, &columns));
        sums.iter_mut().zip(&columns).for_each(|(sums, sheets)| sums.add(&set, sheets.as_deref()));
    }
    rows.extend(pooled(&sums));
    if asked("fundus, learnt") {
        rows.extend(learnt::rows(shared));
    }
    rows.extend([strings::rows(), related::rows(shared)].into_iter().flatten().filter(|row| asked(&row.set)));
    let readers: Vec<String> = std::iter::once("griot".to_owned()).chain(peers.iter().map(Peer::head)).collect();
    let beside = readers.iter().position(|reader| reader.starts_with("trafilatura"));
    rows.extend(speed("speed, profile", &sums, |sums| sums.profile, beside, "aim 20"));
    rows.extend(speed("speed, no profile", &sums, |sums| sums.default, beside, "aim 8"));
    table::print(&readers, &rows);
}

/// griot's sheets and each peer's; `None` where a peer has no rules for the set.
fn columns(set: &Set, peers: &[Peer]) -> Vec<Option<Sheets>> {
    let griot = read_all(&set.pages, set.rules);
    std::thread::scope(|scope| {
        let peers: Vec<_> =
            peers.iter().map(|peer| scope.spawn(|| peer.covers(set).then(|| peer.read_all(&set.pages)))).collect();
        let peers = peers.into_iter().map(|peer| peer.join().unwrap());
        std::iter::once(Some(griot)).chain(peers).collect()
    })
}

/// A row for each field that the set says something about.
fn fields(set: &Set, columns: &[Option<Sheets>]) -> Vec<Row> {
    let griot = set.marked_aloud(columns[0].as_deref().unwrap_or_default());
    let row = |(field, score, of): (&str, f64, usize)| {
        let peers = columns[1..].iter().map(|sheets| {
            let sheets = sheets.as_deref().filter(|sheets| sheets.iter().flatten().any(|s| tells(&s.said, field)));
            sheets.map_or_else(|| "–".to_owned(), |sheets| share(total(&set.marked(sheets).points(field))))
        });
        let values = std::iter::once(share(score)).chain(peers).collect();
        Row { set: set.name.to_owned(), field: field.to_owned(), of, values, beside: beside(set.name, field) }
    };
    griot.fields().map(row).collect()
}

/// What goes over several sets, of one reader.
#[derive(Default, Clone)]
struct Sums {
    days: Vec<Points>,
    /// Pages with a shipped profile, and the processor's time for them.
    profile: (usize, Duration),
    /// Pages of the other sets.
    default: (usize, Duration),
}

impl Sums {
    fn add(&mut self, set: &Set, sheets: Option<&[Option<Sheet>]>) {
        let Some(sheets) = sheets else { return };
        let read: Vec<Duration> = sheets.iter().flatten().map(|sheet| sheet.time).collect();
        let sum = if set.rules == Rules::Shipped { &mut self.profile } else { &mut self.default };
        *sum = (sum.0 + read.len(), sum.1 + read.iter().sum::<Duration>());
        if set.rules == Rules::Default {
            let marked: Marked<'_> = set.marked(sheets);
            self.days.extend(marked.points("day"));
        }
    }
}

/// The right day over all sets that have one; a reader that saw some of them only is left out.
fn pooled(sums: &[Sums]) -> Option<Row> {
    let of = sums[0].days.len();
    let value = |sums: &Sums| if sums.days.len() == of { share(total(&sums.days)) } else { "–".to_owned() };
    let values = sums.iter().map(value).collect();
    let (set, field, beside) = (POOLED.to_owned(), "day".to_owned(), beside(POOLED, "day"));
    (of > 0).then_some(Row { set, field, of, values, beside })
}

/// Pages a second of one core's own time, from the decoded page to all its fields; and how many times trafilatura's.
#[expect(clippy::cast_precision_loss, reason = "pages of a set")]
fn speed(
    name: &str,
    sums: &[Sums],
    of: fn(&Sums) -> (usize, Duration),
    trafilatura: Option<usize>,
    aim: &str,
) -> Option<Row> {
    let (pages, _) = of(&sums[0]);
    let pace = |sums: &Sums| {
        let (read, time) = of(sums);
        (read == pages).then(|| read as f64 / time.as_secs_f64())
    };
    let paces: Vec<Option<f64>> = sums.iter().map(pace).collect();
    let times = trafilatura.and_then(|at| Some(format!("{:.1} times trafilatura; ", paces[0]? / paces[at]?)));
    let values = paces.iter().map(|pace| pace.map_or_else(|| "–".to_owned(), |pace| format!("{pace:.1}"))).collect();
    let (set, field) = (name.to_owned(), "pages/s".to_owned());
    (pages > 0).then(|| Row { set, field, of: pages, values, beside: times.unwrap_or_default() + aim })
}

/// Three digits, as the published figures have them.
fn share(value: f64) -> String {
    format!("{value:.3}")
}
