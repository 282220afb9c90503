//! sessck
fn main(){}
