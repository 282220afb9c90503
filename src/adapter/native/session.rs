//! Calls on sessions.

use std::sync::Arc;

use sessck_model::SessId;

use super::callbacks::Watcher;
use super::witness::look;
use super::{Answer, Answered, Native, clock, harness};
use crate::implementation::Trouble;
use crate::native::{Clock, Session};

impl Native {
    pub(super) fn session_new(&mut self) -> Answered {
        let now = i64::try_from(self.clock.now()).unwrap_or(i64::MAX);
        let session = Session::watched(now, Arc::new(Watcher(Arc::clone(&self.witness))));
        self.note_empty(&session, true);
        Ok(self.owned(Some(session)))
    }

    pub(super) fn session_up_ref(&mut self, id: SessId) -> Answered {
        let session = self.session(id)?;
        self.owned(Some(session));
        Ok(Answer::Number(1))
    }

    pub(super) fn session_free(&mut self, id: SessId) -> Answered {
        let given = look(&self.witness, |witness| {
            let serial = witness.roll.named(id)?;
            witness.roll[serial].own.handles.pop()
        });
        drop(given.ok_or_else(|| harness(format!("the application holds no {id}")))?);
        Ok(Answer::Nothing)
    }

    pub(super) fn session_free_null(&mut self) -> Answered {
        drop(None::<Session>);
        Ok(Answer::Nothing)
    }

    pub(super) fn session_dup(&mut self, id: SessId) -> Answered {
        let session = self.session(id)?;
        let copy = session.duplicate();
        self.note_empty(&copy, session.version().is_none());
        Ok(self.owned(Some(copy)))
    }

    pub(super) fn session_use(&mut self, id: SessId) -> Answered {
        _ = self.session(id)?.time();
        Ok(Answer::Nothing)
    }

    pub(super) fn session_is_resumable(&mut self, id: SessId) -> Answered {
        Ok(Answer::Number(self.session(id)?.is_resumable().into()))
    }

    pub(super) fn session_set_time(&mut self, id: SessId, second: i64) -> Answered {
        self.session(id)?.set_time(clock::EPOCH.saturating_add(second));
        Ok(Answer::Number(1))
    }

    pub(super) fn session_set_timeout(&mut self, id: SessId, seconds: i64) -> Answered {
        self.session(id)?.set_timeout(seconds);
        Ok(Answer::Number(1))
    }

    pub(super) fn session_forget(&mut self, _: SessId) -> Answered {
        Err(harness("a handle cannot be forgotten by safe means that are worth trying"))
    }

    /// The session of this name, which must live. A handle that is to be dropped before the call returns.
    pub(super) fn session(&self, id: SessId) -> Result<Session, Trouble> {
        let session = look(&self.witness, |witness| witness.roll.named(id).map(|serial| witness.roll[serial].own.session.clone()));
        let session = session.ok_or_else(|| harness(format!("there is no {id}")))?;
        session.upgrade().ok_or_else(|| harness(format!("{id} is gone")))
    }

    /// The application got this reference.
    pub(super) fn owned(&self, session: Option<Session>) -> Answer {
        let Some(session) = session else { return Answer::Session(None) };
        let key = session.key();
        look(&self.witness, |witness| witness.own(session));
        Answer::Session(Some(key))
    }

    /// Notes whether a session was never negotiated.
    pub(super) fn note_empty(&self, session: &Session, empty: bool) {
        look(&self.witness, |witness| {
            if let Some(serial) = witness.roll.serial(&session.key()) {
                witness.roll[serial].empty = empty;
            }
        });
    }
}
