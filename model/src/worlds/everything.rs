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
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 3, ..Limits::PAIR },
    },
    World {
        name: "everything-12-ticket",
        about: "every kind of call together, in a few steps from an open connection",
        setup: &[l::TLS12, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::EVERYTHING],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 3, ..Limits::PAIR },
    },
    World {
        name: "everything-13-stateless",
        about: "every kind of call together, in a few steps from an open connection",
        setup: &[l::TLS13, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::EVERYTHING],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 3, ..Limits::PAIR },
    },
    World {
        name: "everything-13-stateful",
        about: "every kind of call together, in a few steps from an open connection",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::EVERYTHING],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, seconds: 1, settings: 4, steps: 3, ..Limits::PAIR },
    },
    World {
        name: "misuse",
        about: "what the application may not do: refused, and nothing is changed",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR, l::OPEN],
        alphabet: &[l::CLIENT_GET, l::HOLD, l::FORGET, l::BY_HAND, l::CONTEXT_REFS, l::SHUT, l::BREAK],
        limits: Limits { sessions: 2, attempts: Attempts::All, ..Limits::PAIR },
    },
];
