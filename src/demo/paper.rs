//! The newspaper's texts, from files to values.
//!
//! One plain text file per article, `data/demo/articles/<slug>.txt`: a few `key: value` lines, an empty line, then
//! paragraphs parted by empty lines. No TOML: prose is full of quotes and apostrophes, which TOML would want
//! escaped or fenced, and a change of one sentence must show as one line in a diff. A paragraph's first character
//! says what is no plain paragraph: `# ` sub-head, `! ` picture with its caption, `~ ` signature, `= ` credit.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::typeset::typeset;

/// The paper's name, which its pages also give as `og:title`, whatever they show.
pub const NAME: &str = "Le Piroguier";
/// The names under which the same pages are served, the main one first; `.example` is reserved by RFC 2606.
pub const HOSTS: [&str; 2] = ["lepiroguier.example", "www.lepiroguier.example"];
/// The account that publishes everything, whoever wrote it.
pub const ACCOUNT: &str = "Rédaction Le Piroguier";

/// The rubrics of the paper, in the order of its menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Councils, assemblies, ministries.
    Politique,
    /// Schools, health, daily life.
    Societe,
    /// Markets, harvests, works.
    Economie,
    /// Stage, books, crafts.
    Culture,
    /// Football before all.
    Sport,
    /// News from outside the capital.
    Regions,
}

impl Section {
    /// Every section, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Politique, Self::Societe, Self::Economie, Self::Culture, Self::Sport, Self::Regions];

    /// As printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Politique => "Politique",
            Self::Societe => "Société",
            Self::Economie => "Économie",
            Self::Culture => "Culture",
            Self::Sport => "Sport",
            Self::Regions => "Régions",
        }
    }

    /// As the address of its page and the files write it.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Politique => "politique",
            Self::Societe => "societe",
            Self::Economie => "economie",
            Self::Culture => "culture",
            Self::Sport => "sport",
            Self::Regions => "regions",
        }
    }
}

/// A piece of an article's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A paragraph; texts pasted from a word processor keep newlines inside their sentences.
    Paragraph(String),
    /// A sub-head.
    Heading(String),
    /// A picture; its caption stands under it as a paragraph like any other.
    Picture(String),
    /// The journalist's name under the text, `Prénom NOM`.
    Signature(String),
    /// The office or agency that wrote the text.
    Credit(String),
}

/// One article as the paper has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The file's name: the address without its number.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// Where it stands.
    pub section: Section,
    /// When it was made, to the microsecond; Bamako's time is UTC all year.
    pub created: Timestamp,
    /// The text over the body; may be empty, may end inside its sentence, which the body then ends.
    pub lead: String,
    /// What the editor recommends with it: slugs, at most two.
    pub see: Vec<String>,
    /// The text.
    pub body: Vec<Part>,
}

/// What is wrong with a file of the paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("data/demo: {slug}.txt: {what}")]
pub struct Misprint {
    /// The file, without its ending.
    pub slug: String,
    /// What to mend.
    pub what: String,
}

impl Article {
    /// Reads one file.
    ///
    /// # Errors
    /// When a line of its head is missing or unknown, or there is no body.
    pub fn parse(slug: &str, text: &str) -> Result<Self, Misprint> {
        let wrong = |what: String| Misprint { slug: slug.to_owned(), what };
        let (head, rest) = text.split_once("\n\n").ok_or_else(|| wrong("no empty line after the head".into()))?;
        let mut entries = Head::read(head).map_err(wrong)?;
        let as_typed = entries.take("as-typed").is_some_and(|v| v == "yes");
        let set = |text: &str| if as_typed { text.to_owned() } else { typeset(text) };
        let article = Self {
            slug: slug.to_owned(),
            title: set(&entries.required("title").map_err(wrong)?),
            section: section(&entries.required("section").map_err(wrong)?).map_err(wrong)?,
            created: instant(&entries.required("created").map_err(wrong)?).map_err(wrong)?,
            lead: entries.take("lead").map(|lead| set(&lead)).unwrap_or_default(),
            see: entries
                .take("see")
                .map(|list| list.split_whitespace().map(str::to_owned).collect())
                .unwrap_or_default(),
            body: rest.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(|p| part(p, set)).collect(),
        };
        entries.finish().map_err(wrong)?;
        if article.body.is_empty() {
            return Err(wrong("no body".into()));
        }
        Ok(article)
    }

    /// The article's address, which never changes: the slug and 13 hexadecimal digits, the first eight the seconds
    /// since 1970 and the rest the microseconds of its creation, as PHP's `uniqid()` writes them.
    #[must_use]
    pub fn path(&self) -> String {
        let seconds = self.created.as_second();
        let micros = self.created.subsec_microsecond();
        format!("/posts/{}-{seconds:08x}{micros:05x}", self.slug)
    }

    /// `Publié {jour} {j} {mois} {aaaa} à {HH:MM}`.
    #[must_use]
    pub fn published(&self) -> String {
        const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        const MONTHS: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        let at = self.created.to_zoned_datetime(TimeZone::UTC);
        let day = usize::try_from(at.weekday().to_monday_zero_offset()).map_or("", |d| DAYS[d]);
        let month = usize::try_from(at.month()).map_or("", |m| MONTHS[m - 1]);
        format!("Publié {day} {} {month} {} à {:02}:{:02}", at.day(), at.year(), at.hour(), at.minute())
    }

    /// Letters and spaces of lead and body.
    #[must_use]
    pub fn length(&self) -> usize {
        let of = |part: &Part| match part {
            Part::Paragraph(t) | Part::Heading(t) | Part::Picture(t) | Part::Signature(t) | Part::Credit(t) => {
                t.chars().count()
            }
        };
        self.lead.chars().count() + self.body.iter().map(of).sum::<usize>()
    }
}

/// The lines over the body, taken one by one so that a mistyped key is noticed.
struct Head<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Head<'a> {
    fn read(head: &'a str) -> Result<Self, String> {
        let entry = |line: &'a str| {
            line.split_once(": ").map(|(k, v)| (k, v.trim())).ok_or_else(|| format!("`{line}` is not `key: value`"))
        };
        head.lines().map(entry).collect::<Result<_, _>>().map(Self)
    }

    fn take(&mut self, key: &str) -> Option<String> {
        let at = self.0.iter().position(|(k, _)| *k == key)?;
        Some(self.0.remove(at).1.to_owned())
    }

    fn required(&mut self, key: &str) -> Result<String, String> {
        self.take(key).filter(|v| !v.is_empty()).ok_or_else(|| format!("no `{key}:`"))
    }

    fn finish(self) -> Result<(), String> {
        self.0.first().map_or(Ok(()), |(key, _)| Err(format!("`{key}:` is not known or stands twice")))
    }
}

fn section(slug: &str) -> Result<Section, String> {
    Section::ALL.into_iter().find(|s| s.slug() == slug).ok_or_else(|| format!("no section `{slug}`"))
}

fn instant(text: &str) -> Result<Timestamp, String> {
    let civil: DateTime = text.parse().map_err(|e| format!("`created: {text}`: {e}"))?;
    let at = civil.to_zoned_datetime(TimeZone::UTC).map_err(|e| format!("`created: {text}`: {e}"))?.timestamp();
    // Eight digits of seconds hold until 2106; before 1970 there would be a sign among them.
    if at < Timestamp::UNIX_EPOCH || at > Timestamp::UNIX_EPOCH + SignedDuration::from_secs(i64::from(u32::MAX)) {
        return Err(format!("`created: {text}` does not fit eight hexadecimal digits of seconds"));
    }
    Ok(at)
}

fn part(text: &str, set: impl Fn(&str) -> String) -> Part {
    match text.split_once(' ') {
        Some(("#", rest)) => Part::Heading(set(rest)),
        Some(("!", rest)) => Part::Picture(set(rest)),
        Some(("~", rest)) => Part::Signature(set(rest)),
        Some(("=", rest)) => Part::Credit(set(rest)),
        _ => Part::Paragraph(set(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "title: Un titre : l'essai\nsection: culture\ncreated: 2026-03-18 08:45:12.304561\n\n\
                        Premier.\n\n# Un inter\n\n! Une vue\n\n~ Awa TEST\n";

    #[test]
    fn a_file_becomes_an_article() {
        let read = Article::parse("essai", FILE).unwrap();
        assert_eq!(read.title, "Un titre\u{a0}: l’essai");
        assert_eq!(read.lead, "");
        assert_eq!(
            read.body,
            [
                Part::Paragraph("Premier.".into()),
                Part::Heading("Un inter".into()),
                Part::Picture("Une vue".into()),
                Part::Signature("Awa TEST".into()),
            ]
        );
        assert_eq!(read.published(), "Publié mercredi 18 mars 2026 à 08:45");
    }

    #[test]
    fn the_address_tells_the_creation_time() {
        let path = Article::parse("essai", FILE).unwrap().path();
        let number = path.strip_prefix("/posts/essai-").unwrap();
        assert_eq!(number.len(), 13);
        let seconds = i64::from_str_radix(&number[..8], 16).unwrap();
        assert_eq!(Timestamp::from_second(seconds).unwrap().to_string(), "2026-03-18T08:45:12Z");
        assert_eq!(i64::from_str_radix(&number[8..], 16).unwrap(), 304_561);
    }

    #[test]
    fn mistakes_are_named() {
        for (file, what) in [
            ("title: x\n\nTexte.", "no `section:`"),
            ("title: x\nsection: météo\ncreated: 2026-03-18 08:45:12\n\nTexte.", "no section `météo`"),
            ("titel: x\n\nTexte.", "no `title:`"),
            ("title: x\nsection: sport\ncreated: hier\n\nTexte.", "`created: hier`"),
            ("title: x\nsection: sport\ncreated: 2026-03-18 08:45:12\nled: y\n\nTexte.", "`led:` is not known"),
            ("title: x\nsection: sport\ncreated: 2026-03-18 08:45:12\n\n  \n", "no body"),
        ] {
            let error = Article::parse("essai", file).unwrap_err().to_string();
            assert!(error.contains(what), "{error} does not say {what}");
        }
    }
}
