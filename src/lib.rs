//! sessck
pub mod checker;
pub mod implementation;
pub mod script;
