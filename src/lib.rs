//! sessck
pub mod implementation;
