//! What a call is called and which fields it has: the one description that JSON and C text are written from.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use sessck_model::{
    CacheMode, Call, ConnId, CtxId, EarlyData, GetCallback, NewCallback, Quiet, RemoveCallback, SessId, ShutdownState, Side, Tickets,
    Version,
};

/// One field of a call.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Context(CtxId),
    Connection(ConnId),
    Session(Option<SessId>),
    Number(u32),
    Side(Side),
    Version(Version),
    Mode(CacheMode),
    Option,
    EarlyData(EarlyData),
    New(NewCallback),
    Remove(RemoveCallback),
    Get(GetCallback),
    State(ShutdownState),
    Quiet(Quiet),
}

/// A call by name, with its fields in the order of C's arguments.
pub(super) struct Form {
    pub(super) name: &'static str,
    fields: [Option<(&'static str, Field)>; 3],
}

impl Form {
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static str, Field)> {
        self.fields.iter().flatten().copied()
    }
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("do", self.name)?;
        for (key, field) in self.fields() {
            map.serialize_entry(key, &field)?;
        }
        map.end()
    }
}

/// The form of a call.
pub(super) fn of(call: &Call) -> Form {
    use Field::{Connection, Context, Number, Session};
    let x = |id| ("context", Context(id));
    let c = |id| ("connection", Connection(id));
    let s = |id| ("session", Session(Some(id)));
    match *call {
        Call::ContextNew(id, side, version) => {
            three("SSL_CTX_new", x(id), ("side", Field::Side(side)), ("version", Field::Version(version)))
        }
        Call::ContextUpRef(id) => one("SSL_CTX_up_ref", x(id)),
        Call::ContextFree(id) => one("SSL_CTX_free", x(id)),
        Call::SetCacheMode(id, mode) => two("SSL_CTX_set_session_cache_mode", x(id), ("mode", Field::Mode(mode))),
        Call::SetCacheSize(id, size) => two("SSL_CTX_sess_set_cache_size", x(id), ("size", Number(size))),
        Call::SetTimeout(id, seconds) => two("SSL_CTX_set_timeout", x(id), ("seconds", Number(seconds))),
        Call::SetNumTickets(id, number) => two("SSL_CTX_set_num_tickets", x(id), ("number", Number(number))),
        Call::SetTickets(id, Tickets::Stateful) => two("SSL_CTX_set_options", x(id), ("options", Field::Option)),
        Call::SetTickets(id, Tickets::Stateless) => two("SSL_CTX_clear_options", x(id), ("options", Field::Option)),
        Call::SetEarlyData(id, early) => two("SSL_CTX_set_max_early_data", x(id), ("early-data", Field::EarlyData(early))),
        Call::SetSessionIdContext(id, value) => two("SSL_CTX_set_session_id_context", x(id), ("value", Number(value.into()))),
        Call::SetNewCallback(id, callback) => two("SSL_CTX_sess_set_new_cb", x(id), ("callback", Field::New(callback))),
        Call::SetRemoveCallback(id, callback) => two("SSL_CTX_sess_set_remove_cb", x(id), ("callback", Field::Remove(callback))),
        Call::SetGetCallback(id, callback) => two("SSL_CTX_sess_set_get_cb", x(id), ("callback", Field::Get(callback))),
        Call::AddSession(id, session) => two("SSL_CTX_add_session", x(id), s(session)),
        Call::RemoveSession(id, session) => two("SSL_CTX_remove_session", x(id), s(session)),
        Call::CacheNumber(id) => one("SSL_CTX_sess_number", x(id)),
        Call::FlushSessions(id, second) => two("SSL_CTX_flush_sessions", x(id), ("time", Number(second))),
        Call::ConnectionNew(id, context) => two("SSL_new", c(id), x(context)),
        Call::ConnectionUpRef(id) => one("SSL_up_ref", c(id)),
        Call::ConnectionFree(id) => one("SSL_free", c(id)),
        Call::Join(client, server) => two("SSL_set_bio", c(client), ("peer", Connection(server))),
        Call::Hello(id) => one("hello", c(id)),
        Call::Complete(id) => one("complete", c(id)),
        Call::Read(id) => one("SSL_read", c(id)),
        Call::Shutdown(id) => one("SSL_shutdown", c(id)),
        Call::SetShutdown(id, state) => two("SSL_set_shutdown", c(id), ("state", Field::State(state))),
        Call::SetQuietShutdown(id, quiet) => two("SSL_set_quiet_shutdown", c(id), ("quiet", Field::Quiet(quiet))),
        Call::Clear(id) => one("SSL_clear", c(id)),
        Call::SetSession(id, session) => two("SSL_set_session", c(id), ("session", Session(session))),
        Call::Get0(id) => one("SSL_get0_session", c(id)),
        Call::Get1(id) => one("SSL_get1_session", c(id)),
        Call::SetConnectionEarlyData(id, early) => two("SSL_set_max_early_data", c(id), ("early-data", Field::EarlyData(early))),
        Call::Corrupt(id) => one("corrupt", c(id)),
        Call::Cut(id) => one("cut", c(id)),
        Call::Break(id) => one("break", c(id)),
        Call::SessionNew => Form { name: "SSL_SESSION_new", fields: [None; 3] },
        Call::SessionUpRef(id) => one("SSL_SESSION_up_ref", s(id)),
        Call::SessionFree(id) => one("SSL_SESSION_free", s(id)),
        Call::SessionFreeNull => one("SSL_SESSION_free", ("session", Session(None))),
        Call::SessionDup(id) => one("SSL_SESSION_dup", s(id)),
        Call::SessionDecode(id) => one("d2i_SSL_SESSION", s(id)),
        Call::SessionUse(id) => one("SSL_SESSION_get_time", s(id)),
        Call::SessionIsResumable(id) => one("SSL_SESSION_is_resumable", s(id)),
        Call::SessionSetTime(id, second) => two("SSL_SESSION_set_time", s(id), ("time", Number(second))),
        Call::SessionSetTimeout(id, seconds) => two("SSL_SESSION_set_timeout", s(id), ("seconds", Number(seconds))),
        Call::SessionForget(id) => one("forget", s(id)),
        Call::Advance(seconds) => one("advance", ("seconds", Number(seconds))),
    }
}

type Entry = (&'static str, Field);

fn one(name: &'static str, first: Entry) -> Form {
    Form { name, fields: [Some(first), None, None] }
}

fn two(name: &'static str, first: Entry, second: Entry) -> Form {
    Form { name, fields: [Some(first), Some(second), None] }
}

fn three(name: &'static str, first: Entry, second: Entry, third: Entry) -> Form {
    Form { name, fields: [Some(first), Some(second), Some(third)] }
}
