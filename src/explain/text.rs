//! A story as text.

use std::fmt::Write;

use super::{Holding, Told};

/// Steps, each with what happened in it and who holds what afterwards. Where nobody holds anything else than before, that is left out.
#[must_use]
pub fn steps(story: &[Told]) -> String {
    let mut text = String::new();
    let mut before: &[Holding] = &[];
    for told in story {
        // Writing to a String cannot fail.
        _ = writeln!(text, "step {:<3} {}", told.step, told.text);
        for happening in &told.happenings {
            _ = writeln!(text, "           {}", happening.sentence());
        }
        if told.holdings != before {
            for holding in &told.holdings {
                _ = writeln!(text, "         | {}", holding_line(holding));
            }
        }
        before = &told.holdings;
    }
    text
}

fn holding_line(holding: &Holding) -> String {
    let lent: Vec<String> = holding.lent_by.iter().map(|c| format!(", lent by {}", c.0)).collect();
    let resumable = if holding.resumable { "" } else { ", not resumable" };
    format!("{} count {}: {}{}{resumable}", holding.session.0, holding.count, holding.holders(), lent.concat())
}
