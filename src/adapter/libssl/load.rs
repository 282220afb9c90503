//! Opening a shared object that may have been taken out of its surroundings.
//!
//! Libraries out of wheels have no RPATH, and one from a build tree would silently run on the system's libcrypto. So what lies next
//! to the file and is named in it as a dependency is opened first: the loader then takes that by its name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

use crate::implementation::Trouble;

/// Opens the file for good: it is never closed, since the library's own tables point into it.
pub(super) fn open(path: &Path) -> Result<&'static Library, Trouble> {
    let mut opened = BTreeSet::new();
    for neighbour in neighbours(path) {
        open_with_neighbours(&neighbour, &mut opened);
    }
    match open_one(path) {
        Ok(library) => Ok(Box::leak(Box::new(library))),
        Err(reason) => Err(Trouble::Unopenable { path: path.display().to_string(), reason }),
    }
}

/// Opens dependencies first. A failure is not reported here: the library itself then fails, and says why.
fn open_with_neighbours(path: &Path, opened: &mut BTreeSet<PathBuf>) {
    if !opened.insert(path.to_owned()) {
        return;
    }
    for neighbour in neighbours(path) {
        open_with_neighbours(&neighbour, opened);
    }
    if let Ok(library) = open_one(path) {
        Box::leak(Box::new(library));
    }
}

fn open_one(path: &Path) -> Result<Library, String> {
    // SAFETY: running a library's initialisers is what this process was started for.
    unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map_err(|error| error.to_string())
}

/// Files in the same directory whose names stand in the file as strings, as dependencies do. The C library's own parts are
/// left to the loader.
fn neighbours(path: &Path) -> Vec<PathBuf> {
    const OURS: [&str; 6] = ["libc.", "libm.", "libdl.", "libpthread.", "librt.", "libgcc_s."];
    let (Ok(bytes), Some(directory)) = (std::fs::read(path), path.parent()) else { return Vec::new() };
    let mut found: Vec<PathBuf> = bytes
        .split(|&byte| byte == 0)
        .filter(|text| text.starts_with(b"lib") && text.len() < 100)
        .filter_map(|text| std::str::from_utf8(text).ok())
        .filter(|name| name.contains(".so") && !name.contains('/') && !OURS.iter().any(|ours| name.starts_with(ours)))
        .map(|name| directory.join(name))
        .filter(|file| file != path && file.is_file())
        .collect();
    found.sort();
    found.dedup();
    found
}
