//! The functions that the library calls. Each notes what it saw, and answers as the script set its context.

use std::ffi::{c_int, c_long, c_uchar};
use std::ptr::null_mut;

use sessck_model::{Callback, ConnId, CtxId, GetCallback, NewCallback, RemoveCallback};

use super::act::act;
use super::api::{Api, Ptr};
use super::witness::{Answers, Known, Witness, with};
use crate::adapter::roll::{Happening, Life, Serial};

/// The ex_data constructor of sessions: one was born.
pub(super) unsafe extern "C" fn session_born(parent: Ptr, _: Ptr, _: Ptr, _: c_int, _: c_long, _: Ptr) {
    with(|witness| witness.born(parent as usize));
}

/// The ex_data destructor of sessions: one is about to be given back.
pub(super) unsafe extern "C" fn session_died(parent: Ptr, _: Ptr, _: Ptr, _: c_int, _: c_long, _: Ptr) {
    with(|witness| witness.died(parent as usize));
}

/// Tells the library which callbacks a context has now.
pub(super) fn set(api: &Api, context: Ptr, answers: Answers) {
    let new = (answers.new != NewCallback::Unset).then_some(on_new as _);
    let remove = (answers.remove != RemoveCallback::Unset).then_some(on_remove as _);
    let get = (answers.get != GetCallback::Unset).then_some(on_get as _);
    // SAFETY: the context lives; the functions have the types of the header.
    unsafe {
        (api.SSL_CTX_sess_set_new_cb)(context, new);
        (api.SSL_CTX_sess_set_remove_cb)(context, remove);
        (api.SSL_CTX_sess_set_get_cb)(context, get);
    }
}

unsafe extern "C" fn on_new(ssl: Ptr, session: Ptr) -> c_int {
    let asks = with(|witness| witness.api.and_then(|api| api.SSL_SESSION_is_resumable));
    // SAFETY: the library passes a session that lives.
    let resumable = asks.is_some_and(|asks| unsafe { asks(session) } == 1);
    let noted = with(|witness| {
        let (connection, context) = known_connection(witness, ssl)?;
        let session = known_session(witness, session)?;
        let kept = witness.answers.get(&context).is_some_and(|answers| answers.new == NewCallback::Keep);
        witness.roll[session].own.references += u32::from(kept);
        witness.roll.happens(Happening::New { connection, session, resumable, kept });
        Some((context, session, kept))
    });
    let Some((context, session, kept)) = noted else { return 0 };
    act(Callback::New, context, session);
    c_int::from(kept)
}

unsafe extern "C" fn on_remove(context: Ptr, session: Ptr) {
    let noted = with(|witness| {
        let Some(context) = witness.contexts.get(&(context as usize)).copied() else {
            witness.confusion = Some("the remove callback was given a context that is not of this case".to_owned());
            return None;
        };
        let session = known_session(witness, session)?;
        witness.roll.happens(Happening::Removed { context, session });
        Some((context, session))
    });
    if let Some((context, session)) = noted {
        act(Callback::Remove, context, session);
    }
}

unsafe extern "C" fn on_get(ssl: Ptr, wanted: *const c_uchar, length: c_int, copy: *mut c_int) -> Ptr {
    // SAFETY: the library passes so many bytes.
    let wanted = unsafe { bytes(wanted, usize::try_from(length).unwrap_or(0)) };
    let (api, asked) = with(|witness| (witness.api, known_connection(witness, ssl)));
    let (Some(api), Some((connection, context))) = (api, asked) else { return null_mut() };
    let setting = with(|witness| witness.answers.get(&context).map_or(GetCallback::Unset, |answers| answers.get));
    let candidates = with(|witness| owned(witness, context, setting == GetCallback::Any));
    let fits = |held: &[u8]| if setting == GetCallback::Any { !held.is_empty() } else { !wanted.is_empty() && held == wanted };
    let found = candidates.into_iter().find(|&(_, address)| fits(identity(api, address as Ptr)));
    let (answer, written) = match setting {
        GetCallback::Unset | GetCallback::Miss => (None, None),
        GetCallback::Copy | GetCallback::Any => (found, Some(1)),
        GetCallback::Preset => (found, None),
        // what is only borrowed is misuse: the case has ended before the library asks
        GetCallback::Give | GetCallback::GiveBorrowed => (found, Some(0)),
    };
    if let (Some(value), Some(_)) = (written, answer) {
        // SAFETY: the library passes a place for one int.
        unsafe { *copy = value };
    }
    with(|witness| {
        if let Some((session, address)) = answer {
            witness.roll.show(&address);
            witness.roll[session].home.get_or_insert(context);
            witness.roll[session].own.references -= u32::from(written == Some(0));
        }
        witness.roll.happens(Happening::Asked { connection, answer: answer.map(|(session, _)| session) });
    });
    if let Some((session, _)) = answer {
        act(Callback::Get, context, session);
    }
    answer.map_or(null_mut(), |(_, address)| address as Ptr)
}

/// The sessions of this context that live and to which the application holds a reference, oldest first. Where any will do, those that were
/// used with no context yet are among them, and those that were never negotiated are not.
fn owned(witness: &Witness, home: CtxId, any: bool) -> Vec<(Serial, usize)> {
    let fits = |life: &Life<Known>| life.home == Some(home) || (any && life.home.is_none());
    let held = witness.roll.iter().filter(|(_, life)| life.alive && life.own.references > 0 && fits(life) && !(any && life.empty));
    held.map(|(serial, life)| (serial, life.own.address)).collect()
}

/// What TLS calls the session's id.
pub(super) fn identity(api: &Api, session: Ptr) -> &'static [u8] {
    let mut length = 0;
    // SAFETY: the session lives, since the application holds a reference; the bytes are compared before anything else runs.
    unsafe {
        let start = (api.SSL_SESSION_get_id)(session, &raw mut length);
        bytes(start, length as usize)
    }
}

unsafe fn bytes(start: *const c_uchar, length: usize) -> &'static [u8] {
    if start.is_null() || length == 0 {
        return &[];
    }
    // SAFETY: the caller passes what the library said.
    unsafe { std::slice::from_raw_parts(start, length) }
}

pub(super) fn known_connection(witness: &mut Witness, ssl: Ptr) -> Option<(ConnId, CtxId)> {
    let known = witness.connections.get(&(ssl as usize)).copied();
    if known.is_none() {
        witness.confusion = Some("a callback was given a connection that is not of this case".to_owned());
    }
    known
}

/// The session that a callback was given: from now on it has a name.
fn known_session(witness: &mut Witness, session: Ptr) -> Option<Serial> {
    let known = witness.roll.show(&(session as usize));
    if known.is_none() {
        witness.confusion = Some("a callback was given a session that was never born".to_owned());
    }
    known
}
