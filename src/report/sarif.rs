//! SARIF 2.1.0, which code hosts read.

use serde_json::{Value, json};
use sessck_model::clauses;

/// One result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The clause, or another name of what is wrong.
    pub rule: String,
    /// The report.
    pub message: String,
    /// The trace that shows it.
    pub trace: Option<String>,
}

/// The document.
#[must_use]
pub fn document(entries: &[Entry]) -> Value {
    let mut names: Vec<&str> = entries.iter().map(|entry| entry.rule.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let results: Vec<Value> = entries.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "sessck",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": names.into_iter().map(rule).collect::<Vec<_>>(),
            }},
            "results": results,
        }],
    })
}

fn rule(name: &str) -> Value {
    let clause = clauses::by_id(name);
    let text = clause.map_or(name, |clause| clause.statement);
    json!({"id": name, "shortDescription": {"text": text}})
}

fn result(entry: &Entry) -> Value {
    let locations: Vec<Value> = entry.trace.iter().map(|trace| json!({"physicalLocation": {"artifactLocation": {"uri": trace}}})).collect();
    json!({"ruleId": entry.rule, "level": "error", "message": {"text": entry.message}, "locations": locations})
}
