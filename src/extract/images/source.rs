//! Where a picture's bytes are: `src`, `srcset`, and the attributes that scripts fill them from.

use std::sync::LazyLock;

use crate::extract::pattern::pattern;
use percent_encoding::percent_decode_str;
use regex::Regex;
use scraper::{ElementRef, Selector};
use url::Url;

use crate::extract::text::fold;

/// Longer `<noscript>`s hold more than a picture; bytes.
const NOSCRIPT: usize = 20_000;
/// Pictures no wider than this are signs, faces and counters.
const NARROW: f64 = 100.0;

/// The address of the largest form of a picture, as written; `None` where it is a sign, a counter or a placeholder.
pub(super) fn largest(image: ElementRef<'_>) -> Option<String> {
    let in_picture = image.parent().and_then(ElementRef::wrap).filter(|p| p.value().name() == "picture");
    let sources = in_picture.into_iter().flat_map(|p| p.child_elements()).filter(|e| e.value().name() == "source");
    let forms: Vec<ElementRef<'_>> = sources.chain([image]).collect();
    if is_small(image) || is_shown_small(&forms) {
        return None;
    }
    let sets = forms.into_iter().flat_map(sets);
    let best = sets.max_by(|a, b| a.1.total_cmp(&b.1).then(std::cmp::Ordering::Greater));
    match best {
        Some((_, width)) if width > 10.0 && width <= NARROW => None,
        // Without widths the forms are cuts for other screens, and the element's own is the main one.
        Some((url, width)) if width <= 1.0 => single(image).or(Some(url)),
        Some((url, _)) => Some(url),
        None => single(image),
    }
}

/// Is the picture itself a sign, a face or a counter?
fn is_small(image: ElementRef<'_>) -> bool {
    let size = |name| image.attr(name).and_then(|w| w.trim().trim_end_matches("px").parse::<f64>().ok());
    let side = |name, most| size(name).is_some_and(|side| side > 0.0 && side <= most);
    side("width", NARROW) || side("height", NARROW / 2.0)
}

/// Do all its forms say `sizes`, and none more than a sign's?
fn is_shown_small(forms: &[ElementRef<'_>]) -> bool {
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^)]*\)"));
    let mut said = forms.iter().filter_map(|form| form.attr("sizes")).peekable();
    let narrow =
        |size: &str| size.trim().strip_suffix("px").and_then(|n| n.parse::<f64>().ok()).is_some_and(|n| n <= NARROW);
    said.peek().is_some() && said.all(|sizes| CONDITION.replace_all(sizes, "").split(',').all(narrow))
}

/// The candidates of every `srcset` of an element, whatever script reads it: address and width or density.
fn sets(element: ElementRef<'_>) -> Vec<(String, f64)> {
    let sets = element.value().attrs().filter(|(name, _)| name.ends_with("srcset") || name.ends_with("src-set"));
    sets.flat_map(|(_, set)| candidates(set)).filter(|(url, _)| is_picture(url)).collect()
}

/// HTML Standard, "Parse a srcset attribute", without its error reports.
fn candidates(set: &str) -> Vec<(String, f64)> {
    let mut out = Vec::new();
    let mut rest = set;
    while out.len() < 50 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (url, behind) = rest.split_at(end);
        if url.is_empty() {
            break;
        }
        let bare = url.trim_end_matches(',');
        let (descriptor, after) = if bare.len() == url.len() {
            behind.split_at(behind.find(',').unwrap_or(behind.len()))
        } else {
            ("", behind)
        };
        let descriptor = descriptor.trim().trim_end_matches(['w', 'x']);
        out.push((bare.to_owned(), descriptor.parse().unwrap_or(1.0)));
        rest = after;
    }
    out
}

/// One address: what a script would load comes before what stands in for it.
fn single(image: ElementRef<'_>) -> Option<String> {
    let attr = |name: &str| image.attr(name).map(str::trim).filter(|v| is_picture(v));
    let known = ["data-src", "data-lazy-src", "data-original", "data-lazy", "data-url", "data-image"];
    let lazy = known.into_iter().find_map(attr);
    let any = || {
        let data = image.value().attrs().filter(|(name, _)| name.starts_with("data-"));
        data.map(|(_, value)| value.trim()).find(|value| is_picture(value) && has_ending(value) && !value.contains(' '))
    };
    lazy.or_else(|| attr("src")).or_else(any).map(str::to_owned)
}

/// Has the address something to show: no inline data, no placeholder, no sign drawn by lines?
pub(super) fn is_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stand_in =
        ["placeholder", "blank.", "spacer", "transparent", "undefined", "1x1", "pixel.", "loading.", "lazy."];
    let words = name.split(|c: char| !c.is_alphanumeric());
    let drawn = ["gravatar.com/", "/logos/", "/icons/", "/avatars/", "/profiles/", "/newsletters/"]
        .iter()
        .any(|part| path.contains(part));
    let sign = drawn
        || words.into_iter().any(|word| matches!(word, "logo" | "icon" | "avatar" | "favicon" | "sprite" | "svg"));
    !url.is_empty()
        && !path.starts_with("data:")
        && !path.starts_with('{')
        && !sign
        && !stand_in.iter().any(|s| name.contains(s))
}

fn has_ending(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"].iter().any(|ending| path.ends_with(ending))
}

/// The picture that a page shows where no script runs, with its alternative text.
pub(super) fn hidden(noscript: ElementRef<'_>) -> (Option<String>, Option<String>) {
    let text: String = noscript.text().collect();
    if text.len() > NOSCRIPT || !text.contains("<img") {
        return (None, None);
    }
    let Ok(html) = crate::extract::parse(&text) else { return (None, None) };
    let selector = Selector::parse("img").expect("a selector of our own");
    let image = html.select(&selector).next();
    (image.and_then(largest), image.and_then(|i| i.attr("alt")).map(fold))
}

/// What two addresses of one picture have in common: its name or number, whatever size, cut, format or host.
pub(super) fn key(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return url.to_owned() };
    let inner = parsed.query_pairs().find(|(name, value)| name == "url" && value.contains('/'));
    if let Some((_, inner)) = inner.filter(|(_, inner)| !inner.contains("url=")) {
        return key(&inner);
    }
    let segments: Vec<&str> = parsed.path_segments().map(Iterator::collect).unwrap_or_default();
    // An encoded address stands in the path of some image servers.
    let segments: Vec<String> =
        segments.into_iter().map(|s| percent_decode_str(s).decode_utf8_lossy().into_owned()).collect();
    let mut segments: Vec<&str> = segments.iter().flat_map(|s| s.split('/')).collect();
    segments.retain(|s| !s.is_empty());
    let last = segments.last().copied().unwrap_or_default();
    let id = segments.iter().rev().take(3).find_map(|segment| long_tokens(segment));
    if let Some(id) = id {
        return id.to_ascii_lowercase();
    }
    let name = stem(last);
    if name.chars().filter(char::is_ascii_alphanumeric).count() >= 6 && !is_generic(&name) {
        // One name may stand for several pictures of a story, each under its number.
        let number = |s: &&&str| s.len() >= 7 && s.bytes().all(|b| b.is_ascii_digit());
        let number = segments.iter().rev().skip(1).find(number).copied().unwrap_or_default();
        return format!("{number}/{name}");
    }
    let before = segments.len().checked_sub(2).and_then(|at| segments.get(at)).copied().unwrap_or_default();
    let whole = before.is_empty() || is_generic(&name) && !parsed.path().contains('.');
    let query = parsed.query().filter(|_| whole).unwrap_or_default();
    format!("{before}/{name}{query}")
}

/// The hashes and numbers of a segment that are so long that they name one thing: all, as some servers repeat one.
fn long_tokens(segment: &str) -> Option<String> {
    let tokens = segment.split(|c: char| !c.is_ascii_alphanumeric());
    let unique = |t: &&str| {
        let digits = t.bytes().filter(u8::is_ascii_digit).count();
        let hex = t.bytes().all(|b| b.is_ascii_hexdigit());
        digits > 0 && (t.len() >= 20 || t.len() >= 12 && (hex || digits * 3 >= t.len()))
    };
    let found: Vec<&str> = tokens.filter(unique).collect();
    (!found.is_empty()).then(|| found.join("-"))
}

/// A file's name without its ending and its sizes.
fn stem(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let bare = match lower.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && !stem.is_empty() => stem,
        _ => &lower,
    };
    let is_size = |part: &&str| {
        let digits = part.trim_start_matches(['w', 'h', 'x']).trim_end_matches(['w', 'h', 'x']);
        !part.is_empty()
            && digits.split('x').all(|n| n.len() <= 4 && n.bytes().all(|b| b.is_ascii_digit()))
            && (part.contains('x') || part.contains('w') || part.contains('h'))
    };
    let parts: Vec<&str> =
        bare.split(['-', '_', '@', '.']).filter(|part| !is_size(part) && *part != "scaled").collect();
    parts.join("-")
}

fn is_generic(name: &str) -> bool {
    matches!(
        name,
        "original"
            | "image"
            | "default"
            | "large"
            | "medium"
            | "small"
            | "photo"
            | "thumbnail"
            | "header"
            | "landscape"
            | "portrait"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Option<String> {
        let html = crate::extract::parse(html).unwrap();
        html.select(&Selector::parse("img").unwrap()).next().and_then(largest)
    }

    #[test]
    fn the_largest_form_is_taken_wherever_it_is_kept() {
        assert_eq!(of("<img src=a.jpg srcset='b.jpg 640w, c,d.jpg 1280w,e.jpg 320w'>").unwrap(), "c,d.jpg");
        assert_eq!(of("<img src=a.jpg srcset='b.jpg 2x,c.jpg'>").unwrap(), "b.jpg");
        let picture =
            "<picture><source data-srcset='w.webp 900w'><img src=data:image/gif;base64,R0 data-src=s.jpg></picture>";
        assert_eq!(of(picture).unwrap(), "w.webp");
        assert_eq!(of("<img src=/placeholder.png data-lazy-src=/v.jpg>").unwrap(), "/v.jpg");
        assert_eq!(of("<img src=/blank.gif data-photo-main='/v.jpg?x=1'>").unwrap(), "/v.jpg?x=1");
    }

    #[test]
    fn signs_and_placeholders_are_none() {
        for html in [
            "<img src=logo.svg>",
            "<img src=a.jpg width=32>",
            "<img src=a.jpg width=1 height=1>",
            "<img src=spacer.gif>",
        ] {
            assert_eq!(of(html), None, "{html}");
        }
    }

    #[test]
    fn one_picture_is_known_in_all_its_sizes() {
        let same = [
            (
                "https://a.example/cut/414x233/f36a2f75da357356.jpg",
                "https://b.example/1200x630/f36a2f75da357356.webp?w=3",
            ),
            ("https://a.example/2024/05/le-fleuve-1024x683.jpg", "https://a.example/2024/05/le-fleuve.jpg"),
            (
                "https://a.example/_next/image?url=https%3A%2F%2Fb.example%2Fle-fleuve.jpg&w=64",
                "https://b.example/le-fleuve.jpg",
            ),
        ];
        for (a, b) in same {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("https://a.example/2024/pont-1.jpg"), key("https://a.example/2024/pont-2.jpg"));
        assert_ne!(key("https://a.example/1/original.jpg"), key("https://a.example/2/original.jpg"));
    }
}
