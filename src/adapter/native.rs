//! Drives [`crate::native`], our own session layer, in this process.

mod act;
mod callbacks;
mod clock;
mod connection;
mod context;
mod copies;
mod facts;
mod half;
mod host;
mod network;
mod session;
mod ticket;
mod witness;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use sessck_model::{Call, ConnId, CtxId, with_calls};

use self::clock::VirtualClock;
use self::context::HeldContext;
use self::network::Network;
use self::witness::Witness;
use super::libssl::credentials::{CERTIFICATE, KEY};
use super::reported::Reported;
use crate::implementation::{CallFault, Faulted, Identity, Implementation, Lack, Observation, Trouble};
use crate::native::{Connection, Context, Credentials, SessionKey};

/// The name by which it is asked for.
pub const NAME: &str = "native";

/// What native cannot do, each for a reason that its documentation gives.
const LACKS: &[Lack] = &[
    Lack::ForeignPeers,
    Lack::AllocationFaults,
    Lack::Renegotiation,
    Lack::PostHandshakeAuth,
    Lack::IdAfterTicket,
    Lack::WithdrawnProposal,
];

/// Our own session layer, and the objects of the case that runs.
pub struct Native {
    identity: Identity,
    credentials: Credentials,
    clock: Arc<VirtualClock>,
    witness: Arc<Mutex<Witness>>,
    network: Arc<Mutex<Network>>,
    /// A context of each kind, whose siblings scripts use: an application has its certificates from one place.
    kinds: Vec<Context>,
    contexts: BTreeMap<CtxId, HeldContext>,
    /// The handles that the application holds: each is the same connection.
    connections: BTreeMap<ConnId, Vec<Arc<Mutex<Connection>>>>,
    /// The contexts whose server-name callback moves connections elsewhere.
    moves: Vec<CtxId>,
    reported: Reported,
    /// In which ways it is to be wrong.
    #[cfg(feature = "faults")]
    faults: Vec<crate::native::Fault>,
}

/// What a call gave back, before sessions have names.
enum Answer {
    Nothing,
    Number(i64),
    Mode(sessck_model::CacheMode),
    Session(Option<SessionKey>),
}

/// What a call comes to.
type Answered = Result<Answer, Trouble>;

macro_rules! carry_out {
    ($($(#[$doc:meta])+ $name:ident $(($($arg:ident: $kind:ty),+))? = $text:literal, $operation:ident;)*) => {
        fn carry_out(&mut self, call: &Call) -> Answered {
            match *call {
                $(Call::$name $(($($arg),+))? => self.$operation($($($arg),+)?),)*
            }
        }
    };
}

impl Native {
    /// Ready for the first case.
    ///
    /// # Errors
    /// If the certificate that comes with this program cannot be read, which a test excludes.
    pub fn start() -> Result<Self, Trouble> {
        let credentials = Credentials::from_pem(CERTIFICATE, KEY).map_err(|error| harness(error.to_string()))?;
        Ok(Self {
            identity: identity(),
            credentials,
            clock: Arc::default(),
            witness: Arc::default(),
            network: Arc::default(),
            kinds: Vec::new(),
            contexts: BTreeMap::new(),
            connections: BTreeMap::new(),
            moves: Vec::new(),
            reported: Reported::default(),
            #[cfg(feature = "faults")]
            faults: Vec::new(),
        })
    }

    /// Ready for the first case, and wrong in these ways.
    ///
    /// # Errors
    /// As [`Self::start`].
    #[cfg(feature = "faults")]
    pub fn start_with(faults: &[crate::native::Fault]) -> Result<Self, Trouble> {
        Ok(Self { identity: identity_with(faults), faults: faults.to_vec(), ..Self::start()? })
    }

    with_calls!(carry_out);

    fn advance_clock(&mut self, seconds: u32) -> Answered {
        self.clock.advance(seconds);
        Ok(Answer::Nothing)
    }
}

/// Who it is.
#[must_use]
pub fn identity() -> Identity {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Identity { name: NAME.to_owned(), version, family: NAME.to_owned(), lacks: LACKS.to_vec() }
}

/// Who it is with these faults.
#[cfg(feature = "faults")]
#[must_use]
pub fn identity_with(faults: &[crate::native::Fault]) -> Identity {
    let name = faults.iter().fold(NAME.to_owned(), |name, fault| format!("{name}+{}", fault.id()));
    Identity { name, ..identity() }
}

impl Implementation for Native {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn reset(&mut self) -> Result<(), Trouble> {
        // what a case that ended early left behind goes, in the order in which an application would give it back
        self.connections.clear();
        drop(witness::take_handles(&self.witness));
        self.contexts.clear();
        self.moves.clear();
        self.reported = Reported::default();
        witness::restart(&self.witness);
        self.network = Arc::default();
        self.clock.restart();
        Ok(())
    }

    fn perform(&mut self, call: &Call) -> Result<Observation, Trouble> {
        witness::look(&self.witness, |witness| witness.driven = None);
        let answer = self.carry_out(call)?;
        self.observe(&answer)
    }

    fn perform_faulted(&mut self, call: &Call, fault: CallFault) -> Result<Faulted, Trouble> {
        let CallFault::Byte(byte) = fault else { return Err(Trouble::Cannot(Lack::AllocationFaults)) };
        witness::look(&self.witness, |witness| witness.driven = None);
        self.arm(byte);
        let answer = self.carry_out(call);
        let (passed, failed) = self.disarm();
        if failed {
            witness::look(&self.witness, |witness| witness.roll.happens(super::roll::Happening::Failed));
        }
        Ok(Faulted { saw: self.observe(&answer?)?, passed, site: None })
    }
}

fn harness(reason: impl Into<String>) -> Trouble {
    Trouble::Harness(reason.into())
}
