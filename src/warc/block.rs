//! The block of a response: a status line and headers as rebuilt, an empty line, and the body as sent.

use std::borrow::Cow;
use std::ops::Range;

/// Marks a header that would lie about the block it stands before. RFC-less tradition of crawlers that undo chunking.
const ASIDE: &str = "x-archive-orig-";

/// A status line and headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, Vec<u8>)>,
}

/// Writes status line, headers and the empty line; `body` is the length of what will follow.
///
/// A `transfer-encoding` was undone by the client, and a `content-length` may tell another length than the body that
/// came: both are set aside under another name, so that what frames the block is true.
pub(super) fn head(status: u16, headers: &[(String, Vec<u8>)], body: usize) -> Vec<u8> {
    let reason = http::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or("");
    let mut out = format!("HTTP/1.1 {status} {reason}\r\n").into_bytes();
    out.extend(header_lines(headers, Some(body)));
    out.extend_from_slice(b"\r\n");
    out
}

/// Headers alone, a line each; with a `body` length those that would lie about it are set aside.
pub(super) fn header_lines(headers: &[(String, Vec<u8>)], body: Option<usize>) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in headers {
        if name.starts_with(ASIDE) || body.is_some_and(|body| lies(name, value, body)) {
            out.extend_from_slice(ASIDE.as_bytes());
        }
        out.extend(name.bytes().map(|b| if is_token(b) { b } else { b'-' }));
        out.extend_from_slice(b": ");
        out.extend(value.iter().map(|&b| if matches!(b, b'\r' | b'\n' | 0) { b' ' } else { b }));
        out.extend_from_slice(b"\r\n");
    }
    out
}

fn lies(name: &str, value: &[u8], body: usize) -> bool {
    match name {
        "transfer-encoding" => true,
        "content-length" => value.trim_ascii() != body.to_string().as_bytes(),
        _ => false,
    }
}

/// RFC 9110 §5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Takes a block apart; `None` when it does not begin with a status line. The range is the body's.
pub(super) fn split(block: &[u8]) -> Option<(Head, Range<usize>)> {
    let (line, mut at) = next_line(block, 0)?;
    let mut words = line.splitn(3, |&b| b == b' ');
    words.next().filter(|version| version.starts_with(b"HTTP/"))?;
    let status = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    let start = at;
    while let Some((line, next)) = next_line(block, at) {
        at = next;
        if line.is_empty() {
            break;
        }
    }
    Some((Head { status, headers: read_header_lines(&block[start..at]) }, at..block.len()))
}

/// Reads what [`header_lines`] wrote, and what others write: names in lower case, folded lines joined.
pub(super) fn read_header_lines(lines: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
    let mut at = 0;
    while let Some((line, next)) = next_line(lines, at) {
        at = next;
        if line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(b' ');
                value.extend_from_slice(line.trim_ascii());
            }
        } else if let Some(colon) = line.iter().position(|&b| b == b':') {
            let name = String::from_utf8_lossy(line[..colon].trim_ascii()).to_ascii_lowercase();
            headers.push((own_name(&name).into_owned(), line[colon + 1..].trim_ascii().to_vec()));
        }
    }
    headers
}

fn own_name(name: &str) -> Cow<'_, str> {
    Cow::Borrowed(name.strip_prefix(ASIDE).unwrap_or(name))
}

/// The line that begins at `at`, without its end, and where the next begins.
fn next_line(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
    let (line, next) = match rest.iter().position(|&b| b == b'\n') {
        Some(end) => (&rest[..end], at + end + 1),
        None => (rest, bytes.len()),
    };
    Some((line.strip_suffix(b"\r").unwrap_or(line), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        pairs.iter().map(|(n, v)| ((*n).to_owned(), v.as_bytes().to_vec())).collect()
    }

    #[test]
    fn framing_that_is_not_the_blocks_is_set_aside_and_comes_back() {
        let sent = headers(&[
            ("transfer-encoding", "chunked"),
            ("content-length", "99"),
            ("content-length", "4"),
            ("x-archive-orig-server", "odd"),
        ]);
        let mut block = head(200, &sent, 4);
        let text = String::from_utf8(block.clone()).unwrap();
        assert!(text.contains("x-archive-orig-transfer-encoding: chunked\r\n"), "{text}");
        assert!(text.contains("x-archive-orig-content-length: 99\r\n"), "{text}");
        assert!(text.contains("\r\ncontent-length: 4\r\n"), "{text}");
        block.extend_from_slice(b"corp");
        let (read, body) = split(&block).unwrap();
        assert_eq!(read, Head { status: 200, headers: sent });
        assert_eq!(&block[body], b"corp");
    }

    #[test]
    fn a_header_cannot_end_its_line() {
        let sent = headers(&[("x-a\r\nb", "1\r\n\r\n<html>")]);
        let (read, body) = split(&head(200, &sent, 0)).unwrap();
        assert_eq!(read.headers, headers(&[("x-a--b", "1    <html>")]));
        assert!(body.is_empty());
    }

    #[test]
    fn blocks_of_others_are_read_leniently() {
        let block = b"HTTP/1.0 302 Found\nLocation: /a\n b\nNo colon\n\nbody";
        let (read, body) = split(block).unwrap();
        assert_eq!(read, Head { status: 302, headers: headers(&[("location", "/a b")]) });
        assert_eq!(&block[body], b"body");
        assert!(split(b"GET / HTTP/1.1\r\n\r\n").is_none());
        assert!(split(b"").is_none());
        assert!(split(b"HTTP/1.1 OK").is_none());
    }
}
