//! What the page is: an article, or one of the things that stand in an article's place.

use super::sight::Sight;
use crate::model::article::Text;
use crate::model::reading::Outcome;

/// A text shorter than this behind a pay sign is the beginning of one.
const EXCERPT: usize = 1500;

/// Words that only a bot challenge's page has.
const CHALLENGES: [&str; 5] = [
    "/cdn-cgi/challenge-platform/h/",
    "_cf_chl_opt",
    "px-captcha",
    "captcha-delivery.com/captcha",
    "geo.captcha-delivery",
];

/// Judges a page by what was read of it; the reason is for people.
pub(super) fn of(sight: &Sight<'_>, text: &Text) -> (Outcome, Option<String>) {
    let header = |name: &str| sight.page.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_slice());
    if header("cf-mitigated").is_some_and(|v| v.eq_ignore_ascii_case(b"challenge")) {
        return (Outcome::Challenge, Some("the header cf-mitigated says so".into()));
    }
    let bodiless = text.body.is_empty();
    if bodiless && let Some(mark) = CHALLENGES.iter().find(|mark| sight.page.html.contains(*mark)) {
        return (Outcome::Challenge, Some(format!("the page holds `{mark}` and no text")));
    }
    if text.title.is_empty() || bodiless {
        let what = if text.title.is_empty() { "title" } else { "body" };
        return (Outcome::ExtractionFailed, Some(format!("no rule found a {what}")));
    }
    if sight.structured.is_for_subscribers() && text.length() < EXCERPT {
        let reason = format!("for subscribers, and {} characters only", text.length());
        return (Outcome::PaywallExcerpt, Some(reason));
    }
    (Outcome::Article, None)
}
