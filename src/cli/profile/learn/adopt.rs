//! A proposal put in its place; the file that stood there is kept beside it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::archive::{ArchiveError, Lock};
use crate::cli::opening::failure;
use crate::cli::{Exit, Failure};
use crate::clock::{Clock, SystemClock};
use crate::profile::Profile;

/// What was written.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Adopted {
    /// The profile's file.
    pub(super) file: PathBuf,
    /// Where the former one is kept; none: it was one of those built in.
    pub(super) former: Option<PathBuf>,
}

/// Writes `<archive>/selectors/SITE.toml`, whole or not at all.
pub(super) fn adopt(folder: &Path, old: &Profile, new: &Profile) -> Result<Adopted, Failure> {
    let _lock = Lock::take(folder, "profile learn", false).map_err(|e: ArchiveError| failure(&e))?;
    let selectors = folder.join("selectors");
    let file = selectors.join(format!("{}.toml", old.site));
    // A profile that is kept elsewhere, and linked to, is written where it is kept.
    let file = std::fs::canonicalize(&file).unwrap_or(file);
    let home = file.parent().unwrap_or(&selectors).to_owned();
    let fail = |path: &Path, e: &io::Error| {
        let full = e.kind() == io::ErrorKind::StorageFull;
        Failure::new(if full { Exit::DiskFull } else { Exit::Failed }, format!("{}: {e}", path.display()))
    };
    std::fs::create_dir_all(&selectors).map_err(|e| fail(&selectors, &e))?;
    let former = match std::fs::read(&file) {
        Ok(bytes) if bytes != old.toml.as_bytes() => {
            let words = format!("{} was changed while its captures were tried; learn again", file.display());
            return Err(Failure::new(Exit::Failed, words));
        }
        Ok(bytes) => {
            // Not `.toml` at its end: that would be one more profile.
            let stamp = SystemClock.now().strftime("%Y-%m-%dT%H-%M-%SZ");
            let kept = selectors.join(format!("{}.toml.{stamp}", old.site));
            write_new(&kept, &bytes).map_err(|e| fail(&kept, &e))?;
            Some(kept)
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(fail(&file, &e)),
    };
    let fresh = home.join(format!(".{}.toml.new", old.site));
    drop(std::fs::remove_file(&fresh));
    write_new(&fresh, new.toml.as_bytes()).map_err(|e| fail(&fresh, &e))?;
    std::fs::rename(&fresh, &file).map_err(|e| fail(&file, &e))?;
    for folder in [&home, &selectors] {
        let synced = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|e| fail(folder, &e))?;
    }
    Ok(Adopted { file, former })
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
