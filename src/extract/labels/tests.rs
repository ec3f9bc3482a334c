//! Forms of labels, and words that are none.

use super::*;

#[track_caller]
fn label(line: &str) -> Option<String> {
    at_start(line, &[]).map(|l| l.text)
}

fn believed_alone(line: &str) -> bool {
    at_start(line, &[]).is_some_and(|l| !l.weak || l.announced)
}

#[test]
fn every_form_of_the_label_is_known() {
    for line in [
        "Lire aussi : Région de Nioro",
        "À lire aussi",
        "A LIRE AUSSI",
        "A\u{300} lire aussi",
        "LIRE AUSSI SUR REGARDS.FR >> Un autre",
        ">> A lire aussi : Pour revivre",
        "🔴 À lire aussi :",
        "À lire également...",
        "À (re)lire aussi",
        "Lire aussi\u{a0}: x",
        "LIRE EGALEMENT »",
        "Voir aussi :",
        "Voir aussi → Le pont",
        "Sur le même sujet",
        "Sur le meme theme",
        "+ Sur le sujet",
        "Voir d’autres articles sur le même thème :",
        "Articles liés",
        "NOS ARTICLES LIÉS »",
        "+ Dans la même rubrique",
        "Dans la rubrique",
        "À lire aussi »",
        "La rédaction vous conseille :",
        "Nous vous recommandons",
        "Vous aimerez aussi",
        "Cela peut vous intéresser",
        "Nos lecteurs ont lu aussi",
        "D'autres ont aimé »",
        "Les articles de l'auteur",
        "Les articles de l’auteur",
        "Ses derniers articles",
        "Les + lus",
        "Les plus lus dans cette section",
        "Lire : un autre",
        "Lire l’entretien : Une voix",
        "Lire nos explications : Une voix",
        "Read Next",
        "You might also like",
        "Lesen Sie auch:",
        "Das könnte Sie auch interessieren",
        "Lea también",
        "Noticias relacionadas",
        "Leia também:",
        "Leggi anche",
        "Lees ook:",
    ] {
        assert!(label(line).is_some(), "{line}");
    }
    assert_eq!(label("Lire aussi : Région").unwrap(), "Lire aussi");
    assert_eq!(label("A\u{300} LIRE  AUSSI\u{202f}: Région").unwrap(), "A\u{300} LIRE  AUSSI");
    assert_eq!(label("Lire l’entretien : Région").unwrap(), "Lire l’entretien");
}

#[test]
fn the_end_of_a_label_is_where_its_link_may_begin() {
    for line in [
        "À\u{a0}lire aussi\u{202f}: Un pont",
        ">> A LIRE AUSSI : Un pont",
        "Lire aussi. Un pont",
        "Lire aussi » Un pont",
    ] {
        let found = at_start(line, &[]).unwrap();
        assert_eq!(&line[found.end..], "Un pont", "{line}");
    }
}

#[test]
fn false_friends_are_no_labels() {
    for line in [
        "Lire la suite sur le site",
        "Lire la suite :",
        "Lire l’article original : Le Temps",
        "Lirez-vous",
        "On peut lire aussi que",
        "Voir le jour",
        "À lire",
        "Lire plus tard",
        "Lire aussitôt : un ordre",
    ] {
        assert!(!believed_alone(line), "{line}");
    }
    for line in
        ["Il faut lire aussi : ses livres", "Le maire va lire aussi ses notes.", "Il dit lire notre presse : le matin."]
    {
        assert!(inside(line).is_empty(), "{line}");
    }
}

#[test]
fn labels_stand_inside_a_line_behind_an_end_or_in_capitals() {
    for line in [
        "La ville est prise. Lire aussi : Un autre jour",
        "« Jamais ! » LIRE AUSSI Un autre jour",
        "La ville est prise À LIRE AUSSI Un autre jour",
        "La ville est prise (lire aussi : Un autre jour)",
        "La ville est prise. Lire notre enquête : Un autre jour",
        "Un mot. Lire aussi : Un autre jour Lire aussi : Un troisième",
    ] {
        assert!(!inside(line).is_empty(), "{line}");
    }
    assert_eq!(inside("Un mot. Lire aussi : Un autre jour Lire aussi : Un troisième").len(), 2);
}

#[test]
fn words_of_access_and_empty_words_are_told_from_titles() {
    assert!(
        is_access_mark(" Article réservé à nos abonnés ") && is_access_mark("[Vidéo]") && !is_access_mark("Le pont")
    );
    assert!(is_generic("Lire la suite >") && is_generic("+ Plus d’actu") && !is_generic("Lire entre les lignes"));
}
