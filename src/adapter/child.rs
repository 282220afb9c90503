//! The process that has one library open: requests come on standard input, responses go to standard output.

use std::fs::File;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use sessck_model::Side;

use super::half::Half;
use super::libssl::{Libssl, system};
use super::protocol::{Fault, Request, Response};
use crate::implementation::{Implementation, Trouble};

/// What a child does where it is told to: the task as the parent worded it, and the answer.
pub type Work = fn(&mut dyn Implementation, &str) -> Result<String, Trouble>;

/// Serves until the end of standard input. `work` does the tasks that are delegated. Never returns a failure that the parent was not told of.
#[must_use]
pub fn child_main(library: &Path, work: Work) -> ExitCode {
    system::end_with_parent();
    system::limit_memory();
    system::ignore_interrupts();
    let served = system::take_stdout().and_then(|mut out| match Libssl::open(library) {
        Ok(libssl) => serve(libssl, work, &mut out),
        Err(trouble) => send(&mut out, &Response::Trouble(trouble)),
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(70)
        }
    }
}

fn serve(mut libssl: Libssl, work: Work, out: &mut File) -> io::Result<()> {
    send(out, &Response::Ready(libssl.identity().clone()))?;
    let mut requests = io::stdin().lock();
    let mut line = String::new();
    while requests.read_line(&mut line)? > 0 {
        let response = match serde_json::from_str(&line) {
            Ok(request) => respond(&mut libssl, work, request),
            Err(error) => Response::Trouble(Trouble::Harness(format!("a request was not understood: {error}"))),
        };
        send(out, &response)?;
        line.clear();
    }
    Ok(())
}

fn respond(libssl: &mut Libssl, work: Work, request: Request) -> Response {
    match request {
        Request::Reset => libssl.reset().map_or_else(Response::Trouble, |()| Response::Done),
        Request::Perform(call) => libssl.perform(&call.0).map_or_else(Response::Trouble, Response::Saw),
        Request::PerformFaulted(call, fault) => libssl.perform_faulted(&call.0, fault).map_or_else(Response::Trouble, Response::Faulted),
        Request::Do(task) => work(libssl, &task).map_or_else(Response::Trouble, Response::Did),
        Request::Written => libssl.written_after_release().map_or_else(Response::Trouble, Response::Written),
        Request::Serve => libssl.begin(Side::Server).map_or_else(Response::Trouble, |()| Response::Done),
        Request::Strike(brought, stroke, showing) => {
            libssl.strike(brought, stroke, showing).map_or_else(Response::Trouble, Response::Struck)
        }
        Request::Foretell(id) => libssl.foretell(id.0).map_or_else(Response::Trouble, Response::Foretold),
        Request::Test(fault) => fail(fault),
    }
}

fn fail(fault: Fault) -> Response {
    match fault {
        Fault::Abort => std::process::abort(),
        Fault::Hang => loop {
            std::thread::park();
        },
        Fault::Exit => {
            eprintln!("told to exit");
            std::process::exit(3)
        }
        Fault::Print => {
            println!("printed by a library");
            Response::Done
        }
    }
}

fn send(out: &mut File, response: &Response) -> io::Result<()> {
    let mut line = serde_json::to_vec(response)?;
    line.push(b'\n');
    out.write_all(&line)
}
