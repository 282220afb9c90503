//! Scripts: what to do, with objects named by role. Roles are resolved while the script runs, against the state that the
//! checker believes in, so a script means something whatever the library chooses.

mod attach;
mod copies;
mod ending;
mod further;
mod generate;
mod resolve;
mod tickets;

pub use attach::{Hosting, Taking};
pub use ending::Ending;
pub use further::{Again, Further};
pub use generate::scripts;
pub use resolve::Resolver;
pub use tickets::{Asking, Next, TicketSetup};

use sessck_model::{
    CacheMode, Call, Coding, CtxId, DecryptAnswer, EarlyData, Eof, GenerateAnswer, GetCallback, NewCallback, NewId, Opt, Quiet,
    RemoveCallback, ShutdownState, TicketKeyCallback, Tickets, Version,
};

/// A number that picks one object of those that fit, modulo how many there are.
pub type Pick = u8;

/// One script: how the contexts are set up, then what is done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// The version of all contexts but perhaps one.
    pub version: Version,
    /// The contexts; there is at least one of each side.
    pub contexts: Vec<Setup>,
    /// What is done, in order.
    pub moves: Vec<Move>,
    /// How what is still open at the end is ended.
    pub ends_cleanly: bool,
}

/// How one context is set up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setup {
    /// A server's context.
    pub server: bool,
    /// It has the other version.
    pub other_version: bool,
    /// The cache mode, if it is set.
    pub mode: Option<CacheMode>,
    /// The cache size, if it is set.
    pub size: Option<u32>,
    /// The timeout, if it is set, seconds.
    pub timeout: Option<i64>,
    /// The number of tickets, if it is set.
    pub num_tickets: Option<u32>,
    /// How sessions travel.
    pub tickets: Tickets,
    /// Whether early data is allowed.
    pub early_data: EarlyData,
    /// The session id context.
    pub sid_ctx: u8,
    /// Whether it is quiet.
    pub quiet: Quiet,
    /// What the end of the transport counts as.
    pub eof: Eof,
    /// The new-session callback.
    pub new_callback: NewCallback,
    /// The remove-session callback.
    pub remove_callback: RemoveCallback,
    /// The get-session callback.
    pub get_callback: GetCallback,
    /// Virtual hosts.
    pub hosting: Hosting,
    /// The callbacks of tickets, and anti-replay; a server's.
    pub ticket_setup: TicketSetup,
    /// How a server takes further handshakes.
    pub further: Further,
}

/// One thing to do. A move becomes one call, or those few that only make sense together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Move {
    /// Two new connections, joined.
    Connect {
        /// Which client context.
        client: Pick,
        /// Which server context.
        server: Pick,
        /// Which session is attached to the client before, if any.
        offer: Option<Pick>,
        /// How far the handshake goes: 0 not at all, 1 the hello, more: to its end.
        depth: u8,
        /// Whether the client reads what came with the handshake.
        reads: bool,
        /// How many tickets the server's connection is set to send, if it is.
        num_tickets: Option<u32>,
        /// Whether the application takes references then: 1 to the client's session, 2 to the server's, 3 to both.
        takes: u8,
    },
    /// An idle connection is joined with an idle or new one of the other side.
    Rejoin(Pick),
    /// The hello of a joined client.
    Hello(Pick),
    /// The rest of a handshake.
    Complete(Pick),
    /// Something that is done to a connection.
    OnConnection(Pick, OnConnection),
    /// A connection ends, and perhaps its peer: shut down or not, then freed.
    End {
        /// Which connection.
        connection: Pick,
        /// Whether it shuts down first.
        cleanly: bool,
        /// Whether the peer reads, shuts down and is freed as well.
        both: bool,
        /// Whether it is cleared instead of freed.
        clears: bool,
    },
    /// An open connection comes to its end, or nearly.
    Ending(Pick, Ending),
    /// Something that is done to a session.
    OnSession(Pick, OnSession),
    /// Something that is done to a context.
    OnContext(Pick, OnContext),
    /// A server is asked for tickets.
    Ask(Asking),
    /// A further handshake on a connection that is open.
    Again(Again),
    /// A connection and its peer are cleared and used again.
    Reuse {
        /// Which connection.
        connection: Pick,
        /// Who shuts down before: 1 the client, 2 the server, 3 both.
        shuts: u8,
    },
    /// An empty session.
    SessionNew,
    /// Freeing NULL.
    FreeNull,
    /// Time passes, seconds.
    Advance(u32),
}

/// What can be done to a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "named as the calls they become")]
pub enum OnConnection {
    Read,
    Shutdown,
    SetShutdown(ShutdownState),
    Quiet(Quiet),
    Clear,
    UpRef,
    Free,
    SetSession(Option<Pick>),
    Get0,
    Get1,
    EarlyData(EarlyData),
    Write,
    Block,
    Unblock,
    NumTickets(u32),
    Corrupt,
    Cut,
    Break,
    Take(Taking),
}

/// What can be done to a session.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "named as the calls they become")]
pub enum OnSession {
    UpRef,
    Free,
    Dup,
    Decode,
    Use,
    IsResumable,
    Add,
    Remove,
    /// A time this many seconds before (below 0) or after now.
    SetTime(i32),
    SetTimeout(i64),
    /// Adds one of any kind, perhaps to a context of the other side.
    AddAny,
    RemoveAny,
    DecodeAs(Coding),
    /// Into a new one, which is made where there is none.
    DecodeInto(Coding),
    SetId(NewId),
    SetIdOf(Pick),
    SameId(Pick),
}

/// What can be done to a context.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "named as the calls they become")]
pub enum OnContext {
    Mode(CacheMode),
    Size(u32),
    Timeout(i64),
    NewCallback(NewCallback),
    RemoveCallback(RemoveCallback),
    GetCallback(GetCallback),
    TicketKeyCallback(TicketKeyCallback),
    TicketCallbacks(Option<GenerateAnswer>, Option<DecryptAnswer>),
    SessionIdContext(u8),
    Quiet(Quiet),
    Eof(Eof),
    Number,
    /// A flush this many seconds before (below 0) or after now.
    Flush(i32),
    UpRef,
    Free,
}

impl Setup {
    /// The calls that set this context up.
    pub(crate) fn calls(&self, id: CtxId, version: Version) -> Vec<Call> {
        use sessck_model::Side::{Client, Server};
        let version = if self.other_version { other(version) } else { version };
        let mut calls = vec![Call::ContextNew(id, if self.server { Server } else { Client }, version)];
        calls.extend(self.mode.map(|mode| Call::SetCacheMode(id, mode)));
        calls.extend(self.size.map(|size| Call::SetCacheSize(id, size)));
        calls.extend(self.timeout.map(|timeout| Call::SetTimeout(id, timeout)));
        if self.server {
            calls.extend(self.num_tickets.map(|number| Call::SetNumTickets(id, number)));
            calls.extend((self.tickets == Tickets::Stateful).then_some(Call::SetOption(id, Opt::NoTicket)));
            calls.extend((self.early_data == EarlyData::Allowed).then_some(Call::SetEarlyData(id, self.early_data)));
            calls.extend((self.sid_ctx != 0).then_some(Call::SetSessionIdContext(id, self.sid_ctx)));
            calls.extend(self.further.calls(id));
            calls.extend((self.get_callback != GetCallback::Unset).then_some(Call::SetGetCallback(id, self.get_callback)));
            calls.extend(self.hosting.calls(id));
            calls.extend(self.ticket_setup.calls(id));
        }
        calls.extend((self.quiet == Quiet::On).then_some(Call::SetContextQuietShutdown(id, self.quiet)));
        calls.extend((self.eof == Eof::Close).then_some(Call::SetOption(id, Opt::IgnoreUnexpectedEof)));
        calls.extend((self.new_callback != NewCallback::Unset).then_some(Call::SetNewCallback(id, self.new_callback)));
        calls.extend((self.remove_callback != RemoveCallback::Unset).then_some(Call::SetRemoveCallback(id, self.remove_callback)));
        calls
    }
}

fn other(version: Version) -> Version {
    match version {
        Version::Tls12 => Version::Tls13,
        Version::Tls13 => Version::Tls12,
    }
}
