//! What speaks against one reading, by what the site's former readings were like.

use std::fmt;

use super::measure::{FieldHealth, Recent, health};
use super::{Sign, Signs};

/// Pages that must have been read before anything is usual.
const LEAST: usize = 10;
/// Other pages that have the same body under another face.
const SAME_BODY: usize = 2;
/// Other pages that have the same headline, where the second witness knows each by another one.
const SAME_TITLE: usize = 3;
/// And where it knows no better: half of all pages, and so many. A paper's rubrics come back, but not so often.
const SAME_TITLE_UNSEEN: usize = 5;

/// What speaks against a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A field that nearly every page had.
    Vanished {
        /// Which.
        field: String,
        /// Pages looked at, and those that had it.
        of: (usize, usize),
    },
    /// The second witness, which nearly always agreed, says something else.
    Disagrees {
        /// About which field.
        field: String,
        /// Pages compared, and those on which it agreed.
        of: (usize, usize),
    },
    /// Less than half of what all but the shortest pages had, and the second witness finds more than that.
    Short {
        /// Characters.
        length: usize,
        /// The length that three quarters of the pages reach.
        usual: usize,
    },
    /// Other pages have this very body.
    SharedBody {
        /// How many.
        pages: usize,
    },
    /// Other pages have this very headline over other bodies.
    SharedTitle {
        /// How many.
        pages: usize,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vanished { field, of: (pages, found) } => {
                write!(f, "no {field}, which {found} of the last {pages} pages had")
            }
            Self::Disagrees { field, of: (pages, agreed) } => write!(
                f,
                "the {field} is not what griot's own rules read, which agreed on {agreed} of the last {pages} pages"
            ),
            Self::Short { length, usual } => write!(
                f,
                "the body has {length} characters, where three of four pages have {usual} or more, and griot's own rules find twice as much"
            ),
            Self::SharedBody { pages } => write!(f, "{pages} other pages have the same body"),
            Self::SharedTitle { pages } => write!(f, "{pages} other pages have the same title"),
        }
    }
}

/// What is to be thought of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opinion {
    /// Nothing speaks against it.
    Sound,
    /// This field is missing, and nothing tells whether the page prints it: only a page that had it before can tell.
    Unsure(Doubt),
    /// This speaks against it.
    Doubtful(Doubt),
}

impl Recent {
    /// What is to be thought of a page's reading.
    #[must_use]
    pub fn opinion(&self, page: &str, signs: &Signs) -> Opinion {
        if let Some(doubt) = self.shared(page, signs) {
            return Opinion::Doubtful(doubt);
        }
        let good = || self.good.iter().filter(|seen| seen.page != page);
        // Rules that a person changed are believed until they have a memory of their own; but not where they find nothing.
        let ever = health(good().map(|seen| &seen.signs));
        let todays = health(good().filter(|seen| seen.by_todays_rules).map(|seen| &seen.signs));
        let mut unsure = None;
        for sign in &signs.fields {
            let usual = if is_core(&sign.field) { usual(&ever, sign) } else { usual(&todays, sign) };
            let Some((usual, doubt)) = usual.and_then(|usual| Some((usual, vanished(sign, usual)?))) else { continue };
            if is_there(sign, usual) {
                return Opinion::Doubtful(doubt);
            }
            unsure = unsure.or_else(|| is_text(&sign.field).then_some(doubt));
        }
        for sign in &signs.fields {
            let Some(usual) = usual(&todays, sign) else { continue };
            if let Some(doubt) = disagrees(sign, usual).or_else(|| short(sign, usual)) {
                return Opinion::Doubtful(doubt);
            }
        }
        unsure.map_or(Opinion::Sound, Opinion::Unsure)
    }

    /// Does something speak against a page's reading that did not speak against its former one? Then it is the page that
    /// has changed, and other pages that are read as ever tell nothing of it.
    #[must_use]
    pub fn has_turned(&self, page: &str, former: &Signs, now: &Signs) -> bool {
        matches!(self.opinion(page, now), Opinion::Doubtful(_)) && self.opinion(page, former) == Opinion::Sound
    }

    /// One body or one headline on many pages. One story under several addresses has one face.
    fn shared(&self, page: &str, signs: &Signs) -> Option<Doubt> {
        let others: Vec<&Signs> = self.latest.iter().filter(|seen| seen.page != page).map(|seen| &seen.signs).collect();
        let body = signs.body.as_deref();
        let pages = distinct(&others, |other| other.body.as_deref() == body && other.face != signs.face, |o| &o.face);
        if body.is_some() && pages >= SAME_BODY {
            return Some(Doubt::SharedBody { pages });
        }
        let title = signs.title.as_deref()?;
        let same = |other: &Signs| other.title.as_deref() == Some(title);
        let unlike = signs.of("title").is_some_and(|title| title.agrees == Some(false));
        let pages = distinct(&others, |other| unlike && same(other) && other.face != signs.face, |o| &o.face);
        if pages >= SAME_TITLE {
            return Some(Doubt::SharedTitle { pages });
        }
        let body = |other: &Signs| other.body.clone().unwrap_or_default();
        let bodies = distinct(&others, |other| same(other) && other.body.as_deref() != signs.body.as_deref(), body);
        (bodies >= SAME_TITLE_UNSEEN && 2 * bodies >= others.len()).then_some(Doubt::SharedTitle { pages: bodies })
    }
}

/// How many different names those have that are wanted.
fn distinct<'s, T: Ord>(all: &[&'s Signs], wanted: impl Fn(&Signs) -> bool, name: impl Fn(&'s Signs) -> T) -> usize {
    let mut names: Vec<T> = all.iter().filter(|signs| wanted(signs)).map(|signs| name(signs)).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Without these there is no article, whoever wrote the rules.
fn is_core(field: &str) -> bool {
    matches!(field, "title" | "body")
}

/// Fields that are part of a text, so that losing one would look like an edit.
fn is_text(field: &str) -> bool {
    is_core(field) || matches!(field, "lead" | "authors" | "published")
}

fn usual<'h>(health: &'h [FieldHealth], sign: &Sign) -> Option<&'h FieldHealth> {
    health.iter().find(|field| field.field == sign.field && field.pages >= LEAST)
}

fn vanished(sign: &Sign, usual: &FieldHealth) -> Option<Doubt> {
    let gone = !sign.found && usual.is_usual();
    gone.then(|| Doubt::Vanished { field: sign.field.clone(), of: (usual.pages, usual.found) })
}

/// Does the witness find what the profile's rules do not? A few words are no body: many a page that is no article has them.
fn is_there(sign: &Sign, usual: &FieldHealth) -> bool {
    let least = usual.lower_quartile.filter(|_| sign.field == "body").map_or(1, |quartile| quartile / 4);
    sign.witness.is_some_and(|witness| witness >= least)
}

fn disagrees(sign: &Sign, usual: &FieldHealth) -> Option<Doubt> {
    let other = sign.agrees == Some(false) && usual.is_witnessed();
    other.then(|| Doubt::Disagrees { field: sign.field.clone(), of: (usual.compared, usual.agreed) })
}

fn short(sign: &Sign, usual: &FieldHealth) -> Option<Doubt> {
    let quartile = usual.lower_quartile.filter(|_| sign.field == "body" && sign.found)?;
    let alone = 10 * usual.outdone <= usual.pages;
    (2 * sign.length < quartile && sign.is_outdone() && alone)
        .then_some(Doubt::Short { length: sign.length, usual: quartile })
}
