//! Calls on contexts.

use std::ffi::{c_int, c_long, c_ulong};
use std::ptr::null_mut;

use sessck_model::{CacheMode, CtxId, EarlyData, GetCallback, NewCallback, Opt, RemoveCallback, SessId, Side, Version};

use super::api::Ptr;
use super::credentials::Credentials;
use super::witness::{Answers, with};
use super::{Answer, Libssl, callbacks, clock, harness, identity, needs};
use crate::implementation::{Lack, Trouble};

/// One context of the case.
pub(super) struct Context {
    pub(super) ctx: Ptr,
    pub(super) side: Side,
    pub(super) version: Version,
    /// References that the application holds.
    pub(super) references: u32,
}

const SET_CACHE_SIZE: c_int = 42;
const SET_CACHE_MODE: c_int = 44;
const NUMBER: c_int = 20;
const SET_OPTIONS: c_int = 32;
const CLEAR_OPTIONS: c_int = 77;
const SET_MIN_VERSION: c_int = 123;
const SET_MAX_VERSION: c_int = 124;
/// The early data that a context or a connection takes where a script allows any.
const EARLY_DATA_BYTES: u32 = 16_384;

impl Libssl {
    pub(super) fn context_new(&mut self, id: CtxId, side: Side, version: Version) -> Result<Answer, Trouble> {
        if self.contexts.contains_key(&id) {
            return Err(harness(format!("{id} was made before")));
        }
        let ctx = self.context_of_version(version)?;
        let Credentials { certificate, key } = self.credentials;
        if side == Side::Server {
            // SAFETY: all three live; the context takes references of its own.
            let taken =
                unsafe { (self.api.SSL_CTX_use_certificate)(ctx, certificate) == 1 && (self.api.SSL_CTX_use_PrivateKey)(ctx, key) == 1 };
            if !taken {
                return Err(harness("the library refused our certificate"));
            }
        }
        self.contexts.insert(id, Context { ctx, side, version, references: 1 });
        with(|witness| {
            witness.contexts.insert(ctx as usize, id);
            witness.answers.insert(id, Answers::UNSET);
        });
        Ok(Answer::Nothing)
    }

    /// A context whose lowest and highest version are the same. Before 1.1.0 only 1.2 can be had, by its own method.
    fn context_of_version(&self, version: Version) -> Result<Ptr, Trouble> {
        let api = self.api;
        let Some(method) = api.TLS_method else {
            if version == Version::Tls13 {
                return Err(Trouble::Cannot(Lack::Tls13));
            }
            let method = api.TLSv1_2_method.ok_or_else(|| harness("the library has no method for TLS 1.2"))?;
            // SAFETY: a method is static.
            return Ok(unsafe { (api.SSL_CTX_new)(method()) });
        };
        let number = match version {
            Version::Tls12 => 0x0303,
            Version::Tls13 => 0x0304,
        };
        // SAFETY: a method is static.
        let ctx = unsafe { (api.SSL_CTX_new)(method()) };
        if ctx.is_null() {
            return Err(harness("SSL_CTX_new failed"));
        }
        let fixed = self.context_ctrl(ctx, SET_MIN_VERSION, number)? == 1 && self.context_ctrl(ctx, SET_MAX_VERSION, number)? == 1;
        match (fixed, version) {
            (true, _) => Ok(ctx),
            (false, Version::Tls13) => Err(Trouble::Cannot(Lack::Tls13)),
            (false, Version::Tls12) => Err(harness("the library refuses TLS 1.2")),
        }
    }

    pub(super) fn context_up_ref(&mut self, id: CtxId) -> Result<Answer, Trouble> {
        let up_ref = needs(self.api.SSL_CTX_up_ref, Lack::ContextUpRef)?;
        let context = self.context_mut(id)?;
        context.references += 1;
        // SAFETY: the application holds a reference.
        Ok(Answer::Number(unsafe { up_ref(context.ctx) }.into()))
    }

    pub(super) fn context_free(&mut self, id: CtxId) -> Result<Answer, Trouble> {
        let context = self.context_mut(id)?;
        context.references -= 1;
        let ctx = context.ctx;
        // SAFETY: the application gives a reference back that it holds.
        unsafe { (self.api.SSL_CTX_free)(ctx) };
        Ok(Answer::Nothing)
    }

    pub(super) fn set_cache_mode(&mut self, id: CtxId, mode: CacheMode) -> Result<Answer, Trouble> {
        if mode.update_time && !identity::has_update_time(self.api) {
            return Err(Trouble::Cannot(Lack::UpdateTime));
        }
        let before = self.context_ctrl(self.context(id)?.ctx, SET_CACHE_MODE, mode_bits(mode))?;
        Ok(Answer::Mode(mode_of(before)))
    }

    pub(super) fn set_cache_size(&mut self, id: CtxId, size: u32) -> Result<Answer, Trouble> {
        let before = self.context_ctrl(self.context(id)?.ctx, SET_CACHE_SIZE, size.into())?;
        Ok(Answer::Number(before))
    }

    pub(super) fn set_timeout(&mut self, id: CtxId, seconds: i64) -> Result<Answer, Trouble> {
        let ctx = self.context(id)?.ctx;
        // SAFETY: the context lives.
        Ok(Answer::Number(unsafe { (self.api.SSL_CTX_set_timeout)(ctx, seconds) }))
    }

    pub(super) fn set_num_tickets(&mut self, id: CtxId, number: u32) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_CTX_set_num_tickets, Lack::NumTickets)?;
        let ctx = self.context(id)?.ctx;
        // SAFETY: the context lives.
        unsafe { set(ctx, number as usize) };
        Ok(Answer::Nothing)
    }

    pub(super) fn set_option(&mut self, id: CtxId, option: Opt) -> Result<Answer, Trouble> {
        if option == Opt::IgnoreUnexpectedEof && self.identity.lacks.contains(&Lack::IgnoreUnexpectedEof) {
            return Err(Trouble::Cannot(Lack::IgnoreUnexpectedEof));
        }
        let ctx = self.context(id)?.ctx;
        match self.api.SSL_CTX_set_options {
            // SAFETY: the context lives.
            Some(set) => _ = unsafe { set(ctx, option_bits(option)) },
            None => _ = self.context_ctrl(ctx, SET_OPTIONS, option_bits(option) as c_long)?,
        }
        Ok(Answer::Nothing)
    }

    pub(super) fn clear_option(&mut self, id: CtxId, option: Opt) -> Result<Answer, Trouble> {
        let ctx = self.context(id)?.ctx;
        match self.api.SSL_CTX_clear_options {
            // SAFETY: the context lives.
            Some(clear) => _ = unsafe { clear(ctx, option_bits(option)) },
            None => _ = self.context_ctrl(ctx, CLEAR_OPTIONS, option_bits(option) as c_long)?,
        }
        Ok(Answer::Nothing)
    }

    pub(super) fn set_early_data(&mut self, id: CtxId, early_data: EarlyData) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_CTX_set_max_early_data, Lack::EarlyData)?;
        let ctx = self.context(id)?.ctx;
        // SAFETY: the context lives.
        unsafe { set(ctx, early_data_bytes(early_data)) };
        Ok(Answer::Nothing)
    }

    pub(super) fn set_session_id_context(&mut self, id: CtxId, value: u8) -> Result<Answer, Trouble> {
        let ctx = self.context(id)?.ctx;
        // SAFETY: the context lives; it copies the one byte, or none.
        unsafe { (self.api.SSL_CTX_set_session_id_context)(ctx, &raw const value, u32::from(value != 0)) };
        Ok(Answer::Nothing)
    }

    pub(super) fn set_new_callback(&mut self, id: CtxId, callback: NewCallback) -> Result<Answer, Trouble> {
        self.set_callbacks(id, |answers| answers.new = callback)
    }

    pub(super) fn set_remove_callback(&mut self, id: CtxId, callback: RemoveCallback) -> Result<Answer, Trouble> {
        self.set_callbacks(id, |answers| answers.remove = callback)
    }

    pub(super) fn set_get_callback(&mut self, id: CtxId, callback: GetCallback) -> Result<Answer, Trouble> {
        self.set_callbacks(id, |answers| answers.get = callback)
    }

    fn set_callbacks(&mut self, id: CtxId, change: impl FnOnce(&mut Answers)) -> Result<Answer, Trouble> {
        let ctx = self.context(id)?.ctx;
        let answers = with(|witness| {
            let answers = witness.answers.entry(id).or_insert(Answers::UNSET);
            change(answers);
            *answers
        });
        callbacks::set(self.api, ctx, answers);
        Ok(Answer::Nothing)
    }

    pub(super) fn add_session(&mut self, id: CtxId, session: SessId) -> Result<Answer, Trouble> {
        with(|witness| witness.roll.used_with(session, id));
        let (ctx, session) = (self.context(id)?.ctx, self.session(session)?);
        // SAFETY: both live.
        Ok(Answer::Number(unsafe { (self.api.SSL_CTX_add_session)(ctx, session) }.into()))
    }

    pub(super) fn remove_session(&mut self, id: CtxId, session: SessId) -> Result<Answer, Trouble> {
        with(|witness| witness.roll.used_with(session, id));
        let (ctx, session) = (self.context(id)?.ctx, self.session(session)?);
        // SAFETY: both live.
        Ok(Answer::Number(unsafe { (self.api.SSL_CTX_remove_session)(ctx, session) }.into()))
    }

    pub(super) fn cache_number(&mut self, id: CtxId) -> Result<Answer, Trouble> {
        Ok(Answer::Number(self.cached(self.context(id)?.ctx)?.into()))
    }

    pub(super) fn flush_sessions(&mut self, id: CtxId, second: u32) -> Result<Answer, Trouble> {
        let ctx = self.context(id)?.ctx;
        // SAFETY: the context lives.
        unsafe { (self.api.SSL_CTX_flush_sessions)(ctx, clock::EPOCH + i64::from(second)) };
        Ok(Answer::Nothing)
    }

    /// How many sessions a context's cache says it holds.
    pub(super) fn cached(&self, ctx: Ptr) -> Result<u32, Trouble> {
        Ok(u32::try_from(self.context_ctrl(ctx, NUMBER, 0)?).unwrap_or(u32::MAX))
    }

    /// The context of this name, which the application must hold.
    pub(super) fn context(&self, id: CtxId) -> Result<&Context, Trouble> {
        self.contexts.get(&id).filter(|context| context.references > 0).ok_or_else(|| harness(format!("the application holds no {id}")))
    }

    fn context_mut(&mut self, id: CtxId) -> Result<&mut Context, Trouble> {
        let held = self.contexts.get_mut(&id).filter(|context| context.references > 0);
        held.ok_or_else(|| harness(format!("the application holds no {id}")))
    }

    pub(super) fn context_ctrl(&self, ctx: Ptr, command: c_int, value: c_long) -> Result<c_long, Trouble> {
        let ctrl = self.api.SSL_CTX_ctrl.ok_or_else(|| harness("the library has no SSL_CTX_ctrl"))?;
        // SAFETY: the context lives; none of these commands takes a pointer.
        Ok(unsafe { ctrl(ctx, command, value, null_mut()) })
    }
}

/// `max_early_data` for what a script asks.
pub(super) fn early_data_bytes(early_data: EarlyData) -> u32 {
    match early_data {
        EarlyData::Refused => 0,
        EarlyData::Allowed => EARLY_DATA_BYTES,
    }
}

fn option_bits(option: Opt) -> c_ulong {
    match option {
        Opt::NoTicket => 0x4000,
        Opt::IgnoreUnexpectedEof => 0x80,
        Opt::NoAntiReplay => 0x0100_0000,
        Opt::ClientRenegotiation => 0x100,
        Opt::NoResumptionOnRenegotiation => 0x1_0000,
    }
}

fn mode_bits(mode: CacheMode) -> c_long {
    let sides = [(mode.client, 1), (mode.server, 2)];
    let flags = [(mode.no_auto_clear, 0x80), (mode.no_lookup, 0x100), (mode.no_store, 0x200), (mode.update_time, 0x400)];
    sides.into_iter().chain(flags).filter(|(set, _)| *set).map(|(_, bit)| bit).sum()
}

fn mode_of(bits: c_long) -> CacheMode {
    CacheMode {
        client: bits & 1 != 0,
        server: bits & 2 != 0,
        no_lookup: bits & 0x100 != 0,
        no_store: bits & 0x200 != 0,
        no_auto_clear: bits & 0x80 != 0,
        update_time: bits & 0x400 != 0,
    }
}
