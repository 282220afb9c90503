//! A campaign on several cores. What it comes to depends on the seed and the number of scripts alone: the scripts are always dealt into
//! the same number of shares, and workers take one share after another. What several shares found is shortened once.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::shorten::shorten;
use super::{Campaign, Finding, Results, Stage, folded, kind, scan};
use crate::implementation::{Implementation, Trouble};

/// Into how many shares the scripts are dealt.
const SHARES: u32 = 16;

/// Makes an implementation.
type Start<'a> = &'a (dyn Fn() -> Result<Box<dyn Implementation>, Trouble> + Sync);
/// Is told how far a campaign is, from any thread; where it answers `false` the campaign ends early.
type Progress<'a> = &'a (dyn Fn(Stage) -> bool + Sync);

/// Runs a campaign on `workers` threads, each with an implementation of its own that `start` makes. `progress` is told how many scripts
/// are done in all, from any thread, and then once and again while what was found is shortened; where it answers `false` the campaign ends early.
///
/// # Errors
/// If an implementation cannot be started, or cannot be started again after it crashed.
pub fn conform_parallel(start: Start<'_>, campaign: &Campaign, workers: usize, progress: Progress<'_>) -> Result<Results, Trouble> {
    let begun = Instant::now();
    let done = AtomicU32::new(0);
    let count = || progress(Stage::Scripts(done.fetch_add(1, Ordering::Relaxed) + 1));
    let (first, every) = campaign.partition;
    let shares = dealt(start, workers, SHARES, |running, share| {
        let dealt = Campaign { partition: (first + share * every.max(1), every.max(1) * SHARES), ..*campaign };
        scan(running, &dealt, &mut || count())
    });
    let mut results = Results::default();
    for share in shares {
        results.merge(share?);
    }
    results.findings.truncate(campaign.most_findings);
    results.findings = shortened(start, campaign, workers, progress, &results.findings)?;
    results.lengths.sort_unstable();
    results.elapsed = begun.elapsed();
    Ok(results)
}

/// The findings, as small as they go.
fn shortened(
    start: Start<'_>,
    campaign: &Campaign,
    workers: usize,
    progress: Progress<'_>,
    findings: &[Finding],
) -> Result<Vec<Finding>, Trouble> {
    let number = u32::try_from(findings.len()).unwrap_or(u32::MAX);
    let runs = dealt(start, workers, number, |running, at| {
        let Finding { script, run, again } = findings[at as usize].clone();
        let run = shorten(running, campaign, script, run, &|| progress(Stage::Shortening))?;
        Ok(Finding { script, run, again })
    });
    runs.into_iter().collect()
}

/// What `work` makes of each share of so many, in their order.
fn dealt<T: Send>(
    start: Start<'_>,
    workers: usize,
    shares: u32,
    work: impl Fn(&mut dyn Implementation, u32) -> Result<T, Trouble> + Sync,
) -> Vec<Result<T, Trouble>> {
    let (next, made) = (AtomicU32::new(0), Mutex::new(Vec::new()));
    let one_after_another = || {
        let mut implementation: Option<Box<dyn Implementation>> = None;
        loop {
            let share = next.fetch_add(1, Ordering::Relaxed);
            if share >= shares {
                return;
            }
            let started = match implementation.take() {
                Some(running) => Ok(running),
                None => start(),
            };
            let result = started.and_then(|mut running| {
                let result = work(running.as_mut(), share);
                implementation = Some(running);
                result
            });
            made.lock().unwrap_or_else(PoisonError::into_inner).push((share, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.max(1) {
            scope.spawn(one_after_another);
        }
    });
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_by_key(|(share, _)| *share);
    made.into_iter().map(|(_, result)| result).collect()
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
        self.hung += other.hung;
        self.resumed += other.resumed;
        self.unclean += other.unclean;
        self.small_caches += other.small_caches;
        self.lengths.extend(other.lengths);
        self.digest = folded(self.digest, other.digest);
    }
}
