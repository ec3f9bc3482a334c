//! Hostile HTML to a tree: in small pieces, with a deadline and a limit on depth between them.

use std::time::Duration;

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::{StrTendril, TendrilSink};
use rustix::time::{ClockId, clock_gettime};
use scraper::{Html, HtmlTreeSink};

/// The parser is quadratic in depth and in attributes (html5ever#788): it is looked after between pieces of this size.
const PIECE: usize = 16 << 10;
/// Elements inside one another: what browsers allow.
const DEPTH: usize = 512;
/// Processor time one page may take: on a busy machine a page waits, and is as good a page.
const DEADLINE: Duration = Duration::from_secs(1);

/// Why a page was not parsed to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseLimit {
    /// Over 512 elements inside one another.
    #[error("elements stand more than {DEPTH} deep inside one another")]
    Depth,
    /// Over a second of one processor.
    #[error("the page takes longer than {} s to parse", DEADLINE.as_secs())]
    Time,
}

/// Parses a page, as every page from the web must be parsed.
///
/// # Errors
/// When the page is nested deeper, or takes longer, than any page made for people.
pub fn parse(html: &str) -> Result<Html, ParseLimit> {
    let began = spent();
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = parse_document(sink, ParseOpts::default());
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        if depth(&parser.tokenizer.sink.sink.0.borrow()) > DEPTH {
            return Err(ParseLimit::Depth);
        }
        if spent().saturating_sub(began) > DEADLINE {
            return Err(ParseLimit::Time);
        }
    }
    Ok(parser.finish())
}

/// Processor time that this thread has had.
fn spent() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// How deep the place stands where the next element will go.
fn depth(html: &Html) -> usize {
    std::iter::successors(html.tree.root().last_child(), ego_tree::NodeRef::last_child).take(DEPTH + 1).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_is_parsed_whole() {
        let page = format!("<p>début</p>{}<p id=fin>é</p>", "<p>été à l’œuvre</p>".repeat(5_000));
        let html = parse(&page).unwrap();
        let end = scraper::Selector::parse("#fin").unwrap();
        assert_eq!(html.select(&end).next().unwrap().text().collect::<String>(), "é");
    }

    #[test]
    fn bombs_are_stopped_in_time() {
        let began = spent();
        assert_eq!(parse(&"<div>".repeat(100_000)).unwrap_err(), ParseLimit::Depth);
        assert_eq!(parse(&"<ul><li>".repeat(60_000)).unwrap_err(), ParseLimit::Depth);
        let attributes: String = (0..200_000).fold(String::new(), |all, n| all + &format!(" a{n}=1"));
        assert_eq!(parse(&format!("<p{attributes}>")).unwrap_err(), ParseLimit::Time);
        let took = spent().saturating_sub(began);
        assert!(took < Duration::from_secs(4), "{took:?}");
    }

    #[test]
    fn waiting_for_the_processor_is_not_spending_it() {
        let began = spent();
        std::thread::sleep(Duration::from_millis(200));
        assert!(spent().saturating_sub(began) < Duration::from_millis(100));
        assert!(began > Duration::ZERO, "the clock is read");
    }

    #[test]
    fn many_siblings_are_no_bomb() {
        assert!(parse(&"<svg><path/></svg><p>x</p>".repeat(12_000)).is_ok());
    }
}
