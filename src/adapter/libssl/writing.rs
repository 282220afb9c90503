//! Writing application data, and a transport that takes nothing for now.

use std::ffi::c_void;
use std::ptr::null_mut;

use sessck_model::{ConnId, CtxId, Quiet};

use super::api::Ptr;
use super::{Answer, Libssl};
use crate::implementation::Trouble;

impl Libssl {
    pub(super) fn set_context_quiet_shutdown(&mut self, id: CtxId, quiet: Quiet) -> Result<Answer, Trouble> {
        let ctx = self.context(id)?.ctx;
        // SAFETY: the context lives.
        unsafe { (self.api.SSL_CTX_set_quiet_shutdown)(ctx, i32::from(quiet == Quiet::On)) };
        Ok(Answer::Nothing)
    }

    pub(super) fn write(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        // the same byte at the same place each time: what is tried again must not differ
        static BYTE: u8 = b'x';
        let ssl = self.connection(id)?.ssl;
        let byte: *const c_void = (&raw const BYTE).cast();
        self.drive(id)?;
        // SAFETY: the connection lives; one byte is there.
        let answer = unsafe { (self.api.SSL_write)(ssl, byte, 1) };
        self.carry(id)?;
        // 0 and all that is below mean the same
        Ok(Answer::Number(if answer > 0 { answer.into() } else { -1 }))
    }

    /// Writing goes to a BIO pair that has room for one byte, and has it: nothing more is taken. What is on its way stays so.
    pub(super) fn block(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let api = self.api;
        let connection = self.connection_mut(id)?;
        let (mut near, mut far) = (null_mut(), null_mut());
        // SAFETY: two BIOs that know each other; the connection takes one and frees the empty one that it had, and we keep the other.
        unsafe {
            (api.BIO_new_bio_pair)(&raw mut near, 1, &raw mut far, 1);
            (api.BIO_write)(near, c"x".as_ptr().cast(), 1);
            (api.SSL_set_bio)(connection.ssl, connection.incoming, near);
        }
        connection.outgoing = null_mut();
        connection.plug = far;
        Ok(Answer::Nothing)
    }

    pub(super) fn unblock(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let api = self.api;
        let connection = self.connection_mut(id)?;
        // SAFETY: a fresh BIO, which the connection owns from here on; it frees its end of the pair.
        unsafe {
            connection.outgoing = (api.BIO_new)((api.BIO_s_mem)());
            (api.SSL_set_bio)(connection.ssl, connection.incoming, connection.outgoing);
        }
        self.pull_plug(id)?;
        Ok(Answer::Nothing)
    }

    /// Frees our end of a BIO pair, if there is one.
    pub(super) fn pull_plug(&mut self, id: ConnId) -> Result<(), Trouble> {
        let plug = std::mem::replace(&mut self.connection_mut(id)?.plug, null_mut());
        self.drop_plug(plug);
        Ok(())
    }

    pub(super) fn drop_plug(&self, plug: Ptr) {
        if !plug.is_null() {
            // SAFETY: it is ours, and nobody else's.
            unsafe { (self.api.BIO_free)(plug) };
        }
    }
}
