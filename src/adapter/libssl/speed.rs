//! How fast a libssl is, and how much memory its sessions take: what `benches/native` compares the native implementation with.
//!
//! A library that is measured is opened as an application would: nothing of what watches it in [`super::Libssl`] is installed, neither
//! the hooks of its memory nor the constructors of its sessions, neither the random numbers nor the clock. So it is another object,
//! and belongs into a process of its own, without the limit of memory that a child has in which scripts run.

mod cache;
mod held;
mod machine;
mod memory;
mod pair;

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::api::Api;
use super::credentials::Credentials;
use super::{credentials, identity, load};
use crate::implementation::Trouble;

pub use self::machine::{heap_bytes, id, shuffled, timed, timed_alone};
pub use super::credentials::{CERTIFICATE, KEY};

/// The key exchange groups of both ends, best first.
const GROUPS: &std::ffi::CStr = c"X25519:P-256";

/// How sessions are resumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// TLS 1.2, by the id of a session in the server's cache.
    Id,
    /// TLS 1.2, by a ticket that the session is in.
    Ticket,
    /// TLS 1.3, by a ticket that names a session in the server's cache.
    Stateful,
    /// TLS 1.3, by a ticket that the session is in.
    Stateless,
}

/// How a handshake goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Course {
    /// Nothing is proposed.
    Full,
    /// What the handshake before established is proposed and resumed.
    Resumed,
}

/// How many threads are at it at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Threads {
    /// One. Its processor time counts: what else runs on the machine does not.
    One,
    /// Two. The time on the clock counts, from the start of the first to the end of the last.
    Two,
}

impl Threads {
    /// The number.
    #[must_use]
    pub fn number(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// Which session the connections of two threads have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Holding {
    /// All the same one.
    Shared,
    /// Each one of its own.
    Own,
}

/// At which end sessions are cached.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum End {
    /// The client's.
    Client,
    /// The server's.
    Server,
}

/// What a cache took for a number of sessions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CacheTimes {
    /// To add them all to an empty cache without a limit, in the order of their making.
    pub add: Duration,
    /// To find each by its id, in no order.
    pub look_up: Duration,
    /// To take each out, in no order. Nothing is freed: whoever added them still holds them.
    pub remove: Duration,
    /// Bytes of the sessions and the cache.
    pub heap_bytes: usize,
}

/// What can be measured of an implementation.
pub trait Measured {
    /// The time that each thread takes to take and give back, so many times, a reference to the session of a connection of its own.
    ///
    /// # Errors
    /// What the implementation cannot do, or did wrong.
    fn get1_and_free(&mut self, holding: Holding, threads: Threads, times: u32) -> Result<Duration, Trouble>;

    /// The times that a cache takes for so many copies of one negotiated TLS 1.2 server session, each with an id of its own. Threads
    /// share the cache, and the sessions among them.
    ///
    /// # Errors
    /// What the implementation cannot do, or did wrong.
    fn cache(&mut self, sessions: u32, threads: Threads) -> Result<CacheTimes, Trouble>;

    /// The time that so many connections take, one after another, both ends in one thread: made, joined, through the handshake, the
    /// tickets read, shut down at both ends, freed. The certificate is verified.
    ///
    /// # Errors
    /// What the implementation cannot do, or did wrong: a handshake that was to resume and did not.
    fn handshakes(&mut self, kind: Kind, course: Course, number: u32) -> Result<Duration, Trouble>;

    /// What is in memory for each session in the cache of one end after so many full handshakes, bytes; the connections are freed, and
    /// the other end keeps nothing.
    ///
    /// # Errors
    /// What the implementation cannot do, or did wrong.
    fn session_bytes(&mut self, kind: Kind, end: End, handshakes: u32) -> Result<f64, Trouble>;
}

/// A libssl that was opened to be measured.
pub struct Speed {
    api: &'static Api,
    credentials: Credentials,
    name: String,
}

impl Speed {
    /// Opens the library for the rest of the process's life. One for a process.
    ///
    /// # Errors
    /// [`Trouble::Unopenable`] and [`Trouble::LacksSymbol`].
    pub fn open(path: &Path) -> Result<Self, Trouble> {
        let library = load::open(path)?;
        let api: &'static Api = Box::leak(Box::new(Api::resolve(library, path)?));
        if let Some(initialise) = api.SSL_library_init {
            // SAFETY: takes nothing; versions before 1.1.0 want it first.
            unsafe { initialise() };
        }
        let credentials = credentials::parse(api)?;
        Ok(Self { api, credentials, name: identity::of(api, None, false).name })
    }

    /// Who it says it is.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Measured for Speed {
    fn get1_and_free(&mut self, holding: Holding, threads: Threads, times: u32) -> Result<Duration, Trouble> {
        self.take_and_give_back(holding, threads, times)
    }

    fn cache(&mut self, sessions: u32, threads: Threads) -> Result<CacheTimes, Trouble> {
        self.cache_times(sessions, threads)
    }

    fn handshakes(&mut self, kind: Kind, course: Course, number: u32) -> Result<Duration, Trouble> {
        self.connect_often(kind, course, number)
    }

    fn session_bytes(&mut self, kind: Kind, end: End, handshakes: u32) -> Result<f64, Trouble> {
        self.bytes_of_each(kind, end, handshakes)
    }
}
