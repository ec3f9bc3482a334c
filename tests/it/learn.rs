//! `griot profile learn`, as the built binary does it: from saved pages, and from an archive after a redesign.

mod paper;

use std::path::{Path, PathBuf};
use std::process::Output;

use griot::profile::Profile;
use serde_json::Value;

use crate::support::Site;
use crate::support::run::{crawl, griot, rows, sums, verified};
use paper::{LABEL, LETTER, STORIES};

const HOST: &str = "lebaobab.example";

const PROFILE: &str = r#"name = "Le Baobab"
zone = "Africa/Bamako"
language = "fr"
hosts = ["lebaobab.example"]
[pace]
delay = 0.02
[[listing]]
kind = "front"
url = "https://lebaobab.example/"
[article]
paths = ['^/articles/[^/?]+-\d{5}$']
# Written by hand in March.
[[layout]]
title = [{ css = "h1.titre" }, "default"]
lead = [{ css = "p.chapo" }]
body = [{ css = "div.texte" }, "default"]
byline = [{ css = "p.signature" }, "default"]
drop = [".encart"]
"#;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Saves pages, and gives their files.
fn saved(folder: &Path, pages: impl IntoIterator<Item = String>) -> Vec<String> {
    let file = |(n, page): (usize, String)| {
        let path = folder.join(format!("page-{n}.html"));
        std::fs::write(&path, page).unwrap();
        path.display().to_string()
    };
    pages.into_iter().enumerate().map(file).collect()
}

fn learn(folder: &Path, files: &[String], more: &[&str]) -> Output {
    let words: Vec<&str> = ["profile", "learn"].into_iter().chain(files.iter().map(String::as_str)).collect();
    griot(folder, &[&words, more].concat())
}

fn loaded(toml: &str) -> Profile {
    Profile::parse("lebaobab", "stdout", toml).unwrap_or_else(|e| panic!("{e}\n{toml}"))
}

#[test]
fn a_dozen_saved_pages_give_a_profile_with_its_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let files = saved(folder.path(), STORIES.iter().map(paper::Story::plain));
    let output = learn(folder.path(), &files, &[]);
    let (toml, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{told}");
    let profile = loaded(&toml);
    assert!(profile.provisional && profile.name == "Le Baobab" && profile.language == "fr", "{toml}");
    assert_eq!(profile.canon.hosts, [HOST], "{toml}");
    for line in [
        "  { css = \"h1\" },",
        "  { css = \".chapo\" },",
        "  { css = \".signature\" },",
        "  { css = \".texte\" },",
        "  # held on 8 of 8 pages",
        "  \"default\",",
        "  \".encart\",",
    ] {
        assert!(toml.lines().any(|l| l == line), "no `{line}` in\n{toml}");
    }
    assert!(toml.contains("labels = [") && toml.contains(&format!("  \"{LABEL}\",")), "{toml}");
    assert!(toml.contains("no page tells it") && !toml.contains("4711"), "{toml}");
    assert!(told.contains("learnt from 8 pages") && told.contains("[held on 8 of 8 pages]"), "{told}");
    let is_article = |path: &str| profile.article.matches(path);
    assert!(STORIES.iter().all(|story| is_article(story.path)), "{toml}");
    assert!(!is_article("/") && !is_article("/rubriques/economie"), "{toml}");
    assert!(!is_article("/articles/archives-du-journal-2024"), "a listing in every frame is no article:\n{toml}");
}

#[test]
fn what_is_learnt_reads_a_page_that_had_no_say() {
    let folder = tempfile::tempdir().unwrap();
    let files = saved(folder.path(), STORIES.iter().map(paper::Story::plain));
    let output = learn(folder.path(), &files[..6], &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["learnt"]["pages"].as_array().unwrap().len(), 6, "{report}");
    let selectors = folder.path().join("selectors");
    std::fs::create_dir(&selectors).unwrap();
    std::fs::write(selectors.join("lebaobab.toml"), report["profile"].as_str().unwrap()).unwrap();
    let url = format!("https://{HOST}{}", STORIES[7].path);
    let checked = griot(folder.path(), &["check", "lebaobab", &files[7], "--url", &url, "--json"]);
    let checked: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let page = &checked["check"]["pages"][0];
    let field = |name: &str| page["fields"].as_array().unwrap().iter().find(|f| f["field"] == name).cloned().unwrap();
    // Headline and names are read where the page tells them to machines, as long as it does.
    for (name, value, rule) in [
        ("title", STORIES[7].title, "title[2] jsonld"),
        ("lead", STORIES[7].lead, "lead[1] css"),
        ("byline", STORIES[7].author, "byline[1] jsonld"),
    ] {
        let field = field(name);
        assert_eq!(field["value"], value, "{field}");
        assert!(field["rule"].as_str().unwrap().starts_with(rule), "{field}");
    }
    assert!(field("body")["value"].as_str().unwrap().starts_with("3 blocks"), "{page}");
    assert_eq!(page["related"].as_array().unwrap().len(), 2, "{page}");
}

#[test]
fn few_pages_are_weak_and_pages_that_do_not_belong_are_left_out_aloud() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = STORIES[3].plain().replace(HOST, "ailleurs.test");
    let menu = format!("<link rel=canonical href='https://{HOST}/rubriques/x'><ul><li><a href=/a>a</a></ul>");
    let bomb = format!("<link rel=canonical href='https://{HOST}/articles/b-10999'>{}", "<div>".repeat(4_000));
    let pages = [STORIES[0].plain(), STORIES[0].plain(), STORIES[1].plain(), foreign, menu, bomb];
    let files = saved(folder.path(), pages);
    let output = learn(folder.path(), &files, &[]);
    let (toml, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{told}");
    loaded(&toml);
    assert!(told.contains("learnt from 2 pages") && told.contains("weak:"), "{told}");
    for why in ["says the same as another page", "is of ailleurs.test", "is no article", "does not tell its address"] {
        assert!(told.contains(why), "`{why}` is not told:\n{told}");
    }
    assert!(!toml.contains("ailleurs"), "{toml}");
}

#[test]
fn what_cannot_be_learnt_from_is_answered_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let homeless = saved(folder.path(), ["<h1>Sans adresse</h1><p>Rien.</p>".to_owned()]);
    let output = learn(folder.path(), &homeless, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("--url https://"), "{}", text(&output.stderr));
    let output = learn(folder.path(), &["lessor".to_owned()], &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("griot crawl lessor"), "{}", text(&output.stderr));
    let output = learn(folder.path(), &["nulle/part.html".to_owned()], &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let output = learn(folder.path(), &homeless, &["--adopt"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}

/// An archive of *Le Baobab* before and after its redesign.
fn redesigned(folder: &Path) -> PathBuf {
    let selectors = folder.join("selectors");
    std::fs::create_dir(&selectors).unwrap();
    let file = selectors.join("lebaobab.toml");
    std::fs::write(&file, PROFILE).unwrap();
    let site = Site::new();
    let link = |story: &paper::Story| format!("<li><a href=\"{}\">{}</a></li>", story.path, story.title);
    let links = STORIES.iter().map(link).collect::<Vec<_>>().concat();
    site.put("/", format!("<html><body><ul>{links}</ul></body></html>"));
    for story in &STORIES {
        site.put(story.path, story.plain());
    }
    let server = site.serve();
    let first = sums(&mut crawl(folder, &server, &[HOST], &["lebaobab"]));
    assert_eq!(first["new_articles"], STORIES.len(), "{first}");
    for story in &STORIES {
        site.put(story.path, story.hashed());
    }
    // Code 10: a whole site that is no longer read needs a person.
    let second = crawl(folder, &server, &[HOST], &["lebaobab", "--revisit", "all"]).output().unwrap();
    assert!(matches!(second.status.code(), Some(0 | 10)), "{}", text(&second.stderr));
    file
}

#[test]
fn after_a_redesign_the_archived_text_finds_the_new_selectors() {
    let folder = tempfile::tempdir().unwrap();
    let file = redesigned(folder.path());
    let texts = "SELECT a.url, v.text_digest FROM version v JOIN article a ON a.id = v.article_id ORDER BY 1, 2";
    let before = rows(folder.path(), texts);

    let tried = learn(folder.path(), &["lebaobab".to_owned()], &[]);
    let (toml, told) = (text(&tried.stdout), text(&tried.stderr));
    assert_eq!(tried.status.code(), Some(0), "{told}");
    let proposed = loaded(&toml);
    assert_eq!(proposed.layouts.len(), 2, "{toml}");
    assert_eq!(proposed.layouts[1].until, proposed.layouts[0].from, "{toml}");
    assert!(toml.contains("# Written by hand in March."), "{toml}");
    for css in ["[class*=\\\"Une_titre__\\\"]", "[data-testid=\\\"chapo\\\"]", "[data-testid=\\\"corps\\\"]"] {
        assert!(toml.contains(css) || toml.contains(&css.replace('\\', "")), "no {css} in\n{toml}");
    }
    for hash in ["css-", "sc-", "a8Kq2", "kXrTqz"] {
        assert!(!toml.contains(hash), "{hash} in\n{toml}");
    }
    assert!(toml.contains("8 by the archive's text"), "{toml}");
    assert!(told.contains("redesign:") && told.contains("body since") && told.contains("body before"), "{told}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), PROFILE, "nothing is adopted unasked");

    let adopted = learn(folder.path(), &["lebaobab".to_owned()], &["--adopt", "--json"]);
    let report: Value = serde_json::from_slice(&adopted.stdout).unwrap();
    assert_eq!(adopted.status.code(), Some(0), "{report}");
    assert_eq!((&report["trial"]["better"], &report["trial"]["read_otherwise"]), (&true.into(), &Value::Array(vec![])));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), report["profile"].as_str().unwrap());
    let former = PathBuf::from(report["adopted"]["former"].as_str().unwrap());
    assert_eq!(std::fs::read_to_string(&former).unwrap(), PROFILE);

    let stored = griot(folder.path(), &["check", "lebaobab", "--stored", "40", "--json"]);
    let stored: Value = serde_json::from_slice(&stored.stdout).unwrap();
    let pages = stored["check"]["pages"].as_array().unwrap();
    assert_eq!(pages.len(), 2 * STORIES.len(), "{stored}");
    assert!(pages.iter().all(|page| page["outcome"] == "article"), "{stored}");
    for page in pages {
        let own: Vec<&Value> = pages.iter().filter(|other| other["page"] == page["page"]).collect();
        assert_eq!(own[0]["text"], own[1]["text"], "one text in both designs: {}", page["page"]);
    }
    assert_eq!(rows(folder.path(), texts), before, "learning changes no history");
    verified(folder.path());
    assert!(!toml.contains(LETTER));
}

#[test]
fn what_is_no_better_is_not_adopted() {
    let folder = tempfile::tempdir().unwrap();
    let file = redesigned(folder.path());
    assert_eq!(learn(folder.path(), &["lebaobab".to_owned()], &["--adopt"]).status.code(), Some(0));
    let adopted = std::fs::read_to_string(&file).unwrap();
    let again = learn(folder.path(), &["lebaobab".to_owned()], &["--adopt"]);
    assert_eq!(again.status.code(), Some(10), "{}", text(&again.stderr));
    assert!(text(&again.stderr).contains("not to be taken over"), "{}", text(&again.stderr));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), adopted);
}
