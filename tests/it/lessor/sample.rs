//! A page of L'Essor as text, taken apart by the order of its blocks.

/// One card of "Les articles de l'auteur".
pub(crate) struct Card {
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) by: String,
    pub(crate) published: String,
}

/// What stands on the page, in order.
pub(crate) struct Sample {
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) published: String,
    /// Between the title's second occurrence and the first label; captions and names included.
    pub(crate) lines: Vec<String>,
    pub(crate) related: Vec<(String, String)>,
    pub(crate) cards: Vec<Card>,
    pub(crate) notice: Vec<String>,
}

impl Sample {
    pub(crate) fn parse(text: &str) -> Self {
        let all = text.lines().map(str::trim).filter(|l| l.chars().any(char::is_alphanumeric) || *l == "-.");
        let lines: Vec<String> = all.map(str::to_owned).collect();
        let find = |from: usize, start: &str| {
            from + lines[from..].iter().position(|l| l.starts_with(start)).unwrap_or_else(|| panic!("{start}"))
        };
        let published = find(0, "Publié ");
        assert_eq!(lines[published + 1], lines[0], "the title stands twice");
        let label = find(0, "Lire aussi : ");
        let author = find(label, "Les articles de l'auteur");
        let notice = find(author, "L’espace des contributions");
        let pair = |pair: &[String]| (pair[0].trim_start_matches("Lire aussi : ").to_owned(), pair[1].clone());
        let card = |card: &[String]| {
            let [title, lead, by, published] = card else { panic!("a card has four lines: {card:?}") };
            Card { title: title.clone(), lead: lead.clone(), by: by.clone(), published: published.clone() }
        };
        Self {
            title: lines[0].clone(),
            lead: lines[1].clone(),
            published: lines[published].clone(),
            lines: lines[published + 2..label].to_vec(),
            related: lines[label..author].chunks(2).map(pair).collect(),
            cards: lines[author + 1..notice].chunks(4).map(card).collect(),
            notice: lines[notice..].to_vec(),
        }
    }

    /// The account that posts: the last line.
    pub(crate) fn account(&self) -> &str {
        self.lines.last().expect("a line")
    }

    /// The office it comes from: the line before.
    pub(crate) fn credit(&self) -> &str {
        &self.lines[self.lines.len() - 2]
    }

    /// A caption is a bare line without a stop; sub-heads have a colon inside.
    pub(crate) fn is_caption(line: &str) -> bool {
        !line.ends_with(['.', '!', '?', '»', ':']) && !line.contains(" :") && !line.contains("\u{a0}:")
    }

    pub(crate) fn text(&self) -> &[String] {
        &self.lines[..self.lines.len() - 2]
    }

    pub(crate) fn captions(&self) -> impl Iterator<Item = &str> {
        self.text().iter().map(String::as_str).filter(|l| Self::is_caption(l))
    }

    /// What is the article's text.
    pub(crate) fn body(&self) -> impl Iterator<Item = &str> {
        self.text().iter().map(String::as_str).filter(|l| !Self::is_caption(l))
    }
}
