//! Handshakes that are more than one: groups that make a ClientHello be sent again, renegotiation, authentication after the handshake.
//! And the callback that says whether a session is never to be resumed.

use std::ffi::{CStr, c_int};

use sessck_model::{ConnId, CtxId, Groups, Hook, NotResumableCallback};

use super::api::{NotResumableCb, Ptr};
use super::callbacks::known_connection;
use super::credentials::Credentials;
use super::witness::with;
use super::{Answer, Libssl, harness, needs};
use crate::adapter::roll::Happening;
use crate::implementation::{Lack, Trouble};

const SET_GROUPS_LIST: c_int = 92;
/// `SSL_VERIFY_PEER`.
const VERIFY_PEER: c_int = 1;

impl Libssl {
    pub(super) fn set_groups(&mut self, id: CtxId, groups: Groups) -> Result<Answer, Trouble> {
        let ctrl = needs(self.api.SSL_CTX_ctrl, Lack::Groups)?;
        let ctx = self.context(id)?.ctx;
        let list: &CStr = match groups {
            Groups::Preset => c"X25519:P-256",
            Groups::Other => c"P-256",
        };
        // SAFETY: the context lives; the list is static, and read only.
        let taken = unsafe { ctrl(ctx, SET_GROUPS_LIST, 0, list.as_ptr().cast_mut().cast()) };
        if taken == 1 { Ok(Answer::Nothing) } else { Err(Trouble::Cannot(Lack::Groups)) }
    }

    pub(super) fn set_not_resumable_callback(&mut self, id: CtxId, callback: NotResumableCallback) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_CTX_set_not_resumable_session_callback, Lack::NotResumableCallback)?;
        let ctx = self.context(id)?.ctx;
        let function: Option<NotResumableCb> = match callback {
            NotResumableCallback::Unset => None,
            NotResumableCallback::Allow => Some(allows),
            NotResumableCallback::Forbid => Some(forbids),
        };
        // SAFETY: the context lives; the functions have the type of the header.
        unsafe { set(ctx, function) };
        Ok(Answer::Nothing)
    }

    pub(super) fn renegotiate(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let begin = needs(self.api.SSL_renegotiate, Lack::Renegotiation)?;
        self.begin(id, begin)
    }

    pub(super) fn renegotiate_abbreviated(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let begin = needs(self.api.SSL_renegotiate_abbreviated, Lack::Renegotiation)?;
        self.begin(id, begin)
    }

    pub(super) fn set_post_handshake_auth(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_set_post_handshake_auth, Lack::PostHandshakeAuth)?;
        let use_certificate = needs(self.api.SSL_use_certificate, Lack::PostHandshakeAuth)?;
        let use_key = needs(self.api.SSL_use_PrivateKey, Lack::PostHandshakeAuth)?;
        let ssl = self.connection(id)?.ssl;
        let Credentials { certificate, key } = self.credentials;
        // SAFETY: all three live; the connection takes references of its own.
        let taken = unsafe {
            set(ssl, 1);
            use_certificate(ssl, certificate) == 1 && use_key(ssl, key) == 1
        };
        if taken { Ok(Answer::Nothing) } else { Err(harness("the library refused our certificate")) }
    }

    pub(super) fn verify_post_handshake(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let verify = needs(self.api.SSL_verify_client_post_handshake, Lack::PostHandshakeAuth)?;
        let set_verify = needs(self.api.SSL_set_verify, Lack::PostHandshakeAuth)?;
        let ssl = self.connection(id)?.ssl;
        // SAFETY: the connection lives; the function has the type of the header.
        unsafe { set_verify(ssl, VERIFY_PEER, Some(accepts)) };
        self.begin(id, verify)
    }

    /// Something that is asked for, and sent by the next call that writes.
    fn begin(&mut self, id: ConnId, ask: unsafe extern "C" fn(Ptr) -> c_int) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        self.drive(id)?;
        // SAFETY: the connection lives.
        let answer = unsafe { ask(ssl) };
        if answer == 1 {
            // SAFETY: as above; an earlier failure must not be taken for this one's.
            unsafe {
                (self.api.ERR_clear_error)();
                (self.api.SSL_do_handshake)(ssl);
            }
        }
        self.carry(id)?;
        Ok(Answer::Number(answer.into()))
    }
}

/// Any certificate will do.
pub(super) unsafe extern "C" fn accepts(_: c_int, _: Ptr) -> c_int {
    1
}

unsafe extern "C" fn allows(ssl: Ptr, _: c_int) -> c_int {
    noted(ssl, 0)
}

unsafe extern "C" fn forbids(ssl: Ptr, _: c_int) -> c_int {
    noted(ssl, 1)
}

fn noted(ssl: Ptr, answer: i8) -> c_int {
    with(|witness| {
        if let Some((connection, _)) = known_connection(witness, ssl) {
            witness.roll.happens(Happening::Hook { hook: Hook::NotResumable, connection, answer });
        }
    });
    answer.into()
}
