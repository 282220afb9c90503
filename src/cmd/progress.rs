//! Progress, shown on a terminal and only where something takes longer than a second; and whether the user wants it to end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::adapter::libssl::system;

/// How long nothing is shown.
const QUIET: Duration = Duration::from_secs(1);

/// A bar. Can be told from several threads.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// Towards so many things.
    pub(super) fn new(title: &str, of: u64) -> Self {
        system::note_interrupts();
        let bar = ProgressBar::with_draw_target(Some(of), ProgressDrawTarget::hidden());
        let style =
            ProgressStyle::with_template("{prefix} [{bar:30}] {pos}/{len} {eta} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("=> "));
        bar.set_prefix(title.to_owned());
        Self { bar, begun: Instant::now(), shown: AtomicBool::new(false) }
    }

    /// So many are done. Answers whether to go on: not after an interrupt.
    pub(super) fn done(&self, number: u64) -> bool {
        self.show();
        self.bar.set_position(self.bar.position().max(number));
        !system::interrupted()
    }

    /// All are done, and this follows. Answers whether to go on, as above.
    pub(super) fn then(&self, what: &'static str) -> bool {
        self.show();
        self.bar.set_message(what);
        !system::interrupted()
    }

    fn show(&self) {
        if self.begun.elapsed() > QUIET && !self.shown.swap(true, Ordering::Relaxed) {
            // indicatif draws on terminals only
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Whether the user wants everything to end.
pub(super) fn interrupted() -> bool {
    system::interrupted()
}
