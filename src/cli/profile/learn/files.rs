//! Saved pages to learn from.

use url::Url;

use crate::cli::check::page_bytes;
use crate::cli::{Exit, Failure};
use crate::clock::{Clock, SystemClock};
use crate::extract::own_address;
use crate::fetch::decode;
use crate::learn::Sample;

/// Pages, and files that are none with the reason.
pub(super) type Found = (Vec<Sample>, Vec<(String, String)>);

/// The files as pages, and those that are none with the reason.
pub(super) fn samples(files: &[String], url: Option<&Url>) -> Result<Found, Failure> {
    let (mut samples, mut left_out) = (Vec::new(), Vec::new());
    let mut homeless = None;
    for file in files {
        let bytes = match page_bytes(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                left_out.push((file.clone(), error.to_string()));
                continue;
            }
        };
        let html = decode::text(&bytes, None).text;
        // No article has the front page's address, though some papers give it to all.
        let own = own_address(&html).filter(|own| own.path() != "/" || own.query().is_some());
        let Some(address) = own.or_else(|| url.cloned()) else {
            homeless.get_or_insert(file);
            left_out.push((file.clone(), "does not tell its address".to_owned()));
            continue;
        };
        let captured_at = SystemClock.now();
        samples.push(Sample { name: file.clone(), url: address, html, captured_at, versions: Vec::new() });
    }
    match homeless {
        Some(file) if samples.is_empty() => {
            let words =
                format!("{file} does not tell its address (link rel=canonical, og:url); say it with --url https://…");
            Err(Failure::new(Exit::Usage, words))
        }
        _ => Ok((samples, left_out)),
    }
}
