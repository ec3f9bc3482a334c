//! Status lines and headers that no standard knows (C7).

use super::*;

fn with(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: 2\r\n\r\nok").into_bytes()
}

#[tokio::test]
async fn odd_heads_are_read_or_called_no_http() {
    let many = |n: usize| (0..n).map(|i| format!("X-{i}: y\r\n")).collect::<Vec<_>>().concat();
    let cases: Vec<(&str, Vec<u8>, &str, &[u8])> = vec![
        ("a line of a megabyte", with(&format!("X: {}\r\n", "y".repeat(1 << 20))), "protocol", b""),
        ("500 headers", with(&many(500)), "protocol", b""),
        ("90 headers", with(&many(90)), "200", b"ok"),
        ("space in a name", with("Bad Header: 1\r\n"), "200", b"ok"),
        ("no colon", with("what is this\r\n"), "200", b"ok"),
        ("folded line", with("X-Fold: a\r\n  b\r\n"), "200", b"ok"),
        ("empty value", with("X-Empty:\r\n"), "200", b"ok"),
        ("bare line feeds", b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok".to_vec(), "200", b"ok"),
        ("reason in Latin-1", b"HTTP/1.1 200 tr\xe8s bien\r\nContent-Length: 2\r\n\r\nok".to_vec(), "200", b"ok"),
        ("no reason", b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok".to_vec(), "200", b"ok"),
        ("HTTP/1.0", b"HTTP/1.0 200 OK\r\n\r\nok".to_vec(), "200", b"ok"),
        ("HTTP/0.9", b"<html>no head at all</html>".to_vec(), "protocol", b""),
        ("shoutcast", b"ICY 200 OK\r\n\r\nok".to_vec(), "protocol", b""),
        ("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), "protocol", b""),
        ("status no number", b"HTTP/1.1 abc OK\r\n\r\n".to_vec(), "protocol", b""),
        ("status 99", b"HTTP/1.1 99 Low\r\n\r\n".to_vec(), "protocol", b""),
        ("status 999", b"HTTP/1.1 999 Denied\r\nContent-Length: 2\r\n\r\nno".to_vec(), "999", b"no"),
        ("HTTP/3 in text", b"HTTP/3 200 OK\r\n\r\n".to_vec(), "protocol", b""),
        ("head cut", b"HTTP/1.1 200 OK\r\nContent-Le".to_vec(), "reset", b""),
        ("nothing at all", Vec::new(), "reset", b""),
        ("zeros", vec![0; 64], "protocol", b""),
        (
            "early hints first",
            b"HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec(),
            "200",
            b"ok",
        ),
    ];
    check_raw(&cases).await;
}

#[tokio::test]
async fn header_values_stay_bytes_in_their_order() {
    let reply = Reply::html("x").header("X-Place", b"caf\xe9").header("Set-Cookie", "a=1").header("Set-Cookie", "b=2");
    let got = response(plainly(move |_| reply.clone()).await);
    let of = |name: &str| got.headers.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect::<Vec<_>>();
    assert_eq!(of("x-place"), [b"caf\xe9".to_vec()]);
    assert_eq!(of("set-cookie"), [b"a=1".to_vec(), b"b=2".to_vec()]);
    assert_eq!(got.header("x-place"), None, "no UTF-8, no text");
}

#[tokio::test]
async fn the_protocol_is_told() {
    let old = plainly(|_| Reply::raw("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx")).await;
    assert_eq!(response(old).protocol, "HTTP/1.0");
}
