use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn hints_are_held_against_a_wider_window_than_dates() {
    let window = Window { since: Some(at("2025-01-01T00:00:00Z")), until: Some(at("2025-02-01T00:00:00Z")) };
    let wider = Window { since: Some(at("2024-12-31T00:00:00Z")), until: Some(at("2025-02-02T00:00:00Z")) };
    assert_eq!((window.of_hints(), Window::default().of_hints()), (wider, Window::default()));
    let holds = |day: &str| window.holds(Some(at(day)));
    assert!(holds("2025-01-01T00:00:00Z") && holds("2025-01-31T23:59:59Z") && window.holds(None));
    assert!(!holds("2024-12-31T23:59:59Z") && !holds("2025-02-01T00:00:00Z"));
}

#[test]
fn a_hint_of_a_far_future_is_not_believed() {
    let now = at("2026-11-24T10:00:00Z");
    let soon = at("2026-11-26T09:00:00Z");
    for hint in [DateHint::Published, DateHint::Changed] {
        assert_eq!((hint(soon).believed(now), hint(at("2099-01-01T00:00:00Z")).believed(now)), (Some(soon), None));
    }
    assert_eq!(DateHint::Unknown.believed(now), None);
}
