//! The words of labels, in plain letters: lower case, without accents. French first, then the languages around it.

/// Words that announce related links wherever they stand alone or right before a link.
pub(super) const STRONG: &[&str] = &[
    // À lire aussi, Voir également, À (re)lire aussi sur ce sujet
    concat!(
        r"(?:a )?(?:\(?re\)?)?(?:lire|voir|ecouter|regarder|consulter|decouvrir|retrouver|suivre) ",
        r"(?:aussi|egalement|ensuite|encore)(?: (?:sur|dans) (?:ce|cette|le meme|la meme|notre|nos) \w+| sur [\w.\-]+)?",
    ),
    r"lire (?:notre|nos) (?:dossiers?|articles?)|aussi a lire|a lire (?:maintenant|apres)",
    // Sur le même sujet, Autour de ce thème, D'autres articles sur le même thème, Dans la même rubrique
    concat!(
        r"(?:voir |lire )?(?:tous |toute )?(?:les |nos |la |l')?(?:plus d'|d')?(?:autres? )?",
        r"(?:(?:articles?|actualites?|infos?|contenus?|videos?|dossiers?) )?",
        r"(?:sur|autour d[eu]|dans) ?(?:le |la |ce |cette )?(?:meme )?(?:sujet|theme|dossier|serie)",
    ),
    r"dans (?:la|cette) (?:meme )?rubrique(?: \w+)?|(?:memes?|meme) (?:sujet|theme|rubrique)|sur le meme (?:sujet|theme)",
    // Articles liés, Nos contenus associés, Autres articles recommandés
    concat!(
        r"(?:nos |les |voir |autres |d'autres |plus d')*",
        r"(?:articles?|contenus?|sujets?|lectures?|actualites?|infos?|videos?|publications?|dossiers?|liens) ",
        r"(?:lies?|liees?|connexes?|similaires?|associes?|associees?|recommandes?|recommandees?|apparentes?|",
        r"apparentees?|complementaires?|suggeres?|suggerees?|correles?)",
    ),
    // La rédaction vous conseille, Nous vous recommandons, Recommandé pour vous
    r"(?:[\w.'\-]+ ){1,4}vous (?:conseill|recommand|sugger)[a-z]+(?: aussi| egalement)?",
    r"recommandee?s? pour vous|nos recommandations|recommandations?|suggestions? (?:d'articles?|de lecture)",
    // Vous aimerez aussi, Ces articles peuvent vous intéresser
    r"vous (?:aimerez|aimeriez|adorerez)(?: peut-etre)?(?: aussi| egalement)?(?: lire)?",
    r"vous pourriez(?: aussi| egalement)? (?:aimer|etre interesses? par)(?: aussi| egalement)?(?: lire)?",
    concat!(
        r"(?:(?:ces|cet|cela|ca|ceci) (?:articles? |sujets? |contenus? )?)?",
        r"(?:peut|peuvent|pourrait|pourraient|devrait|devraient)(?: aussi| egalement)? vous (?:interesser|plaire)",
        r"(?: aussi| egalement)?",
    ),
    // Nos lecteurs ont lu aussi, D'autres ont aimé
    r"(?:nos lecteurs|les lecteurs|les internautes|d'autres|ils) ont (?:aussi |egalement )?(?:lu|aime|consulte)(?: aussi)?",
    r"apres cet article|a ne pas manquer|pour aller plus loin|pour approfondir(?: le sujet)?|pour prolonger(?: la lecture)?",
    // English
    r"(?:read|see|watch) (?:also|more|next)(?: (?:on|about) this(?: \w+)?)?|also read|up next|what to read next",
    r"related(?: (?:articles?|story|stories|topics?|news|posts?|coverage|content|reads?|reading|links?|videos?))?",
    r"you (?:may|might|could)(?: also)? (?:like|enjoy|be interested in)|more like this|(?:keep|further|suggested) reading",
    r"recommended(?: for you| articles?| stories| reading| reads)?|similar (?:articles|stories|posts)",
    // Deutsch
    r"lesen sie (?:auch|hier|dazu|mehr|jetzt|ausserdem)(?: auch| mehr)?(?: dazu| zum thema)?|mehr zu(?:m| diesem) thema",
    r"mehr dazu|auch interessant|passend dazu|siehe auch|lesetipps?|artikel zum thema",
    r"das (?:konnte|wird) (?:sie|dich|dir|ihnen)(?: auch)?(?: noch)? (?:interessieren|gefallen)",
    r"(?:fur dich )?empfohlen(?:e artikel)?",
    r"(?:weitere|ahnliche|verwandte) (?:artikel|beitrage|meldungen|themen)(?: zum thema)?|zum thema",
    // Español, português
    r"(?:lea|lee|leer|vea|mira|ver)(?: tambien| mas)|(?:tambien )?(?:te|le) (?:puede|podria)(?: tambien)? interesar",
    r"(?:noticias?|articulos?|notas?|contenidos?|temas?) relacionad[oa]s?|no te (?:lo )?pierdas|podria interesar(?:te|le)",
    r"(?:leia|veja)(?: tambem| mais| ainda)|saiba mais|nao perca|recomendad[oa]s?(?: para (?:ti|usted|voce))?",
    r"(?:noticias|artigos|conteudos|materias) relacionad[oa]s|relacionad[oa]s",
    // Italiano, Nederlands, Kiswahili
    r"leggi anche|(?:ti )?potrebbe interessar(?:e|ti)(?: anche)?|articoli correlati|lees (?:ook|meer|verder)",
    r"gerelateerde?(?: artikelen| berichten)?|soma pia",
];

/// Words too common to be believed without a link right behind a sign, or a heading of their own.
pub(super) const WEAK: &[&str] = &[
    r"a (?:\(?re\)?)?(?:lire|voir|decouvrir|ecouter|suivre)",
    r"(?:re)?lire|(?:re)?voir|(?:re)?ecouter",
    r"pour en savoir (?:plus|davantage)|(?:en|plus) d'(?:infos?|informations?)|notre selection|nos suggestions",
    r"more on this(?: story| topic)?|more from [^:]{2,40}|mas (?:informacion|sobre este tema)",
];

/// Lire l'entretien :, Lire nos explications :, Voir la carte : a verb and what it is about, up to a sign.
pub(super) const PHRASE: &str = concat!(
    r"(?:a )?(?:re)?(?:lire|voir|ecouter|regarder|decouvrir|retrouver|consulter) (?:aussi |egalement )?",
    r"(?:notre |nos |l'|le |la |les |cet |cette |ces |son |sa |ses |un |une )[^:.!?<>»]{2,60}",
);

/// Lire la suite :, Voir en ligne : they lead to a source or to the rest of the same text.
pub(super) const SOURCE: &str = concat!(
    r"(?:a )?(?:lire|voir|read|continue)(?: reading)? (?:la suite|plus tard|en ligne|l'integral\w*|l'original\w*|le pdf|",
    r"l'article (?:original|complet|entier|source|integral)|(?:le|la|les|un|une) commentaires?|the (?:full|original))",
);

/// Les articles de l'auteur.
pub(super) const AUTHOR: &[&str] = &[
    concat!(
        r"(?:(?:les|autres|tous|derniers|ses|plus d'|d'autres|nos) )*articles? (?:recents )?",
        r"(?:de l'auteure?|du meme auteur|de cet(?:te)? auteure?|de la meme plume)",
    ),
    r"articles recents de [^:]{2,40}|(?:les )?derniers articles de [^:]{2,40}|ses (?:derniers|autres) articles",
    r"du meme auteur|more (?:from|by) (?:this|the) author|mehr von (?:diesem autor|dieser autorin)|del mismo autor",
];

/// Les plus lus, À la une, En continu: lists of the house, not of the article.
pub(super) const SIDE: &[&str] = &[
    concat!(
        r"(?:(?:les|articles?|top|tops|nos) )*(?:plus|mieux|\+) ",
        r"(?:lus|lues|vus|vues|consultes|populaires|partages|commentes|recents)(?: .{0,40})?",
    ),
    r"(?:les )?tops? articles?(?: .{0,40})?|a la une(?: .{0,30})?|(?:l'info |l'actu(?:alite)? )?en continu|en ce moment",
    r"(?:les |nos )?derni(?:eres?|ers?) (?:articles?|actualites?|actus?|infos?|publications?|publis?|nouvelles|minutes?)(?: .{0,60})?",
    r"(?:le )?fil (?:info|d'infos?|d'actualites?|du .{2,30})|articles recents|toute l'actualite|tendances?|nos videos",
    r"most (?:read|popular|viewed|shared)|trending(?: now)?|latest (?:news|stories)|top stories|editors' picks",
    r"popular (?:articles|stories|posts)|from around the (?:site|web)|latest articles",
    r"meistgelesen|meistgelesene artikel|aktuell(?:es|e (?:news|nachrichten|meldungen))|das neueste(?: .{0,40})?|lo mas (?:leido|visto)|ultimas noticias|mais lidas|i piu letti|meest gelezen",
];

/// Article réservé à nos abonnés, Vidéo: who may read it or what it is; stands between a label and its link.
pub(super) const ACCESS: &str = concat!(
    r"(?:article |contenu )?(?:reserve|exclusif)\w*(?: (?:a nos|aux|pour (?:les|nos)) abonne\w*)?|(?:pour )?abonne\w*|",
    r"premium|exclusif|video|podcast|infographie|carte|diaporama|en images|article payant|subscribers? only|",
    r"for subscribers|nur fur abonnenten",
);

/// Publicité, Anzeige.
pub(super) const ADVERTISEMENT: &str = concat!(
    r"(?:la suite apres la |la suite apres cette )?(?:publicites?|pub)|annonces?|contenus? sponsorises?|partenaires?|",
    r"anzeige|werbung|advertise(?:ment|r)s?(?: content)?|sponsored(?: content)?|publicidad|publicidade|reclame",
);

/// Link texts that name no article.
pub(super) const GENERIC: &str = concat!(
    r"lire(?: (?:la suite|plus|l'article|davantage))?|en savoir (?:plus|\+)|voir(?: (?:plus|tout|tous))?|la suite|ecouter|",
    r"suite|plus|plus d'(?:actu|articles?|infos?)(?: .{0,30})?|more|read more|continue reading|weiterlesen|mehr|leer mas|",
    r"leia mais|s'abonner|commenter|\d+ commentaires?",
);
