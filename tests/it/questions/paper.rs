//! A newspaper of nine stories, Le Journal of Nouméa, and the page of each.

/// One story as it is printed.
#[derive(Clone)]
pub(crate) struct Story {
    /// The last part of its address.
    pub(crate) slug: &'static str,
    pub(crate) title: &'static str,
    /// The paper's own clock is eleven hours before Greenwich.
    pub(crate) published: &'static str,
    pub(crate) modified: Option<&'static str>,
    /// What an edit changes.
    pub(crate) sentence: &'static str,
    /// The story that stands under "Lire aussi" between two paragraphs: address and headline.
    pub(crate) also: Option<(&'static str, &'static str)>,
    pub(crate) signature: Option<&'static str>,
}

const PLAIN: &str = "Les travaux ont coûté moins que prévu, selon l’entrepreneur, et la chaussée a été élargie.";

const fn story(slug: &'static str, title: &'static str, published: &'static str) -> Story {
    Story { slug, title, published, modified: None, sentence: PLAIN, also: None, signature: None }
}

pub(crate) const MARCHE: Story =
    Story { signature: Some("Awa KANTÉ"), ..story("marche", "Le marché rouvre", "2025-03-03T08:00:00+11:00") };
pub(crate) const PONT: Story =
    Story { signature: Some("Awa KANTÉ"), ..story("pont", "Le pont est ouvert", "2025-03-03T16:00:00+11:00") };
pub(crate) const ECOLE: Story = Story {
    also: Some(("pont", "Le pont est ouvert")),
    signature: Some("Paul WAMO"),
    ..story("ecole", "L’école a un toit", "2025-03-02T20:00:00+11:00")
};
pub(crate) const PORT: Story = Story {
    modified: Some("2025-03-02T10:30:00+11:00"),
    ..story("port", "Le port attend ses grues", "2025-03-02T09:00:00+11:00")
};
pub(crate) const MINE: Story = story("mine", "La mine reprend", "2025-03-01T12:00:00+11:00");
pub(crate) const DRAPEAU: Story = story("drapeau", "Un drapeau de trop", "2025-03-03T12:00:00+11:00");
pub(crate) const DOUANE: Story = story("douane", "La douane se tait", "2025-03-02T05:00:00+11:00");
pub(crate) const VIEUX: Story = story("vieux", "Un vieux compte", "2025-01-10T12:00:00+11:00");
pub(crate) const RECOLTE: Story = story("recolte", "La récolte commence", "2025-03-07T19:00:00Z");

impl Story {
    pub(crate) fn path(&self) -> String {
        format!("/articles/{}", self.slug)
    }

    /// Its page. Every story but the one on the market ends with the same list, which points to it.
    pub(crate) fn page(&self) -> String {
        let modified = self.modified.map(|at| format!("<time class=\"modifie\" datetime=\"{at}\">corrigé</time>"));
        let also =
            self.also.map(|(slug, title)| format!("<p>Lire aussi : <a href=\"/articles/{slug}\">{title}</a></p>"));
        let signature = self.signature.map(|name| format!("<p class=\"signature\">{name}</p>"));
        let list = (self.slug != MARCHE.slug).then(|| {
            let (path, title) = (MARCHE.path(), MARCHE.title);
            format!("<section><h3>Lire aussi</h3><ul><li><a href=\"{path}\">{title}</a></li></ul></section>")
        });
        format!(
            "<!DOCTYPE html><html lang=\"fr\"><head><title>{title} - Le Journal</title></head><body><main>\
             <h1>{title}</h1><p class=\"chapeau\">Le chapeau de « {title} » tient en une phrase entière.</p>\
             <time class=\"publie\" datetime=\"{published}\">publié</time>{modified}<div class=\"texte\">\
             <p>Les riverains l’attendaient depuis deux ans et ne cachaient pas leur joie, mardi matin, sur la place.</p>\
             {also}<p>{sentence}</p><p>Les taxis reprendront leur ancien trajet la semaine prochaine, promet le maire.</p>\
             </div>{signature}{list}</main></body></html>",
            title = self.title,
            published = self.published,
            modified = modified.unwrap_or_default(),
            also = also.unwrap_or_default(),
            sentence = self.sentence,
            signature = signature.unwrap_or_default(),
            list = list.unwrap_or_default(),
        )
    }
}

/// A feed of stories.
pub(crate) fn feed(stories: &[&Story]) -> String {
    let item = |s: &&Story| {
        let (title, path) = (s.title, s.path());
        format!("<item><title>{title}</title><link>https://journal.example{path}</link></item>")
    };
    let items: String = stories.iter().map(item).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>Le Journal</title>\
         <link>https://journal.example/</link><description>La une</description>{items}</channel></rss>"
    )
}

/// A front page of stories.
pub(crate) fn front(stories: &[&Story]) -> String {
    let link = |s: &&Story| format!("<h2><a href=\"{}\">{}</a></h2>", s.path(), s.title);
    let links: String = stories.iter().map(link).collect();
    format!("<!DOCTYPE html><html lang=\"fr\"><head><title>Le Journal</title></head><body>{links}</body></html>")
}

/// The profile that reads it.
pub(crate) const PROFILE: &str = r#"
name = "Le Journal"
zone = "Pacific/Noumea"
language = "fr"
hosts = ["journal.example"]

[pace]
delay = 0.01

[[listing]]
kind = "feed"
url = "https://journal.example/flux.xml"

[[listing]]
kind = "front"
url = "https://journal.example/"

[article]
paths = ['^/articles/[a-z]+$']

[[layout]]
title = [{ css = "h1" }]
lead = [{ css = ".chapeau" }]
body = [{ css = ".texte" }]
published = [{ css = "time.publie", attr = "datetime" }]
modified = [{ css = "time.modifie", attr = "datetime" }]
signature = [{ css = ".signature" }]
"#;
