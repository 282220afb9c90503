//! Drives any libssl that can be opened at run time. All `unsafe` of this crate is below here.
//!
//! One library for a process: two of them with a libcrypto of the same name would share one. [`crate::adapter::isolate`] sees to it.
#![expect(unsafe_code, reason = "a C library is driven through its C interface")]

mod api;
mod callbacks;
mod clock;
mod connection;
mod context;
mod count;
mod credentials;
mod facts;
mod identity;
mod load;
mod random;
mod session;
pub(crate) mod system;
mod wire;
mod witness;

use std::collections::BTreeMap;
use std::path::Path;

use sessck_model::{Call, ConnId, CtxId};

use self::api::{Api, Ptr};
use self::context::Context;
use self::credentials::Credentials;
use self::facts::Reported;
use self::wire::Connection;
use crate::implementation::{Identity, Implementation, Lack, Observation, Trouble};

/// A libssl that was opened in this process, and the objects of the case that runs.
pub struct Libssl {
    api: &'static Api,
    identity: Identity,
    credentials: Credentials,
    count_offset: Option<usize>,
    contexts: BTreeMap<CtxId, Context>,
    connections: BTreeMap<ConnId, Connection>,
    reported: Reported,
}

/// What a call gave back, before sessions have names.
enum Answer {
    Nothing,
    Number(i64),
    Mode(sessck_model::CacheMode),
    Session(Ptr),
}

impl Libssl {
    /// Opens the library for the rest of the process's life. At most one for a thread is of use: the callbacks' notes are the thread's.
    ///
    /// # Errors
    /// [`Trouble::Unopenable`], [`Trouble::LacksSymbol`], or [`Trouble::Cannot`] of what no script can do without.
    pub fn open(path: &Path) -> Result<Self, Trouble> {
        let library = load::open(path)?;
        let api: &'static Api = Box::leak(Box::new(Api::resolve(library, path)?));
        clock::set(clock::START);
        random::install(api);
        if let Some(initialise) = api.SSL_library_init {
            // SAFETY: takes nothing; versions before 1.1.0 want it first.
            unsafe { initialise() };
        }
        witness::with(|witness| witness.api = Some(api));
        session::watch(api)?;
        let count_offset = count::find(api);
        let credentials = credentials::parse(api)?;
        let identity = identity::of(api, count_offset);
        let (contexts, connections, reported) = Default::default();
        let mut this = Self { api, identity, credentials, count_offset, contexts, connections, reported };
        this.reset()?;
        Ok(this)
    }

    fn carry_out(&mut self, call: &Call) -> Result<Answer, Trouble> {
        // SAFETY: takes nothing and returns nothing.
        unsafe { (self.api.ERR_clear_error)() };
        match *call {
            Call::ContextNew(id, side, version) => self.context_new(id, side, version),
            Call::ContextUpRef(id) => self.context_up_ref(id),
            Call::ContextFree(id) => self.context_free(id),
            Call::SetCacheMode(id, mode) => self.set_cache_mode(id, mode),
            Call::SetCacheSize(id, size) => self.set_cache_size(id, size),
            Call::SetTimeout(id, seconds) => self.set_timeout(id, seconds),
            Call::SetNumTickets(id, number) => self.set_num_tickets(id, number),
            Call::SetTickets(id, tickets) => self.set_tickets(id, tickets),
            Call::SetEarlyData(id, early_data) => self.set_early_data(id, early_data),
            Call::SetSessionIdContext(id, value) => self.set_session_id_context(id, value),
            Call::SetNewCallback(id, new) => self.set_callbacks(id, |answers| answers.new = new),
            Call::SetRemoveCallback(id, remove) => self.set_callbacks(id, |answers| answers.remove = remove),
            Call::SetGetCallback(id, get) => self.set_callbacks(id, |answers| answers.get = get),
            Call::AddSession(id, session) => self.add_session(id, session),
            Call::RemoveSession(id, session) => self.remove_session(id, session),
            Call::CacheNumber(id) => self.cache_number(id),
            Call::FlushSessions(id, second) => self.flush_sessions(id, second),
            Call::ConnectionNew(id, context) => self.connection_new(id, context),
            Call::ConnectionUpRef(id) => self.connection_up_ref(id),
            Call::ConnectionFree(id) => self.connection_free(id),
            Call::Join(one, other) => self.join(one, other).map(|()| Answer::Nothing),
            Call::Hello(client) => self.hello(client),
            Call::Complete(client) => self.complete(client),
            Call::Read(id) => self.read(id),
            Call::Shutdown(id) => self.shutdown(id),
            Call::SetShutdown(id, state) => self.set_shutdown(id, state),
            Call::SetQuietShutdown(id, quiet) => self.set_quiet_shutdown(id, quiet),
            Call::Clear(id) => self.clear(id),
            Call::SetSession(id, session) => self.set_session(id, session),
            Call::Get0(id) => self.get0(id),
            Call::Get1(id) => self.get1(id),
            Call::SetConnectionEarlyData(id, early_data) => self.set_connection_early_data(id, early_data),
            Call::Corrupt(id) => self.corrupt(id).map(|()| Answer::Nothing),
            Call::Cut(id) => self.cut(id).map(|()| Answer::Nothing),
            Call::Break(id) => self.sever(id).map(|()| Answer::Nothing),
            Call::SessionNew => self.session_new(),
            Call::SessionUpRef(session) => self.session_up_ref(session),
            Call::SessionFree(session) => self.session_free(session),
            Call::SessionFreeNull => self.session_free_null(),
            Call::SessionDup(session) => self.session_dup(session),
            Call::SessionDecode(session) => self.session_decode(session),
            Call::SessionUse(session) => self.session_use(session),
            Call::SessionIsResumable(session) => self.session_is_resumable(session),
            Call::SessionSetTime(session, second) => self.session_set_time(session, second),
            Call::SessionSetTimeout(session, seconds) => self.session_set_timeout(session, seconds),
            Call::SessionForget(session) => self.session_forget(session),
            Call::Advance(seconds) => {
                clock::advance(seconds);
                Ok(Answer::Nothing)
            }
        }
    }
}

impl Implementation for Libssl {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn reset(&mut self) -> Result<(), Trouble> {
        // What a case that ended early left behind is abandoned: after a disagreement its counts and lists cannot be trusted.
        self.contexts.clear();
        self.connections.clear();
        self.reported = Reported::default();
        witness::with(witness::Witness::restart);
        random::restart();
        clock::set(clock::START);
        Ok(())
    }

    fn perform(&mut self, call: &Call) -> Result<Observation, Trouble> {
        witness::with(|witness| witness.driven = None);
        let answer = self.carry_out(call)?;
        self.observe(&answer)
    }
}

/// What an optional function needs to be there.
fn needs<T>(function: Option<T>, lack: Lack) -> Result<T, Trouble> {
    function.ok_or(Trouble::Cannot(lack))
}

fn harness(reason: impl Into<String>) -> Trouble {
    Trouble::Harness(reason.into())
}
