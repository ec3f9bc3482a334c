//! Articles on several pages are doubted as a whole, and read as a whole when the profile is mended.

use super::paper::{BODY, Design, HOST, Story, list, page, path, profile};
use super::{ALL, run, standings, versions};
use crate::support::Site;
use crate::support::run::{rows, verified};

/// A profile that follows the link to the next part.
fn follows(archive: &std::path::Path, body: &str) {
    profile(archive, body);
    let toml = archive.join("selectors/matin.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    std::fs::write(&toml, format!("{text}next_page = [{{ css = 'a.suite', attr = 'href' }}]\n")).unwrap();
}

/// Articles on two pages each, part two of which may be in another design.
fn print(site: &Site, articles: std::ops::Range<usize>, two: Design, edition: usize) {
    for n in articles {
        let next = format!("<a class=\"suite\" href=\"https://{HOST}{}?page=2\">Suite</a></article>", path(n));
        let one = page(Story { edition, ..Story::new(n) }, Design::First);
        site.put(&path(n), one.replace("</article>", &next));
        site.put(&format!("{}?page=2", path(n)), page(Story { edition, ..Story::new(n + 500) }, two));
    }
    list(site);
}

#[test]
fn one_part_in_another_design_sets_the_whole_aside() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    follows(folder.path(), BODY);
    print(&site, 0..14, Design::First, 1);
    let server = site.serve();
    let (code, sums, _) = run(folder.path(), &server, &[]);
    assert_eq!((code, &sums["new_articles"]), (Some(0), &14.into()), "{sums}");
    assert_eq!(standings(folder.path()), ["sound|14"], "one sign each, of the whole");
    let before = versions(folder.path());
    for design in [Design::Column, Design::Half] {
        print(&site, 0..20, design, 2);
        let (_, sums, _) = run(folder.path(), &server, &ALL);
        assert_eq!((&sums["new_articles"], &sums["new_versions"]), (&0.into(), &0.into()), "{design:?}: {sums}");
        assert_eq!(versions(folder.path()), before, "{design:?}");
    }
    assert_eq!(standings(folder.path()), ["broken|40", "sound|14"]);
    verified(folder.path());
    follows(folder.path(), ".x1\" }, { css = \".texte");
    rows(folder.path(), "UPDATE frontier SET due_at = '2999-01-02T03:04:05.000Z'");
    run(folder.path(), &server, &[]);
    assert_eq!(rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"), ["first|20"]);
    let whole = "SELECT count(*) FROM version v JOIN text t ON t.digest = v.text_digest
                 WHERE t.body LIKE '%session 17,%' AND t.body LIKE '%session 517,%'";
    assert_eq!(rows(folder.path(), whole), ["1"], "of both parts");
    verified(folder.path());
}
