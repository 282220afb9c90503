//! Post-handshake authentication in TLS 1.3: a server asks for a certificate once the connection is open, and issues tickets anew.

use crate::step::{Answer, Step, Stop};
use crate::{ConnId, Deviation, Groups, Item, Outcome, Outlet, Phase, SessId, Side, Undefined, Verify, Version, Wire};

/// Whether a server asked for a certificate after the handshake.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Challenge {
    /// Never.
    None,
    /// It did, and waits for the answer.
    Open,
    /// It did once; that is over.
    Past,
}

impl Step<'_> {
    pub(crate) fn set_post_handshake_auth(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Idle || self.context(connection.context)?.side != Side::Client {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.connection_mut(id)?.consents = true;
        Ok(Outcome::Done)
    }

    /// Refuses a handshake in which a client may be unable to show its certificate: up to TLS 1.2 the groups that a server takes are
    /// those that the key may be of, too.
    pub(crate) fn may_take_certificate(&self, server: ConnId) -> Result<(), Stop> {
        let connection = self.connection(server)?;
        let consents = connection.peer.and_then(|peer| self.state.connections.get(peer)).is_some_and(|client| client.consents);
        let asks = connection.verify == Verify::Peer && self.context(connection.context)?.version == Version::Tls12;
        if consents && asks && connection.groups == Groups::Other {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        Ok(())
    }

    pub(crate) fn verify_post_handshake(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        let settings = self.context(connection.context)?;
        let quiet = connection.unsent.is_none() && connection.pending() == 0;
        let open = connection.is_open() && !connection.again && !connection.shutdown.received && !connection.error && quiet;
        // a server that verifies clients has a session id context: what it does without is for another page
        if settings.side != Side::Server || !open || connection.sid_ctx == 0 {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if connection.wire != Wire::Whole || connection.peer.is_none() || connection.outlet == Outlet::Blocked {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        let agreed = connection.consents || self.deviates(Deviation::AuthenticationWithoutConsent);
        let asks = settings.version == Version::Tls13 && agreed && connection.challenge != Challenge::Open;
        // what asks has to verify what it is answered with
        self.connection_mut(id)?.verify = Verify::Peer;
        if !asks {
            return Ok(Outcome::Number(0));
        }
        self.connection_mut(id)?.challenge = Challenge::Open;
        self.send(id, Item::CertificateRequest)?;
        Ok(Outcome::Number(1))
    }

    /// What a server knows of its client's consent once it has read its ClientHello.
    pub(crate) fn learn_consent(&mut self, server: ConnId) -> Result<(), Stop> {
        let client = self.connection(server)?.peer;
        let consents = client.is_some_and(|id| self.connection(id).is_ok_and(|c| c.consents));
        self.connection_mut(server)?.consents = consents;
        Ok(())
    }

    /// A client is asked for its certificate, and has one.
    pub(crate) fn asked_for_certificate(&mut self, id: ConnId) -> Result<(), Stop> {
        if self.connection(id)?.consents { self.send(id, Item::Certificate) } else { Ok(()) }
    }

    /// A server reads the certificate that it asked for: its session goes on as another object, and tickets follow as after the handshake.
    pub(crate) fn certificate_arrives(&mut self, id: ConnId) -> Result<(), Stop> {
        if self.connection(id)?.challenge != Challenge::Open {
            return Ok(());
        }
        let connection = self.connection_mut(id)?;
        connection.challenge = Challenge::Past;
        let ticketed = std::mem::take(&mut connection.ticketed) > 0;
        if let Some(current) = connection.session {
            let renewed: SessId = self.successor(current)?;
            self.replace_session(id, Some(renewed))?;
            if ticketed && !self.session(current)?.freed {
                self.connection_mut(id)?.earlier.push(current);
            }
        }
        if self.deviates(Deviation::AuthenticationSendsNothing) { Ok(()) } else { self.send_tickets(id) }
    }
}
