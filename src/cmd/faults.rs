//! `sessck faults`: generated scripts on one libssl, in which memory or the transport fails in the middle of a call.

mod answer;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::conform::cores;
use super::progress::Progress;
use super::{Answer, Failure, World};
use crate::faults::{Campaign, KnownFaults, Signature, faults};
use crate::libs::resolve;
use crate::profile::Wanted;

use self::answer::Faulty;

/// How long a call may take: a library that hangs after a failure is no exception.
const DEADLINE: Duration = Duration::from_secs(3);

const EXAMPLES: &str = "\
Examples:
  sessck faults --on openssl-3.0.22
  sessck faults --on openssl-3.0.22 --scripts 1000 --seed 7 --write findings
  sessck faults --on /opt/openssl/lib/libssl.so.3 --calls 1 --places 100000    every place of one call a script
  sessck faults --on openssl-3.0.22 --format json";

/// `sessck faults`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Faults {
    /// Which libssl: a name that `sessck libs` lists, or a path
    #[arg(long, value_name = "NAME|PATH")]
    on: String,
    /// How many scripts
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    scripts: u32,
    /// Where the generator starts; the same seed makes the same scripts and picks the same places
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// What the library is expected to do while nothing fails: `auto`, `page`, `openssl-3.0.22`, each with `+deviation`
    #[arg(long, default_value = "auto", value_name = "P")]
    profile: Wanted,
    /// In how many calls of a script something fails, in one at a time
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    calls: u16,
    /// At how many allocations, and at how many bytes, of a call; one that has no more is tried at each
    #[arg(long, default_value_t = 24, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    places: u32,
    /// How many children at a time; one a core if nothing is said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Where to write the traces of findings; a new temporary directory if nothing is said
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

impl Faults {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        let known = KnownFaults::embedded()?;
        let failed = |reason| Failure::Library { name: self.on.clone(), reason };
        let library = resolve(&world.executable, &self.on).map_err(failed)?;
        let campaign = Campaign {
            scripts: self.scripts,
            seed: self.seed,
            profile: world.profiles.wanted(&self.profile, Some((&library.family, &library.version))),
            calls: usize::from(self.calls),
            places: self.places,
        };
        let start = || library.start(&world.executable, DEADLINE);
        let identity = start().map_err(failed)?.identity().clone();
        let progress = Progress::new(&format!("faults {}", library.name), u64::from(self.scripts));
        let jobs = self.jobs.map_or_else(cores, usize::from);
        let is_known = |signature: &Signature| known.entry(signature, &library.family, &library.version).is_some();
        let results = faults(&start, &campaign, jobs, &is_known, &|done| progress.done(u64::from(done))).map_err(failed)?;
        drop(progress);
        Faulty { library, identity, campaign, results, known }.answer(self.write.as_deref())
    }
}
