//! Statistics, times at their limits, and what the library does to a cache now and then.

use super::letters as l;
use super::letters::{X0, X1};
use crate::world::{ANY_SESSION, CLIENT_CONTEXT, Limits, SERVER, SERVER_CONTEXT};
use crate::{CacheMode, Call, GetCallback, World};

const LIMITS: &[Call] =
    &[Call::SessionSetTimeout(ANY_SESSION, 0), Call::SessionSetTimeout(ANY_SESSION, -1), Call::SessionSetTime(ANY_SESSION, i64::MAX)];
const SERVER_LIMITS: &[Call] =
    &[Call::SetTimeout(SERVER_CONTEXT, 0), Call::SetTimeout(SERVER_CONTEXT, -1), Call::SetTimeout(SERVER_CONTEXT, 700_000)];
const CLIENT_UPDATES: &[Call] = &[Call::SetCacheMode(X0, CacheMode { update_time: true, ..CacheMode::CLIENT })];
const FLAGS: &[Call] = &[
    Call::SetCacheMode(SERVER_CONTEXT, CacheMode { no_auto_clear: true, ..CacheMode::SERVER }),
    Call::SetCacheMode(SERVER_CONTEXT, CacheMode { update_time: true, ..CacheMode::SERVER }),
    Call::SetCacheMode(CLIENT_CONTEXT, CacheMode { no_auto_clear: true, update_time: true, ..CacheMode::CLIENT }),
];
const GIVES_BORROWED: &[Call] =
    &[Call::SetCacheMode(X1, CacheMode { no_lookup: true, ..CacheMode::SERVER }), Call::SetGetCallback(X1, GetCallback::GiveBorrowed)];
const SERVER_GET0: &[Call] = &[Call::Get0(SERVER)];
const DECODE: &[Call] = &[Call::SessionDecode(ANY_SESSION)];

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "counted",
        about: "statistics that are kept from step to step",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 2, counts: 2, ..Limits::PAIR },
    },
    World {
        name: "limits-of-time-12",
        about: "times and timeouts at their limits, in the handshake and after it, TLS 1.2",
        setup: &[l::TLS12, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::ANY_GET1, LIMITS, SERVER_LIMITS, DECODE, l::LET_GO],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "limits-of-time-13",
        about: "timeouts at their limits, TLS 1.3",
        setup: &[l::TLS13, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SERVER_GET1, LIMITS, SERVER_LIMITS, l::LET_GO],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "cache-flags",
        about: "sessions that expire in caches which are flushed now and then, or never, and sessions that are used again",
        setup: &[l::TLS12, l::STATEFUL, CLIENT_UPDATES, l::SHORT, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::TICK, FLAGS],
        limits: Limits { seconds: 2, sessions: 3, steps: 14, ..Limits::PAIR },
    },
    World {
        name: "gives-borrowed",
        about: "a get callback that gives away what the application has only borrowed",
        setup: &[l::TLS12, l::STATEFUL, GIVES_BORROWED, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, SERVER_GET0, l::SERVER_GET1, l::LET_GO],
        limits: Limits { sessions: 2, ..Limits::PAIR },
    },
];
