//! What two halves showed of one call, put together: events in the order in which the strokes were made, facts by name.

use sessck_model::{SessId, Side};

use super::Names;
use crate::adapter::half::Shown;
use crate::implementation::{ConnectionFacts, Event, Name, Observation, Returned, Trouble};

/// What one half showed.
pub(super) struct Part {
    pub(super) side: Side,
    pub(super) shown: Shown,
}

impl Part {
    /// The events of the strokes, one list for each.
    fn by_stroke(&self) -> impl Iterator<Item = &[Event]> {
        let events = &self.shown.saw.events[..];
        let begins = &self.shown.begins;
        // what is left over from before the first is that one's
        let start = move |at: usize| if at == 0 { 0 } else { begins.get(at).map_or(events.len(), |begin| *begin) };
        (0..begins.len()).map(move |at| events.get(start(at)..start(at + 1)).unwrap_or_default())
    }
}

/// Everything, under the names of the pair.
pub(super) fn merged(names: &mut Names, made: &[Side], parts: Vec<Part>) -> Result<Observation, Trouble> {
    let mut saw = Observation::default();
    let mut strokes: Vec<_> = parts.iter().map(|part| (part.side, part.by_stroke())).collect();
    // a half that is looked at last makes a stroke for that
    for side in made.iter().copied().chain([Side::Client, Side::Server]) {
        let next = strokes.iter_mut().find(|(of, _)| *of == side).and_then(|(_, strokes)| strokes.next());
        for event in next.unwrap_or_default() {
            saw.events.push(named(names, side, *event)?);
        }
    }
    drop(strokes);
    for Part { side, shown: Shown { saw: part, .. } } in parts {
        let name = |Name(own): Name<SessId>| names.of_half(side, own).map(Name);
        match part.returned {
            Returned::Nothing => {}
            Returned::Session(own) => saw.returned = Returned::Session(name(own)?),
            other @ (Returned::Number(_) | Returned::Mode(_) | Returned::Null) => saw.returned = other,
        }
        saw.contexts.extend(part.contexts);
        for (id, facts) in part.connections {
            saw.connections.insert(id, ConnectionFacts { session: facts.session.map(name).transpose()?, ..facts });
        }
        for (own, facts) in part.sessions {
            saw.sessions.insert(name(own)?, facts);
        }
    }
    Ok(saw)
}

/// An event under the pair's names.
fn named(names: &mut Names, side: Side, event: Event) -> Result<Event, Trouble> {
    if let Event::Born(Name(own)) = event {
        return Ok(Event::Born(Name(names.born(side, own))));
    }
    let name = |Name(own): Name<SessId>| names.of_half(side, own).map(Name);
    Ok(match event {
        Event::Born(session) | Event::Died(session) => Event::Died(name(session)?),
        Event::New { connection, session, resumable, kept } => Event::New { connection, session: name(session)?, resumable, kept },
        Event::Removed { context, session } => Event::Removed { context, session: name(session)? },
        Event::Failed => Event::Failed,
        Event::Acted { act, context, session, answer, left } => Event::Acted { act, context, session: name(session)?, answer, left },
        Event::Asked { connection, answer } => Event::Asked { connection, answer: answer.map(name).transpose()? },
        Event::Hook { hook, connection, answer } => Event::Hook { hook, connection, answer },
    })
}
