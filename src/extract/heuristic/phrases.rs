//! Words that templates print around an article.

use std::sync::LazyLock;

use regex::Regex;

/// Names of what stands under an article.
const ENDS: &str = concat!(
    r"(?:leave|post|add)\s+a\s+(?:comment|reply)|(?:\d+\s+)?comments?(?:\s*\(?\d*\)?)|about\s+the\s+authors?|you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be interested).*",
    r"|related(?:\s+(?:articles?|posts?|stories|news|content|topics|links|reading|coverage))?|more\s+(?:from|on|in|stories|news|articles)\b.{0,40}|recommended(?:\s+(?:for you|articles|stories|reading|posts))?",
    r"|(?:read|up)\s+next|next\s+(?:article|post|story)|previous\s+(?:article|post|story)|share\s+this.*|tags?|filed\s+under|topics|trending(?:\s+now)?|most\s+(?:read|popular|viewed).*",
    r"|weitere\s+(?:informationen|artikel|themen|meldungen|nachrichten|beiträge|links)|mehr\s+zum\s+thema|schon\s+gelesen\s*\??|das\s+könnte\s+(?:sie|dich|euch)\s+auch.*|kommentare?(?:\s*\(?\d*\)?)|ähnliche\s+(?:artikel|beiträge).*|lesen\s+sie\s+auch|schlagw(?:o|ö)rte?r?|themen",
    r"|vea\s+también|noticias\s+relacionadas|te\s+puede\s+interesar|lea\s+también|comentarios|más\s+noticias|etiquetas|artículos\s+relacionados",
    r"|articles?\s+(?:liés|similaires|associés|récents)|sur\s+le\s+même\s+sujet|à\s+lire\s+aussi|commentaires?(?:\s*\(?\d*\)?)|laisser\s+un\s+commentaire.*|mots[- ]clés",
    r"|leggi\s+anche|articoli\s+correlati|lees\s+ook|leia\s+(?:também|mais)|veja\s+também|comentários"
);

/// Lines that ask something of the reader, or say what is printed everywhere.
const NOTICES: &str = concat!(
    r"(?:sign\s+up|subscribe)\s+(?:for|to|now|here|today|and)\b.{0,160}|follow\s+(?:us|me|him|her|@\w+|the author)\b.{0,120}|(?:click|tap)\s+here\b.{0,120}|(?:like|find|join)\s+us\s+on\b.{0,100}",
    r"|(?:©|\(c\)|copyright\b).{0,200}|all\s+rights\s+reserved.{0,60}|advertisement|continue\s+reading.{0,60}|(?:article|story)\s+continues\s+below.{0,40}|read\s+more\b.{0,120}|filed\s+under.{0,200}|tags?\s*:.{0,200}|posted\s+(?:in|by|on|under)\b.{0,100}",
    r"|loading\W*|print(?:\s+this.*)?|share(?:\s+this)?.{0,20}|image\s+(?:credit|source|copyright|caption)s?\b.{0,100}|photo(?:\s+(?:credit|by|courtesy))?s?\s*:.{0,100}|download\s+(?:our|the)\s+app.{0,60}"
);

static END: LazyLock<Regex> = LazyLock::new(|| whole(ENDS));
static NOTICE: LazyLock<Regex> = LazyLock::new(|| whole(NOTICES));

fn whole(words: &str) -> Regex {
    Regex::new(&format!(r"(?i)^\W*(?:{words})\W*$")).expect("a pattern of our own")
}

pub(super) fn is_end(line: &str) -> bool {
    line.len() < 160 && END.is_match(line)
}

pub(super) fn is_notice(line: &str) -> bool {
    line.len() < 240 && NOTICE.is_match(line)
}
