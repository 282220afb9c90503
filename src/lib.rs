//! sessck
pub mod adapter;
pub mod catalogue;
pub mod checker;
pub mod cmd;
pub mod conform;
pub mod explain;
pub mod implementation;
pub mod libs;
pub mod profile;
pub mod replay;
pub mod report;
pub mod run;
pub mod script;
pub mod trace;
