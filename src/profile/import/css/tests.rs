//! Expressions and the selectors that mean the same, and that they do.

use scraper::{Html, Selector};

use super::super::xpath::parse;
use super::*;

/// As a profile would write it, for reading.
fn said(xpath: &str) -> String {
    let all = match parse(xpath).map_err(Because::from).and_then(|expr| values(&expr)) {
        Ok(all) => all,
        Err(because) => return format!("! {because}"),
    };
    let one = |value: &Value| {
        let Value::Of { picked, text, nth, into } = value else { return format!("{value:?}") };
        assert!(Selector::parse(&picked.css).is_ok(), "{xpath}: {}", picked.css);
        let part = |name: &str, part: &Option<String>| part.as_ref().map_or(String::new(), |p| format!(" {name}={p}"));
        [
            picked.css.clone(),
            picked.attr.as_ref().map_or(String::new(), |attr| format!(" @{attr}")),
            part("says", &picked.says),
            part("itself", &picked.says_itself),
            part("text", text),
            part("into", into),
            nth.map_or(String::new(), |n| format!(" nth={n}")),
            if picked.itself { " own" } else { "" }.to_owned(),
        ]
        .concat()
    };
    all.iter().map(one).collect::<Vec<_>>().join(" ; ")
}

#[track_caller]
fn means(pairs: &[(&str, &str)]) {
    for (xpath, css) in pairs {
        assert_eq!(said(xpath), *css, "{xpath}");
    }
}

#[test]
fn names_attributes_and_steps() {
    means(&[
        ("//h1", "h1"),
        (".//DIV/p", "div > p"),
        ("/html/body//article", "html > body article"),
        ("//*[@id='texte']", "#texte"),
        ("//div[@class='a b']//p", "div[class=\"a b\"] p"),
        ("//div[@id = '5x']", "div[id=\"5x\"]"),
        ("//g:plusone", "g\\:plusone"),
        ("//div[@class=\"d'eau\"]", "div[class=\"d'eau\"]"),
        ("//time/@datetime", "time @datetime"),
        ("//a[contains(@href, '/auteur/') and not(@rel)]", "a[href*=\"/auteur/\"]:not([rel])"),
        ("//p[@class='a' or @class='b']", "p:is([class=\"a\"], [class=\"b\"])"),
        ("//p[@class != 'a']", "p[class]:not([class=\"a\"])"),
        ("//div[starts-with(@id, 'pub-')]", "div[id^=\"pub-\"]"),
        ("//li[contains(translate(@class, 'ABC', 'abc'), 'pub')]", "li[class*=\"pub\" i]"),
        ("//h1 | //h2", "h1, h2"),
    ]);
}

#[test]
fn one_class_of_several() {
    means(&[
        ("//div[contains(concat(' ',normalize-space(@class),' '),' corps ')]", "div.corps"),
        ("//div[contains(concat(' ', @class, ' '), ' o-x__y ')]", "div.o-x__y"),
        ("//div[contains(concat(' ',normalize-space(@class),' '),' a@b ')]", "div[class~=\"a@b\"]"),
        ("//div[contains(concat(' ',normalize-space(@id),' '),' corps ')]", "div[id~=\"corps\"]"),
        ("//div[contains(concat(' ',normalize-space(@class),' '),' un deux ')]", "div[class*=\"un deux\"]"),
        ("//div[contains(concat(' ',@class,' '),' pub-')]", "div:is([class^=\"pub-\"], [class*=\" pub-\"])"),
        ("//div[contains(@class, '')]", "div[class]"),
    ]);
}

#[test]
fn what_stands_around_and_inside() {
    means(&[
        ("//a[@rel='x']/parent::p", "p:has(> a[rel=\"x\"])"),
        ("//a[@rel='x']/..", ":has(> a[rel=\"x\"])"),
        ("//a[@id='x']/parent::li/parent::ul", "ul:has(> li > a#x)"),
        ("//section/a/parent::p", "p:has(> :is(section > a))"),
        ("//a[@id='x']/ancestor::div", "div:has(a#x)"),
        ("//a[@id='x']/ancestor::div[1]", "div:not(:has(div a#x)):has(a#x)"),
        ("//a[@id='x']/ancestor::*[2]", ":has(> * > a#x)"),
        ("//h2/following-sibling::p", "h2 ~ p"),
        ("//h2/following-sibling::*[1]", "h2 + *"),
        ("//h2/following-sibling::p[1]", "h2 ~ p:not(h2 ~ p ~ p)"),
        ("//h2/preceding-sibling::*[1]", ":has(+ h2)"),
        ("//div[p/img]", "div:has(> p > img)"),
        ("//div[.//img[@alt]]", "div:has(img[alt])"),
        ("//div[not(p)]", "div:not(:has(> p))"),
        ("//div[a/@href='/x']", "div:has(> a[href=\"/x\"])"),
        ("//p[parent::blockquote]", "p:is(blockquote > *)"),
        ("//p[ancestor::*[@id='x']]", "p:is(#x *)"),
        ("//div[count(p) = 0]", "div:not(:has(> p))"),
        ("//hr/following::*", "hr ~ *, :has(hr) ~ *"),
    ]);
}

#[test]
fn positions() {
    means(&[
        ("//article[1]", "article:nth-of-type(1)"),
        ("//div/*[2]", "div > :nth-child(2)"),
        ("//ul/li[last()]", "ul > li:last-of-type"),
        ("//ul/li[position() > 1]", "ul > li:nth-of-type(n+2)"),
        ("//ul/li[last() - 1]", "ul > li:nth-last-of-type(2)"),
        ("//ul/li[position() != last()]", "ul > li:not(:last-of-type)"),
        ("//p[@class='a'][1]", "p[class=\"a\"]:not(p[class=\"a\"] ~ p[class=\"a\"])"),
        ("//p[1][@class='a']", "p:nth-of-type(1)[class=\"a\"]"),
        ("(//article)[1]", "article nth=1"),
        ("(//p[@class='a'])[2]/@title", "! steps behind one element of many"),
        ("//ul/descendant::li[1]", "! a position among all descendants"),
    ]);
}

#[test]
fn words() {
    means(&[
        ("//p[contains(., 'Lire  aussi (2)')]", r"p says=Lire\s+aussi\s+\(2\)"),
        ("//p[contains(text(), 'x')]", "p itself=x"),
        ("//a[.='Suite']", "a says=^Suite$"),
        ("//p[starts-with(normalize-space(.), '[')]", r"p says=^\["),
        ("//p[contains(., 'a') or contains(., 'b')]", "p says=(?:a)|(?:b)"),
        ("//p[normalize-space(.)='']", "p says=^$"),
        ("//div[@class='x']/text()", "div[class=\"x\"] own"),
        ("//p[contains(., 'a')]/parent::div", "! it asks the words of an element other than the one it means"),
        ("//p[contains(strong, 'a')]", "! it asks the words of an element other than the one it means"),
        ("//p[not(contains(., 'a'))]", "! it asks that an element does not say something"),
    ]);
}

#[test]
fn texts_cut_out_and_put_together() {
    means(&[
        ("substring-after(//p[@id='x'], 'Par ')", r"p#x text=(?s)Par(?:\s+|$)(.+)$"),
        ("substring-before(//title, ' | ')", r"title text=(?s)^(.+?)(?:^|\s+)\|(?:\s+|$)"),
        ("substring-before(substring-after(//script, '\"a\":\"'), '\"')", r#"script text=(?s)"a":"(.+?)""#),
        ("normalize-space(//h1)", "h1 nth=1"),
        ("string('Awa Diarra')", "Fixed(\"Awa Diarra\")"),
        ("concat(//link[@rel='canonical']/@href, '?tout=1')", "link[rel=\"canonical\"] @href into={}?tout=1 nth=1"),
        ("concat(//a, //b)", "! it puts a text together out of several values"),
        ("substring(//p, 3)", "! `substring()` has no equal in a profile"),
    ]);
}

/// A page on which every element has a name, and what expressions mean on it by the book.
#[test]
fn the_selectors_choose_what_the_expressions_mean() {
    let page = Html::parse_document(
        "<section id=s1><div id=d1><p id=p1 class='a'>x</p><p id=p2>y</p><p id=p3 class='a b'>z</p></div><hr id=h1>\
         <div id=d2><div id=d3><a id=a1 href=/u>u</a></div><p id=p4><b id=b1>v</b></p></div><p id=p5>w</p></section>\
         <section id=s2><p id=p6 class='a'>t</p></section>",
    );
    for (xpath, ids) in [
        ("//p[@class='a'][1]", "p1 p6"),
        ("//p[contains(@class,'a')][2]", "p3"),
        ("//div/p[position()>1]", "p2 p3"),
        ("//div/p[last()]", "p3 p4"),
        ("//p[contains(@class,'a')][last()]", "p3 p6"),
        ("//a/ancestor::div[1]", "d3"),
        ("//a/ancestor::div", "d2 d3"),
        ("//a/ancestor::*[2]", "d2"),
        ("//hr/following::p", "p4 p5 p6"),
        ("//hr/following::*", "d2 p5 s2"),
        ("//hr/preceding::p", "p1 p2 p3"),
        ("//hr/following-sibling::p[1]", "p5"),
        ("//div/following-sibling::*[1]", "h1 p4 p5"),
        ("//p[b]/preceding-sibling::div/a", "a1"),
        ("//section[.//a]/p", "p5"),
        ("//div[not(p)]", "d3"),
        ("//p[not(ancestor::div)]", "p5 p6"),
    ] {
        let values = values(&parse(xpath).unwrap()).unwrap_or_else(|e| panic!("{xpath}: {e}"));
        let [Value::Of { picked, .. }] = values.as_slice() else { panic!("{xpath}: {values:?}") };
        let selector = Selector::parse(&picked.css).unwrap_or_else(|e| panic!("{xpath}: {}: {e}", picked.css));
        let found: Vec<&str> = page.select(&selector).filter_map(|e| e.attr("id")).collect();
        let sorted = |mut all: Vec<&str>| {
            all.sort_unstable();
            all.join(" ")
        };
        // Of what is behind a place, the roots are enough: what is dropped is dropped whole.
        let wanted = sorted(ids.split(' ').collect());
        let all = sorted(found.clone());
        let inner = |id: &&str| !xpath.ends_with("following::*") || ids.split(' ').any(|root| root == *id);
        assert_eq!(sorted(found.into_iter().filter(inner).collect()), wanted, "{xpath}: {} finds {all}", picked.css);
    }
}
