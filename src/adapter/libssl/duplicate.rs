//! Connections made from connections, and what they take over from each other.

use sessck_model::{ConnId, Verify};

use super::further::accepts;
use super::wire::Connection;
use super::witness::with;
use super::{Answer, Libssl, harness, needs};
use crate::implementation::{Lack, Trouble};

impl Libssl {
    pub(super) fn connection_dup(&mut self, new: ConnId, of: ConnId) -> Result<Answer, Trouble> {
        let dup = needs(self.api.SSL_dup, Lack::ConnectionDup)?;
        let original = self.connection_mut(of)?;
        let ssl = original.ssl;
        // SAFETY: the connection lives.
        let copy = unsafe { dup(ssl) };
        if copy.is_null() {
            return Err(harness("SSL_dup failed"));
        }
        if copy == ssl {
            original.references += 1;
            return Ok(Answer::Number(0));
        }
        // it is made from the context that the original uses now, wherever that came from
        // SAFETY: it was just made.
        let now = unsafe { (self.api.SSL_get_SSL_CTX)(copy) };
        let context = with(|witness| witness.contexts.get(&(now as usize)).copied());
        let context = context.ok_or_else(|| harness("SSL_dup gave a connection of a context that is not of this case"))?;
        with(|witness| witness.connections.insert(copy as usize, (new, context)));
        self.connections.insert(new, Connection::new(copy, context));
        self.unplug(new)?;
        Ok(Answer::Number(1))
    }

    pub(super) fn copy_session_id(&mut self, to: ConnId, from: ConnId) -> Result<Answer, Trouble> {
        let copy = needs(self.api.SSL_copy_session_id, Lack::CopySessionId)?;
        let (to, from) = (self.connection(to)?.ssl, self.connection(from)?.ssl);
        // SAFETY: both live.
        let answer = unsafe { copy(to, from) };
        // before 1.1.0 it returns nothing
        Ok(Answer::Number(if self.api.TLS_method.is_some() { answer.into() } else { 1 }))
    }

    pub(super) fn set_connection_session_id_context(&mut self, id: ConnId, value: u8) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        // SAFETY: the connection lives; it copies the one byte, or none.
        Ok(Answer::Number(unsafe { (self.api.SSL_set_session_id_context)(ssl, &raw const value, u32::from(value != 0)) }.into()))
    }

    pub(super) fn set_verify(&mut self, id: sessck_model::CtxId, verify: Verify) -> Result<Answer, Trouble> {
        let ctx = self.context(id)?.ctx;
        // SAFETY: the context lives; the function has the type of the header.
        unsafe { (self.api.SSL_CTX_set_verify)(ctx, i32::from(verify == Verify::Peer), Some(accepts)) };
        Ok(Answer::Nothing)
    }
}
