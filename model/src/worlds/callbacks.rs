//! The callbacks.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "keep-12",
        about: "new-session callbacks that keep what they are given, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::KEEP, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SHUT, l::CLEAR, l::ATTACH, l::LET_GO],
        limits: Limits { sessions: 4, steps: 16, ..Limits::PAIR },
    },
    World {
        name: "keep-13",
        about: "new-session callbacks that keep what they are given, TLS 1.3",
        setup: &[l::TLS13, l::CLIENT_CACHE, l::CLIENT_KEEPS, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SHUT, l::CLEAR, l::ATTACH, l::LET_GO],
        limits: Limits { sessions: 4, steps: 16, ..Limits::PAIR },
    },
    World {
        name: "refuse-12",
        about: "new-session callbacks that refuse, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::REFUSE, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SHUT, l::CLEAR, l::GET1, l::ATTACH, l::LET_GO],
        limits: Limits::PAIR,
    },
    World {
        name: "refuse-13",
        about: "new-session callbacks that refuse, TLS 1.3",
        setup: &[l::TLS13, l::STATEFUL, l::CLIENT_CACHE, l::REFUSE, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::GET1, l::LET_GO],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "new-callback-set",
        about: "new-session callbacks that come and go, in every cache mode",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::NEW_CALLBACKS, l::SERVER_OFF, l::LET_GO],
        limits: Limits { steps: 13, ..Limits::PAIR },
    },
    World {
        name: "remove-12",
        about: "the remove callback: by hand, unclean ends, expiry, size, displacement, the context",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::FREE, l::GET1, l::BY_HAND, l::COPY, l::FLUSH, l::CONTEXT_ENDS],
        limits: Limits::PAIR,
    },
    World {
        name: "remove-13",
        about: "the remove callback with TLS 1.3 tickets",
        setup: &[l::TLS13, l::CLIENT_CACHE, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::FLUSH, l::CONTEXT_ENDS],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "get-callback-12",
        about: "get callbacks and cache modes, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::LET_GO, l::GET_CALLBACKS],
        limits: Limits { steps: 14, ..Limits::PAIR },
    },
    World {
        name: "get-callback-off",
        about: "a get callback while caching is switched off and on, or the cache may not be looked at",
        setup: &[l::TLS12, l::STATEFUL, l::GET_COPY, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::SERVER_MODES],
        limits: Limits::PAIR,
    },
    World {
        name: "get-callback-13",
        about: "get callbacks and stateful TLS 1.3 tickets",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::PAIR],
        alphabet: &[
            l::HANDSHAKE,
            l::CLIENT_READS,
            l::SET_SENT,
            l::CLIENT_CLEARS,
            l::SERVER_GOES,
            l::SERVER_COMES,
            l::SERVER_GET1,
            l::LET_GO,
            l::COPY_OR_GIVE,
        ],
        limits: Limits { sessions: 4, steps: 17, ..Limits::PAIR },
    },
];
