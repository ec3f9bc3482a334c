//! What a crawl says while it runs: a line for each visit and, on a terminal, the sums so far below them.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::sync::mpsc;

use super::super::words::{counted, harmless};
use crate::crawl::{Event, Summary};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Voice {
    /// Nothing.
    Silent,
    /// A line for each event, on standard error.
    Lines,
}

/// Adds up a run's events, and tells them.
pub(in crate::cli) async fn listen(mut heard: mpsc::UnboundedReceiver<Event>, voice: Voice) -> Summary {
    let mut summary = Summary::default();
    let bar = bar(voice);
    while let Some(event) = heard.recv().await {
        if let Event::Visited(visited) = &event {
            summary.add(visited);
        }
        if voice == Voice::Lines {
            bar.suspend(|| eprintln!("{}", harmless(&line(&event))));
            bar.set_message(sums(&summary));
        }
    }
    bar.finish_and_clear();
    summary
}

/// Drawn on a terminal only; the library hides it everywhere else.
fn bar(voice: Voice) -> ProgressBar {
    let hidden = voice == Voice::Silent;
    let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(None, target);
    // Without colour, so that there is nothing for NO_COLOR to take away.
    bar.with_style(
        ProgressStyle::with_template("{elapsed_precise} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
    )
}

fn sums(summary: &Summary) -> String {
    format!(
        "{}, {}, {}, {}",
        counted(summary.requests, "request"),
        counted(summary.new_articles, "new article"),
        counted(summary.new_versions, "new version"),
        counted(summary.bytes, "byte")
    )
}

fn line(event: &Event) -> String {
    match event {
        Event::Note(words) => words.clone(),
        Event::Waiting { group, seconds } => format!("{group}: waiting {seconds} s"),
        Event::Visited(v) => {
            let status = v.status.map_or_else(|| v.wire.clone(), |s| s.to_string());
            let verdict = v.verdict.map(|v| format!(" {}", v.word())).unwrap_or_default();
            let reason = v.reason.as_ref().map(|r| format!(" ({r})")).unwrap_or_default();
            format!("{status} {}{verdict} {}{reason}", v.outcome.unwrap_or("-"), v.url)
        }
    }
}
