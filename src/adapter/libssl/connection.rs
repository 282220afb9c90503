//! Calls on connections.

use std::ffi::c_int;
use std::ptr::null_mut;

use sessck_model::{ConnId, CtxId, EarlyData, Quiet, SessId, ShutdownState, Side};

use super::api::Ptr;
use super::context::early_data_bytes;
use super::wire::Connection;
use super::witness::with;
use super::{Answer, Libssl, faults, harness, needs};
use crate::implementation::{Lack, Trouble};

const SENT: c_int = 1;
const RECEIVED: c_int = 2;
/// `SSL_CTRL_GET_SESSION_REUSED`, before 1.1.0.
const REUSED: c_int = 8;
/// `SSL_ST_OK`, before 1.1.0.
const STATE_OK: c_int = 3;
/// More turns than any handshake takes.
const MAX_TURNS: usize = 32;

impl Libssl {
    pub(super) fn connection_new(&mut self, id: ConnId, context_id: CtxId) -> Result<Answer, Trouble> {
        if self.connections.contains_key(&id) {
            return Err(harness(format!("{id} was made before")));
        }
        let context = self.context(context_id)?;
        let side = context.side;
        // SAFETY: the context lives.
        let ssl = unsafe { (self.api.SSL_new)(context.ctx) };
        if ssl.is_null() {
            return if faults::met() { Ok(Answer::Number(0)) } else { Err(harness("SSL_new failed")) };
        }
        match side {
            // SAFETY: it was just made.
            Side::Client => unsafe { (self.api.SSL_set_connect_state)(ssl) },
            // SAFETY: it was just made.
            Side::Server => unsafe { (self.api.SSL_set_accept_state)(ssl) },
        }
        with(|witness| witness.connections.insert(ssl as usize, (id, context_id)));
        self.connections.insert(id, Connection::new(ssl, context_id));
        self.unplug(id)?;
        Ok(Answer::Nothing)
    }

    pub(super) fn connection_up_ref(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let up_ref = needs(self.api.SSL_up_ref, Lack::ConnectionUpRef)?;
        let connection = self.connection_mut(id)?;
        connection.references += 1;
        // SAFETY: the application holds a reference.
        Ok(Answer::Number(unsafe { up_ref(connection.ssl) }.into()))
    }

    pub(super) fn connection_free(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let connection = self.connection_mut(id)?;
        connection.references -= 1;
        let (ssl, last) = (connection.ssl, connection.references == 0);
        let plug = if last { std::mem::replace(&mut connection.plug, null_mut()) } else { null_mut() };
        if last {
            self.part(id);
        }
        // SAFETY: the application gives a reference back that it holds.
        unsafe { (self.api.SSL_free)(ssl) };
        self.drop_plug(plug);
        Ok(Answer::Nothing)
    }

    pub(super) fn hello(&mut self, client: ConnId) -> Result<Answer, Trouble> {
        self.note_hosts();
        for id in std::iter::once(client).chain(self.peer(client)) {
            self.handshake(id)?;
        }
        Ok(Answer::Nothing)
    }

    pub(super) fn complete(&mut self, client: ConnId) -> Result<Answer, Trouble> {
        for _ in 0..MAX_TURNS {
            let mut moved = false;
            for id in std::iter::once(client).chain(self.peer(client)) {
                moved |= self.handshake(id)?;
            }
            if !moved {
                break;
            }
        }
        Ok(Answer::Nothing)
    }

    /// Sessions that are born from now on are at home with this connection's context.
    pub(super) fn drive(&self, id: ConnId) -> Result<(), Trouble> {
        let context = self.connection(id)?.context;
        with(|witness| witness.driven = Some(context));
        Ok(())
    }

    /// `SSL_do_handshake`, unless that is over: what comes after it is for `SSL_read`. Returns whether anything moved.
    pub(super) fn handshake(&mut self, id: ConnId) -> Result<bool, Trouble> {
        let ssl = self.connection(id)?.ssl;
        if self.is_open(ssl) {
            return Ok(false);
        }
        self.drive(id)?;
        // SAFETY: the connection lives; an earlier failure must not be taken for this one's.
        unsafe {
            (self.api.ERR_clear_error)();
            (self.api.SSL_do_handshake)(ssl);
        }
        let wrote = self.carry(id)?;
        Ok(wrote || self.is_open(ssl))
    }

    pub(super) fn read(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        let mut buffer = [0_u8; 1_024];
        self.drive(id)?;
        // SAFETY: the connection lives; the buffer is as long as said.
        while unsafe { (self.api.SSL_read)(ssl, buffer.as_mut_ptr().cast(), buffer.len() as c_int) } > 0 {}
        self.carry(id)?;
        Ok(Answer::Nothing)
    }

    pub(super) fn shutdown(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        self.drive(id)?;
        // SAFETY: the connection lives.
        let answer = unsafe { (self.api.SSL_shutdown)(ssl) };
        self.carry(id)?;
        // all that is below 0 means the same
        Ok(Answer::Number(answer.max(-1).into()))
    }

    pub(super) fn set_shutdown(&mut self, id: ConnId, state: ShutdownState) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        let bits = c_int::from(state.sent) * SENT + c_int::from(state.received) * RECEIVED;
        // SAFETY: the connection lives.
        unsafe { (self.api.SSL_set_shutdown)(ssl, bits) };
        Ok(Answer::Nothing)
    }

    pub(super) fn set_quiet_shutdown(&mut self, id: ConnId, quiet: Quiet) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        // SAFETY: the connection lives.
        unsafe { (self.api.SSL_set_quiet_shutdown)(ssl, c_int::from(quiet == Quiet::On)) };
        Ok(Answer::Nothing)
    }

    pub(super) fn clear(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        // SAFETY: the connection lives.
        let answer = unsafe { (self.api.SSL_clear)(ssl) };
        self.carry(id)?;
        // a connection that could not be cleared for want of memory is good for being freed only
        if answer == 1 || !faults::met() {
            self.unplug(id)?;
        }
        self.connection_mut(id)?.asked = false;
        Ok(Answer::Number(answer.into()))
    }

    pub(super) fn set_session(&mut self, id: ConnId, session: Option<SessId>) -> Result<Answer, Trouble> {
        let (ssl, context) = (self.connection(id)?.ssl, self.connection(id)?.context);
        if let Some(session) = session {
            with(|witness| witness.roll.used_with(session, context));
        }
        let session = session.map_or(Ok(null_mut()), |session| self.session(session))?;
        // SAFETY: both live, or the session is NULL.
        Ok(Answer::Number(unsafe { (self.api.SSL_set_session)(ssl, session) }.into()))
    }

    pub(super) fn get0(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        Ok(Answer::Session(self.current_session(self.connection(id)?.ssl)))
    }

    pub(super) fn get1(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        // SAFETY: the connection lives.
        let session = unsafe { (self.api.SSL_get1_session)(ssl) };
        Self::own(session);
        Ok(Answer::Session(session))
    }

    pub(super) fn set_connection_early_data(&mut self, id: ConnId, early_data: EarlyData) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_set_max_early_data, Lack::EarlyData)?;
        let ssl = self.connection(id)?.ssl;
        // SAFETY: the connection lives.
        unsafe { set(ssl, early_data_bytes(early_data)) };
        Ok(Answer::Nothing)
    }

    /// `SSL_get_session`.
    pub(super) fn current_session(&self, ssl: Ptr) -> Ptr {
        // SAFETY: the caller has a living connection.
        unsafe { (self.api.SSL_get_session)(ssl) }
    }

    /// `SSL_session_reused`.
    pub(super) fn is_reused(&self, ssl: Ptr) -> bool {
        match (self.api.SSL_session_reused, self.api.SSL_ctrl) {
            // SAFETY: the caller has a living connection.
            (Some(reused), _) => unsafe { reused(ssl) == 1 },
            // SAFETY: as above; the command takes no pointer.
            (None, Some(ctrl)) => unsafe { ctrl(ssl, REUSED, 0, null_mut()) == 1 },
            (None, None) => false,
        }
    }

    /// `SSL_is_init_finished`.
    pub(super) fn is_open(&self, ssl: Ptr) -> bool {
        match (self.api.SSL_is_init_finished, self.api.SSL_state) {
            // SAFETY: the caller has a living connection.
            (Some(finished), _) => unsafe { finished(ssl) == 1 },
            // SAFETY: as above.
            (None, Some(state)) => unsafe { state(ssl) == STATE_OK },
            (None, None) => false,
        }
    }

    /// `SSL_get_shutdown`.
    pub(super) fn shutdown_state(&self, ssl: Ptr) -> ShutdownState {
        // SAFETY: the caller has a living connection.
        let bits = unsafe { (self.api.SSL_get_shutdown)(ssl) };
        ShutdownState { sent: bits & SENT != 0, received: bits & RECEIVED != 0 }
    }

    /// The connection of this name, which the application must hold.
    pub(super) fn connection(&self, id: ConnId) -> Result<&Connection, Trouble> {
        let held = self.connections.get(&id).filter(|connection| connection.references > 0);
        held.ok_or_else(|| harness(format!("the application holds no {id}")))
    }

    /// The same, to change what we note of it.
    pub(super) fn connection_mut(&mut self, id: ConnId) -> Result<&mut Connection, Trouble> {
        let held = self.connections.get_mut(&id).filter(|connection| connection.references > 0);
        held.ok_or_else(|| harness(format!("the application holds no {id}")))
    }
}
