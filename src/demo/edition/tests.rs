use std::collections::BTreeSet;

use super::*;

fn by_slug(edition: Edition) -> BTreeMap<String, Article> {
    edition.articles().unwrap().into_iter().map(|a| (a.slug.clone(), a)).collect()
}

fn body_of(site: &Site, edition: Edition, path: &str) -> Vec<u8> {
    site.resource(edition, path).unwrap().body.clone()
}

fn count(haystack: &[u8], needle: &str) -> usize {
    haystack.windows(needle.len()).filter(|w| *w == needle.as_bytes()).count()
}

fn teasers(page: &[u8]) -> Vec<Vec<u8>> {
    let text: Vec<&[u8]> =
        page.split(|b| *b == b'\n').filter(|line| line.windows(9).any(|w| w == b"Lire auss")).collect();
    let inner = |line: &[u8]| {
        let start = line.windows(7).rposition(|w| w == b"</p><p>").unwrap() + 7;
        line[start..].strip_suffix(b"</p></div>").unwrap().to_vec()
    };
    text.into_iter().map(inner).collect()
}

#[test]
fn about_thirty_articles_show_every_trap() {
    let articles = Edition::First.articles().unwrap();
    assert!((30..=32).contains(&articles.len()), "{}", articles.len());
    for section in Section::ALL {
        assert!(articles.iter().filter(|a| a.section == section).count() >= 4, "{section:?}");
    }
    let all_parts = || articles.iter().flat_map(|a| &a.body);
    let unfinished = |a: &&Article| !a.lead.is_empty() && a.lead.ends_with(char::is_alphabetic);
    assert!(articles.iter().filter(|a| a.lead.is_empty()).count() >= 3);
    assert!(articles.iter().filter(unfinished).count() >= 3);
    assert!(all_parts().filter(|p| matches!(p, Part::Signature(_))).count() >= 10);
    assert!(all_parts().filter(|p| matches!(p, Part::Credit(_))).count() >= 4);
    assert!(all_parts().filter(|p| matches!(p, Part::Heading(_))).count() >= 6);
    assert!(all_parts().filter(|p| matches!(p, Part::Picture(_))).count() >= 8);
    assert!(all_parts().any(|p| matches!(p, Part::Paragraph(t) if t.contains('\n') && t.contains('\''))), "pasted");
    for article in &articles {
        let paragraphs = article.body.iter().filter(|p| matches!(p, Part::Paragraph(_))).count();
        assert!((4..=10).contains(&paragraphs), "{}: {paragraphs} paragraphs", article.slug);
    }
}

#[test]
fn a_lead_that_stops_short_is_taken_up_by_the_body() {
    for article in Edition::First.articles().unwrap() {
        let first = article.body.iter().find_map(|p| if let Part::Paragraph(t) = p { Some(t.as_str()) } else { None });
        let goes_on = first.is_some_and(|t| t.starts_with(char::is_lowercase));
        let stops_short = article.lead.ends_with(char::is_alphabetic);
        assert_eq!(stops_short, goes_on, "{}", article.slug);
    }
}

#[test]
fn articles_are_made_at_different_seconds_and_recommend_what_exists() {
    let articles = Edition::First.articles().unwrap();
    let seconds: BTreeSet<i64> = articles.iter().map(|a| a.created.as_second()).collect();
    assert_eq!(seconds.len(), articles.len());
    for article in &articles {
        assert!(article.see.len() <= 2 && !article.see.contains(&article.slug));
        assert!(article.see.iter().all(|s| articles.iter().any(|a| a.slug == *s)), "{}", article.slug);
    }
}

#[test]
fn the_second_pass_turns_every_page_and_changes_no_text() {
    assert_eq!(by_slug(Edition::First), by_slug(Edition::Turned));
    let site = Site::print().unwrap();
    for article in Edition::First.articles().unwrap() {
        let (before, after) =
            (body_of(&site, Edition::First, &article.path()), body_of(&site, Edition::Turned, &article.path()));
        assert_ne!(before, after);
        assert_ne!(teasers(&before), teasers(&after), "{}", article.slug);
        // All that stands before the first side block is the same to the byte.
        let text = |page: &[u8]| page[..page.windows(9).position(|w| w == b"Lire auss").unwrap()].to_vec();
        assert_eq!(text(&before), text(&after));
    }
}

#[test]
fn the_third_pass_edits_one_cuts_one_removes_one_and_adds_one() {
    let (before, after) = (by_slug(Edition::Turned), by_slug(Edition::Changed));
    let gone: Vec<_> = before.keys().filter(|s| !after.contains_key(*s)).collect();
    let new: Vec<_> = after.keys().filter(|s| !before.contains_key(*s)).collect();
    let changed: Vec<_> = before.keys().filter(|s| after.get(*s).is_some_and(|a| *a != before[*s])).collect();
    assert_eq!((gone.len(), new.len(), changed.len()), (1, 1, 2));
    let (cut, edited): (Vec<_>, Vec<_>) =
        changed.into_iter().partition(|s| after[*s].length() < before[*s].length() / 2);
    assert_eq!((cut.len(), edited.len()), (1, 1));

    let (was, is) = (&before[edited[0]], &after[edited[0]]);
    assert_eq!((&was.title, &was.lead, was.path(), was.body.len()), (&is.title, &is.lead, is.path(), is.body.len()));
    assert_eq!(was.body.iter().zip(&is.body).filter(|(a, b)| a != b).count(), 2, "a figure and a sentence");

    let (was, is) = (&before[cut[0]], &after[cut[0]]);
    assert_eq!((&was.title, &was.lead, was.path()), (&is.title, &is.lead, is.path()));
    let share = is.length() * 100 / was.length();
    assert!((25..=40).contains(&share), "{share} %");
    assert!(is.body.iter().all(|p| was.body.contains(p)), "a cut writes nothing");
}

#[test]
fn a_removed_article_is_linked_from_nowhere() {
    let site = Site::print().unwrap();
    for path in bundle::REMOVED.split_whitespace().map(|slug| by_slug(Edition::First)[slug].path()) {
        assert!(site.resource(Edition::Turned, &path).is_some());
        assert!(site.resource(Edition::Changed, &path).is_none());
        let linked = |p: &str| count(&body_of(&site, Edition::Changed, p), &path) > 0;
        assert!(!site.paths(Edition::Changed).any(linked));
    }
}

#[test]
fn the_fourth_pass_is_the_third_again() {
    let site = Site::print().unwrap();
    let all = |edition| site.paths(edition).map(|p| (p, site.resource(edition, p))).collect::<Vec<_>>();
    assert_eq!(all(Edition::Changed), all(Edition::Confirmed));
    assert!(all(Edition::Confirmed).iter().all(|(_, r)| r.unwrap().modified <= Edition::Changed.printed_at()));
}

#[test]
fn every_article_page_has_the_papers_structure() {
    let site = Site::print().unwrap();
    for edition in Edition::ALL {
        for article in edition.articles().unwrap() {
            let page = body_of(&site, edition, &article.path());
            assert_eq!(count(&page, "<h1>"), 1);
            assert_eq!(count(&page, "Publié "), 1 + SAME_AUTHOR, "{}", article.slug);
            assert_eq!(count(&page, "Lire aussi"), READ_ALSO);
            assert_eq!(count(&page, "Les articles de l'auteur"), 1);
            assert_eq!(count(&page, "ouvert aux seuls abonnés"), 1);
            assert_eq!(count(&page, "property=\"og:title\" content=\"Le Piroguier\""), 1);
            assert_eq!(count(&page, &format!("href=\"{}\"", article.path())), 0, "{} leads to itself", article.slug);
            assert!(page.ends_with(b"</html>\n"));
        }
    }
}

#[test]
fn every_teaser_follows_the_byte_rule_and_some_split_a_letter() {
    let site = Site::print().unwrap();
    for edition in Edition::ALL {
        let (mut cut, mut split, mut empty) = (0, 0, 0);
        for article in edition.articles().unwrap() {
            for teaser in teasers(&body_of(&site, edition, &article.path())) {
                let plain = unescape(&teaser);
                assert!(plain.len() <= 301 && plain.ends_with(b"."));
                cut += usize::from(plain.len() == 301);
                split += usize::from(std::str::from_utf8(&plain).is_err());
                empty += usize::from(plain == b"-.");
            }
        }
        assert!(cut > 0 && split > 0 && empty > 0, "{edition:?}: {cut} cut, {split} split, {empty} empty");
    }
}

fn unescape(teaser: &[u8]) -> Vec<u8> {
    let mut plain = teaser.to_vec();
    for (entity, letter) in [("&lt;", b'<'), ("&gt;", b'>'), ("&quot;", b'"'), ("&amp;", b'&')] {
        while let Some(at) = plain.windows(entity.len()).position(|w| w == entity.as_bytes()) {
            plain.splice(at..at + entity.len(), [letter]);
        }
    }
    plain
}

#[test]
fn both_lists_share_a_story() {
    let articles = Edition::First.articles().unwrap();
    for rank in 0..articles.len() {
        let sides = sides(Edition::First, &articles, rank);
        assert_eq!((sides.read_also.len(), sides.same_author.len()), (READ_ALSO, SAME_AUTHOR));
        assert!(sides.read_also.iter().any(|a| sides.same_author.contains(a)), "{}", articles[rank].slug);
    }
}

#[test]
fn every_link_leads_somewhere_and_listings_lead_to_every_article() {
    let site = Site::print().unwrap();
    for edition in Edition::ALL {
        let mut shown = BTreeSet::new();
        for path in site.paths(edition).filter(|p| *p == "/" || p.starts_with("/rubriques/")) {
            let page = String::from_utf8(body_of(&site, edition, path)).unwrap();
            for target in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()) {
                assert!(site.resource(edition, &target).is_some(), "{path} leads to {target}");
                shown.insert(target);
            }
        }
        let sitemap = String::from_utf8(body_of(&site, edition, "/sitemap.xml")).unwrap();
        for article in edition.articles().unwrap() {
            assert!(shown.contains(&article.path()), "{} is on no section page", article.slug);
            assert!(sitemap.contains(&format!("{}{}<", listing::ORIGIN, article.path())));
        }
    }
}

#[test]
fn the_site_has_second_pages() {
    let site = Site::print().unwrap();
    assert!(site.resource(Edition::First, "/rubriques/politique?page=2").is_some());
    assert!(site.resource(Edition::First, "/rubriques/politique?page=9").is_none());
}
