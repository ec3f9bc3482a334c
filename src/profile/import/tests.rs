//! Rule files of our own, each line for one thing a file may say.

use std::time::Instant;

use super::super::rules::{Field, Rules};
use super::*;

fn of(text: &str) -> Imported {
    import("lejour.example.txt", text).unwrap_or_else(|e| panic!("{e}"))
}

fn profile(imported: &Imported) -> Profile {
    Profile::parse(&imported.site, "x.toml", &imported.toml).unwrap()
}

fn rules(text: &str) -> Rules {
    profile(&of(text)).layouts[0].rules.clone()
}

fn names(rules: &Rules, field: Field) -> Vec<String> {
    rules.of(field).iter().map(|rule| rule.name.clone()).collect()
}

#[test]
fn fields_become_rules_with_griots_own_behind_them() {
    let rules = rules(
        "title: //meta[@property='og:title']/@content\ntitle: //h1 | //h2[@class='t']\nauthor: 'Awa Diarra'\n\
         date: //time/@datetime\nbody: //div[@id='a'] | //div[@id='b']\nbody: (//article)[1]\n",
    );
    assert_eq!(
        names(&rules, Field::Title)[..3],
        ["title[1] meta og:title", "title[2] css h1, h2[class=\"t\"]", "title[1] agreed"]
    );
    assert_eq!(names(&rules, Field::Byline)[0], "byline[1] value Awa Diarra");
    assert_eq!(names(&rules, Field::Published)[0], "published[1] css time @datetime");
    assert_eq!(names(&rules, Field::Body)[..2], ["body[1] css div#a, div#b", "body[2] css article"]);
    assert_eq!(rules.of(Field::Body)[1].nth, Some(0));
    for no in ["no", "No", "FALSE", "0"] {
        let alone = super::tests::rules(&format!("body: //p\nautodetect_on_failure: {no}"));
        assert_eq!(names(&alone, Field::Body), ["body[1] css p"]);
    }
}

#[test]
fn what_is_stripped_and_replaced_is_carried() {
    let rules = rules(
        "strip: //p[contains(., 'Lire aussi')]\nstrip_id_or_class: 'pub'\nstrip_image_src: /l.gif?\n\
         find_string: <a-img\nreplace_string(</a-img>): </img>\nreplace_string: <img\nskip_json_ld: yes\n",
    );
    let own = rules.drop.len() - 2;
    assert!(rules.drop[own].says.as_ref().unwrap().is_match("À Lire  aussi"));
    assert!(rules.drop_images[0].is_match("https://x.example/l.gif?1") && !rules.drop_images[0].is_match("/l-gif"));
    let replaced: Vec<_> = rules.replace.iter().map(|r| (r.find.as_str(), r.with.as_str())).collect();
    assert_eq!(replaced, [("<a-img", "</img>"), ("</a-img>", "<img")], "in the order in which they are read");
    assert!(rules.unstructured);
}

#[test]
fn links_of_articles_on_several_pages_are_carried_with_their_conditions() {
    let imported = of("single_page_link: //a[@class='tout']\nif_page_contains: //div[@id='pages']\n\
                       next_page_link: //link[@rel='next']/@href\nsingle_page_link: concat(//link[@rel='canonical']/@href, '?tout')\n\
                       next_page_link: //a[@id='n']\nif_page_contains: //p[contains(., 'x')]");
    let rules = profile(&imported).layouts[0].rules.clone();
    assert_eq!(
        names(&rules, Field::SinglePage),
        [
            "single_page[1] css :root:has(:is(div#pages)) :is(a[class=\"tout\"]) @href",
            "single_page[2] css link[rel=\"canonical\"] @href"
        ]
    );
    assert_eq!(rules.of(Field::SinglePage)[1].into.as_deref(), Some("{}?tout"));
    assert_eq!(names(&rules, Field::NextPage), ["next_page[1] css link[rel=\"next\"] @href"]);
    let left: Vec<&str> = imported.left.iter().map(|l| l.because.as_str()).collect();
    assert_eq!(left, ["its condition cannot be carried over", "it asks the words of an element"]);
    let tally = imported.tally["next_page_link"];
    assert_eq!((tally.carried, tally.left), (1, 1));
}

#[test]
fn headers_are_carried_unless_they_pretend() {
    let imported =
        of("http_header(user-agent): Mozilla/5.0\nhttp_header(Cookie): consent=1\nhttp_header(cookie): b=2;\n\
                       http_header(referer): https://www.google.com/\nhttp_header(referer): https://lejour.example/\n\
                       http_header(host): x\n");
    let headers = profile(&imported).headers;
    let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(headers, [("cookie", "consent=1; b=2;"), ("referer", "https://lejour.example/")]);
    let left: Vec<usize> = imported.left.iter().map(|l| l.line).collect();
    assert_eq!(left, [1, 4, 6]);
}

#[test]
fn what_is_left_is_told_with_its_line_and_stands_in_the_profile() {
    let imported = of("body: //div\nlogin_uri: https://x.example/\ntidy: no\nnonsense\nbody: //div[\nfootnotes: yes\n\
                       test_url: https://lejour.example/2024/05/01/un\ntest_contains: une phrase\ntitre: //h1\n");
    let left: Vec<_> = imported.left.iter().map(|l| (l.line, l.because.as_str())).collect();
    assert_eq!(
        left,
        [
            (2, "griot does not log in"),
            (4, "it is no directive"),
            (5, "it is not XPath: `a name` is missing before its end"),
            (9, "it is no directive that is known"),
        ]
    );
    assert!(!imported.is_whole());
    let sums = imported.sums();
    assert_eq!((sums.carried, sums.unneeded, sums.left), (1, 2, 4));
    for line in [
        "# not carried over: line 5: body: //div[, because it is not XPath: `a name` is missing before its end",
        "# not needed: line 3: tidy: griot has one parser, and it is the HTML Standard's",
        "#   https://lejour.example/2024/05/01/un",
        "#     where the text holds: une phrase",
        "zone = \"UTC\"",
        "language = \"und\"",
    ] {
        assert!(imported.toml.lines().any(|l| l == line), "`{line}` is not in\n{}", imported.toml);
    }
    assert!(
        profile(&imported).article.matches("/2024/05/01/un?x=1") && !profile(&imported).article.matches("/contact")
    );
    assert!(of("body: //p").is_whole() && of("tidy: yes").is_whole());
}

#[test]
fn a_file_for_every_subdomain_or_no_host_says_so() {
    let every = import(".lejour.example.txt", "test_url: http://blog.lejour.example/a").unwrap();
    assert_eq!(
        (every.site.as_str(), profile(&every).canon.hosts[0].as_str()),
        ("any.lejour.example", "blog.lejour.example")
    );
    assert!(every.toml.contains("# The file is for every host under this name"));
    let none = import("global.txt", "strip: //nav").unwrap();
    assert!(none.toml.contains("# The file is named after no host") && none.site == "global");
    assert_eq!(import("", "").unwrap().site, "site");
    assert_eq!(import("../../etc/x.txt", "").unwrap().site, "-..-etc-x");
}

#[test]
fn whatever_a_file_holds_a_profile_comes_out_that_loads() {
    let deep = format!("body: //a{}x{}", "[".repeat(2_000), "]".repeat(2_000));
    let many = (0..500).map(|n| format!("replace_string(a{n}): b\n")).collect::<Vec<_>>().concat();
    let names = (0..2_000).map(|n| format!("directive{n}: x\n")).collect::<Vec<_>>().concat();
    let wide = format!("strip: //a[{}]", vec!["@a or b or c"; 200].join(" and "));
    for (what, text) in [
        ("a long line", format!("title: //h1\nbody: {}", "//div".repeat(2 << 20))),
        ("nested", deep),
        ("wide", wide),
        ("many replacements", many),
        ("an empty replacement", "title: //h1\nreplace_string(): x\nreplace_string(b): c".to_owned()),
        ("positions", format!("title: //b[@a]{}", "[5]".repeat(12))),
        ("siblings", format!("title: //a{}", "/following-sibling::b[1]".repeat(40))),
        ("what stands above", format!("title: //a{}", "/ancestor::b[1]".repeat(40))),
        ("what stands before", format!("title: //a{}", "/preceding-sibling::b[1]".repeat(40))),
        ("within", format!("title: //a[{}@x]", "b[following-sibling::c[1]]/".repeat(40))),
        ("many directives", names),
        ("many lines", "strip: //p[@a='b'][1]/ancestor::div[1]\n".repeat(20_000)),
        ("bytes", String::from_utf8_lossy(&(0..=255).cycle().take(100_000).collect::<Vec<u8>>()).into_owned()),
        (
            "quotes",
            "title: //h1[@a=\"'''\"]\nstrip: //p[.='\\\"\"\"']\nstrip_id_or_class: a\\\nauthor: \"]\\\u{7f}\u{202e}\""
                .to_owned(),
        ),
        ("a tab in a value", "find_string: \ta\tb\nreplace_string: '''\t\"\"\"\\".to_owned()),
        ("empty", String::new()),
    ] {
        let began = Instant::now();
        let imported = of(&text);
        assert!(imported.left.len() <= 5_001, "{what}");
        assert!(imported.toml.len() < 3 * text.len() + (1 << 20), "{what}: {} bytes", imported.toml.len());
        assert!(!imported.toml.contains('\u{202e}'), "{what}");
        assert!(began.elapsed().as_secs() < 20, "{what}: {:?}", began.elapsed());
    }
}
