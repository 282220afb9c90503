//! What replaying came to, for people and for programs.

use std::path::Path;

use serde_json::{Value, json};

use super::super::answer::Findings;
use super::super::table::{row, table};
use super::super::{Answer, Exit};
use super::Row;
use crate::report::{junit, sarif};
use crate::trace::{TraceError, Verdict};

/// Rows, and what is to be said beside them.
#[derive(Default)]
pub(in crate::cmd) struct Results {
    /// One for each trace on each library.
    pub(in crate::cmd) rows: Vec<Row>,
    /// Remarks that change nothing.
    pub(in crate::cmd) notes: Vec<String>,
    /// Entries whose witness agrees with the pages.
    pub(in crate::cmd) stale: Vec<String>,
}

impl Results {
    /// A library that was asked for and is not there.
    pub(super) fn missing(&mut self, name: &str, reason: String) {
        self.rows.push(Row {
            trace: String::new(),
            implementation: name.to_owned(),
            version: String::new(),
            verdict: Verdict::Missing,
            clause: None,
            known: Vec::new(),
            why: Some(reason),
            expected: None,
            exit: Exit::Missing,
            report: None,
        });
    }

    /// A trace that cannot be read.
    pub(super) fn unreadable(&mut self, file: &Path, error: &TraceError) {
        self.rows.push(Row {
            trace: file.display().to_string(),
            implementation: String::new(),
            version: String::new(),
            verdict: Verdict::Inconclusive,
            clause: None,
            known: Vec::new(),
            why: Some(format!("{}: {error}", error.wrong.name())),
            expected: None,
            exit: if error.wrong.is_inconclusive() { Exit::Inconclusive } else { Exit::Usage },
            report: None,
        });
    }

    /// The worst that any row or stale entry comes to.
    pub(in crate::cmd) fn exit(&self) -> Exit {
        let stale = if self.stale.is_empty() { Exit::Clean } else { Exit::Findings };
        self.rows.iter().map(|row| row.exit).fold(stale, Ord::max)
    }

    pub(in crate::cmd) fn answer(&self) -> Answer {
        Answer { exit: self.exit(), human: self.human(), json: self.json(), findings: Some(self.findings()), markdown: None }
    }

    pub(in crate::cmd) fn human(&self) -> String {
        let rows: Vec<Vec<String>> = self.rows.iter().map(cells).collect();
        let mut text = table(&rows);
        for (report, _) in self.rows.iter().filter_map(|row| row.report.as_ref()) {
            text += &format!("\n{report}");
        }
        for line in self.stale.iter().chain(&self.notes) {
            text += &format!("{line}\n");
        }
        text + &self.summary()
    }

    /// One line: how many rows have which verdict.
    pub(in crate::cmd) fn summary(&self) -> String {
        let all = [Verdict::Agrees, Verdict::Known, Verdict::Violation, Verdict::Misuse, Verdict::Inconclusive, Verdict::Missing];
        let count = |verdict: Verdict| self.rows.iter().filter(|row| row.verdict == verdict).count();
        let counts: Vec<String> = all.into_iter().filter(|v| count(*v) > 0).map(|v| format!("{} {}", count(v), v.word())).collect();
        let unexpected = self.rows.iter().filter(|row| row.exit != Exit::Clean).count() + self.stale.len();
        format!(
            "{} replayed: {}; {unexpected} not as expected\n",
            self.rows.len(),
            if counts.is_empty() { "nothing".to_owned() } else { counts.join(", ") }
        )
    }

    /// The whole answer as one object.
    pub(in crate::cmd) fn json(&self) -> Value {
        let results: Vec<Value> = self.rows.iter().map(Row::json).collect();
        json!({"results": results, "stale": self.stale, "notes": self.notes})
    }

    pub(in crate::cmd) fn findings(&self) -> Findings {
        let mut findings = Findings::default();
        for row in &self.rows {
            let message = row.report.as_ref().map_or_else(|| row.line(), |(_, plain)| plain.clone());
            let outcome = match (row.exit, row.verdict) {
                (Exit::Clean, Verdict::Missing) => junit::Outcome::Skipped(row.line()),
                (Exit::Clean, _) => junit::Outcome::Passed,
                (Exit::Missing, _) => junit::Outcome::Skipped(row.line()),
                (Exit::Inconclusive | Exit::Findings | Exit::Usage | Exit::Internal, _) => {
                    junit::Outcome::Failed(row.line(), message.clone())
                }
            };
            if matches!(outcome, junit::Outcome::Failed(..)) {
                let rule = row.clause.clone().unwrap_or_else(|| row.verdict.word().to_owned());
                findings.entries.push(sarif::Entry { rule, message, trace: Some(row.trace.clone()) });
            }
            findings.cases.push(junit::Case { group: row.implementation.clone(), name: row.trace.clone(), outcome });
        }
        for line in &self.stale {
            findings.entries.push(sarif::Entry { rule: "stale".to_owned(), message: line.clone(), trace: None });
            let outcome = junit::Outcome::Failed("stale".to_owned(), line.clone());
            findings.cases.push(junit::Case { group: "divergences".to_owned(), name: line.clone(), outcome });
        }
        findings
    }
}

fn cells(it: &Row) -> Vec<String> {
    let clause = it.clause.clone().unwrap_or_default();
    let mark = if it.exit == Exit::Clean { "" } else { "!" };
    let expected = it.expected.filter(|_| it.exit != Exit::Clean).map_or(String::new(), |verdict| format!("expected: {}", verdict.word()));
    // a known divergence and an expected misuse say enough by their clause
    let why = it.why.clone().filter(|_| it.exit != Exit::Clean || it.verdict == Verdict::Missing).unwrap_or_default();
    row![mark, it.verdict.word(), it.implementation, it.trace, clause, expected, why]
}

impl Row {
    fn line(&self) -> String {
        let clause = self.clause.as_ref().map_or(String::new(), |clause| format!(" of {clause}"));
        let expected = self.expected.map_or(String::new(), |verdict| format!(", expected: {}", verdict.word()));
        let why = self.why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        format!("{}{clause}{expected}{why}", self.verdict.word())
    }

    fn json(&self) -> Value {
        let some = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
        json!({
            "trace": some(&self.trace),
            "implementation": some(&self.implementation),
            "version": some(&self.version),
            "verdict": self.verdict.word(),
            "clause": self.clause,
            "known": self.known,
            "why": self.why,
            "expected": self.expected.map(Verdict::word),
            "as_expected": self.exit == Exit::Clean,
            "report": self.report.as_ref().map(|(_, plain)| plain),
        })
    }
}
