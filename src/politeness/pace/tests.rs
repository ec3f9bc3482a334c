use std::net::SocketAddr;

use bytes::Bytes;
use proptest::prelude::*;
use url::Url;

use super::*;
use crate::model::answer::{Failure, Validators};

const DELAY: Duration = Duration::from_secs(2);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn answer(status: u16, headers: &[(&str, &str)]) -> Answer {
    let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), v.as_bytes().to_vec())).collect();
    let wire = Wire::Response(Response {
        status,
        protocol: "HTTP/1.1",
        headers,
        body: Bytes::new(),
        truncated: None,
        peer: None::<SocketAddr>,
        tls_verified: None,
    });
    wrapped(wire)
}

fn wrapped(wire: Wire) -> Answer {
    let url = Url::parse("https://journal.example/").unwrap();
    Answer { url, validators: Validators::default(), asked_at: at(0), took: Duration::ZERO, wire }
}

#[test]
fn the_delay_runs_from_the_end_of_the_answer() {
    let mut pace = PaceState::new(DELAY, at(0));
    assert_eq!(pace.wait(at(0)), Duration::ZERO);
    pace.before_request(at(0));
    pace.after_answer(Sign::Fine, at(7));
    assert_eq!(pace.next_allowed, at(9));
    assert_eq!(pace.wait(at(8)), Duration::from_secs(1));
}

#[test]
fn a_wish_to_slow_down_stretches_the_delay_and_good_answers_win_it_back_step_by_step() {
    let mut pace = PaceState::new(DELAY, at(0));
    pace.after_answer(Sign::TooMuch(None), at(0));
    assert_eq!((pace.penalty, pace.next_allowed), (200, at(4)));
    pace.after_answer(Sign::TooMuch(Some(Duration::from_mins(1))), at(10));
    assert_eq!((pace.penalty, pace.next_allowed, pace.blocked_until), (400, at(70), Some(at(70))));
    for good in 0..12 {
        assert!(pace.penalty > NO_PENALTY, "after {good} good answers");
        pace.after_answer(Sign::Fine, at(100 + good));
    }
    assert_eq!(pace.penalty, NO_PENALTY);
    for _ in 0..40 {
        pace.after_answer(Sign::TooMuch(None), at(200));
    }
    assert_eq!((pace.penalty, pace.stretched()), (MAX_PENALTY, Duration::from_secs(128)));
}

#[test]
fn a_long_delay_of_the_sites_own_is_never_shortened_by_the_ceiling() {
    let mut pace = PaceState::new(Duration::from_hours(1), at(0));
    pace.after_answer(Sign::TooMuch(None), at(0));
    assert_eq!(pace.stretched(), Duration::from_hours(1));
}

#[test]
fn delays_that_take_turns_without_a_request_do_not_add_up() {
    let mut pace = PaceState::new(DELAY, at(0));
    pace.after_answer(Sign::Fine, at(0));
    let longer = Duration::from_secs(10);
    let put_off: Vec<u64> =
        [longer, DELAY, longer, DELAY, longer].iter().map(|delay| pace.set_delay(*delay).as_secs()).collect();
    assert_eq!((put_off, pace.next_allowed), (vec![8, 0, 0, 0, 0], at(10)));
    pace.after_answer(Sign::Fine, at(20));
    pace.set_delay(DELAY);
    pace.after_answer(Sign::Fine, at(40));
    assert_eq!((pace.set_delay(longer).as_secs(), pace.next_allowed), (8, at(50)), "after each answer anew");
}

#[test]
fn what_signs_answers_give() {
    let sign = |answer: Answer| Sign::of(&answer, at(0));
    let wait = |s| Some(Duration::from_secs(s));
    assert_eq!(sign(answer(200, &[])), Sign::Fine);
    assert_eq!(sign(answer(304, &[])), Sign::Fine);
    assert_eq!(sign(answer(404, &[("retry-after", "junk")])), Sign::Fine);
    assert_eq!(sign(answer(429, &[])), Sign::TooMuch(None));
    assert_eq!(sign(answer(503, &[("retry-after", "120")])), Sign::TooMuch(wait(120)));
    assert_eq!(sign(answer(302, &[("retry-after", "5")])), Sign::TooMuch(wait(5)));
    assert_eq!((sign(answer(403, &[])), sign(answer(401, &[("retry-after", "0")]))), (Sign::Silent, Sign::Silent));
    assert_eq!(sign(answer(403, &[("retry-after", "3600")])), Sign::TooMuch(wait(3600)));
    let dated = [("date", "Sat, 01 Jan 2000 00:00:00 GMT"), ("retry-after", "Sat, 01 Jan 2000 00:10:00 GMT")];
    assert_eq!(sign(answer(429, &dated)), Sign::TooMuch(wait(600)));
    assert_eq!(sign(answer(500, &[])), Sign::Labouring);
    let failed = |kind| sign(wrapped(Wire::Failure(Failure { kind, detail: String::new() })));
    assert_eq!(failed(FailureKind::Timeout), Sign::Labouring);
    assert_eq!(failed(FailureKind::Dns), Sign::Silent);
}

#[test]
fn it_holds_across_runs_and_an_unclean_end_costs_one_full_delay() {
    let mut pace = PaceState::new(DELAY, at(0));
    pace.after_answer(Sign::TooMuch(Some(Duration::from_hours(1))), at(0));
    let kept = serde_json::to_string(&pace).unwrap();
    let mut resumed: PaceState = serde_json::from_str(&kept).unwrap();
    assert_eq!(resumed, pace);
    assert_eq!(resumed.wait(at(100)), Duration::from_secs(3500));
    resumed.after_unclean_end(at(3599));
    assert_eq!(resumed.next_allowed, at(3603));
}

#[test]
fn a_clock_set_back_by_years_costs_a_delay_and_not_years() {
    let mut pace = PaceState::new(DELAY, at(400 * 86_400));
    pace.after_answer(Sign::Fine, at(400 * 86_400));
    assert_eq!(pace.wait(at(0)), DELAY);
    pace.after_answer(Sign::Fine, at(0));
    assert_eq!(pace.next_allowed, at(2));
}

fn any_sign() -> impl Strategy<Value = Sign> {
    prop_oneof![
        Just(Sign::Fine),
        Just(Sign::Labouring),
        Just(Sign::Silent),
        proptest::option::of(0..u64::MAX).prop_map(|s| Sign::TooMuch(s.map(Duration::from_secs))),
    ]
}

proptest! {
    #[test]
    fn never_faster_than_the_delay_never_slower_than_a_day(
        steps in proptest::collection::vec((any_sign(), 0i64..5000), 1..60),
    ) {
        let mut pace = PaceState::new(DELAY, at(0));
        let mut now = 0;
        for (sign, passed) in steps {
            now += passed;
            pace.after_answer(sign, at(now));
            let wait = pace.wait(at(now));
            prop_assert!(wait >= DELAY && wait <= MAX_WAIT + MAX_SLOWED);
        }
    }
}
