//! One call of each kind: what `traces/README.md` and tests go through.

use sessck_model::{
    Act, CacheMode, Call, Callback, Coding, ConnId, CtxId, DecryptAnswer, EarlyData, Foreign, GenerateAnswer, GetCallback, Groups,
    HostName, NewCallback, NewId, NotResumableCallback, OpenAnswer, Opt, Quiet, RemoveCallback, SealAnswer, ServerNameCallback, SessId,
    ShutdownState, Side, Verify, Version,
};

/// One call of each kind, in the order of the alphabet; what has two directions is there twice.
#[must_use]
pub fn examples() -> Vec<Call> {
    [on_contexts(), on_connections(), of_the_network(), on_sessions()].concat()
}

fn on_contexts() -> Vec<Call> {
    let (x, s) = (CtxId(0), SessId(0));
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
        Call::SetContextQuietShutdown(x, Quiet::On),
        Call::SetTicketKeyCallback(x, SealAnswer::Use, OpenAnswer::Renew),
        Call::SetActs(x, Callback::Remove, Some(Act::Flush)),
        Call::SetTicketCallbacks(x, Some(GenerateAnswer::Go), Some(DecryptAnswer::IgnoreRenew)),
        Call::SetGroups(x, Groups::Other),
        Call::SetNotResumableCallback(x, NotResumableCallback::Forbid),
        Call::AddSession(x, s),
        Call::RemoveSession(x, s),
        Call::CacheNumber(x),
        Call::FlushSessions(x, 1300),
        Call::SetVerify(x, Verify::Peer),
        Call::SetServerNameCallback(x, ServerNameCallback::Switch),
    ]
}

fn on_connections() -> Vec<Call> {
    let (x, c, d, s) = (CtxId(0), ConnId(0), ConnId(1), SessId(0));
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
        Call::ConnectionDup(d, c),
        Call::SetConnectionSessionIdContext(c, 1),
        Call::SetHostName(c, HostName::Sent),
        Call::CopySessionId(c, d),
        Call::SetContext(c, x),
        Call::Write(c),
        Call::Block(c),
        Call::Unblock(c),
        Call::SetConnectionNumTickets(c, 1),
        Call::AskTicket(c),
        Call::HandshakeAgain(c),
        Call::Renegotiate(c),
        Call::RenegotiateAbbreviated(c),
        Call::SetPostHandshakeAuth(c),
        Call::VerifyPostHandshake(c),
    ]
}

fn of_the_network() -> Vec<Call> {
    let (c, s) = (ConnId(0), SessId(0));
    vec![
        Call::Corrupt(c),
        Call::Cut(c),
        Call::Break(c),
        Call::JoinForeign(c),
        Call::ForeignHello(c, Some(s)),
        Call::ForeignSends(c, Foreign::Declines),
        Call::ForeignTicket(c, 300),
    ]
}

fn on_sessions() -> Vec<Call> {
    let (s, t) = (SessId(0), SessId(1));
    vec![
        Call::SessionNew,
        Call::SessionUpRef(s),
        Call::SessionFree(s),
        Call::SessionFreeNull,
        Call::SessionDup(s),
        Call::SessionDecode(s),
        Call::SessionDecodeAs(s, Coding::Pem),
        Call::SessionDecodeInto(s, t, Coding::Der),
        Call::SessionSetId(s, NewId::Fresh),
        Call::SessionSetIdOf(s, t),
        Call::SessionSameId(s, t),
        Call::SessionUse(s),
        Call::SessionIsResumable(s),
        Call::SessionSetTime(s, 1000),
        Call::SessionSetTimeout(s, 300),
        Call::SessionForget(s),
        Call::Advance(10),
    ]
}
