use super::*;

fn base() -> Url {
    Url::parse("https://journal.example/politique?x=1").unwrap()
}

fn read(html: &str) -> Listing {
    read_section(&Html::parse_document(html), &base(), None, 1)
}

fn shown(listing: &Listing) -> Vec<(u32, &str, &str)> {
    listing.found.iter().map(|f| (f.rank, f.url.as_str(), f.title.as_deref().unwrap_or("-"))).collect()
}

#[test]
fn links_in_document_order_each_once_with_its_best_text() {
    let listing = read(
        "<a href='#haut'>Haut</a><a href='/politique?x=1#bas'>Ici</a><a href='mailto:a@b'>M</a><a href='javascript:x()'>J</a>
         <article><a href='/posts/un'><img src=i alt='Photo'></a><h2><a href='/posts/un'>Le  premier\ntitre</a></h2>
         <a href='/posts/un#com'>Lire la suite</a></article>
         <article><a href='posts/deux'><span>12 mai</span><h3>Le second titre</h3><p>Un chapeau assez long pour être lu.</p></a></article>
         <a href='https://ailleurs.example/x'>Ailleurs</a><a href='/vide'></a><a href='/etiquette' aria-label='Dit'><svg></svg></a>",
    );
    assert_eq!(
        shown(&listing),
        [
            (0, "https://journal.example/posts/un", "Le premier titre"),
            (1, "https://journal.example/posts/deux", "Le second titre"),
            (2, "https://ailleurs.example/x", "Ailleurs"),
            (3, "https://journal.example/vide", "-"),
            (4, "https://journal.example/etiquette", "Dit"),
        ]
    );
    assert_eq!((listing.source, listing.health), (Source::Section, Health::Sound));
}

#[test]
fn the_longer_text_wins_where_no_heading_tells() {
    let listing = read(
        "<a href=/a>Lire</a><a href=/a>Le gouvernement annonce un plan</a><a href=/a>Voir l'article en entier ici</a>",
    );
    assert_eq!(shown(&listing)[0].2, "Le gouvernement annonce un plan");
}

#[test]
fn a_base_is_respected_and_a_bad_one_is_not() {
    let based = read("<base href='https://cdn.example/fr/'><a href='a'>A</a>");
    assert_eq!(based.found[0].url.as_str(), "https://cdn.example/fr/a");
    let bad = read("<base href='javascript:x'><a href='a'>A</a>");
    assert_eq!(bad.found[0].url.as_str(), "https://journal.example/a");
}

fn next(html: &str, next: NextPage, number: u32) -> Option<String> {
    let pagination = Pagination { next, most: 4 };
    let listing = read_section(&Html::parse_document(html), &base(), Some(&pagination), number);
    listing.further.first().map(|found| found.url.to_string())
}

#[test]
fn the_next_page_by_link_or_by_count() {
    let link = || NextPage::Link(Selector::parse(".suivant").unwrap());
    let page = "<a href=/a>A</a><li class=suivant><a href='?page=2'>»</a></li>";
    assert_eq!(next(page, link(), 1).as_deref(), Some("https://journal.example/politique?page=2"));
    assert_eq!(next(page, link(), 4), None, "no deeper than asked");
    assert_eq!(next("<a class=suivant href='?x=1#p'>»</a><a href=/a>A</a>", link(), 1), None, "not to itself");
    assert_eq!(next("<a href=/a>A</a>", link(), 1), None);
    let counted = || NextPage::Counted { pattern: "https://journal.example/p?debut={n}".into(), first: 20, step: 20 };
    assert_eq!(next(page, counted(), 1).as_deref(), Some("https://journal.example/p?debut=20"));
    assert_eq!(next(page, counted(), 3).as_deref(), Some("https://journal.example/p?debut=60"));
    assert_eq!(next("<p>rien</p>", counted(), 1), None, "an empty page is the last");
    let huge = NextPage::Counted { pattern: "/p{n}".into(), first: u32::MAX, step: u32::MAX };
    assert_eq!(next(page, huge, 3), None);
}

#[test]
fn a_page_of_a_hundred_thousand_links_is_capped() {
    let links: Vec<String> = (0..100_000).map(|n| format!("<a href=/{n}>x</a>")).collect();
    let listing = read(&links.concat());
    assert_eq!(listing.found.len(), MAX_LINKS);
    assert!(matches!(listing.health, Health::Partial(_)));
    assert!(matches!(read("<p>rien</p>").health, Health::Broken(_)));
}
