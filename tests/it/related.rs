//! Related links ("Lire aussi" and the like): on real pages that people have annotated, and on pages of our own, one trap
//! each. `tests/fixtures/related/README.md` has the rules of annotation.

mod francophone;
mod measure;
mod traps;
