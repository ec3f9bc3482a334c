//! One form of percent-encoding, RFC 3986 §6.2.2: what needs no code has none, hex digits are upper-case.

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends `part` of a URL in the one form. A `%` that begins no code becomes `%25`, so that a second pass finds nothing.
pub(super) fn push(out: &mut String, part: &str) {
    let bytes = part.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'%' {
            push_byte(out, byte, stands_bare(byte));
            continue;
        }
        if let Some(coded) = code(&bytes[at..]) {
            at += 2;
            push_byte(out, coded, unreserved(coded));
        } else {
            push_byte(out, b'%', false);
        }
    }
}

/// `part` in the one form.
pub(super) fn one_form(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    push(&mut out, part);
    out
}

fn push_byte(out: &mut String, byte: u8, bare: bool) {
    if bare {
        out.push(char::from(byte));
    } else {
        out.push('%');
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
}

fn code(after: &[u8]) -> Option<u8> {
    let [high, low, ..] = after else { return None };
    let high = char::from(*high).to_digit(16)?;
    let low = char::from(*low).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}

fn unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Reserved characters keep the form they came in, for the server may tell the two apart. The apostrophe is coded in both:
/// the URL parser codes it in queries, and French slugs come either way.
fn stands_bare(byte: u8) -> bool {
    unreserved(byte)
        || matches!(
            byte,
            b'/' | b'?' | b':' | b'@' | b'!' | b'$' | b'&' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'='
        )
}
