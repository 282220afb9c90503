//! Telling a trace step by step, with the checker beside it.

use std::collections::BTreeMap;

use sessck_model::{Call, CtxId, Effect, Profile, SessId, State, clauses};

use super::{Happening, Holding, What};
use crate::checker::{Checker, Names, Verdict};
use crate::implementation::{CallFault, Event as Seen, Name, Observation, Returned};
use crate::run::{Aftermath, met};
use crate::trace::Event;
use crate::trace::call::{Object, c_text};

/// How one step was judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Judged {
    /// It is what the profile says.
    Agrees {
        /// The clauses that held in it.
        held: Vec<&'static str>,
        /// The clauses that the profile's deviations broke in it.
        known: Vec<&'static str>,
    },
    /// It ends the story: a violation, a misuse, or something that no page describes.
    Ends(Verdict),
    /// Nobody saw what it showed.
    Unseen,
    /// Something failed in it or before it: only the balance is judged, and it is kept.
    Balanced,
}

/// One step, told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Its number, from 1.
    pub step: usize,
    /// The call.
    pub call: Call,
    /// What failed in it.
    pub fault: Option<CallFault>,
    /// The call in C, with what it returned: `s0 = SSL_get0_session(c0)`.
    pub text: String,
    /// What happened, in order.
    pub happenings: Vec<Happening>,
    /// Who holds what afterwards.
    pub holdings: Vec<Holding>,
    /// How it was judged.
    pub judged: Judged,
}

/// Tells events one after another.
#[derive(Clone, Debug)]
pub struct Teller {
    checker: Checker,
    names: BTreeMap<SessId, SessId>,
    step: usize,
    /// Who holds what since something failed.
    aftermath: Option<Aftermath>,
}

impl Teller {
    /// At the start of a trace that is judged by this profile.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self { checker: Checker::new(profile), names: BTreeMap::new(), step: 0, aftermath: None }
    }

    /// The state that is believed in, and its names.
    #[must_use]
    pub fn believed(&self) -> (&State, &Names) {
        (self.checker.state(), self.checker.names())
    }

    /// Tells one event.
    pub fn tell(&mut self, event: &Event) -> Told {
        self.step += 1;
        let failed = event.fault.is_some() && event.saw.as_ref().is_some_and(met);
        if failed && self.aftermath.is_none() {
            self.aftermath = Some(Aftermath::before(&self.checker));
        }
        let (judged, happenings) = match &event.saw {
            None if self.aftermath.is_some() || event.fault.is_some() => (Judged::Unseen, Vec::new()),
            Some(saw) if self.aftermath.is_some() => (self.balance(&event.call, saw), saw.events.iter().filter_map(observed).collect()),
            None => (self.checker.forecast(&event.call).map_or(Judged::Unseen, Judged::Ends), Vec::new()),
            Some(saw) => self.seen(&event.call, saw),
        };
        let returned = event.saw.as_ref().map_or(Returned::Nothing, |saw| saw.returned);
        Told {
            step: self.step,
            call: event.call,
            fault: event.fault.filter(|_| failed || event.saw.is_none()),
            text: text(&event.call, returned),
            happenings,
            holdings: match &self.aftermath {
                Some(aftermath) => aftermath.holders().map(Holding::after).collect(),
                None => Holding::all(self.checker.state(), self.checker.names()),
            },
            judged,
        }
    }

    fn seen(&mut self, call: &Call, saw: &Observation) -> (Judged, Vec<Happening>) {
        let before = self.checker.state().clone();
        let held: Vec<u64> = self.checker.held().to_vec();
        self.note_names();
        let verdict = self.checker.event(call, saw);
        self.note_names();
        match verdict {
            Verdict::Agrees { known } => {
                let now = self.checker.held();
                let held = clauses::ALL.iter().zip(held.iter().zip(now)).filter(|(_, (before, now))| before < now);
                let held = held.map(|(clause, _)| clause.id).collect();
                (Judged::Agrees { held, known }, self.happenings(call, &before))
            }
            ends @ (Verdict::Misuse(_) | Verdict::Undefined(_) | Verdict::Violation(_) | Verdict::UnknownObject(_)) => {
                (Judged::Ends(ends), saw.events.iter().filter_map(observed).collect())
            }
        }
    }

    fn balance(&mut self, call: &Call, saw: &Observation) -> Judged {
        let broken = self.aftermath.as_mut().and_then(|aftermath| aftermath.event(call, saw));
        broken.map_or(Judged::Balanced, |broken| Judged::Ends(Verdict::Violation(broken)))
    }

    fn note_names(&mut self) {
        let names = self.checker.names();
        let living = self.checker.state().sessions.ids().filter_map(|id| Some((id, names.trace(id)?)));
        self.names.extend(living);
    }

    fn happenings(&self, call: &Call, before: &State) -> Vec<Happening> {
        let after = self.checker.state();
        let mut all: Vec<Happening> = made_or_set(call).into_iter().collect();
        all.extend(self.checker.journal().effects.iter().filter_map(|effect| self.effect(effect)));
        self.connections(before, after, &mut all);
        self.sessions(before, after, &mut all);
        self.borrows(before, after, &mut all);
        all
    }

    fn effect(&self, effect: &Effect) -> Option<Happening> {
        let session = |id: SessId, what| self.names.get(&id).map(|name| Happening::session(*name, what));
        match *effect {
            Effect::Born(id) => session(id, What::Born),
            Effect::Died(id) => session(id, What::Freed),
            Effect::NewCallback { connection, session: id, kept, .. } => session(id, What::Announced(connection, kept)),
            Effect::RemoveCallback { context, session: id, .. } => session(id, What::Removed(context)),
            Effect::Acted { act, session: id, answer, left, .. } => session(id, What::Acted(act, answer, left)),
            Effect::GetCallback { connection, answer: Some(id), .. } => session(id, What::Given(connection)),
            Effect::GetCallback { connection, answer: None, .. } => Some(Happening::connection(connection, What::Missed)),
            Effect::Hook { hook, connection, answer } => Some(Happening::connection(connection, What::Hook(hook, answer))),
            Effect::Linked { context, session: id, .. } => session(id, What::Linked(context)),
            Effect::Unlinked { context, session: id, why, .. } => session(id, What::Unlinked(context, why)),
            Effect::Completed { connection, resumed, .. } => Some(Happening::connection(connection, What::Completed(resumed))),
            Effect::Fatal(connection) => Some(Happening::connection(connection, What::Failed)),
            Effect::Dangling(_) | Effect::Lookup { .. } | Effect::Established { .. } => None,
            Effect::TicketSent { .. } | Effect::Decided { .. } | Effect::Tried { .. } => None,
        }
    }

    fn connections(&self, before: &State, after: &State, all: &mut Vec<Happening>) {
        let ids = before.connections.ids().chain(after.connections.ids().filter(|id| before.connections.get(*id).is_none()));
        for id in ids {
            let (was, is) = (before.connections.get(id), after.connections.get(id));
            let (had, has) = (was.and_then(|c| c.session), is.and_then(|c| c.session));
            if had != has {
                let name = |session: Option<SessId>| session.and_then(|s| self.names.get(&s)).copied();
                all.extend(name(had).map(|s| Happening::session(s, What::Detached(id))));
                all.extend(name(has).map(|s| Happening::session(s, What::Attached(id))));
            }
            if is.is_some_and(|c| c.shutdown.sent) && !was.is_some_and(|c| c.shutdown.sent) {
                all.push(Happening::connection(id, What::Shut));
            }
        }
    }

    fn sessions(&self, before: &State, after: &State, all: &mut Vec<Happening>) {
        for (id, name) in &self.names {
            let (was, is) = (before.sessions.get(*id), after.sessions.get(*id));
            let owned = |session: Option<&sessck_model::Session>| session.map_or(0, |s| s.owned);
            if owned(is) > owned(was) {
                all.push(Happening::session(*name, What::Obtained));
            }
            if owned(is) < owned(was) {
                all.push(Happening::session(*name, What::GivenBack));
            }
            if is.is_some_and(|s| s.marked) && !was.is_some_and(|s| s.marked) {
                all.push(Happening::session(*name, What::Marked));
            }
        }
    }

    fn borrows(&self, before: &State, after: &State, all: &mut Vec<Happening>) {
        let lent = |state: &State| -> Vec<(SessId, sessck_model::ConnId)> {
            state.borrows.iter().filter_map(|b| Some((b.session, b.of?))).collect()
        };
        let (were, are) = (lent(before), lent(after));
        for (session, connection) in are.iter().filter(|lent| !were.contains(lent)) {
            all.extend(self.names.get(session).map(|s| Happening::session(*s, What::Borrowed(*connection))));
        }
        for (session, _) in were.iter().filter(|lent| !are.contains(lent)) {
            all.extend(self.names.get(session).map(|s| Happening::session(*s, What::BorrowEnded)));
        }
    }
}

/// The whole story, up to the step that ends it.
#[must_use]
pub fn story(events: &[Event], profile: Profile) -> Vec<Told> {
    let mut teller = Teller::new(profile);
    let mut told = Vec::new();
    for event in events {
        told.push(teller.tell(event));
        if told.last().is_some_and(|last| !matches!(last.judged, Judged::Agrees { .. } | Judged::Balanced)) {
            break;
        }
    }
    told
}

fn observed(event: &Seen) -> Option<Happening> {
    Some(match *event {
        // the text of the step says so
        Seen::Failed => return None,
        Seen::Acted { act: Name(act), session: Name(s), answer, left, .. } => Happening::session(s, What::Acted(act, answer, left)),
        Seen::Born(Name(s)) => Happening::session(s, What::Born),
        Seen::Died(Name(s)) => Happening::session(s, What::Freed),
        Seen::New { connection: Name(c), session: Name(s), kept, .. } => Happening::session(s, What::Announced(c, kept)),
        Seen::Removed { context: Name(x), session: Name(s) } => Happening::session(s, What::Removed(x)),
        Seen::Asked { connection: Name(c), answer: Some(Name(s)) } => Happening::session(s, What::Given(c)),
        Seen::Asked { connection: Name(c), answer: None } => Happening::connection(c, What::Missed),
        Seen::Hook { hook: Name(hook), connection: Name(c), answer } => Happening::connection(c, What::Hook(hook, answer)),
    })
}

/// What a call does to a context or connection by itself.
fn made_or_set(call: &Call) -> Option<Happening> {
    let context = |x: CtxId, what| Some(Happening { object: Object::Context(x), what });
    match *call {
        Call::ContextNew(x, ..) => context(x, What::Made),
        Call::SetCacheMode(x, _) | Call::SetCacheSize(x, _) | Call::SetTimeout(x, _) | Call::SetNumTickets(x, _) => context(x, What::Set),
        Call::SetOption(x, _) | Call::ClearOption(x, _) | Call::SetEarlyData(x, _) | Call::SetSessionIdContext(x, _) => {
            context(x, What::Set)
        }
        Call::SetVerify(x, _) | Call::SetServerNameCallback(x, _) => context(x, What::Set),
        Call::SetNewCallback(x, _)
        | Call::SetRemoveCallback(x, _)
        | Call::SetGetCallback(x, _)
        | Call::SetTicketKeyCallback(x, ..)
        | Call::SetTicketCallbacks(x, ..)
        | Call::SetActs(x, ..) => context(x, What::Set),
        Call::ConnectionNew(c, _) => Some(Happening::connection(c, What::Made)),
        _ => None,
    }
}

/// The call in C, with what it returned where that says something.
#[must_use]
pub(super) fn text(call: &Call, returned: Returned) -> String {
    let c = c_text(call);
    match (call, returned) {
        (Call::SetSession(..) | Call::AddSession(..) | Call::RemoveSession(..), Returned::Number(1)) => c,
        (Call::SetServerNameCallback(..) | Call::SetConnectionSessionIdContext(..) | Call::SetHostName(..), Returned::Number(1)) => c,
        (Call::ConnectionDup(..) | Call::CopySessionId(..), Returned::Number(1)) => c,
        (Call::ConnectionDup(_, of), Returned::Number(_)) => format!("{of} = SSL_dup({of})"),
        (_, Returned::Session(Name(s))) => format!("{s} = {c}"),
        (_, Returned::Null) => format!("NULL = {c}"),
        (_, Returned::Number(number)) => format!("{c} = {number}"),
        (_, Returned::Nothing | Returned::Mode(..)) => c,
    }
}
