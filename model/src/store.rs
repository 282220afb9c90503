//! Where a search keeps the states that it has seen: each once, numbered in the order in which they were found.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::State;

/// Numbered states. A number stays good as long as the store.
#[derive(Debug, Default)]
pub(crate) struct Store {
    states: Vec<State>,
    numbers: HashTable<u32>,
}

fn hash(state: &State) -> u64 {
    let mut hasher = FxHasher::default();
    state.hash(&mut hasher);
    hasher.finish()
}

impl Store {
    /// Keeps a state unless it is there. Says whether it was new.
    pub(crate) fn insert(&mut self, state: State) -> bool {
        let Self { states, numbers } = self;
        let entry = numbers.entry(hash(&state), |n| states[*n as usize] == state, |n| hash(&states[*n as usize]));
        match entry {
            hashbrown::hash_table::Entry::Occupied(_) => false,
            hashbrown::hash_table::Entry::Vacant(vacant) => {
                vacant.insert(u32::try_from(states.len()).unwrap_or(u32::MAX));
                states.push(state);
                true
            }
        }
    }

    /// The state of a number that was given out.
    pub(crate) fn state(&self, number: u32) -> State {
        self.states[number as usize].clone()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.states.len()
    }
}
