//! Two libraries, one at each end: all clients are of the one, all servers of the other. Each runs as a [`Half`]; what their
//! connections write is brought across here, and what the two show is put together, so that whoever asks sees one implementation.
//!
//! Sessions are named in the order of birth at whichever end. Calls on objects of both ends cannot be made ([`Lack::AcrossEnds`]),
//! with few exceptions: a session of the one library is nothing to the other. What belongs to no end yet, an empty session, is a client's.

mod merge;
mod names;

use std::collections::BTreeMap;

use sessck_model::{Call, ConnId, CtxId, GetCallback, Side};

use self::merge::{Part, merged};
use self::names::Names;
use super::half::{Foretold, Half, Showing, Stroke, Struck, Wired};
use crate::implementation::{Identity, Implementation, Lack, Name, Observation, Returned, Trouble};
use crate::trace::call::Called;

/// What is between the names, versions and families of the two.
pub const BETWEEN: char = ':';
/// More turns than any handshake takes.
const MAX_TURNS: usize = 32;

/// A connection of the case.
struct End {
    side: Side,
    peer: Option<ConnId>,
    /// References that the application holds.
    references: u32,
}

/// Two libraries that talk to each other.
pub struct Pair {
    identity: Identity,
    client: Box<dyn Half>,
    server: Box<dyn Half>,
    contexts: BTreeMap<CtxId, Side>,
    connections: BTreeMap<ConnId, End>,
    names: Names,
    /// What is on its way to each side, and not brought yet.
    on_its_way: [Vec<Wired>; 2],
    /// Which side each stroke of the call that runs was made by, in order.
    strokes: Vec<Side>,
}

impl Pair {
    /// Clients of the one, servers of the other.
    #[must_use]
    pub fn new(client: Box<dyn Half>, server: Box<dyn Half>) -> Self {
        let identity = identity(client.identity(), server.identity());
        Self {
            identity,
            client,
            server,
            contexts: BTreeMap::new(),
            connections: BTreeMap::new(),
            names: Names::default(),
            on_its_way: Default::default(),
            strokes: Vec::new(),
        }
    }

    fn half(&mut self, side: Side) -> &mut dyn Half {
        match side {
            Side::Client => self.client.as_mut(),
            Side::Server => self.server.as_mut(),
        }
    }

    /// One stroke of one half. What it wrote is on its way from here on.
    fn strike(&mut self, side: Side, stroke: Stroke, showing: Showing) -> Result<Struck, Trouble> {
        let brought = std::mem::take(&mut self.on_its_way[side as usize]);
        let mut struck = self.half(side).strike(brought, stroke, showing)?;
        self.strokes.push(side);
        for Wired { connection: Name(from), bytes } in struck.wrote.drain(..) {
            let receiver = self.connections.get(&from).and_then(|end| end.peer);
            if let Some((to, end)) = receiver.and_then(|to| Some((to, self.connections.get(&to)?))) {
                self.on_its_way[end.side as usize].push(Wired { connection: Name(to), bytes });
            }
        }
        Ok(struck)
    }

    /// Strokes of which each half shows what came of it with its last.
    fn strike_all(&mut self, strokes: Vec<(Side, Stroke)>) -> Result<Observation, Trouble> {
        for (side, stroke) in strokes {
            self.strike(side, stroke, Showing::Later)?;
        }
        self.look(&[Side::Client, Side::Server])
    }

    /// What these sides show of the call that ran.
    fn look(&mut self, sides: &[Side]) -> Result<Observation, Trouble> {
        let made = std::mem::take(&mut self.strokes);
        let mut parts = Vec::new();
        for side in sides.iter().copied().filter(|side| made.contains(side)) {
            let struck = self.strike(side, Stroke::Nothing, Showing::Now)?;
            parts.extend(struck.showed.map(|shown| Part { side, shown }));
        }
        self.strokes.clear();
        merged(&mut self.names, &made, parts)
    }

    /// A call on objects of one side alone.
    fn on(&mut self, side: Side, call: &Call) -> Result<Observation, Trouble> {
        let call = self.names.to_half(side, call)?;
        let struck = self.strike(side, Stroke::Call(Called(call)), Showing::Now)?;
        let made = std::mem::take(&mut self.strokes);
        merged(&mut self.names, &made, struck.showed.map(|shown| Part { side, shown }).into_iter().collect())
    }

    /// The side that a call is for; `None` where its objects are of both.
    fn side_of(&self, call: &Call) -> Result<Option<Side>, Trouble> {
        let named = call.named();
        let made = match *call {
            Call::ConnectionNew(c, _) | Call::ConnectionDup(c, _) => Some(c),
            _ => None,
        };
        let unknown = |what: &dyn std::fmt::Display| Trouble::Harness(format!("there is no {what}"));
        let mut sides = Vec::new();
        for x in named.contexts.into_iter().flatten() {
            sides.push(*self.contexts.get(&x).ok_or_else(|| unknown(&x))?);
        }
        for c in named.connections.into_iter().flatten().filter(|c| Some(*c) != made) {
            sides.push(self.connections.get(&c).ok_or_else(|| unknown(&c))?.side);
        }
        for s in named.sessions.into_iter().flatten() {
            sides.push(self.names.side_of(s).ok_or_else(|| unknown(&s))?);
        }
        let first = sides.first().copied().unwrap_or(Side::Client);
        Ok(sides.iter().all(|side| *side == first).then_some(first))
    }

    fn ends(&self, client: ConnId) -> Vec<(Side, ConnId)> {
        let peer = self.connections.get(&client).and_then(|end| end.peer);
        let side = |id: ConnId| self.connections.get(&id).map(|end| (end.side, id));
        [Some(client), peer].into_iter().flatten().filter_map(side).collect()
    }

    /// What the two ends of a client are to be expected to do, where it matters: some half lacks this.
    fn foretell(&mut self, client: ConnId, lack: Lack) -> Result<Option<[Foretold; 2]>, Trouble> {
        let server = self.connections.get(&client).and_then(|end| end.peer);
        let Some(server) = server.filter(|_| self.identity.lacks.contains(&lack)) else { return Ok(None) };
        Ok(Some([self.client.foretell(client)?, self.server.foretell(server)?]))
    }

    fn hello(&mut self, client: ConnId) -> Result<Observation, Trouble> {
        if let Some([client, server]) = self.foretell(client, Lack::IdAfterTicket)?
            && client.presents_ticket
            && server.goes_by_id
        {
            return Err(Trouble::Cannot(Lack::IdAfterTicket));
        }
        let ends = self.ends(client);
        self.strike_all(ends.into_iter().map(|(side, id)| (side, Stroke::Hello(Name(id)))).collect())
    }

    fn complete(&mut self, client: ConnId) -> Result<Observation, Trouble> {
        if let Some([client, server]) = self.foretell(client, Lack::WithdrawnProposal)?
            && client.may_withdraw
            && server.waits
        {
            return Err(Trouble::Cannot(Lack::WithdrawnProposal));
        }
        let ends = self.ends(client);
        for _ in 0..MAX_TURNS {
            let mut moved = false;
            for (side, id) in ends.iter().copied() {
                moved |= self.strike(side, Stroke::Go(Name(id)), Showing::Later)?.moved;
            }
            if !moved {
                break;
            }
        }
        self.look(&[Side::Client, Side::Server])
    }

    fn part(&mut self, id: ConnId) {
        let peer = self.connections.get_mut(&id).and_then(|end| end.peer.take());
        if let Some(peer) = peer.and_then(|peer| self.connections.get_mut(&peer)) {
            peer.peer = None;
        }
    }

    fn join(&mut self, client: ConnId, server: ConnId) -> Result<Observation, Trouble> {
        self.part(client);
        self.part(server);
        let saw = self.strike_all(vec![(Side::Client, Stroke::Plug(Name(client))), (Side::Server, Stroke::Plug(Name(server)))])?;
        for (id, peer) in [(client, server), (server, client)] {
            if let Some(end) = self.connections.get_mut(&id) {
                end.peer = Some(peer);
            }
        }
        Ok(saw)
    }

    /// What a call that was made did to the objects that there are.
    fn note(&mut self, call: &Call, side: Side, saw: &Observation) {
        match *call {
            Call::ConnectionNew(c, _) => _ = self.connections.insert(c, End { side, peer: None, references: 1 }),
            Call::ConnectionDup(_, of) if saw.returned == Returned::Number(0) => self.refer(of, 1),
            Call::ConnectionDup(new, _) => _ = self.connections.insert(new, End { side, peer: None, references: 1 }),
            Call::ConnectionUpRef(c) => self.refer(c, 1),
            Call::ConnectionFree(c) => self.refer(c, -1),
            Call::Clear(c) => self.part(c),
            _ => {}
        }
    }

    fn refer(&mut self, id: ConnId, more: i32) {
        let Some(end) = self.connections.get_mut(&id) else { return };
        end.references = end.references.saturating_add_signed(more);
        if end.references == 0 {
            self.part(id);
        }
    }
}

/// Who the two are together.
#[must_use]
pub fn identity(client: &Identity, server: &Identity) -> Identity {
    let both = |client: &str, server: &str| format!("{client}{BETWEEN}{server}");
    let mut lacks: Vec<Lack> = client.lacks.iter().chain(&server.lacks).copied().collect();
    lacks.extend([Lack::AcrossEnds, Lack::AllocationFaults, Lack::TransportFaults]);
    lacks.sort_unstable();
    lacks.dedup();
    Identity {
        name: both(&client.name, &server.name),
        version: both(&client.version, &server.version),
        family: both(&client.family, &server.family),
        lacks,
    }
}

impl Implementation for Pair {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn reset(&mut self) -> Result<(), Trouble> {
        self.contexts.clear();
        self.connections.clear();
        self.names = Names::default();
        self.on_its_way = Default::default();
        self.strokes.clear();
        self.client.begin(Side::Client)?;
        self.server.begin(Side::Server)
    }

    fn perform(&mut self, call: &Call) -> Result<Observation, Trouble> {
        self.strokes.clear();
        match *call {
            Call::ContextNew(x, side, _) => {
                _ = self.contexts.insert(x, side);
                self.on(side, call)
            }
            Call::Join(client, server) => self.join(client, server),
            Call::Hello(client) => self.hello(client),
            Call::Complete(client) => self.complete(client),
            Call::Cut(c) => {
                let ends = self.ends(c);
                self.strike_all(ends.into_iter().map(|(side, id)| (side, Stroke::Call(Called(Call::Cut(id))))).collect())
            }
            Call::Advance(_) => self.strike_all([Side::Client, Side::Server].map(|side| (side, Stroke::Call(Called(*call)))).into()),
            // the other end has to go along
            Call::Renegotiate(_) | Call::RenegotiateAbbreviated(_) if self.identity.lacks.contains(&Lack::Renegotiation) => {
                Err(Trouble::Cannot(Lack::Renegotiation))
            }
            // any session may be one of the other end
            Call::SetGetCallback(_, GetCallback::Any) => Err(Trouble::Cannot(Lack::AcrossEnds)),
            _ => {
                let side = self.side_of(call)?.ok_or(Trouble::Cannot(Lack::AcrossEnds))?;
                let saw = self.on(side, call)?;
                self.note(call, side, &saw);
                Ok(saw)
            }
        }
    }
}
