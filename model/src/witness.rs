//! Witnesses: scripts that can be run again.

use crate::explore::Order;
use crate::world::START_S;
use crate::{
    Action, Clause, ConnId, CtxId, Journal, Judgement, Profile, Renaming, SessId, State, Transition, canonical_names, clauses, shrink, step,
};

/// A script from an empty state, under one profile: the setup of a world and what follows, in names that stay the same throughout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witness {
    /// The world that it was found in.
    pub world: &'static str,
    /// The profile that it runs under.
    pub profile: Profile,
    /// The actions.
    pub actions: Vec<Action>,
}

/// From canonical names to stable ones, and the next stable names.
struct Names {
    stable: Renaming,
    contexts: u32,
    connections: u32,
    sessions: u32,
}

impl Names {
    fn context(&self, id: CtxId) -> CtxId {
        self.stable.contexts.get(id.0 as usize).copied().unwrap_or(CtxId(self.contexts))
    }

    fn connection(&self, id: ConnId) -> ConnId {
        self.stable.connections.get(id.0 as usize).copied().unwrap_or(ConnId(self.connections))
    }

    fn session(&self, id: SessId) -> SessId {
        let known = self.stable.sessions.len();
        match self.stable.sessions.get(id.0 as usize) {
            Some(name) => *name,
            // born in this step: the births come in the same order
            None => SessId(self.sessions + (id.0 - u32::try_from(known).unwrap_or(id.0))),
        }
    }
}

impl Witness {
    /// The script along a path of a search: each number is the place of an action among those of the state.
    pub(crate) fn reached(order: &Order<'_>, path: &[u16]) -> Self {
        let Order { world, profile, .. } = order;
        let mut actions: Vec<Action> = world.setup.iter().copied().flatten().copied().map(Action::from).collect();
        let start = world.start(profile);
        let mut names = Names {
            stable: canonical_names(&start),
            contexts: start.contexts.ids().last().map_or(0, |x| x.0 + 1),
            connections: start.connections.ids().last().map_or(0, |c| c.0 + 1),
            sessions: start.next_session,
        };
        let mut state = start.renamed(&names.stable);
        let (mut journal, mut enabled) = (Journal::default(), Vec::new());
        for place in path {
            world.actions(&state, profile, &mut enabled);
            let Some(action) = enabled.get(usize::from(*place)) else { break };
            actions.push(action.map_names(|x| names.context(x), |c| names.connection(c), |s| names.session(s)));
            let mut after = state.clone();
            step(&mut after, action, profile, &mut journal);
            let born = after.next_session - state.next_session;
            world.settle(&mut after, profile);
            let to = canonical_names(&after);
            let stable = Renaming {
                contexts: to.contexts.iter().map(|x| names.context(*x)).collect(),
                connections: to.connections.iter().map(|c| names.connection(*c)).collect(),
                sessions: to.sessions.iter().map(|s| names.session(*s)).collect(),
                identities: to.identities.clone(),
            };
            let beyond = |known: u32, used: Option<u32>| used.map_or(known, |last| known.max(last + 1));
            names = Names {
                contexts: beyond(names.contexts, stable.contexts.iter().map(|x| x.0).max()),
                connections: beyond(names.connections, stable.connections.iter().map(|c| c.0).max()),
                sessions: names.sessions + born,
                stable,
            };
            state = after.renamed(&to);
        }
        Self { world: world.name, profile: *profile, actions }
    }

    /// The same witness without the actions that its last one does not need to break the clause. Sessions are named by the
    /// order of their births, so what a later name depends on stays.
    #[must_use]
    pub fn shrunk(&self, clause: &Clause) -> Self {
        let holds = |part: &[Action]| last_judgement(part, &self.profile, clause) == Judgement::Broken;
        Self { actions: shrink(&self.actions, holds), ..self.clone() }
    }

    /// Whether the last action breaks the clause when the script is run.
    #[must_use]
    pub fn breaks(&self, clause: &Clause) -> bool {
        last_judgement(&self.actions, &self.profile, clause) == Judgement::Broken
    }
}

/// What a clause says of the last action of a script that is run from an empty state. Calls that do nothing there are passed over.
#[must_use]
pub fn last_judgement(script: &[Action], profile: &Profile, clause: &Clause) -> Judgement {
    let mut state = State { now: START_S, ..State::default() };
    let mut journal = Journal::default();
    let mut last = Judgement::Silent;
    for action in script {
        state.sweep();
        let outcome = step(&mut state, action, profile, &mut journal);
        let transition = Transition { action, outcome, after: &state, journal: &journal };
        last = clauses::judge(clause, &transition);
    }
    last
}
