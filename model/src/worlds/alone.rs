//! One end alone: only the client or only the server is ours, and what the peer does stands in the calls.

use super::letters as l;
use crate::world::{ANY_CONNECTION, ANY_SESSION, CLIENT, Limits, SERVER};
use crate::{Call, Foreign, World};

const CLIENT_ALONE: &[Call] = &[Call::ConnectionNew(l::C0, l::X0)];
const SERVER_ALONE: &[Call] = &[Call::ConnectionNew(l::C1, l::X1)];
const ABROAD: &[Call] = &[Call::JoinForeign(ANY_CONNECTION), Call::Hello(CLIENT), Call::Complete(ANY_CONNECTION)];
const ANSWERS: &[Call] = &[Call::ForeignSends(CLIENT, Foreign::Resumes), Call::ForeignSends(CLIENT, Foreign::Declines)];
const LAST_FLIGHTS: &[Call] = &[
    Call::ForeignSends(CLIENT, Foreign::Names),
    Call::ForeignSends(ANY_CONNECTION, Foreign::Finishes),
    Call::ForeignSends(CLIENT, Foreign::GivesTicket),
];
const TICKETS: &[Call] = &[Call::ForeignTicket(CLIENT, 300)];
const PROPOSALS: &[Call] =
    &[Call::ForeignHello(SERVER, None), Call::ForeignHello(SERVER, Some(ANY_SESSION)), Call::ForeignSends(SERVER, Foreign::Finishes)];
const ENDS: &[Call] = &[
    Call::ForeignSends(ANY_CONNECTION, Foreign::Shuts),
    Call::ForeignSends(ANY_CONNECTION, Foreign::Fails),
    Call::Corrupt(ANY_CONNECTION),
    Call::Cut(ANY_CONNECTION),
    Call::Break(ANY_CONNECTION),
];
const FEW_ENDS: &[Call] =
    &[Call::ForeignSends(ANY_CONNECTION, Foreign::Shuts), Call::ForeignSends(ANY_CONNECTION, Foreign::Fails), Call::Cut(ANY_CONNECTION)];

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "client-alone-12",
        about: "a TLS 1.2 client whose server names sessions by id, gives tickets, resumes or declines",
        setup: &[l::TLS12, l::CLIENT_CACHE, CLIENT_ALONE],
        alphabet: &[ABROAD, ANSWERS, LAST_FLIGHTS, FEW_ENDS, l::READ, l::SET_SENT, l::CLEAR, l::GET1, l::ATTACH],
        limits: Limits { sessions: 2, ..Limits::PAIR },
    },
    World {
        name: "client-alone-13",
        about: "a TLS 1.3 client whose server sends tickets at any time, resumes or declines",
        setup: &[l::TLS13, l::CLIENT_CACHE, CLIENT_ALONE],
        alphabet: &[ABROAD, ANSWERS, TICKETS, FEW_ENDS, l::READ, l::SHUT, l::CLEAR, l::GET1, l::ATTACH],
        limits: Limits { inbox: 2, ..Limits::PAIR },
    },
    World {
        name: "server-alone-12-id",
        about: "a TLS 1.2 server whose clients propose any session it has, or none",
        setup: &[l::TLS12, l::STATEFUL, l::REMOVE, SERVER_ALONE],
        alphabet: &[ABROAD, PROPOSALS, ENDS, l::READ, l::SHUT, l::CLEAR, l::ANY_GET1, l::FLUSH, l::LET_GO],
        limits: Limits::PAIR,
    },
    World {
        name: "server-alone-12-ticket",
        about: "a TLS 1.2 server whose clients propose the ticket of any session it has, or none",
        setup: &[l::TLS12, SERVER_ALONE],
        alphabet: &[ABROAD, PROPOSALS, ENDS, l::READ, l::SHUT, l::CLEAR, l::ANY_GET1, l::LET_GO],
        limits: Limits::PAIR,
    },
    World {
        name: "server-alone-13-stateful",
        about: "a TLS 1.3 server with stateful tickets whose clients propose any of them, or none",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, SERVER_ALONE],
        alphabet: &[ABROAD, PROPOSALS, ENDS, l::READ, l::SHUT, l::CLEAR, l::ANY_GET1, l::LET_GO],
        limits: Limits::PAIR,
    },
    World {
        name: "server-alone-13-stateless",
        about: "a TLS 1.3 server with stateless tickets whose clients propose any of them, or none",
        setup: &[l::TLS13, l::ONE_TICKET, SERVER_ALONE],
        alphabet: &[ABROAD, PROPOSALS, FEW_ENDS, l::READ, l::SHUT, l::CLEAR, l::ANY_GET1, l::LET_GO],
        limits: Limits::PAIR,
    },
];
