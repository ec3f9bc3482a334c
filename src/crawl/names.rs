//! At a run's end: titles that many articles of a site share are learnt as names of it, and what was titled so is read again.

use std::sync::Arc;

use super::context::{Context, Site};
use super::judging;
use super::report::Event;
use crate::store::StoreError;

/// Learns a site's names. From the next run on its pages are read with them; those that had one for a title, now.
///
/// # Errors
/// The store's.
pub(super) async fn learn(context: &Context, site: &Arc<Site>) -> Result<(), StoreError> {
    let name = &site.profile.site;
    let titled = context.store.learn_names(name.clone(), context.clock.now()).await?;
    if titled.is_empty() {
        return Ok(());
    }
    let names = context.store.names(name.clone()).await?;
    let learnt = names.iter().filter(|name| !site.names.contains(name)).map(|name| format!("`{name}`"));
    let learnt = learnt.collect::<Vec<_>>().join(", ");
    context.tell(Event::Note(format!(
        "{name}: {learnt} is the title of many articles, so it is taken for a name of the site; they are read again"
    )));
    let site = Arc::new(Site::new(site.profile.clone(), site.rules, site.alike.clone(), names));
    for article in titled {
        judging::judge_anew(context, &site, article).await?;
    }
    Ok(())
}
