//! Reading traces, line by line: what is held in memory does not grow with the file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::call::{Called, Malformed};
use super::format::{Event, Header, LONGEST_LINE_BYTES, MOST_EVENTS, Trace, VERSION};
use super::names::Known;
use crate::implementation::{CallFault, Observation};

/// Why a trace cannot be read, and where.
#[derive(Debug, thiserror::Error)]
#[error("{}{}{wrong}", .line.map_or(String::new(), |line| format!("line {line}: ")), .column.map_or(String::new(), |column| format!("column {column}: ")))]
pub struct TraceError {
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a trace.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// It ends too early.
    #[error("the trace is cut off: {0}")]
    CutOff(String),
    /// It is of a later version of the format.
    #[error("the trace is of format version {found}; this program reads versions up to {VERSION}")]
    LaterVersion {
        /// Its version.
        found: u64,
    },
    /// Its first line is no header.
    #[error("this is not a trace: {0}")]
    NotATrace(String),
    /// A call that is not known.
    #[error("`{0}` is not a call that is known")]
    UnknownCall(String),
    /// An object that no line before made.
    #[error("`{0}` was not made before")]
    UnknownObject(String),
    /// A line that is no event.
    #[error("{0}")]
    BadLine(String),
    /// A line longer than any event.
    #[error("the line is longer than {LONGEST_LINE_BYTES} bytes")]
    LineTooLong,
    /// More events than the header says.
    #[error("the trace goes on after the {0} events that its header announces")]
    TooMany(u64),
    /// More events than are held in memory at once.
    #[error("the trace has {0} events; at most {MOST_EVENTS} can be replayed or explained")]
    TooLarge(u64),
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(io::Error),
}

impl Wrong {
    /// Its name, which stays the same.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::CutOff(_) => "cut-off",
            Self::LaterVersion { .. } => "later-version",
            Self::NotATrace(_) => "not-a-trace",
            Self::UnknownCall(_) => "unknown-call",
            Self::UnknownObject(_) => "unknown-object",
            Self::BadLine(_) => "bad-line",
            Self::LineTooLong => "line-too-long",
            Self::TooMany(_) => "too-many-events",
            Self::TooLarge(_) => "too-large",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// Whether the trace may be sound and only what is here of it cannot be judged. Everything else is no trace at all.
    #[must_use]
    pub fn is_inconclusive(&self) -> bool {
        match self {
            Self::Empty | Self::CutOff(_) | Self::LaterVersion { .. } | Self::TooLarge(_) => true,
            Self::NotATrace(_) | Self::UnknownCall(_) | Self::UnknownObject(_) | Self::BadLine(_) | Self::LineTooLong => false,
            Self::TooMany(_) | Self::Unreadable(_) => false,
        }
    }
}

/// Reads the events of a trace one by one.
#[derive(Debug)]
pub struct Reader<R> {
    lines: Lines<R>,
    header: Header,
    read: u64,
    known: Known,
    ended: bool,
}

impl Reader<BufReader<File>> {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// Where it cannot be read or does not begin as a trace does.
    pub fn open(path: &Path) -> Result<Self, TraceError> {
        let file = File::open(path).map_err(|error| TraceError { line: None, column: None, wrong: Wrong::Unreadable(error) })?;
        Self::new(BufReader::with_capacity(1 << 16, file))
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// Where it does not begin as a trace does.
    pub fn new(source: R) -> Result<Self, TraceError> {
        let mut lines = Lines { source, number: 0, buffer: Vec::new() };
        let Some(line) = lines.next()? else {
            return Err(TraceError { line: None, column: None, wrong: Wrong::Empty });
        };
        let header = header(line).map_err(|(wrong, column)| lines.error(wrong, column))?;
        Ok(Self { lines, header, read: 0, known: Known::default(), ended: false })
    }

    /// The first line.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    fn event(&mut self) -> Result<Option<Event>, TraceError> {
        let Some(line) = self.lines.next()? else {
            let (announced, found) = (self.header.events, self.read);
            if found < announced {
                return Err(self
                    .lines
                    .error(Wrong::CutOff(format!("its header announces {announced} events and {found} are there")), None));
            }
            return Ok(None);
        };
        let event = event(line, self.read + 1).map_err(|(wrong, column)| self.lines.error(wrong, column))?;
        if self.read == self.header.events {
            return Err(self.lines.error(Wrong::TooMany(self.header.events), None));
        }
        self.known.event(&event.call, event.saw.as_ref()).map_err(|object| self.lines.error(Wrong::UnknownObject(object), None))?;
        self.read += 1;
        Ok(Some(event))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Event, TraceError>;

    /// The next event; nothing follows an error.
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let event = self.event();
        self.ended = !matches!(event, Ok(Some(_)));
        event.transpose()
    }
}

/// A whole trace.
///
/// # Errors
/// Where any line of it cannot be read, or it is too large.
pub fn whole<R: BufRead>(source: R) -> Result<Trace, TraceError> {
    collected(Reader::new(source)?)
}

/// The whole trace in a file.
///
/// # Errors
/// Where it cannot be read, or is too large.
pub fn file(path: &Path) -> Result<Trace, TraceError> {
    collected(Reader::open(path)?)
}

fn collected<R: BufRead>(mut reader: Reader<R>) -> Result<Trace, TraceError> {
    if reader.header.events > MOST_EVENTS {
        return Err(reader.lines.error(Wrong::TooLarge(reader.header.events), None));
    }
    let events = reader.by_ref().collect::<Result<Vec<Event>, TraceError>>()?;
    Ok(Trace { header: reader.header, events })
}

/// Lines, and where one is.
#[derive(Debug)]
struct Lines<R> {
    source: R,
    number: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// The next line without its end.
    fn next(&mut self) -> Result<Option<&[u8]>, TraceError> {
        self.buffer.clear();
        self.number += 1;
        let most = LONGEST_LINE_BYTES as u64 + 1;
        let length = self.source.by_ref().take(most).read_until(b'\n', &mut self.buffer);
        match length {
            Err(error) => Err(self.error(Wrong::Unreadable(error), None)),
            Ok(0) => Ok(None),
            Ok(length) if length > LONGEST_LINE_BYTES => Err(self.error(Wrong::LineTooLong, None)),
            Ok(_) if self.buffer.last() != Some(&b'\n') => Err(self.error(self.unfinished(), None)),
            Ok(_) => Ok(Some(&self.buffer[..self.buffer.len() - 1])),
        }
    }

    /// A line that does not end. A first line that does not even begin as a header is no trace's.
    fn unfinished(&self) -> Wrong {
        if self.number == 1 && !self.buffer.trim_ascii_start().starts_with(b"{") {
            return Wrong::NotATrace("its first line is not a JSON object".to_owned());
        }
        Wrong::CutOff("its last line has no end".to_owned())
    }

    fn error(&self, wrong: Wrong, column: Option<usize>) -> TraceError {
        TraceError { line: Some(self.number), column, wrong }
    }
}

type Misread = (Wrong, Option<usize>);

fn header(line: &[u8]) -> Result<Header, Misread> {
    let not = |reason: &str| (Wrong::NotATrace(reason.to_owned()), None);
    let first: Map<String, Value> = serde_json::from_slice(line).map_err(|_| not("its first line is not a JSON object"))?;
    let version = first.get("sessck").ok_or_else(|| not("its first line has no `sessck`, the version of the format"))?;
    let version = version.as_u64().filter(|version| *version > 0).ok_or_else(|| not("`sessck` is no version"))?;
    if version > u64::from(VERSION) {
        return Err((Wrong::LaterVersion { found: version }, None));
    }
    serde_json::from_slice(line).map_err(|error| (Wrong::NotATrace(format!("its header is malformed: {}", reason(&error))), column(&error)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvent {
    step: u64,
    call: Map<String, Value>,
    fault: Option<CallFault>,
    saw: Option<Observation>,
}

fn event(line: &[u8], expected: u64) -> Result<Event, Misread> {
    let raw: RawEvent = serde_json::from_slice(line).map_err(|error| (Wrong::BadLine(reason(&error)), column(&error)))?;
    if raw.step != expected {
        return Err((Wrong::BadLine(format!("step {} stands where step {expected} should", raw.step)), None));
    }
    let call = Called::read(raw.call).map_err(|malformed| match malformed {
        Malformed::UnknownCall(name) => (Wrong::UnknownCall(name), None),
        Malformed::Nameless | Malformed::Missing { .. } | Malformed::Wrong { .. } | Malformed::Superfluous { .. } => {
            (Wrong::BadLine(malformed.to_string()), None)
        }
    })?;
    Ok(Event { call: call.0, fault: raw.fault, saw: raw.saw })
}

/// The column, from 1, where there is one.
fn column(error: &serde_json::Error) -> Option<usize> {
    Some(error.column()).filter(|column| *column > 0)
}

/// What serde_json says, without the place, which is told apart.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
