//! `sessck spec`: the catalogue of clauses.

use std::path::{Path, PathBuf};

use clap::Args;
use sessck_model::{Profile, worlds};

use super::conform::cores;
use super::explore::{Bound, explored};
use super::replay::TRACES;
use super::{Answer, Exit, Failure, World};
use crate::catalogue;
use crate::replay::files;
use crate::trace::Reader;

const EXAMPLES: &str = "\
Examples:
  sessck spec
  sessck spec --format markdown > catalogue.md
  sessck spec --explored --format json";

/// `sessck spec`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Spec {
    /// Explore the small worlds first, to say of each clause whether some step meets it (field `reached` of JSON)
    #[arg(long)]
    explored: bool,
}

impl Spec {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        let aims = aims(Path::new(TRACES));
        let reached = if self.explored { Some(reached()) } else { None };
        let columns = catalogue::Columns {
            corpus: &|clause| aims.iter().filter(|aim| *aim == clause).count(),
            reached: &|clause| reached.as_ref().map(|all| all.contains(&clause)),
            implementations: &|clause| world.profiles.breaking(clause),
        };
        let (human, markdown, json) = (catalogue::text(), Some(catalogue::markdown()), catalogue::json(&columns));
        Ok(Answer { exit: Exit::Clean, human, json, findings: None, markdown })
    }
}

/// The clauses that some step of the small worlds meets.
fn reached() -> Vec<&'static str> {
    let explored = explored(Bound::Small, &worlds::small(), Profile::PAGE, cores());
    let held = explored.worlds.iter().flat_map(|(exploration, _)| &exploration.tallies).filter(|tally| tally.held > 0);
    held.map(|tally| tally.clause.id).collect()
}

/// What the traces in a directory aim at, each clause as often as traces do. What cannot be read aims at nothing here.
fn aims(directory: &Path) -> Vec<String> {
    let files = files(&[PathBuf::from(directory)]).unwrap_or_default();
    files.iter().filter_map(|file| Reader::open(file).ok()).flat_map(|reader| reader.header().aims.clone()).collect()
}
