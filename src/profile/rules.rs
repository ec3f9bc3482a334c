//! What one layout says of each field: rules, tried in order.

use std::collections::BTreeMap;

use regex::Regex;
use scraper::Selector;

use super::pick::Pick;

/// The fields that rules read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The headline.
    Title,
    /// The standfirst.
    Lead,
    /// The text.
    Body,
    /// When it was published.
    Published,
    /// When it was last changed.
    Modified,
    /// The name or account printed with it.
    Byline,
    /// The name under the text.
    Signature,
    /// The agency or office it comes from.
    Credit,
    /// The paper's section.
    Section,
    /// Keywords.
    Tags,
    /// Images that stand outside the body.
    Images,
    /// The page's language.
    Language,
    /// The address the page gives itself.
    Canonical,
    /// The address of a view that has the whole of an article of which the page has a part.
    SinglePage,
    /// The address of the next part of an article that stands on several pages.
    NextPage,
}

impl Field {
    /// Every field, in the order in which they are shown.
    pub const ALL: [Self; 15] = [
        Self::Title,
        Self::Lead,
        Self::Body,
        Self::Published,
        Self::Modified,
        Self::Byline,
        Self::Signature,
        Self::Credit,
        Self::Section,
        Self::Tags,
        Self::Images,
        Self::Language,
        Self::Canonical,
        Self::SinglePage,
        Self::NextPage,
    ];

    /// Its key in a profile and its name in proofs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Body => "body",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Byline => "byline",
            Self::Signature => "signature",
            Self::Credit => "credit",
            Self::Section => "section",
            Self::Tags => "tags",
            Self::Images => "images",
            Self::Language => "language",
            Self::Canonical => "canonical",
            Self::SinglePage => "single_page",
            Self::NextPage => "next_page",
        }
    }

    /// Is its value the address of another page?
    #[must_use]
    pub fn leads_on(self) -> bool {
        matches!(self, Self::SinglePage | Self::NextPage)
    }
}

/// One way to read one field.
#[derive(Debug, Clone)]
pub struct Rule {
    /// As proofs name it: `title[1] css h1`.
    pub name: String,
    /// Where the value stands.
    pub source: Source,
    /// Cut out of the value: the first group, or the whole match. A value without a match is no value.
    pub text: Option<Regex>,
    /// A text into which the value is put, at its one `{}`.
    pub into: Option<String>,
    /// Only the nth value, from 0.
    pub nth: Option<usize>,
}

/// Where a value stands.
#[derive(Debug, Clone)]
pub enum Source {
    /// Elements; their text, or an attribute.
    Css {
        /// Which elements.
        pick: Pick,
        /// The attribute that holds the value.
        attr: Option<String>,
        /// The element's own text is the value, without that of the elements inside it.
        itself: bool,
    },
    /// The same on every page: the one author of a site.
    Fixed(String),
    /// A path of names through the JSON-LD objects of the given types; no types: those of articles.
    JsonLd {
        /// Names, outermost first.
        path: Vec<String>,
        /// `@type`s looked at.
        types: Vec<String>,
    },
    /// The same path through the page's microdata.
    Microdata {
        /// Names of properties, outermost first.
        path: Vec<String>,
        /// Last parts of the `itemtype`s looked at.
        types: Vec<String>,
    },
    /// `<meta>` by `name`, `property` or `itemprop`.
    Meta(String),
    /// A named group of the article's path.
    Url(String),
    /// Text that a label stands before.
    Label {
        /// The label, found at the start of a line.
        label: String,
        /// What of it.
        take: Take,
    },
    /// The lines between two marks, marks not included.
    Between {
        /// Where it begins.
        after: Mark,
        /// Where it ends: at whichever comes first; the body's own ends hold as well.
        before: Vec<Mark>,
    },
    /// The last lines of the body, taken out of it while they match `text`.
    Tail,
    /// The element in which most of the page's prose stands.
    Densest,
    /// The heading of the first rank that the page's cards elsewhere repeat letter by letter.
    Agreed,
    /// The heading that the page's own titles repeat.
    Headline,
    /// Lines around the headline, or under the text, that say who wrote.
    Signed,
    /// Lines around the headline that are dates.
    Around,
    /// A whole date in any line, element or script of the page, the likeliest place first.
    Anywhere,
    /// The day in the page's address.
    Address,
}

/// What of a labelled place is the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// The label's line from the label on.
    Line,
    /// The label's line after the label.
    Rest,
    /// The next line that has text.
    Next,
}

/// A place in the page.
#[derive(Debug, Clone)]
pub enum Mark {
    /// The headline's first line.
    Title,
    /// The next line that says the same.
    TitleAgain,
    /// The line with the day of publication.
    Published,
    /// A line that begins with a label.
    Label(String),
    /// An element.
    Css(Selector),
    /// A line that matches.
    Text(Regex),
}

/// Text of the page that is another before it is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Found as it stands; never empty.
    pub find: String,
    /// What stands there instead.
    pub with: String,
}

/// How a site cuts teasers, so that a cut one can be told from a whole one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeaserCut {
    /// After so many bytes.
    pub bytes: usize,
    /// What it puts behind the cut.
    pub tail: String,
}

/// One layout's rules.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Per field, in the order tried.
    pub fields: BTreeMap<Field, Vec<Rule>>,
    /// What is another text before the page is parsed, one after the other.
    pub replace: Vec<Replacement>,
    /// JSON-LD and microdata of the page are not believed: those of the layout say other things than its pages.
    pub unstructured: bool,
    /// Elements that are no part of any text.
    pub drop: Vec<Pick>,
    /// Addresses of images that are none of the article's.
    pub drop_images: Vec<Regex>,
    /// Body lines that are no part of the text.
    pub drop_text: Vec<Regex>,
    /// Where the body ends at the latest.
    pub ends: Vec<Mark>,
    /// Labels of related links, beside those known everywhere.
    pub labels: Vec<String>,
    /// How teasers are cut.
    pub teaser_cut: Option<TeaserCut>,
    /// A `<br>` between two sentences parts blocks; else only two of them do.
    pub break_parts: bool,
    /// A byline that is the paper's own name is how it signs what nobody else signs; else such a one is no name.
    pub house_byline: bool,
    /// A short line without full stop right after an image is its caption, whatever its tag.
    pub caption_after_image: bool,
}

impl Rules {
    /// The rules of a field; none is an empty slice.
    #[must_use]
    pub fn of(&self, field: Field) -> &[Rule] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }
}
