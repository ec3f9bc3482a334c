//! How a page's field is held against what its set wants of it: each set's own rule, as it is published.

pub(crate) mod exact;
mod images;
mod names;
mod rouge;
mod segments;
mod shingles;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use images::images;
pub(crate) use names::names;
pub(crate) use rouge::rouge_lsum;
pub(crate) use segments::segments;
pub(crate) use shingles::shingles;
pub(crate) use words::word_f1;

use super::measure::ratio;

/// What one field of one page scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Points {
    /// Right or wrong; a set has the share of right ones.
    Right(bool),
    /// A page's own F1; a set has the mean.
    F1(f64),
    /// Precision and recall, each of them only where it means something; a set has the harmonic mean of both means.
    Overlap { precision: Option<f64>, recall: Option<f64> },
    /// Hits, false alarms and misses; a set has the F1 of their sums.
    Counts { hits: usize, alarms: usize, misses: usize },
}

impl Points {
    /// One page's own score, to find the worst ones by.
    pub(crate) fn alone(self) -> f64 {
        total(&[self])
    }

    /// Was anything found that must not be?
    pub(crate) fn is_alarm(self) -> bool {
        matches!(self, Self::Counts { alarms: 1.., .. })
    }
}

/// A set's score out of its pages'. All are of one kind; of none it is 0.
pub(crate) fn total(points: &[Points]) -> f64 {
    match points.first() {
        None => 0.0,
        Some(Points::Right(_)) => ratio(points.iter().filter(|p| **p == Points::Right(true)).count(), points.len()),
        Some(Points::F1(_)) => {
            mean(points.iter().filter_map(|p| if let Points::F1(f1) = p { Some(*f1) } else { None }))
        }
        Some(Points::Overlap { .. }) => {
            let part = |of: fn(&Points) -> Option<f64>| mean(points.iter().filter_map(of));
            let precision = part(|p| if let Points::Overlap { precision, .. } = p { *precision } else { None });
            let recall = part(|p| if let Points::Overlap { recall, .. } = p { *recall } else { None });
            harmonic(precision, recall)
        }
        Some(Points::Counts { .. }) => {
            let mut sums = (0, 0, 0);
            for point in points {
                if let Points::Counts { hits, alarms, misses } = point {
                    sums = (sums.0 + hits, sums.1 + alarms, sums.2 + misses);
                }
            }
            ratio(2 * sums.0, 2 * sums.0 + sums.1 + sums.2)
        }
    }
}

pub(crate) fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

/// F1 of a precision and a recall.
fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}
