//! The built binary with one fault in it: killed at a chosen write, sync or making of a file, or out of disk there.
//!
//! A small C library is preloaded (`tests/fixtures/faults`); building griot needs a C compiler anyway. Nothing traces
//! the process, so this works where `ptrace` is forbidden.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// One fault: at the nth call of that kind to a file of such a name, counted from `from` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// "record": the first WARC record that the process writes; "file": the first WARC file that it makes; "start": at once.
    pub(crate) from: &'static str,
    /// "read", "write", "fdatasync", "fsync", "fsync-folder", "create".
    pub(crate) call: &'static str,
    /// The end of the file's name.
    pub(crate) path: &'static str,
    /// 1 for the first.
    pub(crate) nth: u32,
    /// "before", "torn", "after" kill; "full" and "broken" are the disk's.
    pub(crate) what: &'static str,
}

impl Fault {
    /// Counted from the run's first record.
    pub(crate) const fn at(call: &'static str, path: &'static str, nth: u32, what: &'static str) -> Self {
        Self { from: "record", call, path, nth, what }
    }

    /// Counted from the first WARC file that the run makes.
    pub(crate) const fn since_new_file(self) -> Self {
        Self { from: "file", ..self }
    }

    /// Counted from the start of the process.
    pub(crate) const fn since_start(self) -> Self {
        Self { from: "start", ..self }
    }

    /// Puts the fault into a command; a line appears in `log` when it happens.
    pub(crate) fn put_into(self, command: &mut Command, log: &Path) {
        command.env("LD_PRELOAD", library()).env("GRIOT_FAULT", self.to_string()).env("GRIOT_FAULT_LOG", log);
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {} {}", self.from, self.call, self.path, self.nth, self.what)
    }
}

/// Lets a command believe that every disk is of this kind, by the number that `statfs(2)` gives.
pub(crate) fn on_a_disk_of_kind(command: &mut Command, magic: u32) {
    command.env("LD_PRELOAD", library()).env("GRIOT_DISK", format!("{magic:x}"));
}

/// The library, compiled once a test run.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/faults/faults.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("faults-{}.so", std::process::id()));
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"];
        let built = Command::new(compiler).args(flags).arg(&library).arg(source).arg("-ldl").output();
        let built = built.expect("a C compiler: the bundled SQLite needs one too");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        library
    })
}
