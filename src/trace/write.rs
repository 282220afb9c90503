//! Writing traces: a file is there whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::call::Called;
use super::format::{EventLine, Trace};

/// Writes a trace, one line for the header and one for each event.
///
/// # Errors
/// What the writer says.
pub fn to(out: &mut dyn Write, trace: &Trace) -> io::Result<()> {
    line(out, &trace.header)?;
    for (step, event) in (1..).zip(&trace.events) {
        line(out, &EventLine { step, call: Called(event.call), fault: event.fault, saw: event.saw.as_ref() })?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Writes a trace to a file: beside it first, then in its place. Directories that are missing are made.
///
/// # Errors
/// What the system says; then the file is as it was.
pub fn file(path: &Path, trace: &Trace) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(directory)?;
    let mut beside = tempfile::NamedTempFile::new_in(directory)?;
    let mut out = BufWriter::new(beside.as_file_mut());
    to(&mut out, trace)?;
    out.flush()?;
    drop(out);
    readable(beside.as_file())?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file is for its owner only; a trace is for everybody.
fn readable(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

/// Where findings go: the directory asked for; where `CI` is set and none is asked for, or nothing is said, a temporary one.
///
/// # Errors
/// What the system says.
pub fn directory(wanted: Option<&Path>) -> io::Result<PathBuf> {
    let in_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    match wanted {
        Some(directory) if !in_ci || directory.is_absolute() => {
            std::fs::create_dir_all(directory)?;
            Ok(directory.to_owned())
        }
        Some(_) | None => Ok(tempfile::Builder::new().prefix("sessck-").tempdir()?.keep()),
    }
}
