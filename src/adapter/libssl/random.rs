//! Random numbers that are the same in every run: the order in which a library flushes its cache depends on session ids, and
//! a trace must come out byte-equal from the same script. Nothing here is secret, and nothing leaves the process.

use std::cell::Cell;
use std::ffi::{c_double, c_int, c_uchar, c_void};

use super::api::Api;

/// `RAND_METHOD`: seed, bytes, cleanup, add, pseudorand, status.
#[repr(C)]
struct Method {
    seed: unsafe extern "C" fn(*const c_void, c_int) -> c_int,
    bytes: unsafe extern "C" fn(*mut c_uchar, c_int) -> c_int,
    cleanup: Option<unsafe extern "C" fn()>,
    add: unsafe extern "C" fn(*const c_void, c_int, c_double) -> c_int,
    pseudorand: unsafe extern "C" fn(*mut c_uchar, c_int) -> c_int,
    status: unsafe extern "C" fn() -> c_int,
}

static METHOD: Method = Method { seed, bytes: fill, cleanup: None, add, pseudorand: fill, status };

thread_local! {
    static STATE: Cell<u64> = const { Cell::new(0) };
}

/// Takes the place of the library's generator, where it lets that be done.
pub(super) fn install(api: &Api) {
    if let Some(set) = api.RAND_set_rand_method {
        // SAFETY: the table lives as long as the process and has the layout of every version's header.
        unsafe { set((&raw const METHOD).cast()) };
    }
}

/// Starts the numbers again.
pub(super) fn restart() {
    STATE.set(0);
}

/// The same, with numbers that are none of those.
pub(super) fn restart_apart() {
    STATE.set(1 << 63);
}

/// Random bytes for what the application makes up.
pub(super) fn fill_bytes(out: &mut [u8]) {
    for chunk in out.chunks_mut(8) {
        let word = next().to_le_bytes();
        chunk.copy_from_slice(&word[..chunk.len()]);
    }
}

unsafe extern "C" fn fill(out: *mut c_uchar, length: c_int) -> c_int {
    let Ok(length) = usize::try_from(length) else { return 0 };
    // SAFETY: the library passes a buffer of that length.
    fill_bytes(unsafe { std::slice::from_raw_parts_mut(out, length) });
    1
}

/// SplitMix64.
fn next() -> u64 {
    let state = STATE.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
    STATE.set(state);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

unsafe extern "C" fn seed(_: *const c_void, _: c_int) -> c_int {
    1
}

unsafe extern "C" fn add(_: *const c_void, _: c_int, _: c_double) -> c_int {
    1
}

unsafe extern "C" fn status() -> c_int {
    1
}
