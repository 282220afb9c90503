//! The getters, and the references of the application.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "getters-12",
        about: "the getters, borrowed and counted, at every moment of a TLS 1.2 connection",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::GET, l::LOOK],
        limits: Limits::PAIR,
    },
    World {
        name: "getters-13-client",
        about: "a client's getters at every moment of a TLS 1.3 connection with two tickets",
        setup: &[l::TLS13, l::CLIENT_CACHE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, l::SHUT, l::CLEAR, l::FREE, l::CLIENT_GET, l::LOOK, l::HOLD],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "getters-13-server",
        about: "a server's getters at every moment of a TLS 1.3 connection with two tickets",
        setup: &[l::TLS13, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SHUT, l::CLEAR, l::FREE, l::SERVER_GET, l::LOOK, l::HOLD],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "held",
        about: "references of the application: several to one session, and to one connection",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::GET, l::HOLD, l::LOOK, l::UP_REF, l::FREE, l::SHUT],
        limits: Limits { owned: 2, sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "made-and-copied",
        about: "sessions that the application makes and copies itself",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::PAIR, l::OPEN],
        alphabet: &[l::MAKE, l::COPY, l::HOLD, l::LOOK, l::GET1, l::ATTACH_ANY, l::FREE],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
];
