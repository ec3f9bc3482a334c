//! The tools themselves: a test is worth what its server is.

use std::time::Duration;

use griot::fetch::Fetch as _;
use griot::model::answer::Request;

use super::{Reply, Server, Site};
use crate::http::{fetcher, request, response};

#[tokio::test]
async fn a_site_changes_under_a_running_server() {
    let site = Site::new();
    site.put("/a", "<p>un").put_status("/gone", 410).put_redirect("/old", 301, "/a").put("other.example/a", "<p>autre");
    let server = site.serve();
    let fetch = fetcher(&server);
    let first = response(fetch.fetch(request("https://paper.example/a")).await);
    let again = || Request { validators: first.validators(), ..request("https://paper.example/a") };
    assert_eq!(response(fetch.fetch(again()).await).status, 304);
    site.edit("/a", |html| html.replace("un", "deux"));
    assert_eq!(response(fetch.fetch(again()).await).body, "<p>deux");
    site.remove("/a");
    assert_eq!(response(fetch.fetch(again()).await).status, 404);
    assert_eq!(response(fetch.fetch(request("http://paper.example/gone")).await).status, 410);
    assert_eq!(response(fetch.fetch(request("http://paper.example/old")).await).header("location"), Some("/a"));
    assert_eq!(site.paths(), ["/gone", "/old", "other.example/a"]);
    let statuses: Vec<_> = server.hits().iter().map(|h| h.status).collect();
    assert_eq!(statuses, [200, 304, 200, 404, 410, 301]);
}

#[tokio::test]
async fn a_site_may_give_no_validators_and_gzip() {
    let site = Site::new().without_validators().gzipped();
    site.put("/a", "<p>un");
    let got = response(fetcher(&site.serve()).fetch(request("https://paper.example/a")).await);
    assert!(got.validators().is_empty());
    assert_eq!((got.header("content-encoding"), &got.body[..2]), (Some("gzip"), &[0x1f, 0x8b][..]));
}

#[tokio::test]
async fn the_log_knows_when_an_answer_ended() {
    let pause = Duration::from_millis(80);
    let server = Server::start(move |_| Reply::html("0123456789").delay(pause));
    let fetch = fetcher(&server);
    for _ in 0..2 {
        response(fetch.fetch(request("https://paper.example/a?b")).await);
    }
    let hits = server.hits();
    let [first, second] = hits.as_slice() else { panic!("{hits:?}") };
    let ended = first.finished.unwrap();
    assert!(ended - first.arrived >= pause && second.arrived >= ended);
    assert_eq!((first.sent, first.ask.target.as_str(), first.ask.tls), (10, "/a?b", true));
    server.forget_hits();
    assert!(server.hits().is_empty());
}

#[test]
fn the_arguments_are_those_of_the_command() {
    let server = Server::start(|_| Reply::status(404));
    let at = format!("127.0.0.1:{}", server.port());
    let expected = ["--resolve", &format!("a.example:443:{at}"), "--resolve", &format!("a.example:80:{at}")];
    assert_eq!(server.resolve_args(&["a.example"]), expected);
    assert!(std::fs::read_to_string(server.cacert_path()).unwrap().contains("BEGIN CERTIFICATE"));
}
