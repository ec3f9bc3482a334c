//! Which article a page shows: its own, one that other pages show, or another than before.
//!
//! What a page says of itself is believed where its text bears it out; why it is not, its reading says.

use super::context::{Context, Site};
use crate::model::article::Text;
use crate::model::identity::{Gist, Kin, tells_enough};
use crate::model::reading::Outcome;
use crate::model::url::PageUrl;
use crate::store::{Also, Bond, Claim, History, How, NewReading, ReadAttributes, ReadText, StoreError};

/// A page without an article, as far as it is known which one it shows.
pub(super) struct Placed {
    /// Of the article it joins; of none, if its own begins.
    pub history: History,
    /// What ties it to that.
    pub bond: Bond,
    /// Other pages that show the same.
    pub also: Vec<Also>,
    /// The id in its address, unless it lies.
    pub ident: Option<String>,
}

/// Finds the article that a page shows for the first time: by the id in its address, by the page it names as canonical, by
/// its text.
///
/// # Errors
/// The store's.
pub(super) async fn place(
    context: &Context,
    site: &Site,
    key: &PageUrl,
    reading: &mut NewReading,
) -> Result<Placed, StoreError> {
    let mut placed = Placed {
        history: History::default(),
        bond: Bond::Own,
        also: Vec::new(),
        ident: site.profile.article.group(key.path_and_query(), "id").map(str::to_owned),
    };
    let Some(text) = text_of(context, reading).await? else { return Ok(placed) };
    let name = site.profile.site.clone();
    if let Some(id) = placed.ident.clone() {
        match claimed(context, Claim::Id { site: name.clone(), id }, &text).await? {
            Claimed::Nobody => {}
            Claimed::Alike(history) => return Ok(joined(placed, history, How::Id)),
            Claimed::Different => {
                placed.ident = None;
                note(reading, "its address has the id of another article, which tells another story: kept apart");
            }
        }
    }
    if let Some(canonical) = canonical(context, site, key, reading) {
        match claimed(context, Claim::Page(canonical.page.clone()), &text).await? {
            Claimed::Nobody => placed.also.push(canonical),
            Claimed::Alike(history) => return Ok(joined(placed, history, How::Canonical)),
            Claimed::Different => {
                note(
                    reading,
                    &format!("names {} as canonical, which tells another story: not believed", canonical.url),
                );
            }
        }
    }
    if tells_enough(text.length(), text.published_on)
        && let Claimed::Alike(history) =
            claimed(context, Claim::Text { site: name, digest: text.digest() }, &text).await?
    {
        return Ok(joined(placed, history, How::Text));
    }
    Ok(placed)
}

fn joined(placed: Placed, history: History, how: How) -> Placed {
    Placed { history, bond: Bond::Joined(how), also: Vec::new(), ..placed }
}

enum Claimed {
    Nobody,
    Alike(History),
    Different,
}

/// The article that a claim names, if its latest text tells the same story.
async fn claimed(context: &Context, claim: Claim, text: &Text) -> Result<Claimed, StoreError> {
    let Some(article) = context.store.article_of(claim).await? else { return Ok(Claimed::Nobody) };
    let history = context.store.history_of(article).await?;
    let head = super::judging::head_digest(context, &history);
    let other = match head {
        Some(digest) => context.store.text(digest).await?,
        None => None,
    };
    let alike = other.is_some_and(|other| Gist::of(&other).is_alike(&Gist::of(text)));
    Ok(if alike { Claimed::Alike(history) } else { Claimed::Different })
}

/// The page that a reading names as canonical: another page of the same site that has an article's shape.
fn canonical(context: &Context, site: &Site, key: &PageUrl, reading: &mut NewReading) -> Option<Also> {
    let Some(ReadAttributes::New(attributes)) = &reading.attributes else { return None };
    let url = url::Url::parse(attributes.canonical.as_deref()?).ok()?;
    let refuse = |reading: &mut NewReading, why: &str| {
        note(reading, &format!("names {url} as canonical, which {why}: not believed"));
    };
    let Some((owner, page)) = context.owner(&url).filter(|(owner, _)| owner.profile.site == site.profile.site) else {
        refuse(reading, "is no page of this site");
        return None;
    };
    if page == *key {
        return None;
    }
    if !owner.profile.is_article(&page) {
        refuse(reading, "is no article");
        return None;
    }
    let url = site.profile.canon.address(&page).unwrap_or(url);
    Some(Also { page, url, how: How::Canonical })
}

/// The pages that a reading leads to as another of its own; `None` where it names none that is believed.
pub(super) fn other_page(context: &Context, site: &Site, key: &PageUrl, reading: &NewReading) -> Option<Also> {
    canonical(context, site, key, &mut reading.clone())
}

/// What a text is to the one that its article showed last.
///
/// # Errors
/// The store's.
pub(super) async fn kin(
    context: &Context,
    head: Option<Text>,
    reading: &NewReading,
    never_shown: bool,
) -> Result<Kin, StoreError> {
    let (Some(head), Some(text)) = (head, text_of(context, reading).await?) else { return Ok(Kin::Same) };
    let (head, text) = (Gist::of(&head), Gist::of(&text));
    // A page that is only said to show the article must be alike, not merely an edit away.
    let refuted = never_shown && !head.is_alike(&text);
    Ok(if refuted { Kin::Another } else { head.kin(&text) })
}

/// Does a reading tell the story of a text that is kept?
///
/// # Errors
/// The store's.
pub(super) async fn tells(context: &Context, digest: String, reading: &NewReading) -> Result<bool, StoreError> {
    let (Some(kept), Some(text)) = (context.store.text(digest).await?, text_of(context, reading).await?) else {
        return Ok(false);
    };
    Ok(Gist::of(&kept).is_alike(&Gist::of(&text)))
}

/// Settles where a page that leads elsewhere for good leads: to a page of its own article, or to another article, and then
/// its own is gone in all but name.
///
/// # Errors
/// The store's.
pub(super) async fn follow(
    context: &Context,
    site: &Site,
    history: &History,
    reading: &mut NewReading,
) -> Result<Vec<Also>, StoreError> {
    let (Some(to), Some(article)) = (reading.moved_to.clone(), history.article) else { return Ok(Vec::new()) };
    let Some(other) = context.store.article_of(Claim::Page(to.clone())).await? else {
        let address = site.profile.canon.address(&to).ok();
        return Ok(address.map(|url| Also { page: to, url, how: How::Redirect }).into_iter().collect());
    };
    if other == article {
        return Ok(Vec::new());
    }
    reading.moved_to = None;
    let theirs = context.store.history_of(other).await?;
    let mut texts = Vec::new();
    for digest in [history, &theirs].into_iter().filter_map(|h| super::judging::head_digest(context, h)) {
        texts.extend(context.store.text(digest).await?);
    }
    let alike = texts.len() == 2 && Gist::of(&texts[0]).is_alike(&Gist::of(&texts[1]));
    if alike {
        note(reading, "leads to an article of its own that tells the same story: kept apart");
    } else {
        reading.outcome = Outcome::SoftGone;
        note(reading, "leads to an article that tells another story");
    }
    Ok(Vec::new())
}

async fn text_of(context: &Context, reading: &NewReading) -> Result<Option<Text>, StoreError> {
    match &reading.text {
        None => Ok(None),
        Some(ReadText::New(text)) => Ok(Some((**text).clone())),
        Some(ReadText::Kept(digest, _)) => context.store.text(digest.clone()).await,
    }
}

/// Adds to what a reading says for people; said once, however often it is judged.
fn note(reading: &mut NewReading, words: &str) {
    match &mut reading.reason {
        None => reading.reason = Some(words.to_owned()),
        Some(said) if said.contains(words) => {}
        Some(said) => {
            said.push_str("; ");
            said.push_str(words);
        }
    }
}
