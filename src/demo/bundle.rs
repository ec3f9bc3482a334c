//! The files of `data/demo/`, compiled in: the program needs nothing beside it.

/// Embeds the named files of a folder under `data/demo/`, each with its name.
macro_rules! texts {
    ($folder:literal: $($slug:literal)*) => {
        &[$(($slug, include_str!(concat!("../../data/demo/", $folder, "/", $slug, ".txt")))),*]
    };
}

/// The articles as first printed.
pub(super) const ARTICLES: &[(&str, &str)] = texts!("articles":
    "course-de-pirogues-kolontoumou-garde-sa-couronne"
    "edito-ce-que-dit-la-crue"
    "l-etat-civil-ouvre-un-guichet-sur-l-eau"
    "mangues-les-planteurs-de-sebela-visent-la-certification"
    "marche-de-sebela-la-mairie-repond-aux-commercants"
    "sikoroni-le-prix-du-riz-recule-enfin"
    "sirakele-les-pompes-promises-se-font-attendre"
    "tienkoroba-le-conseil-communal-adopte-son-budget-2026"
    "transport-fluvial-les-bus-bateaux-reprennent-du-service"
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
