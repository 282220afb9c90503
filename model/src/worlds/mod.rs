//! The worlds of a bound.

mod letters;

use crate::World;
use crate::world::Limits;
use letters as l;

/// What `small` explores: every world to its end, in seconds.
pub static SMALL: &[World] = &[
    World {
        name: "getters-12",
        about: "the getters, borrowed and counted, at every moment of a TLS 1.2 connection",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::GET, l::LOOK, l::HOLD],
        limits: Limits::PAIR,
    },
    World {
        name: "getters-13",
        about: "the getters, borrowed and counted, at every moment of a TLS 1.3 connection with two tickets",
        setup: &[l::TLS13, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::GET, l::LOOK, l::HOLD],
        limits: Limits { sessions: 5, ..Limits::PAIR },
    },
    World {
        name: "life-12-id",
        about: "the whole life of one pair that resumes TLS 1.2 sessions by id",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::GET1, l::LET_GO, l::ATTACH],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "life-12-ticket",
        about: "the whole life of one pair that resumes TLS 1.2 sessions by ticket",
        setup: &[l::TLS12, l::CLIENT_CACHE],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::GET1, l::LET_GO, l::ATTACH],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "life-13-stateless",
        about: "the whole life of one pair with one stateless TLS 1.3 ticket",
        setup: &[l::TLS13, l::ONE_TICKET, l::CLIENT_CACHE],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::GET1, l::LET_GO, l::ATTACH],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "life-13-stateful",
        about: "the whole life of one pair with one stateful TLS 1.3 ticket",
        setup: &[l::TLS13, l::ONE_TICKET, l::STATEFUL, l::CLIENT_CACHE],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::GET1, l::LET_GO, l::ATTACH],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "everything-12",
        about: "every kind of call together, within narrow limits",
        setup: &[l::TLS12, l::STATEFUL],
        alphabet: &[l::EVERYTHING],
        limits: Limits { sessions: 2, settings: 1, inbox: 2, ..Limits::PAIR },
    },
];
