//! The calls: one table, from which everything that goes call by call is made.

use crate::{
    Act, CacheMode, Callback, Coding, ConnId, CtxId, DecryptAnswer, EarlyData, Foreign, GenerateAnswer, GetCallback, Groups, HostName,
    NewCallback, NewId, NotResumableCallback, OpenAnswer, Opt, Quiet, RemoveCallback, SealAnswer, ServerNameCallback, SessId,
    ShutdownState, Side, Verify, Version,
};

/// Hands the table of calls to the macro named: for each call its documentation, its arguments, what it is called in C (or in a
/// word where it is no call), and the name of the operation that carries it out.
#[macro_export]
macro_rules! with_calls {
    ($then:ident) => {
        $then! {
            /// `SSL_CTX_new`, with the version fixed and, for a server, a certificate: a new context of which the application holds one reference.
            ContextNew(x: CtxId, side: Side, version: Version) = "SSL_CTX_new", context_new;
            /// `SSL_CTX_up_ref`.
            ContextUpRef(x: CtxId) = "SSL_CTX_up_ref", context_up_ref;
            /// `SSL_CTX_free`.
            ContextFree(x: CtxId) = "SSL_CTX_free", context_free;
            /// `SSL_CTX_set_session_cache_mode`. Returns the mode before.
            SetCacheMode(x: CtxId, mode: CacheMode) = "SSL_CTX_set_session_cache_mode", set_cache_mode;
            /// `SSL_CTX_sess_set_cache_size`, 0 for no limit. Returns the size before.
            SetCacheSize(x: CtxId, size: u32) = "SSL_CTX_sess_set_cache_size", set_cache_size;
            /// `SSL_CTX_set_timeout`, seconds. Returns the timeout before.
            SetTimeout(x: CtxId, timeout_s: i64) = "SSL_CTX_set_timeout", set_timeout;
            /// `SSL_CTX_set_num_tickets`.
            SetNumTickets(x: CtxId, number: u32) = "SSL_CTX_set_num_tickets", set_num_tickets;
            /// `SSL_CTX_set_options`.
            SetOption(x: CtxId, option: Opt) = "SSL_CTX_set_options", set_option;
            /// `SSL_CTX_clear_options`.
            ClearOption(x: CtxId, option: Opt) = "SSL_CTX_clear_options", clear_option;
            /// `SSL_CTX_set_max_early_data`.
            SetEarlyData(x: CtxId, early_data: EarlyData) = "SSL_CTX_set_max_early_data", set_early_data;
            /// `SSL_CTX_set_session_id_context`; 0 stands for the empty one.
            SetSessionIdContext(x: CtxId, sid_ctx: u8) = "SSL_CTX_set_session_id_context", set_session_id_context;
            /// `SSL_CTX_sess_set_new_cb`.
            SetNewCallback(x: CtxId, callback: NewCallback) = "SSL_CTX_sess_set_new_cb", set_new_callback;
            /// `SSL_CTX_sess_set_remove_cb`.
            SetRemoveCallback(x: CtxId, callback: RemoveCallback) = "SSL_CTX_sess_set_remove_cb", set_remove_callback;
            /// `SSL_CTX_sess_set_get_cb`.
            SetGetCallback(x: CtxId, callback: GetCallback) = "SSL_CTX_sess_set_get_cb", set_get_callback;
            /// `SSL_CTX_set_quiet_shutdown`.
            SetContextQuietShutdown(x: CtxId, quiet: Quiet) = "SSL_CTX_set_quiet_shutdown", set_context_quiet_shutdown;
            /// `SSL_CTX_set_tlsext_ticket_key_cb`, a server's: what the callback answers, sealing and opening.
            SetTicketKeyCallback(x: CtxId, sealing: SealAnswer, opening: OpenAnswer) = "SSL_CTX_set_tlsext_ticket_key_cb", set_ticket_key_callback;
            /// `SSL_CTX_set_session_ticket_cb`, a server's: what the two callbacks answer, `None` for NULL.
            SetTicketCallbacks(x: CtxId, generate: Option<GenerateAnswer>, decrypt: Option<DecryptAnswer>) = "SSL_CTX_set_session_ticket_cb", set_ticket_callbacks;
            /// Not a call: what a callback of the cache does on its own context from now on, besides answering; `None` for nothing.
            SetActs(x: CtxId, callback: Callback, act: Option<Act>) = "calls-back", set_acts;
            /// `SSL_CTX_set1_groups_list`.
            SetGroups(x: CtxId, groups: Groups) = "SSL_CTX_set1_groups_list", set_groups;
            /// `SSL_CTX_set_not_resumable_session_callback`.
            SetNotResumableCallback(x: CtxId, callback: NotResumableCallback) = "SSL_CTX_set_not_resumable_session_callback", set_not_resumable_callback;
            /// `SSL_CTX_add_session`. Returns 1, or 0 where this very object was there.
            AddSession(x: CtxId, s: SessId) = "SSL_CTX_add_session", add_session;
            /// `SSL_CTX_remove_session`. Returns 1 where it was there, else 0.
            RemoveSession(x: CtxId, s: SessId) = "SSL_CTX_remove_session", remove_session;
            /// `SSL_CTX_sess_number`. Returns the number of sessions in the internal cache.
            CacheNumber(x: CtxId) = "SSL_CTX_sess_number", cache_number;
            /// `SSL_CTX_flush_sessions` at a time in seconds, never 0 (what 0 means is not written).
            FlushSessions(x: CtxId, at: u32) = "SSL_CTX_flush_sessions", flush_sessions;
            /// `SSL_CTX_set_verify`, on a server.
            SetVerify(x: CtxId, verify: Verify) = "SSL_CTX_set_verify", set_verify;
            /// `SSL_CTX_set_tlsext_servername_callback`, on a server.
            SetServerNameCallback(x: CtxId, callback: ServerNameCallback) = "SSL_CTX_set_tlsext_servername_callback", set_server_name_callback;

            /// `SSL_new`, followed by `SSL_set_connect_state` or `SSL_set_accept_state`: a connection without a transport.
            ConnectionNew(c: ConnId, x: CtxId) = "SSL_new", connection_new;
            /// `SSL_up_ref`.
            ConnectionUpRef(c: ConnId) = "SSL_up_ref", connection_up_ref;
            /// `SSL_free`.
            ConnectionFree(c: ConnId) = "SSL_free", connection_free;
            /// `SSL_set_bio` on both: a new transport between a client and a server connection, both idle.
            Join(client: ConnId, server: ConnId) = "SSL_set_bio", join;
            /// `SSL_do_handshake` on the client named, then on its peer: the ClientHello is sent and answered.
            Hello(client: ConnId) = "hello", hello;
            /// `SSL_do_handshake` on both in turn until neither moves: the rest of the handshake of the client named, or its failure.
            Complete(client: ConnId) = "SSL_do_handshake", complete;
            /// `SSL_read` until it wants more: takes in all that is on its way to this connection.
            Read(c: ConnId) = "SSL_read", read;
            /// `SSL_shutdown`, once. Returns 1 where the peer's close_notify has come, 0 where it has not, -1 where it could not be done.
            Shutdown(c: ConnId) = "SSL_shutdown", shutdown;
            /// `SSL_set_shutdown`.
            SetShutdown(c: ConnId, state: ShutdownState) = "SSL_set_shutdown", set_shutdown;
            /// `SSL_set_quiet_shutdown`.
            SetQuietShutdown(c: ConnId, quiet: Quiet) = "SSL_set_quiet_shutdown", set_quiet_shutdown;
            /// `SSL_clear`. Its transport is gone afterwards; [`Call::Join`] gives it another.
            Clear(c: ConnId) = "SSL_clear", clear;
            /// `SSL_set_session`, `None` for NULL. Returns 1.
            SetSession(c: ConnId, s: Option<SessId>) = "SSL_set_session", set_session;
            /// `SSL_get0_session`: borrows. Returns a session or NULL.
            Get0(c: ConnId) = "SSL_get0_session", get0;
            /// `SSL_get1_session`: counts. Returns a session or NULL.
            Get1(c: ConnId) = "SSL_get1_session", get1;
            /// `SSL_set_max_early_data` on one connection, before its handshake.
            SetConnectionEarlyData(c: ConnId, early_data: EarlyData) = "SSL_set_max_early_data", set_connection_early_data;
            /// `SSL_dup` of the second: a new connection of the first name, where it makes one. Returns 1 if it does, and 0 where it gives the same
            /// connection once more.
            ConnectionDup(new: ConnId, of: ConnId) = "SSL_dup", connection_dup;
            /// `SSL_set_session_id_context` on one connection; 0 stands for the empty one.
            SetConnectionSessionIdContext(c: ConnId, sid_ctx: u8) = "SSL_set_session_id_context", set_connection_session_id_context;
            /// `SSL_set_tlsext_host_name`, on a client. Returns 1.
            SetHostName(c: ConnId, name: HostName) = "SSL_set_tlsext_host_name", set_host_name;
            /// `SSL_copy_session_id`, to the first from the second. Returns 1.
            CopySessionId(to: ConnId, from: ConnId) = "SSL_copy_session_id", copy_session_id;
            /// `SSL_set_SSL_CTX`: another context, of the same side and version.
            SetContext(c: ConnId, x: CtxId) = "SSL_set_SSL_CTX", set_context;
            /// `SSL_write` of one byte. Returns 1, or -1 where it cannot be sent.
            Write(c: ConnId) = "SSL_write", write;
            /// The network: the transport takes nothing more from this connection for now.
            Block(c: ConnId) = "block", block;
            /// The network: the transport takes again what this connection writes.
            Unblock(c: ConnId) = "unblock", unblock;
            /// `SSL_set_num_tickets` on one connection, before its handshake.
            SetConnectionNumTickets(c: ConnId, number: u32) = "SSL_set_num_tickets", set_connection_num_tickets;
            /// `SSL_new_session_ticket`. Returns 1 where a ticket will be sent, else 0.
            AskTicket(c: ConnId) = "SSL_new_session_ticket", ask_ticket;
            /// `SSL_do_handshake` on a connection whose handshake is over: tickets that were asked for are sent. Returns 1, or -1 where one cannot be made.
            HandshakeAgain(c: ConnId) = "SSL_do_handshake again", handshake_again;
            /// `SSL_renegotiate`, then `SSL_do_handshake`: a client's ClientHello or a server's request is sent. Returns what the first returned.
            Renegotiate(c: ConnId) = "SSL_renegotiate", renegotiate;
            /// The same with `SSL_renegotiate_abbreviated`.
            RenegotiateAbbreviated(c: ConnId) = "SSL_renegotiate_abbreviated", renegotiate_abbreviated;
            /// `SSL_set_post_handshake_auth` on a client's connection before its handshake, which is given a certificate as well.
            SetPostHandshakeAuth(c: ConnId) = "SSL_set_post_handshake_auth", set_post_handshake_auth;
            /// `SSL_verify_client_post_handshake`, then `SSL_do_handshake`: the request for a certificate is sent. Returns what the first returned.
            VerifyPostHandshake(c: ConnId) = "SSL_verify_client_post_handshake", verify_post_handshake;
            /// The network: what this connection reads next, after all that is on its way, is a broken record.
            Corrupt(c: ConnId) = "corrupt", corrupt;
            /// The network: the transport of this connection and its peer ends in both directions; what is on its way still arrives, what is sent later is lost.
            Cut(c: ConnId) = "cut", cut;
            /// The network: reads and writes of this connection fail from now on, and what was on its way to it is lost.
            Break(c: ConnId) = "break", break_wire;

            /// Not a call: this connection's transport leads to a peer that is not ours.
            JoinForeign(c: ConnId) = "foreign", join_foreign;
            /// The network: a client that is not ours says hello to this server and proposes this session of the server's, or nothing.
            ForeignHello(c: ConnId, s: Option<SessId>) = "foreign-hello", foreign_hello;
            /// The network: a peer that is not ours sends something.
            ForeignSends(c: ConnId, what: Foreign) = "foreign-sends", foreign_sends;
            /// The network: a server that is not ours sends a TLS 1.3 ticket with this lifetime hint, seconds.
            ForeignTicket(c: ConnId, hint_s: u32) = "foreign-ticket", foreign_ticket;

            /// `SSL_SESSION_new`: an empty session, owned by the application.
            SessionNew = "SSL_SESSION_new", session_new;
            /// `SSL_SESSION_up_ref`.
            SessionUpRef(s: SessId) = "SSL_SESSION_up_ref", session_up_ref;
            /// `SSL_SESSION_free`.
            SessionFree(s: SessId) = "SSL_SESSION_free", session_free;
            /// `SSL_SESSION_free(NULL)`.
            SessionFreeNull = "SSL_SESSION_free(NULL)", session_free_null;
            /// `SSL_SESSION_dup`: a copy, owned by the application.
            SessionDup(s: SessId) = "SSL_SESSION_dup", session_dup;
            /// `i2d_SSL_SESSION`, then `d2i_SSL_SESSION` of the result: a copy, owned by the application.
            SessionDecode(s: SessId) = "d2i_SSL_SESSION", session_decode;
            /// `SSL_SESSION_get_time`: reads through a pointer to a session.
            SessionUse(s: SessId) = "SSL_SESSION_get_time", session_use;
            /// `SSL_SESSION_is_resumable`. Returns 1 or 0.
            SessionIsResumable(s: SessId) = "SSL_SESSION_is_resumable", session_is_resumable;
            /// `SSL_SESSION_set_time`, seconds. Returns 1.
            SessionSetTime(s: SessId, time: i64) = "SSL_SESSION_set_time", session_set_time;
            /// `SSL_SESSION_set_timeout`, seconds. Returns 1; 0 where it refuses.
            SessionSetTimeout(s: SessId, timeout_s: i64) = "SSL_SESSION_set_timeout", session_set_timeout;
            /// `i2d_SSL_SESSION` or `PEM_write_bio_SSL_SESSION`, then the reading of the result: a copy, owned by the application, or NULL.
            SessionDecodeAs(s: SessId, coding: Coding) = "d2i_SSL_SESSION(..)", session_decode_as;
            /// `i2d_SSL_SESSION` of the second session, then `d2i_SSL_SESSION` of the result into the first. Returns that one, or NULL.
            SessionDecodeInto(s: SessId, t: SessId, coding: Coding) = "d2i_SSL_SESSION(&s, ..)", session_decode_into;
            /// `SSL_SESSION_set1_id`, with an id that no session has. Returns 1, or 0 where it is too long.
            SessionSetId(s: SessId, id: NewId) = "SSL_SESSION_set1_id", session_set_id;
            /// `SSL_SESSION_set1_id` of the first session, with the id of the second. Returns 1.
            SessionSetIdOf(s: SessId, t: SessId) = "SSL_SESSION_set1_id(s, id of t)", session_set_id_of;
            /// `SSL_SESSION_get_id` of both: 1 where the two have an id and it is the same, else 0.
            SessionSameId(s: SessId, t: SessId) = "SSL_SESSION_get_id", session_same_id;
            /// Not a call: the application lets a reference of its own go without giving it back.
            SessionForget(s: SessId) = "forget", session_forget;

            /// The clock goes on by so many seconds.
            Advance(seconds: u32) = "advance", advance_clock;
        }
    };
}

macro_rules! define {
    ($($(#[$doc:meta])+ $name:ident $(($($arg:ident: $kind:ty),+))? = $text:literal, $operation:ident;)*) => {
        /// What an application, the network or the clock does. Objects that a call makes are named in it, except sessions: those are
        /// named in the order in which they are born.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Call {
            $($(#[$doc])+ $name $(($($kind),+))?,)*
        }

        /// Which call it is, whatever its arguments.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind {
            $($(#[$doc])+ $name,)*
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

        impl Call {
            /// Which call it is.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$name { .. } => Kind::$name,)*
                }
            }

            /// The objects that it names, those that it makes among them, in the order of its arguments.
            #[must_use]
            pub fn named(&self) -> Named {
                let mut named = Named::default();
                match *self {
                    $(Self::$name $(($($arg),+))? => { $($($arg.name_in(&mut named);)+)? })*
                }
                named
            }

            /// The same call about other objects: each name is replaced by what the function for its kind makes of it.
            #[must_use]
            pub fn map_names(self, x: impl Fn(CtxId) -> CtxId, c: impl Fn(ConnId) -> ConnId, s: impl Fn(SessId) -> SessId) -> Self {
                let names = Names { x, c, s };
                match self {
                    $(Self::$name $(($($arg),+))? => Self::$name $(($($arg.renamed(&names)),+))?,)*
                }
            }
        }
    };
}

with_calls!(define);

/// The objects that a call names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Named {
    /// Contexts.
    pub contexts: [Option<CtxId>; 2],
    /// Connections.
    pub connections: [Option<ConnId>; 2],
    /// Sessions.
    pub sessions: [Option<SessId>; 2],
}

/// What becomes of each kind of name.
struct Names<X, C, S> {
    x: X,
    c: C,
    s: S,
}

/// An argument of a call: it may name an object.
trait Argument: Copy {
    /// Puts its name among others.
    fn name_in(self, _: &mut Named) {}

    /// The same about another object.
    fn renamed(self, _: &Names<impl Fn(CtxId) -> CtxId, impl Fn(ConnId) -> ConnId, impl Fn(SessId) -> SessId>) -> Self {
        self
    }
}

macro_rules! names {
    ($kind:ident, $field:ident, $of:ident) => {
        impl Argument for $kind {
            fn name_in(self, named: &mut Named) {
                let [first, second] = &mut named.$field;
                *(if first.is_none() { first } else { second }) = Some(self);
            }

            fn renamed(self, names: &Names<impl Fn(CtxId) -> CtxId, impl Fn(ConnId) -> ConnId, impl Fn(SessId) -> SessId>) -> Self {
                (names.$of)(self)
            }
        }
    };
}

names!(CtxId, contexts, x);
names!(ConnId, connections, c);
names!(SessId, sessions, s);

impl<T: Argument> Argument for Option<T> {
    fn name_in(self, named: &mut Named) {
        if let Some(object) = self {
            object.name_in(named);
        }
    }

    fn renamed(self, names: &Names<impl Fn(CtxId) -> CtxId, impl Fn(ConnId) -> ConnId, impl Fn(SessId) -> SessId>) -> Self {
        self.map(|object| object.renamed(names))
    }
}

/// Arguments that name nothing.
macro_rules! plain {
    ($($kind:ident)+) => {
        $(impl Argument for $kind {})+
    };
}

plain! {
    u8
    u32
    i64
    Side
    Version
    CacheMode
    Opt
    EarlyData
    NewCallback
    RemoveCallback
    GetCallback
    SealAnswer
    OpenAnswer
    GenerateAnswer
    DecryptAnswer
    ShutdownState
    Quiet
    Foreign
    Verify
    ServerNameCallback
    HostName
    Coding
    NewId
    Callback
    Act
    Groups
    NotResumableCallback
}
