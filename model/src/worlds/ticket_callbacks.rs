//! The callbacks that have a say in tickets, tickets that are asked for, early data without anti-replay.

use super::letters as l;
use crate::world::Limits;
use crate::{Call, DecryptAnswer, GenerateAnswer, OpenAnswer, Opt, SealAnswer, World};

/// Three answers of the key callback, and the failures.
const KEY: &[Call] = &[Call::SetTicketKeyCallback(l::X1, SealAnswer::Use, OpenAnswer::Use)];
const KEYS: &[Call] = &[
    Call::SetTicketKeyCallback(l::X1, SealAnswer::Use, OpenAnswer::Renew),
    Call::SetTicketKeyCallback(l::X1, SealAnswer::Use, OpenAnswer::Cannot),
    Call::SetTicketKeyCallback(l::X1, SealAnswer::None, OpenAnswer::Renew),
];
const KEY_FAILS: &[Call] = &[
    Call::SetTicketKeyCallback(l::X1, SealAnswer::Use, OpenAnswer::Fail),
    Call::SetTicketKeyCallback(l::X1, SealAnswer::Fail, OpenAnswer::Renew),
];
const OPENINGS: &[Call] = &[
    Call::SetTicketCallbacks(l::X1, None, Some(DecryptAnswer::Ignore)),
    Call::SetTicketCallbacks(l::X1, None, Some(DecryptAnswer::IgnoreRenew)),
    Call::SetTicketCallbacks(l::X1, None, Some(DecryptAnswer::Use)),
    Call::SetTicketCallbacks(l::X1, None, Some(DecryptAnswer::UseRenew)),
];
const STOPS: &[Call] = &[
    Call::SetTicketCallbacks(l::X1, None, Some(DecryptAnswer::Abort)),
    Call::SetTicketCallbacks(l::X1, Some(GenerateAnswer::Stop), None),
    Call::SetTicketCallbacks(l::X1, Some(GenerateAnswer::Expire), None),
];
const BLINDLY: &[Call] = &[Call::SetTicketCallbacks(l::X1, None, Some(DecryptAnswer::UseBlindly))];
const EXPIRE: &[Call] = &[Call::SetTicketCallbacks(l::X1, Some(GenerateAnswer::Expire), None)];
const IGNORE: &[Call] = &[Call::SetTicketCallbacks(l::X1, None, Some(DecryptAnswer::Ignore))];
const ASK: &[Call] = &[Call::AskTicket(crate::world::ANY_CONNECTION)];
const SERVER_ASKS: &[Call] = &[Call::AskTicket(crate::world::SERVER)];
const WRITE: &[Call] = &[Call::Write(crate::world::SERVER)];
const AGAIN: &[Call] = &[Call::HandshakeAgain(crate::world::SERVER)];
const CLIENT_WRITES: &[Call] = &[Call::Write(crate::world::CLIENT)];
const NO_ANTI_REPLAY: &[Call] = &[Call::SetOption(l::X1, Opt::NoAntiReplay)];
const NUMBERS: &[Call] = &[Call::SetConnectionNumTickets(crate::world::SERVER, 0), Call::SetConnectionNumTickets(crate::world::SERVER, 3)];

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "key-callback-12",
        about: "a ticket key callback whose answers change, TLS 1.2",
        setup: &[l::TLS12, l::CLIENT_CACHE, KEY, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, KEYS],
        limits: Limits::PAIR,
    },
    World {
        name: "key-callback-13",
        about: "a ticket key callback whose answers change, TLS 1.3",
        setup: &[l::TLS13, l::ONE_TICKET, KEY, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, KEYS],
        limits: Limits::PAIR,
    },
    World {
        name: "key-callback-fails",
        about: "a ticket key callback that fails",
        setup: &[l::TLS12, KEY, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, KEY_FAILS],
        limits: Limits::PAIR,
    },
    World {
        name: "key-callback-fails-13",
        about: "a ticket key callback that fails, TLS 1.3",
        setup: &[l::TLS13, l::ONE_TICKET, KEY, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, KEY_FAILS],
        limits: Limits::PAIR,
    },
    World {
        name: "ticket-callbacks-12",
        about: "session ticket callbacks whose answers change, TLS 1.2",
        setup: &[l::TLS12, l::CLIENT_CACHE, l::CLIENT_KEEPS, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, OPENINGS],
        limits: Limits::PAIR,
    },
    World {
        name: "ticket-callbacks-13",
        about: "session ticket callbacks whose answers change, TLS 1.3",
        setup: &[l::TLS13, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, OPENINGS],
        limits: Limits::PAIR,
    },
    World {
        name: "ticket-callbacks-stop",
        about: "session ticket callbacks that end connections, or set a timeout of 0",
        setup: &[l::TLS12, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::TICK, STOPS, BLINDLY],
        limits: Limits { seconds: 1, ..Limits::PAIR },
    },
    World {
        name: "ticket-callbacks-stop-13",
        about: "session ticket callbacks that end connections, or set a timeout of 0, TLS 1.3",
        setup: &[l::TLS13, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, STOPS, BLINDLY],
        limits: Limits::PAIR,
    },
    World {
        name: "timeless-copied",
        about: "copies of a session whose timeout is 0",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, EXPIRE, l::PAIR, l::OPEN, l::SERVER_HELD],
        alphabet: &[l::COPY, l::LET_GO],
        limits: Limits::PAIR,
    },
    World {
        name: "tickets-asked-for",
        about: "tickets that a server is asked for, once or twice, and data",
        setup: &[l::TLS13, l::STATEFUL, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, ASK, WRITE, AGAIN, CLIENT_WRITES, l::SHUT, l::CLEAR],
        limits: Limits { sessions: 3, inbox: 2, ..Limits::PAIR },
    },
    World {
        name: "tickets-asked-for-12",
        about: "tickets that nobody can ask for, and data",
        setup: &[l::TLS12, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::READ, ASK, WRITE, CLIENT_WRITES, l::SHUT, l::CLEAR],
        limits: Limits { sessions: 2, inbox: 2, ..Limits::PAIR },
    },
    World {
        name: "tickets-asked-for-later",
        about: "tickets that a server is asked for where a callback held others back",
        setup: &[l::TLS13, IGNORE, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLIENT_CLEARS, l::SERVER_GOES, l::SERVER_COMES, SERVER_ASKS, WRITE],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "tickets-of-one-connection",
        about: "numbers of tickets that are set on connections",
        setup: &[l::TLS13, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, NUMBERS],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "early-data-unguarded",
        about: "early data without anti-replay",
        setup: &[l::TLS13, l::EARLY, NO_ANTI_REPLAY, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "early-data-unguarded-stateful",
        about: "early data without anti-replay, tickets that name cached sessions",
        setup: &[l::TLS13, l::STATEFUL, l::EARLY, NO_ANTI_REPLAY, l::ONE_TICKET, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, l::EARLY_SWITCH],
        limits: Limits { sessions: 4, ..Limits::PAIR },
    },
];
