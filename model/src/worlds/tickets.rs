//! Kinds and numbers of tickets, early data.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "early-data",
        about: "a server with early data: tickets name cached sessions, which serve once",
        setup: &[l::TLS13, l::EARLY, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::LET_GO, l::NUMBER],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "early-data-announced",
        about: "a server with early data that is told of its sessions",
        setup: &[l::TLS13, l::EARLY, l::ONE_TICKET, l::SERVER_REFUSES, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "early-eviction",
        about: "a cache for one session, and early data switched on and off on connections",
        setup: &[l::TLS13, l::STATEFUL, l::EARLY, l::ONE_TICKET, l::SIZE_1, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::EARLY_SWITCH],
        limits: Limits { sessions: 5, ..Limits::PAIR },
    },
    World {
        name: "early-switch",
        about: "early data switched on and off on connections",
        setup: &[l::TLS13, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::EARLY_SWITCH],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "settings-of-tickets",
        about: "numbers and kinds of tickets that change",
        setup: &[l::TLS13],
        alphabet: &[l::NEW, l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::FREE, l::TICKET_SETTINGS],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
];
