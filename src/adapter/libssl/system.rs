//! The few system calls that a child process and its parent need and that std does not have.

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::{Duration, Instant};

/// The parent at the start; an orphan has another one.
static PARENT: AtomicI32 = AtomicI32::new(0);

/// Keeps what is standard output now for the protocol, and lets whatever a library prints go to standard error.
pub(crate) fn take_stdout() -> io::Result<File> {
    // SAFETY: the descriptor that fcntl returns is new and ours alone; dup2 only changes what 1 stands for.
    unsafe {
        let kept = libc::fcntl(1, libc::F_DUPFD_CLOEXEC, 3);
        if kept < 0 || libc::dup2(2, 1) < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(File::from_raw_fd(kept))
    }
}

/// Lets this process have so much memory at most. A cache whose lists were corrupted by a misuse can make a library ask for ever more:
/// this should end that, and soon, not the machine's memory. A child that behaves has had 80 megabytes at most.
pub(crate) fn limit_memory() {
    const MOST_BYTES: libc::rlim_t = 256 << 20;
    let limit = libc::rlimit { rlim_cur: MOST_BYTES, rlim_max: MOST_BYTES };
    // SAFETY: the structure is only read. Where the limit cannot be set, it is as it was.
    unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) };
}

/// Ends this process within a second or two after its parent has ended, even while a library hangs. (A death signal set with
/// prctl would come as soon as the parent's thread ends.)
pub(crate) fn end_with_parent() {
    let every_second = libc::timeval { tv_sec: 1, tv_usec: 0 };
    let timer = libc::itimerval { it_interval: every_second, it_value: every_second };
    // SAFETY: the handler only calls what a handler may; an all-zero sigaction is a valid one.
    unsafe {
        PARENT.store(libc::getppid(), Ordering::Relaxed);
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = leave_if_orphaned as *const () as usize;
        action.sa_flags = libc::SA_RESTART;
        libc::sigaction(libc::SIGALRM, &raw const action, std::ptr::null_mut());
        libc::setitimer(libc::ITIMER_REAL, &raw const timer, std::ptr::null_mut());
    }
}

extern "C" fn leave_if_orphaned(_: libc::c_int) {
    // SAFETY: both functions may be called in a signal handler.
    unsafe {
        if libc::getppid() != PARENT.load(Ordering::Relaxed) {
            libc::_exit(0);
        }
    }
}

/// Whether the user asked for the end.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Has the first interrupt from the keyboard noted instead of ending this process; the second ends it as ever.
pub(crate) fn note_interrupts() {
    // SAFETY: the handler only stores a flag; an all-zero sigaction is a valid one.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = note_interrupt as *const () as usize;
        action.sa_flags = libc::SA_RESTART | libc::SA_RESETHAND;
        libc::sigaction(libc::SIGINT, &raw const action, std::ptr::null_mut());
    }
}

extern "C" fn note_interrupt(_: libc::c_int) {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

/// Whether an interrupt was noted.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// Leaves interrupts from the keyboard to the parent, which ends this process when it is done.
pub(crate) fn ignore_interrupts() {
    // SAFETY: ignoring a signal has no precondition.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_IGN);
    }
}

/// Waits until there is something to read, or the end of it. Returns false when the deadline passed first.
pub(crate) fn wait_readable(source: BorrowedFd<'_>, deadline: Instant) -> io::Result<bool> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout_ms = i32::try_from((left + Duration::from_micros(999)).as_millis()).unwrap_or(i32::MAX);
        let mut poll = libc::pollfd { fd: source.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: one structure, which lives.
        match unsafe { libc::poll(&raw mut poll, 1, timeout_ms) } {
            0 => return Ok(false),
            ready if ready > 0 => return Ok(true),
            _ => {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(error);
                }
            }
        }
    }
}
