//! One small page for each trap.

use std::time::Duration;

use jiff::Timestamp;
use rustix::time::{ClockId, clock_gettime};
use url::Url;

use crate::extract::{Page, read};
use crate::profile::Profile;

const ONE: &str =
    "<p>Le conseil municipal a voté hier soir, à une voix près, le budget de la nouvelle école du quartier.</p>";
const TWO: &str = "<p>Les travaux commenceront au printemps, si la pluie le permet, et dureront deux ans au moins.</p>";
const THREE: &str =
    "<p>Les parents, venus en nombre, ont applaudi debout, puis ils sont rentrés par la route du fleuve.</p>";
const OTHER: &str =
    "<p>Une tout autre histoire, qui se passe bien loin de là, et que cette page n’annonce qu’en passant.</p>";

/// The body that griot's own rules find, its blocks by their first word.
fn body(inside: &str) -> String {
    let toml = "name = 'Le Soir'\nzone = 'UTC'\nlanguage = 'fr'\nhosts = ['soir.example']\n[article]\npaths = []\n";
    let profile = Profile::parse("soir", "soir.toml", toml).unwrap();
    let url = Url::parse("https://soir.example/une-page").unwrap();
    let html = format!("<html><head><title>L’école</title></head><body>{inside}</body></html>");
    let captured_at = Timestamp::from_second(1_750_000_000).unwrap();
    let page = Page { url: &url, html: &html, captured_at, status: 200, headers: &[], names: &[] };
    let blocks = read(&page, &profile).article.text.body;
    let words: Vec<&str> = blocks.iter().filter_map(|b| b.text.split(' ').next()).collect();
    words.join(" ")
}

fn article(inside: &str) -> String {
    body(&format!("<h1>L’école</h1><div class=text>{inside}</div>"))
}

#[test]
fn a_text_in_several_boxes_is_one_text() {
    let boxes = format!("<div><div>{ONE}{TWO}</div></div><div><div>{THREE}</div></div>");
    assert_eq!(article(&boxes), "Le Les Les");
}

#[test]
fn menus_and_named_boxes_are_no_text() {
    let menu = "<ul><li><a href=/a>Le sport de toute la région</a><li><a href=/b>La météo de la semaine</a></ul>";
    for named in ["class=related-posts", "id=sidebar", "class='box newsletterSignup'", "role=navigation class=menu"] {
        assert_eq!(article(&format!("{ONE}{menu}{TWO}<div {named}>{OTHER}</div>{THREE}")), "Le Les Les", "{named}");
    }
}

#[test]
fn an_address_within_the_page_says_nothing_of_the_text_under_it() {
    for id in ["partager-la-route-avec-les-autres", "related-to-the-old-school", "meta-and-more"] {
        let section = format!("<section id={id}><h2>Avec les autres</h2>{TWO}</section>");
        let found = article(&format!("{ONE}{section}{THREE}"));
        assert_eq!(found, if id == "meta-and-more" { "Le Les" } else { "Le Avec Les Les" }, "{id}");
    }
}

#[test]
fn text_that_flows_around_its_picture_is_text_and_what_is_set_apart_from_it_a_caption() {
    let long = "Le conseil a voté hier soir, à une voix près, le budget de la nouvelle école, que tous attendaient depuis longtemps.";
    let wrapped = |inside: &str| article(&format!("<p><img src=/ecole.jpg>{inside}</p>{TWO}{THREE}"));
    assert_eq!(wrapped(long), "Le Les Les");
    assert_eq!(wrapped(&format!(" <b>Le conseil</b>{}", long.trim_start_matches("Le conseil"))), "Le Les Les");
    let beside =
        format!("<div><p>{long}</p><figure><img src=/ecole.jpg></figure><figcaption>L’école.</figcaption></div>");
    let beside = format!("{beside}{TWO}{THREE}");
    assert_eq!(article(&beside), "Le Les Les", "beside a caption that is named");
    for caption in ["<br>", "<em>", "<small>"] {
        assert_eq!(wrapped(&format!("{caption}{long}")), "Les Les", "{caption}");
    }
    assert_eq!(wrapped("Le conseil, hier soir."), "Les Les");
    assert_eq!(wrapped(&format!("{long} Photo : Awa Diarra")), "Les Les");
}

#[test]
fn what_is_not_shown_is_no_text() {
    for unseen in ["hidden", "style='visibility: hidden'", "style='display:none'", "aria-hidden=true"] {
        let found = article(&format!("{ONE}<div {unseen}>{OTHER}</div>{TWO}{THREE}"));
        assert_eq!(found, "Le Les Les", "{unseen}");
    }
    assert_eq!(article(&format!("{ONE}<div hidden=until-found>{TWO}</div>{THREE}")), "Le Les Les");
}

#[test]
fn a_day_above_the_text_is_no_text() {
    for day in [
        "<ul><li>Lundi 3 mars 2025</li></ul>",
        "<p>3 mars 2025 - 14:05</p>",
        "<p>Le Soir | <time>03.03.2025 à 13h36</time> • Mis à jour le 4 mars 2025 | Par <a>Awa Diarra</a>, Ali Touré</p>",
    ] {
        assert_eq!(article(&format!("{ONE}{day}{TWO}{THREE}")), "Le Les Les", "{day}");
    }
    assert_eq!(
        article(&format!("<p>2 mars 2025</p>{ONE}{TWO}{THREE}<p>3 mars 2025</p>{TWO}")),
        "Le Les Les 3 Les",
        "a chronicle's"
    );
}

#[test]
fn comments_are_no_text_however_long() {
    let comments = format!("<div class=comments>{}</div>", OTHER.repeat(40));
    assert_eq!(article(&format!("{ONE}{TWO}{comments}")), "Le Les");
    assert_eq!(article(&format!("{ONE}{TWO}<aside>{}</aside>", OTHER.repeat(40))), "Le Les");
}

#[test]
fn names_that_lie_are_not_listened_to() {
    let lies = format!("<div class=widget>{ONE}</div><div class=widget>{TWO}</div><div class=widget>{THREE}</div>");
    assert_eq!(article(&lies), "Le Les Les");
    assert_eq!(body(&format!("<div class='has-sidebar ads'><h1>L’école</h1><div>{ONE}{TWO}</div></div>")), "Le Les");
}

#[test]
fn a_page_in_a_form_or_still_streaming_is_a_page() {
    assert_eq!(body(&format!("<form><h1>L’école</h1><div>{ONE}{TWO}</div></form>")), "Le Les");
    assert_eq!(body(&format!("<h1>L’école</h1><div hidden id='S:0'><div>{ONE}{TWO}</div></div>")), "Le Les");
    assert_eq!(body(&format!("<h1>L’école</h1><div>{ONE}{TWO}</div><div hidden>{OTHER}</div>")), "Le Les");
}

#[test]
fn other_stories_beside_the_headline_s_are_not_its_text() {
    let stories = format!("<article>{OTHER}</article>").repeat(4);
    assert_eq!(
        body(&format!("<main><article><h1>L’école</h1>{ONE}{TWO}{THREE}</article>{stories}</main>")),
        "Le Les Les"
    );
}

#[test]
fn posts_that_are_quoted_stay() {
    let post = "<div class=social-embed><blockquote><p>J’y étais, c’était beau, et personne n’a crié.</p>\
        <a href=https://social.example/1>hier à 20h</a></blockquote></div>";
    assert!(article(&format!("{ONE}{post}{TWO}")).starts_with("Le J’y"));
}

#[test]
fn a_standfirst_outside_of_the_text_is_text() {
    let first = "<p>Une voix a suffi : la nouvelle école sera bâtie, et tout le quartier en parle depuis hier.</p>";
    let menu = "<ul><li><a href=/a>Le sport de toute la région</a><li><a href=/b>La météo de la semaine</a></ul>";
    let page = format!("<div><h1>L’école</h1>{first}</div><div>{menu}Lundi soir</div><div>{ONE}{TWO}{THREE}</div>");
    assert_eq!(body(&page), "Une Le Les Les");
}

#[test]
fn bylines_and_dates_above_and_biographies_under_the_text_are_no_text() {
    let bio = "<p>Awa Touré is a freelance writer and lives in Ségou with her two dogs and a very old cat.</p>";
    assert_eq!(article(&format!("<p>Région | Mardi 3 juin</p>{ONE}{TWO}{THREE}{bio}")), "Le Les Les");
    assert_eq!(article(&format!("{ONE}{bio}{TWO}{THREE}")), "Le Awa Les Les");
}

#[test]
fn the_name_of_an_end_ends_the_text_where_little_is_left() {
    let end = "<h3>You may also like</h3>";
    assert_eq!(article(&format!("{ONE}{TWO}{THREE}{ONE}{end}{OTHER}")), "Le Les Les Le");
    assert_eq!(article(&format!("{ONE}{end}{TWO}{THREE}{THREE}")), "Le You Les Les Les");
}

#[test]
fn a_witness_says_where_the_text_ends_if_it_agrees() {
    let said = |text: &str| {
        let bare = text.replace("<p>", "").replace("</p>", " ");
        format!("<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{bare}\"}}</script>")
    };
    let text = format!("{ONE}{TWO}{THREE}");
    assert_eq!(article(&format!("{text}{OTHER}{}", said(&text))), "Le Les Les");
    assert_eq!(article(&format!("{text}{OTHER}{}", said(ONE))), "Le Les Les Une");
    assert_eq!(article(&format!("{text}{OTHER}{}", said("<p>Tout autre chose.</p>"))), "Le Les Les Une");
}

#[test]
fn a_witness_keeps_its_lines_in_boxes_whose_names_lie() {
    let text = format!("{ONE}<div class=paywall>{TWO}</div>{THREE}");
    let bare = |html: &str| {
        html.replace("<p>", "").replace("</p>", " ").replace("<div class=paywall>", "").replace("</div>", "")
    };
    let said = |html: &str| {
        let (once, end) =
            (bare(html), "Les enfants, eux, ont demandé si la cour aurait des arbres, et personne n’a su.");
        format!("<script type=application/ld+json>{{\"@type\":\"Article\",\"articleBody\":\"{once} {end}\"}}</script>")
    };
    let end = "<p>Les enfants, eux, ont demandé si la cour aurait des arbres, et personne n’a su.</p>";
    assert_eq!(article(&format!("{text}{end}")), "Le Les Les");
    assert_eq!(article(&format!("{text}{end}{}", said(&text))), "Le Les Les Les");
    // An end that is named before its last line is none.
    let early = format!("{ONE}{TWO}{THREE}<h3>You may also like</h3>{end}");
    assert_eq!(article(&early), "Le Les Les");
    assert_eq!(article(&format!("{early}{}", said(&format!("{ONE}{TWO}{THREE}")))), "Le Les Les You Les");
}

#[test]
fn what_machines_are_told_is_the_body_however_long_the_rest() {
    let rest = format!("<div><div><div><div>{}</div></div></div></div>", OTHER.repeat(8));
    assert_eq!(body(&format!("<h1>L’école</h1><div itemprop=articleBody>{ONE}{TWO}</div>{rest}")), "Le Les");
    // Unless nobody sees it.
    let hidden = format!("<div style='display: none'><div itemprop=articleBody>{}</div></div>", OTHER.repeat(2));
    assert_eq!(article(&format!("{ONE}{TWO}{THREE}{hidden}")), "Le Les Les");
}

#[test]
fn of_boxes_in_boxes_the_innermost_is_the_body() {
    let inner = format!("<div class=post-content>{ONE}{TWO}{THREE}</div>");
    assert_eq!(article(&format!("<div class=article-body>{inner}<p>Ségou<p>École<p>Budget</div>")), "Le Les Les");
    // But not if it is a piece.
    let pieces = [ONE, TWO, THREE].map(|p| format!("<div class=richtext>{p}</div><hr>Suite")).concat();
    assert!(article(&format!("<div class=article-body>{pieces}</div>")).contains("Le Suite Les Suite Les"));
}

#[test]
fn a_box_around_the_body_is_no_furniture() {
    let text = format!("<div class=article-body>{ONE}{TWO}{THREE}</div>");
    let others = format!("<div><div><div><div><div>{}</div></div></div></div></div>", OTHER.repeat(2)).repeat(2);
    let links = "<a href=/1>Une autre histoire, qui se passe loin de là</a>".repeat(4);
    assert_eq!(article(&format!("<div class=teaser-box>{text}{links}</div>{others}{links}")), "Le Les Les");
}

#[test]
fn notices_in_the_text_are_no_text() {
    let notices = [
        "Empfohlener redaktioneller Inhalt",
        "Ich bin damit einverstanden, dass mir Inhalte von Videotube angezeigt werden.",
        "Article réservé aux abonnés",
        "DON’T MISS",
        "Source: Agence du Fleuve",
    ];
    for notice in notices {
        assert_eq!(article(&format!("{ONE}{TWO}<p>{notice}</p>{THREE}")), "Le Les Les", "{notice}");
    }
    for end in [
        "More Great Soir Stories",
        "Über die Autorin",
        "À propos de l’auteur",
        "Il vous reste 60 % de cet article à lire.",
    ] {
        let page = format!("{ONE}{TWO}{THREE}{ONE}<p>{end}</p>{OTHER}");
        assert_eq!(article(&page), "Le Les Les Le", "{end}");
    }
    let dated = "Agence du Fleuve, publié en ligne le mardi 3 juin 2025 à 20:56 GMT";
    assert_eq!(article(&format!("<p>{dated}</p>{ONE}{TWO}{THREE}")), "Le Les Les");
}

#[test]
fn sentences_end_in_every_script() {
    let text = "<p>市议会昨晚以一票之差通过了新学校的预算。</p><p>工程将于春季开始。</p>".repeat(2)
        + "<p>"
        + &"家长们鼓掌，然后沿着河边的路回家。".repeat(4)
        + "</p>";
    assert_eq!(article(&text).split(' ').count(), 5);
}

#[test]
fn questions_about_cookies_are_no_text_however_long() {
    let asked = OTHER.repeat(40);
    assert_eq!(article(&format!("{ONE}{TWO}<div id=gdpr_modal>{asked}</div>")), "Le Les");
    assert_eq!(body(&format!("<div class=cookie-bar>{asked}</div><h1>L’école</h1><div>{ONE}{TWO}</div>")), "Le Les");
}

#[test]
fn a_teaser_that_leads_nowhere_is_a_standfirst() {
    let first = "<p class=article-teaser>Une voix a suffi : la nouvelle école sera bâtie, et le quartier en parle.</p>";
    assert_eq!(article(&format!("{first}{ONE}{TWO}{THREE}")), "Une Le Les Les");
    let link = first.replace("la nouvelle école", "la nouvelle <a href=/autre>école</a>");
    assert_eq!(article(&format!("{ONE}{TWO}{link}{THREE}")), "Le Les Les");
}

#[test]
fn what_is_said_of_the_author_is_no_text() {
    for named in ["class=author-box", "itemscope itemprop=author", "id=post-author-text"] {
        assert_eq!(article(&format!("{ONE}{TWO}{THREE}<div {named}>{OTHER}</div>")), "Le Les Les", "{named}");
    }
}

#[test]
fn a_standfirst_is_found_under_a_headline_in_other_words() {
    let told =
        "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"Une école pour Ségou\"}</script>";
    let first = "<p>Une voix a suffi : la nouvelle école sera bâtie, et tout le quartier en parle depuis hier.</p>";
    let menu = "<ul><li><a href=/a>Le sport de toute la région</a><li><a href=/b>La météo de la semaine</a></ul>";
    let page =
        format!("{told}<div><h1>L’école</h1>{first}</div><div>{menu}Lundi soir</div><div>{ONE}{TWO}{THREE}</div>");
    assert_eq!(body(&page), "Une Le Les Les");
}

#[test]
fn marks_of_where_a_word_may_be_parted_are_no_letters() {
    let text = ONE.replace("Le conseil", "Le\u{ad}s con\u{ad}seils");
    assert_eq!(article(&format!("{text}{TWO}")), "Les Les");
}

/// Every element is asked once, and every stretch of lines is measured by two sums.
#[test]
fn long_and_deep_pages_are_read_in_a_time_that_grows_as_they_do() {
    let spent = |html: &str| {
        let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
        let began = now();
        assert!(!body(html).is_empty());
        now().saturating_sub(began)
    };
    let deep = |rows: usize| {
        let open = "<div class='a b'>".repeat(300);
        let row = format!("<table><tr><td>{ONE}<td>12</table>");
        format!("<h1>L’école</h1>{open}{}", row.repeat(rows))
    };
    let (small, large) = (spent(&deep(500)), spent(&deep(4_000)));
    assert!(large < small * 32, "eight times the rows took {small:?} and {large:?}");
}
