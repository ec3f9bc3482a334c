//! The text of an XML or plain-text listing, whatever it says of its own charset.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes looked at for a declaration.
const DECLARATION: usize = 512;

/// A listing's text, and what was wrong with its bytes.
pub(super) struct Decoded<'a> {
    /// Without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// Why it had to be guessed at.
    pub(super) repaired: Option<String>,
}

/// Byte order mark, then UTF-8 if the bytes are that (nothing else looks like it by chance), then what the server's
/// `Content-Type` names, then the document's declaration (RFC 7303 §3.2, as WHATWG's order for pages), then a guess. Broken
/// letters become U+FFFD, one by one.
pub(super) fn decode<'a>(body: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        return by(encoding, &body[mark..], None);
    }
    if let [b'<', 0, ..] | [0, b'<', ..] = body {
        return by(if body[0] == 0 { UTF_16BE } else { UTF_16LE }, body, None);
    }
    let named = [content_type.and_then(of_header), declared(body)];
    if let Ok(text) = std::str::from_utf8(body) {
        // Seven-bit Japanese is valid UTF-8 and means something else.
        return match named.into_iter().flatten().next() {
            Some(encoding) if encoding == ISO_2022_JP => by(encoding, body, None),
            _ => Decoded { text: Cow::Borrowed(text), repaired: None },
        };
    }
    // The bytes are no UTF-8, and a document of ASCII letters cannot have been read as UTF-16 so far.
    let possible = |encoding: &&Encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding);
    match named.into_iter().flatten().find(possible) {
        Some(encoding) => by(encoding, body, None),
        None if mostly_utf8(body) => by(UTF_8, body, Some("some letters are not UTF-8".into())),
        None => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(body, true);
            let guessed = detector.guess(None, Utf8Detection::Deny);
            by(guessed, body, Some(format!("not UTF-8; read as {}", guessed.name())))
        }
    }
}

fn by<'a>(encoding: &'static Encoding, body: &'a [u8], repaired: Option<String>) -> Decoded<'a> {
    Decoded { text: encoding.decode_without_bom_handling(body).0, repaired }
}

/// The encoding that a `Content-Type` names, RFC 9110 §8.3.1.
fn of_header(content_type: &str) -> Option<&'static Encoding> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    Encoding::for_label(charsets.next()?.1.trim().trim_matches('"').as_bytes())
}

/// The encoding that an XML declaration names.
fn declared(body: &[u8]) -> Option<&'static Encoding> {
    let head = &body[..body.len().min(DECLARATION)];
    let text: String = head.iter().map(|byte| char::from(*byte)).collect();
    let declaration = &text[text.find("<?xml")?..];
    let declaration = &declaration[..declaration.find("?>")?];
    let value = declaration[declaration.find("encoding")?..].split_once('=')?.1.trim_start();
    let label = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Encoding::for_label(label.trim().as_bytes())
}

/// More letters of several bytes than bytes that fit nowhere?
fn mostly_utf8(body: &[u8]) -> bool {
    let (mut letters, mut broken) = (0usize, 0usize);
    for chunk in body.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    letters > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &[u8], content_type: Option<&str>) -> (String, bool) {
        let decoded = decode(body, content_type);
        (decoded.text.into_owned(), decoded.repaired.is_some())
    }

    #[test]
    fn charsets_declared_hinted_guessed_and_wrongly_declared() {
        let said = |yes: &str| (yes.to_owned(), false);
        let utf16: Vec<u8> = "\u{feff}<é>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16, None), said("<é>"));
        assert_eq!(text(&utf16[2..], None), said("<é>"));
        assert_eq!(text("\u{feff}é".as_bytes(), None), said("é"));
        assert_eq!(text(b"\xe9t\xe9", Some("application/rss+xml; charset=iso-8859-1")), said("été"));
        assert_eq!(text(b"\xa4", Some("text/xml;version=1;Charset=\"ISO-8859-15\"")), said("€"));
        let declared = b"<?xml version='1.0' encoding='windows-1252'?>\x93\xe9\x94";
        assert_eq!(text(declared, Some("text/xml; charset=utf-8")).0.split('>').next_back(), Some("“é”"));
        let header = text(declared, Some("application/xml; charset=windows-1251"));
        assert_eq!(header.0.split('>').next_back(), Some("“й”"), "the header before the document");
        let wrong = "<?xml version='1.0' encoding='iso-8859-1'?>été";
        assert_eq!(text(wrong.as_bytes(), None), said(wrong));
        assert_eq!(
            text(b"L'\xe9t\xe9 a \xe9t\xe9 tr\xe8s chaud \xe0 S\xe9gou", None).0,
            "L'été a été très chaud à Ségou"
        );
        assert_eq!(text(b"\xc3\xa9t\xc3\xa9 \xe9", None), ("été \u{fffd}".to_owned(), true));
    }
}
