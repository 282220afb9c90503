//! A library in a process of its own, so that its crash is an observation and no two libraries meet.
//!
//! The child is this program again, started with [`CHILD_COMMAND`]. It ends with its parent.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use sessck_model::{Call, ConnId, Side};

use super::half::{Foretold, Half, Showing, Stroke, Struck, Wired};
use super::libssl::system::wait_readable;
use super::protocol::{Fault, Request, Response};
use crate::implementation::{CallFault, Faulted, Identity, Implementation, Name, Observation, Trouble};
use crate::trace::call::Called;

/// The hidden command: `sessck __child PATH` serves the library at that path.
pub const CHILD_COMMAND: &str = "__child";
/// How long a call may take unless something else is said.
pub const DEADLINE: Duration = Duration::from_secs(10);
/// How long a call may take in which something fails, or a callback calls back: more of them hang, and each costs the deadline.
const FAULT_DEADLINE: Duration = Duration::from_secs(3);
/// How long a child may take to tidy up after a case. A misused library may never come to an end; replacing the child is cheap.
const RESET_DEADLINE: Duration = Duration::from_secs(2);
/// After so many cases a child is replaced: what cases leave behind stays in its memory, some hundred kilobytes each, and it may only have so much.
const CASES_PER_CHILD: u32 = 256;

/// Takes the response that is wanted, or gives it back.
type Wanted<T> = fn(Response) -> Result<T, Box<Response>>;

/// A library that runs in a child process.
pub struct IsolatedLibrary {
    executable: PathBuf,
    library: PathBuf,
    deadline: Duration,
    identity: Identity,
    running: Option<Running>,
    /// Cases that the child has begun.
    cases: u32,
}

impl IsolatedLibrary {
    /// Starts a child of this executable, which must hand [`CHILD_COMMAND`] to [`super::child::child_main`], and has it open the library.
    ///
    /// # Errors
    /// What the child says of the library, or how it ended.
    pub fn start(executable: &Path, library: &Path, deadline: Duration) -> Result<Self, Trouble> {
        let (running, identity) = Running::start(executable, library, deadline)?;
        let (executable, library) = (executable.to_owned(), library.to_owned());
        Ok(Self { executable, library, deadline, identity, running: Some(running), cases: 1 })
    }

    /// The same, shown under another name than the one that the library gives itself.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.identity.name = name.into();
        self
    }

    /// The child's process id, while it runs.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.child.id())
    }

    /// Has the child go wrong, and returns what that looks like from here.
    ///
    /// # Errors
    /// The trouble that follows; none follows [`Fault::Print`].
    pub fn inject(&mut self, fault: Fault) -> Result<(), Trouble> {
        self.obtain(&Request::Test(fault), self.deadline, done)
    }

    fn ask(&mut self, request: &Request, deadline: Duration) -> Result<Response, Trouble> {
        let Some(running) = &mut self.running else {
            return Err(Trouble::Gone("it was not started again".to_owned()));
        };
        let response = running.ask(request, deadline);
        if response.is_err() {
            self.running = None;
        }
        response
    }

    /// Asks, and takes what `wanted` takes out of the response; anything else but trouble breaks the protocol.
    fn obtain<T>(&mut self, request: &Request, deadline: Duration, wanted: Wanted<T>) -> Result<T, Trouble> {
        match self.ask(request, deadline)? {
            Response::Trouble(trouble) => Err(trouble),
            response => wanted(response).map_err(|other| self.unexpected(&other)),
        }
    }

    fn start_again(&mut self) -> Result<(), Trouble> {
        self.running = None;
        self.cases = 1;
        self.running = Some(Running::start(&self.executable, &self.library, self.deadline)?.0);
        Ok(())
    }

    fn unexpected(&mut self, response: &Response) -> Trouble {
        self.running = None;
        Trouble::Gone(format!("it answered something else: {response:?}"))
    }
}

impl Implementation for IsolatedLibrary {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    /// A child that ended, does not answer in time, or has served for long is replaced.
    fn reset(&mut self) -> Result<(), Trouble> {
        self.cases += 1;
        let in_service = self.running.is_some() && self.cases <= CASES_PER_CHILD;
        if in_service && matches!(self.ask(&Request::Reset, self.deadline.min(RESET_DEADLINE)), Ok(Response::Done)) {
            return Ok(());
        }
        self.start_again()
    }

    fn perform(&mut self, call: &Call) -> Result<Observation, Trouble> {
        self.obtain(
            &Request::Perform(Called(*call)),
            self.deadline,
            |it| if let Response::Saw(saw) = it { Ok(saw) } else { Err(Box::new(it)) },
        )
    }

    fn perform_faulted(&mut self, call: &Call, fault: CallFault) -> Result<Faulted, Trouble> {
        let deadline = self.deadline.min(FAULT_DEADLINE);
        let request = Request::PerformFaulted(Called(*call), fault);
        self.obtain(&request, deadline, |it| if let Response::Faulted(faulted) = it { Ok(faulted) } else { Err(Box::new(it)) })
    }

    /// A task counts as a case: it is to begin with a reset of its own.
    fn delegate(&mut self, task: &str) -> Option<Result<String, Trouble>> {
        self.cases += 1;
        let started = if self.running.is_some() && self.cases <= CASES_PER_CHILD { Ok(()) } else { self.start_again() };
        let (request, deadline) = (Request::Do(task.to_owned()), self.deadline);
        Some(started.and_then(|()| {
            self.obtain(&request, deadline, |it| if let Response::Did(answer) = it { Ok(answer) } else { Err(Box::new(it)) })
        }))
    }

    fn renew(&mut self) {
        self.running = None;
    }

    fn written_after_release(&mut self) -> Result<u32, Trouble> {
        self.obtain(&Request::Written, self.deadline, |it| if let Response::Written(blocks) = it { Ok(blocks) } else { Err(Box::new(it)) })
    }
}

impl Half for IsolatedLibrary {
    fn begin(&mut self, side: Side) -> Result<(), Trouble> {
        self.reset()?;
        match side {
            Side::Client => Ok(()),
            Side::Server => self.obtain(&Request::Serve, self.deadline, done),
        }
    }

    fn strike(&mut self, brought: Vec<Wired>, stroke: Stroke, showing: Showing) -> Result<Struck, Trouble> {
        let request = Request::Strike(brought, stroke, showing);
        self.obtain(&request, self.deadline, |it| if let Response::Struck(struck) = it { Ok(struck) } else { Err(Box::new(it)) })
    }

    fn foretell(&mut self, id: ConnId) -> Result<Foretold, Trouble> {
        let request = Request::Foretell(Name(id));
        self.obtain(&request, self.deadline, |it| if let Response::Foretold(foretold) = it { Ok(foretold) } else { Err(Box::new(it)) })
    }
}

fn done(response: Response) -> Result<(), Box<Response>> {
    if let Response::Done = response { Ok(()) } else { Err(Box::new(response)) }
}

/// A child and the pipes to it. Dropping it ends the child.
struct Running {
    child: Child,
    requests: ChildStdin,
    responses: ChildStdout,
    /// What was read after the last whole line.
    pending: Vec<u8>,
    /// Where the child's standard error goes.
    complaints: File,
}

impl Running {
    fn start(executable: &Path, library: &Path, deadline: Duration) -> Result<(Self, Identity), Trouble> {
        let failed = |error: std::io::Error| Trouble::Harness(format!("cannot start {}: {error}", executable.display()));
        let complaints = tempfile::tempfile().map_err(failed)?;
        let mut child = Command::new(executable)
            .arg(CHILD_COMMAND)
            .arg(library)
            // what it says last is told, and a backtrace takes seconds
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(complaints.try_clone().map_err(failed)?)
            .spawn()
            .map_err(failed)?;
        let (Some(requests), Some(responses)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Trouble::Harness("a child was started without pipes".to_owned()));
        };
        let mut running = Self { child, requests, responses, pending: Vec::new(), complaints };
        // opening a library takes longer than a call
        match running.listen(deadline.max(DEADLINE))? {
            Response::Ready(identity) => Ok((running, identity)),
            Response::Trouble(trouble) => Err(trouble),
            other @ (Response::Saw(_)
            | Response::Done
            | Response::Faulted(_)
            | Response::Written(_)
            | Response::Did(_)
            | Response::Struck(_)
            | Response::Foretold(_)) => Err(Trouble::Gone(format!("it greeted with {other:?}"))),
        }
    }

    fn ask(&mut self, request: &Request, deadline: Duration) -> Result<Response, Trouble> {
        let mut line = serde_json::to_vec(request).map_err(|error| Trouble::Harness(error.to_string()))?;
        line.push(b'\n');
        match self.requests.write_all(&line) {
            Ok(()) => self.listen(deadline),
            Err(_) => Err(self.ended()),
        }
    }

    /// The next response.
    fn listen(&mut self, deadline: Duration) -> Result<Response, Trouble> {
        let until = Instant::now() + deadline;
        let mut buffer = [0_u8; 16_384];
        let end = loop {
            if let Some(end) = self.pending.iter().position(|&byte| byte == b'\n') {
                break end;
            }
            match wait_readable(self.responses.as_fd(), until) {
                Ok(true) => {}
                Ok(false) => return Err(Trouble::Hung(deadline.as_millis().div_ceil(1_000) as u64)),
                Err(error) => return Err(Trouble::Harness(error.to_string())),
            }
            match self.responses.read(&mut buffer) {
                Ok(0) => return Err(self.ended()),
                Ok(length) => self.pending.extend_from_slice(&buffer[..length]),
                Err(error) => return Err(Trouble::Harness(error.to_string())),
            }
        };
        let line: Vec<u8> = self.pending.drain(..=end).collect();
        serde_json::from_slice(&line).map_err(|error| Trouble::Gone(format!("it answered nonsense: {error}")))
    }

    /// How the child ended, once its end of a pipe is closed.
    fn ended(&mut self) -> Trouble {
        // A child that has closed its pipe and lives on would be waited for in vain.
        let mut status = self.child.try_wait();
        for _ in 0..200 {
            if !matches!(status, Ok(None)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
            status = self.child.try_wait();
        }
        match status {
            Ok(Some(status)) => how(status, &self.last_complaint()),
            Ok(None) => Trouble::Gone("it closed its output".to_owned()),
            Err(error) => Trouble::Gone(error.to_string()),
        }
    }

    /// The last line that the child wrote to standard error.
    fn last_complaint(&mut self) -> String {
        const TAIL_BYTES: u64 = 4_096;
        let length = self.complaints.metadata().map_or(0, |metadata| metadata.len());
        let mut tail = Vec::new();
        if self.complaints.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES))).is_ok() {
            // What cannot be read is left out of a message that is about something else.
            _ = self.complaints.read_to_end(&mut tail);
        }
        let tail = String::from_utf8_lossy(&tail);
        tail.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; what matters is that it has, and that nothing of it stays.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn how(status: ExitStatus, complaint: &str) -> Trouble {
    let colon = if complaint.is_empty() { "" } else { ": " };
    match status.signal() {
        Some(signal) => Trouble::Crashed(format!("{}{colon}{complaint}", signal_name(signal))),
        None => Trouble::Gone(format!("{status}{colon}{complaint}")),
    }
}

fn signal_name(signal: i32) -> String {
    let known = [
        (libc::SIGSEGV, "SIGSEGV"),
        (libc::SIGABRT, "SIGABRT"),
        (libc::SIGBUS, "SIGBUS"),
        (libc::SIGFPE, "SIGFPE"),
        (libc::SIGILL, "SIGILL"),
        (libc::SIGKILL, "SIGKILL"),
        (libc::SIGTERM, "SIGTERM"),
        (libc::SIGTRAP, "SIGTRAP"),
    ];
    known.iter().find(|(number, _)| *number == signal).map_or_else(|| format!("signal {signal}"), |(_, name)| (*name).to_owned())
}
