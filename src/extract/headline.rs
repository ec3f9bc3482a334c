//! The headline among a page's headings: the one that the page's titles for others repeat.

use std::collections::HashSet;
use std::sync::LazyLock;

use scraper::{ElementRef, Selector};

use super::called::{letters, pieces};
use super::sight::{Sight, Value};
use super::text;

/// Headings looked at below the first rank.
const MOST: usize = 60;
/// A heading of fewer letters is repeated by chance.
const FEWEST: usize = 8;
/// Headings that share fewer words with a title share them by chance.
const FEWEST_WORDS: usize = 4;

/// The titles that a page gives itself.
struct Titles(Vec<String>);

impl Titles {
    fn of(sight: &Sight<'_>) -> Self {
        let said = &sight.structured;
        let metas = said.meta("og:title").into_iter().chain(said.meta("twitter:title"));
        let headlines = said.values(&["headline".to_owned()], &[]);
        let titles = metas.chain(headlines).chain(window_title(sight)).map(|title| sight.called().without(&title));
        Self(titles.filter(|title| !title.is_empty()).collect())
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

fn window_title(sight: &Sight<'_>) -> Option<String> {
    static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("head title, body > title"));
    sight.html.select(&TITLE).next().map(|title| text::fold(&title.text().collect::<String>()))
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector of our own")
}

/// The heading of the first rank that a title of the page repeats, else one of a lower rank that it repeats; none where no
/// heading is.
pub(super) fn headings(sight: &Sight<'_>) -> Vec<Value> {
    static FIRST: LazyLock<Selector> = LazyLock::new(|| selector("h1"));
    static LOWER: LazyLock<Selector> = LazyLock::new(|| selector("h2, h3, legend"));
    let titles = Titles::of(sight);
    let value = |element: ElementRef<'_>| {
        let text = text::of_element_without(element, &sight.flow.dropped);
        let line = sight.flow.inside(element.id());
        Value { text, line: (!line.is_empty()).then_some(line.start) }
    };
    let best = |values: Vec<Value>, share: &dyn Fn(&str) -> usize| {
        let shares = values.into_iter().rev().map(|value| (share(&value.text), value));
        shares.max_by_key(|(share, _)| *share).filter(|(share, _)| *share >= 50).map(|(_, value)| value)
    };
    let framed = |v: &Value| v.line.is_none_or(|at| sight.flow.lines[at].frame || sight.flow.lines[at].aside);
    let of = |css: &Selector| sight.html.select(css).take(MOST).map(value).collect::<Vec<Value>>();
    let first = || of(&FIRST).into_iter().filter(|v| !sight.called().is(&v.text)).collect::<Vec<Value>>();
    let found = best(first(), &|text| titles.repeated(text))
        .or_else(|| best(of(&LOWER).into_iter().filter(|v| !framed(v)).collect(), &|text| titles.repeated(text)))
        .or_else(|| best(first(), &|text| titles.reworded(text)));
    let bare =
        |value: Value| Value { text: titles.without_kicker(&value.text).unwrap_or(value.text), line: value.line };
    found.map(bare).into_iter().collect()
}

/// Words of more than two letters.
fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(letters).filter(|word| word.chars().count() > 2).collect()
}

/// A title that was made for others, without the names of the site; cut down to a heading of the page that is a piece of it.
pub(super) fn bare(sight: &Sight<'_>, title: &Value) -> String {
    static HEADINGS: LazyLock<Selector> = LazyLock::new(|| selector("h1, h2, h3, legend"));
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
    let printed: Vec<String> = headings.map(|h| letters(&text::of_element_without(h, &sight.flow.dropped))).collect();
    let is_printed = |piece: &&&str| {
        let piece = letters(piece);
        // A subtitle is a piece, too.
        piece.len() * 2 >= whole && piece.chars().count() >= FEWEST && printed.contains(&piece)
    };
    pieces.iter().filter(is_printed).max_by_key(|piece| piece.len()).map_or_else(|| text.clone(), |p| (*p).to_owned())
}
