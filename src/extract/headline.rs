//! The headline among a page's headings: the one that the page's titles for others repeat.

use std::collections::HashSet;
use std::sync::LazyLock;

use scraper::{ElementRef, Selector};

use super::called::{letters, pieces};
use super::heading;
use super::sight::{Sight, Value};
use super::text;

/// Headings looked at below the first rank.
const MOST: usize = 60;
/// A heading of fewer letters is repeated by chance.
const FEWEST: usize = 8;
/// Headings that share fewer words with a title share them by chance.
const FEWEST_WORDS: usize = 4;

static H1: LazyLock<Selector> = LazyLock::new(|| selector("h1"));
static HEADINGS: LazyLock<Selector> = LazyLock::new(|| selector("h1, h2, h3, legend"));

/// The titles that a page gives itself.
struct Titles(Vec<String>);

impl Titles {
    fn of(sight: &Sight<'_>) -> Self {
        let headlines = sight.structured.values(&["headline".to_owned()], &[]);
        Self::bare(sight, cards(sight).chain(headlines).chain(window_title(sight)))
    }

    fn bare(sight: &Sight<'_>, titles: impl Iterator<Item = String>) -> Self {
        Self(titles.map(|title| sight.called().without(&title)).filter(|title| !title.is_empty()).collect())
    }

    /// How much of a title a heading repeats letter by letter, in percent; 0 where one does not contain the other.
    fn repeated(&self, heading: &str) -> usize {
        let own = letters(heading);
        if own.chars().count() < FEWEST {
            return 0;
        }
        let share = |title: &String| {
            let title = letters(title);
            let (short, long) = if own.len() < title.len() { (&own, &title) } else { (&title, &own) };
            if !short.is_empty() && long.contains(short.as_str()) { short.len() * 100 / long.len() } else { 0 }
        };
        self.0.iter().map(share).max().unwrap_or(0)
    }

    /// The title that says the same letter by letter.
    fn same(&self, heading: &str) -> Option<String> {
        let own = letters(heading);
        self.0.iter().find(|title| own.chars().count() >= FEWEST && letters(title) == own).cloned()
    }

    /// The same in words: papers print another headline than they tell to others.
    fn reworded(&self, heading: &str) -> usize {
        let own: HashSet<String> = words(heading);
        let share = |title: &String| {
            let title = words(title);
            let common = own.intersection(&title).count();
            if common < FEWEST_WORDS { 0 } else { 200 * common / (own.len() + title.len()) }
        };
        self.0.iter().map(share).max().unwrap_or(0)
    }

    /// The heading without what stands before the headline in it: a kicker, the day.
    fn without_kicker(&self, heading: &str) -> Option<String> {
        let own = letters(heading);
        let ends = |title: &&String| {
            let title = letters(title);
            own.len() > title.len()
                && title.len() * 5 > own.len() * 2
                && title.chars().count() > 15
                && own.ends_with(&title)
        };
        self.0.iter().find(ends).cloned()
    }
}

/// What cards elsewhere call the page.
fn cards(sight: &Sight<'_>) -> impl Iterator<Item = String> {
    let said = &sight.structured;
    said.meta("og:title").into_iter().chain(said.meta("twitter:title"))
}

fn window_title(sight: &Sight<'_>) -> Option<String> {
    static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("head title, body > title"));
    sight.html.select(&TITLE).next().map(|title| text::fold(&title.text().collect::<String>()))
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector of our own")
}

/// Headings of the first rank that are not the site's name.
fn first_rank(sight: &Sight<'_>) -> Vec<Value> {
    all(sight, &H1).filter(|value| !sight.called().is(&value.text)).collect()
}

fn all<'s>(sight: &'s Sight<'_>, css: &'static Selector) -> impl Iterator<Item = Value> + use<'s> {
    sight.html.select(css).take(MOST).map(|element| value(sight, element))
}

/// The headline that a heading prints.
fn value(sight: &Sight<'_>, element: ElementRef<'_>) -> Value {
    Value { text: heading::of(element, &sight.flow.dropped).headline, line: line(sight, element) }
}

/// The line that an element begins.
fn line(sight: &Sight<'_>, element: ElementRef<'_>) -> Option<usize> {
    let lines = sight.flow.inside(element.id());
    (!lines.is_empty()).then_some(lines.start)
}

/// The heading of the first rank that a title of the page repeats, else one of a lower rank that it repeats; none where no
/// heading is.
pub(super) fn headings(sight: &Sight<'_>) -> Vec<Value> {
    static LOWER: LazyLock<Selector> = LazyLock::new(|| selector("h2, h3, legend"));
    let titles = Titles::of(sight);
    let best = |values: Vec<Value>, share: &dyn Fn(&str) -> usize| {
        let shares = values.into_iter().rev().map(|value| (share(&value.text), value));
        shares.max_by_key(|(share, _)| *share).filter(|(share, _)| *share >= 50).map(|(_, value)| value)
    };
    let framed = |v: &Value| v.line.is_none_or(|at| sight.flow.lines[at].frame || sight.flow.lines[at].aside);
    let found = best(first_rank(sight), &|text| titles.repeated(text))
        .or_else(|| best(all(sight, &LOWER).filter(|v| !framed(v)).collect(), &|text| titles.repeated(text)))
        .or_else(|| best(first_rank(sight), &|text| titles.reworded(text)));
    let bare =
        |value: Value| Value { text: titles.without_kicker(&value.text).unwrap_or(value.text), line: value.line };
    found.map(bare).into_iter().collect()
}

/// The first heading of the first rank that is, letter by letter, what the page's cards elsewhere say. Two that people see
/// are believed before a headline that only machines are told; none where a heading prints that one.
pub(super) fn agreed(sight: &Sight<'_>) -> Vec<Value> {
    let told = sight.structured.values(&["headline".to_owned()], &[]);
    // Some tell as their headline what the page is about: not a word of it is in the title of its window.
    let unlike = |title: &String| !told.is_empty() && told.iter().all(|told| words(told).is_disjoint(&words(title)));
    let window = window_title(sight).filter(unlike).unwrap_or_default();
    let window = pieces(&window).into_iter().map(str::to_owned);
    let titles = Titles::bare(sight, cards(sight).chain(window));
    let mut first = sight.html.select(&H1).take(MOST).filter_map(|element| {
        let heading = heading::of(element, &sight.flow.dropped);
        // A card may tell kicker and headline in one.
        let whole = heading.whole.and_then(|whole| titles.same(&whole));
        let text = whole.or_else(|| titles.same(&heading.headline).map(|_| heading.headline))?;
        Some(Value { text, line: line(sight, element) })
    });
    let Some(agreed) = first.find(|value| !sight.called().is(&value.text)) else { return Vec::new() };
    let told: Vec<String> = told.iter().map(|title| letters(title)).collect();
    let is_told = told.contains(&letters(&agreed.text));
    let is_printed = || all(sight, &HEADINGS).any(|value| told.contains(&letters(&value.text)));
    if is_told || is_printed() { Vec::new() } else { vec![agreed] }
}

/// Words of more than two letters.
fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(letters).filter(|word| word.chars().count() > 2).collect()
}

/// A title that was made for others, without the names of the site; cut down to a heading of the page that is a piece of it.
pub(super) fn bare(sight: &Sight<'_>, title: &Value) -> String {
    let text = sight.called().without(&title.text);
    if title.line.is_some() {
        return text;
    }
    let pieces = pieces(&text);
    if pieces.is_empty() {
        return text;
    }
    let whole = letters(&text).len();
    let headings = sight.html.select(&HEADINGS).take(MOST);
    let printed: Vec<String> = headings.map(|h| letters(&heading::of(h, &sight.flow.dropped).headline)).collect();
    let is_printed = |piece: &&&str| {
        let piece = letters(piece);
        // A subtitle is a piece, too.
        piece.len() * 2 >= whole && piece.chars().count() >= FEWEST && printed.contains(&piece)
    };
    pieces.iter().filter(is_printed).max_by_key(|piece| piece.len()).map_or_else(|| text.clone(), |p| (*p).to_owned())
}
