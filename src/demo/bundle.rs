//! The files of `data/demo/`, compiled in: the program needs nothing beside it.

/// Embeds the named files of a folder under `data/demo/`, each with its name.
macro_rules! texts {
    ($folder:literal: $($slug:literal)*) => {
        &[$(($slug, include_str!(concat!("../../data/demo/", $folder, "/", $slug, ".txt")))),*]
    };
}

/// The articles as first printed.
pub(super) const ARTICLES: &[(&str, &str)] = texts!("articles":
    "a-wourodjan-les-archives-du-puits"
    "assises-de-la-jeunesse-quarante-deux-propositions-remises"
    "athletisme-dix-kilometres-a-travers-les-rizieres"
    "banankodji-le-port-manque-de-quai"
    "basket-feminin-sikoroni-reste-invaincu"
    "bogolan-l-indigo-et-la-boue-au-musee-de-sikoroni"
    "cantines-scolaires-le-menu-se-decide-au-village"
    "course-de-pirogues-kolontoumou-garde-sa-couronne"
    "des-lunettes-a-l-essai-sous-le-hangar"
    "edito-ce-que-dit-la-crue"
    "faraba-kouna-un-mini-reseau-solaire-pour-six-villages"
    "football-les-cheminots-s-offrent-la-coupe-du-district"
    "intercommunalite-onze-maires-pour-un-seul-bac"
    "karite-les-cooperatives-du-bogolon-s-unissent"
    "kolontoumou-le-pont-flottant-tiendra-jusqu-a-l-hivernage"
    "kora-le-luthier-qui-ecoute-les-calebasses"
    "l-etat-civil-ouvre-un-guichet-sur-l-eau"
    "le-poisson-fume-prend-la-route"
    "les-potieres-de-dounfing-rallument-le-grand-four"
    "les-sages-femmes-de-niamakolo-ont-leur-ambulance"
    "lutte-le-berger-de-djiguine-terrasse-le-champion"
    "mangues-les-planteurs-de-sebela-visent-la-certification"
    "marche-de-sebela-la-mairie-repond-aux-commercants"
    "marionnettes-les-geants-de-dounfing-sortent-de-l-ombre"
    "motos-taxis-le-gilet-jaune-devient-la-regle"
    "photographie-les-visages-du-dernier-train"
    "sikoroni-le-prix-du-riz-recule-enfin"
    "sirakele-les-pompes-promises-se-font-attendre"
    "tienkoroba-le-conseil-communal-adopte-son-budget-2026"
    "transport-fluvial-les-bus-bateaux-reprennent-du-service"
    "une-bibliotheque-qui-remonte-le-courant"
);

/// What the third pass prints in the place of articles of the same name, or anew.
pub(super) const LATER: &[(&str, &str)] = texts!("later":
    "la-pluie-des-mangues-tombe-sur-sebela-avec-un-mois-d-avance"
    "sirakele-les-pompes-promises-se-font-attendre"
    "tienkoroba-le-conseil-communal-adopte-son-budget-2026"
);

/// The articles that the third pass no longer has, one a line.
pub(super) const REMOVED: &str = include_str!("../../data/demo/later/removed");

#[cfg(test)]
mod tests {
    use super::*;

    fn on_disk(folder: &str) -> Vec<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo").join(folder);
        let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut slugs: Vec<String> = names.filter_map(|n| n.strip_suffix(".txt").map(str::to_owned)).collect();
        slugs.sort();
        slugs
    }

    #[test]
    fn every_file_of_the_folder_is_bundled() {
        for (folder, list) in [("articles", ARTICLES), ("later", LATER)] {
            let mut bundled: Vec<&str> = list.iter().map(|(slug, _)| *slug).collect();
            bundled.sort_unstable();
            assert_eq!(bundled, on_disk(folder));
        }
    }
}
