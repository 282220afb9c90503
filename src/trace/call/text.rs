//! A call as a C programmer writes it.

use std::fmt::Write;

use sessck_model::{Call, EarlyData, GetCallback, NewCallback, Quiet, RemoveCallback, Version};

use super::fields::{Flags, NO_TICKET, Word};
use super::form::{self, Field};

/// The call in C, without what it returns: `SSL_CTX_flush_sessions(x0, 900)`. Calls that make a context or a connection name it:
/// `c0 = SSL_new(x0)`.
#[must_use]
pub fn c_text(call: &Call) -> String {
    let form = form::of(call);
    let mut arguments: Vec<String> = form.fields().map(|(_, field)| argument(field)).collect();
    let mut text = String::new();
    if matches!(call, Call::ContextNew(..) | Call::ConnectionNew(..)) {
        // Writing to a String cannot fail.
        _ = write!(text, "{} = ", arguments.remove(0));
    }
    if matches!(call, Call::SessionDecode(_)) {
        arguments = vec![format!("i2d_SSL_SESSION({})", arguments.join(", "))];
    }
    text + form.name + "(" + &arguments.join(", ") + ")"
}

fn argument(field: Field) -> String {
    match field {
        Field::Context(id) => id.to_string(),
        Field::Connection(id) => id.to_string(),
        Field::Session(Some(id)) => id.to_string(),
        Field::Session(None) => "NULL".to_owned(),
        Field::Number(number) => number.to_string(),
        Field::Side(side) => side.word().to_owned(),
        Field::Version(Version::Tls12) => "TLS1_2_VERSION".to_owned(),
        Field::Version(Version::Tls13) => "TLS1_3_VERSION".to_owned(),
        Field::Mode(mode) => constants("SSL_SESS_CACHE_", mode.words(), "", "SSL_SESS_CACHE_OFF"),
        Field::Option => NO_TICKET.to_owned(),
        Field::EarlyData(EarlyData::Refused) => "0".to_owned(),
        Field::EarlyData(EarlyData::Allowed) => "16384".to_owned(),
        Field::New(NewCallback::Unset) | Field::Remove(RemoveCallback::Unset) | Field::Get(GetCallback::Unset) => "NULL".to_owned(),
        Field::New(callback) => callback.word().to_owned(),
        Field::Remove(RemoveCallback::Set) => "look".to_owned(),
        Field::Get(callback) => callback.word().to_owned(),
        Field::State(state) => constants("SSL_", state.words(), "_SHUTDOWN", "0"),
        Field::Quiet(Quiet::Off) => "0".to_owned(),
        Field::Quiet(Quiet::On) => "1".to_owned(),
    }
}

fn constants(prefix: &str, words: impl Iterator<Item = &'static str>, suffix: &str, none: &str) -> String {
    let names: Vec<String> = words.map(|word| format!("{prefix}{}{suffix}", word.to_uppercase().replace('-', "_"))).collect();
    if names.is_empty() { none.to_owned() } else { names.join(" | ") }
}
