//! sessck
pub mod adapter;
pub mod checker;
pub mod implementation;
pub mod libs;
pub mod script;
pub mod trace;
