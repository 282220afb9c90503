//! Interleavings of the real code, drawn by shuttle (`sync.rs` says why shuttle). `cargo test --lib --features shuttle interleavings` runs
//! them.
//!
//! Each test runs its scene under many schedules, and then once more without each [`Guard`] that the scene is about: shuttle has to
//! find the harm. So a guard that has become useless is noticed as well as one that fails.

mod scenes;

use std::panic::{AssertUnwindSafe, catch_unwind};

use shuttle::scheduler::PctScheduler;
use shuttle::{Config, Runner};

use super::sync::{Guard, delete};

/// How many schedules of a scene without handshakes.
const SCHEDULES: usize = 3000;
/// How many of one with them.
const WITH_HANDSHAKES: usize = 200;

/// How often a schedule takes the turn from a thread that could go on. Where is drawn from all of the scene, long or short.
const PREEMPTIONS: usize = 3;

/// Runs a scene under so many schedules, always the same. Without this guard, if there is one.
fn run(scene: fn(), schedules: usize, without: Option<Guard>) -> Result<(), String> {
    let mut config = Config::new();
    // a handshake needs more than the preset
    config.stack_size = 1 << 20;
    delete(without);
    let runner = Runner::new(PctScheduler::new_from_seed(1, PREEMPTIONS, schedules), config);
    let ran = catch_unwind(AssertUnwindSafe(|| runner.run(scene)));
    delete(None);
    ran.map(drop).map_err(|harm| {
        let text = harm.downcast_ref::<String>().cloned();
        text.or_else(|| harm.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    })
}

/// The scene does no harm with all guards in their place, and this harm without this guard.
#[track_caller]
fn needs(scene: fn(), schedules: usize, guards: &[(Guard, &str)]) {
    assert_eq!(run(scene, schedules, None), Ok(()));
    for (guard, harm) in guards {
        let found = run(scene, schedules, Some(*guard)).expect_err("a schedule does harm without the guard");
        assert!(found.contains(harm), "without {guard:?}: {found}");
    }
}

/// Without the second look: the resumption sees that the session is in use, the other connection ends and marks it, where it is not
/// in the cache yet, and the resumption puts it there. Marked after the lock: the other connection finds nothing to take out, the
/// resumption puts it in, the mark comes then.
#[test]
fn resume_while_another_connection_ends_uncleanly() {
    let harm = "marked, and in the cache";
    needs(scenes::resume_and_unclean_end, SCHEDULES, &[(Guard::StoreLooksAgain, harm), (Guard::RetireMarksUnderLock, harm)]);
}

/// The same with handshakes: the third connection resumes while the second, which resumed the same session, ends. It is kept by the
/// get callback, so that each resumption puts it into the cache.
#[test]
fn resume_with_handshakes_while_another_connection_ends_uncleanly() {
    let harm = "marked, and in the cache";
    let guards = [(Guard::StoreLooksAgain, harm), (Guard::RetireMarksUnderLock, harm)];
    needs(scenes::handshake_and_unclean_end, WITH_HANDSHAKES, &guards);
}

/// Marked after the lock: the session has left, the resumption that had found it before puts it in again, the mark comes then.
#[test]
fn evict_while_resuming() {
    needs(scenes::evict_and_resume, SCHEDULES, &[(Guard::EvictMarksUnderLock, "marked, and in the cache")]);
}

/// Without the second look: the flush has listed the session, then its time is updated and it is found in use, and it is flushed all the same.
/// Without the second making way: one addition has taken another's session out and announces it, a third puts one of that name in meanwhile.
#[test]
fn flush_while_adding() {
    let guards = [(Guard::FlushLooksAgain, "flushed, and not expired"), (Guard::StoreTakesTwin, "in the cache, and not found")];
    needs(scenes::flush_and_add, SCHEDULES, &guards);
}

/// Without asking who took it out: both connections find the session, and both resume it.
#[test]
fn one_ticket_at_two_connections() {
    needs(scenes::one_ticket_twice, WITH_HANDSHAKES, &[(Guard::OnceAsks, "taken twice")]);
}

/// Without the emptying any schedule does harm: the session that no connection has stays in use.
#[test]
fn context_dropped_with_connections_alive() {
    needs(scenes::context_and_connections, SCHEDULES, &[(Guard::ContextEmptiesCache, "in use, and its context is gone")]);
}

/// A callback under its lock: it sets another callback, which waits for itself.
#[test]
fn callbacks_call_back() {
    needs(scenes::callbacks_call_back, SCHEDULES, &[(Guard::CallbackOutsideLock, "deadlock")]);
}

/// Asked before the lock is taken: the session is in no cache, then it is added under its old name, then renamed.
#[test]
fn rename_while_adding() {
    needs(scenes::rename_and_add, SCHEDULES, &[(Guard::RenameAsksUnderLock, "in the cache, and not found")]);
}
