//! What callbacks do besides answering, where they were told to: they call back into the library.

use std::ffi::c_int;
use std::ptr::null_mut;

use sessck_model::{Act, Callback, CtxId, END_OF_TIME};

use super::api::{Api, Ptr};
use super::witness::with;
use super::{Answer, Libssl};
use crate::adapter::roll::{Happening, Serial};
use crate::implementation::Trouble;

/// `SSL_CTRL_SESS_NUMBER`.
const NUMBER: c_int = 20;

impl Libssl {
    pub(super) fn set_acts(&mut self, id: CtxId, callback: Callback, act: Option<Act>) -> Result<Answer, Trouble> {
        self.context(id)?;
        with(|witness| match act {
            Some(act) => _ = witness.acts.insert(id, (callback, act)),
            None => _ = witness.acts.remove(&id),
        });
        Ok(Answer::Nothing)
    }
}

/// This callback has just run for this context with this session: if it is to do something besides, it does so now. Not while
/// one is at it already.
pub(super) fn act(callback: Callback, context: CtxId, session: Serial) {
    let wanted = with(|witness| {
        let (_, act) = witness.acts.get(&context).copied().filter(|(wanted, _)| *wanted == callback && !witness.acting)?;
        let ctx = witness.contexts.iter().find(|(_, id)| **id == context).map(|(address, _)| *address as Ptr)?;
        let life = &mut witness.roll[session];
        if act == Act::Free {
            life.own.references = life.own.references.checked_sub(1)?;
        }
        let address = life.own.address as Ptr;
        witness.acting = true;
        Some((witness.api?, ctx, address, act))
    });
    let Some((api, ctx, address, act)) = wanted else { return };
    let answer = call(api, ctx, address, act);
    // SAFETY: the context lives while a callback of it runs; the command takes no pointer.
    let left = api.SSL_CTX_ctrl.map_or(0, |ctrl| unsafe { ctrl(ctx, NUMBER, 0, null_mut()) });
    with(|witness| {
        witness.acting = false;
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        witness.roll.happens(Happening::Acted { act, context, session, answer, left });
    });
}

fn call(api: &Api, ctx: Ptr, session: Ptr, act: Act) -> c_int {
    // SAFETY: the library has passed both to a callback that has not returned; a reference is given back where one is owned.
    unsafe {
        match act {
            Act::Flush => (api.SSL_CTX_flush_sessions)(ctx, END_OF_TIME),
            Act::Add => return (api.SSL_CTX_add_session)(ctx, session),
            Act::Remove => return (api.SSL_CTX_remove_session)(ctx, session),
            Act::Free => (api.SSL_SESSION_free)(session),
        }
    }
    0
}
