//! `griot profile learn`: a profile out of saved pages, or out of what an archive has of a site.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::Args;
use url::Url;

use super::reader::reader_if_any;
use super::{Done, Exit, Failure, Place, sites};
use crate::cli::address;
use crate::cli::out::out;
use crate::cli::words::harmless;
use crate::learn::{self, About, Learnt, Sample};
use crate::profile::Profile;
use report::Report;

mod adopt;
mod archive;
mod files;
mod report;

/// What `profile learn` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
From saved pages, a whole new profile: a dozen articles of one site are enough, fewer than three are not. From a site \
of the archive, its layout written anew out of its stored captures; if later captures are not read as earlier ones \
were, a further layout from the day of the redesign on, with the new selectors found by the text that the archive \
already has.

The profile goes to standard output, what speaks for and against each rule to standard error. Nothing is asked of the \
site, and nothing is written unless --adopt is said: then <archive>/selectors/SITE.toml is replaced, the former file \
is kept beside it, and only if stored captures are read worse in no field and better in one.

Examples:
  griot profile learn pages/*.html > fleuve/selectors/lefleuve.toml
  griot profile learn page.html --url https://lefleuve.example/2026/03/02/le-bac
  griot profile learn lessor --archive /srv/lessor
  griot profile learn lessor --archive /srv/lessor --adopt")]
pub(super) struct LearnArgs {
    /// A site of the archive by its profile's name, or saved pages by their files.
    #[arg(required = true, value_name = "SITE|FILE")]
    what: Vec<String>,
    /// The address of saved pages that do not tell their own.
    #[arg(long, value_name = "URL", value_parser = address::web)]
    url: Option<Url>,
    /// Take over what was learnt, if stored captures are read better by it.
    #[arg(long)]
    adopt: bool,
    #[command(flatten)]
    place: Place,
    /// Print profile and evidence as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `griot profile learn`.
pub(super) fn run(args: &LearnArgs) -> Done {
    match args.what.as_slice() {
        [site] if !Path::new(site).exists() => of_site(args, site),
        files if args.adopt => {
            let words =
                format!("--adopt tries a profile on stored captures; name a site of the archive, not {}", files[0]);
            Err(Failure::new(Exit::Usage, words))
        }
        files => of_files(args, files),
    }
}

fn of_files(args: &LearnArgs, files: &[String]) -> Done {
    let (samples, mut left_out) = files::samples(files, args.url.as_ref())?;
    let about = learn::about(&samples);
    let mut learnt = learn_by(&samples, &about, None)?;
    left_out.append(&mut learnt.left_out);
    learnt.left_out = left_out;
    if learnt.pages.is_empty() {
        return Err(nothing(&learnt));
    }
    let toml = learn::whole(&about, &learnt);
    // What is printed loads: a profile with mistakes would be found out at night, by cron.
    Profile::parse("learnt", "the profile learnt", &toml).map_err(|e| Failure::new(Exit::Failed, e))?;
    print(args.json, &toml, &Report::of(learnt))?;
    Ok(Exit::Well)
}

fn of_site(args: &LearnArgs, site: &str) -> Done {
    let folder = &args.place.archive;
    if sites::is_named_as_file(site) {
        return Err(Failure::new(
            Exit::Failed,
            format!("{site}: no such file; name saved pages, or a site of the archive"),
        ));
    }
    let profile = sites::profile(site, folder)?;
    let Some(reader) = reader_if_any(folder)? else { return Err(no_captures(folder, site)) };
    let stored = archive::Stored { folder, reader: &reader, profile: &profile };
    let (samples, found, left_out) = stored.samples()?;
    if samples.is_empty() {
        return Err(no_captures(folder, site));
    }
    let about = about(&profile);
    let at = found.as_ref().map(|found| found.at);
    let behind: Vec<Sample> =
        samples.iter().filter(|s| at.is_none_or(|at| s.captured_at >= at)).rev().cloned().collect();
    // Without a break every text was read by the profile that stands, and is known by it.
    let before = at.or(Some(jiff::Timestamp::MAX));
    let mut learnt = learn_by(&archive::latest(behind), &about, before)?;
    learnt.left_out.extend(left_out);
    if learnt.pages.is_empty() {
        return Err(nothing(&learnt));
    }
    let proposed = match at {
        Some(at) => learn::relayed(&profile, &learnt, at),
        None => learn::replaced(&profile, &learnt),
    };
    let proposed = proposed.map_err(|e| Failure::new(Exit::Configuration, e))?;
    let tried = learn::trial(&profile, &proposed, &samples, at);
    let mut report = Report { found, tried: Some(tried), ..Report::of(learnt) };
    if args.adopt && report.is_better() {
        report.adopted = Some(adopt::adopt(folder, &profile, &proposed)?);
    }
    print(args.json, &proposed.toml, &report)?;
    Ok(if args.adopt && report.adopted.is_none() { Exit::Person } else { Exit::Well })
}

/// The paper, as its profile tells of it.
fn about(profile: &Profile) -> About {
    About {
        name: profile.name.clone(),
        zone: profile.zone.iana_name().unwrap_or("UTC").to_owned(),
        language: profile.language.clone(),
        hosts: profile.canon.hosts.clone(),
        scheme: profile.canon.scheme.clone(),
        zone_unknown: false,
    }
}

fn learn_by(samples: &[Sample], about: &About, before: Option<jiff::Timestamp>) -> Result<Learnt, Failure> {
    let base = learn::minimal(about).map_err(|e| Failure::new(Exit::Failed, e))?;
    Ok(learn::learn(samples, &base, before))
}

fn no_captures(folder: &Path, site: &str) -> Failure {
    let words = format!(
        "{} has no capture of an article of {site} to learn from; crawl it with a minimal profile (griot crawl {site}), \
         or name saved pages: griot profile learn pages/*.html",
        folder.display()
    );
    Failure::new(Exit::Failed, words)
}

fn nothing(learnt: &Learnt) -> Failure {
    let why: Vec<String> = learnt.left_out.iter().map(|(page, why)| format!("\n  {page}: {why}")).collect();
    Failure::new(
        Exit::Failed,
        format!("none of the pages can be learnt from; save articles, as a reader sees them{}", why.concat()),
    )
}

/// The profile on standard output, the report on standard error; or both as JSON.
fn print(json: bool, toml: &str, report: &Report) -> Result<(), Failure> {
    let mut out = out();
    if json {
        report.tell_json(&mut out, toml)?;
    } else {
        eprint!("{}", report.told());
        // What goes into a file is the very profile that was tried.
        let shown = io::stdout().is_terminal().then(|| harmless(&toml.replace('\t', "  ")));
        out.write_all(shown.as_deref().unwrap_or(toml).as_bytes())?;
    }
    Ok(out.flush()?)
}
