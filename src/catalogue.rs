//! The catalogue of clauses in words: text, Markdown, JSON.

use std::fmt::Write;

use serde_json::{Value, json};
use sessck_model::{Clause, Force, PAGES_VERSION, Status, clauses};

/// Before the copy of the catalogue in `model/README.md`.
pub const BEGIN: &str = "<!-- spec:begin -->";
/// After it.
pub const END: &str = "<!-- spec:end -->";

/// How binding a clause is, as in JSON.
#[must_use]
pub fn force(force: Force) -> &'static str {
    match force {
        Force::Must => "must",
        Force::Should => "should",
        Force::May => "may",
        Force::Caller => "caller",
    }
}

/// Whether a clause is checked, as in JSON.
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Checked => "checked",
        Status::ByConstruction(_) => "by-construction",
        Status::NotObservable(_) => "not-observable",
        Status::NotSpecified(_) => "not-specified",
    }
}

/// Why a clause is not checked, if it is not.
#[must_use]
pub fn why(status: Status) -> Option<&'static str> {
    match status {
        Status::Checked => None,
        Status::ByConstruction(why) | Status::NotObservable(why) | Status::NotSpecified(why) => Some(why),
    }
}

/// The page of a clause, with section and paragraph.
#[must_use]
pub fn source(clause: &Clause) -> String {
    format!("{}(3), {} {}", clause.source.page, clause.source.section, clause.source.paragraph)
}

/// Clauses of one page, in the order of the catalogue. A page that comes again later is told again.
fn pages() -> Vec<(&'static str, Vec<&'static Clause>)> {
    let mut pages: Vec<(&str, Vec<&Clause>)> = Vec::new();
    for clause in clauses::ALL {
        match pages.last_mut() {
            Some((page, all)) if *page == clause.source.page => all.push(clause),
            Some(_) | None => pages.push((clause.source.page, vec![clause])),
        }
    }
    pages
}

/// As text for a terminal.
#[must_use]
pub fn text() -> String {
    let mut text = format!("{} clauses, read from the pages of {PAGES_VERSION}\n", clauses::ALL.len());
    for (page, clauses) in pages() {
        // Writing to a String cannot fail.
        _ = writeln!(text, "\n{page}(3)");
        for clause in clauses {
            text += &entry(clause);
        }
    }
    text
}

fn entry(clause: &Clause) -> String {
    let place = format!("{} {}", clause.source.section, clause.source.paragraph);
    let mut text = format!("  {:<32} {:<7} {place}\n      {}\n", clause.id, force(clause.force), clause.statement);
    let reading = clause.reading.map(|reading| ("read as", reading));
    let why = why(clause.status).map(|why| (status(clause.status), why));
    for (title, words) in reading.into_iter().chain(why) {
        _ = writeln!(text, "      {title}: {words}");
    }
    text
}

/// As Markdown: a table for each page.
#[must_use]
pub fn markdown() -> String {
    let mut text = format!("{} clauses, read from the pages of {PAGES_VERSION}.\n", clauses::ALL.len());
    for (page, clauses) in pages() {
        // Writing to a String cannot fail.
        _ = write!(text, "\n### {page}(3)\n\n| clause | force | where | what it says | status | caught |\n|---|---|---|---|---|---|\n");
        for clause in clauses {
            let place = format!("{} {}", clause.source.section, clause.source.paragraph);
            let reading = clause.reading.map_or(String::new(), |reading| format!(" *Read as:* {reading}"));
            let status = why(clause.status).map_or_else(|| "checked".to_owned(), |why| format!("{}: {why}", status(clause.status)));
            let mutant = clause.mutant.map_or(String::new(), |mutant| format!("`{}`", mutant.id()));
            let says = format!("{}{reading}", clause.statement);
            _ = writeln!(text, "| `{}` | {} | {place} | {} | {} | {mutant} |", clause.id, force(clause.force), cell(&says), cell(&status));
        }
    }
    text
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// What is known of a clause, by its id, besides what its page says.
pub struct Columns<'a> {
    /// How many traces aim at it.
    pub corpus: &'a dyn Fn(&str) -> usize,
    /// Whether exploring meets it; nothing where that was not looked at.
    pub reached: &'a dyn Fn(&str) -> Option<bool>,
    /// The libraries that are known to break it.
    pub implementations: &'a dyn Fn(&str) -> Vec<String>,
}

/// As JSON.
#[must_use]
pub fn json(columns: &Columns<'_>) -> Value {
    let clauses = clauses::ALL.iter().map(|clause| {
        json!({
            "id": clause.id,
            "force": force(clause.force),
            "page": clause.source.page,
            "section": clause.source.section,
            "paragraph": clause.source.paragraph,
            "statement": clause.statement,
            "status": status(clause.status),
            "why": why(clause.status),
            "reading": clause.reading,
            "reached": (columns.reached)(clause.id),
            "implementations": (columns.implementations)(clause.id),
            "corpus": (columns.corpus)(clause.id),
            "mutant": clause.mutant.map(sessck_model::Deviation::id),
        })
    });
    json!({"pages": PAGES_VERSION, "clauses": clauses.collect::<Vec<_>>()})
}
