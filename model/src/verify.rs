//! Peers that are verified, and the session id context that keeps their sessions apart.

use crate::step::{Answer, Step, Stop};
use crate::wire::Telling;
use crate::{ConnId, CtxId, Effect, Misuse, Obligation, Outcome, Phase, SessId, Side, Undefined, Verify};

impl Step<'_> {
    pub(crate) fn set_verify(&mut self, id: CtxId, verify: Verify) -> Answer {
        // a client would have to trust somebody
        if self.held_context(id)?.side == Side::Client {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.context_mut(id)?.verify = verify;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_connection_session_id_context(&mut self, id: ConnId, sid_ctx: u8) -> Answer {
        if self.connection(id)?.phase == Phase::Hello {
            self.obliged(Obligation::SidCtxInTime, Misuse::LateSessionIdContext(id))?;
        }
        self.connection_mut(id)?.sid_ctx = sid_ctx;
        Ok(Outcome::Number(1))
    }

    /// Refuses a proposal to a server that verifies its peers and has no session id context.
    pub(crate) fn may_be_proposed_to(&self, server: ConnId, proposed: bool) -> Result<(), Stop> {
        if proposed && self.connection(server)?.lacks_session_id_context() {
            return self.obliged(Obligation::SidCtxVerifyPeer, Misuse::NoSessionIdContext(server));
        }
        self.may_take_certificate(server)
    }

    /// What the page warns of: a session that could be from anywhere is found, and the handshake fails.
    pub(crate) fn fail_unanchored(&mut self, server: ConnId, found: SessId) -> Result<bool, Stop> {
        self.note(Effect::Decided { connection: server, proposed: true, resumed: false, expired: false, foreign: false });
        self.give_back(found)?;
        self.fail(server, Telling::Peer)?;
        Ok(false)
    }
}
