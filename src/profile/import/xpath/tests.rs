//! What is XPath and what is not.

use super::*;

fn name(name: &str) -> Test {
    Test::Name(name.to_owned())
}

fn step(deep: bool, axis: Axis, test: Test) -> Step {
    Step { deep, axis, test, predicates: Vec::new() }
}

#[test]
fn paths_have_steps_axes_and_predicates() {
    let Expr::Path(path) = parse("//DIV[@id = 'x'][1]//a/following-sibling::*/@HREF").unwrap() else { panic!() };
    assert!(path.absolute);
    let predicates = &path.steps[0].predicates;
    assert_eq!((path.steps[0].test.clone(), predicates.len()), (name("div"), 2));
    assert_eq!(predicates[1], Expr::Number(1));
    assert_eq!(path.steps[1], step(true, Axis::Child, name("a")));
    assert_eq!(path.steps[2], step(false, Axis::FollowingSibling, Test::Any));
    assert_eq!(path.steps[3], step(false, Axis::Attribute, name("href")));
}

#[test]
fn what_binds_stronger_is_read_first() {
    let Expr::Or(parts) = parse("@a or @b and not(@c) or contains(., 'or')").unwrap() else { panic!() };
    assert!(matches!(parts.as_slice(), [Expr::Path(_), Expr::And(_), Expr::Call(..)]), "{parts:?}");
    assert!(matches!(parse("position() > last() - 2").unwrap(), Expr::Compare(Operator::More, ..)));
    assert!(matches!(parse("(//p)[1]/a | //h1").unwrap(), Expr::Union(_)));
}

#[test]
fn names_may_look_like_operators_prefixes_and_node_tests() {
    for fine in ["//g:plusone", "//div/or", "//text()", "//a-img[@data-x]", "../..", "./p", "//*", "/html/body/div[5]"]
    {
        assert!(parse(fine).is_ok(), "{fine}: {:?}", parse(fine));
    }
}

#[test]
fn what_is_no_xpath_says_why() {
    for (said, why) in [
        ("//div[@id='x'", "`]` is missing before its end"),
        ("//div[@id='x]", "a quote is not closed"),
        ("//div)", "`)` stands where it should end"),
        ("", "`a name` is missing"),
        ("div { color: red }", "`{` is no part of XPath"),
        ("//a[99999999999]", "is no number"),
        ("//a/sideways::b", "`sideways::` is no axis"),
        ("//comment()", "is no element and no text"),
    ] {
        let NotRead(reason) = parse(said).unwrap_err();
        assert!(reason.contains(why), "{said}: {reason}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(parse(&deep).is_err());
    let nested = format!("//a{}{}", "[a".repeat(200), "]".repeat(200));
    assert_eq!(parse(&nested), Err(NotRead("it is nested more than 24 deep".to_owned())));
    assert!(parse(&"/a".repeat(2_000)).is_ok());
}
