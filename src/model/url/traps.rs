//! Paths that grow by themselves: a relative link that the server answers at any depth.

/// Folders of a page's parts; one inside the other of the same name is a relative link gone wrong.
const PARTS: &[&str] = &[
    "css", "js", "img", "images", "image", "styles", "style", "scripts", "script", "fonts", "assets", "static",
    "media", "upload", "uploads", "lib", "themes", "plugins",
];

/// The longest cycle of segments looked for.
const LONGEST_CYCLE: usize = 5;

/// Does the path repeat itself: `/a/a/a`, `/a/b/a/b/a/b`, `/css/css/`, `%252525`, `amp;amp;`?
pub(super) fn repeats(path: &str) -> bool {
    if encoded_again(path) {
        return true;
    }
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    segments.windows(2).any(|pair| pair[0] == pair[1] && PARTS.contains(&pair[0].to_ascii_lowercase().as_str()))
        || (1..=LONGEST_CYCLE).any(|cycle| cycles(&segments, cycle))
}

/// Has something been encoded again on top of its own encoding?
pub(super) fn encoded_again(part: &str) -> bool {
    part.contains("%252525") || part.contains("amp;amp;")
}

/// Do `cycle` segments stand three times in a row? Numbers alone may: `/11/11/11/` is a day.
fn cycles(segments: &[&str], cycle: usize) -> bool {
    let mut same = 0;
    for at in cycle..segments.len() {
        let number = segments[at].bytes().all(|b| b.is_ascii_digit());
        same = if segments[at] == segments[at - cycle] && !(cycle == 1 && number) { same + 1 } else { 0 };
        if same == 2 * cycle {
            return true;
        }
    }
    false
}
