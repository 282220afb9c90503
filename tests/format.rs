//! The trace format as people are told of it, and what is refused.

use std::io::{BufReader, Read};

use sessck::trace::call::{Called, c_text, examples};
use sessck::trace::{Reader, TraceError, read};

const HEADER: &str =
    r#"{"sessck":1,"producer":"a test","implementation":null,"profile":"page","aims":[],"title":"","source":"","events":2}"#;
const FIRST: &str = r#"{"step":1,"call":{"do":"SSL_CTX_new","context":"x0","side":"client","version":"1.2"}}"#;
const SECOND: &str = r#"{"step":2,"call":{"do":"SSL_CTX_free","context":"x0"},"saw":{}}"#;

fn lines(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [*line, "\n"]).collect()
}

#[track_caller]
fn refused(text: &str, name: &str, message: &str) {
    let error: TraceError = read::whole(text.as_bytes()).expect_err("it is no sound trace");
    assert_eq!((error.wrong.name(), error.to_string().as_str()), (name, message));
}

#[test]
fn every_call_is_explained_in_the_readme() {
    let readme = include_str!("../traces/README.md");
    for call in examples() {
        let json = serde_json::to_string(&Called(call)).expect("a call is written");
        let row = format!("| `{json}` | `{}` |", c_text(&call).replace('|', "\\|"));
        assert!(readme.contains(&row), "traces/README.md lacks this row:\n{row}");
    }
}

#[test]
fn a_sound_trace() {
    let trace = read::whole(lines(&[HEADER, FIRST, SECOND]).as_bytes()).expect("sound");
    assert_eq!((trace.events.len(), trace.events[0].saw.is_some(), trace.events[1].saw.is_some()), (2, false, true));
}

#[test]
fn empty_or_cut_off() {
    refused("", "empty", "the file is empty");
    refused(&lines(&[HEADER, FIRST]), "cut-off", "line 3: the trace is cut off: its header announces 2 events and 1 are there");
    refused(lines(&[HEADER, FIRST, SECOND]).trim_end(), "cut-off", "line 3: the trace is cut off: its last line has no end");
    refused(&HEADER[..40], "cut-off", "line 1: the trace is cut off: its last line has no end");
}

#[test]
fn of_a_later_version() {
    let later = HEADER.replace("\"sessck\":1", "\"sessck\":3,\"new\":true");
    refused(&lines(&[&later]), "later-version", "line 1: the trace is of format version 3; this program reads versions up to 2");
}

#[test]
fn not_a_trace() {
    refused("hello\n", "not-a-trace", "line 1: this is not a trace: its first line is not a JSON object");
    refused("hello", "not-a-trace", "line 1: this is not a trace: its first line is not a JSON object");
    refused("{}\n", "not-a-trace", "line 1: this is not a trace: its first line has no `sessck`, the version of the format");
    refused("{\"sessck\":\"1\"}\n", "not-a-trace", "line 1: this is not a trace: `sessck` is no version");
    let nameless = "line 1: column 12: this is not a trace: its header is malformed: missing field `producer`";
    refused("{\"sessck\":1}\n", "not-a-trace", nameless);
}

#[test]
fn unknown_calls_and_objects() {
    let with = |second: &str| lines(&[HEADER, FIRST, second]);
    refused(&with(r#"{"step":2,"call":{"do":"SSL_peek"}}"#), "unknown-call", "line 3: `SSL_peek` is not a call that is known");
    refused(&with(r#"{"step":2,"call":{"do":"SSL_CTX_free","context":"x1"}}"#), "unknown-object", "line 3: `x1` was not made before");
    let seen = r#"{"step":2,"call":{"do":"SSL_CTX_sess_number","context":"x0"},"saw":{"contexts":{"x7":{"number":0}}}}"#;
    refused(&with(seen), "unknown-object", "line 3: `x7` was not made before");
}

#[test]
fn bad_lines() {
    let with = |second: &str| lines(&[HEADER, FIRST, second]);
    refused(&with(""), "bad-line", "line 3: EOF while parsing a value");
    refused(&with(r#"{"step":2,"call":[]}"#), "bad-line", "line 3: column 17: invalid type: sequence, expected a map");
    refused(&with(FIRST), "bad-line", "line 3: step 1 stands where step 2 should");
    refused(&with(r#"{"step":2,"call":{"do":"SSL_free"}}"#), "bad-line", "line 3: `SSL_free` needs `connection`");
    let colour = r#"{"step":2,"call":{"do":"SSL_CTX_free","context":"x0"},"saw":{"colour":1}}"#;
    let message = "line 3: column 69: unknown field `colour`, expected one of `returned`, `events`, `contexts`, `connections`, `sessions`";
    refused(&with(colour), "bad-line", message);
    refused(&lines(&[HEADER, FIRST, SECOND, SECOND]), "bad-line", "line 4: step 2 stands where step 3 should");
    let third = SECOND.replace("\"step\":2", "\"step\":3");
    refused(
        &lines(&[HEADER, FIRST, SECOND, &third]),
        "too-many-events",
        "line 4: the trace goes on after the 2 events that its header announces",
    );
}

#[test]
fn lines_without_end_are_not_read_to_their_end() {
    let endless = BufReader::new(HEADER.as_bytes().chain(&b"\n"[..]).chain(std::io::repeat(b' ')));
    let error = read::whole(endless).expect_err("no line is that long");
    assert_eq!((error.wrong.name(), error.line), ("line-too-long", Some(2)));
    assert_eq!(read::whole(BufReader::new(std::io::repeat(b'{'))).expect_err("nor a header").wrong.name(), "line-too-long");
}

/// The events of a long trace, made as they are read.
struct Long {
    line: u64,
    of: u64,
    rest: Vec<u8>,
}

impl Read for Long {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() && self.line <= self.of {
            let line = match self.line {
                0 => HEADER.replace("\"events\":2", &format!("\"events\":{}", self.of)),
                step => format!(r#"{{"step":{step},"call":{{"do":"SSL_CTX_new","context":"x{step}","side":"client","version":"1.2"}}}}"#),
            };
            self.line += 1;
            self.rest = (line + "\n").into_bytes();
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

#[test]
fn a_long_trace_streams() {
    let long = BufReader::new(Long { line: 0, of: 20_000, rest: Vec::new() });
    let reader = Reader::new(long).expect("it has a header");
    assert_eq!(reader.filter(Result::is_ok).count(), 20_000);
}
