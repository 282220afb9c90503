//! How a [`Call`] is written: as a flat JSON object (`{"do": "SSL_get1_session", "connection": "c0"}`) in traces and between
//! processes, and as C for people (`SSL_get1_session(c0)`).
//!
//! Calls that are a C function go by its name; what the network, the clock or the application's carelessness does goes by a
//! word in lower case. Every field must be there, and no other: a trace that is not understood is refused, never guessed at.

mod fields;
mod form;
mod parse;
mod text;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sessck_model::Call;

pub use self::parse::Malformed;
pub use self::text::c_text;

/// A call as serde writes and reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Called(pub Call);

impl Serialize for Called {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        form::of(&self.0).serialize(serializer)
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
