use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::*;

/// One plain HTTP/1.1 exchange: status, headers by lower-case name, body.
struct Got {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
}

fn ask(addr: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: www.lepiroguier.example\r\nConnection: close\r\n").unwrap();
    for (name, value) in headers {
        write!(stream, "{name}: {value}\r\n").unwrap();
    }
    stream.write_all(b"\r\n").unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let status = line().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |l: String| l.split_once(": ").map(|(n, v)| (n.to_lowercase(), v.to_owned())).unwrap();
    let headers = std::iter::from_fn(|| Some(line()).filter(|l| !l.is_empty())).map(header).collect();
    let mut body = Vec::new();
    reader.read_to_end(&mut body).unwrap();
    Got { status, headers, body }
}

fn unchanged_article() -> String {
    Edition::First.articles().unwrap().into_iter().find(|a| a.slug.starts_with("course-de-pirogues")).unwrap().path()
}

fn removed_article() -> String {
    let after = Edition::Changed.articles().unwrap();
    Edition::First.articles().unwrap().into_iter().find(|a| after.iter().all(|b| b.slug != a.slug)).unwrap().path()
}

#[test]
fn pages_are_served_with_validators() {
    let server = Server::start().unwrap();
    let got = ask(server.addr(), "GET", &unchanged_article(), &[]);
    assert_eq!(got.status, 200);
    assert_eq!(got.header("content-type"), "text/html; charset=UTF-8");
    assert_eq!(got.header("last-modified"), "Fri, 20 Mar 2026 06:00:00 GMT");
    assert!(got.header("etag").len() == 34 && got.header("etag").starts_with('"'));
    assert_eq!(got.body.len().to_string(), got.header("content-length"));
    assert_eq!(server.tally(), Tally { requests: 1, bytes: got.body.len() as u64, not_modified: 0 });
}

#[test]
fn validators_hold_until_the_bytes_change() {
    let server = Server::start().unwrap();
    let path = unchanged_article();
    server.show(Edition::Changed);
    let first = ask(server.addr(), "GET", &path, &[]);
    let (etag, date) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    server.show(Edition::Confirmed);
    let before = server.tally();
    for condition in [("If-None-Match", etag.as_str()), ("If-Modified-Since", date.as_str())] {
        let again = ask(server.addr(), "GET", &path, &[condition]);
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), etag);
    }
    assert_eq!(server.tally() - before, Tally { requests: 2, bytes: 0, not_modified: 2 });

    server.show(Edition::First);
    let other = ask(server.addr(), "GET", &path, &[("If-None-Match", &etag), ("If-Modified-Since", &date)]);
    assert_eq!(other.status, 200, "the tag decides alone");
    assert_ne!(other.header("etag"), etag);
}

#[test]
fn lists_and_weak_forms_of_tags_are_understood() {
    let server = Server::start().unwrap();
    let etag = ask(server.addr(), "GET", "/", &[]).header("etag").to_owned();
    for (value, status) in [(format!("\"x\", W/{etag}"), 304), ("*".into(), 304), ("\"x\"".into(), 200)] {
        assert_eq!(ask(server.addr(), "GET", "/", &[("If-None-Match", &value)]).status, status, "{value}");
    }
    assert_eq!(ask(server.addr(), "GET", "/", &[("If-Modified-Since", "hier")]).status, 200);
    assert_eq!(ask(server.addr(), "GET", "/", &[("If-Modified-Since", "Thu, 19 Mar 2026 06:00:00 GMT")]).status, 200);
}

#[test]
fn what_is_not_there_is_404_and_other_methods_are_refused() {
    let server = Server::start().unwrap();
    let path = removed_article();
    assert_eq!(ask(server.addr(), "GET", &path, &[]).status, 200);
    server.show(Edition::Changed);
    let gone = ask(server.addr(), "GET", &path, &[]);
    assert_eq!(gone.status, 404);
    assert!(String::from_utf8(gone.body).unwrap().contains("Page introuvable"));
    assert_eq!(ask(server.addr(), "GET", "/posts/rien-0123456789abc", &[]).status, 404);
    assert_eq!(ask(server.addr(), "POST", "/", &[]).status, 405);
    let head = ask(server.addr(), "HEAD", "/", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn absolute_addresses_name_the_host_that_was_asked() {
    let server = Server::start().unwrap();
    let robots = String::from_utf8(ask(server.addr(), "GET", "/robots.txt", &[]).body).unwrap();
    assert!(robots.contains("Sitemap: http://www.lepiroguier.example/sitemap.xml"), "{robots}");
    let sitemap = String::from_utf8(ask(server.addr(), "GET", "/sitemap.xml", &[]).body).unwrap();
    assert!(sitemap.contains("<loc>http://www.lepiroguier.example/posts/") && !sitemap.contains('{'));
}

#[test]
fn stopping_frees_the_port_and_ends_idle_connections() {
    let server = Server::start().unwrap();
    let addr = server.addr();
    let mut idle = TcpStream::connect(addr).unwrap();
    idle.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    server.stop();
    let mut rest = Vec::new();
    let ended = idle.read_to_end(&mut rest);
    assert!(ended.is_ok() || ended.is_err_and(|e| e.kind() == io::ErrorKind::ConnectionReset));
    assert!(TcpListener::bind(addr).is_ok() || TcpStream::connect(addr).is_err());
}
