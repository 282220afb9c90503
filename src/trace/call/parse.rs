//! Reading a call from JSON. Whatever is missing, too much, of the wrong kind or out of range is refused by name.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};
use sessck_model::{Call, ConnId, CtxId, SessId, Tickets};

use super::fields::{Flags, NO_TICKET, Word};

/// Why an object is no call.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Malformed {
    /// There is no `do`, or it is no text.
    #[error("a call needs `do`, the name of what was done")]
    Nameless,
    /// No such call.
    #[error("`{0}` is not a call that is known")]
    UnknownCall(String),
    /// The call needs this field.
    #[error("`{call}` needs `{field}`")]
    Missing {
        /// Which call.
        call: String,
        /// Which field.
        field: &'static str,
    },
    /// The field's value is not of its kind.
    #[error("`{field}` of `{call}` must be {expected}, not {found}")]
    Wrong {
        /// Which call.
        call: String,
        /// Which field.
        field: &'static str,
        /// What would do.
        expected: String,
        /// What stands there, as JSON.
        found: String,
    },
    /// The call has no such field.
    #[error("`{call}` has no `{field}`")]
    Superfluous {
        /// Which call.
        call: String,
        /// Which field.
        field: String,
    },
}

/// The call that the object describes.
pub(super) fn call(object: Map<String, Value>) -> Result<Call, Malformed> {
    let mut fields = Fields::of(object)?;
    let call = match fields.call.clone().as_str() {
        name if name.starts_with("SSL_CTX_") => on_context(name, &mut fields)?,
        name if name.starts_with("SSL_SESSION_") => on_session(name, &mut fields)?,
        "d2i_SSL_SESSION" => Call::SessionDecode(fields.session()?),
        "forget" => Call::SessionForget(fields.session()?),
        "advance" => Call::Advance(fields.number("seconds")?),
        name => on_connection(name, &mut fields)?,
    };
    fields.end()?;
    Ok(call)
}

fn on_context(name: &str, f: &mut Fields) -> Result<Call, Malformed> {
    Ok(match name {
        "SSL_CTX_new" => Call::ContextNew(f.context()?, f.word("side")?, f.word("version")?),
        "SSL_CTX_up_ref" => Call::ContextUpRef(f.context()?),
        "SSL_CTX_free" => Call::ContextFree(f.context()?),
        "SSL_CTX_set_session_cache_mode" => Call::SetCacheMode(f.context()?, f.flags("mode")?),
        "SSL_CTX_sess_set_cache_size" => Call::SetCacheSize(f.context()?, f.number("size")?),
        "SSL_CTX_set_timeout" => Call::SetTimeout(f.context()?, f.number("seconds")?),
        "SSL_CTX_set_num_tickets" => Call::SetNumTickets(f.context()?, f.number("number")?),
        "SSL_CTX_set_options" => Call::SetTickets(f.option()?, Tickets::Stateful),
        "SSL_CTX_clear_options" => Call::SetTickets(f.option()?, Tickets::Stateless),
        "SSL_CTX_set_max_early_data" => Call::SetEarlyData(f.context()?, f.word("early-data")?),
        "SSL_CTX_set_session_id_context" => Call::SetSessionIdContext(f.context()?, f.number("value")?),
        "SSL_CTX_sess_set_new_cb" => Call::SetNewCallback(f.context()?, f.word("callback")?),
        "SSL_CTX_sess_set_remove_cb" => Call::SetRemoveCallback(f.context()?, f.word("callback")?),
        "SSL_CTX_sess_set_get_cb" => Call::SetGetCallback(f.context()?, f.word("callback")?),
        "SSL_CTX_add_session" => Call::AddSession(f.context()?, f.session()?),
        "SSL_CTX_remove_session" => Call::RemoveSession(f.context()?, f.session()?),
        "SSL_CTX_sess_number" => Call::CacheNumber(f.context()?),
        "SSL_CTX_flush_sessions" => Call::FlushSessions(f.context()?, f.number("time")?),
        _ => return Err(Malformed::UnknownCall(name.to_owned())),
    })
}

fn on_connection(name: &str, f: &mut Fields) -> Result<Call, Malformed> {
    Ok(match name {
        "SSL_new" => Call::ConnectionNew(f.connection()?, f.context()?),
        "SSL_up_ref" => Call::ConnectionUpRef(f.connection()?),
        "SSL_free" => Call::ConnectionFree(f.connection()?),
        "SSL_set_bio" => Call::Join(f.connection()?, f.id("peer", CONNECTION)?),
        "hello" => Call::Hello(f.connection()?),
        "complete" => Call::Complete(f.connection()?),
        "SSL_read" => Call::Read(f.connection()?),
        "SSL_shutdown" => Call::Shutdown(f.connection()?),
        "SSL_set_shutdown" => Call::SetShutdown(f.connection()?, f.flags("state")?),
        "SSL_set_quiet_shutdown" => Call::SetQuietShutdown(f.connection()?, f.word("quiet")?),
        "SSL_clear" => Call::Clear(f.connection()?),
        "SSL_set_session" => Call::SetSession(f.connection()?, f.session_or_null()?),
        "SSL_get0_session" => Call::Get0(f.connection()?),
        "SSL_get1_session" => Call::Get1(f.connection()?),
        "SSL_set_max_early_data" => Call::SetConnectionEarlyData(f.connection()?, f.word("early-data")?),
        "corrupt" => Call::Corrupt(f.connection()?),
        "cut" => Call::Cut(f.connection()?),
        "break" => Call::Break(f.connection()?),
        _ => return Err(Malformed::UnknownCall(name.to_owned())),
    })
}

fn on_session(name: &str, f: &mut Fields) -> Result<Call, Malformed> {
    Ok(match name {
        "SSL_SESSION_new" => Call::SessionNew,
        "SSL_SESSION_up_ref" => Call::SessionUpRef(f.session()?),
        "SSL_SESSION_free" => f.session_or_null()?.map_or(Call::SessionFreeNull, Call::SessionFree),
        "SSL_SESSION_dup" => Call::SessionDup(f.session()?),
        "SSL_SESSION_get_time" => Call::SessionUse(f.session()?),
        "SSL_SESSION_is_resumable" => Call::SessionIsResumable(f.session()?),
        "SSL_SESSION_set_time" => Call::SessionSetTime(f.session()?, f.number("time")?),
        "SSL_SESSION_set_timeout" => Call::SessionSetTimeout(f.session()?, f.number("seconds")?),
        _ => return Err(Malformed::UnknownCall(name.to_owned())),
    })
}

const CONTEXT: &str = "a context such as \"x0\"";
const CONNECTION: &str = "a connection such as \"c0\"";
const SESSION: &str = "a session such as \"s0\"";

/// The fields of one call that were not taken yet.
struct Fields {
    call: String,
    left: Map<String, Value>,
}

impl Fields {
    fn of(mut left: Map<String, Value>) -> Result<Self, Malformed> {
        match left.remove("do") {
            Some(Value::String(call)) => Ok(Self { call, left }),
            _ => Err(Malformed::Nameless),
        }
    }

    fn context(&mut self) -> Result<CtxId, Malformed> {
        self.id("context", CONTEXT)
    }

    fn connection(&mut self) -> Result<ConnId, Malformed> {
        self.id("connection", CONNECTION)
    }

    fn session(&mut self) -> Result<SessId, Malformed> {
        self.id("session", SESSION)
    }

    fn session_or_null(&mut self) -> Result<Option<SessId>, Malformed> {
        if self.left.get("session").is_some_and(Value::is_null) {
            self.left.remove("session");
            return Ok(None);
        }
        self.id("session", &format!("{SESSION}, or null")).map(Some)
    }

    fn option(&mut self) -> Result<CtxId, Malformed> {
        let value = self.take("options")?;
        if value.as_str() != Some(NO_TICKET) {
            return Err(self.wrong("options", format!("\"{NO_TICKET}\""), &value));
        }
        self.context()
    }

    fn id<T: FromStr>(&mut self, field: &'static str, expected: &str) -> Result<T, Malformed> {
        let value = self.take(field)?;
        value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| self.wrong(field, expected, &value))
    }

    fn number<T: TryFrom<u64> + Bounded>(&mut self, field: &'static str) -> Result<T, Malformed> {
        let value = self.take(field)?;
        let number = value.as_u64().and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| self.wrong(field, format!("a whole number from 0 to {}", T::MAX), &value))
    }

    fn word<T: Word>(&mut self, field: &'static str) -> Result<T, Malformed> {
        let value = self.take(field)?;
        let found = T::WORDS.iter().find(|(word, _)| value.as_str() == Some(word)).map(|(_, meaning)| *meaning);
        found.ok_or_else(|| self.wrong(field, one_of(T::WORDS.iter().map(|(word, _)| *word)), &value))
    }

    fn flags<T: Flags>(&mut self, field: &'static str) -> Result<T, Malformed> {
        let value = self.take(field)?;
        let expected = || format!("a list of {}", one_of(T::FLAGS.iter().map(|flag| flag.word)));
        let words = value.as_array().ok_or_else(|| self.wrong(field, expected(), &value))?;
        let mut flags = T::default();
        for word in words {
            let flag = T::FLAGS.iter().find(|flag| word.as_str() == Some(flag.word));
            (flag.ok_or_else(|| self.wrong(field, expected(), word))?.apply)(&mut flags);
        }
        Ok(flags)
    }

    fn take(&mut self, field: &'static str) -> Result<Value, Malformed> {
        self.left.remove(field).ok_or_else(|| Malformed::Missing { call: self.call.clone(), field })
    }

    fn end(self) -> Result<(), Malformed> {
        match self.left.into_iter().next() {
            None => Ok(()),
            Some((field, _)) => Err(Malformed::Superfluous { call: self.call, field }),
        }
    }

    fn wrong(&self, field: &'static str, expected: impl Into<String>, found: &Value) -> Malformed {
        Malformed::Wrong { call: self.call.clone(), field, expected: expected.into(), found: found.to_string() }
    }
}

/// A number with a greatest value, for messages.
trait Bounded {
    /// The greatest value.
    const MAX: u32;
}

impl Bounded for u32 {
    const MAX: u32 = u32::MAX;
}

impl Bounded for u8 {
    const MAX: u32 = u8::MAX as u32;
}

fn one_of(words: impl Iterator<Item = impl fmt::Display>) -> String {
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}
