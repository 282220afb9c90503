//! What connections take from others and from contexts: session id contexts, peers that are verified, duplicates, virtual hosts.

use super::letters as l;
use crate::world::{ANY_CONNECTION, CLIENT, CLIENT_CONTEXT, Limits, SERVER, SERVER_CONTEXT};
use crate::{CacheMode, Call, ConnId, CtxId, HostName, NewCallback, ServerNameCallback, Side, Verify, Version, World};

const X1: CtxId = CtxId(1);
const X2: CtxId = CtxId(2);

const VERIFIES: &[Call] = &[Call::SetVerify(X1, Verify::Peer), Call::SetNewCallback(X1, NewCallback::Refuse)];
const ID_CONTEXT: &[Call] = &[Call::SetConnectionSessionIdContext(SERVER, 1)];
const DUPLICATE: &[Call] = &[Call::ConnectionDup(ConnId(0), ANY_CONNECTION)];
const COPY_IDS: &[Call] = &[Call::CopySessionId(ANY_CONNECTION, ANY_CONNECTION)];
/// The server's context, which moves connections to another with a session id context of its own.
const HOSTS_12: &[Call] = &[
    Call::ContextNew(X2, Side::Server, Version::Tls12),
    Call::SetSessionIdContext(X2, 1),
    Call::SetServerNameCallback(X1, ServerNameCallback::Switch),
];
const HOSTS_13: &[Call] = &[
    Call::ContextNew(X2, Side::Server, Version::Tls13),
    Call::SetSessionIdContext(X2, 1),
    Call::SetServerNameCallback(X1, ServerNameCallback::Switch),
];
const NAMED: &[Call] = &[Call::SetHostName(ConnId(0), HostName::Sent)];
const NAMES: &[Call] = &[Call::SetHostName(CLIENT, HostName::Sent), Call::SetHostName(CLIENT, HostName::Unset)];
const SERVER_CLEARS: &[Call] = &[Call::Clear(SERVER)];
const OTHER_OFF: &[Call] = &[Call::SetCacheMode(X2, CacheMode::OFF)];
const SWITCH: &[Call] = &[Call::SetContext(SERVER, SERVER_CONTEXT)];
const OTHER_CLIENTS: &[Call] = &[Call::ContextNew(X2, Side::Client, Version::Tls12)];
const SWITCH_CLIENT: &[Call] = &[Call::SetContext(CLIENT, CLIENT_CONTEXT)];
const NAME_ANSWERS: &[Call] = &[
    Call::SetServerNameCallback(X1, ServerNameCallback::Accept),
    Call::SetServerNameCallback(X1, ServerNameCallback::Refuse),
    Call::SetServerNameCallback(X1, ServerNameCallback::Abort),
];

/// The worlds of this theme.
pub(super) static WORLDS: &[World] = &[
    World {
        name: "verified-12",
        about: "a server that verifies its peers, with and without a session id context",
        setup: &[l::TLS12, VERIFIES, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, ID_CONTEXT],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "verified-13",
        about: "the same with a TLS 1.3 ticket that names a cached session, and serves once",
        setup: &[l::TLS13, l::STATEFUL, l::EARLY, l::ONE_TICKET, VERIFIES, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLEAR, ID_CONTEXT],
        limits: Limits { sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "duplicates",
        about: "duplicates of connections that have begun, have not, and are ready again",
        setup: &[l::TLS12, l::STATEFUL, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::FREE, DUPLICATE],
        limits: Limits { connections: 3, sessions: 2, steps: 7, ..Limits::PAIR },
    },
    World {
        name: "copied-session-ids",
        about: "connections that take over the session of another",
        setup: &[l::TLS12, l::STATEFUL, l::PAIRS, l::OPEN],
        alphabet: &[l::SET_SENT, l::FREE, COPY_IDS],
        limits: Limits { connections: 4, sessions: 4, ..Limits::PAIR },
    },
    World {
        name: "hosts-12",
        about: "a server-name callback that moves connections to another context",
        setup: &[l::TLS12, l::STATEFUL, HOSTS_12, l::PAIR, NAMED],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, ID_CONTEXT],
        limits: Limits { contexts: 3, sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "hosts-13",
        about: "the same in TLS 1.3",
        setup: &[l::TLS13, l::ONE_TICKET, HOSTS_13, l::PAIR, NAMED],
        alphabet: &[l::HANDSHAKE, l::CLIENT_READS, l::SET_SENT, l::CLIENT_CLEARS, SERVER_CLEARS],
        limits: Limits { contexts: 3, sessions: 3, ..Limits::PAIR },
    },
    World {
        name: "host-names",
        about: "server-name callbacks of every kind, with and without a name",
        setup: &[l::TLS12, l::STATEFUL, l::REMOVE, HOSTS_12, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, NAMES, NAME_ANSWERS, OTHER_OFF],
        limits: Limits { contexts: 3, sessions: 2, steps: 7, ..Limits::PAIR },
    },
    World {
        name: "moved-client",
        about: "clients that are moved to another context by hand",
        setup: &[l::TLS12, OTHER_CLIENTS, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, SWITCH_CLIENT],
        limits: Limits { contexts: 3, sessions: 2, steps: 6, ..Limits::PAIR },
    },
    World {
        name: "moved",
        about: "connections that are moved to another context by hand",
        setup: &[l::TLS12, l::STATEFUL, HOSTS_12, l::PAIR],
        alphabet: &[l::HANDSHAKE, l::SET_SENT, l::CLEAR, l::FREE, SWITCH, l::CONTEXT_ENDS],
        limits: Limits { contexts: 3, sessions: 2, steps: 8, ..Limits::PAIR },
    },
];
