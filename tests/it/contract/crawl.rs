//! A run that reads pages and judges them, as far as a store has to do with it.

use griot::model::article::Text;
use griot::model::reading::{Outcome, Role};
use griot::model::timeline::{CONFIRM_AFTER, Moment, Shown, Shows, Sighting, fold};
use griot::store::{
    Bond, Class, Finished, History, Judged, NewReading, PageId, ReadText, Recorded, Related, Result, RulesId, RunId,
    RunStart, Step, Store,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::scene::{SITE, answer, candidate, hour, key, url};

/// The extractor that all readings name.
pub(crate) const EXTRACTOR: &str = "1";

/// A run under way.
pub(crate) struct Crawl<'s> {
    pub(crate) store: &'s dyn Store,
    pub(crate) run: RunId,
    pub(crate) rules: RulesId,
}

/// What a run says of itself.
pub(crate) fn start(at: Timestamp) -> RunStart {
    RunStart {
        uuid: Uuid::new_v4(),
        command: "crawl journal".into(),
        at,
        settings: serde_json::json!({}),
        user_agent: "griot".into(),
        contact: None,
    }
}

impl<'s> Crawl<'s> {
    /// The first run, on the first morning.
    pub(crate) async fn begin(store: &'s dyn Store) -> Self {
        let run = store.begin_run(start(hour(0))).await.unwrap().id;
        let rules = store.keep_rules(SITE.into(), "sha256:one".into(), "name = \"one\"".into(), hour(0)).await.unwrap();
        Self { store, run, rules }
    }

    /// A new article's page in the frontier.
    pub(crate) async fn page(&self, name: &str) -> PageId {
        self.store.enqueue(vec![candidate(name)]).await.unwrap();
        self.store.page(SITE.into(), key(name), url(name)).await.unwrap().0
    }

    pub(crate) async fn record(&self, finished: Finished) -> Result<Recorded> {
        let recorded = self.store.record(self.run, vec![finished]).await?;
        assert_eq!(recorded.len(), 1);
        Ok(recorded[0])
    }

    /// An answer that shows a text, judged against what the store knows now.
    pub(crate) async fn shows(&self, page: PageId, name: &str, at: Timestamp, text: &Text) -> Finished {
        let history = self.store.history(page).await.unwrap();
        self.judged(&history, page, (name, at), text)
    }

    /// An answer that shows a text, judged against this history.
    pub(crate) fn judged(
        &self,
        history: &History,
        page: PageId,
        (name, at): (&str, Timestamp),
        text: &Text,
    ) -> Finished {
        let (record, fact) = answer(page, name, at);
        let mut timeline = fold(&history.sightings, CONFIRM_AFTER);
        let shown = Shown {
            digest: text.digest(),
            length: text.length(),
            ended: true,
            rules: RulesId::name(Some(self.rules), EXTRACTOR),
            stranger: false,
        };
        let moment = Moment { at, record: record.to_string() };
        let sighting = Sighting { moment, page: key(name).as_str().to_owned(), shows: Shows::Text(shown) };
        let verdict = timeline.insert(&history.sightings, &sighting);
        let judged = Judged {
            article: history.article,
            bond: Bond::Own,
            also: Vec::new(),
            ident: None,
            seen: history.sightings.len(),
            timeline,
            reread: Vec::new(),
            related: Related::Unread,
            provisional: false,
        };
        let reading = NewReading { verdict: Some(verdict), ..reading(self.rules, text) };
        Finished { reading: Some(reading), judged: Some(judged), ..fact }
    }
}

/// What rules read of an article's page.
pub(crate) fn reading(rules: RulesId, text: &Text) -> NewReading {
    NewReading {
        role: Role::Article,
        outcome: Outcome::Article,
        verdict: None,
        reason: None,
        rules: Some(rules),
        extractor: EXTRACTOR.into(),
        text: Some(ReadText::New(Box::new(text.clone()))),
        attributes: None,
        ended: true,
        stranger: false,
        moved_to: None,
        host_alive: false,
        proofs: Vec::new(),
        signs: None,
    }
}

/// A page that was had, and is looked at again then.
pub(crate) fn again(name: &str, due_at: Option<Timestamp>) -> Step {
    Step {
        due_at,
        class: Class::Revisit,
        place: None,
        attempts: 0,
        hops_left: 10,
        url: url(name),
        interval: None,
        accepted: false,
        unconditional_at: None,
        changed: false,
        note: None,
    }
}
