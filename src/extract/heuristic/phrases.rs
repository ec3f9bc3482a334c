//! Words that papers of all countries print around an article.

use std::sync::LazyLock;

use crate::extract::pattern::pattern;
use regex::Regex;

/// Names of what stands under an article: a whole line each. (Lists of related links are found by their own labels; here
/// they end the text where they have no links at all, or more than a list may have.)
const ENDS: &[&str] = &[
    r"(?:leave|post|add)\s+a\s+(?:comment|reply)|(?:\d+\s+)?comments?(?:\s*\(?\d*\)?)|about\s+the\s+authors?",
    r"you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested).*|recommended(?:\s+(?:for\s+you|\w+))?",
    r"related(?:\s+(?:articles?|posts?|stories|news|content|topics|links|reading|coverage))?|topics|filed\s+under|tags?",
    r"more\s+(?:from|on|in|stories|news|articles)\b.{0,40}|(?:read|up)\s+next|(?:next|previous)\s+(?:article|post|story)",
    r"share\s+this.*|trending(?:\s+now)?|most\s+(?:read|popular|viewed).*|(?:media|press)\s+contacts?|contacts?|our\s+standards.*",
    r"weitere\s+(?:\S+\s+)?(?:informationen|artikel|themen|meldungen|nachrichten|beiträge|links)\b.{0,60}|(?:noch\s+)?mehr\s+(?:zum\s+thema|themen)\b.{0,60}",
    r"schon\s+gelesen\s*\??|das\s+könnte\s+(?:sie|dich|euch)\s+auch.*|kommentare?(?:\s*\(?\d*\)?)|themen|verwandte\s+\w+",
    r"ähnliche\s+(?:artikel|beiträge).*|lesen\s+sie\s+auch|schlagw(?:o|ö)rte?r?|(?:presse)?kontakt",
    r"vea\s+también|noticias\s+relacionadas|(?:te|le)\s+puede\s+interesar|lea\s+también|comentarios|más\s+(?:noticias|información)",
    r"etiquetas|artículos\s+relacionados|leia\s+(?:também|mais)|veja\s+também|comentários|leggi\s+anche|articoli\s+correlati",
    r"articles?\s+(?:liés|similaires|associés|récents)|sur\s+le\s+même\s+sujet|à\s+lire\s+aussi|mots[- ]clés",
    r"more\s+(?:great|top|must-reads?)\b.{0,40}|about\s+the\s+(?:contributors?|reviewers?)",
    r"über\s+(?:den|die)\s+autor(?:in|en|innen)?\b.{0,40}|à\s+propos\s+de\s+l['’]aute.{0,30}|sobre\s+(?:el|la|los|o|a)\s+autor.{0,20}",
    r"(?:\S+\s+){0,4}(?:kostenlos|gratis)\s+testen.{0,40}|jetzt\s+(?:\S+\s+){0,2}(?:testen|abonnieren|weiterlesen).{0,40}",
    r"il\s+vous\s+reste\s+.{1,12}\s+de\s+cet\s+article\s+à\s+lire.{0,80}|(?:la\s+suite|cet\s+article)\s+est\s+réservée?\s+aux?\b.{0,60}",
    r"commentaires?(?:\s*\(?\d*\)?)|laisser\s+un\s+commentaire.*|lees\s+ook|czytaj\s+(?:też|także|również|więcej)",
];

/// Lines that ask something of the reader, or stand on every page, wherever they are: a whole line each.
const NOTICES: &[&str] = &[
    r"(?:sign\s+up|subscribe)\s+(?:for|to|now|here|today|and)\b.{0,160}|(?:click|tap)\s+here\b.{0,120}|loading",
    r"follow\s+(?:us|me|him|her|@\w+|the\s+author)\b.{0,120}|(?:like|find|join)\s+us\s+on\b.{0,100}|advert(?:isement)?",
    r"(?:©|\(c\)|copyright\b).{0,200}|all\s+rights\s+reserved.{0,60}|(?:article|story)\s+continues\s+below.{0,40}",
    r"continue\s+reading.{0,60}|read\s+more\b.{0,120}|filed\s+under.{0,200}|tags?\s*:.{0,200}|posted\s+(?:in|by|on|under)\b.{0,100}",
    r"print(?:\s+this.*)?|share(?:\s+this)?.{0,20}|download\s+(?:our|the)\s+app.{0,60}|\d+\s+min(?:ute)?s?\s+(?:read|lesezeit)",
    r"image\s+(?:credit|source|copyright|caption)s?\b.{0,100}|photo(?:\s+(?:credit|by|courtesy))?s?\s*:.{0,100}",
    r"in\s+this\b.{0,80}\b(?:photo|photograph|image)\b.{0,300}|(?:image|photo|slide)\s+\d+\s+of\s+\d+",
    r"(?:titel|beitrags)?(?:bild|foto)s?\s*:.{0,160}|quelle\s*:.{0,80}|(?:stand|publiziert|erstellt|veröffentlicht)\s*:.{0,40}\d.{0,20}",
    r"empfohlener\s+(?:redaktioneller|externer)\s+inhalt|an\s+dieser\s+stelle\s+find(?:est|en)\b.{0,220}|ein\s+klick\s+für\s+den\s+datenschutz",
    r"(?:ich\s+bin\s+)?damit\s+einverstanden\b.{0,220}|.{0,60}personenbezogene\s+daten\s+(?:können|werden)\b.{0,220}|\S+[- ]inhalte?\s+(?:erlauben|anzeigen|laden)",
    r"pour\s+(?:afficher|voir|lire)\s+ce\s+contenu\b.{0,220}|(?:ce|votre)\s+(?:contenu|consentement)\b.{0,60}(?:bloqué|\bcookies\b|nécessaire\b).{0,160}",
    r"don['’]t\s+miss(?:\s+\S+)?|article\s+content|this\s+content\s+is\s+(?:reserved|available)\b.{0,60}|sources?\s*:.{0,80}|more\s*:",
    r"(?:article|contenu)\s+réservé\s+aux?\b.{0,40}|(?:dieser\s+)?(?:artikel|text)\s+(?:ist\s+)?nur\s+für\s+abonnent.{0,60}",
    r"czytaj\s+(?:też|także|więcej)\b.{0,100}|le\s+puede\s+interesar\b.{0,120}",
    r"(?:abonnez|inscrivez)[- ]vous\b.{0,120}|rejoignez\s+(?:notre|nos|la)\s+(?:chaîne|groupes?|page|communauté)\b.{0,120}",
    r"suivez[- ]nous\b.{0,120}|suivez\s+(?:notre|la)\s+(?:chaîne|page)\b.{0,120}|téléchargez\s+(?:notre|l['’])\s?appli.{0,100}|\d+\s+votes?",
];

/// Sentences of the author, the paper and its letters, and requests to the reader, as they stand under a text only.
const TAILS: &[&str] = &[
    r"\b(?:is|was)\s+(?:a|an|the|our)\s+(?:[\w'’-]+\s+){0,6}?(?:writer|reporter|editor|journalist|author|(?:co-?)?founder)\b",
    r"\b(?:is|was)\s+(?:a|an|the|our)\s+(?:[\w'’-]+\s+){0,6}?(?:correspondent|columnist|contributor|freelancer?|blogger)\b",
    r"\b(?:follow|find|contact|e-?mail|reach|connect\s+with|write\s+to)\s+(?:\S+\s+){1,6}?(?:on|at|via)\s+(?:twitter|facebook)\b",
    r"\b(?:follow|find|connect\s+with)\s+(?:\S+\s+){1,6}?on\s+(?:instagram|linkedin|x\b)|\S+@\S+\.\w{2,}",
    r"\bsign\s+up\b|\bsubscrib|\bnewsletter|\bjoin\s+(?:us|our)\b|\bdownload\s+(?:our|the)\b|\bsupport\s+our\b|\baffiliate\b",
    r"\bdonat(?:e|ion)\b.*\bour\b|\bearn\s+an?\s+\S*\s*commission|\bcommission\s+if\b|\bhave\s+a\s+tip\b|©|\bread\s+(?:more|also)\b",
    r"\b(?:originally|first)\s+(?:appeared|published)\b|\bcontributed\s+(?:to\s+this|reporting)\b|\b(?:reporting|editing)\s+by\b",
    r"\bleave\s+(?:a|your)\s+comment|\bin\s+the\s+comments\b|\bthe\s+views\s+(?:and\s+opinions\s+)?expressed\b|\bdisclaimer\b",
    r"\ball\s+rights\s+reserved\b|\b(?:copyright|terms\s+of\s+use|privacy\s+policy)\b|\blearn\s+more\s+about\b|\bUrheberrecht",
    r"\bist\s+(?:\S+\s+){0,5}?(?:(?:Chef)?Redakteur|Autor|Journalist|Korrespondent)(?:in)?\b",
    r"\bmeinung\s+de[sr]\s+autor|\bwszelkie\s+prawa|\bprawem\s+autorskim|\btodos\s+los\s+derechos|\btous\s+droits|\brely\s+on\s+your\s+support",
    r"\bunterstützen\s+sie\s+uns|\bsoutenez[- ]nous|\bfaites\s+un\s+don\b|\b(?:ihnen|dir)\s+(?:der|dieser)\s+(?:artikel|beitrag)\s+gefallen",
    r"\b(?:this|cet|dieser|der)\s+(?:article|story|artikel|text)\s+(?:was|a\s+été|ist|wurde|erschien)\s+(?:\S+\s+){0,3}(?:published\b|publié|erschienen\b|zuerst\b)",
    r"\babonnier|\babonne[zr]|\bsuscr[ií]b|\bs[ií]guenos|\binscri(?:vez|s)-",
];

/// Longer lines in bytes name no end.
const LONGEST_END: usize = 160;
/// Longer lines in bytes are no notice.
const LONGEST_NOTICE: usize = 400;
/// Longer lines in bytes stand under no text.
const LONGEST_TAIL: usize = 700;

static END: LazyLock<Regex> = LazyLock::new(|| whole(ENDS));
static NOTICE: LazyLock<Regex> = LazyLock::new(|| whole(NOTICES));
static DATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:19|20)\d\d\b.*\b\d{1,2}:\d\d"));
static TAIL: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){}", TAILS.join("|"))));

fn whole(words: &[&str]) -> Regex {
    pattern(&format!(r"(?i)^\W*(?:{})\W*$", words.join("|")))
}

/// Does the line name something that stands under articles?
pub(super) fn is_end(line: &str) -> bool {
    line.len() < LONGEST_END && END.is_match(line)
}

/// Is the line a notice, wherever it stands?
pub(super) fn is_notice(line: &str) -> bool {
    line.len() < LONGEST_NOTICE && NOTICE.is_match(line)
}

/// Is the line, where it is the last one, said of the author or the paper?
pub(super) fn is_tail(line: &str) -> bool {
    line.len() < LONGEST_TAIL && TAIL.is_match(line)
}

/// Does the line tell a year and a time of the day, as those above a text do?
pub(super) fn is_dated(line: &str) -> bool {
    DATED.is_match(line)
}
