//! Every kind of call together.

use super::letters as l;
use crate::World;
use crate::world::{Attempts, Limits};

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "everything-12-id",
        about: "every kind of call together, in a few steps from an open connection",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::EVERYTHING],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 4, ..Limits::PAIR },
    },
    World {
        name: "everything-12-ticket",
        about: "every kind of call together, in a few steps from an open connection",
        setup: &[l::TLS12, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::EVERYTHING],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 4, ..Limits::PAIR },
    },
    World {
        name: "everything-13-stateless",
        about: "every kind of call together, in a few steps from an open connection",
        setup: &[l::TLS13, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::EVERYTHING],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 4, ..Limits::PAIR },
    },
    World {
        name: "everything-13-stateful",
        about: "every kind of call together, in a few steps from an open connection",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::EVERYTHING],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 4, ..Limits::PAIR },
    },
    World {
        name: "misuse",
        about: "what the application may not do: refused, and nothing is changed",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::ANOTHER_CLIENT, l::PAIR, l::OPEN],
        alphabet: &[l::GET, l::HOLD, l::LOOK, l::FORGET, l::BY_HAND, l::CONTEXT_REFS, l::SHUT, l::FREE, l::FAULTS, l::READ],
        limits: Limits { contexts: 3, sessions: 3, attempts: Attempts::All, ..Limits::PAIR },
    },
];
