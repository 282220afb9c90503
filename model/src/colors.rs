//! Colours: a number for each object of a state that depends on its part in the state and not on its name.
//!
//! Each object begins with a colour made of its own fields; then colours flow along the edges (session of a connection, peer,
//! identity, borrow) until all differ. Objects that still share one are almost always interchangeable: one of them is
//! singled out, and the colours flow again.

use smallvec::SmallVec;

use crate::{ConnId, Connection, CtxId, GetCallback, Ident, Item, Offer, SessId, Session, Side, State, Ticket};

/// Colours as they flow. Places are those of the tables of the state.
pub(crate) struct Colors<'a> {
    state: &'a State,
    /// By connection.
    pub(crate) connections: SmallVec<[u64; 4]>,
    /// By session.
    pub(crate) sessions: SmallVec<[u64; 8]>,
    /// The identities that occur.
    pub(crate) identities: SmallVec<[Ident; 8]>,
}

/// One step of a hash: fixed, so that equal states get equal colours in every run.
fn mix(color: u64, value: u64) -> u64 {
    let product = (color.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 29)
}

impl<'a> Colors<'a> {
    /// Colours that all differ.
    pub(crate) fn of(state: &'a State) -> Self {
        let mut colors = Self { state, connections: SmallVec::new(), sessions: SmallVec::new(), identities: SmallVec::new() };
        colors.sessions.extend(state.sessions.iter().map(|(id, s)| of_session(state, id, s)));
        colors.connections.extend(state.connections.iter().map(|(_, c)| of_connection(state, c)));
        colors.collect_identities();
        colors.settle();
        while let Some(tied) = first_tie(&colors.connections) {
            colors.connections[tied] = mix(colors.connections[tied], 1);
            colors.settle();
        }
        while let Some(tied) = first_tie(&colors.sessions) {
            colors.sessions[tied] = mix(colors.sessions[tied], 1);
            colors.settle();
        }
        colors
    }

    /// Lets the colours flow until no round tells more objects apart than the one before.
    fn settle(&mut self) {
        let mut apart = 0;
        loop {
            self.flow();
            let now = distinct(&self.connections) + distinct(&self.sessions);
            if now == apart || now == self.connections.len() + self.sessions.len() {
                return;
            }
            apart = now;
        }
    }

    fn collect_identities(&mut self) {
        let of_sessions = self.state.sessions.iter().filter(|(_, s)| !s.freed).flat_map(|(_, s)| [s.identity, s.own]).flatten();
        let of_items = self.state.connections.iter().flat_map(|(_, c)| c.inbox.iter()).flat_map(identities);
        for identity in of_sessions.chain(of_items) {
            if !self.identities.contains(&identity) {
                self.identities.push(identity);
            }
        }
    }

    /// One round: every object takes in the colours of those that it is tied to.
    fn flow(&mut self) {
        let state = self.state;
        let mut identities: SmallVec<[u64; 8]> = self.identities.iter().map(|_| 0).collect();
        for ((_, session), color) in state.sessions.iter().zip(&self.sessions) {
            for (salt, identity) in [(2, session.identity), (1, session.own)] {
                if let Some(at) = identity.and_then(|i| self.identities.iter().position(|known| *known == i)) {
                    identities[at] = identities[at].wrapping_add(mix(*color, salt));
                }
            }
        }
        for ((_, connection), color) in state.connections.iter().zip(&self.connections) {
            for (place, item) in connection.inbox.iter().enumerate() {
                for at in identities_at(&self.identities, item) {
                    identities[at] = identities[at].wrapping_add(mix(*color, 3 + place as u64));
                }
            }
        }
        let mut held: SmallVec<[u64; 8]> = self.sessions.iter().map(|_| 0).collect();
        let mut next = self.connections.clone();
        for (at, (id, connection)) in state.connections.iter().enumerate() {
            next[at] = mix(next[at], connection.peer.map_or(1, |peer| self.connection(peer)));
            if let Some(session) = connection.session.and_then(|s| place(state, s)) {
                held[session] = held[session].wrapping_add(mix(self.connections[at], 3));
                next[at] = mix(next[at], self.sessions[session]);
            }
            for (order, earlier) in connection.earlier.iter().enumerate() {
                if let Some(session) = place(state, *earlier) {
                    held[session] = held[session].wrapping_add(mix(self.connections[at], 11 + order as u64));
                    next[at] = mix(next[at], self.sessions[session]);
                }
            }
            for item in &connection.inbox {
                next[at] = identities_at(&self.identities, item).fold(next[at], |color, i| mix(color, identities[i]));
            }
            for borrow in state.borrows.iter().filter(|b| b.of == Some(id)) {
                let lent = place(state, borrow.session).map_or(1, |s| self.sessions[s]);
                next[at] = next[at].wrapping_add(mix(lent, 5));
            }
        }
        for borrow in &state.borrows {
            if let Some(session) = place(state, borrow.session) {
                let lender = borrow.of.map_or(1, |c| self.connection(c));
                held[session] = held[session].wrapping_add(mix(lender, 7));
            }
        }
        for (at, (_, session)) in state.sessions.iter().enumerate() {
            let color = |identity: Option<Ident>| {
                let at = identity.and_then(|i| self.identities.iter().position(|known| *known == i));
                at.map_or(1, |i| identities[i])
            };
            let (called, own) = (color(session.identity), color(session.own));
            let taken = mix(mix(self.sessions[at], held[at]), called);
            self.sessions[at] = if session.own.is_some() { mix(taken, own) } else { taken };
        }
        self.connections = next;
    }

    fn connection(&self, id: ConnId) -> u64 {
        self.state.connections.ids().position(|known| known == id).map_or(1, |at| self.connections[at])
    }
}

fn place(state: &State, id: SessId) -> Option<usize> {
    state.sessions.ids().position(|known| known == id)
}

/// How many different colours there are.
fn distinct(colors: &[u64]) -> usize {
    (0..colors.len()).filter(|at| !colors[..*at].contains(&colors[*at])).count()
}

/// The place of the first object whose colour another one shares, among those of the least such colour.
fn first_tie(colors: &[u64]) -> Option<usize> {
    let tied = |at: usize| colors.iter().enumerate().any(|(other, c)| other != at && *c == colors[at]);
    (0..colors.len()).filter(|at| tied(*at)).min_by_key(|at| colors[*at])
}

/// The identities in something on its way.
pub(crate) fn identities(item: &Item) -> impl Iterator<Item = Ident> + use<> {
    let (one, other) = match item {
        Item::Flight(flight) => (flight.identity, flight.offer.map(|o| o.identity)),
        Item::Ticket(offer) => (Some(offer.identity), None),
        Item::Hello(proposal) => (proposal.map(|p| p.identity), proposal.map(|p| p.real)),
        Item::Data | Item::CloseNotify | Item::Alert | Item::Garbage | Item::End => (None, None),
        Item::Retry | Item::Request | Item::NoRenegotiation | Item::CertificateRequest | Item::Certificate => (None, None),
    };
    one.into_iter().chain(other)
}

fn identities_at<'a>(known: &'a [Ident], item: &Item) -> impl Iterator<Item = usize> + use<'a> {
    identities(item).filter_map(move |i| known.iter().position(|k| *k == i))
}

/// Contexts keep their order, so their place is their colour.
fn context(state: &State, id: CtxId) -> u64 {
    state.contexts.ids().position(|known| known == id).map_or(99, |at| at as u64)
}

fn of_ticket(state: &State, ticket: Option<Ticket>) -> u64 {
    ticket.map_or(1, |t| {
        let keys = t.keys.map_or(98, |x| context(state, x));
        mix(keys << 16 | u64::from(t.sid_ctx) << 1 | t.sealer as u64, times(t.time, t.timeout))
    })
}

fn of_offer(state: &State, offer: &Offer) -> u64 {
    mix(of_ticket(state, offer.inside), u64::from(offer.hint) << 1 | u64::from(offer.asked))
}

fn of_item(state: &State, item: &Item) -> u64 {
    match item {
        Item::Flight(f) => {
            let bits = u64::from(f.resumed) | u64::from(f.identity.is_some()) << 1 | u64::from(f.broken_off) << 2;
            mix(f.offer.as_ref().map_or(2, |o| of_offer(state, o)), bits)
        }
        Item::Ticket(offer) => mix(of_offer(state, offer), 4),
        Item::Data => 9,
        Item::CloseNotify => 5,
        Item::Alert => 6,
        Item::Garbage => 7,
        Item::End => 8,
        Item::Hello(proposal) => mix(proposal.map_or(3, |p| of_ticket(state, p.ticket)), 9),
        Item::Retry => 10,
        Item::Request => 11,
        Item::NoRenegotiation => 12,
        Item::CertificateRequest => 13,
        Item::Certificate => 14,
    }
}

fn of_connection(state: &State, c: &Connection) -> u64 {
    let flags = [c.reused, c.proposed, c.shutdown.sent, c.shutdown.received, c.error, c.peer.is_some(), c.session.is_some(), c.foreign];
    let flags = flags.into_iter().chain([c.again, c.abbreviated, c.consents]);
    let small = [
        u64::from(c.count),
        context(state, c.context),
        c.wire as u64,
        c.phase as u64,
        u64::from(c.awaits),
        c.quiet as u64,
        u64::from(c.num_tickets),
        c.tickets as u64,
        c.early_data as u64,
        u64::from(c.sid_ctx),
        u64::from(c.ticketed),
        c.switched.map_or(96, |x| context(state, x)),
        c.verify as u64,
        c.host_name as u64,
        c.eof as u64,
        c.outlet as u64,
        c.unsent.map_or(0, |unsent| unsent as u64 + 1),
        c.anti_replay as u64,
        u64::from(c.asked),
        u64::from(c.left_over),
        c.renewal as u64,
        c.groups as u64,
        u64::from(c.renegotiation.by_client) | u64::from(c.renegotiation.always_full) << 1,
        c.not_resumable as u64,
        c.challenge as u64,
    ];
    let color = flags.fold(1, |bits, flag| bits << 1 | u64::from(flag));
    let packed = small.iter().fold(color, |bits, value| bits.wrapping_mul(31) ^ value);
    c.inbox.iter().fold(mix(packed, color), |color, item| mix(color, of_item(state, item)))
}

/// Whether it matters which of two sessions is older: both can be what a get callback finds in one context, for one identity or for any.
/// A callback that gives any session has to be set from the start.
pub(crate) fn are_kin(state: &State, one: &Session, other: &Session) -> bool {
    let any = state.contexts.iter().any(|(_, x)| x.get_callback == GetCallback::Any);
    let could_be_found = |s: &Session| {
        let side = s.context.and_then(|x| state.contexts.get(x)).map(|x| x.side);
        let named = s.identity.is_some() && (any || s.is_proposable());
        !s.freed && !s.orphaned && named && side != Some(Side::Client)
    };
    let apart = one.context.is_some() && other.context.is_some() && one.context != other.context;
    (any || one.identity == other.identity) && !apart && could_be_found(one) && could_be_found(other)
}

/// A session's time and timeout.
fn times(time: i64, timeout: i64) -> u64 {
    u64::from_ne_bytes(time.rotate_left(32).wrapping_add(timeout).to_ne_bytes())
}

fn of_session(state: &State, id: SessId, s: &Session) -> u64 {
    let counts = u64::from(s.count) << 16 | u64::from(s.owned) << 1 | u64::from(s.freed);
    if s.freed {
        return mix(0, counts);
    }
    let at = |x: Option<CtxId>| x.map_or(97, |x| context(state, x));
    let cached = state.contexts.iter().find_map(|(_, x)| x.cache.iter().position(|held| *held == id)).map_or(0, |at| at as u64 + 1);
    let elders = state.sessions.iter().take_while(|(other, _)| *other < id).filter(|(_, o)| are_kin(state, o, s));
    let links = at(s.context) << 24 | at(s.link) << 16 | at(s.owner) << 8 | cached;
    let bits = u64::from(s.orphaned) << 5 | s.side.map_or(0, |side| side as u64 + 1) << 6 | u64::from(s.other_group) << 8;
    let bits = bits | u64::from(s.marked) | u64::from(s.identity.is_some()) << 1 | (s.origin as u64) << 2 | (s.version as u64) << 4;
    let color = mix(mix(counts, links), bits << 16 | u64::from(s.sid_ctx) << 8 | elders.count() as u64);
    let color = mix(mix(color, times(s.time, s.timeout)), u64::from(s.hint));
    mix(color, of_ticket(state, s.ticket))
}
