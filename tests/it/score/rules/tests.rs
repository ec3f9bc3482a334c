//! The rules on cases small enough to be reckoned by hand, or by the sets' own programs.

use super::*;

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|&text| text.to_owned()).collect()
}

fn near(value: f64, wanted: f64) {
    assert!((value - wanted).abs() < 1e-9, "{value} for {wanted}");
}

#[test]
fn shingles_are_runs_of_four_words_and_a_short_text_is_one() {
    let half = shingles("a b c d e", "a b c d x");
    assert_eq!(half, Points::Overlap { precision: Some(0.5), recall: Some(0.5) });
    assert_eq!(shingles("un, deux", "un deux"), Points::Overlap { precision: Some(1.0), recall: Some(1.0) });
    assert_eq!(shingles("A b c d", "a b c d"), Points::Overlap { precision: Some(0.0), recall: Some(0.0) });
    assert_eq!(shingles("a b c d", ""), Points::Overlap { precision: None, recall: Some(0.0) });
}

#[test]
fn a_set_of_shingles_is_the_harmonic_mean_of_mean_precision_and_mean_recall() {
    let whole = Points::Overlap { precision: Some(1.0), recall: Some(1.0) };
    let nothing = Points::Overlap { precision: None, recall: Some(0.0) };
    near(total(&[whole, nothing]), 2.0 * 1.0 * 0.5 / 1.5);
}

#[test]
fn words_count_as_often_as_both_sides_have_them() {
    near(word_f1("the cat and the dog", "The dog the the"), 2.0 * 3.0 / 9.0);
    near(word_f1("", ""), 1.0);
    near(word_f1("a", ""), 0.0);
}

#[test]
fn segments_are_found_across_lines_and_misses_are_what_is_not() {
    let points = segments(&texts(&["one two", "three"]), &texts(&["menu", "Menu"]), "one\n\ntwo … menu");
    assert_eq!(points, Points::Counts { hits: 1, alarms: 1, misses: 1 });
    near(total(&[points]), 0.5);
}

#[test]
fn rouge_is_the_union_of_subsequences_of_all_paragraphs() {
    // Lin 2004, §3.2: w1 w2 and w1 w3 w5 together are four of the five words of the reference.
    let union = rouge_lsum(&texts(&["w1 w2 w3 w4 w5"]), &texts(&["w1 w2 w6 w7 w8", "w1 w3 w8 w9 w5"]));
    near(union, 2.0 * (4.0 / 5.0) * (4.0 / 10.0) / (4.0 / 5.0 + 4.0 / 10.0));
    near(rouge_lsum(&texts(&["un deux", "trois"]), &texts(&["Un deux.", "trois"])), 1.0);
    near(rouge_lsum(&texts(&["un deux", "trois"]), &texts(&["trois un deux"])), 1.0);
    near(rouge_lsum(&texts(&["un deux trois"]), &texts(&["trois deux un"])), 2.0 / 6.0);
    near(rouge_lsum(&texts(&["un"]), &[]), 0.0);
}

#[test]
fn rouge_counts_no_word_twice_and_knows_other_scripts() {
    near(rouge_lsum(&texts(&["a b", "a b"]), &texts(&["a b"])), 2.0 * 2.0 / 6.0);
    near(rouge_lsum(&texts(&["новости дня"]), &texts(&["Новости ночи"])), 0.5);
    near(rouge_lsum(&texts(&["今日新聞"]), &texts(&["今日天氣"])), 0.5);
}

#[test]
fn images_are_the_same_under_any_of_their_sizes() {
    let wanted = vec![
        texts(&["https://i.example/a-600.jpg", "https://i.example/a-900.jpg"]),
        texts(&["https://i.example/b.jpg"]),
    ];
    near(images(&wanted, &texts(&["http://i.example/a-900.jpg?w=900", "https://i.example/c.jpg"])), 0.5);
    near(images(&wanted[..1], &texts(&["https://i.example/a-600.jpg", "https://i.example/a-900.jpg"])), 2.0 / 3.0);
    let proxied = vec![texts(&["https://i.example/_next/image?url=%2Fa.jpg&w=9"])];
    near(images(&proxied, &texts(&["https://i.example/_next/image?url=%2Fb.jpg&w=9"])), 0.0);
    near(images(&[], &[]), 1.0);
}

#[test]
fn names_are_a_set_and_a_text_of_several_is_cut_where_it_may_be() {
    assert!(names(&texts(&["Awa Konaté", "Bakary Traoré"]), &texts(&["BAKARY TRAORÉ", "Awa Konaté"]), false));
    assert!(!names(&texts(&["Awa Konaté, Bakary Traoré"]), &texts(&["Awa Konaté", "Bakary Traoré"]), false));
    assert!(names(&texts(&["Awa Konaté and Bakary Traoré"]), &texts(&["Awa Konaté", "Bakary Traoré"]), true));
    assert!(!names(&texts(&["Awa Konaté"]), &[], true));
}

#[test]
fn a_day_is_right_at_the_paper_or_as_the_very_instant() {
    let when = |text: &str| exact::When::parse(text);
    assert!(when("2024-05-03").unwrap().same_day(when("2024-05-03T23:30:00-05:00")));
    assert!(when("2024-05-03 23:30:00-05:00").unwrap().same_day(when("2024-05-04T04:30:00Z")));
    assert!(!when("2024-05-03").unwrap().same_day(when("2024-05-04T04:30:00Z")));
    assert!(!when("2024-05-03").unwrap().same_day(None));
    assert_eq!(when("2022-01.26"), when("2022-01-26"));
    assert_eq!(when("2015-11"), None);
}
