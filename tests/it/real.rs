//! Real pages of more than forty papers, served under their own host names over TLS, crawled into one archive by the built
//! binary: what the archive then says is held against what the public sets expect. Run it with
//! `cargo test --locked --test it real -- --nocapture`; `GRIOT_SCORE_PAGES=1` prints each page that falls short.

mod kept;
mod press;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use griot::profile::Profile;
use kept::Kept;
use press::Press;
use serde_json::{Value, json};
use url::Url;

use crate::crawl::sums;
use crate::lessor::{sample::Sample, shapes};
use crate::score::measure::{Mark, mark, ratio, table};
use crate::score::pages::{self, Case, FRANCOPHONE, FUNDUS, owner};
use crate::score::{BODY, DAY, TITLE};
use crate::support::{Ask, Server};

/// The set of the one real text of L'Essor.
const LESSOR: &str = "lessor";

#[test]
fn real_pages_crawled_into_one_archive_say_what_they_should() {
    let Some(shared) = crate::shared::folder() else { return };
    let press = press(&shared);
    let (server, archive) = (press.serve(), tempfile::tempdir().unwrap());
    press.keep_profiles(archive.path());

    let first = crawl(&press, &server, archive.path(), &[]);
    let bytes = tell("first crawl", &first, &server);
    let kept = Kept::open(archive.path());
    let marks = measured(&press, &kept);
    for set in [FUNDUS, FRANCOPHONE, LESSOR] {
        let of_set = press.cases.iter().zip(&marks).filter(|(case, _)| case.sets.contains(&set));
        table(set, of_set.map(|(_, mark)| mark));
    }
    let shares = table("all pages", marks.iter());
    let lost: Vec<String> = lost(&press, &kept);
    println!("{} pages became articles, {} did not: {lost:#?}", press.cases.len() - lost.len(), lost.len());
    println!("readings of articles by outcome: {:?}", kept.outcomes());
    assert!(press.profiles.len() >= 44 && press.cases.len() >= 60, "{} pages", press.cases.len());
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(shares.reach(TITLE, DAY, BODY), "{shares:?}");

    server.forget_hits();
    let again = crawl(&press, &server, archive.path(), &["--revisit", "all"]);
    let bytes_again = tell("second crawl", &again, &server);
    assert_eq!((&again["new_versions"], &again["new_articles"]), (&0.into(), &0.into()), "{again}");
    let unchanged = not_modified(&press, &server);
    println!("pages asked again: {unchanged:.3} answered 304; {:.4} of the bytes", ratio(bytes_again, bytes));
    let mut verify = Command::new(env!("CARGO_BIN_EXE_griot"));
    let verified = verify.arg("verify").arg("--archive").arg(archive.path()).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    assert!(unchanged >= 0.95 && ratio(bytes_again, bytes) <= 0.05);
}

/// Every page whose paper has a profile; the French-language ones of other papers get one of an operator's own making.
fn press(shared: &Path) -> Press {
    let mut profiles = pages::shipped();
    let mut cases: Vec<Case> = pages::fundus(shared);
    cases.retain(|case| owner(&profiles, &case.url).is_some());
    for case in pages::francophone(shared) {
        match cases.iter_mut().find(|known| known.url == case.url) {
            Some(known) if !known.sets.contains(&FRANCOPHONE) => known.sets.push(FRANCOPHONE),
            Some(_) => println!("{}: another copy of a page that is served", case.name),
            None => cases.push(case),
        }
    }
    for case in &cases {
        if owner(&profiles, &case.url).is_none() {
            profiles.push(of_an_operator(&case.url));
        }
    }
    cases.extend(crate::shared::read("lessor/000_6d5abc2c03b2a52d.txt").map(|text| lessor(&text)));
    profiles.retain(|profile| cases.iter().any(|case| profile.canon.owns(&case.url)));
    Press { profiles, cases }
}

/// What a person writes who has seen one address of a paper: no selector at all.
fn of_an_operator(url: &Url) -> Profile {
    let (host, path) = (url.host_str().unwrap(), regex::escape(url.path()));
    let toml = format!(
        "name = '{host}'\nzone = 'Europe/Paris'\nlanguage = 'fr'\nhosts = ['{host}']\n\n\
         [[listing]]\nkind = 'front'\nurl = 'https://{host}/'\n\n[article]\npaths = ['^{path}$']\n"
    );
    Profile::parse(host, host, &toml).unwrap()
}

/// The text of L'Essor's page in a shape without any class; its HTML was never seen.
fn lessor(text: &str) -> Case {
    let sample = Sample::parse(text);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(shapes::ALL[0].1(&sample).as_bytes()).unwrap();
    let body: Vec<&str> = sample.body().collect();
    Case {
        sets: vec![LESSOR],
        name: "the text of L'Essor's page".to_owned(),
        url: Url::parse("https://lessor.ml/posts/un-titre-6793434ecba12").unwrap(),
        gzip: gzip.finish().unwrap(),
        saved_at: None,
        expected: Some(json!({
            "title": sample.title,
            "publishing_date": "2025-01-24 07:31:00+00:00",
            "authors": [sample.account()],
            "body": { "summary": [sample.lead], "sections": [{ "headline": [], "paragraphs": body }] },
        })),
    }
}

fn crawl(press: &Press, server: &Server, archive: &Path, more: &[&str]) -> Value {
    let began = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.arg("crawl").args(press.sites()).args(more).arg("--archive").arg(archive);
    command
        .args(["--contact", "archive@example.org", "--json", "--allow-private", "--cacert"])
        .arg(server.cacert_path());
    let output: Output = command.args(server.resolve_args(&press.hosts())).output().expect("the built binary starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sums = sums(&output);
    println!("griot crawl, {} sites, {:.1} s: {sums}", press.profiles.len(), began.elapsed().as_secs_f64());
    sums
}

/// Prints what the server saw; the bytes of its bodies.
fn tell(what: &str, sums: &Value, server: &Server) -> usize {
    let hits = server.hits();
    let bytes: u64 = hits.iter().map(|hit| hit.sent).sum();
    let of = |status| hits.iter().filter(|hit| hit.status == status).count();
    let statuses = [200, 301, 304, 404].map(|status| format!("{} answered {status}", of(status)));
    println!("{what}: {} requests, {bytes} bytes; {}", hits.len(), statuses.join(", "));
    assert_eq!((sums["requests"].as_u64(), sums["bytes"].as_u64()), (Some(hits.len() as u64), Some(bytes)));
    usize::try_from(bytes).unwrap()
}

fn measured(press: &Press, kept: &Kept) -> Vec<Mark> {
    let said = |case: &Case| kept.article(&press.key(case)).unwrap_or_default();
    press.cases.iter().map(|case| mark(case.name.clone(), case.expected.as_ref(), &said(case))).collect::<Vec<Mark>>()
}

/// The pages that are no article in the archive, each with the reason.
fn lost(press: &Press, kept: &Kept) -> Vec<String> {
    let keys = press.cases.iter().map(|case| press.key(case));
    keys.filter(|key| kept.article(key).is_none()).map(|key| format!("{key}: {}", kept.fate(&key))).collect()
}

/// The share of 304 among the answers to the pages themselves; every one was asked for.
fn not_modified(press: &Press, server: &Server) -> f64 {
    let hits = server.hits();
    let status = |case: &Case| {
        // A page that prints its own address with a query of another kind has that asked for too: a 404 here.
        let of_case = |ask: &Ask| {
            Some(ask.host.as_str()) == case.url.host_str() && ask.target.split('?').next() == Some(case.url.path())
        };
        let hit = hits.iter().find(|hit| of_case(&hit.ask) && hit.status != 404);
        hit.unwrap_or_else(|| panic!("{} was not asked again", case.url)).status
    };
    let unchanged = press.cases.iter().filter(|case| status(case) == 304).count();
    ratio(unchanged, press.cases.len())
}
