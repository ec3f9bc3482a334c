//! What a person has to look at after a run, and when to say so again.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use crate::store::{Concern, Tally};

/// What is said once is said again on each so many runs that it lasts.
const AGAIN: u32 = 7;

/// Runs in a row without any answer before it is more than a bad line.
const UNANSWERED: u32 = 3;

/// Attempts in a row to read a listing after which a person is told: some hours, whatever the trouble.
pub(super) const FAILING: u32 = 5;

/// Redirects without an article among them that are more than an address or two that moved.
const REDIRECTS: u64 = 3;

/// Without any answer for so long, a site is more than out of reach.
const LONG: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Days with new articles that make a rhythm: a first crawl of years in one day is none.
const RHYTHM: usize = 5;

/// No paper is silent before so long has passed.
const LEAST_SILENCE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// What a site's run leaves for a person.
#[must_use]
pub(super) fn concerns(site: &str, tally: &Tally, now: Timestamp) -> Vec<Concern> {
    let told = [
        ("unanswered", unanswered(site, tally)),
        ("lost", lost(site, tally, now)),
        ("closed", closed(site, tally)),
        ("unlisted", unlisted(site, tally)),
        ("broken", broken(site, tally)),
        // A break says the same, and says it better.
        ("unread", unread(site, tally).filter(|_| tally.broken.is_none())),
        ("emptied", emptied(site, tally)),
        ("silent", silent(site, tally, now)),
    ];
    let concern = |(kind, words): (&str, Option<String>)| {
        Some(Concern { site: site.to_owned(), kind: kind.to_owned(), words: words?, runs: 1 })
    };
    told.into_iter().filter_map(concern).collect()
}

/// Is it to be said now: when it is new, and on each seventh run that it lasts?
#[must_use]
pub(super) fn is_due(concern: &Concern) -> bool {
    let first = if concern.kind == "unanswered" { UNANSWERED } else { 1 };
    concern.runs == first || concern.runs > first && concern.runs.is_multiple_of(AGAIN)
}

fn unanswered(site: &str, tally: &Tally) -> Option<String> {
    (tally.requests > 0 && tally.answered == 0).then(|| {
        format!("{site}: no answer to {} requests; see the reasons with `griot crawl {site}`, and try the site in a browser", tally.requests)
    })
}

/// Any line is down for a night; for days it is a paper that is gone, or a machine that somebody has to look at.
fn lost(site: &str, tally: &Tally, now: Timestamp) -> Option<String> {
    let since = tally.silent_since.filter(|since| now.duration_since(*since) > LONG)?;
    (tally.requests > 0 && tally.answered == 0).then(|| {
        let days = now.duration_since(since).as_hours() / 24;
        format!("{site}: nothing has answered for {days} days; look whether the paper has moved, or whether this machine is offline")
    })
}

/// The profile's own listings are asked for as long as the paper is: that they fail must be told.
fn unlisted(site: &str, tally: &Tally) -> Option<String> {
    if !tally.unreadable.is_empty() && tally.emptied.is_empty() && tally.answered > 0 {
        let listings = tally.unreadable.join(" ");
        return Some(format!(
            "{site}: none of its listings can be read: {listings}; nothing new is found, so see what they answer with `griot check {site}`"
        ));
    }
    (!tally.failing.is_empty()).then(|| {
        let listings = tally.failing.join(" ");
        format!("{site}: a listing could not be read {FAILING} times in a row or more: {listings}; nothing new is found by it, so see what it answers with `griot check {site}`")
    })
}

fn closed(site: &str, tally: &Tally) -> Option<String> {
    (tally.refused > 0 && tally.pages == 0 && tally.answered > 0).then(|| {
        format!("{site}: robots.txt keeps griot out, or cannot be read; `griot check {site}` shows what it says")
    })
}

/// The pages are not what they were to the profile: a redesign, as a rule.
fn broken(site: &str, tally: &Tally) -> Option<String> {
    let broken = tally.broken.as_ref()?;
    let mut words = format!(
        "{site}: the profile may not hold any more since {}: {} readings are set aside and made no version",
        broken.since, broken.set_aside
    );
    let mut add = |part: String| words.push_str(&part);
    if let Some(doubt) = &broken.doubt {
        add(format!(" ({doubt})"));
    }
    if let Some(good) = &broken.last_good {
        add(format!("; the last good capture is {} at {}", good.url, good.captured_at));
    }
    add(format!("; the first bad one is {} at {}", broken.first_bad.url, broken.first_bad.captured_at));
    add(format!(
        "; see what fails with `griot check {site} --stored`, and mend the profile (`griot profile learn {site}` proposes a new layout): what is set aside is read again by it"
    ));
    Some(words)
}

/// Half of what should be articles is none: a wall, a challenge, or a profile that does not hold any more.
fn unread(site: &str, tally: &Tally) -> Option<String> {
    let read = tally.articles.iter().any(|(outcome, _)| outcome == "article");
    let led = tally.articles.iter().find(|(outcome, _)| outcome == "redirect").map_or(0, |(_, count)| *count);
    // Addresses move; where nothing but redirects comes, they lead to a wall.
    let walled = !read && led >= REDIRECTS;
    let fine = |outcome: &str| match outcome {
        "redirect" => !walled,
        other => matches!(other, "article" | "part" | "paywall-excerpt" | "gone" | "truncated"),
    };
    let all: u64 = tally.articles.iter().map(|(_, count)| count).sum();
    let unread = || tally.articles.iter().filter(|(outcome, _)| !fine(outcome));
    let count: u64 = unread().map(|(_, count)| count).sum();
    if count == 0 || count * 2 < all {
        return None;
    }
    let mut words = format!("{site}: {count} of {all} pages could not be read as articles (");
    for (n, (outcome, count)) in unread().enumerate() {
        let comma = if n == 0 { "" } else { ", " };
        // Writing into a string does not fail.
        let _ = write!(words, "{comma}{outcome}: {count}");
    }
    Some(words + &format!("); see which rule fails with `griot check {site}`"))
}

fn emptied(site: &str, tally: &Tally) -> Option<String> {
    (!tally.emptied.is_empty()).then(|| {
        let listings = tally.emptied.join(" ");
        format!("{site}: a listing that showed articles shows none: {listings}; it may have moved or been redesigned")
    })
}

/// No new article for twice as long as the paper was ever silent before.
fn silent(site: &str, tally: &Tally, now: Timestamp) -> Option<String> {
    let read = &tally.first_read;
    let mut days: Vec<i64> = read.iter().map(|at| at.as_second().div_euclid(86_400)).collect();
    days.dedup();
    if days.len() < RHYTHM || tally.answered == 0 {
        return None;
    }
    let last = *read.last()?;
    let longest = read.windows(2).map(|pair| pair[1].duration_since(pair[0])).max()?;
    let since = now.duration_since(last);
    (since > LEAST_SILENCE.max(longest.saturating_mul(2))).then(|| {
        let (days, before) = (since.as_hours() / 24, longest.as_hours());
        format!("{site}: no new article for {days} days, where it never took more than {before} h before; do its listings still work?")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(tally: &Tally, now: &str) -> Vec<String> {
        concerns("lessor", tally, now.parse().unwrap()).into_iter().map(|c| c.kind).collect()
    }

    fn read(outcomes: &[(&str, u64)]) -> Tally {
        let articles = outcomes.iter().map(|(o, n)| ((*o).to_owned(), *n)).collect();
        Tally { requests: 9, answered: 9, pages: 8, articles, ..Tally::default() }
    }

    const NOW: &str = "2026-11-24T12:00:00Z";

    #[test]
    fn half_of_the_articles_unread_is_a_concern_and_a_few_are_not() {
        assert_eq!(kinds(&read(&[("article", 5), ("extraction-failed", 4)]), NOW), [""; 0]);
        assert_eq!(kinds(&read(&[("challenge", 3), ("article", 4), ("extraction-failed", 1)]), NOW), ["unread"]);
        assert_eq!(kinds(&read(&[("paywall-excerpt", 30), ("gone", 4)]), NOW), [""; 0]);
        let words = &concerns("lessor", &read(&[("challenge", 3), ("consent", 1)]), NOW.parse().unwrap())[0].words;
        assert!(words.contains("4 of 4") && words.contains("challenge: 3, consent: 1"), "{words}");
    }

    #[test]
    fn a_site_that_does_not_answer_and_one_that_is_closed_are_told_apart() {
        assert_eq!(kinds(&Tally { requests: 3, ..Tally::default() }, NOW), ["unanswered"]);
        assert_eq!(kinds(&Tally { requests: 1, refused: 2, ..Tally::default() }, NOW), ["unanswered"], "a bad line");
        assert_eq!(kinds(&Tally { requests: 1, answered: 1, refused: 2, ..Tally::default() }, NOW), ["closed"]);
        let emptied = vec!["https://lessor.ml/".to_owned()];
        assert_eq!(kinds(&Tally { requests: 1, answered: 1, pages: 1, emptied, ..Tally::default() }, NOW), ["emptied"]);
    }

    #[test]
    fn nothing_but_redirects_is_a_wall_and_a_few_are_not() {
        assert_eq!(kinds(&read(&[("redirect", 8)]), NOW), ["unread"]);
        assert_eq!(kinds(&read(&[("redirect", 2)]), NOW), [""; 0]);
        assert_eq!(kinds(&read(&[("redirect", 8), ("article", 1)]), NOW), [""; 0]);
    }

    #[test]
    fn a_site_that_is_silent_for_days_is_lost_whatever_the_line_does() {
        let at = |text: &str| Tally { requests: 3, silent_since: Some(text.parse().unwrap()), ..Tally::default() };
        assert_eq!(kinds(&at("2026-11-23T12:00:00Z"), NOW), ["unanswered"]);
        assert_eq!(kinds(&at("2026-11-20T12:00:00Z"), NOW), ["unanswered", "lost"]);
    }

    #[test]
    fn silence_is_measured_by_the_papers_own_rhythm() {
        let daily: Vec<Timestamp> = (1..=12).map(|d| format!("2026-11-{d:02}T08:00:00Z").parse().unwrap()).collect();
        let tally = Tally { requests: 1, answered: 1, pages: 1, first_read: daily, ..Tally::default() };
        assert_eq!(kinds(&tally, "2026-11-15T07:00:00Z"), [""; 0]);
        assert_eq!(kinds(&tally, "2026-11-15T09:00:00Z"), ["silent"]);
        let crawled =
            Tally { first_read: tally.first_read.iter().map(|_| tally.first_read[0]).collect(), ..tally.clone() };
        assert_eq!(kinds(&crawled, "2026-11-15T09:00:00Z"), [""; 0], "all of it was found in one hour");
        let mut weekly = tally.clone();
        weekly.first_read.retain(|t| !t.to_string().contains("-11-0"));
        weekly
            .first_read
            .extend(tally.first_read.iter().map(|t| t.saturating_sub(SignedDuration::from_hours(480)).unwrap()));
        weekly.first_read.sort_unstable();
        assert_eq!(kinds(&weekly, "2026-11-28T07:00:00Z"), [""; 0], "it was silent for eighteen days before");
    }

    #[test]
    fn what_lasts_is_said_again_on_each_seventh_run() {
        let due = |kind: &str| -> Vec<u32> {
            let concern = |runs| Concern { site: "a".into(), kind: kind.into(), words: String::new(), runs };
            (1..=15).filter(|runs| is_due(&concern(*runs))).collect()
        };
        assert_eq!((due("unread"), due("unanswered")), (vec![1, 7, 14], vec![3, 7, 14]));
    }
}
