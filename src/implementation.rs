//! What any implementation under test takes and gives: a [`Call`] in, an [`Observation`] out.
//!
//! Ids in calls and observations are the trace's names: contexts and connections are named by the call that makes them;
//! sessions are named `s0`, `s1`, ... in the order of birth, and only those that outlive the call they were born in or
//! were shown to a callback. A session that is born and dies within one call unseen has no name.

mod fault;
mod seen;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

pub use self::seen::{SeenMode, Statistics, counter_word};
use serde::{Deserialize, Serialize};

use sessck_model::{Act, Call, ConnId, CtxId, Hook, SessId};

pub use self::fault::{CallFault, FAILED_IN, Faulted};

/// A model id as traces write it: `x0`, `c0`, `s0`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name<T>(pub T);

impl<T: fmt::Display> Serialize for Name<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Name<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map(Name).map_err(|_| serde::de::Error::custom(format!("`{text}` is not an object's name here")))
    }
}

/// What a call gave back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Returned {
    /// The call returns nothing, or what it returns says nothing about sessions.
    #[default]
    Nothing,
    /// A number: an answer, a state before, 1 for success.
    Number(i64),
    /// A cache mode before.
    Mode(SeenMode),
    /// A session.
    Session(Name<SessId>),
    /// NULL where a session could be.
    Null,
}

/// Something that happened inside a call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A session was born.
    Born(Name<SessId>),
    /// A session's memory was given back.
    Died(Name<SessId>),
    /// The new-session callback ran.
    New {
        /// On which connection.
        connection: Name<ConnId>,
        /// With which session.
        session: Name<SessId>,
        /// Whether `SSL_SESSION_is_resumable` held inside the callback.
        resumable: bool,
        /// What it answered: 1 keeps the reference.
        kept: bool,
    },
    /// The remove-session callback ran, and its argument was in memory.
    Removed {
        /// For which context.
        context: Name<CtxId>,
        /// With which session.
        session: Name<SessId>,
    },
    /// What was to fail in this call failed here: see [`CallFault`].
    Failed,
    /// A callback called back, and what happened from the callback's own event on happened inside it: see [`Call::SetActs`].
    Acted {
        /// What it did.
        act: Name<Act>,
        /// For which context.
        context: Name<CtxId>,
        /// With which session.
        session: Name<SessId>,
        /// What that returned, if anything.
        answer: i32,
        /// `SSL_CTX_sess_number` then.
        left: u32,
    },
    /// The get-session callback ran.
    Asked {
        /// On which connection.
        connection: Name<ConnId>,
        /// What it answered.
        answer: Option<Name<SessId>>,
    },
    /// Another callback ran.
    Hook {
        /// Which.
        hook: Name<Hook>,
        /// On which connection.
        connection: Name<ConnId>,
        /// What it answered.
        answer: i8,
    },
}

/// What can be seen of a context between calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ContextFacts {
    /// `SSL_CTX_sess_number`.
    pub number: u32,
    /// `SSL_CTX_sess_connect` and the like, where they can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Statistics>,
}

/// What can be seen of a connection between calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ConnectionFacts {
    /// `SSL_get_session`.
    pub session: Option<Name<SessId>>,
    /// `SSL_session_reused`.
    pub reused: bool,
    /// `SSL_SENT_SHUTDOWN` in `SSL_get_shutdown`.
    pub sent: bool,
    /// `SSL_RECEIVED_SHUTDOWN` in `SSL_get_shutdown`.
    pub received: bool,
    /// `SSL_is_init_finished`: a handshake completed and no fatal error came.
    pub open: bool,
    /// `SSL_get_SSL_CTX`, where that is not the context that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Name<CtxId>>,
}

/// What can be seen of a session between calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct SessionFacts {
    /// The reference count, where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// `SSL_SESSION_is_resumable`.
    pub resumable: bool,
    /// `SSL_SESSION_get_time`, in seconds of the virtual clock.
    pub time: i64,
    /// `SSL_SESSION_get_timeout`, seconds.
    pub timeout: i64,
    /// `SSL_SESSION_get_ticket_lifetime_hint`, seconds, where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<u64>,
}

/// What one call showed: its answer, what happened inside it, and every fact that differs from what was last shown.
/// A fact that is not listed is as it was. An object that is gone is listed by its death (sessions) or not at all.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// What the call gave back.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub returned: Returned,
    /// Births, deaths and callbacks, in the order in which they happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Contexts of which a fact changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contexts: BTreeMap<Name<CtxId>, ContextFacts>,
    /// Connections of which a fact changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub connections: BTreeMap<Name<ConnId>, ConnectionFacts>,
    /// Sessions of which a fact changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sessions: BTreeMap<Name<SessId>, SessionFacts>,
}

fn is_nothing(returned: &Returned) -> bool {
    *returned == Returned::Nothing
}

/// Something that an implementation cannot show; the clauses that need it are then unchecked, and listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// Births and deaths of sessions.
    Lifetimes,
    /// Exact reference counts.
    Counts,
    /// `SSL_SESSION_is_resumable`.
    Resumable,
    /// `SSL_SESSION_dup`.
    Dup,
    /// `SSL_up_ref`.
    ConnectionUpRef,
    /// `SSL_CTX_up_ref`.
    ContextUpRef,
    /// `SSL_CTX_set_num_tickets`.
    NumTickets,
    /// `SSL_CTX_set_max_early_data`.
    EarlyData,
    /// TLS 1.3.
    Tls13,
    /// Peers that are not ours: what such a peer did can be told, and not be made.
    ForeignPeers,
    /// Memory that can be told to fail.
    AllocationFaults,
    /// A transport that can be told to fail at a byte.
    TransportFaults,
    /// `SSL_dup`.
    ConnectionDup,
    /// `SSL_copy_session_id`.
    CopySessionId,
    /// The server-name callback, host names and `SSL_set_SSL_CTX`.
    ServerName,
    /// `SSL_OP_IGNORE_UNEXPECTED_EOF`.
    IgnoreUnexpectedEof,
    /// `SSL_CTX_set_tlsext_ticket_key_cb`, with what its callback needs.
    TicketKeys,
    /// `SSL_CTX_set_session_ticket_cb`.
    TicketCallbacks,
    /// `SSL_new_session_ticket`.
    NewSessionTicket,
    /// `SSL_CTX_sess_connect` and the like.
    Statistics,
    /// `SSL_SESSION_get_ticket_lifetime_hint`.
    LifetimeHint,
    /// `SSL_SESS_CACHE_UPDATE_TIME`.
    UpdateTime,
    /// `SSL_SESSION_set1_id`.
    SetId,
    /// `PEM_read_bio_SSL_SESSION` and `PEM_write_bio_SSL_SESSION`.
    Pem,
    /// A second ClientHello that does not propose what the first one did.
    WithdrawnProposal,
    /// A session id of TLS 1.2 for a client that has presented a ticket.
    IdAfterTicket,
    /// `SSL_CTX_set1_groups_list`.
    Groups,
    /// `SSL_renegotiate` and `SSL_renegotiate_abbreviated`.
    Renegotiation,
    /// `SSL_verify_client_post_handshake`.
    PostHandshakeAuth,
    /// `SSL_CTX_set_not_resumable_session_callback`.
    NotResumableCallback,
}

/// Which implementation it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Identity {
    /// A short name: `libssl`, or the name that was asked for.
    pub name: String,
    /// Its version as it tells it: `3.0.22`.
    pub version: String,
    /// Its family: `native`, `openssl`, `boringssl`, `aws-lc`, `libressl`, `wolfssl`.
    pub family: String,
    /// What it cannot show or do.
    pub lacks: Vec<Lack>,
}

/// Why a call could not be carried out. None of these is a statement about sessions except [`Trouble::Crashed`] and
/// [`Trouble::Hung`], which are findings about the library.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// The library's process ended by a signal.
    #[error("the library crashed: {0}")]
    Crashed(String),
    /// The library did not answer before the deadline; its process was killed.
    #[error("the library did not answer within {0} seconds")]
    Hung(u64),
    /// The process ended without a signal, or broke the protocol.
    #[error("the library's process ended: {0}")]
    Gone(String),
    /// The file cannot be opened as a library.
    #[error("cannot open {path}: {reason}")]
    Unopenable {
        /// Which file.
        path: String,
        /// What the loader said.
        reason: String,
    },
    /// The library has no such function and no substitute for it.
    #[error("{path} is no usable libssl: it lacks {symbol}")]
    LacksSymbol {
        /// Which file.
        path: String,
        /// The function that every script needs.
        symbol: String,
    },
    /// This call needs something that the implementation declared as lacking.
    #[error("the library cannot do this: {0:?}")]
    Cannot(Lack),
    /// The call itself failed where it must not for reasons that have nothing to do with sessions.
    #[error("the harness failed: {0}")]
    Harness(String),
}

/// An implementation that scripts and traces are run on.
pub trait Implementation {
    /// Who it is and what it lacks.
    fn identity(&self) -> &Identity;

    /// Starts a case: no object is left of the one before, the clock stands at its start, names begin at 0 again.
    ///
    /// # Errors
    /// If the implementation cannot be started again.
    fn reset(&mut self) -> Result<(), Trouble>;

    /// Carries one call out. The caller sees to it that the call is defined behaviour by the pages.
    ///
    /// # Errors
    /// If it could not be carried out; after that only [`Implementation::reset`] is of use.
    fn perform(&mut self, call: &Call) -> Result<Observation, Trouble>;

    /// The same while something fails in the middle of it. From then on until the reset memory that is given back stays apart, so that
    /// what is given back twice or used afterwards shows.
    ///
    /// # Errors
    /// As above; [`Trouble::Cannot`] where nothing can be made to fail.
    fn perform_faulted(&mut self, call: &Call, fault: CallFault) -> Result<Faulted, Trouble> {
        _ = (call, fault);
        Err(Trouble::Cannot(Lack::AllocationFaults))
    }

    /// Has a task done where the implementation itself runs, and gives what is answered. `None` where that is here.
    ///
    /// # Errors
    /// If it was not done: after that only [`Implementation::reset`] is of use.
    fn delegate(&mut self, task: &str) -> Option<Result<String, Trouble>> {
        _ = task;
        None
    }

    /// Has the next reset start from nothing, as if no case had been run before.
    fn renew(&mut self) {}

    /// How many blocks of memory were written to after they had been given back, since a fault was met.
    ///
    /// # Errors
    /// If the implementation cannot be asked any more.
    fn written_after_release(&mut self) -> Result<u32, Trouble> {
        Ok(0)
    }
}
