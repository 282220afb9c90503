//! Traces: the file format, its own types, reading and writing. `traces/README.md` explains it to people.

pub mod call;
pub mod format;
mod names;
pub mod read;
pub mod write;

pub use format::{Event, Expected, Header, Trace, VERSION, Verdict};
pub use read::{Reader, TraceError, Wrong};

#[cfg(test)]
mod tests;
