//! Reading a call from JSON. Whatever is missing, too much, of the wrong kind or out of range is refused by name.

use serde_json::{Map, Value};
use sessck_model::Call;

use super::argument::Argument;
use super::form;

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
    let name = fields.call.clone();
    let call = form::read(&name, &mut fields)?;
    fields.end()?;
    Ok(call)
}

/// The fields of one call that were not taken yet.
pub(super) struct Fields {
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

    /// Takes a field that must be null, if it is.
    pub(super) fn is_null(&mut self, field: &str) -> bool {
        let null = self.left.get(field).is_some_and(Value::is_null);
        if null {
            self.left.remove(field);
        }
        null
    }

    /// Takes the field of this name.
    pub(super) fn read<T: Argument>(&mut self, field: &'static str) -> Result<T, Malformed> {
        let value = self.left.remove(field).ok_or_else(|| Malformed::Missing { call: self.call.clone(), field })?;
        let wrong = |expected| Malformed::Wrong { call: self.call.clone(), field, expected, found: value.to_string() };
        T::read(&value).map_err(wrong)
    }

    fn end(self) -> Result<(), Malformed> {
        match self.left.into_iter().next() {
            None => Ok(()),
            Some((field, _)) => Err(Malformed::Superfluous { call: self.call, field }),
        }
    }
}
