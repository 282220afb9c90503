//! Sessions that are encoded and decoded, and their ids.

use std::sync::Arc;

use sessck_model::{Coding, NewId, SessId};

use super::callbacks::Watcher;
use super::witness::look;
use super::{Answer, Answered, Native, harness};
use crate::implementation::Trouble;
use crate::native::{MAX_ID_BYTES, Session, Undecodable, Unencodable, UnfitId, UnfitTarget};

/// How many bytes of an encoding get lost.
const LOST_BYTES: usize = 5;

impl Native {
    pub(super) fn session_decode(&mut self, id: SessId) -> Answered {
        self.session_decode_as(id, Coding::Der)
    }

    pub(super) fn session_decode_as(&mut self, id: SessId, coding: Coding) -> Answered {
        let Some(bytes) = encoded(&self.session(id)?, coding)? else { return Ok(Answer::Session(None)) };
        let watch = Arc::new(Watcher(Arc::clone(&self.witness)));
        let decoded = bytes.and_then(|bytes| Session::decode_watched(&bytes, Some(watch)));
        Ok(self.owned(decoded.ok()))
    }

    pub(super) fn session_decode_into(&mut self, into: SessId, from: SessId, coding: Coding) -> Answered {
        let Some(bytes) = encoded(&self.session(from)?, coding)? else { return Ok(Answer::Session(None)) };
        let target = look(&self.witness, |witness| {
            let serial = witness.roll.named(into)?;
            witness.roll[serial].own.handles.pop()
        });
        let target = target.ok_or_else(|| harness(format!("the application holds no {into}")))?;
        let decoded = match bytes.map_err(UnfitTarget::from).and_then(|bytes| target.decode_into(&bytes)) {
            Ok(session) => Some(session),
            Err(UnfitTarget::Undecodable(_)) => None,
            Err(error @ UnfitTarget::NotNew) => return Err(harness(error.to_string())),
        };
        if let Some(session) = &decoded {
            self.note_empty(session, false);
        }
        Ok(self.owned(decoded))
    }

    pub(super) fn session_set_id(&mut self, id: SessId, new: NewId) -> Answered {
        let bytes = match new {
            NewId::Fresh => self.unused_id(),
            NewId::TooLong => vec![1; MAX_ID_BYTES + 1],
        };
        self.set_id(id, &bytes)
    }

    pub(super) fn session_set_id_of(&mut self, id: SessId, of: SessId) -> Answered {
        let bytes = self.session(of)?.id().map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        self.set_id(id, &bytes)
    }

    pub(super) fn session_same_id(&mut self, one: SessId, other: SessId) -> Answered {
        let (one, other) = (self.session(one)?.id(), self.session(other)?.id());
        Ok(Answer::Number((one.is_some() && one == other).into()))
    }

    fn set_id(&self, id: SessId, bytes: &[u8]) -> Answered {
        let session = self.session(id)?;
        match session.set_id(bytes) {
            Ok(()) => Ok(Answer::Number(1)),
            Err(UnfitId::TooLong) => Ok(Answer::Number(0)),
            Err(error @ UnfitId::Cached) => Err(harness(error.to_string())),
        }
    }

    /// An id of full length that no session of this case has.
    fn unused_id(&self) -> Vec<u8> {
        let number = look(&self.witness, |witness| {
            witness.ids_made += 1;
            witness.ids_made
        });
        let mut bytes = vec![0xA1; MAX_ID_BYTES - 4];
        bytes.extend(number.to_be_bytes());
        bytes
    }
}

/// The bytes of a session; none where it has no encoding.
fn encoded(session: &Session, coding: Coding) -> Result<Option<Result<Vec<u8>, Undecodable>>, Trouble> {
    let bytes = match coding {
        Coding::Der | Coding::Cut => session.encode().map(Ok),
        Coding::Pem => session.to_pem().map(|text| Session::bytes_of_pem(&text)),
    };
    match bytes {
        Ok(Ok(mut bytes)) if coding == Coding::Cut => {
            bytes.truncate(bytes.len().saturating_sub(LOST_BYTES));
            Ok(Some(Ok(bytes)))
        }
        Ok(bytes) => Ok(Some(bytes)),
        Err(Unencodable::Invalid) => Ok(None),
        Err(error @ Unencodable::Unbound) => Err(harness(error.to_string())),
    }
}
