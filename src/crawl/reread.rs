//! Former rules' readings made anew before texts are compared: one capture of each run of one text, for all of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::context::{Context, Site};
use super::judging::{as_article, shows};
use super::whole::{Whole, read_whole};
use crate::model::reading::Outcome;
use crate::model::timeline::{self, Shows, Sighting};
use crate::store::{History, OldReading, Reread, StoreError};

/// Reads the last capture of each run of one text by today's rules where others had read it; the rest of the run shows
/// the same.
///
/// # Errors
/// The store's.
pub(super) async fn read_again(
    context: &Context,
    site: &Arc<Site>,
    history: History,
) -> Result<(Vec<Sighting>, Vec<Reread>), StoreError> {
    let mut sightings = history.sightings;
    let Some(article) = history.article else { return Ok((sightings, Vec::new())) };
    let old = context.store.old_readings(article, site.rules, site.extractor.clone()).await?;
    if old.is_empty() {
        return Ok((sightings, Vec::new()));
    }
    let old: HashMap<&str, &OldReading> = old.iter().map(|o| (o.record.as_str(), o)).collect();
    let mut again = Vec::new();
    for run in timeline::fold(&sightings, context.confirm_after).runs(&sightings) {
        let found = run.iter().filter_map(|&index| Some((index, *old.get(sightings[index].moment.record.as_str())?)));
        let mut run: Vec<(usize, &OldReading)> = found.collect();
        let Some((last, old)) = run.pop() else { continue };
        // A capture that cannot be read today keeps its former reading; the fold then claims no edit.
        let asked = as_article(old.captured_at);
        let Some(Whole { read, .. }) = read_whole(context, site, old.page, &old.location, asked).await? else {
            continue;
        };
        if read.reading.outcome != Outcome::Article {
            continue;
        }
        sightings[last].shows = shows(&read.reading);
        for (index, _) in &run {
            sightings[*index].shows = shown_by(&sightings[last], &sightings[*index]);
        }
        let speaks_for = run.iter().map(|(_, other)| other.capture).collect();
        again.push(Reread { capture: old.capture, speaks_for, reading: read.reading });
    }
    Ok((sightings, again))
}

/// What a capture shows of which another one tells the text; where its page ended, its own bytes have told.
fn shown_by(speaker: &Sighting, own: &Sighting) -> Shows {
    match (&speaker.shows, &own.shows) {
        (Shows::Text(text), Shows::Text(before)) => {
            let mut text = text.clone();
            text.ended = before.ended;
            Shows::Text(text)
        }
        _ => own.shows.clone(),
    }
}
