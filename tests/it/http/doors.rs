//! Doors that stay shut: private addresses, other schemes, redirects, proxies (C9, C10, J1–J6).

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use super::*;

async fn guarded(url: &str) -> (FailureKind, String) {
    let fetch = HttpFetch::new(&HttpConfig::new("griot-test/1"), Arc::new(SystemClock)).unwrap();
    failure(fetch.fetch(request(url)).await)
}

#[tokio::test]
async fn loopback_is_not_knocked_at_however_it_is_spelt() {
    let canary = Server::start(|_| Reply::html("secret"));
    let port = canary.port();
    let hosts = [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "0",
        "0.0.0.0",
        "%31%32%37.0.0.1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "paper.localhost",
    ];
    for host in hosts {
        for scheme in ["http", "https"] {
            let (kind, detail) = guarded(&format!("{scheme}://{host}:{port}/")).await;
            assert_eq!(kind, FailureKind::ForbiddenAddress, "{scheme}://{host}: {detail}");
            assert!(detail.contains("--allow-private"), "{detail}");
        }
    }
    assert_eq!(canary.connections(), 0);
}

#[tokio::test]
async fn allow_private_opens_them() {
    let server = Server::start(|_| Reply::html("intranet"));
    let config = HttpConfig { resolve: Vec::new(), allow_private: true, ..config(&server) };
    let fetch = HttpFetch::new(&config, Arc::new(SystemClock)).unwrap();
    for url in [format!("http://127.0.0.1:{}/", server.port()), format!("https://localhost:{}/", server.port())] {
        assert_eq!(response(fetch.fetch(request(&url)).await).body, "intranet", "{url}");
    }
}

#[tokio::test]
async fn an_override_opens_its_host_and_port_and_nothing_else() {
    let server = Server::start(|ask| Reply::html(ask.header("host").unwrap_or("").to_owned()));
    let port = server.port();
    let resolve = vec![
        format!("localhost:443:127.0.0.1:{port}").parse().unwrap(),
        format!("paper.example:{port}:127.0.0.1").parse().unwrap(),
    ];
    let fetch = HttpFetch::new(&HttpConfig { resolve, ..config(&server) }, Arc::new(SystemClock)).unwrap();
    let got = response(fetch.fetch(request("https://localhost/")).await);
    assert_eq!((got.body, got.peer.unwrap().port()), ("localhost".into(), port), "443 led to the server's port");
    let url = format!("http://paper.example:{port}/");
    assert_eq!(response(fetch.fetch(request(&url)).await).body, format!("paper.example:{port}"), "the URL's port wins");
    for url in
        ["http://localhost/".to_owned(), format!("https://localhost:{port}/"), format!("https://127.0.0.1:{port}/")]
    {
        assert_eq!(failure(fetch.fetch(request(&url)).await).0, FailureKind::ForbiddenAddress, "{url}");
    }
}

#[tokio::test]
async fn urls_that_are_not_asked() {
    for url in [
        "ftp://paper.example/",
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:1",
        "mailto:a@paper.example",
        "http://user@paper.example/",
        "http://user:word@paper.example/",
        "http://:word@paper.example/",
        "http://paper.example:22/",
        "http://paper.example:25/",
        "https://paper.example:6667/",
        "http://paper.example:0/",
    ] {
        assert_eq!(guarded(url).await.0, FailureKind::BadUrl, "{url}");
    }
}

#[tokio::test]
async fn redirects_are_answers() {
    let targets = [
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "ftp://paper.example/",
        "http://[bad",
        "",
        "http://127.0.0.1/",
        "https://elsewhere.example/",
        "/a",
        "//user:word@paper.example/",
    ];
    let server = Server::start(move |ask| {
        let mut wanted = ask.target.trim_start_matches('/').split('/').map(|n| n.parse::<u16>().unwrap());
        let (status, target) = (wanted.next().unwrap(), wanted.next().unwrap());
        Reply::redirect(status, targets[usize::from(target)]).body("moved")
    });
    let fetch = fetcher(&server);
    for status in [301, 302, 303, 307, 308] {
        for (i, target) in targets.iter().enumerate() {
            let url = format!("https://paper.example/{status}/{i}");
            let got = response(fetch.fetch(request(&url)).await);
            assert_eq!((got.status, got.header("location"), &got.body[..]), (status, Some(*target), &b"moved"[..]));
        }
    }
    assert_eq!(server.hits().len(), 50, "one was followed");
}

#[tokio::test]
async fn nobody_at_the_port_is_a_refused_connection() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    for scheme in ["http", "https"] {
        let url = format!("{scheme}://127.0.0.1:{port}/");
        let config = HttpConfig { allow_private: true, ..HttpConfig::new("griot-test/1") };
        let fetch = HttpFetch::new(&config, Arc::new(SystemClock)).unwrap();
        assert_eq!(failure(fetch.fetch(request(&url)).await).0, FailureKind::Connect, "{scheme}");
    }
}

/// A label of 64 letters cannot be asked for, so the resolver refuses it without a packet.
#[tokio::test]
async fn a_name_that_cannot_resolve_is_a_dns_failure() {
    for scheme in ["http", "https"] {
        let (kind, detail) = guarded(&format!("{scheme}://{}.example/", "x".repeat(64))).await;
        assert_eq!(kind, FailureKind::Dns, "{scheme}: {detail}");
    }
}

/// The variables are set on a child, since a process cannot change its own safely.
#[tokio::test]
async fn proxies_of_the_environment_are_ignored() {
    const CHILD: &str = "GRIOT_TEST_BEHIND_PROXY";
    if std::env::var_os(CHILD).is_some() {
        let server = Server::start(|_| Reply::html("direct"));
        for scheme in ["http", "https"] {
            let got = fetcher(&server).fetch(request(&format!("{scheme}://paper.example/"))).await;
            assert_eq!(response(got).body, "direct");
        }
        return;
    }
    let canary = Server::start(|_| Reply::html("proxied"));
    let proxy = format!("http://127.0.0.1:{}", canary.port());
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "http::doors::proxies_of_the_environment_are_ignored"]).env(CHILD, "1");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        child.env(name, &proxy);
    }
    let output = child.env_remove("NO_PROXY").env_remove("no_proxy").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(canary.connections(), 0);
}
