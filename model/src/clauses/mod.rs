//! The catalogue: one clause a file.

use crate::{Clause, Judgement, Transition};

/// Every clause, in the order of the pages.
pub static ALL: &[&Clause] = &[];

/// The clause of this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Clause> {
    ALL.iter().copied().find(|clause| clause.id == id)
}

/// What one clause, by its place in [`ALL`], says of a step. Steps that did nothing are silent.
#[must_use]
pub fn judge(clause: &Clause, transition: &Transition<'_>) -> Judgement {
    if transition.is_void() { Judgement::Silent } else { (clause.judge)(transition) }
}
