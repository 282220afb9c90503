//! Callbacks that call back: what a callback of the session cache does on its own context, besides answering.

use crate::step::{Answer, Step, Stop};
use crate::{CtxId, Deviation, Effect, Outcome, Removal, SessId, Undefined};

/// Later than any session lasts that is not meant to last for ever.
pub const END_OF_TIME: i64 = 1 << 40;

/// A callback of the session cache.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Callback {
    /// The new-session callback.
    New,
    /// The remove-session callback.
    Remove,
    /// The get-session callback.
    Get,
}

/// What a callback of the session cache does on its own context, besides answering.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Act {
    /// `SSL_CTX_flush_sessions` at the end of time, so that all are due.
    Flush,
    /// `SSL_CTX_add_session` of the session that it is about.
    Add,
    /// `SSL_CTX_remove_session` of the session that it is about.
    Remove,
    /// `SSL_SESSION_free` of a reference that the application owns to the session that it is about, if it owns one.
    Free,
}

impl Callback {
    /// Its word in traces and reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Remove => "remove",
            Self::Get => "get",
        }
    }
}

impl Act {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Flush, Self::Add, Self::Remove, Self::Free];

    /// Its word in traces and reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Flush => "flush",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Free => "free",
        }
    }
}

impl std::fmt::Display for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl std::str::FromStr for Act {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|act| act.word() == text).ok_or(())
    }
}

impl Step<'_> {
    pub(crate) fn set_acts(&mut self, id: CtxId, callback: Callback, act: Option<Act>) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.acts = act.map(|act| (callback, act));
        Ok(Outcome::Done)
    }

    /// A callback runs: it does what else it is to do, unless one is at it already.
    pub(crate) fn act(&mut self, callback: Callback, context: CtxId, session: SessId, why: Option<Removal>) -> Result<(), Stop> {
        let wanted = self.context(context)?.acts.filter(|(of, _)| *of == callback && !self.acting);
        let Some((_, act)) = wanted else { return Ok(()) };
        if act == Act::Free && self.session(session)?.owned == 0 {
            return Ok(());
        }
        let held = self.context(context)?.holds(session);
        self.acting = true;
        let answer = if self.is_locked_out(act, why) { 0 } else { self.carry_out(callback, act, context, session, why)? };
        self.acting = false;
        let left = u32::try_from(self.context(context)?.cache.len()).unwrap_or(u32::MAX);
        self.note(Effect::Acted { act, context, session, held, answer, left });
        Ok(())
    }

    // divergence: the remove callback runs while the library holds the lock of the cache
    fn is_locked_out(&self, act: Act, why: Option<Removal>) -> bool {
        let locked = matches!(why, Some(Removal::Size | Removal::Expired | Removal::ContextFreed));
        locked && act != Act::Free && self.deviates(Deviation::CallbackLockedOut)
    }

    fn carry_out(&mut self, callback: Callback, act: Act, context: CtxId, session: SessId, why: Option<Removal>) -> Result<i32, Stop> {
        match act {
            Act::Flush => {
                self.flush(context, END_OF_TIME)?;
                Ok(0)
            }
            // no page says what a cache is that is being emptied, or filled by its own loss, without end
            Act::Add if matches!(why, Some(Removal::ContextFreed | Removal::Displaced)) => Err(Stop::Undefined(Undefined::UnfitSession)),
            Act::Add => {
                self.used_with(session, context)?;
                Ok(self.store(context, session, false)?.into())
            }
            Act::Remove => {
                self.used_with(session, context)?;
                Ok(self.retire(context, session, Removal::ByHand)?.into())
            }
            // what a get callback gives must be there when it returns
            Act::Free if callback == Callback::Get => Err(Stop::Undefined(Undefined::UnfitSession)),
            Act::Free => {
                self.session_mut(session)?.owned -= 1;
                self.give_back(session)?;
                Ok(0)
            }
        }
    }
}
