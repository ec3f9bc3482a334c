//! Days that no data tells: one small page for each place in which papers print them.

use super::*;

/// The day of a page without a profile of its own, captured in 2026.
fn day_at(path: &str, html: &str) -> Option<String> {
    let toml = "name = 'matin'\nzone = 'UTC'\nlanguage = 'und'\nhosts = ['matin.example']\n[article]\npaths = []\n";
    let profile = Profile::parse("matin", "matin.toml", toml).unwrap();
    let url = Url::parse("https://matin.example").unwrap().join(path).unwrap();
    let captured_at = "2026-01-15T12:00:00Z".parse().unwrap();
    let page = Page { url: &url, html, captured_at, status: 200, headers: &[], names: &[] };
    read(&page, &profile).article.attributes.published.map(|date| date.on.to_string())
}

fn day(above: &str, title: &str, under: &str) -> Option<String> {
    let head = "<html lang=fr><head><title>La route sera refaite</title></head>";
    day_at("/a/la-route", &format!("{head}<body><main>{above}{title}{under}{PROSE}</main></body></html>"))
}

const TITLE: &str = "<h1>La route sera refaite</h1>";

#[test]
fn a_day_is_read_where_it_is_glued_to_a_name() {
    let glued = "<div><span>17 déc. 2025</span><span>Awa Diarra</span></div>";
    assert_eq!(day(glued, TITLE, "").as_deref(), Some("2025-12-17"));
    assert_eq!(day("", TITLE, glued).as_deref(), Some("2025-12-17"));
    let changed = "<div><span>Mis à jour le </span><span>17 déc. 2025</span><span>Awa Diarra</span></div>";
    assert_eq!(day("", TITLE, changed), None);
    let told = "<p>Le pont, fermé depuis le <b>17 décembre 2025</b>, a été rouvert devant une foule nombreuse.</p>";
    assert_eq!(day("", TITLE, told), None);
}

#[test]
fn a_day_is_read_in_the_heading_and_under_a_legend() {
    let small = "<h1>La route sera refaite<br><small><i></i>&nbsp; 17.12.2025 •&nbsp; <span>Routes</span></small></h1>";
    assert_eq!(day("", small, "").as_deref(), Some("2025-12-17"));
    let kicker = "<h2>Routes (1 / 1) <span>17.12.2025 13:30 par Olga </span> <span>Photo DR</span></h2>";
    assert_eq!(day("", TITLE, kicker).as_deref(), Some("2025-12-17"));
    let legend = "<fieldset><legend>La route sera refaite</legend> 17 décembre 2025 <p>Suite.</p></fieldset>";
    assert_eq!(day("", legend, "").as_deref(), Some("2025-12-17"));
}

#[test]
fn another_label_behind_a_day_is_no_part_of_it() {
    let counted = "<p>Paru le 17.12.2025<br>Vues : 61<br>© Awa Diarra</p>";
    assert_eq!(day("", TITLE, counted).as_deref(), Some("2025-12-17"));
    let filed = "<div>17.12.2025 Catégorie : Routes, Villes</div>";
    assert_eq!(day("", TITLE, filed).as_deref(), Some("2025-12-17"));
}

#[test]
fn a_day_that_is_a_link_of_its_own_is_no_other_storys() {
    let own =
        "<div><a href=/auteur/diarra>Awa Aïssata Diarra Keïta</a> — <a href=/a/la-route>17 décembre 2025</a></div>";
    assert_eq!(day("", TITLE, own).as_deref(), Some("2025-12-17"));
    let card = "<div><a href=/a/autre>Le bac de Konna reprend enfin, 17 décembre 2025</a></div>";
    assert_eq!(day("", TITLE, card), None);
}

#[test]
fn who_reviewed_a_text_says_nothing_of_the_next_line() {
    let reviewed = |line: &str| day("", TITLE, &format!("<p>{line}</p><p>October 16, 2020 · 8 min read</p>"));
    assert_eq!(reviewed("Reviewed by Awa Diarra").as_deref(), Some("2020-10-16"));
    assert_eq!(reviewed("Last updated"), None);
}

#[test]
fn a_day_far_from_a_headline_that_tells_its_change_is_another_storys() {
    let card = "<div class=card><a href=/a/pont>Le pont</a><span class=card-date>2 décembre 2025</span></div>";
    let far = |under: &str| {
        let page = format!("<main>{TITLE}{under}{}{card}</main>", PROSE.repeat(10));
        day_at("/a/la-route", &format!("<html lang=fr><body>{page}</body></html>"))
    };
    assert_eq!(far("").as_deref(), Some("2025-12-02"));
    assert_eq!(far("<div>Mis à jour le</div><div>12 décembre 2025</div>"), None);
}

#[test]
fn an_address_tells_its_month_by_name() {
    let page = format!("<h1>La route</h1>{PROSE}");
    assert_eq!(day_at("/monde/2023/october/03/la-route", &page).as_deref(), Some("2023-10-03"));
    assert_eq!(day_at("/monde/2023/sport/03/la-route", &page), None);
}

#[test]
fn a_headline_in_place_of_the_sites_name_is_a_headline() {
    let name = "La route de Konna sera refaite avant les pluies de juin";
    let head = format!("<title>{name}</title><meta name=application-name content='{name}'>");
    let read = read_with(&format!("<head>{head}</head><article><h1>{name}</h1>{PROSE}</article>"), &[]);
    assert_eq!(read.text.title, name);
}
