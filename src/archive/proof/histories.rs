//! Each article's readings are folded anew, and what comes of them is what its rows must say.

use crate::model::instant::written;
use crate::model::timeline::{self, Moment, Removal, Timeline, Version};
use crate::store::sqlite::{KeptHistory, KeptRemoval, KeptVersion, Reader, plain};
use crate::store::{ArticleId, Result};
use jiff::SignedDuration;

/// Articles asked for at a time.
const AT_ONCE: usize = 1000;
/// So many are enough to know that the histories are to be made anew.
const MOST: usize = 100;

/// The articles whose versions or removals are not what their readings come to. What cannot be read is a finding at once.
pub(super) fn disagreeing(reader: &Reader, findings: &mut Vec<String>) -> Vec<ArticleId> {
    let mut moved = Vec::new();
    let confirm_after = match reader.identity() {
        Ok(identity) => identity.confirm_after,
        Err(error) => {
            findings.push(plain(&error));
            return moved;
        }
    };
    let mut after = None;
    loop {
        let articles = match reader.articles_after(after, AT_ONCE) {
            Ok(articles) if articles.is_empty() => return moved,
            Ok(articles) => articles,
            Err(error) => {
                findings.push(plain(&error));
                return moved;
            }
        };
        for article in &articles {
            match wrong(reader, *article, confirm_after) {
                Ok(None) => {}
                Ok(Some(_)) => moved.push(*article),
                Err(error) => findings.push(plain(&error)),
            }
            if moved.len() == MOST {
                findings.push("the histories of more articles were not looked at".to_owned());
                return moved;
            }
        }
        after = articles.last().copied();
    }
}

/// What is wrong with these articles' histories, in words.
pub(super) fn still_disagreeing(reader: &Reader, articles: &[ArticleId]) -> Vec<String> {
    let Ok(identity) = reader.identity() else { return Vec::new() };
    let words =
        |article: &ArticleId| wrong(reader, *article, identity.confirm_after).unwrap_or_else(|e| Some(plain(&e)));
    articles.iter().filter_map(words).collect()
}

fn wrong(reader: &Reader, article: ArticleId, confirm_after: SignedDuration) -> Result<Option<String>> {
    let kept = reader.kept_history(article)?;
    let timeline = timeline::fold(&kept.history.sightings, confirm_after);
    Ok(difference(&kept, &timeline).map(|what| format!("{} of {} is not what its readings come to", what, kept.url)))
}

/// The first part of a history that is not as its readings say.
fn difference(kept: &KeptHistory, timeline: &Timeline) -> Option<String> {
    let versions: Vec<KeptVersion> = (1..).zip(&timeline.versions).map(|(number, v)| version(number, v)).collect();
    let removals: Vec<KeptRemoval> = (1..).zip(&timeline.removals).map(|(number, r)| removal(number, r)).collect();
    first_unlike(&kept.versions, &versions)
        .map(|number| format!("version {number}"))
        .or_else(|| first_unlike(&kept.removals, &removals).map(|number| format!("removal {number}")))
}

fn first_unlike<T: PartialEq>(kept: &[T], wanted: &[T]) -> Option<usize> {
    let most = kept.len().max(wanted.len());
    (0..most).find(|n| kept.get(*n) != wanted.get(*n)).map(|n| n + 1)
}

fn version(number: i64, version: &Version) -> KeptVersion {
    KeptVersion {
        number,
        text_digest: version.digest.clone(),
        first: moment(&version.first),
        last: moment(&version.last),
        changed_after: version.after.map(written),
        cause: version.cause.word().to_owned(),
        flap: version.flap,
        sightings: version.sightings.into(),
    }
}

fn removal(number: i64, removal: &Removal) -> KeptRemoval {
    KeptRemoval {
        number,
        last_seen_at: removal.after.map(written),
        first: moment(&removal.first),
        confirmed: removal.confirmed.as_ref().map(moment),
        returned: removal.returned.as_ref().map(moment),
    }
}

fn moment(moment: &Moment) -> (String, String) {
    (written(moment.at), moment.record.clone())
}
