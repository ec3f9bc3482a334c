//! The body of a page of which no profile says where it stands. Two witnesses are asked: where the prose stands
//! thickest, and what the page's own names call its body. Of the place they lead to every line is kept that nothing
//! speaks against: neither the names of the elements around it, nor its links, nor its words.

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

/// The lines of the body, in order.
pub(super) fn lines(sight: &Sight<'_>) -> Vec<usize> {
    let ground = Ground::of(sight);
    match container::choose(sight, &ground) {
        Some(container) => trim::lines(sight, &ground, container),
        None => Vec::new(),
    }
}
