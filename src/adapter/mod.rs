//! What drives the implementations under test.
pub mod child;
pub mod half;
pub mod isolate;
pub mod libssl;
pub mod native;
pub mod pair;
mod protocol;
mod reported;
mod roll;
pub use protocol::Fault;
