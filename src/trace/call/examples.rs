//! One call of each kind: what `traces/README.md` and tests go through.

use sessck_model::{
    CacheMode, Call, ConnId, CtxId, EarlyData, Foreign, GetCallback, Groups, NewCallback, NotResumableCallback, Opt, Quiet, RemoveCallback,
    SessId, ShutdownState, Side, Version,
};

/// One call of each kind, in the order of the alphabet; the two directions of an option are two kinds.
#[must_use]
pub fn examples() -> Vec<Call> {
    let (x, c, d, s) = (CtxId(0), ConnId(0), ConnId(1), SessId(0));
    contexts(x, s).into_iter().chain(connections(c, d, x, s)).chain(sessions(s)).collect()
}

fn contexts(x: CtxId, s: SessId) -> Vec<Call> {
    vec![
        Call::ContextNew(x, Side::Client, Version::Tls13),
        Call::ContextUpRef(x),
        Call::ContextFree(x),
        Call::SetCacheMode(x, CacheMode { no_lookup: true, ..CacheMode::BOTH }),
        Call::SetCacheSize(x, 3),
        Call::SetTimeout(x, 300),
        Call::SetNumTickets(x, 2),
        Call::SetOption(x, Opt::NoTicket),
        Call::ClearOption(x, Opt::NoTicket),
        Call::SetEarlyData(x, EarlyData::Allowed),
        Call::SetSessionIdContext(x, 1),
        Call::SetNewCallback(x, NewCallback::Keep),
        Call::SetRemoveCallback(x, RemoveCallback::Set),
        Call::SetGetCallback(x, GetCallback::Copy),
        Call::SetGroups(x, Groups::Other),
        Call::SetNotResumableCallback(x, NotResumableCallback::Forbid),
        Call::AddSession(x, s),
        Call::RemoveSession(x, s),
        Call::CacheNumber(x),
        Call::FlushSessions(x, 1300),
    ]
}

fn connections(c: ConnId, d: ConnId, x: CtxId, s: SessId) -> Vec<Call> {
    vec![
        Call::ConnectionNew(c, x),
        Call::ConnectionUpRef(c),
        Call::ConnectionFree(c),
        Call::Join(c, d),
        Call::Hello(c),
        Call::Complete(c),
        Call::Read(c),
        Call::Shutdown(c),
        Call::SetShutdown(c, ShutdownState { sent: true, received: true }),
        Call::SetQuietShutdown(c, Quiet::On),
        Call::Clear(c),
        Call::SetSession(c, Some(s)),
        Call::SetSession(c, None),
        Call::Get0(c),
        Call::Get1(c),
        Call::SetConnectionEarlyData(c, EarlyData::Refused),
        Call::Renegotiate(c),
        Call::RenegotiateAbbreviated(c),
        Call::SetPostHandshakeAuth(c),
        Call::VerifyPostHandshake(c),
        Call::Corrupt(c),
        Call::Cut(c),
        Call::Break(c),
        Call::JoinForeign(c),
        Call::ForeignHello(c, Some(s)),
        Call::ForeignSends(c, Foreign::Declines),
        Call::ForeignTicket(c, 300),
    ]
}

fn sessions(s: SessId) -> Vec<Call> {
    vec![
        Call::SessionNew,
        Call::SessionUpRef(s),
        Call::SessionFree(s),
        Call::SessionFreeNull,
        Call::SessionDup(s),
        Call::SessionDecode(s),
        Call::SessionUse(s),
        Call::SessionIsResumable(s),
        Call::SessionSetTime(s, 1000),
        Call::SessionSetTimeout(s, 300),
        Call::SessionForget(s),
        Call::Advance(10),
    ]
}
