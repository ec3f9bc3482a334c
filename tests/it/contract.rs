//! What every store must keep, whatever its engine: one sentence a function, said once and run for each.
//!
//! A sentence speaks through [`Store`] wherever the trait tells what it needs. What only readers see (versions, intervals,
//! what is *not* there) is asked of the file that is handed on, since that is the same file whoever wrote it. Its facts and readings are; state
//! (frontier, patterns, paces) an export leaves out, so it is asked of the store alone.

use std::collections::BTreeSet;
use std::path::PathBuf;

use griot::model::timeline::CONFIRM_AFTER;
use griot::store::Store;
use griot::store::sqlite::{FILE, Reader};
use jiff::{SignedDuration, Timestamp};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

mod crawl;
mod files;
mod frontier;
mod health;
mod manners;
mod recording;
mod runs;
mod scene;
mod sqlite;
mod versions;

/// A kind of store, and an empty place for one.
#[async_trait::async_trait]
pub(crate) trait Backend: Send + Sync {
    /// Opens the store that stands in this place; makes it if there is none.
    async fn open(&self, now: Timestamp, confirm_after: SignedDuration) -> Box<dyn Store>;

    /// A folder whose database is the file that is handed on, with facts and readings as they stand now.
    async fn handed_on(&self) -> PathBuf;

    /// The store of this place, made on the first morning.
    async fn made(&self) -> Box<dyn Store> {
        self.open(scene::hour(0), CONFIRM_AFTER).await
    }

    /// What readers see.
    async fn reader(&self) -> Reader {
        Reader::open(&self.handed_on().await).unwrap()
    }

    /// The rows of a question, each as its values joined by a blank; nothing is `-`.
    async fn rows(&self, sql: &str) -> Vec<String> {
        let file = Connection::open(self.handed_on().await.join(FILE)).unwrap();
        let mut statement = file.prepare(sql).unwrap();
        let columns = statement.column_count();
        let row = |r: &Row<'_>| Ok((0..columns).map(|n| shown(r.get_ref_unwrap(n))).collect::<Vec<_>>().join(" "));
        statement.query_map([], row).unwrap().map(Result::unwrap).collect()
    }

    /// Every row of every table, the search index's included.
    async fn everything(&self) -> BTreeSet<String> {
        // `about` tells of the file itself, and what the index is made of is the engine's.
        let tables =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'about' AND name NOT GLOB 'search_*'";
        let mut all = BTreeSet::new();
        for table in self.rows(tables).await {
            all.extend(self.rows(&format!("SELECT '{table}:', * FROM {table}")).await);
        }
        all
    }

    /// Rows that came, went or changed since: none, when nothing was written.
    async fn written_since(&self, before: &BTreeSet<String>) -> Vec<String> {
        self.everything().await.symmetric_difference(before).cloned().collect()
    }
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "-".into(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Blob(bytes) => format!("{bytes:?}"),
    }
}

/// The whole contract as tests of one kind of store. A sentence that is not listed here is dead code, and refused as such.
macro_rules! contract {
    ($place:expr) => {
        contract! { $place;
            store {
                frontier::a_page_enqueued_twice_is_one_page,
                frontier::next_hands_out_the_best_page_that_is_due_and_none_that_is_not,
                frontier::make_due_spares_what_is_in_back_off_or_was_never_had,
                frontier::a_pattern_is_left_alone_by_one_worker_only,
                recording::a_repeated_capture_points_to_the_record_that_holds_the_body,
                recording::later_parts_lead_back_to_part_one_as_long_as_it_leads_to_them,
                manners::a_pace_is_what_was_kept_last,
                files::a_file_is_closed_at_the_length_that_rows_answer_for_or_not_at_all,
                files::adopted_facts_wait_until_they_are_read,
                files::records_are_adopted_together_or_not_at_all,
                runs::a_run_without_an_end_was_killed,
                runs::concerns_are_counted_by_runs_in_a_row,
                health::a_sites_memory_has_the_last_signs_of_each_page,
            }
            backend {
                recording::visits_that_fail_together_leave_nothing,
                versions::a_history_that_moved_is_refused_and_nothing_of_it_is_written,
                versions::an_article_begins_once,
                versions::the_same_text_makes_no_version,
                versions::a_text_that_comes_back_is_a_third_version,
                versions::a_superseded_digest_still_resolves,
                versions::a_title_of_many_texts_is_learnt_as_a_name_once,
                manners::robots_rules_keep_their_history,
                runs::the_time_of_confirmation_is_kept_from_the_making,
                runs::rules_are_kept_once_by_digest,
                health::what_is_set_aside_is_handed_out_in_order_until_it_is_settled,
            }
        }
    };
    ($place:expr; store { $($a:ident::$through:ident,)* } backend { $($b:ident::$over:ident,)* }) => {
        $(
            #[tokio::test]
            async fn $through() {
                let place = $place;
                super::$a::$through(&*super::Backend::made(&place).await).await;
            }
        )*
        $(
            #[tokio::test]
            async fn $over() {
                super::$b::$over(&$place).await;
            }
        )*
    };
}
pub(crate) use contract;
