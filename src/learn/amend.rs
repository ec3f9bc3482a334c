//! A profile that stands, amended: a dated layout put after its last one, or its last one written anew.

use jiff::Timestamp;

use super::Learnt;
use super::toml::layout;
use crate::profile::{Profile, ProfileError};

/// Why a profile was not amended.
#[derive(Debug, thiserror::Error)]
pub enum Unamendable {
    /// Its text is written so that the place of its last layout is not plain.
    #[error("{site}: which of its layouts holds now cannot be told from the text; write the new layout by hand")]
    Unplain {
        /// The site.
        site: String,
    },
    /// What came out is no profile.
    #[error(transparent)]
    Broken(#[from] ProfileError),
}

/// Closes the layout that holds now, and writes what was learnt behind it, from the same instant on.
///
/// # Errors
/// When the profile's text has no plain place for it.
pub fn relayed(profile: &Profile, learnt: &Learnt, from: Timestamp) -> Result<Profile, Unamendable> {
    let text = Text::of(&profile.toml);
    let (before, after) = text.at_open(profile)?;
    let until = format!("[[layout]]\nuntil = {from}\n");
    let mut out = match &text.open() {
        Some((_, rest)) => format!("{before}{until}{rest}{after}"),
        None => format!("{}\n\n# As it was until its pages changed: griot's own rules.\n{until}", before.trim_end()),
    };
    out = format!(
        "{}\n\n# Learnt anew from {} pages.\n{}",
        out.trim_end(),
        learnt.pages.len(),
        layout(learnt, Some(from), &text.former(profile)?)
    );
    let amended = amended(profile, &out)?;
    let closed = amended.layout_at(from).is_some_and(|now| now.from == Some(from));
    if closed { Ok(amended) } else { Err(unplain(profile)) }
}

/// Writes the layout that holds now anew; head and former layouts stay.
///
/// # Errors
/// When the profile's text has no plain place for it.
pub fn replaced(profile: &Profile, learnt: &Learnt) -> Result<Profile, Unamendable> {
    let text = Text::of(&profile.toml);
    let (before, after) = text.at_open(profile)?;
    let from = profile.layouts.first().and_then(|now| now.from);
    let out = format!("{}\n\n{}{after}", before.trim_end(), layout(learnt, from, &text.former(profile)?));
    amended(profile, &out)
}

/// What came out, if it says the same as before of everything but layouts.
fn amended(profile: &Profile, toml: &str) -> Result<Profile, Unamendable> {
    let beside = |toml: &str| -> Result<::toml::Table, Unamendable> {
        let mut table: ::toml::Table = toml.parse().map_err(|_| unplain(profile))?;
        table.remove("layout");
        Ok(table)
    };
    let amended = Profile::parse(&profile.site, &profile.site, &toml.replace("\r\n", "\n"))?;
    if beside(&profile.toml)? == beside(&amended.toml)? { Ok(amended) } else { Err(unplain(profile)) }
}

fn unplain(profile: &Profile) -> Unamendable {
    Unamendable::Unplain { site: profile.site.clone() }
}

fn is_layout(text: &str) -> bool {
    text.trim_start_matches([' ', '\t']).starts_with("[[layout]]")
}

/// Does the line begin a table? A list's line holds quotes, commas or braces.
fn is_table(line: &str) -> bool {
    let line = line.trim_start();
    let bare = line.split('#').next().unwrap_or_default().trim_end();
    bare.starts_with('[') && bare.ends_with(']') && !bare.contains(['"', '\'', ',', '=', '{'])
}

/// The text in pieces, each from a `[[layout]]` up to the next table.
struct Text<'t> {
    pieces: Vec<&'t str>,
}

impl<'t> Text<'t> {
    fn of(toml: &'t str) -> Self {
        let mut starts = vec![0];
        let mut at = 0;
        for line in toml.split_inclusive('\n') {
            let was_layout = is_layout(&toml[*starts.last().unwrap_or(&0)..]);
            if is_layout(line) || (is_table(line) && was_layout) {
                starts.push(at);
            }
            at += line.len();
        }
        starts.push(toml.len());
        Self { pieces: starts.windows(2).map(|pair| &toml[pair[0]..pair[1]]).collect() }
    }

    /// The layout without an end: its place, and what stands under its head.
    fn open(&self) -> Option<(usize, &'t str)> {
        let key = |line: &str, key: &str| line.split_once('=').is_some_and(|(name, _)| name.trim() == key);
        let open = |piece: &&str| is_layout(piece) && !piece.lines().any(|line| key(line, "until"));
        let at = self.pieces.iter().position(open)?;
        Some((at, self.pieces[at].split_once('\n').map_or("", |(_, rest)| rest)))
    }

    /// What the open layout says, as data; nothing where the profile has none.
    fn former(&self, profile: &Profile) -> Result<::toml::Table, Unamendable> {
        let Some((at, _)) = self.open() else { return Ok(::toml::Table::new()) };
        let mut table: ::toml::Table = self.pieces[at].parse().map_err(|_| unplain(profile))?;
        match table.remove("layout") {
            Some(::toml::Value::Array(mut layouts)) if layouts.len() == 1 => match layouts.pop() {
                Some(::toml::Value::Table(layout)) => Ok(layout),
                _ => Err(unplain(profile)),
            },
            _ => Err(unplain(profile)),
        }
    }

    /// What stands before and behind the open layout.
    fn at_open(&self, profile: &Profile) -> Result<(String, String), Unamendable> {
        let layouts = self.pieces.iter().filter(|piece| is_layout(piece)).count();
        let written = profile.toml.matches("[[layout]]").count();
        let is_open = profile.layouts.first().is_some_and(|now| now.until.is_none());
        match self.open() {
            Some((at, _)) if layouts == written => Ok((self.pieces[..at].concat(), self.pieces[at + 1..].concat())),
            None if written == 0 && is_open => Ok((self.pieces.concat(), String::new())),
            _ => Err(unplain(profile)),
        }
    }
}
