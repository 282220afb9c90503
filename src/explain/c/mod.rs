//! A trace as a C program: complete, with plain OpenSSL calls, for whoever maintains that library and has no `sessck` at hand.
//!
//! The program makes the calls in order, prints what each shows, compares that with what the trace saw, and ends with 0 where all
//! of it is the same. It reads no private memory: reference counts are seen by births and deaths only.

mod acts;
mod callbacks;
mod calls;
mod ending;
mod handles;
mod layout;
mod parts;
mod program;
mod shown;

use sessck_model::Profile;

use crate::trace::Trace;

/// Why a trace is not to be had as a C program.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotInC {
    /// No call of it was seen, so there is nothing to compare with.
    #[error("nobody saw what its first call shows: `sessck replay --write` has a library show it")]
    Unseen,
    /// The first call is one that must not be made.
    #[error("its first call must not be made")]
    Nothing,
    /// One of its calls has no form in C.
    #[error("step {step}, {call}, cannot be made in C: {why}")]
    Call {
        /// Its number, from 1.
        step: usize,
        /// The call.
        call: String,
        /// Why.
        why: &'static str,
    },
}

/// The program of a trace. `stem` is what its file will be called, without `.c`; `profile` is that of the library that the trace
/// was seen on.
///
/// # Errors
/// Where the trace was not seen, or one of its calls has no form in C.
pub fn program(trace: &Trace, stem: &str, profile: Profile) -> Result<String, NotInC> {
    let ending = ending::of(trace, profile)?;
    program::text(trace, stem, &ending)
}

#[cfg(test)]
mod tests;
