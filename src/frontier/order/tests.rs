use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const NOW: &str = "2026-11-24T10:00:00Z";

#[test]
fn the_window_refuses_only_what_is_surely_outside() {
    let window = Window { since: Some(at("2025-01-01T00:00:00Z")), until: Some(at("2025-02-01T00:00:00Z")) };
    let may = |hint| window.may_hold(hint, at(NOW));
    for (day, published, changed) in [
        ("2024-12-30T00:00:00Z", false, false),
        ("2024-12-31T12:00:00Z", true, true),
        ("2025-01-15T00:00:00Z", true, true),
        ("2025-02-01T12:00:00Z", true, true),
        ("2025-02-03T00:00:00Z", false, true),
        ("2099-01-01T00:00:00Z", true, true),
    ] {
        assert_eq!((may(DateHint::Published(at(day))), may(DateHint::Changed(at(day)))), (published, changed), "{day}");
    }
    assert!(may(DateHint::Unknown) && Window::default().may_hold(DateHint::Published(at(NOW)), at(NOW)));
    let holds = |day: &str| window.holds(Some(at(day)));
    assert!(holds("2025-01-01T00:00:00Z") && holds("2025-01-31T23:59:59Z") && window.holds(None));
    assert!(!holds("2024-12-31T23:59:59Z") && !holds("2025-02-01T00:00:00Z"));
}
