//! What a parent and the child that has a library open say to each other: one JSON value a line, a request and then its response.
//! The child speaks first, with [`Response::Ready`] or why it cannot.

use serde::{Deserialize, Serialize};
use sessck_model::ConnId;

use super::half::{Foretold, Showing, Stroke, Struck, Wired};
use crate::implementation::{CallFault, Faulted, Identity, Name, Observation, Trouble};
use crate::trace::call::Called;

/// What the parent asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Request {
    /// Start a case.
    Reset,
    /// Carry a call out.
    Perform(Called),
    /// The same while something fails in it.
    PerformFaulted(Called, CallFault),
    /// Do what this says, by the rules of whoever started the child.
    Do(String),
    /// Tell how many blocks were written to after they had been given back.
    Written,
    /// Start a case as the servers of a pair, after a reset that made it the clients.
    Serve,
    /// Do one thing as half of a pair.
    Strike(Vec<Wired>, Stroke, Showing),
    /// Tell what is to be expected of a connection.
    Foretell(Name<ConnId>),
    /// Go wrong on purpose.
    Test(Fault),
}

/// What the child answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Response {
    /// The library is open.
    Ready(Identity),
    /// The case can start.
    Done,
    /// The call was carried out.
    Saw(Observation),
    /// The call was carried out while something was to fail.
    Faulted(Faulted),
    /// What came of doing it.
    Did(String),
    /// What came of doing one thing as half of a pair.
    Struck(Struck),
    /// What is to be expected.
    Foretold(Foretold),
    /// So many blocks were written to.
    Written(u32),
    /// It was not.
    Trouble(Trouble),
}

/// Faults that a child can be told to have, so that what the parent makes of them can be tested.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Ends by SIGABRT, as a failed assertion of the library does.
    Abort,
    /// Never answers.
    Hang,
    /// Ends without a signal and without an answer.
    Exit,
    /// Prints to standard output, as a library might, and then answers.
    Print,
}
