//! The charset that a page declares inside itself, by the prescan of the HTML standard.
//!
//! WHATWG HTML §13.2.3.2 "prescan a byte stream to determine its encoding", over the first 1,024 bytes. A `meta`
//! that comes later, but before the body, counts as well: browsers read the page again when they meet it
//! (§13.2.3.4 "changing the encoding while parsing").

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The standard's limit.
const WINDOW: usize = 1024;
/// Ours for late declarations; no head that is one of a page is longer.
const LATE_WINDOW: usize = 64 << 10;

/// The declared encoding: a `meta`, else the XML declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = |size: usize| &bytes[..bytes.len().min(size)];
    match bytes {
        [0x3c, 0, 0x3f, 0, 0x78, 0, ..] => return Some(UTF_16LE),
        [0, 0x3c, 0, 0x3f, 0, 0x78, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let early = || Scan { rest: window(WINDOW) }.meta().or_else(|| xml(window(WINDOW)));
    let late = || Scan { rest: before_body(window(LATE_WINDOW)) }.meta();
    early().or_else(late)
}

fn before_body(window: &[u8]) -> &[u8] {
    let body = window.windows(5).position(|w| w.eq_ignore_ascii_case(b"<body"));
    &window[..body.unwrap_or(window.len())]
}

/// "Get an XML encoding": the pseudo-attribute of `<?xml … ?>`.
fn xml(window: &[u8]) -> Option<&'static Encoding> {
    let declaration = window.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..find(declaration, b">")?];
    let after = &declaration[find(declaration, b"encoding")? + 8..];
    let after = trimmed(trimmed(after).strip_prefix(b"=")?);
    let (quote, value) = after.split_first().filter(|(q, _)| matches!(q, b'"' | b'\''))?;
    let value = &value[..find(value, &[*quote])?];
    if value.iter().any(|b| *b <= 0x20) {
        return None;
    }
    Encoding::for_label(value).map(usable)
}

/// A declaration that could be read as ASCII cannot mean UTF-16.
fn usable(encoding: &'static Encoding) -> &'static Encoding {
    match encoding.name() {
        "UTF-16LE" | "UTF-16BE" => UTF_8,
        "x-user-defined" => WINDOWS_1252,
        _ => encoding,
    }
}

struct Scan<'a> {
    rest: &'a [u8],
}

impl Scan<'_> {
    fn meta(&mut self) -> Option<&'static Encoding> {
        while let Some(at) = find(self.rest, b"<") {
            self.rest = &self.rest[at..];
            if self.rest.starts_with(b"<!--") {
                // The two hyphens of `<!-->` may belong to both ends.
                let end = find(&self.rest[2..], b"-->")?;
                self.rest = &self.rest[2 + end + 3..];
            } else if self.is_meta() {
                self.rest = &self.rest[5..];
                if let Some(encoding) = self.charset_of_meta() {
                    return Some(encoding);
                }
            } else if self.is_tag() {
                let end = self.rest.iter().position(|b| is_space(*b) || *b == b'>')?;
                self.rest = &self.rest[end..];
                while self.attribute().is_some() {}
            } else if matches!(self.rest, [_, b'!' | b'/' | b'?', ..]) {
                self.rest = &self.rest[find(self.rest, b">")?..];
            } else {
                self.rest = &self.rest[1..];
            }
        }
        None
    }

    fn is_meta(&self) -> bool {
        matches!(self.rest.get(1..6), Some([name @ .., end])
            if name.eq_ignore_ascii_case(b"meta") && (is_space(*end) || *end == b'/'))
    }

    fn is_tag(&self) -> bool {
        match self.rest {
            [_, b'/', letter, ..] | [_, letter, ..] => letter.is_ascii_alphabetic(),
            _ => false,
        }
    }

    fn charset_of_meta(&mut self) -> Option<&'static Encoding> {
        let (mut pragma, mut content, mut charset) = (None, None, None);
        while let Some((name, value)) = self.attribute() {
            // The first of each name counts, as for every attribute in HTML.
            let slot = match name.as_slice() {
                b"http-equiv" => &mut pragma,
                b"content" => &mut content,
                b"charset" => &mut charset,
                _ => continue,
            };
            slot.get_or_insert(value);
        }
        let by_pragma = || from_content(&content.filter(|_| pragma.as_deref() == Some(b"content-type"))?);
        match charset {
            Some(label) => Encoding::for_label(&label),
            None => by_pragma(),
        }
        .map(usable)
    }

    /// "Get an attribute": name and value in lower case; `None` at the tag's end or the window's.
    fn attribute(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        let start = self.rest.iter().position(|b| !is_space(*b) && *b != b'/')?;
        self.rest = &self.rest[start..];
        if self.rest.first() == Some(&b'>') {
            return None;
        }
        let stop = |(i, b): (usize, &u8)| is_space(*b) || matches!(b, b'/' | b'>') || (*b == b'=' && i > 0);
        let end = self.rest.iter().enumerate().position(stop)?;
        let name = self.rest[..end].to_ascii_lowercase();
        let after = trimmed(&self.rest[end..]);
        let Some(after) = after.strip_prefix(b"=") else {
            self.rest = &self.rest[end..];
            return Some((name, Vec::new()));
        };
        self.rest = trimmed(after);
        Some((name, self.value()?))
    }

    fn value(&mut self) -> Option<Vec<u8>> {
        let (first, inside) = self.rest.split_first()?;
        if matches!(first, b'"' | b'\'') {
            let end = find(inside, &[*first])?;
            self.rest = &inside[end + 1..];
            return Some(inside[..end].to_ascii_lowercase());
        }
        let end = self.rest.iter().position(|b| is_space(*b) || *b == b'>')?;
        let value = self.rest[..end].to_ascii_lowercase();
        self.rest = &self.rest[end..];
        Some(value)
    }
}

/// "Extracting a character encoding from a meta element", WHATWG HTML §2.4.4, and the `charset` of a Content-Type.
pub(super) fn from_content(value: &[u8]) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let mut rest = lower.as_slice();
    loop {
        rest = &rest[find(rest, b"charset")? + 7..];
        if let Some(after) = trimmed(rest).strip_prefix(b"=") {
            let after = trimmed(after);
            let label = match after {
                [quote @ (b'"' | b'\''), inside @ ..] => &inside[..find(inside, &[*quote])?],
                _ => {
                    &after[..after.iter().position(|b| is_space(*b) || matches!(b, b';' | b',')).unwrap_or(after.len())]
                }
            };
            return Encoding::for_label(label);
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.iter().position(|b| !is_space(*b)).unwrap_or(bytes.len())..]
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}
