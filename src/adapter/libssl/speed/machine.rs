//! What every measurement is made with: clocks, threads, the heap, ids and orders without pattern.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use libloading::os::unix::Library;

use super::Threads;

/// Has each thread do its share of the work, all at once, and says how long it took them: see [`Threads`] for which time counts. The work is
/// told the number of its thread, from 0.
pub fn timed(threads: Threads, work: &(dyn Fn(usize) + Sync)) -> Duration {
    match threads {
        Threads::One => timed_alone(|| work(0)).1,
        Threads::Two => {
            let barrier = Barrier::new(threads.number());
            let run = |number: usize| {
                barrier.wait();
                let begin = Instant::now();
                work(number);
                (begin, Instant::now())
            };
            let times = std::thread::scope(|scope| {
                let running: Vec<_> = (0..threads.number()).map(|number| scope.spawn(move || run(number))).collect();
                running.into_iter().filter_map(|thread| thread.join().ok()).collect::<Vec<_>>()
            });
            let begin = times.iter().map(|(begin, _)| *begin).min();
            let end = times.iter().map(|(_, end)| *end).max();
            begin.zip(end).map_or(Duration::ZERO, |(begin, end)| end - begin)
        }
    }
}

/// Does work on this thread, and says how much processor time that took.
pub fn timed_alone<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = thread_time();
    let result = work();
    (result, thread_time().saturating_sub(begin))
}

/// The processor time that this thread has had.
fn thread_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the structure lives and is written to only.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// `struct mallinfo2`.
#[repr(C)]
struct HeapCounts {
    arena: usize,
    ordblks: usize,
    smblks: usize,
    hblks: usize,
    hblkhd: usize,
    usmblks: usize,
    fsmblks: usize,
    uordblks: usize,
    fordblks: usize,
    keepcost: usize,
}

/// The bytes that this process has from the C library's allocator now, with what that adds to each block: Rust's and any library's alike. None
/// where the C library does not tell.
#[must_use]
pub fn heap_bytes() -> Option<usize> {
    let process = Library::this();
    // SAFETY: the symbol is the C library's, of this type where it has it.
    let tell = unsafe { process.get::<unsafe extern "C" fn() -> HeapCounts>(b"mallinfo2\0") }.ok()?;
    // SAFETY: takes nothing.
    let counts = unsafe { tell() };
    Some(counts.uordblks + counts.hblkhd)
}

/// An id for the session of this number: the same every time, and like a random one.
#[must_use]
pub fn id(number: u32) -> [u8; 32] {
    let mut id = [0; 32];
    let mut state = u64::from(number).wrapping_mul(0x2545_f491_4f6c_dd1d);
    for chunk in id.chunks_mut(8) {
        chunk.copy_from_slice(&mixed(&mut state).to_le_bytes());
    }
    id
}

/// The numbers below this one in an order without pattern, the same every time.
#[must_use]
pub fn shuffled(number: u32) -> Vec<u32> {
    let mut order: Vec<u32> = (0..number).collect();
    let mut state = 1;
    for place in (1..order.len()).rev() {
        let other = mixed(&mut state) % (place as u64 + 1);
        order.swap(place, usize::try_from(other).unwrap_or(place));
    }
    order
}

/// SplitMix64.
fn mixed(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_orders_are_whole() {
        let ids: std::collections::HashSet<_> = (0..10_000).map(id).collect();
        assert_eq!(ids.len(), 10_000);
        let mut order = shuffled(1_000);
        assert_ne!(order, (0..1_000).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..1_000).collect::<Vec<_>>());
    }

    #[test]
    fn each_thread_is_told_its_number() {
        let seen = [const { std::sync::atomic::AtomicUsize::new(9) }; 2];
        timed(Threads::Two, &|number| seen[number].store(number, std::sync::atomic::Ordering::Relaxed));
        assert_eq!(seen.map(std::sync::atomic::AtomicUsize::into_inner), [0, 1]);
    }

    #[test]
    fn the_heap_grows_by_what_is_taken() {
        let Some(before) = heap_bytes() else { return };
        let block = std::hint::black_box(vec![1_u8; 64 << 20]);
        let after = heap_bytes().unwrap_or(0);
        assert!(after.abs_diff(before) > 60 << 20, "{before} {after}");
        drop(block);
    }
}
