//! How a [`Call`] is written: as a flat JSON object (`{"do": "SSL_get1_session", "connection": "c0"}`) in traces and between
//! processes, and as C for people (`SSL_get1_session(c0)`).
//!
//! Calls that are a C function go by its name; what the network, the clock or the application's carelessness does goes by a
//! word in lower case. Every field must be there, and no other: a trace that is not understood is refused, never guessed at.

mod argument;
mod examples;
mod form;
mod parse;
mod text;

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sessck_model::{Call, ConnId, CtxId, SessId};

pub use self::examples::examples;
pub use self::parse::Malformed;
pub use self::text::c_text;

/// A call as serde writes and reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Called(pub Call);

impl Called {
    /// The call that a JSON object describes.
    ///
    /// # Errors
    /// Where it describes none.
    pub fn read(object: serde_json::Map<String, serde_json::Value>) -> Result<Self, Malformed> {
        parse::call(object).map(Self)
    }
}

/// An object that a call names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Object {
    /// `x0`.
    Context(CtxId),
    /// `c0`.
    Connection(ConnId),
    /// `s0`.
    Session(SessId),
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Context(x) => x.fmt(f),
            Self::Connection(c) => c.fmt(f),
            Self::Session(s) => s.fmt(f),
        }
    }
}

/// The objects that a call names, in the order of its arguments; one that it makes is among them.
#[must_use]
pub fn objects(call: &Call) -> Vec<Object> {
    form::objects(call)
}

/// What a call is called in traces.
#[must_use]
pub fn name(call: &Call) -> &'static str {
    form::name(call)
}

impl Serialize for Called {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        form::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Called {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = serde_json::Map::deserialize(deserializer)?;
        parse::call(object).map(Called).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
