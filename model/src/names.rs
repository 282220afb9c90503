//! The names inside a call: which objects it is about, the same call about other objects, and its kind.

use crate::{Action, Call, ConnId, CtxId, SessId};

macro_rules! kinds {
    ($($name:ident() = $text:literal,)*) => {
        /// Which call it is, whatever its arguments.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[expect(missing_docs, reason = "each is the call of the same name")]
        pub enum Kind {
            $($name,)*
        }

        impl Kind {
            /// All of them, in the order of [`Call`].
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What it is called in C, or in a word where it is no call.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    ContextNew() = "SSL_CTX_new",
    ContextUpRef() = "SSL_CTX_up_ref",
    ContextFree() = "SSL_CTX_free",
    SetCacheMode() = "SSL_CTX_set_session_cache_mode",
    SetCacheSize() = "SSL_CTX_sess_set_cache_size",
    SetTimeout() = "SSL_CTX_set_timeout",
    SetNumTickets() = "SSL_CTX_set_num_tickets",
    SetTickets() = "SSL_CTX_set_options",
    SetEarlyData() = "SSL_CTX_set_max_early_data",
    SetSessionIdContext() = "SSL_CTX_set_session_id_context",
    SetNewCallback() = "SSL_CTX_sess_set_new_cb",
    SetRemoveCallback() = "SSL_CTX_sess_set_remove_cb",
    SetGetCallback() = "SSL_CTX_sess_set_get_cb",
    AddSession() = "SSL_CTX_add_session",
    RemoveSession() = "SSL_CTX_remove_session",
    CacheNumber() = "SSL_CTX_sess_number",
    FlushSessions() = "SSL_CTX_flush_sessions",
    ConnectionNew() = "SSL_new",
    ConnectionUpRef() = "SSL_up_ref",
    ConnectionFree() = "SSL_free",
    Join() = "SSL_set_bio",
    Hello() = "hello",
    Complete() = "SSL_do_handshake",
    Read() = "SSL_read",
    Shutdown() = "SSL_shutdown",
    SetShutdown() = "SSL_set_shutdown",
    SetQuietShutdown() = "SSL_set_quiet_shutdown",
    Clear() = "SSL_clear",
    SetSession() = "SSL_set_session",
    Get0() = "SSL_get0_session",
    Get1() = "SSL_get1_session",
    SetConnectionEarlyData() = "SSL_set_max_early_data",
    Corrupt() = "corrupt",
    Cut() = "cut",
    Break() = "break",
    SessionNew() = "SSL_SESSION_new",
    SessionUpRef() = "SSL_SESSION_up_ref",
    SessionFree() = "SSL_SESSION_free",
    SessionFreeNull() = "SSL_SESSION_free(NULL)",
    SessionDup() = "SSL_SESSION_dup",
    SessionDecode() = "d2i_SSL_SESSION",
    SessionUse() = "SSL_SESSION_get_time",
    SessionIsResumable() = "SSL_SESSION_is_resumable",
    SessionSetTime() = "SSL_SESSION_set_time",
    SessionSetTimeout() = "SSL_SESSION_set_timeout",
    SessionForget() = "forget",
    Advance() = "advance",
}

/// The objects that a call is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// No object, or one that has no name yet.
    Nothing,
    /// A context that is to be made.
    NewContext(CtxId),
    /// A context.
    Context(CtxId),
    /// A context and a session.
    ContextSession(CtxId, SessId),
    /// A connection that is to be made, and its context.
    NewConnection(ConnId, CtxId),
    /// A connection.
    Connection(ConnId),
    /// A client's and a server's connection.
    Pair(ConnId, ConnId),
    /// A connection and a session.
    ConnectionSession(ConnId, SessId),
    /// A session.
    Session(SessId),
}

impl Call {
    /// Which call it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::ContextNew(..) => Kind::ContextNew,
            Self::ContextUpRef(..) => Kind::ContextUpRef,
            Self::ContextFree(..) => Kind::ContextFree,
            Self::SetCacheMode(..) => Kind::SetCacheMode,
            Self::SetCacheSize(..) => Kind::SetCacheSize,
            Self::SetTimeout(..) => Kind::SetTimeout,
            Self::SetNumTickets(..) => Kind::SetNumTickets,
            Self::SetTickets(..) => Kind::SetTickets,
            Self::SetEarlyData(..) => Kind::SetEarlyData,
            Self::SetSessionIdContext(..) => Kind::SetSessionIdContext,
            Self::SetNewCallback(..) => Kind::SetNewCallback,
            Self::SetRemoveCallback(..) => Kind::SetRemoveCallback,
            Self::SetGetCallback(..) => Kind::SetGetCallback,
            Self::AddSession(..) => Kind::AddSession,
            Self::RemoveSession(..) => Kind::RemoveSession,
            Self::CacheNumber(..) => Kind::CacheNumber,
            Self::FlushSessions(..) => Kind::FlushSessions,
            Self::ConnectionNew(..) => Kind::ConnectionNew,
            Self::ConnectionUpRef(..) => Kind::ConnectionUpRef,
            Self::ConnectionFree(..) => Kind::ConnectionFree,
            Self::Join(..) => Kind::Join,
            Self::Hello(..) => Kind::Hello,
            Self::Complete(..) => Kind::Complete,
            Self::Read(..) => Kind::Read,
            Self::Shutdown(..) => Kind::Shutdown,
            Self::SetShutdown(..) => Kind::SetShutdown,
            Self::SetQuietShutdown(..) => Kind::SetQuietShutdown,
            Self::Clear(..) => Kind::Clear,
            Self::SetSession(..) => Kind::SetSession,
            Self::Get0(..) => Kind::Get0,
            Self::Get1(..) => Kind::Get1,
            Self::SetConnectionEarlyData(..) => Kind::SetConnectionEarlyData,
            Self::Corrupt(..) => Kind::Corrupt,
            Self::Cut(..) => Kind::Cut,
            Self::Break(..) => Kind::Break,
            Self::SessionNew => Kind::SessionNew,
            Self::SessionUpRef(..) => Kind::SessionUpRef,
            Self::SessionFree(..) => Kind::SessionFree,
            Self::SessionFreeNull => Kind::SessionFreeNull,
            Self::SessionDup(..) => Kind::SessionDup,
            Self::SessionDecode(..) => Kind::SessionDecode,
            Self::SessionUse(..) => Kind::SessionUse,
            Self::SessionIsResumable(..) => Kind::SessionIsResumable,
            Self::SessionSetTime(..) => Kind::SessionSetTime,
            Self::SessionSetTimeout(..) => Kind::SessionSetTimeout,
            Self::SessionForget(..) => Kind::SessionForget,
            Self::Advance(..) => Kind::Advance,
        }
    }

    /// The objects that it is about.
    #[must_use]
    pub fn about(&self) -> About {
        match *self {
            Self::ContextNew(x, ..) => About::NewContext(x),
            Self::ConnectionNew(c, x) => About::NewConnection(c, x),
            Self::Join(c, d) => About::Pair(c, d),
            Self::SetSession(c, Some(s)) => About::ConnectionSession(c, s),
            Self::AddSession(x, s) | Self::RemoveSession(x, s) => About::ContextSession(x, s),
            Self::ContextUpRef(x)
            | Self::ContextFree(x)
            | Self::SetCacheMode(x, ..)
            | Self::SetCacheSize(x, ..)
            | Self::SetTimeout(x, ..)
            | Self::SetNumTickets(x, ..)
            | Self::SetTickets(x, ..)
            | Self::SetEarlyData(x, ..)
            | Self::SetSessionIdContext(x, ..)
            | Self::SetNewCallback(x, ..)
            | Self::SetRemoveCallback(x, ..)
            | Self::SetGetCallback(x, ..)
            | Self::CacheNumber(x)
            | Self::FlushSessions(x, ..) => About::Context(x),
            Self::ConnectionUpRef(c)
            | Self::ConnectionFree(c)
            | Self::Hello(c)
            | Self::Complete(c)
            | Self::Read(c)
            | Self::Shutdown(c)
            | Self::SetShutdown(c, ..)
            | Self::SetQuietShutdown(c, ..)
            | Self::Clear(c)
            | Self::Get0(c)
            | Self::Get1(c)
            | Self::SetConnectionEarlyData(c, ..)
            | Self::Corrupt(c)
            | Self::Cut(c)
            | Self::Break(c)
            | Self::SetSession(c, None) => About::Connection(c),
            Self::SessionUpRef(s)
            | Self::SessionFree(s)
            | Self::SessionDup(s)
            | Self::SessionDecode(s)
            | Self::SessionUse(s)
            | Self::SessionIsResumable(s)
            | Self::SessionSetTime(s, ..)
            | Self::SessionSetTimeout(s, ..)
            | Self::SessionForget(s) => About::Session(s),
            Self::SessionNew | Self::SessionFreeNull | Self::Advance(_) => About::Nothing,
        }
    }

    /// The same call about other objects: each name is replaced by what the function for its kind makes of it.
    #[must_use]
    pub fn map_names(self, x: impl Fn(CtxId) -> CtxId, c: impl Fn(ConnId) -> ConnId, s: impl Fn(SessId) -> SessId) -> Self {
        match self {
            Self::ContextNew(a, b, c) => Self::ContextNew(x(a), b, c),
            Self::ContextUpRef(a) => Self::ContextUpRef(x(a)),
            Self::ContextFree(a) => Self::ContextFree(x(a)),
            Self::SetCacheMode(a, b) => Self::SetCacheMode(x(a), b),
            Self::SetCacheSize(a, b) => Self::SetCacheSize(x(a), b),
            Self::SetTimeout(a, b) => Self::SetTimeout(x(a), b),
            Self::SetNumTickets(a, b) => Self::SetNumTickets(x(a), b),
            Self::SetTickets(a, b) => Self::SetTickets(x(a), b),
            Self::SetEarlyData(a, b) => Self::SetEarlyData(x(a), b),
            Self::SetSessionIdContext(a, b) => Self::SetSessionIdContext(x(a), b),
            Self::SetNewCallback(a, b) => Self::SetNewCallback(x(a), b),
            Self::SetRemoveCallback(a, b) => Self::SetRemoveCallback(x(a), b),
            Self::SetGetCallback(a, b) => Self::SetGetCallback(x(a), b),
            Self::AddSession(a, b) => Self::AddSession(x(a), s(b)),
            Self::RemoveSession(a, b) => Self::RemoveSession(x(a), s(b)),
            Self::CacheNumber(a) => Self::CacheNumber(x(a)),
            Self::FlushSessions(a, b) => Self::FlushSessions(x(a), b),
            Self::ConnectionNew(a, b) => Self::ConnectionNew(c(a), x(b)),
            Self::ConnectionUpRef(a) => Self::ConnectionUpRef(c(a)),
            Self::ConnectionFree(a) => Self::ConnectionFree(c(a)),
            Self::Join(a, b) => Self::Join(c(a), c(b)),
            Self::Hello(a) => Self::Hello(c(a)),
            Self::Complete(a) => Self::Complete(c(a)),
            Self::Read(a) => Self::Read(c(a)),
            Self::Shutdown(a) => Self::Shutdown(c(a)),
            Self::SetShutdown(a, b) => Self::SetShutdown(c(a), b),
            Self::SetQuietShutdown(a, b) => Self::SetQuietShutdown(c(a), b),
            Self::Clear(a) => Self::Clear(c(a)),
            Self::SetSession(a, b) => Self::SetSession(c(a), b.map(s)),
            Self::Get0(a) => Self::Get0(c(a)),
            Self::Get1(a) => Self::Get1(c(a)),
            Self::SetConnectionEarlyData(a, b) => Self::SetConnectionEarlyData(c(a), b),
            Self::Corrupt(a) => Self::Corrupt(c(a)),
            Self::Cut(a) => Self::Cut(c(a)),
            Self::Break(a) => Self::Break(c(a)),
            Self::SessionUpRef(a) => Self::SessionUpRef(s(a)),
            Self::SessionFree(a) => Self::SessionFree(s(a)),
            Self::SessionDup(a) => Self::SessionDup(s(a)),
            Self::SessionDecode(a) => Self::SessionDecode(s(a)),
            Self::SessionUse(a) => Self::SessionUse(s(a)),
            Self::SessionIsResumable(a) => Self::SessionIsResumable(s(a)),
            Self::SessionSetTime(a, b) => Self::SessionSetTime(s(a), b),
            Self::SessionSetTimeout(a, b) => Self::SessionSetTimeout(s(a), b),
            Self::SessionForget(a) => Self::SessionForget(s(a)),
            Self::SessionNew | Self::SessionFreeNull | Self::Advance(_) => self,
        }
    }
}

impl Action {
    /// The same action about other objects, see [`Call::map_names`].
    #[must_use]
    pub fn map_names(self, x: impl Fn(CtxId) -> CtxId, c: impl Fn(ConnId) -> ConnId, s: impl Fn(SessId) -> SessId) -> Self {
        Self { call: self.call.map_names(x, c, s), choice: self.choice }
    }
}
