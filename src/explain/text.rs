//! A story as text.

use std::fmt::Write;

use sessck_model::{Action, Choice};

use super::{Holding, Judged, Told};
use crate::trace::call::c_text;

/// Steps, each with what happened in it and who holds what afterwards. Where nobody holds anything else than before, that is left out.
#[must_use]
pub fn steps(story: &[Told]) -> String {
    let mut text = String::new();
    let mut before: &[Holding] = &[];
    for told in story {
        // Writing to a String cannot fail.
        let fault = told.fault.map_or(String::new(), |fault| format!("   [{fault}]"));
        _ = writeln!(text, "step {:<3} {}{fault}", told.step, told.text);
        for happening in &told.happenings {
            _ = writeln!(text, "           {}", happening.sentence());
        }
        if told.holdings != before {
            for holding in &told.holdings {
                _ = writeln!(text, "         | {}", holding_line(holding));
            }
        }
        text += &judged(&told.judged);
        before = &told.holdings;
    }
    text
}

/// Why a step is as it should be: the clauses that it met.
fn judged(judged: &Judged) -> String {
    match judged {
        Judged::Agrees { held, known } => {
            let kept = if held.is_empty() { String::new() } else { format!("           keeps {}\n", held.join(", ")) };
            let broken = if known.is_empty() { String::new() } else { format!("           breaks {}, which is known\n", known.join(", ")) };
            kept + &broken
        }
        Judged::Balanced => "           what is held is in memory and counted\n".to_owned(),
        Judged::Ends(_) => String::new(),
        Judged::Unseen => "           nobody saw what this showed\n".to_owned(),
    }
}

fn holding_line(holding: &Holding) -> String {
    let lent: Vec<String> = holding.lent_by.iter().map(|c| format!(", lent by {}", c.0)).collect();
    let resumable = if holding.resumable { "" } else { ", not resumable" };
    format!("{} count {}: {}{}{resumable}", holding.session.0, holding.count, holding.holders(), lent.concat())
}

/// A script of the model, one numbered action a line, with what the library chose where it had a choice.
#[must_use]
pub fn script(actions: &[Action]) -> String {
    let line = |(step, action): (usize, &Action)| format!("  step {step:<3} {}{}\n", c_text(&action.call), chosen(action.choice));
    (1..).zip(actions).map(line).collect()
}

/// What a library chose beyond the default.
fn chosen(choice: Choice) -> String {
    let all = [
        (choice.ticket_after_resumption, "a ticket is sent after the resumption"),
        (choice.stateless_stored, "what travels in a ticket is cached as well"),
        (choice.used_session_retired, "the client takes the resumed session out of use"),
        (choice.uncached_announced, "the remove callback runs for a session that was not cached"),
        (choice.misfit_dropped, "the unfit session leaves the cache"),
        (choice.end_is_fatal, "the end of the transport is a fatal error"),
        (choice.closed_session_spared, "the session of an end that had shut down is spared"),
        (choice.looks_while_off, "the server looks inside although its mode is off"),
    ];
    let taken: Vec<&str> = all.into_iter().filter(|(taken, _)| *taken).map(|(_, text)| text).collect();
    if taken.is_empty() { String::new() } else { format!("   [{}]", taken.join("; ")) }
}
