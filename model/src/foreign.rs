//! One end alone: a connection whose peer is not ours. What that peer does stands in the calls, and only this end's sessions are modelled:
//! what judging a program's half of a connection needs.

use crate::handshake::Hearing;
use crate::step::{Answer, Step, Stop};
use crate::{
    ConnId, Connection, Flight, Foreign, Ident, Item, Offer, Outcome, Phase, Proposal, Sealer, SessId, Side, Ticket, Tickets, Undefined,
    Version, Wire,
};

impl Step<'_> {
    /// A transport to a peer that is not ours.
    pub(crate) fn join_foreign(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Idle || connection.wire != Wire::None {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let connection = self.connection_mut(id)?;
        connection.wire = Wire::Whole;
        connection.foreign = true;
        Ok(Outcome::Done)
    }

    /// A client's hello to a server that is not ours.
    pub(crate) fn hello_abroad(&mut self, client: ConnId) -> Answer {
        let connection = self.connection(client)?;
        let client_side = self.context(connection.context)?.side == Side::Client;
        let ready = connection.phase == Phase::Idle && connection.wire == Wire::Whole && connection.inbox.is_empty();
        if !client_side || !ready {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.client_hello(client)?;
        Ok(Outcome::Done)
    }

    fn foreign(&self, id: ConnId, side: Side) -> Result<(&Connection, Version), Stop> {
        let connection = self.connection(id)?;
        let context = self.context(connection.context)?;
        let heard = connection.foreign && connection.wire == Wire::Whole && !connection.shutdown.received;
        if !heard || context.side != side {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        Ok((connection, context.version))
    }

    /// A client that is not ours says hello to this server, and proposes what one of the server's sessions is named by, or nothing.
    pub(crate) fn foreign_hello(&mut self, id: ConnId, session: Option<SessId>) -> Answer {
        let (connection, version) = self.foreign(id, Side::Server)?;
        if connection.phase != Phase::Idle || !connection.inbox.is_empty() {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let proposal = match session {
            Some(session) => Some(self.foreign_proposal(id, version, session)?),
            None => None,
        };
        self.count_start(id)?;
        self.server_hello(id, version, proposal, Hearing::Only)?;
        Ok(Outcome::Done)
    }

    /// What a client was given for a session of this server: its id, or a ticket.
    fn foreign_proposal(&mut self, id: ConnId, version: Version, session: SessId) -> Result<Proposal, Stop> {
        let connection = self.connection(id)?;
        let (context, tickets) = (connection.context, connection.tickets);
        let stateless = match version {
            Version::Tls12 => tickets == Tickets::Stateless,
            Version::Tls13 => !connection.is_stateful(),
        };
        // it came from whoever seals here now
        let asked = self.context(context)?.ticket_key.is_some();
        let sealer = if asked { Sealer::Application } else { Sealer::Library };
        let session = self.session(session)?;
        let ours = session.context == Some(context) && session.side == Some(Side::Server) && session.version == version;
        if !ours || (!stateless && session.identity.is_none()) {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        let sealed = Ticket {
            keys: Some(context),
            time: session.time,
            timeout: session.timeout,
            untimed: session.untimed,
            sid_ctx: session.sid_ctx,
            sealer,
        };
        let (identity, real) = (session.identity, session.real());
        let identity = match identity {
            Some(identity) => identity,
            None => self.fresh_identity(),
        };
        Ok(Proposal { identity, real: real.unwrap_or(identity), ticket: stateless.then_some(sealed) })
    }

    /// The peer that is not ours sends something.
    pub(crate) fn foreign_sends(&mut self, id: ConnId, what: Foreign) -> Answer {
        let side = {
            let context = self.connection(id)?.context;
            self.context(context)?.side
        };
        let (connection, version) = self.foreign(id, side)?;
        let settled = !connection.inbox.iter().any(|item| !matches!(item, Item::Ticket(_)));
        let (phase, awaits, proposed) = (connection.phase, connection.awaits, connection.proposed);
        let answers = side == Side::Client && phase == Phase::Hello && settled && awaits == if version == Version::Tls12 { 2 } else { 1 };
        let last = phase == Phase::Hello && settled && awaits == 1 && (side == Side::Server || version == Version::Tls12);
        let fits = match what {
            Foreign::Resumes => answers && proposed,
            Foreign::Declines => answers,
            Foreign::Names => answers && version == Version::Tls12,
            Foreign::Finishes => last,
            Foreign::GivesTicket => last && side == Side::Client,
            Foreign::Shuts => phase == Phase::Open && settled,
            Foreign::Fails => matches!(phase, Phase::Hello | Phase::Open) && settled,
        };
        if !fits {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let item = match what {
            Foreign::Resumes => Item::Flight(Flight { resumed: true, ..Flight::default() }),
            Foreign::Declines | Foreign::Finishes => Item::Flight(Flight::default()),
            Foreign::Names => Item::Flight(Flight { identity: Some(self.fresh_identity()), ..Flight::default() }),
            Foreign::GivesTicket => Item::Flight(Flight { offer: Some(self.foreign_offer(u32::MAX)), ..Flight::default() }),
            Foreign::Shuts => Item::CloseNotify,
            Foreign::Fails => Item::Alert,
        };
        self.connection_mut(id)?.inbox.push(item);
        Ok(Outcome::Done)
    }

    /// The server that is not ours sends this client a TLS 1.3 ticket, at any time after the handshake.
    pub(crate) fn foreign_ticket(&mut self, id: ConnId, hint_s: u32) -> Answer {
        let (connection, version) = self.foreign(id, Side::Client)?;
        let settled = !connection.inbox.iter().any(|item| !matches!(item, Item::Ticket(_)));
        if version != Version::Tls13 || connection.phase != Phase::Open || !settled {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let offer = self.foreign_offer(hint_s);
        self.connection_mut(id)?.inbox.push(Item::Ticket(offer));
        Ok(Outcome::Done)
    }

    /// A ticket that nobody here can look into.
    fn foreign_offer(&mut self, hint_s: u32) -> Offer {
        let identity: Ident = self.fresh_identity();
        Offer { identity, hint: hint_s, asked: false, untimed: false, inside: None }
    }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X0, X1};
    use crate::{Call, Foreign, Outcome, Phase, Undefined, Version};

    fn client(version: Version) -> Story {
        let story = Story::page().contexts(version).call(Call::ConnectionNew(C0, X0)).call(Call::JoinForeign(C0));
        story.call(Call::Hello(C0))
    }

    #[test]
    fn a_ticket_long_after_the_handshake() {
        let story = client(Version::Tls13).call(Call::ForeignSends(C0, Foreign::Declines)).call(Call::Complete(C0));
        let early = story.session_of(C0);
        let story = story.call(Call::Advance(50)).call(Call::ForeignTicket(C0, 300)).call(Call::Read(C0));
        assert_ne!(story.session_of(C0), early);
        assert!(story.state.sessions.get(story.session_of(C0)).is_some_and(crate::Session::is_resumable));
    }

    #[test]
    fn nothing_is_resumed_that_was_not_proposed() {
        let story = client(Version::Tls12).call(Call::ForeignSends(C0, Foreign::Resumes));
        assert_eq!(story.outcome, Outcome::Undefined(Undefined::WrongPhase));
    }

    #[test]
    fn a_server_resumes_what_a_strange_client_proposes() {
        let story = Story::page().contexts(Version::Tls13).call(Call::SetOption(X1, crate::Opt::NoTicket));
        let story = story.call(Call::ConnectionNew(C1, X1)).call(Call::JoinForeign(C1)).call(Call::ForeignHello(C1, None));
        let story = story.call(Call::ForeignSends(C1, Foreign::Finishes)).call(Call::Complete(C1)).call(Call::Get1(C1));
        let session = story.session_of(C1);
        let story =
            story.call(Call::Shutdown(C1)).call(Call::Clear(C1)).call(Call::JoinForeign(C1)).call(Call::ForeignHello(C1, Some(session)));
        assert!(story.state.connections.get(C1).is_some_and(|c| c.reused && c.phase == Phase::Hello));
    }
}
