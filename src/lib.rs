//! sessck
pub mod adapter;
pub mod checker;
pub mod conform;
pub mod implementation;
pub mod libs;
pub mod run;
pub mod script;
pub mod trace;
