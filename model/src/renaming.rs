//! Renaming: the same state with its objects numbered otherwise.

use smallvec::SmallVec;

use crate::{
    Action, Borrow, Call, ConnId, Connection, Context, CtxId, Gone, Ident, Item, Offer, Origin, Proposal, SessId, Session, State, Ticket,
    Version,
};

/// What is no longer there is called so after a renaming: no object ever has this number.
const GONE: u32 = u32::MAX / 2;

/// For each kind of object the old names in their new order: what stands at place n is to be called n.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Renaming {
    /// The contexts.
    pub contexts: SmallVec<[CtxId; 4]>,
    /// The connections.
    pub connections: SmallVec<[ConnId; 4]>,
    /// The sessions.
    pub sessions: SmallVec<[SessId; 8]>,
    /// The identities.
    pub identities: SmallVec<[Ident; 8]>,
}

fn place<T: PartialEq>(list: &[T], name: T) -> u32 {
    list.iter().position(|old| *old == name).map_or(GONE, |at| u32::try_from(at).unwrap_or(GONE))
}

impl Renaming {
    /// The new name of a context.
    #[must_use]
    pub fn context(&self, old: CtxId) -> CtxId {
        CtxId(place(&self.contexts, old))
    }

    /// The new name of a connection.
    #[must_use]
    pub fn connection(&self, old: ConnId) -> ConnId {
        ConnId(place(&self.connections, old))
    }

    /// The new name of a session.
    #[must_use]
    pub fn session(&self, old: SessId) -> SessId {
        SessId(place(&self.sessions, old))
    }

    /// The new name of an identity.
    #[must_use]
    pub fn identity(&self, old: Ident) -> Ident {
        Ident(place(&self.identities, old))
    }

    fn ticket(&self, ticket: Ticket) -> Ticket {
        Ticket { keys: ticket.keys.map(|x| self.context(x)), ..ticket }
    }

    fn offer(&self, offer: Offer) -> Offer {
        Offer { identity: self.identity(offer.identity), inside: offer.inside.map(|t| self.ticket(t)), ..offer }
    }

    fn item(&self, item: Item) -> Item {
        match item {
            Item::Flight(mut flight) => {
                flight.identity = flight.identity.map(|i| self.identity(i));
                flight.offer = flight.offer.map(|o| self.offer(o));
                Item::Flight(flight)
            }
            Item::Ticket(offer) => Item::Ticket(self.offer(offer)),
            Item::Hello(Some(Proposal { identity, real, ticket })) => {
                let ticket = ticket.map(|t| self.ticket(t));
                Item::Hello(Some(Proposal { identity: self.identity(identity), real: self.identity(real), ticket }))
            }
            Item::Hello(None) | Item::Retry | Item::Request | Item::NoRenegotiation => item,
            Item::CertificateRequest | Item::Certificate => item,
            Item::Data | Item::CloseNotify | Item::Alert | Item::Garbage | Item::End => item,
        }
    }

    fn renamed_context(&self, old: &Context) -> Context {
        Context { cache: old.cache.iter().map(|s| self.session(*s)).collect(), ..*old }
    }

    fn renamed_connection(&self, old: &Connection) -> Connection {
        Connection {
            context: self.context(old.context),
            switched: old.switched.map(|x| self.context(x)),
            peer: old.peer.map(|c| self.connection(c)),
            session: old.session.map(|s| self.session(s)),
            earlier: old.earlier.iter().map(|s| self.session(*s)).collect(),
            inbox: old.inbox.iter().map(|item| self.item(*item)).collect(),
            ..*old
        }
    }

    fn renamed_session(&self, old: &Session) -> Session {
        if old.freed {
            return gone(old);
        }
        Session {
            context: old.context.map(|x| self.context(x)),
            link: old.link.map(|x| self.context(x)),
            owner: old.owner.map(|x| self.context(x)),
            identity: old.identity.map(|i| self.identity(i)),
            own: old.own.map(|i| self.identity(i)),
            ticket: old.ticket.map(|t| self.ticket(t)),
            ..*old
        }
    }
}

/// What is left of a session that is gone: its counts, which alone can still matter.
fn gone(old: &Session) -> Session {
    Session {
        context: None,
        orphaned: false,
        link: None,
        owner: None,
        stray: false,
        marked: false,
        identity: None,
        own: None,
        origin: Origin::Empty,
        side: None,
        version: Version::Tls12,
        time: 0,
        timeout: 0,
        untimed: false,
        other_group: false,
        sid_ctx: 0,
        hint: 0,
        ticket: None,
        ..*old
    }
}

impl State {
    /// The same state under other names. Whatever the renaming leaves out is left out, and the next unused names follow the last used ones.
    #[must_use]
    pub fn renamed(&self, to: &Renaming) -> Self {
        let mut state = Self { now: self.now, ..Self::default() };
        for (old, new) in to.contexts.iter().zip(0..) {
            if let Some(context) = self.contexts.get(*old) {
                state.contexts.insert(CtxId(new), to.renamed_context(context));
            }
        }
        for (old, new) in to.connections.iter().zip(0..) {
            if let Some(connection) = self.connections.get(*old) {
                state.connections.insert(ConnId(new), to.renamed_connection(connection));
            }
        }
        for (old, new) in to.sessions.iter().zip(0..) {
            if let Some(session) = self.sessions.get(*old) {
                state.sessions.insert(SessId(new), to.renamed_session(session));
            }
        }
        let renamed = |b: &Borrow| Borrow { session: to.session(b.session), of: b.of.map(|c| to.connection(c)) };
        state.borrows = self.borrows.iter().map(renamed).collect();
        state.borrows.sort_unstable();
        let renamed = |g: &Gone| Gone { connection: to.connection(g.connection), session: to.session(g.session) };
        state.gone = self.gone.iter().filter(|g| to.sessions.contains(&g.session)).map(renamed).collect();
        state.next_identity = u32::try_from(to.identities.len()).unwrap_or(GONE);
        state.next_session = u32::try_from(to.sessions.len()).unwrap_or(GONE);
        state
    }
}

impl Call {
    /// The same call under other names.
    #[must_use]
    pub fn renamed(self, to: &Renaming) -> Self {
        self.map_names(|x| to.context(x), |c| to.connection(c), |s| to.session(s))
    }
}

impl Action {
    /// The same action under other names.
    #[must_use]
    pub fn renamed(self, to: &Renaming) -> Self {
        Self { call: self.call.renamed(to), choice: self.choice }
    }
}
