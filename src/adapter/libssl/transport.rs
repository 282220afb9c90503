//! A transport that fails in the middle of a call: the bytes that connections read and write are counted, and with one of them the
//! transport of its connection is gone for good. It is a callback on the memory BIOs; on those that no call has armed there is none.

use std::cell::RefCell;
use std::ffi::{c_char, c_int, c_long};

use super::api::{Api, Ptr};
use super::memory;
use super::witness::with;
use crate::adapter::roll::Happening;

/// The callback of a BIO: BIO, operation, data, length, two numbers, the result so far, the bytes done.
pub(super) type BioCb = unsafe extern "C" fn(Ptr, c_int, *const c_char, usize, c_int, c_long, c_int, *mut usize) -> c_long;

const READ: c_int = 2;
const WRITE: c_int = 3;
const RETURN: c_int = 0x80;
/// `BIO_FLAGS_RWS` and `BIO_FLAGS_SHOULD_RETRY`: a failure is no "later".
const RETRY_FLAGS: c_int = 0x0f;

#[derive(Default)]
struct Line {
    /// The BIOs of each connection, reading and writing.
    pairs: Vec<[usize; 2]>,
    /// Bytes so far.
    passed: u64,
    /// The byte that does not pass, from 1; 0 while nothing is armed.
    fails: u64,
    /// The connection's BIOs that failed.
    broken: Option<[usize; 2]>,
}

thread_local! {
    static LINE: RefCell<Line> = RefCell::default();
}

/// Has the transport fail at this byte of what these connections read and write, from 1. False where the library does not let us.
pub(super) fn arm(api: &Api, pairs: Vec<[Ptr; 2]>, fails: u32) -> bool {
    let Some(set) = api.BIO_set_callback_ex.filter(|_| api.BIO_clear_flags.is_some()) else { return false };
    for bio in pairs.iter().flatten().filter(|bio| !bio.is_null()) {
        // SAFETY: the BIO is a living connection's; the function has the type of the header.
        unsafe { set(*bio, Some(on_bytes)) };
    }
    let pairs = pairs.iter().map(|pair| pair.map(|bio| bio as usize)).collect();
    LINE.replace(Line { pairs, passed: 0, fails: fails.into(), broken: None });
    true
}

/// Lets everything pass again that did not fail. How many bytes there were.
pub(super) fn disarm() -> u32 {
    LINE.with_borrow_mut(|line| {
        line.fails = 0;
        u32::try_from(line.passed).unwrap_or(u32::MAX)
    })
}

/// Forgets what failed.
pub(super) fn restart() {
    LINE.take();
}

/// How many of so many bytes pass before the transport fails; `None` where all do.
fn pass(line: &mut Line, bio: Ptr, length: usize) -> Option<usize> {
    if line.broken.is_some_and(|pair| pair.contains(&(bio as usize))) {
        return Some(0);
    }
    let before = line.passed;
    line.passed += length as u64;
    if line.fails == 0 || line.broken.is_some() || line.passed < line.fails {
        return None;
    }
    line.broken = line.pairs.iter().find(|pair| pair.contains(&(bio as usize))).copied();
    with(|witness| witness.roll.happens(Happening::Failed));
    usize::try_from(line.fails - 1 - before).ok()
}

unsafe extern "C" fn on_bytes(
    bio: Ptr,
    operation: c_int,
    data: *const c_char,
    length: usize,
    _: c_int,
    _: c_long,
    result: c_int,
    done: *mut usize,
) -> c_long {
    if memory::is_ours() {
        return result.into();
    }
    let passes = match operation {
        WRITE => LINE.with_borrow_mut(|line| pass(line, bio, length)),
        // SAFETY: the library passes where it counts what was read.
        _ if operation == READ | RETURN && result > 0 => LINE.with_borrow_mut(|line| pass(line, bio, unsafe { *done })),
        READ => LINE.with_borrow(|line| line.broken).is_some_and(|pair| pair.contains(&(bio as usize))).then_some(0),
        _ => None,
    };
    let Some(passes) = passes else { return result.into() };
    let _ours = memory::ours();
    if passes > 0 && operation == READ | RETURN {
        // SAFETY: as above; what is reported is less than what was read.
        unsafe { *done = passes };
        return result.into();
    }
    let Some(api) = with(|witness| witness.api) else { return -1 };
    // SAFETY: the BIO is the one that is at work; so many bytes are less than it was given.
    unsafe {
        if passes > 0 && operation == WRITE {
            (api.BIO_write)(bio, data.cast(), passes as c_int);
        }
        api.BIO_clear_flags.inspect(|clear| clear(bio, RETRY_FLAGS));
    }
    -1
}
