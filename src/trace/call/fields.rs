//! The values of fields in JSON. Words and their meanings stand side by side, once, for both directions.

use serde::{Serialize, Serializer};
use sessck_model::{CacheMode, EarlyData, GetCallback, NewCallback, Quiet, RemoveCallback, ShutdownState, Side, Version};

use super::form::Field;

/// A value that is written as one of a few words.
pub(super) trait Word: Copy + Eq + Sized + 'static {
    /// All of them.
    const WORDS: &'static [(&'static str, Self)];

    /// Its word.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }
}

impl Word for Side {
    const WORDS: &'static [(&'static str, Self)] = &[("client", Self::Client), ("server", Self::Server)];
}

impl Word for Version {
    const WORDS: &'static [(&'static str, Self)] = &[("1.2", Self::Tls12), ("1.3", Self::Tls13)];
}

impl Word for EarlyData {
    const WORDS: &'static [(&'static str, Self)] = &[("refused", Self::Refused), ("allowed", Self::Allowed)];
}

impl Word for Quiet {
    const WORDS: &'static [(&'static str, Self)] = &[("off", Self::Off), ("on", Self::On)];
}

impl Word for NewCallback {
    const WORDS: &'static [(&'static str, Self)] = &[("unset", Self::Unset), ("keep", Self::Keep), ("refuse", Self::Refuse)];
}

impl Word for RemoveCallback {
    const WORDS: &'static [(&'static str, Self)] = &[("unset", Self::Unset), ("set", Self::Set)];
}

impl Word for GetCallback {
    const WORDS: &'static [(&'static str, Self)] =
        &[("unset", Self::Unset), ("miss", Self::Miss), ("copy", Self::Copy), ("preset", Self::Preset), ("give", Self::Give)];
}

/// A value that is written as the list of those words that apply.
pub(super) trait Flags: Sized + Default + 'static {
    /// Each word, whether it applies, and how to make it apply.
    const FLAGS: &'static [Flag<Self>];

    /// The words that apply, in order.
    fn words(&self) -> impl Iterator<Item = &'static str> {
        Self::FLAGS.iter().filter(|flag| (flag.applies)(self)).map(|flag| flag.word)
    }
}

/// One word of a [`Flags`].
pub(super) struct Flag<T> {
    pub(super) word: &'static str,
    applies: fn(&T) -> bool,
    pub(super) apply: fn(&mut T),
}

impl Flags for CacheMode {
    const FLAGS: &'static [Flag<Self>] = &[
        Flag { word: "client", applies: |mode| mode.client, apply: |mode| mode.client = true },
        Flag { word: "server", applies: |mode| mode.server, apply: |mode| mode.server = true },
        Flag { word: "no-internal-lookup", applies: |mode| mode.no_lookup, apply: |mode| mode.no_lookup = true },
        Flag { word: "no-internal-store", applies: |mode| mode.no_store, apply: |mode| mode.no_store = true },
    ];
}

impl Flags for ShutdownState {
    const FLAGS: &'static [Flag<Self>] = &[
        Flag { word: "sent", applies: |state| state.sent, apply: |state| state.sent = true },
        Flag { word: "received", applies: |state| state.received, apply: |state| state.received = true },
    ];
}

/// The only option that is ever set or cleared.
pub(super) const NO_TICKET: &str = "SSL_OP_NO_TICKET";

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Context(id) => serializer.collect_str(id),
            Self::Connection(id) => serializer.collect_str(id),
            Self::Session(Some(id)) => serializer.collect_str(id),
            Self::Session(None) => serializer.serialize_none(),
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Side(side) => serializer.serialize_str(side.word()),
            Self::Version(version) => serializer.serialize_str(version.word()),
            Self::Mode(mode) => serializer.collect_seq(mode.words()),
            Self::Option => serializer.serialize_str(NO_TICKET),
            Self::EarlyData(early_data) => serializer.serialize_str(early_data.word()),
            Self::New(callback) => serializer.serialize_str(callback.word()),
            Self::Remove(callback) => serializer.serialize_str(callback.word()),
            Self::Get(callback) => serializer.serialize_str(callback.word()),
            Self::State(state) => serializer.collect_seq(state.words()),
            Self::Quiet(quiet) => serializer.serialize_str(quiet.word()),
        }
    }
}
