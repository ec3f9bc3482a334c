//! Where a body ends, and where it ought to (C1, C2, C5, C15).

use super::*;

fn raw(head: &str, body: &[u8]) -> Vec<u8> {
    [head.replace('\n', "\r\n").as_bytes(), b"\r\n", body].concat()
}

#[tokio::test]
async fn bodies_end_where_their_framing_says_or_are_called_cut() {
    let ok = "HTTP/1.1 200 OK\n";
    let chunked = format!("{ok}Transfer-Encoding: chunked\n");
    let cases: Vec<(&str, Vec<u8>, &str, &[u8])> = vec![
        ("length longer than body", raw(&format!("{ok}Content-Length: 99\n"), b"short"), "200 disconnect", b"short"),
        ("length of a terabyte", raw(&format!("{ok}Content-Length: 999999999999\n"), b"x"), "200 disconnect", b"x"),
        ("length shorter than body", raw(&format!("{ok}Content-Length: 3\n"), b"longer"), "200", b"lon"),
        ("length zero", raw(&format!("{ok}Content-Length: 0\n"), b""), "200", b""),
        ("no length, closed", raw(ok, b"until close"), "200", b"until close"),
        ("chunked, whole", raw(&chunked, b"4\r\nabcd\r\n0\r\n\r\n"), "200", b"abcd"),
        ("chunked with extension and trailer", raw(&chunked, b"4;x=y\r\nabcd\r\n0\r\nT: 1\r\n\r\n"), "200", b"abcd"),
        ("chunked without last chunk", raw(&chunked, b"4\r\nabcd\r\n"), "200 disconnect", b"abcd"),
        ("chunked, cut in a chunk", raw(&chunked, b"8\r\nabcd"), "200 disconnect", b"abcd"),
        ("chunk size no number", raw(&chunked, b"4\r\nabcd\r\nzz\r\n"), "200 disconnect", b"abcd"),
        ("chunk size beyond 64 bits", raw(&chunked, b"4\r\nabcd\r\nfffffffffffffffff1\r\n"), "200 disconnect", b"abcd"),
        (
            "length and chunked",
            raw(&format!("{chunked}Content-Length: 99\n"), b"4\r\nabcd\r\n0\r\n\r\n"),
            "200",
            b"abcd",
        ),
        ("two lengths that agree", raw(&format!("{ok}Content-Length: 2\nContent-Length: 2\n"), b"ab"), "200", b"ab"),
        (
            "two lengths that differ",
            raw(&format!("{ok}Content-Length: 2\nContent-Length: 3\n"), b"abc"),
            "protocol",
            b"",
        ),
        ("negative length", raw(&format!("{ok}Content-Length: -1\n"), b"abc"), "protocol", b""),
        ("204 with a body", raw("HTTP/1.1 204 No Content\n", b"junk"), "204", b""),
        ("304 with a length", raw("HTTP/1.1 304 Not Modified\nContent-Length: 500\n", b""), "304", b""),
        ("205 with a body", raw("HTTP/1.1 205 Reset\nContent-Length: 2\n", b"ab"), "205", b"ab"),
        ("206 nobody asked for", raw("HTTP/1.1 206 Part\nContent-Length: 2\n", b"ab"), "206", b"ab"),
    ];
    check_raw(&cases).await;
}

#[tokio::test]
async fn a_tls_connection_that_ends_without_goodbye_is_a_cut() {
    let handler = |_: &Ask| Reply::html("<p>until the end").no_length();
    assert_eq!(response(securely(handler).await).truncated, None);
    let cut = response(securely(move |a| handler(a).cut_after(6)).await);
    assert_eq!((cut.truncated, &cut.body[..]), (Some(Truncation::Disconnect), &b"<p>unt"[..]));
}

#[tokio::test]
async fn an_endless_body_stops_at_the_cap_to_the_byte() {
    let server = Server::start(|ask| match ask.target.as_str() {
        "/exact" => Reply::html(vec![b'x'; 100_000]),
        "/chunked" => Reply::html(vec![b'x'; 100_001]).chunked(7_777),
        _ => Reply::html("0123456789abcdef".repeat(500)).endless(),
    });
    let fetch = fetcher(&server);
    let limits = Limits { bytes: 100_000, ..ROOMY };
    for (path, truncated) in [("exact", None), ("chunked", Some(Truncation::Length)), ("e", Some(Truncation::Length))] {
        let asked = Request { limits, ..request(&format!("https://paper.example/{path}")) };
        let got = response(fetch.fetch(asked).await);
        assert_eq!((got.body.len(), got.truncated), (100_000, truncated), "{path}");
    }
}

#[tokio::test]
async fn a_cut_body_keeps_every_byte_that_came() {
    for percent in [0, 10, 50, 90] {
        let body = vec![b'y'; 20_000];
        let cut = percent * 200;
        let got = response(plainly(move |_| Reply::html(body.clone()).cut_after(cut)).await);
        assert_eq!((got.body.len(), got.truncated), (cut, Some(Truncation::Disconnect)), "{percent} %");
    }
}
