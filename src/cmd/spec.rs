//! `sessck spec`: the catalogue of clauses.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::replay::TRACES;
use super::{Answer, Exit, Failure};
use crate::catalogue;
use crate::replay::files;
use crate::trace::Reader;

const EXAMPLES: &str = "\
Examples:
  sessck spec
  sessck spec --as markdown > catalogue.md
  sessck spec --format json";

/// `sessck spec`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Spec {
    /// How to write it for people
    #[arg(long = "as", value_enum, default_value_t = As::Text)]
    form: As,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum As {
    Text,
    Markdown,
}

impl Spec {
    pub(super) fn run(&self) -> Result<Answer, Failure> {
        let human = match self.form {
            As::Text => catalogue::text(),
            As::Markdown => catalogue::markdown(),
        };
        let aims = aims(Path::new(TRACES));
        let json = catalogue::json(&|clause| aims.iter().filter(|aim| *aim == clause).count());
        Ok(Answer { exit: Exit::Clean, human, json, findings: None })
    }
}

/// What the traces in a directory aim at, each clause as often as traces do. What cannot be read aims at nothing here.
fn aims(directory: &Path) -> Vec<String> {
    let files = files(&[PathBuf::from(directory)]).unwrap_or_default();
    files.iter().filter_map(|file| Reader::open(file).ok()).flat_map(|reader| reader.header().aims.clone()).collect()
}
