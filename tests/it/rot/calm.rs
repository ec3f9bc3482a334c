//! What a paper may print without breaking anything.

use super::paper::{Design, Story, page, path, print, profile};
use super::{ALL, crawled, run, standings, status, versions};
use crate::support::Site;
use crate::support::run::{rows, verified};

#[test]
fn a_day_of_short_items_without_byline_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    for n in 14..26 {
        let brief = page(Story { long: 1, ..Story::new(n) }, Design::First);
        site.put(&path(n), brief.replace("<span class=\"auteur\">Awa Diarra</span>", ""));
    }
    super::paper::list(&site);
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds, &sums["new_articles"]), (Some(0), vec![], &12.into()), "{sums}");
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM reading WHERE outcome = 'extraction-failed'"), ["0"]);
    verified(folder.path());
}

#[test]
fn a_week_behind_a_wall_is_read_as_far_as_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    for n in 14..26 {
        let wall = "<div class=\"mur\"><a href=\"/abonnement\">La suite est réservée à nos abonnés</a></div></article>";
        site.put(&path(n), page(Story { long: 2, ..Story::new(n) }, Design::First).replace("</article>", wall));
    }
    super::paper::list(&site);
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds, &sums["new_articles"]), (Some(0), vec![], &12.into()), "{sums}");
    verified(folder.path());
}

/// A page whose text stands elsewhere than the profile looks for it: a ticker, a gallery.
fn odd(n: usize, edition: usize) -> String {
    page(Story { edition, ..Story::new(n) }, Design::Column)
}

#[test]
fn an_odd_page_waits_until_the_next_ones_are_sound_and_is_read_at_its_own_instant() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    site.put(&path(14), odd(14, 1));
    super::paper::list(&site);
    let (code, sums, kinds) = run(folder.path(), &server, &[]);
    let at_once = (code, kinds, standings(folder.path()));
    assert_eq!(at_once.0, Some(0), "{sums}");
    if at_once.2 != ["sound|14", "waiting|1"] {
        rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
        run(folder.path(), &server, &[]);
    }
    assert_eq!(standings(folder.path()), ["sound|14", "waiting|1"]);
    assert_eq!(versions(folder.path()).len(), 14);
    // The same bytes meanwhile, and then three articles as ever.
    run(folder.path(), &server, &[&format!("https://{}{}", super::HOST, path(14))]);
    print(&site, 15..18, Design::First, 2);
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds), (Some(0), vec![]), "{sums}");
    assert_eq!(standings(folder.path())[0], "forgiven|1");
    assert_eq!(versions(folder.path()).len(), 18);
    let odd = "SELECT v.first_seen_at = min(c.captured_at), v.sightings, count(*), v.cause
               FROM version v JOIN article a ON a.id = v.article_id
               JOIN page_article x ON x.article_id = a.id JOIN capture c ON c.page_id = x.page_id
               WHERE a.url LIKE '%article-14' GROUP BY v.id";
    assert_eq!(rows(folder.path(), odd), ["1|3|3|first"], "every capture of it shows it, since the first");
    verified(folder.path());
}

#[test]
fn a_few_known_articles_that_are_read_otherwise_are_not_edited_whatever_the_others_say() {
    for design in [Design::Column, Design::Half, Design::Nothing, Design::Teaser] {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::new().without_validators();
        let server = crawled(folder.path(), &site);
        let before = versions(folder.path());
        // A section is redesigned; the others go on as ever.
        print(&site, 0..3, design, 2);
        print(&site, 14..24, Design::First, 2);
        for edition in 2..5 {
            print(&site, 14..24, Design::First, edition);
            let (code, sums, kinds) = run(folder.path(), &server, &ALL);
            assert_eq!((code, kinds), (Some(0), vec![]), "{design:?}: {sums}");
        }
        let known: Vec<String> = versions(folder.path()).into_iter().filter(|line| before.contains(line)).collect();
        assert_eq!(known, before, "{design:?}");
        assert_eq!(
            rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"),
            ["first|24"],
            "{design:?}"
        );
        let (said, _) = status(folder.path());
        assert!(said.contains("3 captures set aside until the profile is mended"), "{design:?}: {said}");
        // Mended, what was aside is read, and still nobody edited anything.
        profile(folder.path(), ".x1\" }, { css = \".texte");
        rows(folder.path(), "UPDATE frontier SET due_at = '2999-01-02T03:04:05.000Z'");
        run(folder.path(), &server, &[]);
        assert_eq!(
            rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"),
            ["first|24"],
            "{design:?}"
        );
        assert_eq!(rows(folder.path(), "SELECT count(*) FROM reading WHERE outcome = 'extraction-failed'"), ["0"]);
        verified(folder.path());
    }
}

#[test]
fn a_ticker_that_is_read_again_and_again_is_one_page() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    site.put(&path(14), odd(14, 1));
    super::paper::list(&site);
    rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
    for edition in 1..12 {
        site.put(&path(14), odd(14, edition));
        rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE url LIKE '%article-14'");
        let (code, sums, kinds) = run(folder.path(), &server, &[]);
        assert_eq!((code, kinds), (Some(0), vec![]), "edition {edition}: {sums}");
    }
    assert_eq!(standings(folder.path()), ["sound|14", "waiting|11"]);
    print(&site, 15..18, Design::First, 2);
    rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
    let (code, sums, kinds) = run(folder.path(), &server, &[]);
    assert_eq!((code, kinds), (Some(0), vec![]), "{sums}");
    assert_eq!(standings(folder.path()), ["forgiven|11", "sound|17"]);
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM reading WHERE outcome = 'extraction-failed'"), ["0"]);
    verified(folder.path());
}
