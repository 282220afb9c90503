//! Deviations: each checked clause catches the one that is named for it, and each obligation is needed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::ControlFlow;

use sessck::profile::Profiles;
use sessck_model::explore::{BreadthFirst, Engine, Order, Until};
use sessck_model::search::{Mutant, Need, find, kill, need, to_be_killed};
use sessck_model::{Clause, Deviation, Obligation, Profile, Status, World, clauses, worlds};

/// Runs over a list on two threads; the order stays.
fn on_two_threads<T: Sync, R: Send>(all: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let half = all.len().div_ceil(2);
    std::thread::scope(|scope| {
        let run = &run;
        let later = scope.spawn(move || all[half..].iter().map(run).collect::<Vec<_>>());
        let mut results: Vec<R> = all[..half].iter().map(run).collect();
        results.extend(later.join().expect("searching does not panic"));
        results
    })
}

#[test]
fn every_checked_clause_names_a_mutant() {
    let without = clauses::ALL.iter().filter(|c| c.status == Status::Checked && c.mutant.is_none());
    assert_eq!(without.map(|c| c.id).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// The table of clauses, the deviations that break them, and the shortest scripts in which that shows.
#[test]
fn every_mutant_is_killed() {
    let small = worlds::small();
    let targets: Vec<(&'static Clause, Deviation)> = to_be_killed().collect();
    let mut table = String::new();
    for Mutant { clause, deviation, witness } in on_two_threads(&targets, |(clause, deviation)| kill(&small, clause, *deviation)) {
        let witness = witness.unwrap_or_else(|| panic!("{} does not catch {}", clause.id, deviation.id()));
        assert!(witness.breaks(clause), "{}", clause.id);
        let last = witness.actions.last().map_or("", |action| action.call.kind().text());
        writeln!(table, "{:<32} {:<32} {:>2} steps, the last {last}", clause.id, deviation.id(), witness.actions.len())
            .expect("a string takes all");
    }
    insta::assert_snapshot!("mutants", table);
}

/// A deviation that no clause catches describes no departure from the pages.
#[test]
fn every_deviation_is_caught_by_some_clause() {
    // a cached session must lose its identity first
    let together =
        |d| if d == Deviation::RemovalNeedsIdentity { Profile::PAGE.with(Deviation::MarkedLosesIdentity) } else { Profile::PAGE };
    let caught: BTreeSet<Deviation> = to_be_killed().map(|(_, deviation)| deviation).collect();
    let rest: Vec<Deviation> = Deviation::ALL.iter().copied().filter(|d| !caught.contains(d)).collect();
    let small = worlds::small();
    let found = on_two_threads(&rest, |d| find(&small, together(*d).with(*d), clauses::ALL).is_some());
    let loose = rest.iter().zip(found).filter(|(_, found)| !found).map(|(d, _)| d.id());
    assert_eq!(loose.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// The clauses that exploring the small worlds under a profile breaks.
fn broken_under(profile: Profile) -> BTreeSet<&'static str> {
    let explore = |world: &World| {
        let order = Order { world, profile, clauses: clauses::ALL, until: Until::Exhausted, max_states: usize::MAX };
        BreadthFirst.explore(&order, &mut |_| ControlFlow::Continue(()))
    };
    let tallies = on_two_threads(&worlds::small(), explore).into_iter().flat_map(|exploration| exploration.tallies);
    tallies.filter(|tally| tally.broken > 0).map(|tally| tally.clause.id).collect()
}

/// A library's profile breaks what its entries name, no more and no less.
#[test]
fn a_profile_breaks_what_its_entries_name() {
    let profiles = Profiles::embedded().expect("the list that comes with sessck can be read");
    for version in ["1.1.1w", "3.0.22"] {
        let named: BTreeSet<&str> = profiles.concerning("openssl", version).flat_map(|entry| entry.clauses.iter().copied()).collect();
        assert_eq!(broken_under(profiles.for_version("openssl", version)), named, "openssl {version}");
    }
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
