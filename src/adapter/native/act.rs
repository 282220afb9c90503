//! What callbacks do besides answering, where they were told to: they call back into the cache that they are about.

use std::sync::Mutex;

use sessck_model::{Act, Callback, CtxId, END_OF_TIME};

use super::witness::{Witness, look};
use super::{Answer, Answered, Native};
use crate::adapter::roll::{Happening, Serial};
use crate::native::{Cache, Session};

impl Native {
    pub(super) fn set_acts(&mut self, id: CtxId, callback: Callback, act: Option<Act>) -> Answered {
        self.context(id)?;
        look(&self.witness, |witness| match act {
            Some(act) => _ = witness.acts.insert(id, (callback, act)),
            None => _ = witness.acts.remove(&id),
        });
        Ok(Answer::Nothing)
    }
}

/// This callback has just run for this context with this session: if it is to do something besides, it does so now. Not while one is at
/// it already.
pub(super) fn act(witness: &Mutex<Witness>, callback: Callback, context: CtxId, cache: &Cache, session: &Session, serial: Serial) {
    let wanted = look(witness, |witness| {
        let (_, act) = witness.acts.get(&context).copied().filter(|(wanted, _)| *wanted == callback && !witness.acting)?;
        let given = if act == Act::Free { Some(witness.roll[serial].own.handles.pop()?) } else { None };
        witness.acting = true;
        Some((act, given))
    });
    let Some((act, given)) = wanted else { return };
    let answer = match act {
        Act::Flush => {
            cache.flush(END_OF_TIME);
            0
        }
        Act::Add => i32::from(cache.add(session).unwrap_or(false)),
        Act::Remove => i32::from(cache.remove(session).unwrap_or(false)),
        Act::Free => {
            drop(given);
            0
        }
    };
    let left = u32::try_from(cache.len()).unwrap_or(u32::MAX);
    look(witness, |witness| {
        witness.acting = false;
        witness.roll.happens(Happening::Acted { act, context, session: serial, answer, left });
    });
}
