//! How runs end that do not end by themselves: signals, a full disk, another holder of the archive, a newer archive.

mod disk;
mod holder;
mod lost;
mod network;
mod signals;
mod time;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::crawl::{SECOND, paper};
use crate::support::run::crawl;
use crate::support::{Reply, Server};

const HOSTS: [&str; 2] = ["lessor.ml", "www.lessor.ml"];
/// No test waits longer for something that must happen.
const LONG: Duration = Duration::from_secs(20);

/// A paper whose second article hangs in its answer for as long as the server lives; told when it is asked for.
fn hanging() -> (Server, Receiver<()>) {
    let (told, asked) = channel();
    let site = paper();
    let server = Server::start(move |ask| {
        if ask.target != SECOND {
            return site.answer(ask);
        }
        // Only one test listens.
        let _ = told.send(());
        Reply::html("<p>Trop tard.").delay(Duration::from_mins(10))
    });
    (server, asked)
}

/// A crawl with a pace for tests, started; its words on stderr are kept.
fn started(archive: &Path, server: &Server, words: &[&str]) -> Child {
    let words: Vec<&str> = ["lessor"].iter().chain(words).copied().collect();
    let mut command = crawl(archive, server, &HOSTS, &words);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Sends a signal by its name, as a person does.
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}
