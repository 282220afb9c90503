//! Where a session object keeps its reference count: it differs by version and build, so it is looked for at start-up, by taking
//! and giving back references and comparing the bytes.

use std::sync::atomic::{AtomicU32, Ordering};

use super::api::{Api, Ptr};

/// How far into the object the search goes. Reading beyond the object's end does no harm: the kernel does it.
const WINDOW: usize = 2_048;

/// The offset of the one word that goes 1, 2, 3, 2, 1 and, on another object, 1, 2, 3, 4, 5, 4.
pub(super) fn find(api: &Api) -> Option<usize> {
    let up_ref = api.SSL_SESSION_up_ref?;
    // SAFETY: each object is made here, and given back as often as it was taken.
    unsafe {
        let up: &dyn Fn(Ptr) = &|session| _ = up_ref(session);
        let down: &dyn Fn(Ptr) = &|session| (api.SSL_SESSION_free)(session);
        let first = (api.SSL_SESSION_new)();
        let candidates = survivors(first, (0..WINDOW / 4).map(|word| word * 4).collect(), &[up, up, down, down], &[1, 2, 3, 2, 1]);
        let second = (api.SSL_SESSION_new)();
        let candidates = survivors(second, candidates, &[up, up, up, up, down], &[1, 2, 3, 4, 5, 4]);
        (0..4).for_each(|_| down(second));
        down(first);
        match candidates[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// The offsets that show the values expected before the first move and after each.
fn survivors(session: Ptr, offsets: Vec<usize>, moves: &[&dyn Fn(Ptr)], expected: &[u32]) -> Vec<usize> {
    let mut offsets = offsets;
    for (step, value) in expected.iter().enumerate() {
        if let Some(previous) = step.checked_sub(1) {
            moves[previous](session);
        }
        let bytes = snapshot(session);
        offsets.retain(|&at| bytes.get(at..at + 4).is_some_and(|word| word == value.to_ne_bytes()));
    }
    offsets
}

fn snapshot(session: Ptr) -> Vec<u8> {
    let mut bytes = vec![0_u8; WINDOW];
    let local = libc::iovec { iov_base: bytes.as_mut_ptr().cast(), iov_len: WINDOW };
    let remote = libc::iovec { iov_base: session, iov_len: WINDOW };
    // SAFETY: the kernel copies what is mapped and tells how much; it fails cleanly on what is not.
    let copied = unsafe { libc::process_vm_readv(libc::getpid(), &raw const local, 1, &raw const remote, 1, 0) };
    bytes.truncate(usize::try_from(copied).unwrap_or(0));
    bytes
}

/// The count of a session.
///
/// # Safety
/// The session lives, and the offset was found by [`find`] in the library that made it.
pub(super) unsafe fn read(session: Ptr, offset: usize) -> u32 {
    // SAFETY: the caller's promise; the library changes the word atomically, if at all.
    unsafe { AtomicU32::from_ptr(session.byte_add(offset).cast()) }.load(Ordering::Relaxed)
}
