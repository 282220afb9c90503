//! Whole lives of connections, one and two pairs.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "life-12-id",
        about: "the whole life of one pair that resumes TLS 1.2 sessions by id",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::FREE, l::GET1, l::LET_GO, l::ATTACH],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "life-12-ticket",
        about: "the whole life of one pair that resumes TLS 1.2 sessions by ticket",
        setup: &[l::TLS12, l::CLIENT_CACHE],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::FREE, l::GET1, l::LET_GO, l::ATTACH, l::CLEAR],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "life-13-stateless",
        about: "the whole life of one pair with one stateless TLS 1.3 ticket",
        setup: &[l::TLS13, l::ONE_TICKET, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::GET1, l::LET_GO, l::ATTACH],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "life-13-stateful",
        about: "the whole life of one pair with one stateful TLS 1.3 ticket",
        setup: &[l::TLS13, l::ONE_TICKET, l::STATEFUL, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::GET1, l::LET_GO, l::ATTACH],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "no-tickets-13",
        about: "a TLS 1.3 server that sends no tickets",
        setup: &[l::TLS13, l::NO_TICKETS],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::FREE, l::GET1, l::LET_GO, l::ATTACH, l::CLEAR, l::GET, l::LOOK],
        limits: Limits::PAIR,
    },
    World {
        name: "three-tickets-13",
        about: "three tickets, read or not, one of which is used",
        setup: &[l::TLS13, l::THREE_TICKETS, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 6, inbox: 4, ..Limits::PAIR },
    },
    World {
        name: "again-13",
        about: "one pair that is cleared and resumes what it has",
        setup: &[l::TLS13, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::GET1, l::LET_GO, l::LOOK],
        limits: Limits { sessions: 5, ..Limits::PAIR },
    },
    World {
        name: "mismatch",
        about: "a client and a server of different versions",
        setup: &[l::MIXED],
        alphabet: &[l::NEW, l::HANDSHAKE, l::READ, l::SHUT, l::FREE, l::CLEAR, l::GET, l::LOOK, l::LET_GO],
        limits: Limits::PAIR,
    },
    World {
        name: "sharing-12",
        about: "two connections that use one session",
        setup: &[l::TLS12, l::STATEFUL, l::PAIRS],
        alphabet: &[l::HANDSHAKE, l::GET1, l::ATTACH, l::FREE, l::SET_SENT, l::LET_GO],
        limits: Limits { connections: 4, sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "sharing-13",
        about: "two connections that resume one ticket",
        setup: &[l::TLS13, l::ONE_TICKET, l::STATEFUL, l::PAIRS],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::GET1, l::ATTACH, l::SET_SENT],
        limits: Limits { connections: 4, sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "two-and-three",
        about: "two pairs, and three sessions on each side",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIRS, l::BOTH_OPEN],
        alphabet: &[l::NEW, l::HANDSHAKE, l::SET_SENT, l::FREE, l::CLEAR, l::ANY_GET1, l::ATTACH],
        limits: Limits { connections: 4, sessions: 6, steps: 6, ..Limits::PAIR },
    },
];
