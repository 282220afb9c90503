//! Callbacks that call back.

use super::letters as l;
use crate::world::Limits;
use crate::{Act, Call, Callback, World};

const REMOVE_ACTS: &[Call] = &[
    Call::SetActs(l::X1, Callback::Remove, Some(Act::Flush)),
    Call::SetActs(l::X1, Callback::Remove, Some(Act::Add)),
    Call::SetActs(l::X1, Callback::Remove, Some(Act::Remove)),
    Call::SetActs(l::X1, Callback::Remove, Some(Act::Free)),
];
const NEW_ACTS: &[Call] = &[
    Call::SetActs(l::X1, Callback::New, Some(Act::Flush)),
    Call::SetActs(l::X1, Callback::New, Some(Act::Add)),
    Call::SetActs(l::X1, Callback::New, Some(Act::Remove)),
    Call::SetActs(l::X1, Callback::New, Some(Act::Free)),
];
const GET_ACTS: &[Call] = &[
    Call::SetActs(l::X1, Callback::Get, Some(Act::Flush)),
    Call::SetActs(l::X1, Callback::Get, Some(Act::Add)),
    Call::SetActs(l::X1, Callback::Get, Some(Act::Remove)),
    Call::SetActs(l::X1, Callback::Get, None),
];

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "remove-calls-back",
        about: "a remove callback that flushes, adds, removes or gives back",
        setup: &[l::TLS12, l::STATEFUL, l::SHORT, l::REMOVE, l::PAIR, l::OPEN],
        alphabet: &[REMOVE_ACTS, l::HANDSHAKE, l::CLEAR, l::SERVER_GET1, l::BY_HAND, l::FLUSH_ALL, l::CONTEXT_ENDS],
        limits: Limits { steps: 7, ..Limits::PAIR },
    },
    World {
        name: "new-calls-back",
        about: "a new-session callback that flushes, adds, removes or gives back",
        setup: &[l::TLS13, l::STATEFUL, l::KEEP, l::REMOVE, l::PAIR],
        alphabet: &[NEW_ACTS, l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SIZE_1, l::LET_GO],
        limits: Limits { sessions: 4, steps: 8, ..Limits::PAIR },
    },
    World {
        name: "get-calls-back",
        about: "a get callback that flushes, adds or removes",
        setup: &[l::TLS12, l::STATEFUL, l::GET_COPY, l::REMOVE, l::PAIR],
        alphabet: &[GET_ACTS, l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::SERVER_GET1, l::BY_HAND, l::LET_GO],
        limits: Limits { steps: 9, ..Limits::PAIR },
    },
];
