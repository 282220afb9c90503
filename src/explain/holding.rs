//! Who holds a session.

use serde::Serialize;
use sessck_model::{ConnId, CtxId, SessId, State};

use crate::checker::Names;
use crate::implementation::Name;
use crate::run::Holders;

/// One session in memory, and the places that point to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Holding {
    /// Which session.
    pub session: Name<SessId>,
    /// Its references, as the library counts them.
    pub count: u32,
    /// The connections that have it as their current session.
    pub connections: Vec<Name<ConnId>>,
    /// The context whose cache has it.
    pub cache: Option<Name<CtxId>>,
    /// References that the application holds.
    pub application: u32,
    /// Connections that lend it.
    pub lent_by: Vec<Name<ConnId>>,
    /// Whether it can be resumed.
    pub resumable: bool,
}

impl Holding {
    /// All sessions in memory that have a name in the trace.
    #[must_use]
    pub fn all(state: &State, names: &Names) -> Vec<Self> {
        let living = state.sessions.iter().filter(|(_, session)| !session.freed);
        living.filter_map(|(id, _)| Self::of(state, names, id)).collect()
    }

    /// Who holds this session of the model.
    #[must_use]
    pub fn of(state: &State, names: &Names, id: SessId) -> Option<Self> {
        let session = state.sessions.get(id)?;
        let connections = state.connections.iter().filter(|(_, c)| c.session == Some(id)).map(|(c, _)| Name(c)).collect();
        Some(Self {
            session: Name(names.trace(id)?),
            count: session.count,
            connections,
            cache: session.link.map(Name),
            application: session.owned,
            lent_by: state.borrows.iter().filter(|b| b.session == id).filter_map(|b| b.of).map(Name).collect(),
            resumable: session.is_resumable(),
        })
    }

    /// What is known of them after something failed: nobody says then who is in a cache, or what can be resumed.
    #[must_use]
    pub fn after(holders: Holders) -> Self {
        let Holders { session, count, connections, owned } = holders;
        let connections: Vec<Name<ConnId>> = connections.into_iter().map(Name).collect();
        Self {
            session: Name(session),
            count: count.unwrap_or(owned + u32::try_from(connections.len()).unwrap_or(u32::MAX)),
            connections,
            cache: None,
            application: owned,
            lent_by: Vec::new(),
            resumable: true,
        }
    }

    /// The holders in words: `c0, the cache of x1, the application`.
    #[must_use]
    pub fn holders(&self) -> String {
        let mut holders: Vec<String> = self.connections.iter().map(|Name(c)| c.to_string()).collect();
        holders.extend(self.cache.map(|Name(x)| format!("the cache of {x}")));
        match self.application {
            0 => {}
            1 => holders.push("the application".to_owned()),
            more => holders.push(format!("the application {more} times")),
        }
        if holders.is_empty() { "nobody".to_owned() } else { holders.join(", ") }
    }
}
