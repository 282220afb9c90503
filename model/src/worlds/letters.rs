//! Letters of alphabets and pieces of setups, in groups with a theme.

use crate::world::{ANY_CONNECTION, ANY_CONTEXT, ANY_SESSION, CLIENT, CLIENT_CONTEXT, SERVER, SERVER_CONTEXT};
use crate::{
    Act, CacheMode, Call, Callback, Coding, ConnId, CtxId, DecryptAnswer, EarlyData, Foreign, GenerateAnswer, GetCallback, Groups,
    HostName, NewCallback, NewId, NotResumableCallback, OpenAnswer, Opt, Quiet, RemoveCallback, SealAnswer, ServerNameCallback,
    ShutdownState, Side, Verify, Version,
};

/// A cache size of 20480 in small.
pub(super) const PRESET_SIZE: u32 = 2;
/// A timeout of 300 seconds in small.
pub(super) const PRESET_TIMEOUT_S: i64 = 1;

/// The client's context.
pub(super) const X0: CtxId = CtxId(0);
/// The server's context.
pub(super) const X1: CtxId = CtxId(1);
/// Another context.
pub(super) const X2: CtxId = CtxId(2);
/// The client.
pub(super) const C0: ConnId = ConnId(0);
/// The server.
pub(super) const C1: ConnId = ConnId(1);
/// Another client.
pub(super) const C2: ConnId = ConnId(2);
/// Another server.
pub(super) const C3: ConnId = ConnId(3);

// setups

pub(super) const TLS12: &[Call] = &[Call::ContextNew(X0, Side::Client, Version::Tls12), Call::ContextNew(X1, Side::Server, Version::Tls12)];
pub(super) const TLS13: &[Call] = &[Call::ContextNew(X0, Side::Client, Version::Tls13), Call::ContextNew(X1, Side::Server, Version::Tls13)];
pub(super) const STATEFUL: &[Call] = &[Call::SetOption(X1, Opt::NoTicket)];
pub(super) const CLIENT_CACHE: &[Call] = &[Call::SetCacheMode(X0, CacheMode::CLIENT)];
pub(super) const NO_CACHE: &[Call] = &[Call::SetCacheMode(X0, CacheMode::OFF), Call::SetCacheMode(X1, CacheMode::OFF)];
pub(super) const PAIR: &[Call] = &[Call::ConnectionNew(C0, X0), Call::ConnectionNew(C1, X1), Call::Join(C0, C1)];
pub(super) const PAIRS: &[Call] = &[
    Call::ConnectionNew(C0, X0),
    Call::ConnectionNew(C1, X1),
    Call::Join(C0, C1),
    Call::ConnectionNew(C2, X0),
    Call::ConnectionNew(C3, X1),
    Call::Join(C2, C3),
];
pub(super) const OPEN: &[Call] = &[Call::Hello(C0), Call::Complete(C0)];
pub(super) const BOTH_OPEN: &[Call] = &[Call::Hello(C0), Call::Complete(C0), Call::Hello(C2), Call::Complete(C2)];
pub(super) const ONE_TICKET: &[Call] = &[Call::SetNumTickets(X1, 1)];
pub(super) const NO_TICKETS: &[Call] = &[Call::SetNumTickets(X1, 0)];
pub(super) const THREE_TICKETS: &[Call] = &[Call::SetNumTickets(X1, 3)];
pub(super) const SERVER_REFUSES: &[Call] = &[Call::SetNewCallback(X1, NewCallback::Refuse)];
pub(super) const SIZE_3: &[Call] = &[Call::SetCacheSize(X1, 3)];
/// Two sessions in the server's cache, the later one to expire first, and no connection.
pub(super) const TWO_CACHED: &[Call] = &[
    Call::ConnectionNew(C0, X0),
    Call::ConnectionNew(C1, X1),
    Call::Join(C0, C1),
    Call::Hello(C0),
    Call::Complete(C0),
    Call::SetTimeout(X1, PRESET_TIMEOUT_S),
    Call::ConnectionNew(C2, X0),
    Call::ConnectionNew(C3, X1),
    Call::Join(C2, C3),
    Call::Hello(C2),
    Call::Complete(C2),
    Call::Shutdown(C0),
    Call::Shutdown(C1),
    Call::Shutdown(C2),
    Call::Shutdown(C3),
    Call::ConnectionFree(C0),
    Call::ConnectionFree(C1),
    Call::ConnectionFree(C2),
    Call::ConnectionFree(C3),
];
/// The application holds the server's session.
pub(super) const SERVER_HELD: &[Call] = &[Call::Get1(C1)];
pub(super) const SIZE_1: &[Call] = &[Call::SetCacheSize(X1, 1)];
pub(super) const PRESET: &[Call] = &[Call::SetCacheSize(X1, PRESET_SIZE)];
pub(super) const CLIENT_SIZE_2: &[Call] = &[Call::SetCacheMode(X0, CacheMode::OFF), Call::SetCacheSize(X0, 2)];
pub(super) const MIXED: &[Call] = &[Call::ContextNew(X0, Side::Client, Version::Tls12), Call::ContextNew(X1, Side::Server, Version::Tls13)];
pub(super) const ANOTHER_CLIENT: &[Call] = &[Call::ContextNew(X2, Side::Client, Version::Tls12), Call::SetCacheMode(X2, CacheMode::CLIENT)];
pub(super) const CLIENT_KEEPS: &[Call] = &[Call::SetNewCallback(X0, NewCallback::Keep)];
pub(super) const GET_COPY: &[Call] = &[Call::SetGetCallback(X1, GetCallback::Copy)];
pub(super) const GET_ANY: &[Call] =
    &[Call::SetGetCallback(X1, GetCallback::Any), Call::SetCacheMode(X1, CacheMode { no_lookup: true, ..CacheMode::SERVER })];
pub(super) const SERVER_STORES_NOTHING: &[Call] = &[Call::SetCacheMode(X1, CacheMode { no_store: true, ..CacheMode::SERVER })];
/// The application holds the client's session.
pub(super) const CLIENT_HELD: &[Call] = &[Call::Get1(C0)];
/// A server's session of the other version, which the application holds.
pub(super) const OTHER_VERSION: &[Call] = &[
    Call::ContextNew(CtxId(3), Side::Client, Version::Tls13),
    Call::ContextNew(CtxId(4), Side::Server, Version::Tls13),
    Call::SetOption(CtxId(4), Opt::NoTicket),
    Call::SetNumTickets(CtxId(4), 1),
    Call::ConnectionNew(C2, CtxId(3)),
    Call::ConnectionNew(C3, CtxId(4)),
    Call::Join(C2, C3),
    Call::Hello(C2),
    Call::Complete(C2),
    Call::Get1(C3),
    Call::Shutdown(C2),
    Call::Shutdown(C3),
    Call::ConnectionFree(C2),
    Call::ConnectionFree(C3),
    Call::ContextFree(CtxId(3)),
    Call::ContextFree(CtxId(4)),
];
pub(super) const SHORT: &[Call] = &[Call::SetTimeout(X0, PRESET_TIMEOUT_S), Call::SetTimeout(X1, PRESET_TIMEOUT_S)];
pub(super) const CLIENT_SHORT: &[Call] = &[Call::SetTimeout(X0, PRESET_TIMEOUT_S)];
pub(super) const KEEP: &[Call] = &[Call::SetNewCallback(X0, NewCallback::Keep), Call::SetNewCallback(X1, NewCallback::Keep)];
pub(super) const REFUSE: &[Call] = &[Call::SetNewCallback(X0, NewCallback::Refuse), Call::SetNewCallback(X1, NewCallback::Refuse)];
pub(super) const REMOVE: &[Call] = &[Call::SetRemoveCallback(X0, RemoveCallback::Set), Call::SetRemoveCallback(X1, RemoveCallback::Set)];
pub(super) const EARLY: &[Call] = &[Call::SetEarlyData(X1, EarlyData::Allowed)];

/// A server more, and a client that is joined with neither.
pub(super) const ANOTHER_SERVER: &[Call] = &[
    Call::ContextNew(X2, Side::Server, Version::Tls12),
    Call::ConnectionNew(C0, X0),
    Call::ConnectionNew(C1, X1),
    Call::ConnectionNew(C2, X2),
];
pub(super) const ANOTHER_SERVER_13: &[Call] = &[
    Call::ContextNew(X2, Side::Server, Version::Tls13),
    Call::ConnectionNew(C0, X0),
    Call::ConnectionNew(C1, X1),
    Call::ConnectionNew(C2, X2),
];

// the life of connections

pub(super) const HANDSHAKE: &[Call] = &[Call::Join(CLIENT, SERVER), Call::Hello(CLIENT), Call::Complete(CLIENT)];
pub(super) const READ: &[Call] = &[Call::Read(ANY_CONNECTION)];
pub(super) const CLIENT_READS: &[Call] = &[Call::Read(CLIENT)];
pub(super) const NEW: &[Call] = &[Call::ConnectionNew(C0, ANY_CONTEXT)];
pub(super) const FREE: &[Call] = &[Call::ConnectionFree(ANY_CONNECTION)];
pub(super) const CLEAR: &[Call] = &[Call::Clear(ANY_CONNECTION)];
pub(super) const CLIENT_CLEARS: &[Call] = &[Call::Clear(CLIENT)];
pub(super) const SERVER_COMES: &[Call] = &[Call::ConnectionNew(C0, SERVER_CONTEXT)];
pub(super) const SERVER_GOES: &[Call] = &[Call::ConnectionFree(SERVER)];
pub(super) const SHUT: &[Call] = &[Call::Shutdown(ANY_CONNECTION)];
pub(super) const UP_REF: &[Call] = &[Call::ConnectionUpRef(ANY_CONNECTION)];
pub(super) const SENT: ShutdownState = ShutdownState { sent: true, received: false };
pub(super) const SET_SHUT: &[Call] = &[
    Call::SetShutdown(ANY_CONNECTION, ShutdownState { sent: false, received: false }),
    Call::SetShutdown(ANY_CONNECTION, SENT),
    Call::SetShutdown(ANY_CONNECTION, ShutdownState { sent: false, received: true }),
    Call::SetShutdown(ANY_CONNECTION, ShutdownState { sent: true, received: true }),
];
pub(super) const SET_SENT: &[Call] = &[Call::SetShutdown(ANY_CONNECTION, SENT)];
pub(super) const QUIET: &[Call] = &[Call::SetQuietShutdown(ANY_CONNECTION, Quiet::On)];
pub(super) const FAULTS: &[Call] = &[Call::Corrupt(ANY_CONNECTION), Call::Cut(ANY_CONNECTION), Call::Break(ANY_CONNECTION)];
pub(super) const BREAK: &[Call] = &[Call::Break(ANY_CONNECTION)];
pub(super) const EARLY_SWITCH: &[Call] =
    &[Call::SetConnectionEarlyData(SERVER, EarlyData::Allowed), Call::SetConnectionEarlyData(SERVER, EarlyData::Refused)];

// further handshakes

pub(super) const OTHER_GROUP: &[Call] = &[Call::SetGroups(X1, Groups::Other)];
pub(super) const BY_CLIENTS: &[Call] = &[Call::SetOption(X1, Opt::ClientRenegotiation)];
pub(super) const ALWAYS_NEW: &[Call] = &[Call::SetOption(X1, Opt::NoResumptionOnRenegotiation)];
pub(super) const FORBIDDEN: &[Call] = &[Call::SetNotResumableCallback(X1, NotResumableCallback::Forbid)];
pub(super) const ID_CONTEXT: &[Call] = &[Call::SetSessionIdContext(X1, 1)];
/// A pair whose client can be asked for a certificate.
pub(super) const CONSENTING: &[Call] =
    &[Call::ConnectionNew(C0, X0), Call::SetPostHandshakeAuth(C0), Call::ConnectionNew(C1, X1), Call::Join(C0, C1)];
pub(super) const RENEGOTIATE: &[Call] = &[Call::Renegotiate(ANY_CONNECTION), Call::RenegotiateAbbreviated(CLIENT)];
pub(super) const REQUEST: &[Call] = &[Call::Renegotiate(SERVER), Call::RenegotiateAbbreviated(SERVER)];
pub(super) const AUTHENTICATE: &[Call] = &[Call::VerifyPostHandshake(SERVER)];
pub(super) const CONSENT: &[Call] = &[Call::SetPostHandshakeAuth(CLIENT)];
pub(super) const NOT_RESUMABLE: &[Call] = &[
    Call::SetNotResumableCallback(SERVER_CONTEXT, NotResumableCallback::Forbid),
    Call::SetNotResumableCallback(SERVER_CONTEXT, NotResumableCallback::Allow),
];

// sessions

pub(super) const GET: &[Call] = &[Call::Get0(ANY_CONNECTION), Call::Get1(ANY_CONNECTION)];
pub(super) const GET1: &[Call] = &[Call::Get1(CLIENT)];
pub(super) const ANY_GET1: &[Call] = &[Call::Get1(ANY_CONNECTION)];
pub(super) const ATTACH: &[Call] = &[Call::SetSession(CLIENT, Some(ANY_SESSION))];
pub(super) const ATTACH_ANY: &[Call] = &[Call::SetSession(ANY_CONNECTION, Some(ANY_SESSION)), Call::SetSession(ANY_CONNECTION, None)];
pub(super) const LET_GO: &[Call] = &[Call::SessionFree(ANY_SESSION)];
pub(super) const LOOK: &[Call] = &[Call::SessionUse(ANY_SESSION), Call::SessionIsResumable(ANY_SESSION)];
pub(super) const HOLD: &[Call] = &[Call::SessionUpRef(ANY_SESSION), Call::SessionFree(ANY_SESSION), Call::SessionFreeNull];
pub(super) const MAKE: &[Call] = &[Call::SessionNew];
pub(super) const COPY: &[Call] = &[Call::SessionDup(ANY_SESSION), Call::SessionDecode(ANY_SESSION)];
pub(super) const DUP: &[Call] = &[Call::SessionDup(ANY_SESSION)];
pub(super) const DECODING: &[Call] = &[
    Call::SessionDecodeAs(ANY_SESSION, Coding::Der),
    Call::SessionDecodeAs(ANY_SESSION, Coding::Pem),
    Call::SessionDecodeAs(ANY_SESSION, Coding::Cut),
    Call::SessionDecodeInto(ANY_SESSION, ANY_SESSION, Coding::Der),
    Call::SessionDecodeInto(ANY_SESSION, ANY_SESSION, Coding::Cut),
];
pub(super) const SET_ID: &[Call] = &[
    Call::SessionSetId(ANY_SESSION, NewId::Fresh),
    Call::SessionSetId(ANY_SESSION, NewId::TooLong),
    Call::SessionSetIdOf(ANY_SESSION, ANY_SESSION),
    Call::SessionSameId(ANY_SESSION, ANY_SESSION),
];
pub(super) const RENAME: &[Call] = &[Call::SessionSetId(ANY_SESSION, NewId::Fresh), Call::SessionSetIdOf(ANY_SESSION, ANY_SESSION)];
pub(super) const TIMEOUT_0: &[Call] = &[Call::SessionSetTimeout(ANY_SESSION, 0)];
pub(super) const FORGET: &[Call] = &[Call::SessionForget(ANY_SESSION)];

pub(super) const CLIENT_GET: &[Call] = &[Call::Get0(CLIENT), Call::Get1(CLIENT)];
pub(super) const CLIENT_GET0: &[Call] = &[Call::Get0(CLIENT)];
pub(super) const SERVER_GET: &[Call] = &[Call::Get0(SERVER), Call::Get1(SERVER)];
pub(super) const SERVER_GET1: &[Call] = &[Call::Get1(SERVER)];
pub(super) const TIMES: &[Call] = &[Call::SessionSetTime(ANY_SESSION, 9), Call::SessionSetTimeout(ANY_SESSION, PRESET_TIMEOUT_S)];

// the cache

pub(super) const BY_HAND: &[Call] = &[Call::AddSession(ANY_CONTEXT, ANY_SESSION), Call::RemoveSession(ANY_CONTEXT, ANY_SESSION)];
pub(super) const ADD: &[Call] = &[Call::AddSession(ANY_CONTEXT, ANY_SESSION)];
pub(super) const NUMBER: &[Call] = &[Call::CacheNumber(ANY_CONTEXT)];
/// A flush that takes everything.
pub(super) const FLUSH_ALL: &[Call] = &[Call::FlushSessions(ANY_CONTEXT, 400)];
pub(super) const FLUSH: &[Call] = &[Call::FlushSessions(ANY_CONTEXT, 12), Call::FlushSessions(ANY_CONTEXT, 400)];
pub(super) const TICK: &[Call] = &[Call::Advance(1)];
pub(super) const CLIENT_MODES: &[Call] = &[
    Call::SetCacheMode(CLIENT_CONTEXT, CacheMode::OFF),
    Call::SetCacheMode(CLIENT_CONTEXT, CacheMode::BOTH),
    Call::SetCacheMode(CLIENT_CONTEXT, CacheMode { no_store: true, ..CacheMode::CLIENT }),
];
pub(super) const SERVER_MODES: &[Call] = &[
    Call::SetCacheMode(SERVER_CONTEXT, CacheMode::OFF),
    Call::SetCacheMode(SERVER_CONTEXT, CacheMode { no_lookup: true, ..CacheMode::SERVER }),
    Call::SetCacheMode(SERVER_CONTEXT, CacheMode { no_store: true, ..CacheMode::SERVER }),
];
pub(super) const NEW_CALLBACKS: &[Call] =
    &[Call::SetNewCallback(ANY_CONTEXT, NewCallback::Keep), Call::SetNewCallback(ANY_CONTEXT, NewCallback::Refuse)];
pub(super) const GET_CALLBACKS: &[Call] = &[
    Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Miss),
    Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Copy),
    Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Preset),
    Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Give),
];
pub(super) const SERVER_OFF: &[Call] = &[Call::SetCacheMode(SERVER_CONTEXT, CacheMode::OFF)];
pub(super) const COPY_OR_GIVE: &[Call] =
    &[Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Copy), Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Give)];
pub(super) const SERVER_TIMEOUTS: &[Call] = &[Call::SetTimeout(SERVER_CONTEXT, PRESET_TIMEOUT_S), Call::SetTimeout(SERVER_CONTEXT, 300)];
pub(super) const ID_CONTEXTS: &[Call] = &[Call::SetSessionIdContext(SERVER_CONTEXT, 1), Call::SetSessionIdContext(SERVER_CONTEXT, 2)];
pub(super) const CLIENT_ID_CONTEXTS: &[Call] = &[Call::SetSessionIdContext(CLIENT_CONTEXT, 1)];
pub(super) const CONTEXT_NEW: &[Call] =
    &[Call::ContextNew(X0, Side::Client, Version::Tls13), Call::ContextNew(X0, Side::Server, Version::Tls12)];
pub(super) const TICKET_SETTINGS: &[Call] = &[
    Call::SetNumTickets(SERVER_CONTEXT, 0),
    Call::SetNumTickets(SERVER_CONTEXT, 1),
    Call::SetOption(SERVER_CONTEXT, Opt::NoTicket),
    Call::SetEarlyData(SERVER_CONTEXT, EarlyData::Allowed),
];
/// Every setting of a context.
pub(super) const SETTINGS: &[Call] = &[
    Call::SetCacheMode(ANY_CONTEXT, CacheMode::BOTH),
    Call::SetCacheMode(ANY_CONTEXT, CacheMode::SERVER),
    Call::SetCacheSize(ANY_CONTEXT, PRESET_SIZE),
    Call::SetCacheSize(ANY_CONTEXT, 0),
    Call::SetTimeout(ANY_CONTEXT, 7),
    Call::SetTimeout(ANY_CONTEXT, 300),
    Call::SetNumTickets(SERVER_CONTEXT, 1),
    Call::SetOption(SERVER_CONTEXT, Opt::NoTicket),
    Call::SetEarlyData(SERVER_CONTEXT, EarlyData::Allowed),
    Call::SetSessionIdContext(SERVER_CONTEXT, 1),
    Call::SetNewCallback(ANY_CONTEXT, NewCallback::Keep),
    Call::SetRemoveCallback(ANY_CONTEXT, RemoveCallback::Set),
    Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Miss),
];
pub(super) const SIZES: &[Call] =
    &[Call::SetCacheSize(ANY_CONTEXT, 1), Call::SetCacheSize(ANY_CONTEXT, PRESET_SIZE), Call::SetCacheSize(ANY_CONTEXT, 0)];
pub(super) const CONTEXT_ENDS: &[Call] = &[Call::ContextFree(ANY_CONTEXT)];
pub(super) const CONTEXT_REFS: &[Call] = &[Call::ContextUpRef(ANY_CONTEXT), Call::ContextFree(ANY_CONTEXT)];

pub(super) const IGNORE_EOF: &[Call] = &[Call::SetOption(X0, Opt::IgnoreUnexpectedEof), Call::SetOption(X1, Opt::IgnoreUnexpectedEof)];
pub(super) const CONTEXT_QUIET: &[Call] =
    &[Call::SetContextQuietShutdown(ANY_CONTEXT, Quiet::On), Call::SetContextQuietShutdown(ANY_CONTEXT, Quiet::Off)];
pub(super) const WRITE: &[Call] = &[Call::Write(ANY_CONNECTION)];
pub(super) const CLIENT_WRITES: &[Call] = &[Call::Write(CLIENT)];
pub(super) const SERVER_WRITES: &[Call] = &[Call::Write(SERVER)];
pub(super) const BLOCKING: &[Call] = &[Call::Block(CLIENT), Call::Unblock(CLIENT)];
pub(super) const CORRUPT: &[Call] = &[Call::Corrupt(CLIENT)];
pub(super) const CUT: &[Call] = &[Call::Cut(CLIENT)];

/// Every kind of call, with few arguments.
pub(super) const EVERYTHING: &[Call] = &[
    Call::ContextNew(X0, Side::Client, Version::Tls12),
    Call::ContextUpRef(ANY_CONTEXT),
    Call::ContextFree(ANY_CONTEXT),
    Call::SetCacheMode(CLIENT_CONTEXT, CacheMode::BOTH),
    Call::SetCacheSize(SERVER_CONTEXT, 1),
    Call::SetTimeout(CLIENT_CONTEXT, PRESET_TIMEOUT_S),
    Call::SetNumTickets(SERVER_CONTEXT, 1),
    Call::SetOption(SERVER_CONTEXT, Opt::NoTicket),
    Call::ClearOption(SERVER_CONTEXT, Opt::NoTicket),
    Call::SetEarlyData(SERVER_CONTEXT, EarlyData::Allowed),
    Call::SetSessionIdContext(SERVER_CONTEXT, 1),
    Call::SetNewCallback(ANY_CONTEXT, NewCallback::Keep),
    Call::SetRemoveCallback(ANY_CONTEXT, RemoveCallback::Set),
    Call::SetGetCallback(SERVER_CONTEXT, GetCallback::Copy),
    Call::SetContextQuietShutdown(ANY_CONTEXT, Quiet::On),
    Call::SetTicketKeyCallback(SERVER_CONTEXT, SealAnswer::Use, OpenAnswer::Renew),
    Call::SetTicketCallbacks(SERVER_CONTEXT, Some(GenerateAnswer::Go), Some(DecryptAnswer::UseRenew)),
    Call::AddSession(ANY_CONTEXT, ANY_SESSION),
    Call::RemoveSession(ANY_CONTEXT, ANY_SESSION),
    Call::CacheNumber(ANY_CONTEXT),
    Call::FlushSessions(ANY_CONTEXT, 400),
    Call::SetVerify(SERVER_CONTEXT, Verify::Peer),
    Call::SetServerNameCallback(SERVER_CONTEXT, ServerNameCallback::Accept),
    Call::ConnectionNew(C0, ANY_CONTEXT),
    Call::ConnectionUpRef(ANY_CONNECTION),
    Call::ConnectionFree(ANY_CONNECTION),
    Call::Join(CLIENT, SERVER),
    Call::Hello(CLIENT),
    Call::Complete(CLIENT),
    Call::Read(ANY_CONNECTION),
    Call::Shutdown(ANY_CONNECTION),
    Call::SetShutdown(ANY_CONNECTION, SENT),
    Call::SetQuietShutdown(ANY_CONNECTION, Quiet::On),
    Call::Clear(ANY_CONNECTION),
    Call::SetSession(CLIENT, Some(ANY_SESSION)),
    Call::Get0(ANY_CONNECTION),
    Call::Get1(ANY_CONNECTION),
    Call::SetConnectionEarlyData(SERVER, EarlyData::Allowed),
    Call::Write(ANY_CONNECTION),
    Call::Block(ANY_CONNECTION),
    Call::Unblock(ANY_CONNECTION),
    Call::SetConnectionNumTickets(SERVER, 1),
    Call::AskTicket(SERVER),
    Call::Write(ANY_CONNECTION),
    Call::HandshakeAgain(SERVER),
    Call::SetGroups(SERVER_CONTEXT, Groups::Other),
    Call::SetNotResumableCallback(SERVER_CONTEXT, NotResumableCallback::Forbid),
    Call::Renegotiate(ANY_CONNECTION),
    Call::RenegotiateAbbreviated(CLIENT),
    Call::SetPostHandshakeAuth(CLIENT),
    Call::VerifyPostHandshake(SERVER),
    Call::Corrupt(ANY_CONNECTION),
    Call::Cut(ANY_CONNECTION),
    Call::Break(ANY_CONNECTION),
    Call::JoinForeign(ANY_CONNECTION),
    Call::ForeignHello(SERVER, None),
    Call::ForeignSends(CLIENT, Foreign::Declines),
    Call::ForeignTicket(CLIENT, 300),
    Call::ConnectionDup(C0, ANY_CONNECTION),
    Call::SetConnectionSessionIdContext(SERVER, 1),
    Call::SetHostName(CLIENT, HostName::Sent),
    Call::CopySessionId(ANY_CONNECTION, ANY_CONNECTION),
    Call::SetContext(ANY_CONNECTION, ANY_CONTEXT),
    Call::SessionNew,
    Call::SessionUpRef(ANY_SESSION),
    Call::SessionFree(ANY_SESSION),
    Call::SessionFreeNull,
    Call::SessionDup(ANY_SESSION),
    Call::SessionDecode(ANY_SESSION),
    Call::SessionUse(ANY_SESSION),
    Call::SessionIsResumable(ANY_SESSION),
    Call::SessionSetTime(ANY_SESSION, 9),
    Call::SessionSetTimeout(ANY_SESSION, PRESET_TIMEOUT_S),
    Call::SetActs(ANY_CONTEXT, Callback::Remove, Some(Act::Remove)),
    Call::SessionDecodeAs(ANY_SESSION, Coding::Pem),
    Call::SessionDecodeInto(ANY_SESSION, ANY_SESSION, Coding::Der),
    Call::SessionSetId(ANY_SESSION, NewId::Fresh),
    Call::SessionSetIdOf(ANY_SESSION, ANY_SESSION),
    Call::SessionSameId(ANY_SESSION, ANY_SESSION),
    Call::SessionForget(ANY_SESSION),
    Call::Advance(1),
];
