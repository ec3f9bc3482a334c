//! A profile that does not hold any more, told from a paper that prints something odd.
//!
//! What a site's former readings speak against is set aside and makes no version. When a run ends, the pages that came
//! after tell what it was: alone, and it is read as an article after all, or the first of a break, and it stays aside until
//! the profile is mended. Then it is read by the new rules, from the archive.

use std::sync::{Arc, PoisonError};

use super::conclude::save;
use super::context::{Context, Site, Stop};
use super::judging::{as_article, head_digest, judge, shows};
use super::leads::related;
use super::parts::PartOne;
use super::reading::Asked;
use super::recorder::Entry;
use super::report::Event;
use super::whole::{Whole, read_whole};
use super::{CrawlError, StoreError};
use crate::model::article::Text;
use crate::model::health::{Course, Doubt, Opinion, Seen, Standing, course};
use crate::model::reading::Outcome;
use crate::model::timeline::{Moment, Shows};
use crate::model::url::PageUrl;
use crate::store::{CaptureId, Doubted, Fact, Finished, NewReading, PageId, Related};

/// Holds a reading against its site's memory, takes its signs into that, and sets aside what is doubtful. `article` is the
/// page of its article, part one where it has several; `key` the captured page's.
///
/// # Errors
/// The store's.
pub(super) async fn question(
    context: &Context,
    site: &Site,
    (article, key): (PageId, &PageUrl),
    moment: &Moment,
    reading: &mut NewReading,
) -> Result<(), StoreError> {
    let Some(mut marked) = reading.signs.take() else { return Ok(()) };
    let opinion = {
        let memory = context.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.get(&site.profile.site).map_or(Opinion::Sound, |recent| recent.opinion(key.as_str(), &marked.signs))
    };
    let failed = reading.outcome != Outcome::Article;
    let (standing, doubt) = match opinion {
        Opinion::Sound if failed => (Standing::Unsure, None),
        Opinion::Sound => (Standing::Sound, None),
        Opinion::Unsure(doubt) if had(context, article, &doubt).await? => (Standing::Waiting, Some(doubt)),
        Opinion::Unsure(_) => (Standing::Unsure, None),
        // Whatever the page looks like: this is what the article says already.
        Opinion::Doubtful(_) if !failed && is_known(context, article, reading).await? => (Standing::Sound, None),
        Opinion::Doubtful(doubt) => (Standing::Waiting, Some(doubt)),
    };
    if let Some(doubt) = &doubt {
        let before = reading.reason.take().map(|reason| format!("{reason}; ")).unwrap_or_default();
        reading.reason = Some(format!("{before}set aside, for the profile may not hold any more: {doubt}"));
        reading.outcome = Outcome::ExtractionFailed;
    }
    marked.doubt = doubt.map(|doubt| doubt.to_string());
    marked.standing = standing;
    let seen = Seen {
        page: key.as_str().to_owned(),
        moment: moment.clone(),
        by_todays_rules: true,
        signs: marked.signs.clone(),
        standing,
    };
    reading.signs = Some(marked);
    let mut memory = context.memory.lock().unwrap_or_else(PoisonError::into_inner);
    memory.entry(site.profile.site.clone()).or_default().see(seen);
    Ok(())
}

/// The text that a page's article shows now.
async fn head(context: &Context, page: PageId) -> Result<Option<String>, StoreError> {
    Ok(head_digest(context, &context.store.history(page).await?))
}

/// Did the page's article have what is missing?
async fn had(context: &Context, page: PageId, doubt: &Doubt) -> Result<bool, StoreError> {
    let (Doubt::Vanished { field, .. }, Some(digest)) = (doubt, head(context, page).await?) else { return Ok(false) };
    let has = |text: Text| match field.as_str() {
        "title" | "body" => true,
        "published" => text.published_on.is_some(),
        "authors" => !text.authors.is_empty(),
        "lead" => text.lead.is_some(),
        _ => false,
    };
    Ok(context.store.text(digest).await?.is_some_and(has))
}

async fn is_known(context: &Context, page: PageId, reading: &NewReading) -> Result<bool, StoreError> {
    let Shows::Text(shown) = shows(reading) else { return Ok(false) };
    Ok(head(context, page).await? == Some(shown.digest))
}

/// Reads what former rules had set aside by today's, from the archive.
///
/// # Errors
/// When nothing can be saved any more.
pub(super) async fn read_by_mended_rules(context: &Context) -> Result<(), CrawlError> {
    for site in context.sites.values() {
        let doubted = context.store.doubted(site.profile.site.clone()).await?;
        for one in doubted.iter().filter(|one| !site.reads_as(one) && one.repeats.is_none()) {
            if context.stopped() != Stop::GoOn {
                return Ok(());
            }
            read_mended(context, site, one, &doubted).await?;
        }
    }
    Ok(())
}

/// At a run's end: what the last pages tell of those that were set aside.
///
/// # Errors
/// When nothing can be saved any more.
pub(super) async fn settle(context: &Context) -> Result<(), CrawlError> {
    for site in context.sites.values() {
        settle_site(context, site).await?;
    }
    Ok(())
}

async fn settle_site(context: &Context, site: &Arc<Site>) -> Result<(), CrawlError> {
    let name = &site.profile.site;
    let doubted = context.store.doubted(name.clone()).await?;
    let todays = || doubted.iter().filter(|one| site.reads_as(one) && one.repeats.is_none());
    let of = |standing| todays().filter(move |one| one.standing == standing);
    let waiting: Vec<Moment> = of(Standing::Waiting).map(|one| one.moment.clone()).collect();
    let recent = context.store.recent_signs(name.clone(), site.way_of_reading()).await?;
    let Course { broken_since, alone } = course(&recent.latest, &waiting);
    if let Some(since) = &broken_since {
        let bad = of(Standing::Waiting).filter(|one| one.moment >= *since).map(|one| one.capture).collect();
        context.store.settle_doubts(bad, Standing::Broken).await?;
    } else {
        let past: Vec<CaptureId> = of(Standing::Broken).map(|one| one.capture).collect();
        context.store.settle_doubts(past, Standing::Over).await?;
    }
    for one in of(Standing::Waiting).filter(|one| alone.contains(&one.moment)) {
        // Whoever stops a run waits for nothing that the next one can do.
        if matches!(context.stopped(), Stop::Signal(_)) {
            break;
        }
        read_alone(context, site, one, &doubted).await?;
    }
    Ok(())
}

/// Reads a capture that was set aside by today's rules. They may be no better: what they read as it was read before is as
/// doubtful as before, unless a person vouches for it.
async fn read_mended(
    context: &Context,
    site: &Arc<Site>,
    one: &Doubted,
    doubted: &[Doubted],
) -> Result<(), CrawlError> {
    let Some(mut whole) = stored(context, site, one).await? else { return Ok(()) };
    let article = whole.part_one.as_ref().map_or(one.page.0, |part_one| part_one.page);
    let read = &mut whole.read;
    let layout = site.profile.layout_at(one.moment.at);
    let vouched = layout.is_some_and(|layout| layout.is_vouched_for(one.moment.at));
    match (&mut read.reading.signs, &one.doubt) {
        _ if vouched => believe(&mut read.reading),
        (Some(marked), Some(doubt)) if marked.signs.tells_as(&one.signs) => {
            (marked.doubt, marked.standing) = (Some(doubt.clone()), one.standing);
            read.reading.outcome = Outcome::ExtractionFailed;
            read.reading.reason = Some(format!("set aside, for it is read as before: {doubt}"));
        }
        _ => question(context, site, (article, &one.page.1), &one.moment, &mut read.reading).await?,
    }
    judge_anew(context, site, one, doubted, whole).await
}

/// Reads a capture that was alone, and believes it whatever speaks against it; but not where its page was read well
/// before: that page has changed, and others tell nothing of it.
async fn read_alone(context: &Context, site: &Arc<Site>, one: &Doubted, doubted: &[Doubted]) -> Result<(), CrawlError> {
    let Some(mut whole) = stored(context, site, one).await? else { return Ok(()) };
    if has_turned(context, site, one, &whole.read.reading).await? {
        context.tell(Event::Note(format!("stays set aside, for it was read well before: {}", one.url)));
        return Ok(context.store.settle_doubts(vec![one.capture], Standing::Over).await?);
    }
    believe(&mut whole.read.reading);
    judge_anew(context, site, one, doubted, whole).await
}

/// Believes a reading whatever speaks against it.
fn believe(reading: &mut NewReading) {
    let standing = if reading.outcome == Outcome::Article { Standing::Forgiven } else { Standing::Unsure };
    if let Some(marked) = &mut reading.signs {
        marked.standing = standing;
    }
}

/// What a capture that was set aside holds by today's rules. Nothing where its page shows another article since: its signs
/// tell nothing any more. Nothing where it cannot be read back: the next run may be luckier.
async fn stored(context: &Context, site: &Arc<Site>, one: &Doubted) -> Result<Option<Whole>, StoreError> {
    let asked = Asked { twice: true, ..as_article(one.moment.at) };
    if one.reused {
        context.store.forget_signs(one.capture).await?;
        return Ok(None);
    }
    let whole = read_whole(context, site, one.page.0, &one.location, asked).await?;
    if whole.is_none() {
        context.store.settle_doubts(vec![one.capture], Standing::Over).await?;
    }
    Ok(whole)
}

/// Was its page read well before, and is not any more?
async fn has_turned(context: &Context, site: &Site, one: &Doubted, reading: &NewReading) -> Result<bool, StoreError> {
    let former = context.store.good_signs_before(one.capture).await?;
    let (Some(former), Some(now)) = (former, &reading.signs) else { return Ok(false) };
    let memory = context.memory.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(memory.get(&site.profile.site).is_some_and(|recent| recent.has_turned(one.page.1.as_str(), &former, &now.signs)))
}

/// Judges a capture that was set aside, and those that repeat it, as if they came now, each at its own instant.
async fn judge_anew(
    context: &Context,
    site: &Arc<Site>,
    one: &Doubted,
    doubted: &[Doubted],
    Whole { read, part_one }: Whole,
) -> Result<(), CrawlError> {
    let printed = Related::Printed(related(context, site, &read));
    let article = part_one.unwrap_or_else(|| PartOne { page: one.page.0, key: one.page.1.clone() });
    if read.reading.outcome == Outcome::Article {
        // Before the one that they repeat: after it, a crash between would leave them aside for ever.
        for repeat in doubted.iter().filter(|other| other.repeats == Some(one.capture)) {
            let reading = NewReading { signs: None, ..read.reading.clone() };
            judge_late(context, site, repeat, &article, reading, Related::Unread).await?;
        }
        context.tell(Event::Note(format!("read after all: {}", one.url)));
    }
    let is_no_article = read.reading.signs.is_none();
    judge_late(context, site, one, &article, read.reading, printed).await?;
    if is_no_article {
        // Behind the reading: a kill between would leave nothing that tells to read it.
        context.store.forget_signs(one.capture).await?;
    }
    Ok(())
}

async fn judge_late(
    context: &Context,
    site: &Arc<Site>,
    one: &Doubted,
    PartOne { page, key }: &PartOne,
    mut reading: NewReading,
    printed: Related,
) -> Result<(), CrawlError> {
    let page = *page;
    let history = context.store.history(page).await?;
    let later = |shows: &Shows| matches!(shows, Shows::Text(_));
    let overtaken = history.sightings.iter().any(|s| s.moment > one.moment && later(&s.shows));
    // Intervals of links go forward only.
    let printed = if overtaken { Related::Unread } else { printed };
    let judged = judge(context, site, (page, key), one.moment.clone(), &mut reading, printed).await?;
    let finished = Finished {
        page: one.page.0,
        fact: Fact::Known(one.capture),
        reading: Some(reading),
        of: Some(page).filter(|page| *page != one.page.0),
        judged,
        found: Vec::new(),
        yielded: None,
        step: None,
        pace: None,
        robots: None,
    };
    save(context, site, key, Entry { finished, records: Vec::new() }, Some(one.moment.clone())).await.map(drop)
}
