//! Calls on connections.

use std::sync::{Arc, Mutex, PoisonError};

use sessck_model::{ConnId, CtxId, EarlyData, Quiet, SessId, ShutdownState};

use super::context::{early_data_bytes, native_quiet, sid_ctx};
use super::witness::look;
use super::{Answer, Answered, Native, harness};
use crate::implementation::{Lack, Trouble};
use crate::native::{self, Clock, Connection, Phase, Session, Shutdown, Tickets};

/// More turns than any handshake takes.
const MAX_TURNS: usize = 32;

impl Native {
    pub(super) fn connection_new(&mut self, id: ConnId, context: CtxId) -> Answered {
        if self.connections.contains_key(&id) {
            return Err(harness(format!("{id} was made before")));
        }
        let connection = Connection::new(self.context(context)?);
        self.connections.insert(id, vec![Arc::new(Mutex::new(connection))]);
        Ok(Answer::Nothing)
    }

    pub(super) fn connection_up_ref(&mut self, id: ConnId) -> Answered {
        let handles = self.handles(id)?;
        handles.extend(handles.first().cloned());
        Ok(Answer::Number(1))
    }

    pub(super) fn connection_free(&mut self, id: ConnId) -> Answered {
        let handles = self.handles(id)?;
        let last = handles.pop();
        if handles.is_empty() {
            self.connections.remove(&id);
            self.part(id);
        }
        drop(last);
        Ok(Answer::Nothing)
    }

    pub(super) fn hello(&mut self, client: ConnId) -> Answered {
        if let Some(lack) = self.lacks_for_hello(client)? {
            return Err(Trouble::Cannot(lack));
        }
        self.note_hosts();
        for id in std::iter::once(client).chain(self.peer(client)) {
            self.handshake(id)?;
        }
        Ok(Answer::Nothing)
    }

    /// What a server would need for this client's hello that native does not have.
    fn lacks_for_hello(&self, client: ConnId) -> Result<Option<Lack>, Trouble> {
        let Some(server) = self.peer(client) else { return Ok(None) };
        Ok((self.presents_ticket(client)? && self.goes_by_id(server)?).then_some(Lack::IdAfterTicket))
    }

    /// Whether a client may present its session by a TLS 1.2 ticket.
    pub(super) fn presents_ticket(&self, client: ConnId) -> Result<bool, Trouble> {
        let of_tls12 = |session: &Session| session.has_ticket() && session.version() == Some(native::Version::Tls12);
        self.with_connection(client, |connection| connection.session().is_some_and(of_tls12))
    }

    /// Whether a server goes by ids, and not by the tickets that are presented.
    pub(super) fn goes_by_id(&self, server: ConnId) -> Result<bool, Trouble> {
        let home = self.home(server)?;
        let stateful = self.with_connection(server, |connection| connection.tickets() == Tickets::Stateful)?;
        Ok(look(&self.witness, |witness| stateful || witness.ignores_tickets(home)))
    }

    pub(super) fn complete(&mut self, client: ConnId) -> Answered {
        if self.would_withdraw(client)? {
            return Err(Trouble::Cannot(Lack::WithdrawnProposal));
        }
        for _ in 0..MAX_TURNS {
            let before = self.moved();
            for id in std::iter::once(client).chain(self.peer(client)) {
                self.handshake(id)?;
            }
            if self.moved() == before {
                break;
            }
        }
        Ok(Answer::Nothing)
    }

    /// Whether a client that was asked for another ClientHello has proposed what is expired by now.
    fn would_withdraw(&self, client: ConnId) -> Result<bool, Trouble> {
        match self.peer(client) {
            // one that has asked has no session yet
            Some(server) if self.may_withdraw(client)? => self.waits(server),
            Some(_) | None => Ok(false),
        }
    }

    /// Whether a client in its handshake has proposed what is expired by now.
    pub(super) fn may_withdraw(&self, client: ConnId) -> Result<bool, Trouble> {
        let now = i64::try_from(self.clock.now()).unwrap_or(i64::MAX);
        let expired = |connection: &Connection| connection.session().is_some_and(|session| session.is_expired(now));
        self.with_connection(client, |connection| is_under_way(connection) && connection.is_proposed() && expired(connection))
    }

    /// Whether a server is in its handshake, and has no session yet.
    pub(super) fn waits(&self, server: ConnId) -> Result<bool, Trouble> {
        self.with_connection(server, |connection| is_under_way(connection) && connection.session().is_none())
    }

    /// What comes after a handshake is for reading. How it went shows in the facts.
    pub(super) fn handshake(&self, id: ConnId) -> Result<(), Trouble> {
        self.drive(id, |connection| {
            if !connection.is_open() {
                _ = connection.do_handshake();
            }
        })
    }

    pub(super) fn read(&mut self, id: ConnId) -> Answered {
        self.drive(id, |connection| {
            let mut buffer = [0_u8; 1_024];
            while matches!(connection.read(&mut buffer), Ok(length) if length > 0) {}
        })?;
        Ok(Answer::Nothing)
    }

    pub(super) fn write(&mut self, id: ConnId) -> Answered {
        let written = self.drive(id, |connection| connection.write(b"x").is_ok())?;
        Ok(Answer::Number(if written { 1 } else { -1 }))
    }

    pub(super) fn shutdown(&mut self, id: ConnId) -> Answered {
        let answer = self.drive(id, Connection::shutdown)?;
        Ok(Answer::Number(match answer {
            Ok(Shutdown::Both) => 1,
            Ok(Shutdown::Sent) => 0,
            Err(_) => -1,
        }))
    }

    pub(super) fn set_shutdown(&mut self, id: ConnId, state: ShutdownState) -> Answered {
        let ShutdownState { sent, received } = state;
        self.with_connection(id, |connection| connection.set_shutdown(native::ShutdownState { sent, received }))?;
        Ok(Answer::Nothing)
    }

    pub(super) fn set_quiet_shutdown(&mut self, id: ConnId, quiet: Quiet) -> Answered {
        self.with_connection(id, |connection| connection.set_quiet_shutdown(native_quiet(quiet)))?;
        Ok(Answer::Nothing)
    }

    pub(super) fn clear(&mut self, id: ConnId) -> Answered {
        self.with_connection(id, Connection::clear)?;
        self.part(id);
        Ok(Answer::Number(1))
    }

    pub(super) fn set_session(&mut self, id: ConnId, session: Option<SessId>) -> Answered {
        let context = self.home(id)?;
        if let Some(session) = session {
            look(&self.witness, |witness| witness.roll.used_with(session, context));
        }
        let session = session.map(|session| self.session(session)).transpose()?;
        let set = self.with_connection(id, |connection| connection.set_session(session.as_ref()))?;
        set.map_err(|error| harness(error.to_string()))?;
        Ok(Answer::Number(1))
    }

    pub(super) fn get0(&mut self, id: ConnId) -> Answered {
        let session = self.with_connection(id, |connection| connection.session().map(Session::key))?;
        Ok(Answer::Session(session))
    }

    pub(super) fn get1(&mut self, id: ConnId) -> Answered {
        let session = self.with_connection(id, |connection| connection.session_handle())?;
        Ok(self.owned(session))
    }

    pub(super) fn set_connection_early_data(&mut self, id: ConnId, early_data: EarlyData) -> Answered {
        self.with_connection(id, |connection| connection.set_max_early_data(early_data_bytes(early_data)))?;
        Ok(Answer::Nothing)
    }

    pub(super) fn set_connection_session_id_context(&mut self, id: ConnId, value: u8) -> Answered {
        self.with_connection(id, |connection| connection.set_session_id_context(sid_ctx(value)))?;
        Ok(Answer::Number(1))
    }

    pub(super) fn set_connection_num_tickets(&mut self, id: ConnId, number: u32) -> Answered {
        self.with_connection(id, |connection| connection.set_num_tickets(number as usize))?;
        Ok(Answer::Nothing)
    }

    pub(super) fn ask_ticket(&mut self, id: ConnId) -> Answered {
        let asked = self.with_connection(id, |connection| connection.ask_ticket().is_ok())?;
        Ok(Answer::Number(asked.into()))
    }

    pub(super) fn handshake_again(&mut self, id: ConnId) -> Answered {
        let done = self.drive(id, |connection| connection.do_handshake().is_ok())?;
        Ok(Answer::Number(if done { 1 } else { -1 }))
    }

    pub(super) fn renegotiate(&mut self, _: ConnId) -> Answered {
        Err(Trouble::Cannot(Lack::Renegotiation))
    }

    pub(super) fn renegotiate_abbreviated(&mut self, id: ConnId) -> Answered {
        self.renegotiate(id)
    }

    pub(super) fn set_post_handshake_auth(&mut self, _: ConnId) -> Answered {
        Err(Trouble::Cannot(Lack::PostHandshakeAuth))
    }

    pub(super) fn verify_post_handshake(&mut self, id: ConnId) -> Answered {
        self.set_post_handshake_auth(id)
    }

    /// Does something with a connection in which its callbacks may run: what is born meanwhile is at home with its context.
    pub(super) fn drive<T>(&self, id: ConnId, act: impl FnOnce(&mut Connection) -> T) -> Result<T, Trouble> {
        let home = self.home(id)?;
        look(&self.witness, |witness| witness.driven = Some((id, home)));
        self.with_connection(id, act)
    }

    pub(super) fn with_connection<T>(&self, id: ConnId, act: impl FnOnce(&mut Connection) -> T) -> Result<T, Trouble> {
        let held = self.connections.get(&id).and_then(|handles| handles.first());
        let connection = held.ok_or_else(|| harness(format!("the application holds no {id}")))?;
        Ok(act(&mut connection.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// The context that a connection was made from.
    fn home(&self, id: ConnId) -> Result<CtxId, Trouble> {
        let context = self.with_connection(id, |connection| connection.home().clone())?;
        self.name_of_context(&context)
    }

    /// The name of a context.
    pub(super) fn name_of_context(&self, context: &native::Context) -> Result<CtxId, Trouble> {
        let is_it = |held: &super::context::HeldContext| held.living().is_some_and(|living| living.is_same(context));
        let known = self.contexts.iter().find(|(_, held)| is_it(held)).map(|(id, _)| *id);
        known.ok_or_else(|| harness("a connection has a context that is not of this case"))
    }

    pub(super) fn handles(&mut self, id: ConnId) -> Result<&mut Vec<Arc<Mutex<Connection>>>, Trouble> {
        self.connections.get_mut(&id).ok_or_else(|| harness(format!("the application holds no {id}")))
    }
}

fn is_under_way(connection: &Connection) -> bool {
    connection.phase() == Phase::Handshake
}
