//! The tree as text: which files there are, and Rust source with its comments and literals blanked out.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// One file of the tree.
pub(crate) struct File {
    /// Where it is, from the root of the tree, with `/` between its parts.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
    /// The same, line for line, without comments and without what stands between quotes. Only for Rust.
    pub(crate) code: String,
}

/// A place where a rule is broken.
pub(crate) struct Breach {
    path: String,
    line: usize,
    what: String,
}

impl Breach {
    /// The line, from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

impl File {
    /// A breach in the line of this number, from 1.
    pub(crate) fn breach(&self, line: usize, what: impl Into<String>) -> Breach {
        Breach { path: self.path.clone(), line, what: what.into() }
    }

    /// The lines of its code, with their numbers from 1.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.code.lines())
    }

    /// The lines of its text, with their numbers from 1.
    pub(crate) fn text_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whether it lies in this folder, at any depth.
    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// A breach for each line of code that one of these words occurs in, where no letter stands before or after it.
    pub(crate) fn code_says(&self, words: &[&str]) -> Vec<Breach> {
        let found = |(number, line): (usize, &str)| {
            words.iter().find(|word| holds_word(line, word)).map(|word| self.breach(number, format!("`{word}`")))
        };
        self.code_lines().filter_map(found).collect()
    }
}

/// Fails with the breaches listed, if there are any.
#[track_caller]
pub(crate) fn none(rule: &str, breaches: impl IntoIterator<Item = Breach>) {
    let listed: Vec<String> = breaches.into_iter().map(|breach| format!("  {breach}")).collect();
    assert!(listed.is_empty(), "{rule}\n{}", listed.join("\n"));
}

/// Every Rust file of the tree.
pub(crate) fn rust() -> Vec<File> {
    all().into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

/// Every text file of the tree, save what is built and what git keeps for itself.
pub(crate) fn all() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(root, &mut paths);
    paths.sort();
    paths.iter().filter_map(|path| read(root, path)).collect()
}

fn read(root: &Path, path: &Path) -> Option<File> {
    let text = fs::read_to_string(path).ok()?;
    let path = path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    let code = if path.ends_with(".rs") { blanked(&text) } else { String::new() };
    Some(File { path, text, code })
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        match name.to_str() {
            Some("target" | ".git") => {}
            Some(_) | None if is_folder => collect(&path, into),
            Some(_) | None => into.push(path),
        }
    }
}

/// Whether `word` occurs in `line` with no letter, digit or underscore on either side, as far as it begins or ends with one.
pub(crate) fn holds_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let joined_before = word.starts_with(part) && line[..at].ends_with(part);
        let joined_after = word.ends_with(part) && line[at + word.len()..].starts_with(part);
        !joined_before && !joined_after
    })
}

/// Rust source, with every character of comments, strings and character literals replaced by a blank, line breaks kept.
pub(crate) fn blanked(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while !rest.is_empty() {
        let skipped = literal(rest, out.chars().last());
        let taken = if skipped > 0 { skipped } else { rest.chars().next().map_or(1, char::len_utf8) };
        let (piece, after) = rest.split_at(taken);
        if skipped > 0 {
            out.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(piece);
        }
        rest = after;
    }
    out
}

/// How many bytes long the comment or literal at the start of `rest` is; 0 where none begins.
fn literal(rest: &str, before: Option<char>) -> usize {
    let joined = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    if rest.starts_with('r') && !joined {
        return raw(&rest[1..]).map_or(0, |length| length + 1);
    }
    if rest.starts_with('\'') {
        return character(rest);
    }
    0
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of `#"..."#` with any number of `#`.
fn raw(rest: &str) -> Option<usize> {
    let hashes = rest.find(|c| c != '#')?;
    let body = rest[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(body.find(&end).map_or(rest.len(), |at| hashes + 1 + at + end.len()))
}

/// The length of a character literal; 0 for a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => quoted(rest, '\''),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// The functions of a file: the line of the name, the name, and how many lines from there to the closing brace.
pub(crate) fn functions(file: &File) -> Vec<(usize, String, usize)> {
    let code = &file.code;
    let starts = code.match_indices("fn ").filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    starts.filter_map(|(at, _)| function(code, at)).collect()
}

fn function(code: &str, at: usize) -> Option<(usize, String, usize)> {
    let name: String = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let begins = at + code[at..].find(['{', ';'])?;
    if name.is_empty() || code[begins..].starts_with(';') {
        return None;
    }
    let mut depth = 0_usize;
    for (offset, c) in code[begins..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let lines = code[at..begins + offset].matches('\n').count() + 1;
            return Some((line_of(code, at), name, lines));
        }
    }
    None
}

/// The number, from 1, of the line that the byte at `at` is in.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The attributes of this name: the line of each and all that stands between its brackets.
pub(crate) fn attributes<'a>(file: &'a File, name: &str) -> Vec<(usize, &'a str)> {
    let code = &file.code;
    let begins = [format!("#[{name}"), format!("#![{name}")];
    let mut found = Vec::new();
    for begin in &begins {
        for (at, _) in code.match_indices(begin.as_str()) {
            let end = closing(&code[at..]).map_or(code.len(), |length| at + length);
            found.push((line_of(code, at), &code[at..end]));
        }
    }
    found
}

fn closing(code: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in code.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => return Some(at + 1),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}
