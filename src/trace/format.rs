//! What stands in a trace: a header line, then one event a line.

use serde::{Deserialize, Serialize};
use sessck_model::Call;

use super::call::Called;
use crate::implementation::{CallFault, Identity, Observation};
use crate::run::Step;

/// The version of the format that this program writes, and the latest that it reads.
pub const VERSION: u32 = 2;

/// The longest line of a trace, bytes, its end included.
pub const LONGEST_LINE_BYTES: usize = 1 << 20;

/// The most events of a trace that is read as a whole, to be replayed or explained.
pub const MOST_EVENTS: u64 = 100_000;

/// The first line: where the events come from and what they are there for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of the format.
    pub sessck: u32,
    /// The program that wrote it: `sessck 0.1.0`.
    pub producer: String,
    /// What the events were seen on; `None` where nobody saw them.
    pub implementation: Option<Identity>,
    /// What was expected of it, as on the command line: `page`, `openssl-3.0.22`.
    pub profile: String,
    /// The clauses that the case is about.
    pub aims: Vec<String>,
    /// The case in one line.
    pub title: String,
    /// Where the case comes from and why it is kept.
    pub source: String,
    /// What replaying it must come to; where nothing is said of an implementation, it must agree with its profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect: Vec<Expected>,
    /// How many events follow.
    pub events: u64,
}

/// What replaying a trace must come to on some implementations.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The family of libraries, or `*` for all.
    pub family: String,
    /// Ranges of versions, or none for all: `3.0.0..3.0.13`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// What it comes to, judged by the pages alone.
    pub verdict: Verdict,
    /// The clause that is broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// What replaying one trace on one implementation came to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything is as the pages say.
    Agrees,
    /// The library broke a guarantee.
    Violation,
    /// The application broke an obligation.
    Misuse,
    /// The library broke a guarantee in a way that its profile lists.
    Known,
    /// It cannot be told.
    Inconclusive,
    /// The implementation is not there, or lacks what the trace needs.
    Missing,
}

impl Verdict {
    /// As in traces and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Violation => "violation",
            Self::Misuse => "misuse",
            Self::Known => "known",
            Self::Inconclusive => "inconclusive",
            Self::Missing => "missing",
        }
    }
}

/// One event: a call, and what it showed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// The call.
    pub call: Call,
    /// What is to fail in it.
    pub fault: Option<CallFault>,
    /// What it showed; `None` where it was not made, or nobody looked.
    pub saw: Option<Observation>,
}

impl Event {
    /// As something that can be run; what nobody saw showed nothing.
    #[must_use]
    pub fn step(&self) -> Step {
        Step { call: self.call, fault: self.fault, saw: self.saw.clone().unwrap_or_default() }
    }
}

impl From<Step> for Event {
    fn from(step: Step) -> Self {
        Self { call: step.call, fault: step.fault, saw: Some(step.saw) }
    }
}

/// One event as it stands in a line.
#[derive(Serialize)]
pub(super) struct EventLine<'a> {
    pub(super) step: u64,
    pub(super) call: Called,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<CallFault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) saw: Option<&'a Observation>,
}

/// A whole trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// The first line.
    pub header: Header,
    /// The others.
    pub events: Vec<Event>,
}

impl Trace {
    /// A trace that this program makes: the format's version, the producer and the number of events are filled in.
    #[must_use]
    pub fn new(title: impl Into<String>, source: impl Into<String>, events: Vec<Event>) -> Self {
        let header = Header {
            sessck: VERSION,
            producer: concat!("sessck ", env!("CARGO_PKG_VERSION")).to_owned(),
            implementation: None,
            profile: "page".to_owned(),
            aims: Vec::new(),
            title: title.into(),
            source: source.into(),
            expect: Vec::new(),
            events: events.len() as u64,
        };
        Self { header, events }
    }

    /// The events as something that can be run.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        self.events.iter().map(Event::step).collect()
    }
}
