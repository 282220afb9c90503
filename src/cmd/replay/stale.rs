//! Entries of `divergences.toml` that are stale: their witness, replayed in range, agrees without them. (Other entries of the library
//! stay: what they are about is met on the way by many a witness.)

use std::path::Path;

use super::super::{Failure, World};
use super::{Results, failed, start};
use crate::libs::Library;
use crate::replay::replay;
use crate::trace::{Verdict, read};

/// Replays the witness of each entry that concerns a library, by the library's profile without the entry.
pub(super) fn find(world: &World, libraries: &[Library], results: &mut Results) -> Result<(), Failure> {
    for library in libraries {
        let entries: Vec<_> = world.profiles.concerning(&library.family, &library.version).collect();
        if entries.is_empty() {
            continue;
        }
        let mut running = start(world, library)?;
        let profile = world.profiles.for_version(&library.family, &library.version);
        for entry in entries {
            let id = entry.deviation.id();
            let Some(witness) = entry.witness.as_deref() else {
                results.notes.push(format!("the entry {id} has no witness"));
                continue;
            };
            let trace = match read::file(Path::new(witness)) {
                Ok(trace) => trace,
                Err(error) => {
                    results.stale.push(format!("the witness of {id}, {}, cannot be read: {error}", witness.display()));
                    continue;
                }
            };
            let replayed = replay(&trace, running.as_mut(), profile.without(entry.deviation)).map_err(|reason| failed(library, reason))?;
            if replayed.verdict == Verdict::Agrees {
                results.stale.push(format!("the entry {id} is stale: {} agrees without it on {}", witness.display(), library.name));
            }
        }
    }
    results.notes.sort();
    results.notes.dedup();
    Ok(())
}
