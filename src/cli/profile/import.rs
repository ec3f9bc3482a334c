//! `griot profile import`: rule files that others keep, as profiles to go on from.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::out::{Out, out, print_json};
use crate::cli::words::{counted, harmless};
use crate::cli::{Done, Exit, Failure};
use crate::profile::import::{Imported, Tally, import};

/// Bytes of a rule file: the longest that people wrote has six thousand.
const LARGEST: u64 = 16 << 20;

/// What `profile import` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A rule file is named after its host, as lemonde.fr.txt, and says `directive: XPath` line by line. What a profile can say \
becomes one: fields, what is dropped, replacements, single-page views, headers. What it cannot say is told on standard \
error and stands in the profile as a comment, with its line and the reason. Zone and language are in no rule file; what \
an article's address looks like is taken from its tests or left open: the profile says what to fill in.

Examples:
  griot profile import lemonde.fr.txt > selectors/lemonde.toml
  griot profile import ftr-site-config -o selectors --quiet
  griot check lemonde page.html --url https://www.lemonde.fr/...

Ends with 0 if everything was carried over, with 10 if lines were left for a person, with 1 if a file was not written.")]
pub(in crate::cli) struct ImportArgs {
    /// Rule files, or folders of them.
    #[arg(required = true, value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    /// Write SITE.toml into this folder instead of printing it.
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace profiles that are there.
    #[arg(long, requires = "output")]
    force: bool,
    /// Print JSON: the profile, counts, and what was left.
    #[arg(long)]
    json: bool,
    /// Print nothing but the profile unless something is wrong.
    #[arg(long, short)]
    quiet: bool,
}

/// Runs `griot profile import`.
pub(in crate::cli) fn run(args: &ImportArgs) -> Done {
    let files = listed(&args.files)?;
    if files.len() > 1 && args.output.is_none() && !args.json {
        let words = format!("{} are imported into a folder: name it with -o", counted(files.len() as u64, "rule file"));
        return Err(Failure::new(Exit::Usage, words));
    }
    if let Some(folder) = &args.output {
        fs::create_dir_all(folder).map_err(|e| Failure::new(Exit::Failed, format!("{}: {e}", folder.display())))?;
    }
    let mut out = out();
    let mut sums = Sums::default();
    for file in &files {
        match one(args, file, &mut out) {
            Ok(imported) => sums.add(&imported),
            Err(Failed::Output(failure)) => return Err(failure),
            Err(Failed::File(why)) => {
                eprintln!("griot: {}", harmless(&why));
                sums.failed += 1;
            }
        }
    }
    out.flush()?;
    if files.len() > 1 && !args.quiet {
        sums.tell();
    }
    Ok(match (sums.failed, sums.left) {
        (1.., _) => Exit::Failed,
        (0, 1..) => Exit::Person,
        (0, 0) => Exit::Well,
    })
}

/// The files that are named, and those of the folders that are.
fn listed(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = |e: io::Error| Failure::new(Exit::Failed, format!("{}: {e}", path.display()));
        let entries: io::Result<Vec<_>> = fs::read_dir(path).map_err(failed)?.collect();
        let inside = entries.map_err(failed)?.into_iter().map(|entry| entry.path());
        let mut rules: Vec<PathBuf> =
            inside.filter(|p| p.is_file() && p.extension().is_some_and(|e| e == "txt")).collect();
        if rules.is_empty() {
            let words = format!("{} holds no rule files (HOST.txt)", path.display());
            return Err(Failure::new(Exit::Failed, words));
        }
        rules.sort();
        files.append(&mut rules);
    }
    Ok(files)
}

enum Failed {
    /// This file; the others may do.
    File(String),
    /// Nobody hears any more.
    Output(Failure),
}

fn one(args: &ImportArgs, file: &Path, out: &mut Out) -> Result<Imported, Failed> {
    let shown = file.display().to_string();
    let wrong = |why: String| Failed::File(format!("{shown}: {why}"));
    let text = text_of(file).map_err(|e| wrong(e.to_string()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let imported = import(&name, &text).map_err(|e| wrong(format!("makes no profile that loads: {e}")))?;
    if imported.tally.is_empty() {
        return Err(wrong("holds no rule (`directive: XPath`, line by line)".to_owned()));
    }
    let mut written = None;
    if let Some(folder) = &args.output {
        let path = folder.join(format!("{}.toml", imported.site));
        keep(&path, &imported.toml, args.force).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => {
                let path = path.display();
                wrong(format!("{path} is there already; name another folder, or say --force to replace it"))
            }
            _ => wrong(format!("{}: {e}", path.display())),
        })?;
        written = Some(path.display().to_string());
    }
    print(args, out, &shown, &imported, written.as_deref()).map_err(Failed::Output)?;
    if !args.quiet {
        tell(&shown, &imported, args.output.is_none());
    }
    Ok(imported)
}

/// The file's text; what is no UTF-8 in it is replaced, as nothing that is carried over needs it.
fn text_of(file: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    fs::File::open(file)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other("is larger than any rule file"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a profile under its name only when it is whole; never over another unless that is wanted.
fn keep(path: &Path, toml: &str, force: bool) -> io::Result<()> {
    let part = path.with_extension("toml.part");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&part)?;
    let kept = file.write_all(toml.as_bytes()).and_then(|()| file.sync_all());
    let kept = kept.and_then(|()| if force { fs::rename(&part, path) } else { fs::hard_link(&part, path) });
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => kept.and(Err(error)),
        _ => kept,
    }
}

fn print(
    args: &ImportArgs,
    out: &mut Out,
    file: &str,
    imported: &Imported,
    written: Option<&str>,
) -> Result<(), Failure> {
    if args.json {
        let counts: BTreeMap<&str, serde_json::Value> =
            imported.tally.iter().map(|(name, tally)| (name.as_str(), counts(*tally))).collect();
        let left =
            imported.left.iter().map(|l| serde_json::json!({ "line": l.line, "text": l.text, "because": l.because }));
        let toml = written.is_none().then_some(&imported.toml);
        let whole = serde_json::json!({
            "file": file, "site": imported.site, "written": written, "toml": toml,
            "directives": counts, "left": left.collect::<Vec<_>>(),
        });
        return print_json(out, &whole);
    }
    if written.is_none() {
        // A profile keeps the comments and patterns of a file from elsewhere, and nothing in them has power here.
        write!(out, "{}", harmless(&imported.toml))?;
    }
    Ok(())
}

fn counts(tally: Tally) -> serde_json::Value {
    serde_json::json!({ "carried": tally.carried, "unneeded": tally.unneeded, "left": tally.left })
}

fn told(tally: Tally) -> String {
    let Tally { carried, unneeded, left } = tally;
    format!("{} carried over, {unneeded} not needed, {left} left", counted(carried as u64, "line"))
}

fn tell(file: &str, imported: &Imported, each: bool) {
    eprintln!("{}: {}", harmless(file), told(imported.sums()));
    for left in imported.left.iter().filter(|_| each) {
        eprintln!("  line {}: {}, because {}", left.line, harmless(&left.text), harmless(&left.because));
    }
}

/// Over all files.
#[derive(Debug, Default)]
struct Sums {
    files: usize,
    whole: usize,
    failed: usize,
    left: usize,
    by_directive: BTreeMap<String, Tally>,
}

impl Sums {
    fn add(&mut self, imported: &Imported) {
        self.files += 1;
        self.whole += usize::from(imported.is_whole());
        self.left += imported.left.len();
        for (name, tally) in &imported.tally {
            let sum = self.by_directive.entry(name.clone()).or_default();
            sum.carried += tally.carried;
            sum.unneeded += tally.unneeded;
            sum.left += tally.left;
        }
    }

    fn tell(&self) {
        for (name, tally) in &self.by_directive {
            eprintln!("{:24} {}", harmless(name), told(*tally));
        }
        eprintln!("{}, {} carried over whole", counted(self.files as u64, "profile"), self.whole);
    }
}
