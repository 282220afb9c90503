//! Sessions that are encoded and decoded, and their ids.

use std::ffi::{c_int, c_long, c_uchar, c_void};
use std::ptr::null_mut;

use sessck_model::{Coding, NewId, SessId};

use super::api::Ptr;
use super::witness::with;
use super::{Answer, Libssl, callbacks, harness, needs};
use crate::implementation::{Lack, Trouble};

/// How many bytes of an encoding get lost.
const LOST_BYTES: usize = 5;
/// One more than `SSL_MAX_SSL_SESSION_ID_LENGTH`.
const TOO_LONG_BYTES: u8 = 33;
/// `BIO_CTRL_INFO`: where a memory BIO's bytes are.
const BYTES: c_int = 3;

impl Libssl {
    pub(super) fn session_decode(&mut self, id: SessId) -> Result<Answer, Trouble> {
        self.session_decode_as(id, Coding::Der)
    }

    pub(super) fn session_decode_as(&mut self, id: SessId, coding: Coding) -> Result<Answer, Trouble> {
        let encoded = self.encode(self.session(id)?, coding)?;
        let copy = self.decode(&encoded, &mut null_mut(), coding)?;
        Self::own(copy);
        Ok(Answer::Session(copy))
    }

    pub(super) fn session_decode_into(&mut self, into: SessId, from: SessId, coding: Coding) -> Result<Answer, Trouble> {
        let encoded = self.encode(self.session(from)?, coding)?;
        let target = self.session(into)?;
        let mut place = target;
        let decoded = self.decode(&encoded, &mut place, coding)?;
        if place.is_null() {
            Self::disown(into);
        } else if !decoded.is_null() {
            Self::note_empty(decoded, false);
        }
        Ok(Answer::Session(decoded))
    }

    /// The bytes of a session; none where it has no encoding.
    fn encode(&self, session: Ptr, coding: Coding) -> Result<Vec<u8>, Trouble> {
        if coding == Coding::Pem {
            return self.write_pem(session);
        }
        // SAFETY: the session lives; the first call tells the length that the second writes.
        let mut encoded = unsafe {
            let length = (self.api.i2d_SSL_SESSION)(session, null_mut());
            let mut encoded = vec![0_u8; usize::try_from(length).unwrap_or(0)];
            let mut end = encoded.as_mut_ptr();
            if !encoded.is_empty() && (self.api.i2d_SSL_SESSION)(session, &raw mut end) != length {
                return Err(harness("i2d_SSL_SESSION gave two lengths"));
            }
            encoded
        };
        if coding == Coding::Cut {
            encoded.truncate(encoded.len().saturating_sub(LOST_BYTES));
        }
        Ok(encoded)
    }

    fn write_pem(&self, session: Ptr) -> Result<Vec<u8>, Trouble> {
        let write = needs(self.api.PEM_write_bio_SSL_SESSION, Lack::Pem)?;
        // SAFETY: the session lives; what the BIO tells of its bytes holds until it is freed.
        unsafe {
            let bio = (self.api.BIO_new)((self.api.BIO_s_mem)());
            let mut start: *mut c_uchar = null_mut();
            let length = if write(bio, session) == 1 { (self.api.BIO_ctrl)(bio, BYTES, 0, (&raw mut start).cast()) } else { 0 };
            let written = match usize::try_from(length) {
                Ok(length) if !start.is_null() => std::slice::from_raw_parts(start, length).to_vec(),
                Ok(_) | Err(_) => Vec::new(),
            };
            (self.api.BIO_free)(bio);
            Ok(written)
        }
    }

    /// Decodes into what `place` points to, or into a new session; NULL where it cannot.
    fn decode(&self, encoded: &[u8], place: &mut Ptr, coding: Coding) -> Result<Ptr, Trouble> {
        if encoded.is_empty() {
            return Ok(null_mut());
        }
        let length = c_int::try_from(encoded.len()).map_err(|_| harness("an encoding is too long"))?;
        if coding == Coding::Pem {
            let read = needs(self.api.PEM_read_bio_SSL_SESSION, Lack::Pem)?;
            // SAFETY: the bytes live until the BIO over them is freed; the session that `place` points to lives, if there is one.
            return Ok(unsafe {
                let bio = (self.api.BIO_new_mem_buf)(encoded.as_ptr().cast::<c_void>(), length);
                let session = read(bio, place, null_mut(), null_mut());
                (self.api.BIO_free)(bio);
                session
            });
        }
        let mut start = encoded.as_ptr();
        // SAFETY: so many bytes are there; the session that `place` points to lives, if there is one.
        Ok(unsafe { (self.api.d2i_SSL_SESSION)(place, &raw mut start, c_long::from(length)) })
    }

    pub(super) fn session_set_id(&mut self, id: SessId, new: NewId) -> Result<Answer, Trouble> {
        let bytes = match new {
            NewId::Fresh => self.unused_id(),
            NewId::TooLong => vec![1; TOO_LONG_BYTES.into()],
        };
        self.set_id(id, &bytes)
    }

    pub(super) fn session_set_id_of(&mut self, id: SessId, of: SessId) -> Result<Answer, Trouble> {
        let bytes = callbacks::identity(self.api, self.session(of)?).to_vec();
        self.set_id(id, &bytes)
    }

    pub(super) fn session_same_id(&mut self, one: SessId, other: SessId) -> Result<Answer, Trouble> {
        let (one, other) = (callbacks::identity(self.api, self.session(one)?), callbacks::identity(self.api, self.session(other)?));
        Ok(Answer::Number((!one.is_empty() && one == other).into()))
    }

    fn set_id(&self, id: SessId, bytes: &[u8]) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_SESSION_set1_id, Lack::SetId)?;
        let session = self.session(id)?;
        let length = u32::try_from(bytes.len()).map_err(|_| harness("an id is too long"))?;
        // SAFETY: the session lives; so many bytes are there.
        Ok(Answer::Number(unsafe { set(session, bytes.as_ptr(), length) }.into()))
    }

    /// An id of full length that no session of this case has.
    fn unused_id(&mut self) -> Vec<u8> {
        let number = with(|witness| {
            witness.ids_made += 1;
            witness.ids_made
        });
        let mut bytes = b"an id that the application made: ".to_vec();
        bytes.truncate(usize::from(TOO_LONG_BYTES) - 5);
        bytes.extend(number.to_be_bytes());
        bytes
    }

    /// Notes whether a session was never negotiated.
    pub(super) fn note_empty(session: Ptr, empty: bool) {
        with(|witness| {
            if let Some(serial) = witness.roll.serial(&(session as usize)) {
                witness.roll[serial].empty = empty;
            }
        });
    }

    /// Whether a session was never negotiated.
    pub(super) fn is_empty(session: Ptr) -> bool {
        with(|witness| witness.roll.serial(&(session as usize)).is_some_and(|serial| witness.roll[serial].empty))
    }
}
