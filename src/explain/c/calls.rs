//! The C form of each call: the one place to add one, as a row of `forms!`.
//!
//! A call that reads the same in C is `plain(call)`. A helper of its own is a file in `parts/` and a row in `parts.rs`. What a call shows
//! that no call showed before, an event or a fact, is put into words in `shown.rs` and in the part that tells it, the same words in both.
//! Lines of a part that only some programs need begin with a mark, such as `@acts`: see `fitted` in `parts.rs`.

use sessck_model::{Call, Coding, ConnId, CtxId, NewId, Opt, SessId, Side, Verify, Version};

use super::acts;
use super::callbacks;
use super::parts::Part;
use crate::implementation::Returned;
use crate::trace::Event;
use crate::trace::call::c_text;

/// What a call returns that a trace tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answer {
    /// Nothing.
    Nothing,
    /// A number.
    Number,
    /// A cache mode.
    Mode,
    /// A session or NULL.
    Session,
    /// A connection of its own, or the same as before.
    Connection(ConnId),
}

/// What a call does to the references that the application holds to contexts and connections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Handle {
    /// Nothing.
    Same,
    /// It makes a context.
    ContextMade(CtxId),
    /// It takes a reference.
    ContextTaken(CtxId),
    /// It gives one back.
    ContextGiven(CtxId),
    /// It makes a connection of a context.
    ConnectionMade(ConnId, CtxId),
    /// It takes a reference.
    ConnectionTaken(ConnId),
    /// It gives one back.
    ConnectionGiven(ConnId),
    /// It makes a connection of another one.
    ConnectionCopied(ConnId, ConnId),
}

/// One call as C.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct InC {
    /// The expression that makes it.
    pub(super) expression: String,
    /// What comes of it.
    pub(super) answer: Answer,
    /// What it does to handles.
    pub(super) handle: Handle,
    /// Statements that follow it at once: they belong to it.
    pub(super) then: Vec<String>,
    /// Whether what happens inside comes in an order that is not the same in every run.
    pub(super) any_order: bool,
    /// The parts that it leans on.
    pub(super) parts: Vec<Part>,
    /// A function of its own, after the parts.
    pub(super) function: Option<String>,
}

impl InC {
    pub(super) fn new(expression: String) -> Self {
        let (then, parts) = (Vec::new(), Vec::new());
        Self { expression, answer: Answer::Nothing, handle: Handle::Same, then, any_order: false, parts, function: None }
    }

    pub(super) fn number(self) -> Self {
        self.answer(Answer::Number, Part::Number)
    }

    fn answer(self, answer: Answer, part: Part) -> Self {
        Self { answer, ..self.part(part) }
    }

    fn handle(self, handle: Handle) -> Self {
        Self { handle, ..self }
    }

    fn then(mut self, statement: String) -> Self {
        self.then.push(statement);
        self
    }

    fn any_order(self) -> Self {
        Self { any_order: true, ..self }
    }

    pub(super) fn part(self, part: Part) -> Self {
        self.parts(&[part])
    }

    pub(super) fn parts(mut self, parts: &[Part]) -> Self {
        self.parts.extend_from_slice(parts);
        self
    }

    pub(super) fn function(self, text: String) -> Self {
        Self { function: Some(text), ..self }
    }
}

/// Why what a peer that is not ours does is no C.
pub(super) const FOREIGN: &str = "the peer is not ours, and a trace does not keep the bytes that it sent";

macro_rules! forms {
    ($call:ident, $side:ident, $returned:ident, $($pattern:pat => $form:expr;)*) => {
        /// The C form of a call, or why it has none. `side` tells which end the connections of a context are,
        /// and `returned` is what the call gave back.
        pub(super) fn of($call: &Call, $side: &dyn Fn(CtxId) -> Side, $returned: Returned) -> Result<InC, &'static str> {
            Ok(match *$call {
                $($pattern => $form,)*
            })
        }
    };
}

forms! {
    call, side, returned,
    Call::ContextNew(x, side, version) => context_new(x, side, version);
    Call::ContextUpRef(x) => plain(call).number().handle(Handle::ContextTaken(x));
    Call::ContextFree(x) => plain(call).handle(Handle::ContextGiven(x)).any_order();
    Call::SetCacheMode(..) => plain(call).answer(Answer::Mode, Part::Mode);
    Call::SetCacheSize(..) | Call::SetTimeout(..) | Call::CacheNumber(_) => plain(call).number();
    Call::SetNumTickets(..) | Call::SetOption(..) | Call::ClearOption(..) | Call::SetEarlyData(..) => plain(call);
    Call::SetSessionIdContext(x, value) => InC::new(format!("session_id_context({x}, {value})")).part(Part::IdContext);
    Call::SetActs(x, callback, act) => acts::calls_back(x, callback, act);
    Call::SetNewCallback(_, callback) => plain(call).parts(callbacks::new_session(callback));
    Call::SetRemoveCallback(_, callback) => plain(call).parts(callbacks::remove_session(callback));
    Call::SetGetCallback(_, callback) => plain(call).parts(callbacks::get_session(callback));
    Call::SetTicketKeyCallback(x, seal, open) => callbacks::ticket_keys(x, seal, open);
    Call::SetTicketCallbacks(x, generate, decrypt) => callbacks::tickets(x, generate, decrypt);
    Call::AddSession(..) | Call::RemoveSession(..) => plain(call).number();
    Call::FlushSessions(x, second) => InC::new(format!("SSL_CTX_flush_sessions({x}, EPOCH + {second})")).any_order().part(Part::Clock);
    Call::ConnectionNew(c, x) => connection_new(c, x, side(x));
    Call::ConnectionUpRef(c) => plain(call).number().handle(Handle::ConnectionTaken(c));
    Call::ConnectionFree(c) => plain(call).handle(Handle::ConnectionGiven(c)).part(Part::Network);
    Call::Join(client, server) => InC::new(format!("join({client}, {server})")).part(Part::Join);
    Call::Hello(c) => InC::new(format!("hello({c})")).part(Part::Hello);
    Call::Complete(c) => InC::new(format!("complete({c})")).part(Part::Complete);
    Call::Read(c) => InC::new(format!("read_all({c})")).part(Part::ReadAll);
    Call::Shutdown(c) => plain(call).number().then(format!("carry({c});")).part(Part::Carry);
    Call::SetShutdown(..) | Call::SetQuietShutdown(..) | Call::SetConnectionEarlyData(..) => plain(call);
    Call::Clear(c) => plain(call).number().then(format!("carry({c});")).then(format!("plug({c});")).part(Part::Carry);
    Call::SetSession(..) => plain(call).number();
    Call::Get0(_) | Call::Get1(_) => plain(call).answer(Answer::Session, Part::Given);
    Call::SetVerify(x, verify) => context_verify(x, verify);
    Call::SetServerNameCallback(x, callback) => callbacks::server_name(x, callback);
    Call::ConnectionDup(new, c) => duplicated(new, c, returned);
    Call::SetConnectionSessionIdContext(c, value) => connection_id_context(c, value).number();
    Call::SetHostName(..) | Call::CopySessionId(..) => plain(call).number();
    Call::SetContext(..) => plain(call).part(Part::Moves);
    Call::SetContextQuietShutdown(..) => plain(call);
    Call::Block(c) => InC::new(format!("block({c})")).part(Part::Block);
    Call::Unblock(c) => InC::new(format!("unblock({c})")).part(Part::Unblock);
    Call::SetGroups(..) => plain(call);
    Call::SetNotResumableCallback(_, callback) => plain(call).parts(callbacks::not_resumable(callback));
    Call::Renegotiate(c) | Call::RenegotiateAbbreviated(c) => InC::new(format!("begun({c}, {})", c_text(call))).number().part(Part::Begun);
    Call::SetPostHandshakeAuth(c) => InC::new(format!("post_handshake_auth({c})")).part(Part::ClientCertificate);
    Call::VerifyPostHandshake(c) => InC::new(format!("verify_client({c})")).number().part(Part::VerifyClient);
    Call::SetConnectionNumTickets(..) => plain(call);
    Call::AskTicket(_) => plain(call).number().part(Part::IsOpen);
    Call::Write(c) => {
        InC::new(format!("(SSL_write({c}, byte, 1) > 0 ? 1 : -1)")).number().then(format!("carry({c});")).parts(&[Part::Carry, Part::Byte])
    };
    Call::HandshakeAgain(c) => InC::new(format!("(SSL_do_handshake({c}) > 0 ? 1 : -1)")).number().then(format!("carry({c});")).part(Part::Carry);
    Call::Corrupt(c) => InC::new(format!("corrupt({c})")).part(Part::Corrupt);
    Call::Cut(c) => InC::new(format!("cut({c})")).part(Part::Cut);
    Call::Break(c) => InC::new(format!("sever({c})")).part(Part::Sever);
    Call::JoinForeign(_) | Call::ForeignHello(..) | Call::ForeignSends(..) | Call::ForeignTicket(..) => return Err(FOREIGN);
    Call::SessionNew | Call::SessionDup(_) => plain(call).answer(Answer::Session, Part::Given);
    Call::SessionUpRef(_) | Call::SessionIsResumable(_) => plain(call).number();
    Call::SessionFree(_) | Call::SessionFreeNull | Call::SessionUse(_) => plain(call);
    Call::SessionSetTimeout(..) => plain(call).number();
    Call::SessionDecode(s) => InC::new(format!("decoded({s})")).answer(Answer::Session, Part::Given).part(Part::Decoded);
    Call::SessionDecodeAs(s, Coding::Der) => InC::new(format!("decoded({s})")).answer(Answer::Session, Part::Given).part(Part::Decoded);
    Call::SessionDecodeAs(s, coding) => decoded_into("NULL", s, coding);
    Call::SessionDecodeInto(into, from, coding) => decoded_into(&into.to_string(), from, coding);
    Call::SessionSetId(s, NewId::Fresh) => InC::new(format!("set_fresh_id({s})")).number().part(Part::FreshId);
    Call::SessionSetId(s, NewId::TooLong) => InC::new(format!("SSL_SESSION_set1_id({s}, too_long, sizeof(too_long))")).number().part(Part::TooLong);
    Call::SessionSetIdOf(s, other) => InC::new(format!("set_id_of({s}, {other})")).number().part(Part::SetIdOf);
    Call::SessionSameId(one, other) => InC::new(format!("same_id({one}, {other})")).number().part(Part::SameId);
    Call::SessionSetTime(s, second) => {
        // where it answers with the time itself, that is told in the script's seconds
        InC::new(format!("(SSL_SESSION_set_time({s}, EPOCH + {second}) == EPOCH + {second} ? {second} : 1)")).number().part(Part::Clock)
    };
    Call::SessionForget(s) => InC::new(format!("(void){s}"));
    Call::Advance(seconds) => InC::new(format!("advance({seconds})")).part(Part::Advance);
}

/// One byte, or none.
fn connection_id_context(c: ConnId, value: u8) -> InC {
    InC::new(format!("SSL_set_session_id_context({c}, (const unsigned char *)\"\\{value:03o}\", {})", u8::from(value != 0)))
}

/// The oldest OpenSSL that has all that these calls take.
pub(super) fn oldest(events: &[Event]) -> &'static str {
    let since_3_0 = |event: &Event| match event.call {
        Call::AskTicket(_) => true,
        Call::SetOption(_, option) | Call::ClearOption(_, option) => matches!(option, Opt::IgnoreUnexpectedEof | Opt::ClientRenegotiation),
        Call::SetCacheMode(_, mode) => mode.update_time,
        _ => false,
    };
    if events.iter().any(since_3_0) { "3.0" } else { "1.1.1" }
}

/// A certificate that a client has is no better than ours: nobody signed it.
fn context_verify(x: CtxId, verify: Verify) -> InC {
    match verify {
        Verify::None => InC::new(format!("SSL_CTX_set_verify({x}, SSL_VERIFY_NONE, NULL)")),
        Verify::Peer => InC::new(format!("SSL_CTX_set_verify({x}, SSL_VERIFY_PEER, any_certificate)")).part(Part::AnyCertificate),
    }
}

/// How many bytes of an encoding get lost where it is cut off.
const LOST_BYTES: u32 = 5;

/// What one session is encoded to, decoded into another one, or into a new one for NULL.
fn decoded_into(into: &str, from: SessId, coding: Coding) -> InC {
    let (expression, part) = match coding {
        Coding::Der => (format!("decoded_into({into}, {from}, 0)"), Part::DecodedInto),
        Coding::Cut => (format!("decoded_into({into}, {from}, {LOST_BYTES})"), Part::DecodedInto),
        Coding::Pem => (format!("pem_decoded_into({into}, {from})"), Part::PemDecodedInto),
    };
    InC::new(expression).answer(Answer::Session, Part::Given).part(part)
}

/// A call that is the same in C.
fn plain(call: &Call) -> InC {
    InC::new(c_text(call))
}

fn context_new(x: CtxId, side: Side, version: Version) -> InC {
    let version = match version {
        Version::Tls12 => "TLS1_2_VERSION",
        Version::Tls13 => "TLS1_3_VERSION",
    };
    let made = InC::new(format!("context({version})")).handle(Handle::ContextMade(x)).part(Part::Context);
    match side {
        Side::Client => made,
        Side::Server => made.then(format!("certificate({x});")).part(Part::Certificate),
    }
}

fn connection_new(c: ConnId, x: CtxId, side: Side) -> InC {
    let state = match side {
        Side::Client => "connect",
        Side::Server => "accept",
    };
    let made = InC::new(format!("SSL_new({x})")).handle(Handle::ConnectionMade(c, x)).part(Part::Network);
    made.then(format!("SSL_set_{state}_state({c});")).then(format!("plug({c});"))
}

/// Which of the two it was shows only when it is called: 0 is the same connection.
fn duplicated(new: ConnId, c: ConnId, returned: Returned) -> InC {
    let handle = if returned == Returned::Number(0) { Handle::ConnectionTaken(c) } else { Handle::ConnectionCopied(new, c) };
    InC::new(format!("SSL_dup({c})")).answer(Answer::Connection(c), Part::Duplicated).handle(handle)
}
