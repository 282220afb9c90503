//! Deviations: each checked clause catches the one that is named for it, and each obligation is needed.

use std::collections::BTreeSet;

use sessck_model::search::{Need, find, kill, need, to_be_killed};
use sessck_model::{Clause, Deviation, Obligation, Profile, Status, clauses, worlds};

/// In a debug build every eighth is tried.
const EVERY: usize = if cfg!(debug_assertions) { 8 } else { 1 };

#[test]
fn every_checked_clause_names_a_mutant() {
    let without = clauses::ALL.iter().filter(|c| c.status == Status::Checked && c.mutant.is_none());
    assert_eq!(without.map(|c| c.id).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn every_mutant_is_killed() {
    let small = worlds::small();
    let targets: Vec<(&'static Clause, Deviation)> = to_be_killed().step_by(EVERY).collect();
    let half = targets.len() / 2;
    let killed = |target: &(&'static Clause, Deviation)| kill(&small, target.0, target.1);
    std::thread::scope(|scope| {
        let later = scope.spawn(|| targets[half..].iter().map(killed).collect::<Vec<_>>());
        let mut mutants: Vec<_> = targets[..half].iter().map(killed).collect();
        mutants.extend(later.join().expect("searching does not panic"));
        for mutant in mutants {
            let witness = mutant.witness.unwrap_or_else(|| panic!("{} does not catch {}", mutant.clause.id, mutant.deviation.id()));
            assert!(witness.breaks(mutant.clause), "{}", mutant.clause.id);
        }
    });
}

/// A deviation that no clause catches describes no departure from the pages.
#[test]
fn every_deviation_is_some_clauses_mutant() {
    const WAITING: &[Deviation] = &[
        // it shows beside marked-loses-identity only
        Deviation::EvictionNeedsIdentity,
        // a real library's departure: no clause looks at the client's end of a resumption that fails
        Deviation::ClientSidCtxFatal,
    ];
    let caught: BTreeSet<Deviation> = to_be_killed().map(|(_, deviation)| deviation).collect();
    let others = Deviation::ALL.iter().filter(|d| !caught.contains(d) && !WAITING.contains(d));
    let loose = others.step_by(EVERY).filter(|d| !is_caught(**d));
    assert_eq!(loose.map(|d| d.id()).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// Whether any clause breaks under this deviation.
fn is_caught(deviation: Deviation) -> bool {
    find(&worlds::small(), Profile::PAGE.with(deviation), clauses::ALL).is_some()
}

#[test]
fn every_obligation_is_needed_or_assumed() {
    let small = worlds::small();
    for obligation in Obligation::ALL {
        match need(&small, *obligation) {
            Need::Needed(finding) => {
                let lawful = sessck_model::witness::last_judgement(&finding.witness.actions, &Profile::PAGE, finding.clause);
                assert_ne!(lawful, sessck_model::Judgement::Broken, "{}", obligation.clause());
            }
            Need::Assumed(reason) => assert!(!reason.is_empty()),
            Need::Unknown => panic!("{} is needed for nothing", obligation.clause()),
        }
    }
}
