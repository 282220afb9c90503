//! What clauses look at where callbacks have a say in tickets.

use crate::{Call, ConnId, Effect, Hook, Renewal, SessId, Transition, Version};

impl Transition<'_> {
    /// What a callback answered, each time it ran, and on which connection. Left out is what was said of tickets where a server asked for
    /// another ClientHello, or read it: what comes of that shows in another step, or together with what comes later.
    pub fn answers(&self, wanted: Hook) -> impl Iterator<Item = (ConnId, i8)> + '_ {
        let opens = matches!(wanted, Hook::TicketKeyDecrypt | Hook::TicketDecrypt);
        self.runs(wanted).filter(move |(connection, _)| !(opens && self.retries(*connection)))
    }

    /// Whether a server decided on a proposal and asked for another ClientHello, or read that.
    #[must_use]
    pub fn retries(&self, server: ConnId) -> bool {
        let completes = matches!(self.call(), Call::Complete(_));
        self.effects().iter().any(|e| match *e {
            Effect::Tried { connection, .. } => connection == server,
            Effect::Decided { connection, .. } => connection == server && completes,
            _ => false,
        })
    }

    /// Whether a callback ended a handshake where its server read a ClientHello.
    #[must_use]
    pub fn is_ended_at_hello(&self) -> bool {
        self.effects().iter().any(|e| match *e {
            Effect::Hook { hook: Hook::ServerName, answer, .. } => answer == 2,
            Effect::Hook { hook: Hook::TicketDecrypt, answer, .. } => answer == 0,
            Effect::Hook { hook: Hook::TicketKeyDecrypt, answer, .. } => answer < 0,
            _ => false,
        })
    }

    fn runs(&self, wanted: Hook) -> impl Iterator<Item = (ConnId, i8)> + '_ {
        self.effects().iter().filter_map(move |e| match *e {
            Effect::Hook { hook, connection, answer } if hook == wanted => Some((connection, answer)),
            _ => None,
        })
    }

    /// Whether a callback ran on a connection, with this answer if one is named.
    #[must_use]
    pub fn ran(&self, hook: Hook, connection: ConnId, answer: Option<i8>) -> bool {
        self.runs(hook).any(|(on, gave)| on == connection && answer.is_none_or(|answer| answer == gave))
    }

    /// How often a callback ran on a connection with this answer.
    #[must_use]
    pub fn times(&self, hook: Hook, connection: ConnId, answer: i8) -> usize {
        self.runs(hook).filter(|ran| *ran == (connection, answer)).count()
    }

    /// Whether a connection failed in this step.
    #[must_use]
    pub fn failed(&self, connection: ConnId) -> bool {
        self.effects().contains(&Effect::Fatal(connection))
    }

    /// What a server made of the ticket that was presented to it, if it got so far.
    #[must_use]
    pub fn verdict(&self, server: ConnId) -> Option<Verdict> {
        self.effects().iter().find_map(|e| match *e {
            Effect::Decided { connection, resumed, expired, foreign, .. } if connection == server => {
                let by_id =
                    self.effects().iter().any(|e| matches!(e, Effect::Lookup { connection, found: Some(_), .. } if *connection == server));
                Some(if resumed && !by_id {
                    Verdict::Used
                } else if !by_id && (expired || foreign) {
                    Verdict::Unfit
                } else {
                    Verdict::NotUsed
                })
            }
            _ => None,
        })
    }

    /// Whether a new ticket follows the ticket that a server has just used: in TLS 1.2 with its answer, in TLS 1.3 after the handshake.
    #[must_use]
    pub fn is_renewed(&self, server: ConnId) -> bool {
        let made = self.ran(Hook::TicketKeyEncrypt, server, None) || self.ran(Hook::TicketGenerate, server, None);
        let due = self.connection(server).is_some_and(|c| c.renewal == Renewal::Due);
        made || due || self.offers_ticket(server)
    }

    /// Whether a TLS 1.2 server's answer that is on its way to the client brings a ticket.
    fn offers_ticket(&self, server: ConnId) -> bool {
        let peer = self.connection(server).and_then(|c| c.peer).and_then(|p| self.connection(p));
        peer.is_some_and(|c| c.inbox.iter().any(|item| matches!(item, crate::Item::Flight(f) if f.offer.is_some())))
    }

    /// Whether a session was established in this step.
    #[must_use]
    pub fn is_established(&self, connection: ConnId, session: SessId) -> bool {
        self.effects().contains(&Effect::Established { connection, session })
    }

    /// The version of a connection's context.
    #[must_use]
    pub fn version(&self, connection: ConnId) -> Option<Version> {
        self.context_of(connection).map(|x| x.version)
    }
}

/// What became of a ticket that was presented.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The server resumes the session that was in it.
    Used,
    /// It was opened, but what was in it is expired or belongs to another session id context.
    Unfit,
    /// The handshake is full, or a session id did.
    NotUsed,
}
