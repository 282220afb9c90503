//! One half of a pair of libraries: all clients of a case, or all servers. What its connections write leaves it, and what they read is
//! brought to it, so that the other half can be any other library. [`super::pair`] puts two of them together.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sessck_model::{ConnId, Side};

use crate::implementation::{Implementation, Name, Observation, Trouble};
use crate::trace::call::Called;

/// Bytes that were written by a connection, or are brought to one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wired {
    /// Whose they are.
    pub connection: Name<ConnId>,
    /// The bytes.
    pub bytes: Bytes,
}

/// Bytes, in hexadecimal digits where they are text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
        let text: String = self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect();
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        let byte = |pair: &[u8]| if let [high, low] = *pair { Some(value(high)? << 4 | value(low)?) } else { None };
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
        bytes.map(Self).ok_or_else(|| serde::de::Error::custom("this is not bytes in hexadecimal digits"))
    }
}

/// One thing that a half does. Sessions have the half's own names in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stroke {
    /// A call on objects of this half alone.
    Call(Called),
    /// A new transport for a connection: it leads to the other half.
    Plug(Name<ConnId>),
    /// `SSL_do_handshake` once, unless that is over, where the ClientHello is sent or answered.
    Hello(Name<ConnId>),
    /// The same later in the handshake.
    Go(Name<ConnId>),
    /// Nothing more than what is brought.
    Nothing,
}

/// Whether what can be seen is looked at after a stroke, or after a later one of the same call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Showing {
    /// This was the last.
    Now,
    /// There is more to come.
    Later,
}

/// What came of a stroke.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Struck {
    /// A handshake moved.
    pub moved: bool,
    /// What connections with a transport to the other half wrote.
    pub wrote: Vec<Wired>,
    /// What was seen, where it was looked at.
    pub showed: Option<Shown>,
}

/// What a half showed since it was last looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Shown {
    /// What was seen, sessions by the half's own names.
    pub saw: Observation,
    /// For each stroke in it, how many of the events had happened when it began.
    pub begins: Vec<usize>,
}

/// What the next handshake of a connection would come to at its end: where the other half lacks what that takes, it is not begun.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Foretold {
    /// A client's: the session that it has may be presented by a TLS 1.2 ticket.
    pub presents_ticket: bool,
    /// A server's: it goes by ids, and not by the tickets that are presented.
    pub goes_by_id: bool,
    /// A client's: it has proposed a session that is expired by now.
    pub may_withdraw: bool,
    /// A server's: it is in a handshake, and has no session.
    pub waits: bool,
}

/// A library that can be half of a pair.
pub trait Half: Implementation {
    /// Starts a case in which all connections of this library are of one side. Nothing is left of the case before.
    ///
    /// # Errors
    /// If the library cannot be started again.
    fn begin(&mut self, side: Side) -> Result<(), Trouble>;

    /// Takes in what was brought, and then does one thing.
    ///
    /// # Errors
    /// If it could not be done; after that only [`Half::begin`] is of use, unless the trouble is [`Trouble::Cannot`].
    fn strike(&mut self, brought: Vec<Wired>, stroke: Stroke, showing: Showing) -> Result<Struck, Trouble>;

    /// Tells what is to be expected of a connection. Nothing is done to it.
    ///
    /// # Errors
    /// If the library cannot be asked.
    fn foretell(&mut self, id: ConnId) -> Result<Foretold, Trouble>;
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn bytes_as_text_and_back() {
        let bytes = Bytes((0..=255).collect());
        let text = serde_json::to_string(&bytes).expect("it is written");
        assert_eq!(serde_json::from_str::<Bytes>(&text).expect("it is read"), bytes);
        assert!(text.starts_with("\"000102"));
    }

    #[test]
    fn what_is_no_text_of_bytes() {
        for text in ["\"0\"", "\"0x\"", "\"012\"", "7"] {
            assert!(serde_json::from_str::<Bytes>(text).is_err(), "{text}");
        }
    }
}
