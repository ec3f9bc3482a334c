//! Saved pages to learn from.

use std::io::Read;
use std::path::Path;

use url::Url;

use crate::cli::{Exit, Failure};
use crate::clock::{Clock, SystemClock};
use crate::extract::own_address;
use crate::fetch::decode;
use crate::learn::Sample;
use crate::model::answer::Limits;

/// Pages, and files that are none with the reason.
pub(super) type Found = (Vec<Sample>, Vec<(String, String)>);

/// The files as pages, and those that are none with the reason.
pub(super) fn samples(files: &[String], url: Option<&Url>) -> Result<Found, Failure> {
    let (mut samples, mut left_out) = (Vec::new(), Vec::new());
    let mut homeless = None;
    for file in files {
        let html = decode::text(&bytes(file)?, None).text;
        // No article has the front page's address, though some papers give it to all.
        let own = own_address(&html).filter(|own| own.path() != "/");
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

/// A file's bytes, no more than of a page from the web.
fn bytes(file: &str) -> Result<Vec<u8>, Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::new(Exit::Failed, format!("{file}: {e}; name saved pages"));
    let most = Limits::PAGE.decoded_bytes;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(Path::new(file)).map_err(|e| fail(&e))?;
    opened.take(most + 1).read_to_end(&mut bytes).map_err(|e| fail(&e))?;
    if bytes.len() as u64 > most {
        return Err(fail(&format!("is larger than {} MB", most >> 20)));
    }
    Ok(bytes)
}
