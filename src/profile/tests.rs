//! Profiles that are right, and every kind of mistake with the words that name it.

use super::*;

const RIGHT: &str = r"name = 'Le Matin'
zone = 'Africa/Bamako'
language = 'fr'
hosts = ['matin.example', 'www.matin.example']

[article]
paths = ['^/(?P<day>\d{4}/\d{2}/\d{2})/(?P<slug>[^/?]+)']
never = ['/galerie-']
created = { group = 'day', form = '%Y/%m/%d' }
";

fn mistakes(toml: &str) -> String {
    Profile::parse("matin", "matin.toml", toml).map(|_| ()).unwrap_err().to_string()
}

#[track_caller]
fn says(toml: &str, parts: &[&str]) {
    let said = mistakes(toml);
    for part in parts {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
}

fn with(more: &str) -> String {
    format!("{RIGHT}\n{more}")
}

#[test]
fn every_shipped_profile_is_right() {
    for site in shipped() {
        let profile = find(site, None).unwrap();
        assert!(profile.digest.starts_with("sha256:") && profile.digest.len() == 71, "{site}");
        assert!(!profile.layouts.is_empty() && !profile.article.paths.is_empty(), "{site}");
    }
}

#[test]
fn a_minimal_profile_takes_the_default_rules() {
    let profile = Profile::parse("matin", "matin.toml", RIGHT).unwrap();
    assert_eq!(profile.pace, Pace { group: "matin".into(), delay: Duration::from_secs(2), concurrency: 1 });
    assert!(profile.provisional, "until it has been seen to hold");
    assert!(!profile.layouts[0].rules.of(rules::Field::Title).is_empty());
}

#[test]
fn the_path_tells_articles_and_when_they_were_made() {
    let profile = Profile::parse("matin", "matin.toml", RIGHT).unwrap();
    let page = |path: &str| PageUrl::kept(format!("matin.example{path}"));
    assert!(profile.is_article(&page("/2025/01/24/un-titre")));
    assert!(!profile.is_article(&page("/2025/01/24/galerie-photos/galerie-1")));
    assert!(!profile.is_article(&page("/contact")));
    assert_eq!(profile.created_at(&page("/2025/01/24/un-titre")).unwrap().to_string(), "2025-01-24T00:00:00Z");
    assert_eq!(profile.created_at(&page("/2025/13/24/un-titre")), None);
    let lessor = find("lessor", None).unwrap();
    let created = lessor.created_at(&page("/posts/un-titre-694baada58eba")).unwrap();
    assert_eq!(created.to_string(), "2025-12-24T08:56:58Z");
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_known_one() {
    says(&RIGHT.replace("language", "langage"), &["matin.toml:3: `langage`", "did you mean `language`?"]);
    says(&with("[[layout]]\ntitel = [{ css = 'h1' }]"), &["matin.toml:12: `layout[1].titel`", "did you mean `title`?"]);
    says(&with("[[layout]]\ntitle = [{ css = 'h1', atr = 'x' }]"), &["`layout[1].title[1].atr`", "`attr`"]);
}

#[test]
fn a_missing_key_is_named_with_an_example() {
    says(&RIGHT.replace("zone = 'Africa/Bamako'\n", ""), &["`zone` is missing", "zone = \"Africa/Bamako\""]);
    says("name = 'x'", &["`language` is missing", "`hosts` is missing", "`article` is missing"]);
}

#[test]
fn wrong_values_say_what_to_write() {
    says(&RIGHT.replace("Africa/Bamako", "Afrique/Bamako"), &["matin.toml:2: `zone`", "no zone"]);
    says(&RIGHT.replace("'www.matin.example'", "'https://matin.example/a'"), &["`hosts[2]`", "no host name"]);
    says(&with("[pace]\ndelay = 'vite'"), &["matin.toml:12: `pace.delay` is a string here", "seconds from 0"]);
    says(
        &with("[[listing]]\nkind = 'fead'\nurl = 'x'"),
        &["`listing[1].kind`", "did you mean `feed`?", "no web address"],
    );
    says(&RIGHT.replace("'%Y/%m/%d'", "'hex'"), &["`article.created.form` is `hex`", "\"hex-seconds\""]);
    says(&RIGHT.replace("group = 'day'", "group = 'jour'"), &["`article.created.group` names `jour`"]);
    says("name = ", &["matin.toml:1: `file` is not TOML"]);
}

#[test]
fn selectors_and_patterns_are_compiled_at_start() {
    let rule = |rule: &str| with(&format!("[[layout]]\ntitle = [{rule}]"));
    says(&rule("{ css = 'h1[' }"), &["matin.toml:12: `layout[1].title[1].css` is not a CSS selector"]);
    says(&rule("{ css = 'p:is(' }"), &["has a parenthesis that is not closed"]);
    says(&rule("{ css = 'p:is(a, b::text)' }"), &["holds a part that is no selector"]);
    says(&rule("{ css = 'h1', text = '(' }"), &["`layout[1].title[1].text` is not a pattern"]);
    says(&rule(r"{ css = 'h1', text = '(\p{L}{1,999}){1,999}' }"), &["is too large a pattern"]);
    says(&rule("{ url = 'titre' }"), &["no article path has", "known groups: day, slug"]);
    says(&rule("{ css = 'h1', meta = 'og:title' }"), &["names two sources"]);
    says(&rule("{ text = 'x' }"), &["names no source"]);
    says(&rule("{ after = 'titre' }"), &["marks no place", "title-again"]);
    says(&rule("{ tail = true, text = 'x' }"), &["finds names only", "move it to byline, signature or credit"]);
    says(&rule("{ around = true }"), &["`around` finds dates only", "move it to published or modified"]);
    says(&with("[[layout]]\nbyline = [{ tail = true }]"), &["without saying which"]);
    says(&rule("'défaut'"), &["\"default\""]);
}

#[test]
fn layouts_hold_one_after_the_other() {
    let two = |a: &str, b: &str| with(&format!("[[layout]]\n{a}\n[[layout]]\n{b}"));
    let right = two("until = 2024-06-01", "from = 2024-06-01\ntitle = [{ css = 'h2' }]");
    let profile = Profile::parse("matin", "matin.toml", &right).unwrap();
    let of = |at: &str| profile.layout_at(at.parse().unwrap()).unwrap();
    assert_eq!(of("2024-05-31T23:59:59Z").until, of("2024-06-01T00:00:00Z").from);
    says(&two("until = 2024-07-01", "from = 2024-06-01"), &["holds at the same time as layout[1]"]);
    says(&two("", "from = 2024-06-01"), &["write until = 2024-06-01T00:00:00Z in layout[1]"]);
    says(&with("[[layout]]\nfrom = 2024-06-01\nuntil = 2024-06-01"), &["earlier than `until`"]);
    says(&with("[[layout]]\nfrom = 'hier'"), &["write from = 2025-01-31"]);
}

#[test]
fn every_mistake_of_a_file_is_told_at_once_in_order() {
    let said = mistakes(&RIGHT.replace("'fr'", "7").replace("name =", "nom ="));
    let lines: Vec<&str> = said.lines().map(|l| l.split('`').nth(1).unwrap()).collect();
    assert_eq!(lines, ["name", "nom", "language"], "{said}");
}

#[test]
fn the_operators_own_profile_goes_before_the_shipped_one() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("lessor.toml"), RIGHT).unwrap();
    assert_eq!(find("lessor", Some(dir.path())).unwrap().name, "Le Matin");
    assert_eq!(find("lemonde", Some(dir.path())).unwrap().name, "Le Monde");
    let unknown = find("lesor", Some(dir.path())).map(|_| ()).unwrap_err().to_string();
    assert!(unknown.contains("no profile `lesor` (did you mean `lessor`?)"), "{unknown}");
    assert!(find("../lessor", Some(dir.path())).is_err(), "a name is no path");
}

#[test]
fn what_a_layout_mends_and_asks_is_checked() {
    let many: String = (0..101).map(|n| format!("{{ find = '{n}', with = '' }},")).collect::<Vec<_>>().concat();
    says(&with(&format!("[[layout]]\nreplace = [{many}]")), &["layout[1].replace[101]", "one more than 100"]);
    says(&with("[[layout]]\nreplace = [{ find = '', with = 'x' }]"), &["layout[1].replace[1].find", "is empty"]);
    says(&with("[[layout]]\nreplace = [{ find = 'x' }]"), &["layout[1].replace[1].with", "is missing"]);
    says(&with("[[layout]]\ndrop = ['p', 3]"), &["drop", "is an integer here", "says = '…'"]);
    says(&with("[[layout]]\ndrop = [{ says = 'x' }]"), &["layout[1].drop[1].css", "is missing"]);
    says(&with("[[layout]]\ndrop = [{ css = 'p', says = '(' }]"), &["layout[1].drop[1].says", "is not a pattern"]);
    says(&with("[[layout]]\ndrop = [{ css = 'p', text = 'x' }]"), &["layout[1].drop[1].text", "not a key"]);
    says(&with("[[layout]]\nbody = [{ label = 'x', says = 'x' }]"), &["says", "stands without css"]);
    says(&with("[[layout]]\nbyline = [{ css = 'p', says = '(' }]"), &["byline[1].says", "is not a pattern"]);
    says(&with("[[layout]]\ndrop_images = ['(']"), &["drop_images[1]", "is not a pattern"]);
    says(&with("[[layout]]\nstructured = 'no'"), &["structured", "structured = true or structured = false"]);
    says(&with("[[layout]]\nsingle_page = [{ densest = true }]"), &["single_page[1]", "finds bodies only"]);
}

#[test]
fn every_key_of_a_layout_is_explained() {
    let paper = include_str!("../../docs/profiles.md");
    let said = mistakes(&with("[[layout]]\nunknown_key_of_a_layout = 1"));
    let known = said.split("known here: ").nth(1).unwrap();
    let mut looked_at = 0;
    for key in known.split(", ").map(str::trim) {
        let explained = [format!("`{key}`"), format!("`{key} = ")].iter().any(|form| paper.contains(form));
        assert!(explained, "docs/profiles.md does not explain `{key}`");
        looked_at += 1;
    }
    assert!(looked_at > 20, "{known}");
}
