//! Which pages a run asks for: one rule for what is handed out, waited for and told beforehand.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::row::{at, maybe_instant};
use crate::model::instant::written;
use crate::store::{Result, Selection};

/// The pages `f` of site `?1` in a selection: `?2` revisits too, not hinted to be older than `?3`, nor to be published at `?4` or
/// later.
pub(super) const SELECTED: &str = "f.site = ?1 AND (?2 OR f.class <> 'revisit')
    AND (f.class = 'listing' OR f.hint_at IS NULL OR f.hint_at >= ?3 AND (NOT f.hint_published OR f.hint_at < ?4))";

/// The pages `f` that are looked at again when all are, at `?5`: those that were had before. What is left alone because it
/// failed, or because its pattern led to nothing, stays so.
pub(super) const LOOKED_AT_AGAIN: &str = "f.class <> 'new' AND f.attempts = 0
    AND NOT EXISTS (SELECT 1 FROM pattern p
                    WHERE p.site = f.site AND p.class = f.class AND p.shape = f.shape AND p.closed_until > ?5)";

/// A selection's ends as the archive writes instants.
pub(super) fn ends(selection: Selection) -> (String, String) {
    (selection.since.map_or_else(String::new, written), selection.until.map_or_else(|| "~".to_owned(), written))
}

/// When the next page of these sites falls due after `now`.
pub(super) fn next_due(
    db: &Connection,
    sites: &[String],
    selection: Selection,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let sql = format!("SELECT min(f.due_at) FROM frontier f WHERE {SELECTED} AND f.due_at > ?5");
    let (since, until) = ends(selection);
    let mut first = None;
    for site in sites {
        let next: Option<String> = db
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                statement.query_row(params![site, selection.revisits, since, until, written(now)], |r| r.get(0))
            })
            .map_err(at("finding what falls due next"))?;
        first = [first, maybe_instant(next)?].into_iter().flatten().min();
    }
    Ok(first)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::{Question, Reach, Reader, SqliteStore};
    use super::*;
    use crate::model::link::Source;
    use crate::model::reading::Role;
    use crate::model::url::PageUrl;
    use crate::store::{Candidate, Class, Store, Wanted};

    fn day(text: &str) -> Timestamp {
        format!("{text}T00:00:00Z").parse().unwrap()
    }

    fn candidate(name: &str, hint: Hint) -> Candidate {
        let url = Url::parse(&format!("https://journal.example/{name}")).unwrap();
        Candidate {
            site: "journal".into(),
            key: PageUrl::kept(format!("journal.example/{name}")),
            found_as: url.clone(),
            url,
            role: Role::Article,
            source: Source::Sitemap,
            class: Class::New,
            place: 0,
            hint_at: hint.map(|(at, _)| day(at)),
            hint_published: hint.is_some_and(|(_, published)| published),
            told_at: None,
            due_at: day("2026-11-24"),
            again: false,
            hops_left: 10,
            depth: 0,
            shape: None,
        }
    }

    /// The day of its hint, and whether it is of publication.
    type Hint = Option<(&'static str, bool)>;

    const NEW: [(&str, Hint, bool); 6] = [
        ("published-before", Some(("2024-12-30", true)), false),
        ("changed-before", Some(("2024-12-30", false)), false),
        ("published-within", Some(("2025-01-15", true)), true),
        ("published-after", Some(("2025-02-03", true)), false),
        // It may have been published within.
        ("changed-after", Some(("2025-02-03", false)), true),
        ("undated", None, true),
    ];

    #[tokio::test]
    async fn what_is_handed_out_waited_for_and_told_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let now = day("2026-11-25");
        let store = SqliteStore::open(folder.path(), now, jiff::SignedDuration::ZERO).unwrap();
        let mut found: Vec<Candidate> = NEW.iter().map(|(name, hint, _)| candidate(name, *hint)).collect();
        found.push(Candidate { class: Class::Revisit, ..candidate("known", None) });
        found.push(Candidate { class: Class::Listing, ..candidate("listing", Some(("2020-01-01", true))) });
        store.enqueue(found).await.unwrap();
        let selection = Selection { revisits: false, since: Some(day("2025-01-01")), until: Some(day("2025-02-01")) };
        let mut expected: Vec<&str> = NEW.iter().filter(|page| page.2).map(|page| page.0).collect();
        expected.push("listing");

        let name = |url: &str| url.rsplit('/').next().unwrap_or_default().to_owned();
        let question = Question { site: "journal", reach: Reach::Due(now), selection };
        let told = Reader::open(folder.path()).unwrap().waiting(question).unwrap();
        assert_eq!(told.iter().map(|page| name(&page.url)).collect::<Vec<_>>(), expected);

        let mut wanted = Wanted {
            sites: vec!["journal".into()],
            now,
            selection,
            bands: vec![i64::MIN..=i64::MAX],
            taken: std::collections::HashSet::new(),
        };
        let mut handed_out = Vec::new();
        while let Some(due) = store.next(wanted.clone()).await.unwrap() {
            wanted.taken.insert(due.page);
            handed_out.push(name(due.url.as_str()));
        }
        assert_eq!(handed_out, expected);

        let later = |selection| store.next_due(vec!["journal".into()], selection, day("2026-11-23"));
        assert_eq!(later(selection).await.unwrap(), Some(day("2026-11-24")));
        let listing_only = "DELETE FROM frontier WHERE hint_at IS NULL OR hint_at >= '2025'";
        store.write(|tx| tx.execute(listing_only, []).map(drop).map_err(at("a test"))).await.unwrap();
        assert_eq!(later(selection).await.unwrap(), Some(day("2026-11-24")), "the listing");
        store
            .write(|tx| tx.execute("DELETE FROM frontier WHERE class = 'listing'", []).map(drop).map_err(at("a test")))
            .await
            .unwrap();
        assert_eq!(later(selection).await.unwrap(), None, "what is outside falls due for nobody");
    }
}
