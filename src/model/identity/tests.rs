use super::*;
use crate::model::article::{Block, BlockKind};

/// Sentences of a small paper: each article takes eight of its own, and all share the paper's turns of phrase.
const STORIES: [(&str, [&str; 8]); 3] = [
    (
        "Le pont de la rive droite est ouvert",
        [
            "Le pont a été ouvert hier en présence des riverains, qui l’attendaient depuis deux ans.",
            "Les travaux ont coûté moins que prévu, selon l’entrepreneur chargé du chantier.",
            "La chaussée a été élargie pour laisser passer les cars et les camions du marché.",
            "Les taxis reprendront leur ancien trajet dès la semaine prochaine, a promis le maire.",
            "Une passerelle pour les piétons sera posée avant la saison des pluies.",
            "Le ministère a rappelé que la circulation des poids lourds reste interdite la nuit.",
            "Plusieurs commerçants disent avoir perdu la moitié de leurs clients pendant le chantier.",
            "Une cérémonie est prévue le mois prochain avec les anciens du quartier.",
        ],
    ),
    (
        "La récolte de coton commence sous de bons auspices",
        [
            "Les premières charrettes de coton sont arrivées hier à l’usine de Koutiala.",
            "Les producteurs parlent d’une saison meilleure que la précédente, malgré le retard des pluies.",
            "Le prix au kilo a été fixé en avril après de longues négociations avec l’État.",
            "L’usine tourne désormais jour et nuit et a recruté deux cents saisonniers.",
            "Les transporteurs réclament une remise en état de la piste qui mène aux villages.",
            "La coopérative a distribué des sacs et des bâches à ses membres.",
            "Selon le directeur régional, l’objectif est de soixante mille tonnes avant février.",
            "Les femmes du village ont obtenu une part de la vente des graines.",
        ],
    ),
    (
        "Basket : les Aigles gagnent à Dakar",
        [
            "L’équipe nationale a battu le Sénégal hier soir devant une salle pleine.",
            "Menées de neuf points à la pause, les joueuses ont renversé la rencontre au dernier quart-temps.",
            "La capitaine a marqué vingt-deux points et pris onze rebonds.",
            "L’entraîneur a salué la défense de ses remplaçantes dans les dernières minutes.",
            "La prochaine rencontre aura lieu samedi contre la Guinée.",
            "Une victoire suffirait pour terminer en tête du groupe.",
            "Les supporters ont chanté jusque tard dans les rues de la médina.",
            "La fédération espère accueillir la phase finale l’an prochain.",
        ],
    ),
];

fn text(title: &str, sentences: &[&str], day: &str) -> Text {
    let block = |s: &&str| Block { kind: BlockKind::Paragraph, text: (*s).to_owned() };
    Text {
        title: title.into(),
        lead: None,
        body: sentences.iter().map(block).collect(),
        authors: Vec::new(),
        published_on: (!day.is_empty()).then(|| day.parse().unwrap()),
    }
}

fn story(n: usize, day: &str) -> Text {
    text(STORIES[n].0, &STORIES[n].1, day)
}

fn kin(before: &Text, now: &Text) -> Kin {
    Gist::of(before).kin(&Gist::of(now))
}

#[test]
fn two_stories_are_told_apart_and_only_a_day_makes_it_sure() {
    for (a, b) in [(0, 1), (1, 2), (2, 0)] {
        let shared = Gist::of(&story(a, "")).shared(&Gist::of(&story(b, "")));
        assert!(shared < NOTHING / 2.0, "{a} and {b} share {shared}");
        assert_eq!(kin(&story(a, "2026-11-01"), &story(b, "2026-11-20")), Kin::Another);
        assert_eq!(kin(&story(a, "2026-11-01"), &story(b, "2026-11-01")), Kin::Doubtful);
        assert_eq!(kin(&story(a, ""), &story(b, "2026-11-01")), Kin::Doubtful);
        assert!(!Gist::of(&story(a, "")).is_alike(&Gist::of(&story(b, ""))));
    }
}

#[test]
fn an_edit_however_heavy_is_the_same_story() {
    for n in 0..STORIES.len() {
        let (title, all) = (STORIES[n].0, &STORIES[n].1);
        let before = story(n, "2026-11-01");
        let mut live: Vec<&str> = STORIES[(n + 1) % 3].1.to_vec();
        live.extend(all);
        for (what, after) in [
            ("retitled", text("Tout autre chose que ce matin", all, "2026-11-02")),
            ("cut to a quarter", text("Tout autre chose", &all[..2], "2026-11-02")),
            ("a live text with as much before it", text("Direct", &live, "2026-11-02")),
            ("turned round", text(title, &all.iter().rev().copied().collect::<Vec<_>>(), "2026-11-02")),
            ("written anew under its title", text(title, &STORIES[(n + 1) % 3].1, "2026-11-02")),
            ("two lines", text("Communiqué", &["Une phrase.", "Une autre."], "2026-11-02")),
        ] {
            assert_eq!(kin(&before, &after), Kin::Same, "{n}: {what}");
        }
    }
}

#[test]
fn pages_of_one_article_are_alike_and_others_are_not() {
    let whole = Gist::of(&story(0, "2026-11-01"));
    let alike = |other: Text| whole.is_alike(&Gist::of(&other));
    assert!(alike(text("Le pont", &STORIES[0].1[..3], "")), "the print view's beginning");
    assert!(alike(text("Impression", &STORIES[0].1, "")), "another title over the same text");
    assert!(!alike(text(STORIES[0].0, &STORIES[1].1, "2026-11-01")), "the same title over another text");
}

#[test]
fn a_short_or_undated_text_does_not_make_two_pages_one() {
    let day = Some("2026-11-01".parse().unwrap());
    assert!(tells_enough(SAME_TEXT, day) && !tells_enough(SAME_TEXT - 1, day) && !tells_enough(9_000, None));
}
