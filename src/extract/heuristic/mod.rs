//! The body of a page of which no profile says where it stands. Two witnesses are asked: where the prose stands
//! thickest, and what the page's own names call its body. Of the place they lead to every line is kept that nothing
//! speaks against: neither the names of the elements around it, nor its links, nor its words.

mod claims;
mod container;
mod ground;
mod measure;
mod names;
mod phrases;
mod survey;
#[cfg(test)]
mod tests;
mod trim;
mod witness;

use super::sight::Sight;
use ground::Ground;
use witness::Witness;

/// The lines of the body, in order.
pub(super) fn lines(sight: &Sight<'_>) -> Vec<usize> {
    let ground = Ground::of(sight);
    let witness = Witness::of(sight);
    let container = container::choose(sight, &ground);
    match witness.widen(container) {
        Some(container) => trim::lines(sight, &ground, &witness, container),
        None => Vec::new(),
    }
}
