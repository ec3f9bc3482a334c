use super::*;

/// A page of a paper that gives its machines a headline, a name and a day.
fn page(n: usize, html: impl Fn(usize) -> String) -> Sample {
    let url = Url::parse(&format!("https://journal.example/articles/une-histoire-vraie-{n:05}")).unwrap();
    let captured_at = "2026-03-20T00:00:00Z".parse().unwrap();
    Sample { name: format!("page {n}"), url, html: html(n), captured_at, versions: Vec::new() }
}

fn prose(n: usize) -> String {
    let alinea = |p: usize| {
        format!(
            "<p class=alinea>Le récit numéro {n} tient en quatre alinéas, dont celui-ci porte le rang {p}, et chacun dit \
             ce que les autres ne disent pas : {n}{p} raisons de lire jusqu’au bout.</p>"
        )
    };
    [0, 1, 2, 3].map(alinea).concat()
}

fn html(n: usize, headline: &str, body: &str) -> String {
    format!(
        "<html lang=fr><head><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Histoire {n}\",\
         \"datePublished\":\"2026-03-0{n}T10:00:00Z\",\"author\":{{\"name\":\"Awa Konaté\"}}}}</script></head><body>{headline}{body}</body></html>"
    )
}

fn learnt(samples: &[Sample]) -> Learnt {
    learn(samples, &minimal(&about(samples)).unwrap(), None)
}

fn css<'l>(learnt: &'l Learnt, field: &str) -> Vec<&'l str> {
    learnt.rules.iter().filter(|rule| rule.field == field).map(|rule| rule.css.as_str()).collect()
}

#[test]
fn names_of_one_page_and_hashes_carry_no_rule() {
    let samples: Vec<Sample> = (1..6)
        .map(|n| {
            page(n, |n| {
                let headline = format!("<h2 id=post-9{n} class='css-1a{n}b3c grand-titre'>Histoire {n}</h2>");
                html(n, &headline, &format!("<div class=sc-x9Yk2 id=corps>{}</div>", prose(n)))
            })
        })
        .collect();
    let learnt = learnt(&samples);
    assert_eq!(css(&learnt, "title"), [".grand-titre"], "{learnt:?}");
    assert_eq!(css(&learnt, "body"), ["#corps"], "{learnt:?}");
    assert_eq!(learnt.rules[0].evidence.held, 5, "{learnt:?}");
}

#[test]
fn a_page_that_disagrees_is_told_with_what_it_says() {
    let samples: Vec<Sample> = (1..8)
        .map(|n| {
            page(n, |n| {
                let said = if n == 4 { "Direct : la soirée".to_owned() } else { format!("Histoire {n}") };
                html(n, &format!("<h2 class=grand-titre>{said}</h2>"), &format!("<div class=corps>{}</div>", prose(n)))
            })
        })
        .collect();
    let learnt = learnt(&samples);
    let evidence = &learnt.rules[0].evidence;
    assert_eq!((evidence.held, evidence.otherwise), (6, 1), "{learnt:?}");
    assert_eq!(evidence.contradictions, [("page 4".to_owned(), "Direct : la soirée".to_owned())]);
    assert!(whole(&about(&samples), &learnt).contains("# held on 6 of 7 pages; disagreed on 1"));
}

#[test]
fn two_designs_have_a_rule_each() {
    let samples: Vec<Sample> = (1..9)
        .map(|n| {
            page(n, |n| {
                let class = if n < 5 { "ancien" } else { "nouveau" };
                html(
                    n,
                    &format!("<p class={class}-titre>Histoire {n}</p>"),
                    &format!("<div class={class}-texte>{}</div>", prose(n).replace(" class=alinea", "")),
                )
            })
        })
        .collect();
    let learnt = learnt(&samples);
    let sorted = |field: &str| {
        let mut css = css(&learnt, field);
        css.sort_unstable();
        css
    };
    assert_eq!(sorted("title"), [".ancien-titre", ".nouveau-titre"], "{learnt:?}");
    assert_eq!(sorted("body"), [".ancien-texte", ".nouveau-texte"], "{learnt:?}");
}

#[test]
fn text_from_the_web_stays_text_in_what_is_written() {
    let hostile = "]\n[[layout]]\u{1b}[31m \"\"\" '''";
    let samples: Vec<Sample> = (1..5)
        .map(|n| {
            page(n, |n| {
                let side = format!("<h3>{hostile}</h3><ul><li><a href=/articles/a-b-c-{n}0001>Une autre {n}</a></ul>");
                let body = format!("<div class=corps>{}</div><section class=suite>{side}</section>", prose(n));
                html(
                    n,
                    &format!("<meta property=og:site_name content='{}'><h2 class=titre>Histoire {n}</h2>", "x\" y"),
                    &body,
                )
            })
        })
        .collect();
    let toml = whole(&about(&samples), &learnt(&samples));
    let profile = Profile::parse("journal", "test", &toml).unwrap_or_else(|e| panic!("{e}\n{toml}"));
    assert_eq!(profile.layouts.len(), 1, "{toml}");
    assert!(!toml.contains('\u{1b}'), "{toml}");
}

#[test]
fn pages_made_to_be_slow_are_learnt_from_in_time() {
    let heavy = |n: usize| {
        let one = |b: usize| {
            format!("<div class='b{b} c{b} d{b}'><span class='e{b}'>Histoire {n}</span><a href=/x{b}>y</a></div>")
        };
        let boxes = (0..6_000).map(one).collect::<Vec<_>>().concat();
        html(n, "<h2 class=titre>Histoire</h2>", &format!("{boxes}<div class=corps>{}</div>", prose(n)))
    };
    let samples: Vec<Sample> = (1..5).map(|n| page(n, heavy)).collect();
    assert!(samples[0].html.len() > 400_000);
    let spent =
        || std::time::Duration::try_from(rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime)).unwrap();
    let began = spent();
    let learnt = learnt(&samples);
    let took = spent().saturating_sub(began);
    assert!(took < std::time::Duration::from_mins(1), "{took:?} {}", learnt.pages.len());
}

#[test]
fn the_open_layout_of_a_profile_is_closed_and_the_rest_of_its_text_stays() {
    let toml = "name = 'J'\nzone = 'UTC'\nlanguage = 'fr'\nhosts = ['journal.example']\n[article]\npaths = []\n\
                # The second design.\n[[layout]]\nfrom = 2020-01-01\nbody = [\n  { css = 'p' },\n]\n\
                [[layout]]\nuntil = 2020-01-01\ntitle = [{ css = 'h2' }]\n";
    let profile = Profile::parse("j", "j.toml", toml).unwrap();
    let at: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    let amended = relayed(&profile, &Learnt::default(), at).unwrap();
    assert_eq!(amended.layouts.len(), 3);
    assert_eq!((amended.layouts[1].until, amended.layouts[2].until), (Some(at), profile.layouts[1].until));
    assert!(amended.toml.contains("# The second design."));
    let renewed = replaced(&profile, &Learnt::default()).unwrap();
    assert_eq!((renewed.layouts.len(), renewed.layouts[0].from), (2, profile.layouts[0].from));
    // Whatever stands behind the layout stays, however its tables are written.
    let behind = format!(
        "{toml}[pace]  # as agreed with the editor\ndelay = 30\n  [[listing]]\nkind = 'front'\nurl = 'https://journal.example/'\n"
    );
    for text in [behind.clone(), behind.replace('\n', "\r\n")] {
        let profile = Profile::parse("j", "j.toml", &text).unwrap();
        for renewed in
            [relayed(&profile, &Learnt::default(), at).unwrap(), replaced(&profile, &Learnt::default()).unwrap()]
        {
            assert_eq!((renewed.pace.delay, renewed.listings.len()), (std::time::Duration::from_secs(30), 1));
            assert!(renewed.toml.contains("# as agreed with the editor") && !renewed.toml.contains('\r'));
        }
    }
    let bare = Profile::parse("j", "j.toml", toml.split("# The").next().unwrap()).unwrap();
    assert_eq!(relayed(&bare, &Learnt::default(), at).unwrap().layouts.len(), 2);
}
