//! Handshakes that are more than one: a ClientHello that is sent again, renegotiation, authentication after the handshake. And sessions
//! that are never to be resumed.

use super::letters as l;
use crate::World;
use crate::world::Limits;

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "retry-stateful",
        about: "a server that wants another group, and tickets that name cached sessions",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::OTHER_GROUP, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::COPY_OR_GIVE, l::SERVER_GET1],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "retry-stateless",
        about: "a server that wants another group, and tickets that hold the session",
        setup: &[l::TLS13, l::ONE_TICKET, l::OTHER_GROUP, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::NOT_RESUMABLE],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "retry-single-use",
        about: "a server that wants another group, with early data and anti-replay",
        setup: &[l::TLS13, l::EARLY, l::ONE_TICKET, l::OTHER_GROUP, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::BREAK],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "renegotiate-id",
        about: "renegotiation that either end begins, sessions found by id",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::BY_CLIENTS, l::PAIR, l::OPEN],
        alphabet: &[l::RENEGOTIATE, l::READ, l::SET_SENT, l::FREE, l::CLIENT_GET0],
        limits: Limits { sessions: 5, ..Limits::PAIR },
    },
    World {
        name: "renegotiate-ticket",
        about: "renegotiation that either end begins, sessions that travel in tickets",
        setup: &[l::TLS12, l::BY_CLIENTS, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::RENEGOTIATE, l::READ, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "renegotiate-refused",
        about: "a server that renegotiates only where it asks, and faults on the way",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR, l::OPEN],
        alphabet: &[l::RENEGOTIATE, l::READ, l::SHUT, l::FREE, l::FAULTS],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "renegotiate-new",
        about: "a server that never resumes where it renegotiates",
        setup: &[l::TLS12, l::STATEFUL, l::ALWAYS_NEW, l::KEEP, l::PAIR, l::OPEN],
        alphabet: &[l::HANDSHAKE, l::REQUEST, l::READ, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 5, ..Limits::PAIR },
    },
    World {
        name: "renegotiate-new-ticket",
        about: "a server that gives tickets and never resumes where it renegotiates",
        setup: &[l::TLS12, l::ALWAYS_NEW, l::PAIR, l::OPEN],
        alphabet: &[l::HANDSHAKE, l::REQUEST, l::READ, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "authenticate-stateful",
        about: "a certificate after the handshake, and the tickets that follow it",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::ID_CONTEXT, l::CONSENTING],
        alphabet: &[l::HANDSHAKE, l::AUTHENTICATE, l::READ, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "authenticate-stateless",
        about: "clients that can and cannot be asked for a certificate, and faults",
        setup: &[l::TLS13, l::ONE_TICKET, l::ID_CONTEXT, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CONSENT, l::AUTHENTICATE, l::READ, l::SET_SENT, l::FREE, l::BREAK],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "forbidden-id",
        about: "a server whose sessions are never to be resumed, TLS 1.2 by id",
        setup: &[l::TLS12, l::STATEFUL, l::CLIENT_CACHE, l::FORBIDDEN, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::NOT_RESUMABLE],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
];
