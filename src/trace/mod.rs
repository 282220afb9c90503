//! Traces: the file format, its own types, reading and writing.
pub mod call;
