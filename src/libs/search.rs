//! Files that are named like a libssl: where the dynamic loader looks, and where the user says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The environment variable that names more directories, separated by colons; each is searched with all that is below.
pub const LIBRARIES_VARIABLE: &str = "SESSCK_LIBS";

const LOADER: [&str; 7] = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/usr/lib32"];

/// The files, without symbolic links, each once, in order of path.
pub(super) fn candidates() -> Vec<PathBuf> {
    let mut files = BTreeSet::new();
    for directory in loader_directories() {
        collect(&directory, Depth::Here, &mut files);
    }
    for directory in std::env::var_os(LIBRARIES_VARIABLE).iter().flat_map(std::env::split_paths) {
        collect(&directory, Depth::All, &mut files);
    }
    files.into_iter().collect()
}

/// The usual directories, and those of the machine's architectures below them (`/usr/lib/x86_64-linux-gnu`).
fn loader_directories() -> Vec<PathBuf> {
    let usual = LOADER.iter().map(PathBuf::from);
    usual.flat_map(|directory| std::iter::once(directory.clone()).chain(architectures(&directory))).collect()
}

fn architectures(directory: &Path) -> Vec<PathBuf> {
    let is_triplet = |name: &str| name.contains("-linux-gnu") || name.contains("-linux-musl");
    entries(directory).into_iter().filter(|path| file_name(path).is_some_and(is_triplet)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Here,
    All,
}

fn collect(directory: &Path, depth: Depth, files: &mut BTreeSet<PathBuf>) {
    for path in entries(directory) {
        let is_link = path.is_symlink();
        if depth == Depth::All && !is_link && path.is_dir() {
            collect(&path, depth, files);
        } else if file_name(&path).is_some_and(is_libssl) && path.is_file() {
            files.extend(path.canonicalize());
        }
    }
}

fn is_libssl(name: &str) -> bool {
    name.starts_with("libssl") && (name.ends_with(".so") || name.contains(".so."))
}

fn file_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

/// What is in a directory; nothing where it cannot be read, as the loader has it.
fn entries(directory: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::is_libssl;

    #[test]
    fn names_of_libssl() {
        for name in ["libssl.so", "libssl.so.3", "libssl-3e69114b.so.1.1", "libssl3.so"] {
            assert!(is_libssl(name), "{name}");
        }
        for name in ["libssl.a", "libssl.sock", "libcrypto.so.3", "mylibssl.so"] {
            assert!(!is_libssl(name), "{name}");
        }
    }
}
