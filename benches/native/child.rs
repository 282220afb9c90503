//! A process of its own for each that is measured: two libraries in one would share a libcrypto, and their heaps.
//!
//! The child is this program again. A task comes as a line of JSON on its standard input, and its result goes out as one.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use sessck::adapter::libssl::speed::{Measured, Speed};
use sessck::implementation::Trouble;

use crate::ours::Ours;
use crate::task::Task;

/// The hidden command.
pub(crate) const COMMAND: &str = "__measure";
/// What is measured where that is no file.
const NATIVE: &str = "native";

/// A child, which has opened what it measures. It ends when this is dropped.
pub(crate) struct Subject {
    pub(crate) name: String,
    child: Child,
    tasks: Option<ChildStdin>,
    results: BufReader<ChildStdout>,
}

impl Subject {
    /// The library in this file, or native.
    pub(crate) fn start(name: &str, library: Option<&Path>) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(COMMAND).arg(library.unwrap_or(Path::new(NATIVE))).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let (tasks, results) = (child.stdin.take(), child.stdout.take());
        let results = BufReader::new(results.ok_or(io::ErrorKind::BrokenPipe)?);
        Ok(Self { name: name.to_owned(), child, tasks, results })
    }

    /// Has a task done, and waits for it.
    pub(crate) fn measure(&mut self, task: Task) -> Result<Vec<f64>, Trouble> {
        let gone = |error: io::Error| Trouble::Gone(error.to_string());
        let mut line = serde_json::to_string(&task).map_err(|error| Trouble::Harness(error.to_string()))?;
        line.push('\n');
        let tasks = self.tasks.as_mut().ok_or_else(|| Trouble::Gone("it was told to end".to_owned()))?;
        tasks.write_all(line.as_bytes()).map_err(gone)?;
        line.clear();
        match self.results.read_line(&mut line).map_err(gone)? {
            0 => Err(Trouble::Gone("it ended".to_owned())),
            _ => serde_json::from_str(&line).unwrap_or_else(|error| Err(Trouble::Gone(error.to_string()))),
        }
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.tasks = None;
        // It ends with its input; how it ends is of no interest any more.
        _ = self.child.wait();
    }
}

/// The child's half: does what it is told until its input ends.
pub(crate) fn serve(what: &Path) -> io::Result<()> {
    let mut subject: Result<Box<dyn Measured>, Trouble> = if what == Path::new(NATIVE) {
        Ours::new().map(|ours| Box::new(ours) as _)
    } else {
        Speed::open(what).map(|speed| Box::new(speed) as _)
    };
    let mut out = io::stdout();
    for line in io::stdin().lock().lines() {
        let task: Task = serde_json::from_str(&line?)?;
        let result = match &mut subject {
            Ok(subject) => task.perform(subject.as_mut()),
            Err(trouble) => Err(trouble.clone()),
        };
        let mut line = serde_json::to_vec(&result)?;
        line.push(b'\n');
        out.write_all(&line)?;
        out.flush()?;
    }
    Ok(())
}
