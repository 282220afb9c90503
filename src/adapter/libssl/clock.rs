//! The virtual clock: `time` and `gettimeofday`, defined in the executable, take the place of libc's for every library that
//! is opened later. Until the clock is set they tell the real time.

use std::sync::atomic::{AtomicI64, Ordering};

/// The second of the real calendar that scripts call 0.
pub(super) const EPOCH: i64 = 1_700_000_000;
/// The second at which a case starts.
pub(super) const START: i64 = 1_000;

const UNSET: i64 = i64::MIN;
static NOW: AtomicI64 = AtomicI64::new(UNSET);

/// Stops the clock at a second of the script. The whole process sees it.
pub(super) fn set(script_second: i64) {
    // The linker keeps a definition only if something in use points to it.
    std::hint::black_box((time as *const (), gettimeofday as *const ()));
    NOW.store(EPOCH + script_second, Ordering::Relaxed);
}

/// Lets the stopped clock go on by so many seconds.
pub(super) fn advance(seconds: u32) {
    NOW.fetch_add(i64::from(seconds), Ordering::Relaxed);
}

fn now() -> libc::timeval {
    let virtual_second = NOW.load(Ordering::Relaxed);
    if virtual_second != UNSET {
        return libc::timeval { tv_sec: virtual_second, tv_usec: 0 };
    }
    let mut real = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the kernel fills in the structure that it is given; libc's functions are not asked, they may be us.
    unsafe { libc::syscall(libc::SYS_clock_gettime, libc::CLOCK_REALTIME, &raw mut real) };
    libc::timeval { tv_sec: real.tv_sec, tv_usec: real.tv_nsec / 1_000 }
}

/// time(2).
///
/// # Safety
/// As in C: `out` is null or can be written.
// SAFETY: the symbol is meant to take the place of libc's and has its type.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn time(out: *mut libc::time_t) -> libc::time_t {
    let second = now().tv_sec;
    if !out.is_null() {
        // SAFETY: the caller's promise.
        unsafe { *out = second };
    }
    second
}

/// gettimeofday(2); the time zone is left alone, as in glibc.
///
/// # Safety
/// As in C: `out` is null or can be written.
// SAFETY: the symbol is meant to take the place of libc's and has its type.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn gettimeofday(out: *mut libc::timeval, _zone: *mut libc::c_void) -> libc::c_int {
    if !out.is_null() {
        // SAFETY: the caller's promise.
        unsafe { *out = now() };
    }
    0
}
