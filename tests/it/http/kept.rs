//! Connections that are kept, and that are not (C18).

use super::*;

#[tokio::test]
async fn a_connection_serves_several_requests() {
    let server = Server::start(|_| Reply::html("x"));
    let fetch = fetcher(&server);
    for _ in 0..5 {
        response(fetch.fetch(request("https://paper.example/a")).await);
    }
    assert_eq!((server.hits().len(), server.connections()), (5, 1));
}

#[tokio::test]
async fn a_kept_connection_that_dies_under_a_request_is_replaced_once() {
    for scheme in ["http", "https"] {
        let server = Server::start(|ask| match (ask.order, ask.connection) {
            (0, _) | (_, 1..) => Reply::html("x"),
            _ => Reply::hang_up(),
        });
        let fetch = fetcher(&server);
        for _ in 0..2 {
            response(fetch.fetch(request(&format!("{scheme}://paper.example/a"))).await);
        }
        let connections: Vec<_> = server.hits().iter().map(|h| h.ask.connection).collect();
        assert_eq!(connections, [0, 0, 1], "{scheme}");
    }
}

#[tokio::test]
async fn a_connection_closed_between_two_requests_is_no_failure() {
    let server = Server::start(|_| Reply::html("x").then_close());
    let fetch = fetcher(&server);
    for _ in 0..10 {
        response(fetch.fetch(request("https://paper.example/a")).await);
    }
    assert_eq!((server.hits().len(), server.connections()), (10, 10));
}

#[tokio::test]
async fn a_new_connection_that_dies_is_not_tried_again() {
    let server = Server::start(|_| Reply::hang_up());
    let (kind, _) = failure(fetcher(&server).fetch(request("https://paper.example/a")).await);
    assert_eq!((kind, server.hits().len()), (FailureKind::Reset, 1));
}

#[tokio::test]
async fn the_second_try_is_the_last() {
    let server = Server::start(|ask| if ask.order == 0 { Reply::html("x") } else { Reply::hang_up() });
    let fetch = fetcher(&server);
    response(fetch.fetch(request("http://paper.example/a")).await);
    assert_eq!(failure(fetch.fetch(request("http://paper.example/a")).await).0, FailureKind::Reset);
    assert_eq!(server.hits().len(), 3);
    assert_eq!(failure(fetch.fetch(request("http://paper.example/a")).await).0, FailureKind::Reset);
    assert_eq!(server.hits().len(), 4, "nothing was kept");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_not_asked_for_again() {
    let server = Server::start(|ask| Reply::html("0123456789").cut_after(if ask.order == 0 { 10 } else { 3 }));
    let fetch = fetcher(&server);
    response(fetch.fetch(request("http://paper.example/a")).await);
    let cut = response(fetch.fetch(request("http://paper.example/a")).await);
    assert_eq!((cut.truncated, server.hits().len()), (Some(Truncation::Disconnect), 2));
}
