//! Calls on contexts.

use std::sync::Arc;

use sessck_model::{
    CacheMode, CtxId, EarlyData, GetCallback, Groups, NewCallback, NotResumableCallback, Opt, Quiet, RemoveCallback, SessId, Side, Verify,
    Version,
};

use super::callbacks::{Watcher, on_get, on_new, on_not_resumable, on_remove};
use super::witness::look;
use super::{Answer, Answered, Native, clock, harness};
use crate::implementation::{Lack, Trouble};
use crate::native::{self, AntiReplay, Context, Eof, Group, SessionIdContext, Tickets, Trust, WeakContext};

/// The early data that a context or a connection takes where a script allows any.
const EARLY_DATA_BYTES: u32 = 16_384;

/// One context of the case.
pub(super) struct HeldContext {
    /// The handles that the application holds.
    pub(super) handles: Vec<Context>,
    context: WeakContext,
}

impl HeldContext {
    /// The context, while it is in memory.
    pub(super) fn living(&self) -> Option<Context> {
        self.context.upgrade()
    }
}

impl Native {
    pub(super) fn context_new(&mut self, id: CtxId, side: Side, version: Version) -> Answered {
        if self.contexts.contains_key(&id) {
            return Err(harness(format!("{id} was made before")));
        }
        let context = self.kind(side, native_version(version))?.sibling();
        #[cfg(feature = "faults")]
        for fault in &self.faults {
            context.switch_on(*fault);
        }
        context.set_watch(Some(Arc::new(Watcher(Arc::clone(&self.witness)))));
        let held = HeldContext { context: context.downgrade(), handles: vec![context] };
        self.contexts.insert(id, held);
        Ok(Answer::Nothing)
    }

    /// The context of this kind that others are siblings of.
    fn kind(&mut self, side: Side, version: native::Version) -> Result<&Context, Trouble> {
        let end = match side {
            Side::Client => native::Side::Client,
            Side::Server => native::Side::Server,
        };
        let known = self.kinds.iter().position(|kind| (kind.side(), kind.version()) == (end, version));
        let at = match known {
            Some(at) => at,
            None => {
                let made = match side {
                    Side::Client => {
                        Context::client(version, &Trust::Certificate(self.credentials.certificate().to_vec()), self.clock.clone())
                    }
                    Side::Server => Context::server(version, self.credentials.clone(), self.clock.clone()),
                };
                self.kinds.push(made.map_err(|error| harness(error.to_string()))?);
                self.kinds.len() - 1
            }
        };
        Ok(&self.kinds[at])
    }

    pub(super) fn context_up_ref(&mut self, id: CtxId) -> Answered {
        let handle = self.context(id)?.clone();
        self.held(id)?.handles.push(handle);
        Ok(Answer::Number(1))
    }

    pub(super) fn context_free(&mut self, id: CtxId) -> Answered {
        drop(self.held(id)?.handles.pop());
        Ok(Answer::Nothing)
    }

    pub(super) fn set_cache_mode(&mut self, id: CtxId, mode: CacheMode) -> Answered {
        let before = self.context(id)?.set_cache_mode(native_mode(mode));
        Ok(Answer::Mode(model_mode(before)))
    }

    pub(super) fn set_cache_size(&mut self, id: CtxId, size: u32) -> Answered {
        let before = self.context(id)?.cache().set_size(size as usize);
        Ok(Answer::Number(i64::try_from(before).unwrap_or(i64::MAX)))
    }

    pub(super) fn set_timeout(&mut self, id: CtxId, seconds: i64) -> Answered {
        Ok(Answer::Number(self.context(id)?.set_timeout(seconds)))
    }

    pub(super) fn set_num_tickets(&mut self, id: CtxId, number: u32) -> Answered {
        self.setting(id, |context| context.set_num_tickets(number as usize))
    }

    pub(super) fn set_option(&mut self, id: CtxId, option: Opt) -> Answered {
        match option {
            Opt::NoTicket => self.setting(id, |context| context.set_tickets(Tickets::Stateful)),
            Opt::IgnoreUnexpectedEof => self.setting(id, |context| context.set_eof(Eof::Close)),
            Opt::NoAntiReplay => self.setting(id, |context| context.set_anti_replay(AntiReplay::Off)),
            Opt::ClientRenegotiation | Opt::NoResumptionOnRenegotiation => Err(Trouble::Cannot(Lack::Renegotiation)),
        }
    }

    pub(super) fn clear_option(&mut self, id: CtxId, option: Opt) -> Answered {
        match option {
            Opt::NoTicket => self.setting(id, |context| context.set_tickets(Tickets::Stateless)),
            Opt::IgnoreUnexpectedEof => self.setting(id, |context| context.set_eof(Eof::Error)),
            Opt::NoAntiReplay => self.setting(id, |context| context.set_anti_replay(AntiReplay::On)),
            // clear they are all the time
            Opt::ClientRenegotiation | Opt::NoResumptionOnRenegotiation => Ok(Answer::Nothing),
        }
    }

    pub(super) fn set_early_data(&mut self, id: CtxId, early_data: EarlyData) -> Answered {
        self.setting(id, |context| context.set_max_early_data(early_data_bytes(early_data)))
    }

    pub(super) fn set_session_id_context(&mut self, id: CtxId, value: u8) -> Answered {
        self.setting(id, |context| context.set_session_id_context(sid_ctx(value)))
    }

    pub(super) fn set_new_callback(&mut self, id: CtxId, callback: NewCallback) -> Answered {
        let callback = on_new(&self.witness, id, callback);
        self.setting(id, |context| context.set_new_callback(callback))
    }

    pub(super) fn set_remove_callback(&mut self, id: CtxId, callback: RemoveCallback) -> Answered {
        let callback = match callback {
            RemoveCallback::Unset => None,
            RemoveCallback::Set => Some(on_remove(&self.witness, id)),
        };
        self.setting(id, |context| context.set_remove_callback(callback))
    }

    pub(super) fn set_get_callback(&mut self, id: CtxId, callback: GetCallback) -> Answered {
        let callback = on_get(&self.witness, id, callback);
        self.setting(id, |context| context.set_get_callback(callback))
    }

    pub(super) fn set_context_quiet_shutdown(&mut self, id: CtxId, quiet: Quiet) -> Answered {
        self.setting(id, |context| context.set_quiet_shutdown(native_quiet(quiet)))
    }

    pub(super) fn set_verify(&mut self, id: CtxId, verify: Verify) -> Answered {
        self.setting(id, |context| {
            context.set_verify(match verify {
                Verify::None => native::Verify::None,
                Verify::Peer => native::Verify::Peer,
            });
        })
    }

    pub(super) fn set_groups(&mut self, id: CtxId, groups: Groups) -> Answered {
        let groups: &[Group] = match groups {
            Groups::Preset => Group::PRESET,
            Groups::Other => &[Group::P256],
        };
        let context = self.context(id)?;
        // what a client takes is both, whatever it would rather have
        if context.side() == native::Side::Server {
            context.set_groups(groups).map_err(|error| harness(error.to_string()))?;
        }
        Ok(Answer::Nothing)
    }

    pub(super) fn set_not_resumable_callback(&mut self, id: CtxId, callback: NotResumableCallback) -> Answered {
        let callback = on_not_resumable(&self.witness, callback);
        self.setting(id, |context| context.set_not_resumable_callback(callback))
    }

    pub(super) fn add_session(&mut self, id: CtxId, session: SessId) -> Answered {
        let name = session;
        let (context, session) = (self.context(id)?, self.session(session)?);
        look(&self.witness, |witness| witness.roll.used_with(name, id));
        let added = context.cache().add(&session).map_err(|error| harness(error.to_string()))?;
        Ok(Answer::Number(added.into()))
    }

    pub(super) fn remove_session(&mut self, id: CtxId, session: SessId) -> Answered {
        let name = session;
        let (context, session) = (self.context(id)?, self.session(session)?);
        look(&self.witness, |witness| witness.roll.used_with(name, id));
        let removed = context.cache().remove(&session).map_err(|error| harness(error.to_string()))?;
        Ok(Answer::Number(removed.into()))
    }

    pub(super) fn cache_number(&mut self, id: CtxId) -> Answered {
        let number = self.context(id)?.cache().len();
        Ok(Answer::Number(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    pub(super) fn flush_sessions(&mut self, id: CtxId, second: u32) -> Answered {
        self.setting(id, |context| context.cache().flush(clock::EPOCH + i64::from(second)))
    }

    fn setting(&self, id: CtxId, set: impl FnOnce(&Context)) -> Answered {
        set(self.context(id)?);
        Ok(Answer::Nothing)
    }

    /// The context of this name, which the application must hold.
    pub(super) fn context(&self, id: CtxId) -> Result<&Context, Trouble> {
        let held = self.contexts.get(&id).and_then(|held| held.handles.first());
        held.ok_or_else(|| harness(format!("the application holds no {id}")))
    }

    fn held(&mut self, id: CtxId) -> Result<&mut HeldContext, Trouble> {
        self.contexts.get_mut(&id).ok_or_else(|| harness(format!("there is no {id}")))
    }
}

/// `max_early_data` for what a script asks.
pub(super) fn early_data_bytes(early_data: EarlyData) -> u32 {
    match early_data {
        EarlyData::Refused => 0,
        EarlyData::Allowed => EARLY_DATA_BYTES,
    }
}

/// A session id context of one byte, or the empty one.
pub(super) fn sid_ctx(value: u8) -> SessionIdContext {
    let bytes: &[u8] = if value == 0 { &[] } else { &[value] };
    SessionIdContext::new(bytes).unwrap_or_default()
}

pub(super) fn native_quiet(quiet: Quiet) -> native::Quiet {
    match quiet {
        Quiet::Off => native::Quiet::Off,
        Quiet::On => native::Quiet::On,
    }
}

fn native_version(version: Version) -> native::Version {
    match version {
        Version::Tls12 => native::Version::Tls12,
        Version::Tls13 => native::Version::Tls13,
    }
}

fn native_mode(mode: CacheMode) -> native::CacheMode {
    let CacheMode { client, server, no_lookup, no_store, no_auto_clear, update_time } = mode;
    native::CacheMode { client, server, no_lookup, no_store, no_auto_clear, update_time }
}

fn model_mode(mode: native::CacheMode) -> CacheMode {
    let native::CacheMode { client, server, no_lookup, no_store, no_auto_clear, update_time } = mode;
    CacheMode { client, server, no_lookup, no_store, no_auto_clear, update_time }
}
