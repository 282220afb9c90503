//! The objects that a trace has named so far, in little room: names are numbers that come nearly in order, so they are kept as runs.

use std::collections::BTreeMap;

use sessck_model::Call;

use super::call::{Object, objects};
use crate::implementation::{Event, Name, Observation};

/// Numbers, as runs from a first to a last.
#[derive(Clone, Debug, Default)]
struct Runs(BTreeMap<u32, u32>);

impl Runs {
    fn contains(&self, number: u32) -> bool {
        self.0.range(..=number).next_back().is_some_and(|(_, last)| number <= *last)
    }

    fn insert(&mut self, number: u32) {
        if self.contains(number) {
            return;
        }
        let joined = number.checked_add(1).and_then(|next| self.0.remove(&next)).unwrap_or(number);
        match self.0.range_mut(..number).next_back() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = joined,
            Some(_) | None => _ = self.0.insert(number, joined),
        }
    }
}

/// Which objects have been named.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    contexts: Runs,
    connections: Runs,
    sessions: Runs,
    /// A line did not say what was seen, so sessions may have been born that nobody named.
    unseen: bool,
}

impl Known {
    /// Takes one event in. Gives the first object that it uses and that no event made.
    pub(super) fn event(&mut self, call: &Call, saw: Option<&Observation>) -> Result<(), String> {
        match *call {
            Call::ContextNew(x, ..) => self.contexts.insert(x.0),
            Call::ConnectionNew(c, _) | Call::ConnectionDup(c, _) => self.connections.insert(c.0),
            _ => {}
        }
        for object in objects(call) {
            self.known(object)?;
        }
        match saw {
            None => self.unseen = true,
            Some(saw) => self.seen(saw)?,
        }
        Ok(())
    }

    fn seen(&mut self, saw: &Observation) -> Result<(), String> {
        for event in &saw.events {
            match *event {
                Event::Born(Name(s)) => self.sessions.insert(s.0),
                Event::Died(Name(s)) => self.known(Object::Session(s))?,
                Event::New { connection: Name(c), session: Name(s), .. } => {
                    self.known(Object::Connection(c))?;
                    self.known(Object::Session(s))?;
                }
                Event::Removed { context: Name(x), session: Name(s) } => {
                    self.known(Object::Context(x))?;
                    self.known(Object::Session(s))?;
                }
                Event::Failed => {}
                Event::Acted { context: Name(x), session: Name(s), .. } => {
                    self.known(Object::Context(x))?;
                    self.known(Object::Session(s))?;
                }
                Event::Asked { connection: Name(c), .. } | Event::Hook { connection: Name(c), .. } => self.known(Object::Connection(c))?,
            }
        }
        saw.contexts.keys().try_for_each(|Name(x)| self.known(Object::Context(*x)))?;
        saw.connections.keys().try_for_each(|Name(c)| self.known(Object::Connection(*c)))?;
        saw.sessions.keys().try_for_each(|Name(s)| self.known(Object::Session(*s)))
    }

    fn known(&self, object: Object) -> Result<(), String> {
        let known = match object {
            Object::Context(x) => self.contexts.contains(x.0),
            Object::Connection(c) => self.connections.contains(c.0),
            Object::Session(s) => self.unseen || self.sessions.contains(s.0),
        };
        if known { Ok(()) } else { Err(object.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Runs;

    #[test]
    fn runs_join() {
        let mut runs = Runs::default();
        for number in [5, 0, 1, 4, 2, 3, 9, u32::MAX] {
            assert!(!runs.contains(number));
            runs.insert(number);
            assert!(runs.contains(number));
        }
        assert_eq!(runs.0.into_iter().collect::<Vec<_>>(), [(0, 5), (9, 9), (u32::MAX, u32::MAX)]);
    }
}
