//! What an observation looks like in words: the program makes the same words of what it sees.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use sessck_model::{ConnId, CtxId, SessId};

use crate::implementation::{ConnectionFacts, Event, Name, Observation, Returned, SeenMode, SessionFacts};

/// Words for observations, one after another. Reference counts are left out: they cannot be read from outside.
#[derive(Default)]
pub(super) struct Words {
    sessions: BTreeMap<Name<SessId>, String>,
    cached: BTreeMap<Name<CtxId>, u32>,
    connections: BTreeMap<ConnId, String>,
    /// Connections that were moved, and where to.
    moved: BTreeMap<ConnId, CtxId>,
}

/// One thing that happened, in three pieces: the middle one is the session.
type Pieces = (String, Option<Name<SessId>>, String);

impl Words {
    /// What a call showed, one thing after another. `homes` tells the context that each connection was made from.
    pub(super) fn of(&mut self, saw: &Observation, any_order: bool, homes: &BTreeMap<ConnId, CtxId>) -> Vec<String> {
        let mut words: Vec<String> = returned(saw.returned).into_iter().collect();
        let mut events: Vec<Pieces> = saw.events.iter().flat_map(pieces).collect();
        if any_order {
            events.sort_by(|one, other| (one.1, &one.0, &one.2).cmp(&(other.1, &other.0, &other.2)));
        }
        words.extend(events.iter().map(|(before, session, after)| match session {
            Some(session) => format!("{before}{}{after}", session.0),
            None => format!("{before}{after}"),
        }));
        // statistics are left out, so a context is told of where its number changed
        for (name, facts) in &saw.contexts {
            if self.cached.insert(*name, facts.number) != Some(facts.number) {
                words.push(format!("{}: {} cached", name.0, facts.number));
            }
        }
        for (name, facts) in &saw.connections {
            // a move is told apart
            let text = connection(facts);
            if self.connections.get(&name.0) != Some(&text) {
                words.push(format!("{}: {text}", name.0));
                self.connections.insert(name.0, text);
            }
        }
        words.extend(saw.connections.iter().filter_map(|(name, facts)| self.moved(name.0, facts.context, homes)));
        for event in &saw.events {
            if let Event::Died(name) = event {
                self.sessions.remove(name);
            }
        }
        for (name, facts) in &saw.sessions {
            let text = session(facts);
            if self.sessions.get(name) != Some(&text) {
                words.push(format!("{}: {text}", name.0));
                self.sessions.insert(*name, text);
            }
        }
        words
    }

    /// Where a connection is moved to by this call, if it is.
    fn moved(&mut self, connection: ConnId, now: Option<Name<CtxId>>, homes: &BTreeMap<ConnId, CtxId>) -> Option<String> {
        let now = now.map(|context| context.0);
        let before = match now {
            Some(context) => self.moved.insert(connection, context),
            None => self.moved.remove(&connection),
        };
        match now {
            _ if before == now => None,
            Some(context) => Some(format!("{connection} is moved to {context}")),
            None => homes.get(&connection).map(|home| format!("{connection} is back at {home}")),
        }
    }
}

/// What a call gave back, where that says anything.
fn returned(returned: Returned) -> Option<String> {
    match returned {
        Returned::Nothing => None,
        Returned::Number(number) => Some(format!("returned {number}")),
        Returned::Mode(SeenMode(mode)) => {
            let sides = [(mode.client, 1), (mode.server, 2)];
            let flags = [(mode.no_auto_clear, 0x80), (mode.no_lookup, 0x100), (mode.no_store, 0x200), (mode.update_time, 0x400)];
            let mode: u32 = sides.into_iter().chain(flags).filter(|(set, _)| *set).map(|(_, bit)| bit).sum();
            Some(format!("returned mode {mode:#x}"))
        }
        Returned::Session(name) => Some(format!("returned {}", name.0)),
        Returned::Null => Some("returned NULL".to_owned()),
    }
}

/// How many sessions something happened to.
pub(super) fn sessions_in(saw: &Observation) -> usize {
    saw.events.iter().flat_map(pieces).filter_map(|(_, session, _)| session).collect::<BTreeSet<_>>().len()
}

fn pieces(event: &Event) -> Vec<Pieces> {
    vec![match *event {
        Event::Born(session) => (String::new(), Some(session), " is born".to_owned()),
        Event::Died(session) => (String::new(), Some(session), " dies".to_owned()),
        Event::New { connection, session, resumable, kept } => {
            let does = if kept { "keeps" } else { "refuses" };
            let resumable = if resumable { ", resumable" } else { ", not resumable" };
            (format!("the new-session callback of {} {does} ", connection.0), Some(session), resumable.to_owned())
        }
        Event::Removed { context, session } => (format!("the remove callback of {} sees ", context.0), Some(session), String::new()),
        Event::Asked { connection, answer } => {
            let null = if answer.is_none() { "NULL" } else { "" };
            (format!("the get callback of {} gives ", connection.0), answer, null.to_owned())
        }
        // no program is written beyond a call in which something fails or comes between
        Event::Failed => ("something failed".to_owned(), None, String::new()),
        Event::Acted { context, session, answer, left, .. } => {
            let about = (format!("a callback of {} called back about ", context.0), Some(session), format!(": {answer}"));
            return vec![about, (format!("{} then holds {left}", context.0), None, String::new())];
        }
        Event::Hook { hook, connection, answer } => {
            (format!("the {} callback of {} answers ", hook.0, connection.0), None, answer.to_string())
        }
    }]
}

fn connection(facts: &ConnectionFacts) -> String {
    let session = facts.session.map_or_else(|| "NULL".to_owned(), |name| name.0.to_string());
    let flags = [(facts.reused, "reused"), (facts.sent, "sent"), (facts.received, "received"), (facts.open, "open")];
    listed(session, flags.into_iter().filter(|(set, _)| *set).map(|(_, word)| word))
}

fn session(facts: &SessionFacts) -> String {
    let not = if facts.resumable { "" } else { "not " };
    format!("{not}resumable, time {}, timeout {}", facts.time, facts.timeout)
}

fn listed(first: String, more: impl Iterator<Item = impl Display>) -> String {
    more.fold(first, |text, word| format!("{text}, {word}"))
}
