//! Drives any libssl that can be opened at run time. All `unsafe` of this crate is below here.
//!
//! One library for a process: two of them with a libcrypto of the same name would share one. [`crate::adapter::isolate`] sees to it.
#![expect(unsafe_code, reason = "a C library is driven through its C interface")]

mod act;
mod api;
mod callbacks;
mod clock;
mod connection;
mod context;
mod copies;
mod count;
pub(crate) mod credentials;
mod duplicate;
mod facts;
mod faults;
mod further;
mod half;
mod host;
mod identity;
mod load;
mod memory;
mod random;
mod session;
pub mod speed;
mod statistics;
pub(crate) mod system;
mod ticket;
mod transport;
mod wire;
mod witness;
mod writing;

use std::collections::BTreeMap;
use std::path::Path;

use sessck_model::{Call, ConnId, CtxId, with_calls};

use self::api::{Api, Ptr};
use self::context::Context;
use self::credentials::Credentials;
use self::wire::Connection;
use super::reported::Reported;
use crate::implementation::{CallFault, Faulted, Identity, Implementation, Lack, Observation, Trouble};

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

macro_rules! carry_out {
    ($($(#[$doc:meta])+ $name:ident $(($($arg:ident: $kind:ty),+))? = $text:literal, $operation:ident;)*) => {
        fn carry_out(&mut self, call: &Call) -> Result<Answer, Trouble> {
            // SAFETY: takes nothing and returns nothing.
            unsafe { (self.api.ERR_clear_error)() };
            match *call {
                $(Call::$name $(($($arg),+))? => self.$operation($($($arg),+)?),)*
            }
        }
    };
}

impl Libssl {
    /// Opens the library for the rest of the process's life. At most one for a thread is of use: the callbacks' notes are the thread's.
    ///
    /// # Errors
    /// [`Trouble::Unopenable`], [`Trouble::LacksSymbol`], or [`Trouble::Cannot`] of what no script can do without.
    pub fn open(path: &Path) -> Result<Self, Trouble> {
        let library = load::open(path)?;
        let api: &'static Api = Box::leak(Box::new(Api::resolve(library, path)?));
        let hooked = memory::install(api);
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
        let identity = identity::of(api, count_offset, hooked);
        let (contexts, connections, reported) = Default::default();
        let mut this = Self { api, identity, credentials, count_offset, contexts, connections, reported };
        this.reset()?;
        Ok(this)
    }

    with_calls!(carry_out);

    fn advance_clock(&mut self, seconds: u32) -> Result<Answer, Trouble> {
        clock::advance(seconds);
        Ok(Answer::Nothing)
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
        memory::restart();
        transport::restart();
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

    fn perform_faulted(&mut self, call: &Call, fault: CallFault) -> Result<Faulted, Trouble> {
        self.perform_with(call, fault)
    }

    fn written_after_release(&mut self) -> Result<u32, Trouble> {
        Ok(memory::written())
    }
}

/// What an optional function needs to be there.
fn needs<T>(function: Option<T>, lack: Lack) -> Result<T, Trouble> {
    function.ok_or(Trouble::Cannot(lack))
}

fn harness(reason: impl Into<String>) -> Trouble {
    Trouble::Harness(reason.into())
}
