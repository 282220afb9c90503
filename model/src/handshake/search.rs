//! What a server does with a proposal: it opens the ticket or looks the identity up, and takes or refuses what it finds.

use super::Hearing;
use crate::step::{Step, Stop};
use crate::ticket_callbacks::Presented;
use crate::wire::Telling;
use crate::{ConnId, Counter, CtxId, Deviation, Effect, Groups, Proposal, Removal, Renewal, SessId, Undefined, Version};

/// What a server found for a proposal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) session: SessId,
    pub(super) looked_up: bool,
    /// It is not the session that was proposed.
    pub(super) stranger: bool,
}

/// What a search for a proposal came to.
pub(super) enum Search {
    Found(Found),
    Nothing,
    /// A callback ended the handshake.
    Failed,
}

impl Step<'_> {
    /// Opens the ticket or looks the identity up. What is found comes with a reference taken.
    pub(super) fn find(&mut self, id: ConnId, version: Version, proposal: Option<Proposal>, hearing: Hearing) -> Result<Search, Stop> {
        self.renew(id, Renewal::Preset)?;
        if hearing == Hearing::Deaf {
            return Ok(Search::Nothing);
        }
        // latitude: what a cleared server has kept goes when the next handshake begins, or when that is decided
        if self.choice.kept_let_go && hearing != Hearing::Repeated && !self.deviates(Deviation::ClearedServerStuck) {
            self.replace_session(id, None)?;
        }
        if self.connection(id)?.again {
            self.connection_mut(id)?.reused = false;
        }
        let opens = match version {
            Version::Tls12 => self.gives_stateless(id)?,
            Version::Tls13 => !self.is_stateful(id)?,
        };
        if !opens {
            return match proposal {
                Some(Proposal { ticket: Some(_), .. }) if version == Version::Tls13 => Ok(Search::Nothing),
                Some(proposal) => self.look_up(id, version, proposal),
                None => Ok(Search::Nothing),
            };
        }
        // up to TLS 1.2 an empty ticket is presented where there is none
        let presented = match (version, proposal) {
            (Version::Tls12, proposal) => proposal.filter(|p| p.ticket.is_some()),
            (Version::Tls13, Some(proposal)) => Some(proposal),
            (Version::Tls13, None) => return Ok(Search::Nothing),
        };
        match (self.present(id, version, presented)?, proposal) {
            (Presented::Opened(session), _) => Ok(Search::Found(Found { session, looked_up: false, stranger: false })),
            (Presented::PassedOver, Some(proposal)) if version == Version::Tls12 => self.look_up_besides(id, proposal),
            (Presented::PassedOver | Presented::Useless, _) => Ok(Search::Nothing),
            (Presented::Failed, _) => Ok(Search::Failed),
        }
    }

    /// A session by id on a server that gives tickets.
    fn look_up_besides(&mut self, id: ConnId, proposal: Proposal) -> Result<Search, Stop> {
        let search = self.look_up(id, Version::Tls12, proposal)?;
        if matches!(search, Search::Found(_)) && self.connection(id)?.renewal == Renewal::Preset {
            // whether that renews it as a ticket is another matter
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        Ok(search)
    }

    fn look_up(&mut self, id: ConnId, version: Version, proposal: Proposal) -> Result<Search, Stop> {
        let found = self.lookup(id, proposal.identity)?;
        let found = match self.unmarked(id, found)? {
            Some(session) => {
                // no page says what becomes of a session that is resumed with another group
                if version == Version::Tls13 && self.session(session)?.other_group != (self.connection(id)?.groups == Groups::Other) {
                    return Err(Stop::Undefined(Undefined::UnfitSession));
                }
                let stranger = self.is_stranger(session, proposal.identity, proposal.real)?;
                Some(Found { session, looked_up: true, stranger })
            }
            None => None,
        };
        let found = if version == Version::Tls13 { self.single_use(id, found)? } else { found };
        Ok(found.map_or(Search::Nothing, Search::Found))
    }

    /// Anti-replay: what is proposed leaves the cache, and what was not there is not resumed.
    fn single_use(&mut self, id: ConnId, found: Option<Found>) -> Result<Option<Found>, Stop> {
        let connection = self.connection(id)?;
        let context = connection.context;
        let guarded = self.is_guarded(connection) && !self.deviates(Deviation::AntiReplayKeeps);
        let Some(Found { session, .. }) = found else { return Ok(None) };
        if !guarded || self.retire(context, session, Removal::SingleUse)? {
            return Ok(found);
        }
        self.give_back(session)?;
        Ok(None)
    }

    /// Takes or refuses what was found. Says whether the server resumes.
    pub(super) fn decide(&mut self, id: ConnId, proposed: bool, found: Option<Found>, hearing: Hearing) -> Result<bool, Stop> {
        let Some(Found { session, looked_up, stranger }) = found else {
            self.note_decision(id, proposed, hearing);
            return Ok(false);
        };
        let connection = self.connection(id)?;
        let context = connection.context;
        let candidate = self.session(session)?;
        let foreign = candidate.sid_ctx != connection.sid_ctx;
        let expired = candidate.is_expired(self.state.now);
        let fits = (!foreign || self.deviates(Deviation::SidCtxIgnored)) && (!expired || self.deviates(Deviation::ServerIgnoresExpiry));
        let dead = self.fails_at_once(id, stranger)?;
        // latitude: what is not the session proposed is passed over, or tried to the bitter end
        let tried = !dead && (!stranger || self.choice.stranger_fatal);
        let resumed = fits && tried && !self.is_of_another_version(id, session)?;
        if !foreign && connection.lacks_session_id_context() {
            return self.fail_unanchored(id, session);
        }
        self.note(if hearing == Hearing::First {
            Effect::Tried { connection: id, resumed, expired }
        } else {
            Effect::Decided { connection: id, proposed, resumed, expired, foreign }
        });
        if dead {
            self.give_back(session)?;
            self.fail(id, Telling::Peer)?;
            return Ok(false);
        }
        if expired && !resumed {
            if looked_up && !foreign {
                self.count(context, Counter::Timeouts)?;
            } else {
                self.count_in_doubt(context, Counter::Timeouts)?;
            }
        }
        if resumed || (expired && self.deviates(Deviation::ExpiredCountsAsHit)) {
            self.count(context, Counter::Hits)?;
        }
        if resumed {
            self.used(context, session)?;
            if candidate_is_marked(self, session) && self.deviates(Deviation::MarkedLosesIdentity) {
                self.session_mut(session)?.identity = None;
            }
            self.replace_session(id, Some(session))?;
            return Ok(true);
        }
        self.turn_down(id, context, session, looked_up)?;
        Ok(false)
    }

    /// Nothing was found.
    fn note_decision(&mut self, id: ConnId, proposed: bool, hearing: Hearing) {
        let (resumed, expired) = (false, false);
        self.note(match hearing {
            Hearing::First => Effect::Tried { connection: id, resumed, expired },
            Hearing::Deaf => Effect::Decided { connection: id, proposed: false, resumed, expired, foreign: false },
            Hearing::Only | Hearing::Repeated => Effect::Decided { connection: id, proposed, resumed, expired, foreign: false },
        });
    }

    /// What was found is not resumed: its reference goes back.
    pub(crate) fn turn_down(&mut self, id: ConnId, context: CtxId, session: SessId, looked_up: bool) -> Result<(), Stop> {
        // latitude: a server may take it out of its cache on this occasion
        if looked_up && self.choice.misfit_dropped {
            self.retire(context, session, Removal::Misfit)?;
        }
        self.give_back(session)?;
        if !looked_up {
            // what a callback said was about the ticket, which is not used
            self.renew(id, Renewal::Preset)?;
        }
        if self.deviates(Deviation::MisfitIsFatal) { self.fail(id, Telling::Peer) } else { Ok(()) }
    }
}

fn candidate_is_marked(step: &Step<'_>, session: SessId) -> bool {
    step.session(session).is_ok_and(|s| s.marked)
}
