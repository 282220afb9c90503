//! `sessck conform`: generated scripts on one library.

mod answer;

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use super::progress::Progress;
use super::{Answer, Failure, World};
use crate::adapter::isolate::DEADLINE;
use crate::conform::{Campaign, Results, Stage, conform_parallel};
use crate::implementation::Identity;
use crate::libs::{Library, resolve};
use crate::profile::Wanted;

pub(super) use self::answer::Campaigned;

const EXAMPLES: &str = "\
Examples:
  sessck conform --on native
  sessck conform --on openssl-3.0.22
  sessck conform --on native:openssl-3.0.22            clients of native, servers of the other, both judged
  sessck conform --on /opt/openssl/lib/libssl.so.3 --profile page --scripts 20000
  sessck conform --on openssl-3.0.22 --write findings --format json
  sessck conform --on openssl-3.0.22 --scripts 1000000 --partition 3/64     one of 64 array jobs";

/// `sessck conform`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Conform {
    /// Which library: a name that `sessck libs` lists (`native` is always there), or a path; two with a colon between them for clients of
    /// the first and servers of the second; `native+evicts-at-size` with a fault, in a build with `--features faults`
    #[arg(long, value_name = "NAME|PATH")]
    on: String,
    /// How many scripts
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    scripts: u32,
    /// Where the generator starts; the same seed makes the same scripts
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// What the library is expected to do: `auto`, `page`, `openssl-3.0.22`, each with `+deviation`
    #[arg(long, default_value = "auto", value_name = "P")]
    profile: Wanted,
    /// Run only the N-th of M shares of the scripts, N from 1
    #[arg(long, default_value = "1/1", value_name = "N/M")]
    partition: Partition,
    /// Stop after so many different findings
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    findings: u16,
    /// How many children at a time; one a core if nothing is said. The answer does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Where to write the traces of findings; a new temporary directory if nothing is said
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// One of so many shares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Partition(u32, u32);

impl FromStr for Partition {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a share is written N/M, with N from 1 to M";
        let (number, of) = text.split_once('/').ok_or(WRONG)?;
        let (number, of): (u32, u32) = (number.parse().map_err(|_| WRONG)?, of.parse().map_err(|_| WRONG)?);
        if (1..=of).contains(&number) && of <= 1_000_000 { Ok(Self(number, of)) } else { Err(WRONG) }
    }
}

impl Conform {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        let library = resolve(&world.executable, &self.on).map_err(|reason| Failure::Library { name: self.on.clone(), reason })?;
        let profile = world.profiles.wanted(&self.profile, Some((&library.family, &library.version)));
        let Partition(number, of) = self.partition;
        let campaign = Campaign {
            scripts: self.scripts,
            seed: self.seed,
            profile,
            most_findings: usize::from(self.findings),
            partition: (number - 1, of),
        };
        let jobs = self.jobs.map_or_else(cores, usize::from);
        campaigned(world, &library, &campaign, jobs)?.answer(self.write.as_deref())
    }
}

/// How many children are run at a time.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Runs a campaign on a library.
pub(super) fn campaigned<'a>(world: &'a World, library: &Library, campaign: &Campaign, jobs: usize) -> Result<Campaigned<'a>, Failure> {
    let failed = |reason| Failure::Library { name: library.name.clone(), reason };
    let start = || library.start(&world.executable, DEADLINE);
    let identity: Identity = start().map_err(failed)?.identity().clone();
    let progress = Progress::new(&format!("conform {}", library.name), u64::from(campaign.scripts / campaign.partition.1.max(1)));
    let results: Results = conform_parallel(&start, campaign, jobs, &|stage| match stage {
        Stage::Scripts(done) => progress.done(u64::from(done)),
        Stage::Shortening => progress.then("shortening what was found"),
    })
    .map_err(failed)?;
    Ok(Campaigned { world, library: library.clone(), identity, campaign: *campaign, results })
}
