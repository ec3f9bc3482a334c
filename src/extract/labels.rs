//! The words under which papers print links to other articles, and those that only look like it.

use std::sync::LazyLock;

use regex::Regex;

/// Which list a label opens by its words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelKind {
    /// "Lire aussi": where it stands tells whether it is inline or at the end.
    ReadAlso,
    /// "Les articles de l'auteur".
    Author,
    /// "Les plus lus".
    Side,
}

/// A label found in a line; bytes of the line.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) kind: LabelKind,
    /// Where the label with the signs before it begins.
    pub(crate) start: usize,
    /// Where the label with the signs behind it ends.
    pub(crate) end: usize,
    /// As printed, without those signs.
    pub(crate) text: String,
    /// A sign that announces something (colon, arrow, quotation mark) follows.
    pub(crate) announced: bool,
    /// The label is too common a word to be believed without a link right behind it.
    pub(crate) weak: bool,
}

const SIGNS_BEFORE: &str = r"[\s>»«+\-–—•▶►→➤👉*\[(|]*";
const SIGNS_BEHIND: &str = r"\s*(?P<sign>(?:[:»>→►▶…|]|\.{2,3}|[-–—])(?:\s*[:»>→►▶])*)?\s*";

/// `a` stands for À, À in two characters, and the unaccented A of capitals.
const STRONG: &str = concat!(
    r"(?:(?:[àa]|à)\s+)?(?:lire|relire|voir|écouter|ecouter|regarder|consulter|découvrir|decouvrir)\s+",
    r"(?:aussi|également|egalement)(?:\s+sur\s+[\w.\-]+)?",
    r"|lire\s+(?:également|egalement|notre\s+dossier|nos\s+articles)",
    r"|(?:sur|dans)\s+le\s+m[êe]me\s+(?:sujet|th[èe]me|dossier)|dans\s+la\s+m[êe]me\s+rubrique",
    r"|articles?\s+(?:liés?|lies?|connexes?|similaires?|associés?|recommandés?|apparentés?)",
    r"|(?:à|a)\s+ne\s+pas\s+manquer|pour\s+aller\s+plus\s+loin|vous\s+aimerez\s+aussi",
    r"|(?:read|see|watch)\s+(?:also|more|next)|also\s+read|related(?:\s+(?:articles|stories|topics|news|posts))?",
    r"|lesen\s+sie\s+(?:auch|hier|dazu|mehr)|mehr\s+zum\s+thema|auch\s+interessant|lesen\s+sie\s+dazu\s+auch",
    r"|lea\s+también|lee\s+también|te\s+puede\s+interesar|leia\s+(?:também|mais)|leggi\s+anche|lees\s+ook",
);
const WEAK: &str = r"(?:à|a)\s+(?:lire|voir|découvrir|decouvrir|écouter|relire)|lire|more\s+on\s+this(?:\s+story)?";
const AUTHOR: &str = concat!(
    r"(?:les\s+|autres\s+|tous\s+les\s+|derniers\s+|plus\s+d['’])?articles?\s+(?:récents\s+|recents\s+)?",
    r"(?:de\s+l['’]auteure?|du\s+m[êe]me\s+auteur|de\s+cet\s+auteur)|articles\s+récents\s+de\s+[^:]{2,40}",
    r"|du\s+m[êe]me\s+auteur|more\s+(?:from|by)\s+this\s+author",
);
const SIDE: &str = concat!(
    r"(?:les\s+|articles\s+)?(?:plus|mieux)\s+(?:lus|lues|consultés|populaires|partagés|commentés)",
    r"|most\s+(?:read|popular|viewed)|meistgelesen|lo\s+más\s+leído|trending(?:\s+now)?",
);

static LABELS: LazyLock<[(LabelKind, bool, Regex); 4]> = LazyLock::new(|| {
    [
        (LabelKind::Author, false, built(AUTHOR)),
        (LabelKind::Side, false, built(SIDE)),
        (LabelKind::ReadAlso, false, built(STRONG)),
        (LabelKind::ReadAlso, true, built(WEAK)),
    ]
});

fn built(words: &str) -> Regex {
    let pattern = format!(r"(?i)^{SIGNS_BEFORE}(?P<label>{words}){SIGNS_BEHIND}");
    Regex::new(&pattern).expect("a pattern of our own")
}

/// The label a line begins with. `own` are the profile's.
pub(crate) fn at_start(line: &str, own: &[String]) -> Option<Label> {
    for label in own {
        if let Some(end) = starts_with(line, label) {
            let behind = line[end..].len() - line[end..].trim_start_matches([' ', ':', '»', '>', '\u{a0}', '…']).len();
            return Some(Label {
                kind: LabelKind::ReadAlso,
                start: 0,
                end: end + behind,
                text: line[..end].trim().to_owned(),
                announced: behind > 0,
                weak: false,
            });
        }
    }
    LABELS.iter().find_map(|(kind, weak, pattern)| {
        let found = pattern.captures(line)?;
        let label = found.name("label")?;
        let whole = found.get(0)?;
        let goes_on = line[label.end()..].starts_with(|c: char| c.is_alphanumeric());
        (!goes_on).then(|| Label {
            kind: *kind,
            start: 0,
            end: whole.end(),
            text: label.as_str().to_owned(),
            announced: found.name("sign").is_some(),
            weak: *weak,
        })
    })
}

/// A label inside a line, in capitals or with one, behind the end of a sentence or a bracket: "… la ville. Lire aussi".
/// It is one only where a link follows at once.
pub(crate) fn inside(line: &str) -> Option<Label> {
    static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
        let pattern =
            format!(r"(?:[.!?…»”)]\s*|[\[(]\s*|>>\s*)(?P<whole>(?P<label>(?i:{STRONG}))\s*(?P<sign>[:»>→►]+)?\s*)");
        Regex::new(&pattern).expect("a pattern of our own")
    });
    INSIDE.captures_iter(line).find_map(|found| {
        let (whole, label) = (found.name("whole")?, found.name("label")?);
        let announced = found.name("sign").is_some();
        let capital = label.as_str().starts_with(char::is_uppercase);
        (announced || capital).then(|| Label {
            kind: LabelKind::ReadAlso,
            start: whole.start(),
            end: whole.end(),
            text: label.as_str().trim().to_owned(),
            announced,
            weak: false,
        })
    })
}

/// Where a label at the start of a line ends; letters of either case, signs before it passed over.
pub(crate) fn starts_with(line: &str, label: &str) -> Option<usize> {
    let skipped = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let mut rest = line[skipped..].char_indices();
    let mut end = skipped;
    for wanted in label.trim().chars() {
        let (at, c) = rest.next()?;
        let same = c == wanted || c.to_lowercase().eq(wanted.to_lowercase()) || alike(c, wanted);
        if !same {
            return None;
        }
        end = skipped + at + c.len_utf8();
    }
    let whole_word = !line[end..].starts_with(char::is_alphanumeric);
    whole_word.then_some(end)
}

fn alike(a: char, b: char) -> bool {
    let apostrophe = |c| matches!(c, '\'' | '’' | 'ʼ' | '`');
    (apostrophe(a) && apostrophe(b)) || (a.is_whitespace() && b.is_whitespace())
}

/// Link texts that name no article.
pub(crate) fn is_generic(text: &str) -> bool {
    static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"lire\s+(?:la\s+suite|plus|l['’]article|davantage)|en\s+savoir\s+plus|voir\s+(?:plus|tout|tous)|la\s+suite",
            r"|suite|plus|more|read\s+more|continue\s+reading|weiterlesen|mehr|leer\s+más|leia\s+mais|s['’]abonner"
        );
        Regex::new(&format!(r"(?i)^\W*(?:{words})\W*$")).expect("a pattern of our own")
    });
    GENERIC.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn label(line: &str) -> Option<String> {
        at_start(line, &[]).map(|l| l.text)
    }

    #[test]
    fn every_form_of_the_label_is_known() {
        for line in [
            "Lire aussi : Région de Nioro",
            "À lire aussi",
            "A LIRE AUSSI",
            "LIRE AUSSI SUR REGARDS.FR >> Un autre",
            ">> A lire aussi : Pour revivre",
            "À lire également...",
            "Lire aussi\u{a0}: x",
            "Voir aussi :",
            "Sur le même sujet",
            "Articles liés",
            "+ Dans la même rubrique",
            "À lire aussi »",
            "Les articles de l'auteur",
            "Les articles de l’auteur",
            "Lire : un autre",
        ] {
            assert!(label(line).is_some(), "{line}");
        }
        assert_eq!(label("Lire aussi : Région").unwrap(), "Lire aussi");
    }

    #[test]
    fn false_friends_are_no_labels() {
        for line in ["Lire la suite sur le site", "Lirez-vous", "On peut lire aussi que", "Voir le jour"] {
            assert!(at_start(line, &[]).is_none_or(|l| l.weak && !l.announced), "{line}");
        }
        assert!(inside("Il faut lire aussi : ses livres").is_none());
        assert!(inside("La ville est prise. Lire aussi : Un autre jour").is_some());
    }
}
