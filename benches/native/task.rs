//! What is measured: each task gives the figures of one row of the table or of several.

use serde::{Deserialize, Serialize};
use sessck::adapter::libssl::speed::{Course, End, Holding, Kind, Measured, Threads};
use sessck::implementation::Trouble;

/// What a child is told to measure once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Task {
    Get1 { holding: Holding, threads: Threads, times: u32 },
    Cache { sessions: u32, threads: Threads, fillings: u32 },
    Handshakes { kind: Kind, course: Course, number: u32 },
    Memory { kind: Kind, end: End, handshakes: u32 },
}

/// How thorough the measurements are.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// How often the usual ones are repeated.
    pub(crate) rounds: u32,
    /// Each takes so many times less than it would.
    pub(crate) divisor: u32,
}

/// In what a figure is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    /// How often a second.
    PerSecond,
    /// Bytes.
    Bytes,
}

/// One row.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    /// The least ratio that is aimed at.
    pub(crate) aim: Option<f64>,
}

/// The sizes of caches.
const SIZES: [(u32, u32, &str); 3] = [(1_000, 40, "1k"), (20_000, 3, "20k"), (1_000_000, 1, "1M")];
const KINDS: [(Kind, &str); 4] = [
    (Kind::Id, "TLS 1.2, id"),
    (Kind::Ticket, "TLS 1.2, ticket"),
    (Kind::Stateful, "TLS 1.3, stateful"),
    (Kind::Stateless, "TLS 1.3, stateless"),
];

/// All tasks, in the order of the table.
pub(crate) fn tasks(effort: Effort) -> Vec<Task> {
    let some = |number: u32| (number / effort.divisor).max(1);
    let held = [(Holding::Own, Threads::One), (Holding::Shared, Threads::Two), (Holding::Own, Threads::Two)];
    let mut tasks: Vec<Task> = held.map(|(holding, threads)| Task::Get1 { holding, threads, times: some(2_000_000) }).to_vec();
    for (sessions, fillings, _) in SIZES {
        tasks.extend([Threads::One, Threads::Two].map(|threads| Task::Cache { sessions, threads, fillings: some(fillings) }));
    }
    for course in [Course::Full, Course::Resumed] {
        tasks.extend(KINDS.map(|(kind, _)| Task::Handshakes { kind, course, number: some(likely(kind, course)) }));
    }
    let cached = [(Kind::Id, End::Server), (Kind::Stateful, End::Server), (Kind::Ticket, End::Client), (Kind::Stateless, End::Client)];
    tasks.extend(cached.map(|(kind, end)| Task::Memory { kind, end, handshakes: some(1_000) }));
    tasks
}

/// About as many as take a tenth of a second.
fn likely(kind: Kind, course: Course) -> u32 {
    match (course, kind) {
        (Course::Full, _) => 150,
        (Course::Resumed, Kind::Id | Kind::Ticket) => 1_000,
        (Course::Resumed, Kind::Stateful | Kind::Stateless) => 300,
    }
}

fn kind_name(kind: Kind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name)
}

fn threads_name(threads: Threads) -> &'static str {
    match threads {
        Threads::One => "one thread",
        Threads::Two => "two threads",
    }
}

impl Task {
    /// How often it is done. Counts of bytes are the same every time, and the largest caches take their time.
    pub(crate) fn rounds(self, effort: Effort) -> u32 {
        match self {
            Self::Memory { .. } => 2.min(effort.rounds),
            Self::Cache { sessions: 1_000_000.., .. } => effort.rounds.div_ceil(2),
            Self::Get1 { .. } | Self::Cache { .. } | Self::Handshakes { .. } => effort.rounds,
        }
    }

    /// What it gives.
    pub(crate) fn figures(self) -> Vec<Figure> {
        let figure = |name: String, aim: f64| Figure { name, unit: Unit::PerSecond, aim: Some(aim) };
        match self {
            Self::Get1 { holding, threads, .. } => {
                let held = match (holding, threads) {
                    (_, Threads::One) => "",
                    (Holding::Shared, Threads::Two) => " of one session",
                    (Holding::Own, Threads::Two) => " of a session each",
                };
                let aim = if threads == Threads::One { 0.5 } else { 1.0 };
                vec![figure(format!("get1 + free{held}, {}", threads_name(threads)), aim)]
            }
            Self::Cache { sessions, threads, .. } => {
                let size = SIZES.iter().find(|(size, ..)| *size == sessions).map_or("", |(.., name)| name);
                let row = |what: &str| format!("{what}, {size} sessions, {}", threads_name(threads));
                let mut figures: Vec<Figure> = ["add", "look up", "remove"].map(|what| figure(row(what), 1.0)).to_vec();
                if threads == Threads::One {
                    figures.push(Figure { name: format!("copies in a cache, {size}"), unit: Unit::Bytes, aim: None });
                }
                figures
            }
            Self::Handshakes { kind, course, .. } => {
                let course = match course {
                    Course::Full => "full",
                    Course::Resumed => "resumed",
                };
                vec![figure(format!("{course}, {}", kind_name(kind)), 0.8)]
            }
            Self::Memory { kind, end, .. } => {
                let end = match end {
                    End::Client => "client",
                    End::Server => "server",
                };
                vec![Figure { name: format!("session at a {end}, {}", kind_name(kind)), unit: Unit::Bytes, aim: None }]
            }
        }
    }

    /// Does it once: a value for each figure.
    pub(crate) fn perform(self, subject: &mut dyn Measured) -> Result<Vec<f64>, Trouble> {
        match self {
            Self::Get1 { holding, threads, times } => {
                let time = subject.get1_and_free(holding, threads, times)?;
                Ok(vec![f64::from(times) * threads.number() as f64 / time.as_secs_f64()])
            }
            Self::Cache { sessions, threads, fillings } => {
                let (mut seconds, mut bytes) = ([0.0; 3], 0.0);
                for _ in 0..fillings {
                    let times = subject.cache(sessions, threads)?;
                    for (sum, time) in seconds.iter_mut().zip([times.add, times.look_up, times.remove]) {
                        *sum += time.as_secs_f64();
                    }
                    bytes = times.heap_bytes as f64 / f64::from(sessions);
                }
                let rates = seconds.map(|seconds| f64::from(sessions) * f64::from(fillings) / seconds);
                Ok(if threads == Threads::One { [&rates[..], &[bytes]].concat() } else { rates.to_vec() })
            }
            Self::Handshakes { kind, course, number } => {
                let time = subject.handshakes(kind, course, number)?;
                Ok(vec![f64::from(number) / time.as_secs_f64()])
            }
            Self::Memory { kind, end, handshakes } => Ok(vec![subject.session_bytes(kind, end, handshakes)?]),
        }
    }
}
