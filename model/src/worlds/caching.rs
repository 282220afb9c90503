//! The internal cache.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "cache-off",
        about: "no caching at either end, yet sessions are resumed and added by hand",
        setup: &[l::TLS12, l::NO_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SHUT, l::CLEAR, l::GET1, l::LET_GO, l::BY_HAND, l::NUMBER],
        limits: Limits::PAIR,
    },
    World {
        name: "cache-modes-12",
        about: "every cache mode, set at every moment, TLS 1.2",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_MODES, l::NUMBER],
        limits: Limits::PAIR,
    },
    World {
        name: "cache-modes-13",
        about: "every cache mode, set at every moment, TLS 1.3",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::SERVER_MODES, l::NUMBER],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "cache-modes-client",
        about: "every cache mode of a client, set at every moment, with a session by id",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::CLIENT_MODES, l::NUMBER],
        limits: Limits::PAIR,
    },
    World {
        name: "client-picks-nothing",
        about: "a client cache with sessions in it and clients that attach none",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE],
        alphabet: &[l::NEW, l::HANDSHAKE, l::SET_SENT, l::FREE, l::NUMBER],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "by-hand",
        about: "adding and removing by hand while connections use the sessions",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::GET1, l::BY_HAND, l::LET_GO, l::NUMBER],
        limits: Limits::PAIR,
    },
    World {
        name: "twins",
        about: "copies of one session in and out of caches",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::COPY, l::GET1, l::BY_HAND, l::LET_GO, l::FLUSH, l::FREE],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "eviction-1",
        about: "a cache for one session",
        setup: &[l::TLS12, l::STATEFUL, l::SIZE_1, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::LET_GO, l::NUMBER],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "eviction-2",
        about: "a cache of the preset size, which is two here, in a row of handshakes",
        setup: &[l::TLS12, l::STATEFUL, l::PRESET, l::REMOVE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::NUMBER, l::TICK, l::SERVER_TIMEOUTS],
        limits: Limits { sessions: 5, seconds: 1, steps: 14, ..Limits::PAIR },
    },
    World {
        name: "eviction-3",
        about: "a cache for three that holds two, of which the later expires first",
        setup: &[l::TLS12, l::STATEFUL, l::SIZE_3, l::TWO_CACHED, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_TIMEOUTS],
        limits: Limits { sessions: 6, ..Limits::PAIR },
    },
    World {
        name: "eviction-sizes",
        about: "a cache whose size is changed, filled by TLS 1.3 tickets",
        setup: &[l::TLS13, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::SIZES],
        limits: Limits { sessions: 5, ..Limits::PAIR },
    },
    World {
        name: "eviction-by-hand",
        about: "a cache for two sessions that is filled by hand",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_SIZE_2, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::GET1, l::ADD],
        limits: Limits { sessions: 4, steps: 14, ..Limits::PAIR },
    },
];
