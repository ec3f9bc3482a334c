//! Bytes to text by the WHATWG order: BOM, header, declaration in the page, detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, REPLACEMENT, UTF_8};

use super::prescan;

/// More malformed sequences than one in so many letters, and the declaration is doubted.
const DOUBT: usize = 1000;

/// A body as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The letters; no U+0000 (it becomes U+FFFD, since databases refuse it), no byte-order mark.
    pub text: String,
    /// The encoding's name in the WHATWG Encoding standard, "UTF-8" or "windows-1252".
    pub charset: &'static str,
    /// Who said so.
    pub source: CharsetSource,
    /// Malformed byte sequences that became U+FFFD.
    pub replacements: usize,
}

/// Who named the charset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharsetSource {
    /// A byte-order mark.
    Bom,
    /// The Content-Type header.
    Header,
    /// A `meta` or the XML declaration.
    Meta,
    /// Nobody: guessed from the bytes.
    Detected,
}

impl CharsetSource {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bom => "bom",
            Self::Header => "header",
            Self::Meta => "meta",
            Self::Detected => "detected",
        }
    }
}

/// Decodes a body, whatever it is; `content_type` is the header as sent.
///
/// A declared charset is kept while it fits: at most one malformed sequence in a thousand letters, or a single one,
/// or (UTF-8) fewer malformed than well-formed ones — a page cut inside a letter stays UTF-8 with one U+FFFD.
/// One that does not fit gives way to the next in the order; when none fits, the one with the fewest losses stays.
#[must_use]
pub fn text(bytes: &[u8], content_type: Option<&str>) -> Text {
    let mut best: Option<Text> = None;
    let mut tried: Vec<&'static Encoding> = Vec::new();
    for source in [CharsetSource::Bom, CharsetSource::Header, CharsetSource::Meta, CharsetSource::Detected] {
        let Some(encoding) = named_by(source, bytes, content_type).filter(|e| !tried.contains(e)) else { continue };
        tried.push(encoding);
        let attempt = decoded(encoding, source, bytes);
        if fits(&attempt, bytes, encoding) {
            return attempt;
        }
        let better = best.as_ref().is_none_or(|b| attempt.replacements < b.replacements);
        best = if better { Some(attempt) } else { best };
    }
    best.unwrap_or_else(|| decoded(UTF_8, CharsetSource::Detected, bytes))
}

fn named_by(source: CharsetSource, bytes: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    match source {
        CharsetSource::Bom => Encoding::for_bom(bytes).map(|(encoding, _)| encoding),
        CharsetSource::Header => content_type.and_then(|c| prescan::from_content(c.as_bytes())),
        CharsetSource::Meta => prescan::declared(bytes),
        CharsetSource::Detected => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            // ASCII is what the standard falls back to, not proof of UTF-8.
            let utf8 = if bytes.is_ascii() { Utf8Detection::Deny } else { Utf8Detection::Allow };
            Some(detector.guess(None, utf8))
        }
    }
}

fn decoded(encoding: &'static Encoding, source: CharsetSource, bytes: &[u8]) -> Text {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(bytes.len());
    // A small piece at a time: each call touches all the room it is given, and there may be one call per byte.
    let mut piece = [0; 4096];
    let (mut rest, mut replacements) = (bytes, 0);
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(rest, &mut piece, true);
        rest = &rest[read..];
        text.push_str(&String::from_utf8_lossy(&piece[..written]));
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                replacements += 1;
                text.push('\u{fffd}');
            }
        }
    }
    if text.contains('\0') {
        text = text.replace('\0', "\u{fffd}");
    }
    Text { text, charset: encoding.name(), source, replacements }
}

fn fits(attempt: &Text, bytes: &[u8], encoding: &'static Encoding) -> bool {
    if encoding == REPLACEMENT {
        return bytes.is_empty();
    }
    attempt.replacements <= 1
        || attempt.replacements.saturating_mul(DOUBT) <= bytes.len()
        || (encoding == UTF_8 && attempt.replacements < well_formed(&attempt.text, attempt.replacements))
}

/// Letters beyond ASCII that were well-formed: what accidental UTF-8 does not have.
fn well_formed(text: &str, replacements: usize) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count() - replacements
}

#[cfg(test)]
mod tests;
