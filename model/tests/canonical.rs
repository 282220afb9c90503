//! Laws of the canonical form, on states that random walks through the small worlds reach.

use quickcheck::{TestResult, quickcheck};
use sessck_model::{Action, Call, ConnId, GetCallback, Ident, Journal, Profile, Renaming, SessId, State, World, canonical, step, worlds};

/// A walk through a world: each number picks one of the actions that are enabled.
fn walk(world: &World, picks: &[u8]) -> State {
    let profile = Profile::PAGE;
    let (mut state, mut journal, mut actions) = (world.start(&profile), Journal::default(), Vec::<Action>::new());
    for pick in picks {
        world.actions(&state, &profile, &mut actions);
        let Some(action) = actions.get(usize::from(*pick) % actions.len().max(1)) else { break };
        let mut after = state.clone();
        step(&mut after, action, &profile, &mut journal);
        world.settle(&mut after, &profile);
        if world.holds(&after) {
            state = after;
        }
    }
    state
}

fn shuffle<T>(list: &mut [T], seed: u64) {
    for at in (1..list.len()).rev() {
        list.swap(at, (seed.rotate_left(at as u32 * 7) % (at as u64 + 1)) as usize);
    }
}

/// Other names for everything, except that contexts and sessions of equal identity keep their order, and all sessions do where a get
/// callback gives the oldest.
fn shuffled(state: &State, seed: u64) -> State {
    let (_, mut to) = canonical(state);
    shuffle(&mut to.connections, seed);
    shuffle(&mut to.identities, seed);
    shuffle(&mut to.sessions, seed);
    if state.contexts.iter().any(|(_, x)| x.get_callback == GetCallback::Any) {
        to.sessions.sort_unstable();
    }
    let identity = |s: &SessId| state.sessions.get(*s).and_then(|s| s.identity);
    for kin in to.identities.clone() {
        let places: Vec<usize> = (0..to.sessions.len()).filter(|at| identity(&to.sessions[*at]) == Some(kin)).collect();
        let mut ordered: Vec<SessId> = places.iter().map(|at| to.sessions[*at]).collect();
        ordered.sort_unstable();
        places.iter().zip(ordered).for_each(|(at, session)| to.sessions[*at] = session);
    }
    state.renamed(&to)
}

fn world(number: u8) -> World {
    let small = worlds::small();
    small[usize::from(number) % small.len()]
}

quickcheck! {
    fn names_do_not_matter(number: u8, picks: Vec<u8>, seed: u64) -> bool {
        let state = walk(&world(number), &picks);
        canonical(&shuffled(&state, seed)).0 == canonical(&state).0
    }

    fn canonical_twice_is_canonical(number: u8, picks: Vec<u8>) -> bool {
        let once = canonical(&walk(&world(number), &picks)).0;
        canonical(&once).0 == once
    }

    fn renaming_commutes_with_steps(number: u8, picks: Vec<u8>, last: u8) -> TestResult {
        let (world, profile) = (world(number), Profile::PAGE);
        let state = walk(&world, &picks);
        let (renamed, to) = canonical(&state);
        let mut actions = Vec::new();
        world.actions(&renamed, &profile, &mut actions);
        if actions.is_empty() {
            return TestResult::discard();
        }
        let action = actions[usize::from(last) % actions.len()];
        let new_connection = ConnId(state.connections.ids().last().map_or(0, |c| c.0 + 1));
        let new_context = sessck_model::CtxId(state.contexts.ids().last().map_or(0, |x| x.0 + 1));
        let original = action.map_names(
            |x| to.contexts.get(x.0 as usize).copied().unwrap_or(new_context),
            |c| to.connections.get(c.0 as usize).copied().unwrap_or(new_connection),
            |s| to.sessions[s.0 as usize],
        );
        let (mut here, mut there, mut journal) = (renamed, state, Journal::default());
        step(&mut here, &action, &profile, &mut journal);
        step(&mut there, &original, &profile, &mut journal);
        world.settle(&mut here, &profile);
        world.settle(&mut there, &profile);
        // it can make sessions alike that were not, and so had no order to keep: the two are brought into the same one
        if matches!(action.call, Call::SessionSetIdOf(..)) {
            there = there.renamed(&to);
        }
        TestResult::from_bool(canonical(&here).0 == canonical(&there).0)
    }
}

#[test]
fn an_empty_state_needs_no_names() {
    assert_eq!(canonical(&State::default()).1, Renaming::default());
    assert_eq!(Renaming::default().identity(Ident(0)).0, u32::MAX / 2);
}
