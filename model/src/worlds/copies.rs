//! Copies that are encoded and decoded, ids that are set, and sessions of unusual kinds, added by hand or given by a get callback.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "copies-12",
        about: "a cached client session that is encoded, decoded and renamed",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN, l::CLIENT_HELD],
        alphabet: &[l::DUP, l::MAKE, l::DECODING, l::SET_ID, l::TIMEOUT_0, l::TICK],
        limits: Limits { sessions: 4, seconds: 1, steps: 4, ..Limits::PAIR },
    },
    World {
        name: "renamed-12",
        about: "sessions that are given other ids before they are added and proposed",
        setup: &[l::TLS12, l::STATEFUL, l::SERVER_STORES_NOTHING, l::PAIR, l::OPEN, l::CLIENT_HELD, l::SERVER_HELD],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLIENT_CLEARS, l::SERVER_GOES, l::SERVER_COMES, l::RENAME, l::ADD, l::ATTACH],
        limits: Limits { sessions: 4, steps: 9, ..Limits::PAIR },
    },
    World {
        name: "unusual-12",
        about: "a cache for one session, and sessions of every kind that are added and removed by hand",
        setup: &[l::TLS12, l::STATEFUL, l::SIZE_1, l::REMOVE, l::PAIR, l::OPEN, l::SERVER_HELD],
        alphabet: &[l::MAKE, l::DUP, l::BY_HAND, l::RENAME, l::FLUSH, l::LET_GO],
        limits: Limits { sessions: 4, steps: 4, ..Limits::PAIR },
    },
    World {
        name: "shrunk-12",
        about: "a cache that holds a session without an id when it is made smaller",
        setup: &[l::TLS12, l::STATEFUL, l::SIZE_3, l::PAIR, l::OPEN],
        alphabet: &[l::MAKE, l::ADD, l::SIZE_1],
        limits: Limits { sessions: 5, steps: 5, ..Limits::PAIR },
    },
    World {
        name: "marked-12",
        about: "a marked session that the application adds again, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR, l::OPEN, l::SERVER_HELD],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::BY_HAND],
        limits: Limits { sessions: 3, steps: 10, ..Limits::PAIR },
    },
    World {
        name: "marked-13",
        about: "a marked session that the application adds again, TLS 1.3",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::PAIR, l::OPEN, l::SERVER_HELD],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::BY_HAND],
        limits: Limits { sessions: 4, steps: 10, ..Limits::PAIR },
    },
    World {
        name: "any-12",
        about: "a get callback that gives whatever there is, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::GET_ANY, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::LET_GO, l::BY_HAND],
        limits: Limits { sessions: 4, steps: 13, ..Limits::PAIR },
    },
    World {
        name: "any-13",
        about: "a get callback that gives whatever there is, TLS 1.3",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::GET_ANY, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::LET_GO],
        limits: Limits { sessions: 4, steps: 13, ..Limits::PAIR },
    },
    World {
        name: "any-unfit",
        about: "a get callback that gives a session of another version, or one that does not fit any more",
        setup: &[l::OTHER_VERSION, l::TLS12, l::STATEFUL, l::GET_ANY, l::PAIR, l::OPEN],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::DUP, l::ID_CONTEXTS, l::LET_GO],
        limits: Limits { contexts: 4, sessions: 5, steps: 8, ..Limits::PAIR },
    },
];
