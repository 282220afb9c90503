//! Several contexts, and their ends.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "contexts-freed",
        about: "contexts that are counted and freed while connections live",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SHUT, l::CLEAR, l::FREE, l::GET1, l::LET_GO, l::CONTEXT_REFS],
        limits: Limits::PAIR,
    },
    World {
        name: "contexts-freed-13",
        about: "contexts that are freed while tickets are on their way",
        setup: &[l::TLS13, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLIENT_CLEARS, l::FREE, l::GET1, l::CONTEXT_ENDS],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "two-clients",
        about: "two client contexts with a cache each",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::ANOTHER_CLIENT],
        alphabet: &[l::NEW, l::HANDSHAKE, l::SET_SENT, l::FREE, l::ATTACH, l::GET1, l::BY_HAND, l::NUMBER],
        limits: Limits { contexts: 3, sessions: 2, ..Limits::PAIR },
    },
    World {
        name: "two-servers",
        about: "two servers, each with keys and a cache of its own, and a client that goes to both",
        setup: &[l::TLS13, l::ONE_TICKET, l::ANOTHER_SERVER_13],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR],
        limits: Limits { contexts: 3, connections: 3, sessions: 3, steps: 15, ..Limits::PAIR },
    },
    World {
        name: "two-servers-id",
        about: "two servers with ids",
        setup: &[l::TLS12, l::STATEFUL, l::ANOTHER_SERVER],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR],
        limits: Limits { contexts: 3, connections: 3, sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "id-contexts-12",
        about: "session id contexts that change between handshakes",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLIENT_CLEARS, l::SERVER_COMES, l::SERVER_GOES, l::ID_CONTEXTS],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "id-contexts-client",
        about: "session id contexts of a client that change between handshakes",
        setup: &[l::TLS12, l::STATEFUL],
        alphabet: &[l::NEW, l::HANDSHAKE, l::SET_SENT, l::FREE, l::GET1, l::ATTACH, l::CLIENT_ID_CONTEXTS],
        limits: Limits { steps: 18, ..Limits::PAIR },
    },
    World {
        name: "id-contexts-13",
        about: "session id contexts that change between handshakes, TLS 1.3",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLIENT_CLEARS, l::SERVER_COMES, l::SERVER_GOES, l::ID_CONTEXTS],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "presets",
        about: "contexts as they are made, and every setting",
        setup: &[l::TLS12],
        alphabet: &[l::CONTEXT_NEW, l::SETTINGS, l::CONTEXT_REFS, l::NUMBER, l::NEW, l::FREE],
        limits: Limits { contexts: 3, connections: 1, settings: 1, steps: 7, ..Limits::PAIR },
    },
];
