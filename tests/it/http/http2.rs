//! HTTP/2, as far as one answer goes: a server of a few frames, and of frames that should not be (C8).

use std::io::{self, Read as _, Write as _};

use super::*;
use crate::support::Connection;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// HPACK's static entry 8: `:status: 200`.
const STATUS_200: u8 = 0x88;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// Takes the preface, says its settings, and answers the first request with these frames.
fn talk(mut connection: Connection, answer: &[u8]) -> io::Result<()> {
    let mut preface = [0; 24];
    connection.read_exact(&mut preface)?;
    connection.write_all(&frame(SETTINGS, 0, 0, &[]))?;
    connection.flush()?;
    loop {
        let mut head = [0; 9];
        connection.read_exact(&mut head)?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        io::copy(&mut (&mut connection).take(u64::from(length)), &mut io::sink())?;
        match (head[3], head[4]) {
            (SETTINGS, 0) => connection.write_all(&frame(SETTINGS, 1, 0, &[]))?,
            (HEADERS, _) => connection.write_all(answer)?,
            _ => {}
        }
        connection.flush()?;
    }
}

async fn over_h2(answer: Vec<u8>) -> Answer {
    let server = Server::start_talker(&["h2"], move |connection| talk(connection, &answer));
    let limits = Limits { total: Duration::from_secs(5), ..ROOMY };
    fetcher(&server).fetch(Request { limits, ..request("https://paper.example/a") }).await
}

fn answered(rest: &[u8]) -> Vec<u8> {
    [frame(HEADERS, END_HEADERS, 1, &[STATUS_200]), rest.to_vec()].concat()
}

#[tokio::test]
async fn an_answer_over_http2_is_whole() {
    let got = response(over_h2(answered(&frame(DATA, END_STREAM, 1, b"<p>deux"))).await);
    assert_eq!((got.status, got.protocol, got.truncated, got.tls_verified), (200, "h2", None, Some(true)));
    assert_eq!(got.body, "<p>deux");
}

#[tokio::test]
async fn a_stream_reset_in_the_body_is_a_cut() {
    let internal_error = 2_u32.to_be_bytes();
    let rest = [frame(DATA, 0, 1, b"<p>de"), frame(RST_STREAM, 0, 1, &internal_error)].concat();
    let got = response(over_h2(answered(&rest)).await);
    assert_eq!((got.truncated, &got.body[..]), (Some(Truncation::Disconnect), &b"<p>de"[..]));
}

#[tokio::test]
async fn refusals_and_nonsense_have_their_classes() {
    let refused = frame(RST_STREAM, 0, 1, &7_u32.to_be_bytes());
    let calm = [0_u32.to_be_bytes(), 11_u32.to_be_bytes()].concat();
    let padding = [frame(HEADERS, 0, 1, &[STATUS_200]), frame(CONTINUATION, 0, 1, &[0]).repeat(100_000)].concat();
    let cases = [
        ("stream refused", refused, FailureKind::Reset),
        ("connection told to calm down", frame(GOAWAY, 0, 0, &calm), FailureKind::Reset),
        ("data before headers", frame(DATA, END_STREAM, 1, b"x"), FailureKind::Protocol),
        ("settings of five bytes", frame(SETTINGS, 0, 0, b"12345"), FailureKind::Protocol),
        (
            "HPACK that points nowhere",
            frame(HEADERS, END_HEADERS, 1, &[0xff, 0xff, 0xff, 0xff, 0x0f]),
            FailureKind::Protocol,
        ),
        ("a flood of continuations", padding, FailureKind::Protocol),
    ];
    for (name, answer, expected) in cases {
        let (kind, detail) = failure(over_h2(answer).await);
        assert_eq!(kind, expected, "{name}: {detail}");
    }
}
