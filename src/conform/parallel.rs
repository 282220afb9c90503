//! A campaign on several cores. What it comes to depends on the seed and the number of scripts alone: the scripts are always dealt into
//! the same number of shares, and workers take one share after another.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::{Campaign, Results, conform, kind};
use crate::implementation::{Implementation, Trouble};

/// Into how many shares the scripts are dealt.
const SHARES: u32 = 16;

type Shares = Mutex<Vec<(u32, Result<Results, Trouble>)>>;

/// Runs a campaign on `workers` threads, each with an implementation of its own that `start` makes. `progress` is told how many scripts
/// are done in all, from any thread; where it answers `false` the campaign ends early.
///
/// # Errors
/// If an implementation cannot be started, or cannot be started again after it crashed.
pub fn conform_parallel(
    start: &(dyn Fn() -> Result<Box<dyn Implementation>, Trouble> + Sync),
    campaign: &Campaign,
    workers: usize,
    progress: &(dyn Fn(u32) -> bool + Sync),
) -> Result<Results, Trouble> {
    let begun = Instant::now();
    let (next, done, shares) = (AtomicU32::new(0), AtomicU32::new(0), Shares::default());
    let count = |all: u32| {
        _ = all;
        progress(done.fetch_add(1, Ordering::Relaxed) + 1)
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.max(1) {
            scope.spawn(|| work(start, campaign, &next, &shares, &mut |all| count(all)));
        }
    });
    let mut shares = shares.into_inner().unwrap_or_else(PoisonError::into_inner);
    shares.sort_by_key(|(share, _)| *share);
    let mut results = Results::default();
    for (_, share) in shares {
        results.merge(share?);
    }
    results.findings.truncate(campaign.most_findings);
    results.lengths.sort_unstable();
    results.elapsed = begun.elapsed();
    Ok(results)
}

fn work(
    start: &(dyn Fn() -> Result<Box<dyn Implementation>, Trouble> + Sync),
    campaign: &Campaign,
    next: &AtomicU32,
    shares: &Shares,
    progress: &mut dyn FnMut(u32) -> bool,
) {
    let mut implementation: Option<Box<dyn Implementation>> = None;
    loop {
        let share = next.fetch_add(1, Ordering::Relaxed);
        if share >= SHARES {
            return;
        }
        let (first, every) = campaign.partition;
        let dealt = Campaign { partition: (first + share * every.max(1), every.max(1) * SHARES), ..*campaign };
        let started = match implementation.take() {
            Some(running) => Ok(running),
            None => start(),
        };
        let results = started.and_then(|mut running| {
            let results = conform(running.as_mut(), &dealt, progress);
            implementation = Some(running);
            results
        });
        shares.lock().unwrap_or_else(PoisonError::into_inner).push((share, results));
    }
}

impl Results {
    /// Takes the results of another share of the same campaign in.
    pub fn merge(&mut self, other: Self) {
        self.scripts += other.scripts;
        self.steps += other.steps;
        self.elapsed = self.elapsed.max(other.elapsed);
        self.held.resize(self.held.len().max(other.held.len()), 0);
        for (sum, held) in self.held.iter_mut().zip(&other.held) {
            *sum += held;
        }
        for (clause, count) in other.known {
            match self.known.iter_mut().find(|(id, _)| *id == clause) {
                Some((_, sum)) => *sum += count,
                None => self.known.push((clause, count)),
            }
        }
        for lack in other.lacked {
            if !self.lacked.contains(&lack) {
                self.lacked.push(lack);
            }
        }
        for finding in other.findings {
            match self.findings.iter_mut().find(|known| kind(&known.run) == kind(&finding.run)) {
                Some(known) if known.script <= finding.script => known.again += finding.again + 1,
                Some(known) => {
                    let again = known.again + 1;
                    *known = finding;
                    known.again += again;
                }
                None => self.findings.push(finding),
            }
        }
        self.findings.sort_by_key(|finding| finding.script);
        self.resumed += other.resumed;
        self.unclean += other.unclean;
        self.small_caches += other.small_caches;
        self.lengths.extend(other.lengths);
        self.digest = (self.digest.rotate_left(5) ^ other.digest).wrapping_mul(0x0100_0000_01b3);
    }
}
