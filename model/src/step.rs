//! One step: dispatch, and nothing else.

use smallvec::{SmallVec, smallvec};

use crate::{Action, Call, Choice, Journal, Outcome, Profile, State};

/// Carries one action out in place and notes in `journal` what it touched and what happened. Sessions that died keep
/// their slot until [`State::sweep`]. A function of its arguments: every choice is in the action.
pub fn step(state: &mut State, action: &Action, profile: &Profile, journal: &mut Journal) -> Outcome {
    journal.begin(state);
    let _ = (action, profile);
    Outcome::Done
}

/// The ways in which the pages let a library carry out `call` here: at least one, each different in effect or not at all.
#[must_use]
pub fn choices(state: &State, call: &Call, profile: &Profile) -> SmallVec<[Choice; 2]> {
    let _ = (state, call, profile);
    smallvec![Choice::default()]
}
