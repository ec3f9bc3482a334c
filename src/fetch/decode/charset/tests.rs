use std::path::PathBuf;

use encoding_rs::{BIG5, EUC_KR, GB18030, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};
use proptest::prelude::*;

use super::*;

const FRENCH: &str =
    "L’été dernier, à Kayes, les élèves ont planté des arbres près du fleuve; où sont-ils aujourd’hui ?";

fn seen(bytes: &[u8], content_type: Option<&str>) -> (&'static str, CharsetSource, usize) {
    let got = text(bytes, content_type);
    (got.charset, got.source, got.replacements)
}

#[test]
fn the_order_is_mark_header_page_guess() {
    let page = |meta: &str| format!("<html><head>{meta}</head><p>ascii only").into_bytes();
    let meta = "<meta charset=windows-1251>";
    let header = Some("text/html; charset=\"ISO-8859-2\"; x=y");
    let marked = [b"\xef\xbb\xbf".to_vec(), page(meta)].concat();
    assert_eq!(seen(&marked, header), ("UTF-8", CharsetSource::Bom, 0));
    assert_eq!(seen(&page(meta), header), ("ISO-8859-2", CharsetSource::Header, 0));
    assert_eq!(seen(&page(meta), Some("text/html")), ("windows-1251", CharsetSource::Meta, 0));
    assert_eq!(seen(&page(meta), Some("text/html; charset=nonsense")), ("windows-1251", CharsetSource::Meta, 0));
    assert_eq!(seen(&page(""), None).1, CharsetSource::Detected);
    assert!(text(&marked, header).text.starts_with("<html>"), "the mark is no text");
    let xml = b"<?xml version='1.0' encoding='windows-1252'?><rss>\xe9t\xe9</rss>";
    assert_eq!(seen(xml, Some("application/xml")), ("windows-1252", CharsetSource::Meta, 0));
}

#[test]
fn utf_16_is_read_by_its_mark_or_its_header() {
    for little in [true, false] {
        let units = FRENCH.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() });
        let mark = if little { [0xff, 0xfe] } else { [0xfe, 0xff] };
        let bytes: Vec<u8> = mark.into_iter().chain(units).collect();
        let name = if little { "utf-16le" } else { "utf-16be" };
        assert_eq!(text(&bytes, None).text, FRENCH);
        assert_eq!(text(&bytes[2..], Some(&format!("text/plain;charset={name}"))).text, FRENCH);
    }
    let meta = b"<meta charset=utf-16><p>\xc3\xa9";
    assert_eq!(seen(meta, None), ("UTF-8", CharsetSource::Meta, 0), "read as ASCII, so not UTF-16");
}

#[test]
fn undeclared_pages_are_guessed() {
    for (encoding, letters) in [
        (UTF_8, FRENCH),
        (WINDOWS_1252, FRENCH),
        (WINDOWS_1252, "été"),
        (SHIFT_JIS, "東京の新聞は今朝の雨について書いている。"),
        (GB18030, "今天早上的报纸报道了昨天的雨和今年的收成。"),
        (BIG5, "今天早上的報紙報導了昨天的雨和今年的收成。"),
        (EUC_KR, "오늘 아침 신문은 어제 내린 비에 대해 썼다."),
        (WINDOWS_1251, "Сегодня утром газета написала о вчерашнем дожде."),
        (WINDOWS_1256, "كتبت الجريدة هذا الصباح عن أمطار الأمس."),
    ] {
        let (bytes, _, lossy) = encoding.encode(letters);
        assert!(!lossy);
        let got = text(&bytes, None);
        assert_eq!((got.text.as_str(), got.replacements), (letters, 0), "{} read as {}", encoding.name(), got.charset);
    }
}

/// A paper's server cuts leads to so many bytes, in the middle of a letter if need be; the page stays UTF-8.
#[test]
fn broken_utf_8_is_tolerated_letter_by_letter() {
    let short = b"<p>Il est accompagn\xc3.</p>";
    let long = [FRENCH.as_bytes(), b" accompagn\xc3. ", FRENCH.as_bytes(), b"\xc3"].concat();
    for declared in [Some("text/html; charset=utf-8"), None] {
        let page = [&b"<meta charset=utf-8>"[..], short].concat();
        let got = text(&page, declared);
        assert_eq!((got.charset, got.replacements), ("UTF-8", 1));
        assert!(got.text.ends_with("<p>Il est accompagn\u{fffd}.</p>"), "{}", got.text);
        let got = text(&[&b"<meta charset=utf-8>"[..], &long].concat(), declared);
        assert_eq!((got.charset, got.replacements), ("UTF-8", 2));
        assert!(got.text.contains("L’été dernier"));
    }
}

#[test]
fn a_declaration_that_does_not_fit_gives_way() {
    let (latin, ..) = WINDOWS_1252.encode(FRENCH);
    let said = Some("text/html; charset=utf-8");
    let got = text(&latin, said);
    assert_eq!((got.text.as_str(), got.charset, got.source), (FRENCH, "windows-1252", CharsetSource::Detected));
    let page = [&b"<meta charset='iso-8859-15'>"[..], &WINDOWS_1252.encode("déjà près").0].concat();
    let got = text(&page, said);
    assert_eq!((got.charset, got.source, got.replacements), ("ISO-8859-15", CharsetSource::Meta, 0));
    let got = text(FRENCH.as_bytes(), Some("text/html; charset=iso-2022-kr"));
    assert_eq!(got.text, FRENCH, "the standard's `replacement` encoding reads nothing");
}

#[test]
fn nul_does_not_pass_and_other_controls_do() {
    let got = text(b"a\0b\x0b\x1b\xe2\x80\xae\0", Some("text/plain; charset=utf-8"));
    assert_eq!(got.text, "a\u{fffd}b\u{b}\u{1b}\u{202e}\u{fffd}");
    assert_eq!(got.replacements, 0, "they were well-formed");
    assert_eq!(text(b"", None).text, "");
}

#[test]
fn megabytes_take_no_square_time() {
    let start = std::time::Instant::now();
    for hostile in
        [vec![0xff; 1 << 18], b"<meta a=".repeat(30_000), b"\xe9\xe8".repeat(1 << 17), b"<!--".repeat(1 << 16)]
    {
        assert!(!text(&hostile, Some("text/html; charset=utf-8")).text.is_empty());
    }
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn any_bytes_are_text_without_nul(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        header in proptest::option::of("text/html; ?charset=[\"']?(utf-8|utf-16|gb18030|iso-2022-jp|x|hz-gb-2312)"),
    ) {
        let got = text(&bytes, header.as_deref());
        prop_assert!(!got.text.contains('\0'));
        prop_assert!(got.replacements <= bytes.len());
    }

    #[test]
    fn valid_utf_8_that_says_so_comes_through_unchanged(letters in "[^\0\u{feff}]{0,200}") {
        let got = text(letters.as_bytes(), Some("text/html; charset=utf-8"));
        prop_assert_eq!((got.text, got.replacements), (letters, 0));
    }

    #[test]
    fn the_prescan_survives_any_markup(markup in "(<(meta|!--|/a|\\?|p) ?|charset|content|=|\"|'|>|-->|/| |utf-8|http-equiv){0,60}") {
        let _any_answer = text(markup.as_bytes(), None);
    }
}

/// The sniffing cases of html5lib-tests: `#data`, `#encoding`.
fn cases(file: &[u8]) -> Vec<(Vec<u8>, String)> {
    let mut cases = Vec::new();
    for part in split(file, b"#data\n").into_iter().skip(1) {
        let halves = split(part, b"\n#encoding\n");
        if let [data, name] = halves.as_slice() {
            cases.push((data.to_vec(), String::from_utf8_lossy(name).trim().to_owned()));
        }
    }
    cases
}

fn split<'a>(bytes: &'a [u8], by: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut start) = (Vec::new(), 0);
    while let Some(at) = bytes[start..].windows(by.len()).position(|w| w == by) {
        parts.push(&bytes[start..start + at]);
        start += at + by.len();
    }
    parts.push(&bytes[start..]);
    parts
}

/// Answered otherwise: the file declares EUC-JP and is written in UTF-8, and a declaration that does not fit gives way.
const EXCEPTIONS: [&str; 1] = ["test-yahoo-jp.dat 0: EUC-JP expected, UTF-8 detected"];

#[test]
fn html5libs_sniffing_cases() {
    let shared = std::env::var_os("GRIOT_SHARED").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let folder = shared.join("html5lib-encoding");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let (mut total, mut wrong) = (0, Vec::new());
    for name in ["tests1.dat", "tests2.dat", "test-yahoo-jp.dat"] {
        for (i, (data, expected)) in cases(&std::fs::read(folder.join(name)).unwrap()).into_iter().enumerate() {
            let expected = Encoding::for_label(expected.as_bytes()).unwrap().name();
            let got = text(&data, None);
            total += 1;
            if got.charset != expected {
                wrong.push(format!("{name} {i}: {expected} expected, {} {}", got.charset, got.source.word()));
            }
        }
    }
    println!("html5lib encoding: {} of {total} right; otherwise: {wrong:?}", total - wrong.len());
    assert_eq!((total, wrong.as_slice()), (82, &EXCEPTIONS.map(str::to_owned)[..]));
}
