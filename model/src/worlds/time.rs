//! Time: expiry, timeouts, flushing.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "expiry-12",
        about: "sessions that expire while in use, in the cache and before they are proposed, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::SHORT, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::TICK, l::FLUSH, l::NUMBER],
        limits: Limits { seconds: 2, sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "expiry-client",
        about: "a client whose sessions expire before the server's",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_SHORT, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::TICK],
        limits: Limits { seconds: 2, ..Limits::PAIR },
    },
    World {
        name: "expiry-13",
        about: "the same with TLS 1.3 tickets",
        setup: &[l::TLS13, l::ONE_TICKET, l::SHORT, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::TICK, l::FLUSH],
        limits: Limits { seconds: 2, sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "expiry-13-stateful",
        about: "the same with stateful TLS 1.3 tickets",
        setup: &[l::TLS13, l::ONE_TICKET, l::STATEFUL, l::SHORT, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::TICK, l::FLUSH],
        limits: Limits { seconds: 2, sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "timeouts",
        about: "timeouts that are set on contexts and on sessions",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::GET1, l::SERVER_TIMEOUTS, l::TIMES, l::TICK],
        limits: Limits { seconds: 1, sessions: 2, ..Limits::PAIR },
    },
    World {
        name: "copies-in-time",
        about: "copies of a cached session, their times, and flushes",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR, l::OPEN, l::SERVER_HELD],
        alphabet: &[l::COPY, l::TIMES, l::TICK, l::FLUSH, l::LET_GO, l::NUMBER],
        limits: Limits { seconds: 2, sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "flush-13",
        about: "flushing while a connection uses what goes",
        setup: &[l::TLS13, l::STATEFUL, l::CLIENT_CACHE, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::FLUSH, l::CLIENT_GET0],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
];
