//! Makes of a nearly-feed what the strict parser takes: one pass, every byte looked at once.

use crate::discover::entity;

/// What a feed's own markup begins with; anything before is the talk of a program that failed.
const BEGINNINGS: [&str; 7] = ["<?xml", "<rss", "<feed", "<rdf:rdf", "<rdf", "<channel", "<atom:feed"];

/// How far into the text its beginning is looked for.
const MAX_TALK: usize = 64 << 10;

/// The text from where the feed begins.
pub(super) fn from_beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_TALK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let begins = BEGINNINGS.iter().filter_map(|beginning| head.find(beginning)).min();
    begins.map_or(text, |at| &text[at..])
}

/// The text without its XML declaration: it is decoded, and the charset named there is no longer its own.
pub(super) fn without_declaration(text: &str) -> &str {
    let declared = text.starts_with("<?xml").then(|| text.find("?>")).flatten();
    declared.map_or(text, |end| text[end + 2..].trim_start())
}

/// The repaired text: talk before it, declarations, comments and control characters gone; a bare `&` or `<` coded; names that only HTML
/// knows spelt out; an `<rss>` of a version that the parser does not know called 2.0.
pub(super) fn repaired(text: &str) -> String {
    let mut rest = without_declaration(from_beginning(text));
    let mut out = String::with_capacity(rest.len() + 64);
    while let Some(at) = rest.find(['<', '&']) {
        push_clean(&mut out, &rest[..at]);
        rest = &rest[at..];
        rest =
            &rest[if rest.starts_with('&') { push_reference(&mut out, rest) } else { push_markup(&mut out, rest) }..];
    }
    push_clean(&mut out, rest);
    out
}

/// Writes what stands for the `&` at the head, and tells how much of the text it took.
fn push_reference(out: &mut String, text: &str) -> usize {
    let Some((meaning, length)) = entity::at_head(text) else {
        out.push_str("&amp;");
        return 1;
    };
    for c in meaning.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if is_xml(c) => out.push(c),
            _ => {}
        }
    }
    length
}

/// Writes the markup at the head, and tells how much of the text it took.
fn push_markup(out: &mut String, text: &str) -> usize {
    let upto = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    if text.starts_with("<![CDATA[") {
        let length = upto("]]>");
        push_clean(out, &text[..length]);
        return length;
    }
    if text.starts_with("<!--") {
        return upto("-->");
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        let length = upto(">");
        // The inner part of a document type: `<!DOCTYPE rss [ … ]>`.
        return if text[..length].contains('[') { upto("]>") } else { length };
    }
    let is_tag = text[1..].starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '_' | ':'));
    if !is_tag {
        out.push_str("&lt;");
        return 1;
    }
    // A tag without an end is where the text was cut off.
    let Some(end) = text.find('>') else { return text.len() };
    push_tag(out, &text[..=end]);
    end + 1
}

fn push_tag(out: &mut String, tag: &str) {
    let is_rss = tag.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("<rss"))
        && tag[4..].starts_with(|c: char| c.is_whitespace() || c == '>');
    if is_rss && !["\"2.0\"", "'2.0'", "\"0.91\"", "\"0.92\""].iter().any(|known| tag.contains(known)) {
        out.push_str("<rss version=\"2.0\"");
        // The name spaces are kept: the items use them.
        for attribute in tag[4..tag.len() - 1].split_whitespace().filter(|attribute| attribute.starts_with("xmlns")) {
            out.push(' ');
            out.push_str(attribute);
        }
        out.push('>');
        return;
    }
    let mut rest = tag;
    while let Some(at) = rest.find('&') {
        push_clean(out, &rest[..at]);
        rest = &rest[at..];
        rest = &rest[push_reference(out, rest)..];
    }
    push_clean(out, rest);
}

fn push_clean(out: &mut String, text: &str) {
    out.extend(text.chars().filter(|c| is_xml(*c)));
}

/// The characters of XML 1.0 §2.2.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
