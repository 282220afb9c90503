//! Exploration: what the small worlds hold, the same for both engines.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::OnceLock;

use sessck_model::explore::{BreadthFirst, End, Engine, Exploration, Order, Until};
use sessck_model::stateright::Stateright;
use sessck_model::{Profile, World, clauses, worlds};

fn explored(engine: &impl Engine, world: &World, profile: Profile) -> Exploration {
    let order = Order { world, profile, clauses: clauses::ALL, until: Until::Exhausted, max_states: usize::MAX };
    engine.explore(&order, &mut |_| ControlFlow::Continue(()))
}

/// Runs over the worlds on two threads.
fn on_each<T: Send>(worlds: &[World], run: impl Fn(&World) -> T + Sync) -> Vec<T> {
    let half = worlds.len().div_ceil(2);
    std::thread::scope(|scope| {
        let run = &run;
        let later = scope.spawn(move || worlds[half..].iter().map(run).collect::<Vec<_>>());
        let mut all: Vec<T> = worlds[..half].iter().map(run).collect();
        all.extend(later.join().expect("exploring does not panic"));
        all
    })
}

/// What our own engine found in each of them.
fn ours() -> &'static [Exploration] {
    static OURS: OnceLock<Vec<Exploration>> = OnceLock::new();
    OURS.get_or_init(|| on_each(&worlds::small(), |world| explored(&BreadthFirst, world, Profile::PAGE)))
}

#[test]
fn both_engines_find_the_same() {
    let all = on_each(&worlds::small(), |world| explored(&Stateright, world, Profile::PAGE));
    for (ours, theirs) in ours().iter().zip(all) {
        assert_eq!((ours.states, ours.transitions, ours.depth), (theirs.states, theirs.transitions, theirs.depth), "{}", ours.world);
        let sums = |x: &Exploration| x.tallies.iter().map(|t| (t.clause.id, t.held, t.broken)).collect::<Vec<_>>();
        assert_eq!(sums(ours), sums(&theirs), "{}", ours.world);
    }
}

/// The states, steps and depth of each world. With SESSCK_PIN set (and not CI) they are written anew.
#[test]
fn counts_are_pinned() {
    let mut found = String::new();
    for x in ours() {
        assert_eq!(x.end, End::Exhausted);
        writeln!(found, "{} {} {} {}", x.world, x.states, x.transitions, x.depth).expect("writing to a string does not fail");
    }
    let asked = std::env::var_os("SESSCK_PIN").is_some() && std::env::var_os("CI").is_none();
    if asked {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/explore.txt");
        std::fs::write(path, &found).expect("the pins can be written where the sources are");
        return;
    }
    let pinned: Vec<&str> = include_str!("explore.txt").lines().collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), pinned);
}

#[test]
fn the_pages_break_nothing() {
    for x in ours() {
        let broken: Vec<_> = x.tallies.iter().filter(|t| t.broken > 0).map(|t| (t.clause.id, &t.witness)).collect();
        assert!(broken.is_empty(), "{}: {broken:#?}", x.world);
    }
}

/// Every clause is met in some step of some small world.
#[test]
fn every_clause_is_reached() {
    let reached = |at: usize| ours().iter().any(|x| x.tallies[at].held > 0);
    let unreached: Vec<_> = (0..).zip(clauses::ALL).filter(|(at, _)| !reached(*at)).map(|(_, clause)| clause.id).collect();
    assert!(unreached.is_empty(), "{unreached:?}");
}

#[test]
fn every_pair_of_calls_meets_in_some_world() {
    assert_eq!(worlds::pairs_apart(&worlds::small()), []);
}

#[test]
fn names_of_worlds_differ() {
    let mut names: Vec<_> = worlds::small().iter().map(|w| w.name).collect();
    names.sort_unstable();
    assert!(names.is_sorted_by(|a, b| a < b));
}
