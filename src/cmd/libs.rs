//! `sessck libs`: which implementations there are on this machine.

use clap::Args;
use serde_json::json;

use super::table::{row, table};
use super::{Answer, Exit, Failure, World};
use crate::libs::{LIBRARIES_VARIABLE, discover};
use crate::profile::text;

const EXAMPLES: &str = "\
Examples:
  sessck libs
  SESSCK_LIBS=/opt/openssl/lib sessck libs       look there, too
  sessck libs --format json";

/// `sessck libs`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Libs {
    /// List files that are named like a libssl and cannot be driven, too
    #[arg(long)]
    all: bool,
}

impl Libs {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        let found = discover(&world.executable);
        let mut rows = vec![row!["name", "version", "family", "known divergences", "path"]];
        let mut listed = Vec::new();
        for library in &found.libraries {
            let profile = world.profiles.for_version(&library.family, &library.version);
            let path = library.place.to_string();
            rows.push(row![library.name, library.version, library.family, profile.iter().count(), path]);
            listed.push(json!({
                "name": library.name,
                "version": library.version,
                "path": library.file(),
                "family": library.family,
                "profile": text(&profile),
            }));
        }
        let mut human = table(&rows);
        if !found.has_libssl() {
            human += &format!("no libssl was found; {LIBRARIES_VARIABLE} names more directories to look in\n");
        }
        let unusable = found.unusable.iter();
        for unusable in unusable.clone().filter(|_| self.all) {
            human += &format!("  {}\n", unusable.reason);
        }
        let unusable: Vec<_> = unusable.map(|it| json!({"path": it.path.display().to_string(), "reason": it.reason.to_string()})).collect();
        Ok(Answer { exit: Exit::Clean, human, json: json!({"libraries": listed, "unusable": unusable}), findings: None, markdown: None })
    }
}
