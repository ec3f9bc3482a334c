//! `griot profile import`, run as a user runs it, and over every public rule file where they are at hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use griot::extract::{self, Page};
use griot::model::reading::Outcome;
use griot::profile::Profile;
use griot::profile::import::{Tally, import};

use crate::score::measure::{Said, mark, table};
use crate::score::pages;

const FILE: &str = "\
title: //h1[@class='titre']
author: substring-after(//p[contains(@class, 'signature')], 'Par ')
body: //div[contains(concat(' ',normalize-space(@class),' '),' texte ')]
strip: //p[contains(., 'Publicité')]
strip_id_or_class: partage
prune: no
test_url: https://lefleuve.example/2026/03/02/le-bac
";

const PAGE: &str = "<html><body><article><h1 class=titre>Le bac reprend</h1><p class='petit signature'>Par Awa Konaté</p>
    <div class='texte large'><p>Après trois semaines d’arrêt, le bac de Konna traverse de nouveau le fleuve, et les camions
    n’ont plus à faire le tour par Sévaré.</p><p>Publicité : achetez nos sacs.</p><div id=barre-partage>Partagez-le</div>
    <p>La pièce est venue de Dakar par la route, a dit le chef du bac, qui espère qu’elle tiendra.</p></div></article>";

fn griot(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(words).current_dir(folder).env_remove("GRIOT_ARCHIVE").output().expect("the built binary starts")
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn an_imported_profile_reads_a_page() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("lefleuve.example.txt"), FILE).unwrap();
    fs::write(folder.path().join("page.html"), PAGE).unwrap();
    let output = griot(folder.path(), &["profile", "import", "lefleuve.example.txt"]);
    let (toml, told) = said(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(told, "lefleuve.example.txt: 5 lines carried over, 1 not needed, 0 left\n");
    fs::create_dir_all(folder.path().join("archive/selectors")).unwrap();
    fs::write(folder.path().join("archive/selectors/fleuve.toml"), toml).unwrap();
    let url = "https://lefleuve.example/2026/03/02/le-bac";
    let check = ["check", "fleuve", "page.html", "--url", url, "--archive", "archive"];
    let (told, wrong) = said(&griot(folder.path(), &check));
    for line in [
        "title      Le bac reprend  [title[1] css h1[class=\"titre\"]]",
        "Awa Konaté  [byline[1] css",
        "body       2 blocks",
    ] {
        assert!(told.contains(line), "`{line}` is not in {told}{wrong}");
    }
}

#[test]
fn what_is_left_ends_with_code_10_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.example.txt"), "body: //p\nlogin_uri: https://a.example/\u{1b}[31m\n").unwrap();
    let output = griot(folder.path(), &["profile", "import", "a.example.txt"]);
    let (toml, told) = said(&output);
    assert_eq!(output.status.code(), Some(10));
    assert!(told.contains("line 2: login_uri: ") && told.contains("because griot does not log in"), "{told}");
    assert!(toml.contains("# not carried over: line 2") && !toml.contains('\u{1b}') && !told.contains('\u{1b}'));
    let quiet = griot(folder.path(), &["profile", "import", "a.example.txt", "--quiet"]);
    assert!(quiet.stderr.is_empty() && quiet.status.code() == Some(10));
    let (json, _) = said(&griot(folder.path(), &["profile", "import", "a.example.txt", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["left"][0]["line"], &json["directives"]["body"]["carried"]), (&2.into(), &1.into()), "{json}");
    assert_eq!(json["toml"], toml);
}

#[test]
fn a_folder_of_files_is_written_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("rules")).unwrap();
    fs::write(at("rules/a.example.txt"), "body: //p\n").unwrap();
    fs::write(at("rules/.b.example.txt"), "body: //p\n").unwrap();
    fs::write(at("rules/README.md"), "no rules\n").unwrap();
    let import = |words: &[&str]| griot(folder.path(), &[&["profile", "import"], words].concat());
    let refused = import(&["rules"]);
    assert!(refused.status.code() == Some(2) && said(&refused).1.contains("name it with -o"));
    let done = import(&["rules", "-o", "selectors"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(said(&done).1.ends_with("2 profiles, 2 carried over whole\n"), "{done:?}");
    fs::write(at("selectors/a.example.toml"), "mine").unwrap();
    let again = import(&["rules/a.example.txt", "-o", "selectors"]);
    assert!(again.status.code() == Some(1) && said(&again).1.contains("is there already"), "{again:?}");
    assert_eq!(fs::read_to_string(at("selectors/a.example.toml")).unwrap(), "mine");
    assert_eq!(import(&["rules/a.example.txt", "-o", "selectors", "--force"]).status.code(), Some(0));
    assert!(fs::read_to_string(at("selectors/a.example.toml")).unwrap().starts_with("# Imported from a.example.txt"));
    let mut names: Vec<String> =
        fs::read_dir(at("selectors")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["a.example.toml", "any.b.example.toml"]);
    for wrong in [vec!["absent.txt"], vec!["selectors"]] {
        assert_eq!(import(&wrong).status.code(), Some(1), "{wrong:?}");
    }
}

#[test]
fn nearly_everything_that_two_thousand_rule_files_say_is_carried_over() {
    let Some(folder) = crate::shared::folder().map(|f| f.join("ftr-site-config")).filter(|f| f.is_dir()) else {
        return;
    };
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut files, mut whole) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let imported = import(&name, &text).unwrap_or_else(|e| panic!("{name}: {e}"));
        files += 1;
        whole += usize::from(imported.is_whole());
        for (directive, tally) in imported.tally {
            let sum = sums.entry(directive).or_default();
            sum.carried += tally.carried;
            sum.unneeded += tally.unneeded;
            sum.left += tally.left;
        }
    }
    for (directive, tally) in &sums {
        println!("{directive:24} {tally:?}");
    }
    println!("{whole} of {files} files are carried over whole");
    assert!(files > 2_000 && whole * 100 >= files * 80, "{whole} of {files}");
    let floors = [
        ("body", 980),
        ("title", 990),
        ("author", 975),
        ("date", 975),
        ("strip", 960),
        ("strip_id_or_class", 1_000),
        ("strip_image_src", 1_000),
        ("find_string", 1_000),
        ("replace_string", 1_000),
        ("next_page_link", 970),
        ("single_page_link", 930),
        ("skip_json_ld", 1_000),
    ];
    for (directive, floor) in floors {
        let Tally { carried, left, .. } = sums[directive];
        assert!(carried * 1_000 >= (carried + left) * floor, "{directive}: {carried} of {}", carried + left);
    }
}

#[test]
fn imported_profiles_read_real_pages() {
    let Some(shared) = crate::shared::folder() else { return };
    let (mut marks, mut lost, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for case in pages::fundus(&shared) {
        let host = case.url.host_str().unwrap().trim_start_matches("www.").to_owned();
        let file = format!("{host}.txt");
        let Ok(bytes) = fs::read(shared.join("ftr-site-config").join(&file)) else { continue };
        let imported = import(&file, &String::from_utf8_lossy(&bytes)).unwrap();
        // What a person fills in, for all papers the same.
        let bare = "name = 'x'\nzone = 'UTC'\nlanguage = 'und'\nhosts = ['x.example']\n[article]\npaths = []\n";
        for (toml, marks) in [(imported.toml.as_str(), &mut marks), (bare, &mut plain)] {
            let profile = Profile::parse(&imported.site, "imported", toml).unwrap();
            let page = Page {
                url: &case.url,
                html: &case.html(),
                captured_at: case.saved_at.unwrap(),
                status: 200,
                headers: &[],
                names: &[],
            };
            let article = extract::read(&page, &profile).article;
            if toml != bare && !matches!(article.outcome, Outcome::Article | Outcome::PaywallExcerpt) {
                lost.push(format!("{}: {:?}", case.name, article.reason));
            }
            marks.push(mark(case.name.clone(), case.expected.as_ref(), &Said::from(&article)));
        }
    }
    for one in &lost {
        println!("no article: {one}");
    }
    let (read, without) = (table("imported", marks.iter()), table("the same without a profile", plain.iter()));
    println!("imported {read:?}, without {without:?}");
    assert!(read.reach(0.78, 0.95, 0.93), "{read:?}");
    assert!(marks.len() > 80 && lost.len() * 20 <= marks.len(), "{} of {}: {lost:?}", lost.len(), marks.len());
}
