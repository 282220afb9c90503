//! Searching a list of worlds for a broken clause: a little way into each at first, then farther, so that what breaks soon is found
//! soon, wherever it does.

use std::ops::ControlFlow;

use crate::explore::{BreadthFirst, Engine, Order, Until};
use crate::{Clause, Deviation, Obligation, Profile, Status, Witness, World, clauses};

/// How many states of each world are looked at before the next world has its turn, round by round.
const ROUNDS: &[usize] = &[300, 3_000, 30_000, 1_000_000];

/// A clause that broke, and how.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The clause.
    pub clause: &'static Clause,
    /// A script that breaks it with its last action. As short as the world allows, with nothing in it to leave out.
    pub witness: Witness,
}

/// Looks for a step that breaks one of these clauses under this profile.
#[must_use]
pub fn find(worlds: &[World], profile: Profile, wanted: &[&'static Clause]) -> Option<Finding> {
    ROUNDS.iter().find_map(|max_states| worlds.iter().find_map(|world| find_in(world, profile, wanted, *max_states)))
}

fn find_in(world: &World, profile: Profile, wanted: &[&'static Clause], max_states: usize) -> Option<Finding> {
    let order = Order { world, profile, clauses: wanted, until: Until::FirstBreak, max_states };
    let exploration = BreadthFirst.explore(&order, &mut |_| ControlFlow::Continue(()));
    let broken = exploration.tallies.into_iter().find(|tally| tally.broken > 0)?;
    let clause = broken.clause;
    broken.witness.map(|witness| Finding { clause, witness: witness.shrunk(clause) })
}

/// A clause that is checked, and what kills it.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The clause.
    pub clause: &'static Clause,
    /// The deviation that it is to catch.
    pub deviation: Deviation,
    /// A script in which it does; `None` if these worlds hold none, which is a defect.
    pub witness: Option<Witness>,
}

/// The clauses that a deviation has to break, each with its own.
pub fn to_be_killed() -> impl Iterator<Item = (&'static Clause, Deviation)> {
    clauses::ALL.iter().filter_map(|clause| clause.mutant.map(|deviation| (*clause, deviation)))
}

/// Looks for a script in which the clause catches the deviation.
#[must_use]
pub fn kill(worlds: &[World], clause: &'static Clause, deviation: Deviation) -> Mutant {
    let found = find(worlds, Profile::PAGE.with(deviation), &[clause]);
    Mutant { clause, deviation, witness: found.map(|f| f.witness) }
}

/// What an obligation is there for.
#[derive(Clone, Debug)]
pub enum Need {
    /// Without it a promise of the library breaks.
    Needed(Finding),
    /// The pages name no consequence, so it is taken on trust, for this reason.
    Assumed(&'static str),
    /// These worlds show none: a defect.
    Unknown,
}

/// Looks for a script that shows what goes wrong where the application does not keep an obligation.
#[must_use]
pub fn need(worlds: &[World], obligation: Obligation) -> Need {
    if obligation == Obligation::NoShutdownAfterFatal {
        return Need::Assumed("no page names a consequence");
    }
    let judges = |c: &&&'static Clause| c.id != obligation.clause() && c.status == Status::Checked;
    let wanted: Vec<_> = clauses::ALL.iter().filter(judges).copied().collect();
    find(worlds, Profile::PAGE.trusting(obligation), &wanted).map_or(Need::Unknown, Need::Needed)
}
