//! Writing HTML as bytes: a page of this paper need not be valid UTF-8.

use super::paper::{NAME, Section};

/// A page under way.
#[derive(Debug, Default)]
pub(super) struct Html(Vec<u8>);

impl Html {
    /// Markup, as it is.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.extend_from_slice(markup.as_bytes());
        self
    }

    /// Text, escaped.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Text that may have lost half a letter, escaped.
    pub(super) fn bytes(&mut self, text: &[u8]) -> &mut Self {
        for &byte in text {
            match byte {
                b'&' => self.0.extend_from_slice(b"&amp;"),
                b'<' => self.0.extend_from_slice(b"&lt;"),
                b'>' => self.0.extend_from_slice(b"&gt;"),
                b'"' => self.0.extend_from_slice(b"&quot;"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// What was written.
    pub(super) fn done(self) -> Vec<u8> {
        self.0
    }

    /// A whole page around what `main` writes. Its title and `og:title` name the paper, never the story.
    pub(super) fn page(main: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut page = Self::default();
        page.raw("<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>").text(NAME);
        page.raw(" - Toute l’actualité au fil de l’eau</title>\n");
        for property in ["og:title", "og:site_name"] {
            page.raw("<meta property=\"").raw(property).raw("\" content=\"").text(NAME).raw("\">\n");
        }
        page.raw("<meta property=\"og:type\" content=\"website\">\n</head>\n<body class=\"antialiased\">\n");
        page.raw("<header class=\"flex\"><a href=\"/\">").text(NAME).raw("</a><nav class=\"flex\">");
        for section in Section::ALL {
            page.raw("<a href=\"/rubriques/").raw(section.slug()).raw("\">").text(section.name()).raw("</a> ");
        }
        page.raw("</nav></header>\n<main>\n");
        main(&mut page);
        page.raw("</main>\n<footer class=\"flex\"><p>").text(NAME);
        page.raw(", quotidien imaginaire du fleuve</p><p>Contact - Mentions légales</p></footer>\n</body>\n</html>\n");
        page.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_half_letters_pass() {
        let mut html = Html::default();
        html.text("a < b & \"c\" > d").bytes(b"\xc3.");
        assert_eq!(html.0, b"a &lt; b &amp; &quot;c&quot; &gt; d\xc3.");
    }
}
