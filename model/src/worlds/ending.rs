//! How connections end: attaching, shutting down, faults.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "attach-12",
        about: "set_session on both ends at any moment",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SHUT, l::CLEAR, l::GET1, l::ATTACH_ANY, l::LET_GO, l::LOOK],
        limits: Limits::PAIR,
    },
    World {
        name: "attach-13",
        about: "set_session at any moment, TLS 1.3",
        setup: &[l::TLS13, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLIENT_CLEARS, l::GET1, l::ATTACH_ANY, l::LET_GO],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "shutdown-12",
        about: "every form of shutting down",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::SET_SHUT, l::CLEAR, l::FREE],
        limits: Limits::PAIR,
    },
    World {
        name: "shutdown-13",
        about: "every form of shutting down, with a ticket on its way",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::SET_SHUT, l::QUIET, l::FREE],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "shutdown-early",
        about: "shutting down before and in a handshake, and quietly as the context says",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SHUT, l::CLEAR, l::NEW, l::CONTEXT_QUIET, l::FREE],
        limits: Limits { settings: 2, sessions: 2, steps: 8, ..Limits::PAIR },
    },
    World {
        name: "written-12",
        about: "application data that is read or not, before and after shutting down, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::WRITE, l::READ, l::SHUT, l::SET_SENT, l::FREE, l::CORRUPT],
        limits: Limits { inbox: 2, ..Limits::PAIR },
    },
    World {
        name: "written-13",
        about: "application data behind a ticket, TLS 1.3",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::SERVER_WRITES, l::READ, l::SHUT, l::CLEAR],
        limits: Limits { inbox: 3, ..Limits::PAIR },
    },
    World {
        name: "blocked-12",
        about: "a transport that takes nothing from the client for a while",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::BLOCKING, l::CLIENT_WRITES, l::READ, l::SHUT, l::FREE, l::CUT],
        limits: Limits { inbox: 2, ..Limits::PAIR },
    },
    World {
        name: "eof-ignored",
        about: "the end of the transport counts as the peer's close, in and after a handshake",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::IGNORE_EOF, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CUT, l::READ, l::SHUT, l::SET_SHUT, l::CLIENT_WRITES, l::CLEAR],
        limits: Limits { inbox: 2, steps: 9, ..Limits::PAIR },
    },
    World {
        name: "faults-12",
        about: "broken records, ends and failures of the transport, in and after a TLS 1.2 handshake",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::FAULTS],
        limits: Limits { steps: 12, ..Limits::PAIR },
    },
    World {
        name: "faults-13",
        about: "the same in TLS 1.3",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::FAULTS],
        limits: Limits { sessions: 4, steps: 13, ..Limits::PAIR },
    },
    World {
        name: "faults-resumed",
        about: "faults while a session is resumed that the application holds",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::READ, l::GET1, l::FAULTS],
        limits: Limits { sessions: 2, inbox: 2, ..Limits::PAIR },
    },
];
