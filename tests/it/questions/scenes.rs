//! Five days of Le Journal, kept by the built binary: two edits, three removals, a day without a connection and one
//! without a run, another robots.txt.
//!
//! The binary has no clock but the machine's. So each scene is crawled now, and then every instant that the crawl wrote
//! is moved to the scene's own: to the next crawl the scene lies days back, and the answers are known to the minute. The
//! frontier is left as it is, or every page would have waited so long that it is asked for whole.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use super::paper::{DOUANE, DRAPEAU, ECOLE, MARCHE, MINE, PONT, PORT, PROFILE, RECOLTE, Story, VIEUX, feed, front};
use crate::support::{Ask, Server, Site};

const HOST: &str = "journal.example";

/// The edits: another sentence, and what the page says of it.
const HIGHER: &str = "Les travaux ont coûté plus que prévu, selon l’entrepreneur, et la chaussée a été élargie.";
pub(crate) const MARCHE_EDITED: Story = Story { sentence: HIGHER, ..MARCHE };
pub(crate) const PONT_EDITED: Story = Story { sentence: HIGHER, modified: Some("2025-03-04T09:00:00+11:00"), ..PONT };
pub(crate) const PORT_EDITED: Story = Story { sentence: HIGHER, ..PORT };
pub(crate) const ECOLE_TURNED: Story = Story { also: Some(("port", "Le port attend ses grues")), ..ECOLE };

/// An archive of all five days.
pub(crate) fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("selectors")).unwrap();
    std::fs::write(folder.path().join("selectors/journal.toml"), PROFILE).unwrap();
    let site = Site::new();
    let server = {
        let site = site.clone();
        Server::start(move |ask| site.answer(&without_validators_for_the_port(ask)))
    };
    let online = server.resolve_args(&[HOST]);
    let scene = |at: &str, resolve: &[String]| {
        crawl(folder.path(), &server, resolve);
        move_to(folder.path(), at);
    };

    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nAllow: /articles\n");
    site.put_typed("/flux.xml", "application/rss+xml", feed(&[&PONT, &DRAPEAU, &DOUANE, &VIEUX]));
    site.put("/", front(&[&MARCHE, &PONT, &ECOLE, &PORT, &MINE]));
    for story in [&MARCHE, &PONT, &ECOLE, &PORT, &MINE, &DRAPEAU, &DOUANE, &VIEUX] {
        site.put(&story.path(), story.page());
    }
    scene("2025-03-03T06:00:00Z", &online);

    for story in [&MARCHE_EDITED, &PONT_EDITED, &ECOLE_TURNED] {
        site.put(&story.path(), story.page());
    }
    for story in [&DRAPEAU, &DOUANE, &VIEUX] {
        site.remove(&story.path());
    }
    scene("2025-03-04T06:00:00Z", &online);

    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|l| l.local_addr()).unwrap();
    scene("2025-03-05T06:00:00Z", &["--resolve".to_owned(), format!("{HOST}:443:{nobody}")]);

    let rules = "User-agent: *\nAllow: /articles\nDisallow: /articles/mine\n";
    site.put_typed("/robots.txt", "text/plain", rules);
    site.put_typed("/flux.xml", "application/rss+xml", feed(&[&RECOLTE, &PONT]));
    for story in [&PORT_EDITED, &RECOLTE] {
        site.put(&story.path(), story.page());
    }
    forget_robots(folder.path());
    scene("2025-03-07T20:00:00Z", &online);
    folder
}

/// The server never believes that the crawler has the port's page already.
fn without_validators_for_the_port(ask: &Ask) -> Ask {
    let mut ask = ask.clone();
    if ask.target == PORT.path() {
        ask.headers.retain(|(name, _)| name != "if-none-match");
    }
    ask
}

fn crawl(folder: &Path, server: &Server, resolve: &[String]) {
    let output = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(["crawl", "journal", "--revisit", "all", "--allow-private", "--contact", "archive@example.org"])
        .arg("--archive")
        .arg(folder)
        .arg("--cacert")
        .arg(server.cacert_path())
        .args(resolve)
        .output()
        .unwrap();
    // The scenes are moved into the past, so a day without connection follows months of silence: a person is told.
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 10)), "{code:?} {}", String::from_utf8_lossy(&output.stderr));
}

fn open(folder: &Path) -> Connection {
    Connection::open(folder.join("archive.sqlite")).unwrap()
}

/// robots.txt is asked for again, as it is a day later: what politeness remembers is state, and may be lost.
fn forget_robots(folder: &Path) {
    assert_eq!(open(folder).execute("UPDATE robots SET state = '{}' WHERE until_at IS NULL", []).unwrap(), 1);
}

/// Moves every instant since the last run's start, so that the run began at `at`.
fn move_to(folder: &Path, at: &str) {
    let connection = open(folder);
    let (began, seconds): (String, i64) = connection
        .query_row("SELECT max(started_at), unixepoch(max(started_at)) - unixepoch(?1) FROM run", [at], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .unwrap();
    for (table, column) in text_columns(&connection).into_iter().filter(|(table, _)| table != "frontier") {
        let sql = format!(
            "UPDATE \"{table}\" SET \"{column}\" = strftime('%Y-%m-%dT%H:%M:%fZ', \"{column}\", ?1)
             WHERE \"{column}\" GLOB '????-??-??T??:??:??.???Z' AND \"{column}\" >= ?2"
        );
        connection.execute(&sql, rusqlite::params![format!("-{seconds} seconds"), began]).unwrap();
    }
}

/// Every column of text of every table of the archive's own.
pub(crate) fn text_columns(connection: &Connection) -> Vec<(String, String)> {
    connection
        .prepare(
            "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.type = 'TEXT'
             ORDER BY t.name, c.cid",
        )
        .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).and_then(Iterator::collect))
        .unwrap()
}
