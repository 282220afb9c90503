//! Calls on sessions, and the watch over their births and deaths.

use std::ffi::c_int;
use std::ptr::null_mut;

use sessck_model::SessId;

use super::api::{Api, Ptr};
use super::witness::with;
use super::{Answer, Libssl, callbacks, clock, harness, needs};
use crate::implementation::{Lack, Trouble};

/// `CRYPTO_EX_INDEX_SSL_SESSION` since 1.1.0; before that, and in forks, there is a function instead.
const SESSION_CLASS: c_int = 2;

/// Has the library tell births and deaths from now on. Fails where it does not do so for every session.
pub(super) fn watch(api: &Api) -> Result<(), Trouble> {
    let (born, died) = (Some(callbacks::session_born as _), Some(callbacks::session_died as _));
    let index = match (api.SSL_SESSION_get_ex_new_index, api.CRYPTO_get_ex_new_index) {
        // SAFETY: the functions have the types of the header and live as long as the process.
        (Some(register), _) => unsafe { register(0, null_mut(), born, null_mut(), died) },
        // SAFETY: as above.
        (None, Some(register)) => unsafe { register(SESSION_CLASS, 0, null_mut(), born, null_mut(), died) },
        (None, None) => -1,
    };
    if index < 0 {
        return Err(Trouble::Cannot(Lack::Lifetimes));
    }
    // SAFETY: a session is made and given back.
    unsafe { (api.SSL_SESSION_free)((api.SSL_SESSION_new)()) };
    let told = with(|witness| witness.roll.much());
    with(super::witness::Witness::restart);
    if told == 2 { Ok(()) } else { Err(Trouble::Cannot(Lack::Lifetimes)) }
}

impl Libssl {
    pub(super) fn session_new(&mut self) -> Result<Answer, Trouble> {
        // SAFETY: takes nothing.
        let session = unsafe { (self.api.SSL_SESSION_new)() };
        Self::own(session);
        Self::note_empty(session, true);
        Ok(Answer::Session(session))
    }

    pub(super) fn session_up_ref(&mut self, id: SessId) -> Result<Answer, Trouble> {
        let up_ref = needs(self.api.SSL_SESSION_up_ref, Lack::Counts)?;
        let session = self.session(id)?;
        Self::own(session);
        // SAFETY: the session lives.
        Ok(Answer::Number(unsafe { up_ref(session) }.into()))
    }

    pub(super) fn session_free(&mut self, id: SessId) -> Result<Answer, Trouble> {
        let session = self.session(id)?;
        Self::disown(id);
        // SAFETY: the session lives; whether the application may give a reference back is the caller's business.
        unsafe { (self.api.SSL_SESSION_free)(session) };
        Ok(Answer::Nothing)
    }

    pub(super) fn session_free_null(&mut self) -> Result<Answer, Trouble> {
        // SAFETY: NULL is permitted.
        unsafe { (self.api.SSL_SESSION_free)(null_mut()) };
        Ok(Answer::Nothing)
    }

    pub(super) fn session_dup(&mut self, id: SessId) -> Result<Answer, Trouble> {
        let dup = needs(self.api.SSL_SESSION_dup, Lack::Dup)?;
        let session = self.session(id)?;
        // SAFETY: the session lives.
        let copy = unsafe { dup(session) };
        Self::own(copy);
        Self::note_empty(copy, Self::is_empty(session));
        Ok(Answer::Session(copy))
    }

    pub(super) fn session_use(&mut self, id: SessId) -> Result<Answer, Trouble> {
        let session = self.session(id)?;
        // SAFETY: the session lives.
        unsafe { (self.api.SSL_SESSION_get_time)(session) };
        Ok(Answer::Nothing)
    }

    pub(super) fn session_is_resumable(&mut self, id: SessId) -> Result<Answer, Trouble> {
        let asks = needs(self.api.SSL_SESSION_is_resumable, Lack::Resumable)?;
        let session = self.session(id)?;
        // SAFETY: the session lives.
        Ok(Answer::Number(unsafe { asks(session) }.into()))
    }

    pub(super) fn session_set_time(&mut self, id: SessId, second: i64) -> Result<Answer, Trouble> {
        let session = self.session(id)?;
        let time = clock::EPOCH.saturating_add(second);
        // SAFETY: the session lives.
        let answer = unsafe { (self.api.SSL_SESSION_set_time)(session, time) };
        // one that is the time itself is told in the script's seconds
        Ok(Answer::Number(if answer == time { second } else { answer }))
    }

    pub(super) fn session_set_timeout(&mut self, id: SessId, seconds: i64) -> Result<Answer, Trouble> {
        let session = self.session(id)?;
        // SAFETY: the session lives.
        Ok(Answer::Number(unsafe { (self.api.SSL_SESSION_set_timeout)(session, seconds) }))
    }

    pub(super) fn session_forget(&mut self, id: SessId) -> Result<Answer, Trouble> {
        self.session(id)?;
        Self::disown(id);
        Ok(Answer::Nothing)
    }

    /// The session of this name, which must live.
    pub(super) fn session(&self, id: SessId) -> Result<Ptr, Trouble> {
        with(|witness| {
            let life = witness.roll.named(id).map(|serial| &witness.roll[serial]).ok_or_else(|| harness(format!("there is no {id}")))?;
            if life.alive { Ok(life.own.address as Ptr) } else { Err(harness(format!("{id} is gone"))) }
        })
    }

    /// The application got a reference.
    pub(super) fn own(session: Ptr) {
        with(|witness| {
            if let Some(serial) = witness.roll.serial(&(session as usize)) {
                witness.roll[serial].own.references += 1;
            }
        });
    }

    /// The application has a reference less.
    pub(super) fn disown(id: SessId) {
        with(|witness| {
            if let Some(serial) = witness.roll.named(id) {
                let references = &mut witness.roll[serial].own.references;
                *references = references.saturating_sub(1);
            }
        });
    }
}
