//! The callbacks that have a say in tickets: where one is made, and where a client presents one.

use crate::step::{Answer, Step, Stop};
use crate::wire::Telling;
use crate::{
    ConnId, CtxId, DecryptAnswer, Deviation, Effect, GenerateAnswer, Hook, Misuse, Obligation, OpenAnswer, Origin, Outcome, Proposal,
    Renewal, SealAnswer, Sealer, SessId, Session, Side, Ticket, Version,
};

/// What came of asking for a ticket to be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sealing {
    /// It can be sent.
    Sealed(Sealer),
    /// There are no keys for one.
    NoKeys,
    /// A callback ended the connection.
    Failed,
}

/// What came of what a client presented.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Presented {
    /// A ticket was opened and is to be used. The session comes with a reference taken.
    Opened(SessId),
    /// A ticket that is of no use.
    Useless,
    /// No ticket, or one that is passed over: a session id may do instead.
    PassedOver,
    /// A callback ended the handshake.
    Failed,
}

/// Whether the keys of a ticket were found, and whether it is to be renewed.
enum Keys {
    Found(Renewal),
    Missing,
    Failed,
}

impl Step<'_> {
    pub(crate) fn set_ticket_key_callback(&mut self, id: CtxId, sealing: SealAnswer, opening: OpenAnswer) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.ticket_key = Some((sealing, opening));
        Ok(Outcome::Done)
    }

    pub(crate) fn set_ticket_callbacks(&mut self, id: CtxId, generate: Option<GenerateAnswer>, decrypt: Option<DecryptAnswer>) -> Answer {
        self.held_context(id)?;
        let context = self.context_mut(id)?;
        context.ticket_generate = generate;
        context.ticket_decrypt = decrypt;
        Ok(Outcome::Done)
    }

    fn hooked(&mut self, hook: Hook, connection: ConnId, answer: i8) {
        self.note(Effect::Hook { hook, connection, answer });
    }

    /// Runs the callbacks by which a ticket for this session is made.
    pub(crate) fn sealing(&mut self, id: ConnId, session: SessId, stateless: bool) -> Result<Sealing, Stop> {
        let context = self.connection(id)?.context;
        let settings = self.context(context)?;
        let (generate, keys) = (settings.ticket_generate, settings.ticket_key.filter(|_| stateless));
        if let Some(answer) = generate {
            self.hooked(Hook::TicketGenerate, id, answer.value());
            if answer == GenerateAnswer::Stop && !self.deviates(Deviation::GenerateStopIgnored) {
                return Ok(Sealing::Failed);
            }
            if answer == GenerateAnswer::Expire {
                let session = self.session_mut(session)?;
                session.timeout = 0;
                session.untimed = false;
                session.list_again();
            }
        }
        // divergence: a timeout of 0 is left out of what is sealed and read back as 3, and the two lengths are compared
        if stateless && self.session(session)?.timeout == 0 && self.deviates(Deviation::TimelessTicketFatal) {
            return Ok(Sealing::Failed);
        }
        let Some((answer, _)) = keys else { return Ok(Sealing::Sealed(Sealer::Library)) };
        if !self.deviates(Deviation::TicketKeyNotAsked) {
            self.hooked(Hook::TicketKeyEncrypt, id, answer.value());
        }
        Ok(match answer {
            SealAnswer::Use => Sealing::Sealed(Sealer::Application),
            SealAnswer::None => Sealing::NoKeys,
            SealAnswer::Fail if self.deviates(Deviation::TicketKeyFailureIgnored) => Sealing::NoKeys,
            SealAnswer::Fail => Sealing::Failed,
        })
    }

    /// What a client presented, of which nothing where it presented no ticket: the callbacks are asked, and say whether a new one follows.
    pub(crate) fn present(&mut self, id: ConnId, version: Version, presented: Option<Proposal>) -> Result<Presented, Stop> {
        let Some(presented) = presented else { return self.judged(id, version, true, None, Renewal::Preset) };
        match (self.keys_of(id, presented.ticket)?, presented.ticket) {
            (Keys::Failed, _) => {
                self.fail(id, Telling::Peer)?;
                Ok(Presented::Failed)
            }
            (Keys::Found(renewal), Some(ticket)) => {
                let session = self.redeem(id, version, presented, ticket)?;
                self.judged(id, version, false, Some(session), renewal)
            }
            (Keys::Found(_), None) | (Keys::Missing, _) => self.judged(id, version, false, None, Renewal::Preset),
        }
    }

    /// Asks the key callback for the keys of a ticket; where there is none the library has its own.
    fn keys_of(&mut self, id: ConnId, ticket: Option<Ticket>) -> Result<Keys, Stop> {
        let context = self.connection(id)?.context;
        let sealer = ticket.filter(|t| t.keys == Some(context)).map(|t| t.sealer);
        let Some((_, answer)) = self.context(context)?.ticket_key else {
            return Ok(if sealer == Some(Sealer::Library) { Keys::Found(Renewal::Preset) } else { Keys::Missing });
        };
        let answer = match answer {
            OpenAnswer::Use | OpenAnswer::Renew if sealer != Some(Sealer::Application) => OpenAnswer::Cannot,
            OpenAnswer::Use | OpenAnswer::Renew | OpenAnswer::Cannot | OpenAnswer::Fail => answer,
        };
        if !self.deviates(Deviation::TicketKeyNotAsked) {
            self.hooked(Hook::TicketKeyDecrypt, id, answer.value());
        }
        Ok(match answer {
            OpenAnswer::Use if self.deviates(Deviation::TicketUseRenews) => Keys::Found(Renewal::Due),
            OpenAnswer::Use => Keys::Found(Renewal::Spared),
            OpenAnswer::Renew if self.deviates(Deviation::TicketRenewalForgotten) => Keys::Found(Renewal::Spared),
            OpenAnswer::Renew => Keys::Found(Renewal::Due),
            OpenAnswer::Cannot if self.deviates(Deviation::TicketKeyMissingFatal) => Keys::Failed,
            OpenAnswer::Fail if self.deviates(Deviation::TicketKeyFailureIgnored) => Keys::Missing,
            OpenAnswer::Cannot => Keys::Missing,
            OpenAnswer::Fail => Keys::Failed,
        })
    }

    /// The session that was in a ticket.
    fn redeem(&mut self, id: ConnId, version: Version, proposal: Proposal, ticket: Ticket) -> Result<SessId, Stop> {
        let mut session = Session::fresh(Origin::Handshake, version, ticket.time);
        session.context = Some(self.connection(id)?.context);
        session.side = Some(Side::Server);
        session.timeout = ticket.timeout;
        session.untimed = ticket.untimed;
        session.other_group = version == Version::Tls13 && self.connection(id)?.groups == crate::Groups::Other;
        session.sid_ctx = ticket.sid_ctx;
        session.identity = Some(proposal.identity);
        session.own = Some(proposal.real).filter(|real| *real != proposal.identity);
        Ok(self.born(session))
    }

    /// Asks the decrypt callback what to do with what was opened.
    fn judged(&mut self, id: ConnId, version: Version, empty: bool, opened: Option<SessId>, renewal: Renewal) -> Result<Presented, Stop> {
        let context = self.connection(id)?.context;
        let unasked = match (empty, opened) {
            (true, _) => Presented::PassedOver,
            (false, Some(session)) => Presented::Opened(session),
            (false, None) => Presented::Useless,
        };
        let Some(answer) = self.context(context)?.ticket_decrypt else {
            self.renew(id, renewal)?;
            return Ok(unasked);
        };
        let answer = answer.wise(opened.is_some());
        if answer == DecryptAnswer::UseBlindly {
            return self.used_unopened(id);
        }
        self.hooked(Hook::TicketDecrypt, id, answer.value());
        self.answered(id, version, answer, unasked)
    }

    /// Carries out what the decrypt callback answered.
    fn answered(&mut self, id: ConnId, version: Version, answer: DecryptAnswer, unasked: Presented) -> Result<Presented, Stop> {
        let uses = matches!(answer, DecryptAnswer::Use | DecryptAnswer::UseRenew);
        let spares = matches!(answer, DecryptAnswer::Use | DecryptAnswer::Ignore) && !self.deviates(Deviation::TicketUseRenews);
        let forgets = self.deviates(Deviation::TicketRenewalForgotten);
        self.renew(id, if spares || forgets { Renewal::Spared } else { Renewal::Due })?;
        let ignored = answer == DecryptAnswer::IgnoreRenew && self.deviates(Deviation::TicketIgnoreUses);
        if let (Presented::Opened(session), false) = (unasked, uses || ignored) {
            // divergence: what was opened is forgotten where the callback aborts a TLS 1.3 handshake
            let leaks = answer == DecryptAnswer::Abort && version == Version::Tls13 && self.deviates(Deviation::TicketAbortLeaks);
            if !leaks {
                self.give_back(session)?;
            }
        }
        match answer {
            DecryptAnswer::Abort if self.deviates(Deviation::TicketAbortIgnored) => Ok(Presented::Useless),
            DecryptAnswer::Abort => {
                self.fail(id, Telling::Peer)?;
                Ok(Presented::Failed)
            }
            DecryptAnswer::Ignore => Ok(Presented::PassedOver),
            DecryptAnswer::IgnoreRenew if ignored => Ok(unasked),
            DecryptAnswer::IgnoreRenew => Ok(if unasked == Presented::PassedOver { unasked } else { Presented::Useless }),
            DecryptAnswer::Use | DecryptAnswer::UseRenew | DecryptAnswer::UseBlindly => Ok(unasked),
        }
    }

    /// A ticket that could not be opened is to be used: a trusting library finds itself without a session and cannot go on.
    fn used_unopened(&mut self, id: ConnId) -> Result<Presented, Stop> {
        self.obliged(Obligation::TicketUse, Misuse::UnopenedTicketUsed(id))?;
        self.hooked(Hook::TicketDecrypt, id, DecryptAnswer::UseBlindly.value());
        self.note(Effect::Decided { connection: id, proposed: true, resumed: false, expired: false, foreign: false });
        self.fail(id, Telling::Peer)?;
        Ok(Presented::Failed)
    }

    /// Notes whether a new ticket follows.
    pub(crate) fn renew(&mut self, id: ConnId, renewal: Renewal) -> Result<(), Stop> {
        if self.connection(id)?.renewal != renewal {
            self.connection_mut(id)?.renewal = renewal;
        }
        Ok(())
    }
}
