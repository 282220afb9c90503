//! The library's memory: allocations of a call are counted, one of them can be told to fail, and from then on what is given back
//! is filled with a pattern and kept until the case is over. So a use after free ends in a crash at once and not some other day,
//! a block that is given back twice is told from others, and a write to one shows.
//!
//! The hooks are installed before the library has allocated anything and do nothing else until a fault is armed.

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::api::{Api, Ptr};
use super::witness::with;
use crate::adapter::roll::Happening;

/// What is said before the site of a failure.
const FAILED_IN: &str = crate::implementation::FAILED_IN;
/// What a block that was given back is filled with.
const POISON: u8 = 0xDB;

/// Allocations are counted.
static ARMED: AtomicBool = AtomicBool::new(false);
/// How often the harness itself is at work: what it allocates is not the call's.
static OURS: AtomicU32 = AtomicU32::new(0);
/// Allocations of the call so far.
static COUNT: AtomicU32 = AtomicU32::new(0);
/// Which of them fails; 0 for none.
static FAILS: AtomicU32 = AtomicU32::new(0);
/// Blocks that are given back are kept.
static KEEPS: AtomicBool = AtomicBool::new(false);
/// The blocks that were given back, with their sizes.
static KEPT: Mutex<Option<HashMap<usize, usize>>> = Mutex::new(None);
/// The library's source file in which the allocation failed.
static SITE: Mutex<Option<String>> = Mutex::new(None);

/// The library's allocator, with the place that asks.
pub(super) type Malloc = unsafe extern "C" fn(usize, *const c_char, c_int) -> Ptr;
/// The same for a block that is to change its size.
pub(super) type Realloc = unsafe extern "C" fn(Ptr, usize, *const c_char, c_int) -> Ptr;
/// Its counterpart.
pub(super) type Free = unsafe extern "C" fn(Ptr, *const c_char, c_int);

/// Takes the place of the library's allocator, where it lets that be done. To be called before it has allocated anything.
pub(super) fn install(api: &Api) -> bool {
    // the hooks of versions before 1.1.0 have other types
    let (Some(set), Some(_)) = (api.CRYPTO_set_mem_functions, api.OpenSSL_version) else { return false };
    // SAFETY: the functions have the types of the header and live as long as the process.
    unsafe { set(Some(allocate), Some(reallocate), Some(release)) == 1 }
}

/// From now on allocations are counted, and the one of this number, from 1, fails. What is given back is kept.
pub(super) fn arm(fails: u32) {
    COUNT.store(0, Relaxed);
    FAILS.store(fails, Relaxed);
    locked(&SITE).take();
    locked(&KEPT).get_or_insert_default();
    KEEPS.store(true, Relaxed);
    ARMED.store(true, Relaxed);
}

/// Counts no more. How many allocations there were, and where the one that failed was asked for.
pub(super) fn disarm() -> (u32, Option<String>) {
    ARMED.store(false, Relaxed);
    (COUNT.load(Relaxed), locked(&SITE).take())
}

/// Lets go of the blocks that were kept.
pub(super) fn restart() {
    ARMED.store(false, Relaxed);
    KEEPS.store(false, Relaxed);
    for address in locked(&KEPT).take().unwrap_or_default().into_keys() {
        // SAFETY: the block is the C library's, and was given back by the library.
        unsafe { libc::free(address as Ptr) };
    }
}

/// Whether what is given back is kept, so that no session has the address of one that is gone.
pub(super) fn keeps() -> bool {
    KEEPS.load(Relaxed)
}

/// How many of the blocks that were kept were written to afterwards.
pub(super) fn written() -> u32 {
    let kept = locked(&KEPT);
    let changed = kept.iter().flatten().filter(|(address, size)| {
        // SAFETY: the block is kept: nobody else has it.
        let bytes = unsafe { std::slice::from_raw_parts(**address as *const u8, **size) };
        bytes.iter().any(|byte| *byte != POISON)
    });
    u32::try_from(changed.count()).unwrap_or(u32::MAX)
}

/// While this lives what is allocated, read and written is the harness's and not the call's.
pub(super) struct Ours;

/// The harness is at work.
pub(super) fn ours() -> Ours {
    OURS.fetch_add(1, Relaxed);
    Ours
}

/// Whether it is.
pub(super) fn is_ours() -> bool {
    OURS.load(Relaxed) > 0
}

impl Drop for Ours {
    fn drop(&mut self) {
        OURS.fetch_sub(1, Relaxed);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether this allocation is the one that fails.
fn fails(file: *const c_char) -> bool {
    if !ARMED.load(Relaxed) || is_ours() {
        return false;
    }
    let number = COUNT.fetch_add(1, Relaxed) + 1;
    if number != FAILS.load(Relaxed) {
        return false;
    }
    // SAFETY: the library passes a file's name as a static string, or NULL.
    let site = (!file.is_null()).then(|| unsafe { CStr::from_ptr(file) }.to_string_lossy().into_owned());
    // where the library crashes for it, this is the last that is heard
    eprintln!("{FAILED_IN}{}", site.as_deref().unwrap_or("the library"));
    *locked(&SITE) = site;
    with(|witness| witness.roll.happens(Happening::Failed));
    true
}

unsafe extern "C" fn allocate(size: usize, file: *const c_char, _line: c_int) -> Ptr {
    if size == 0 || fails(file) {
        return null_mut();
    }
    // SAFETY: nothing is asked of the caller.
    unsafe { libc::malloc(size) }
}

unsafe extern "C" fn reallocate(block: Ptr, size: usize, file: *const c_char, line: c_int) -> Ptr {
    if block.is_null() {
        // SAFETY: the caller's promise.
        return unsafe { allocate(size, file, line) };
    }
    if size == 0 {
        // SAFETY: the caller's promise.
        unsafe { release(block, file, line) };
        return null_mut();
    }
    if fails(file) {
        return null_mut();
    }
    if !keeps() {
        // SAFETY: the block is the C library's.
        return unsafe { libc::realloc(block, size) };
    }
    // SAFETY: both blocks live, and are as long as said.
    unsafe {
        let moved = libc::malloc(size);
        if !moved.is_null() {
            std::ptr::copy_nonoverlapping(block.cast::<u8>(), moved.cast::<u8>(), size.min(libc::malloc_usable_size(block)));
            release(block, file, line);
        }
        moved
    }
}

unsafe extern "C" fn release(block: Ptr, file: *const c_char, _line: c_int) {
    if block.is_null() {
        return;
    }
    if !keeps() {
        // SAFETY: the block is the C library's.
        return unsafe { libc::free(block) };
    }
    // SAFETY: the block is the C library's, or is kept; either way it is so long.
    let size = unsafe { libc::malloc_usable_size(block) };
    if locked(&KEPT).get_or_insert_default().insert(block as usize, size).is_some() {
        // SAFETY: as above.
        let file = if file.is_null() { c"the library" } else { unsafe { CStr::from_ptr(file) } };
        eprintln!("{} gave a block of memory back for the second time", file.to_string_lossy());
        std::process::abort();
    }
    // SAFETY: the block is so long, and nobody has it any more.
    unsafe { std::ptr::write_bytes(block.cast::<u8>(), POISON, size) };
}
