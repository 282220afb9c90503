//! What a server does with a proposal: it opens the ticket or looks the id up, and takes or refuses what it finds.

use crate::native::connection::Connection;
use crate::native::seal::{Sealed, id_of_ticket};
use crate::native::session::{Content, MAX_ID_BYTES, Origin, Secret, Session, SessionId};
use crate::native::settings::{Side, Tickets, Version};
use crate::native::statistics::Counter;
use crate::native::tls::{ClientHello, ServerValue};

/// What a server found for a proposal.
pub(super) struct Found {
    pub(super) session: Session,
    /// It came from the cache or the get callback, not out of a ticket.
    looked_up: bool,
    /// The id that it was looked up by, if it was.
    wanted: Option<SessionId>,
}

impl Connection {
    /// Whether the client proposes anything.
    pub(super) fn is_proposed(hello: &ClientHello) -> bool {
        !hello.identities.is_empty() || !hello.session_id.is_empty() || hello.ticket.as_ref().is_some_and(|ticket| !ticket.is_empty())
    }

    /// Opens the ticket or looks the id up.
    pub(super) fn find(&self, hello: &ClientHello) -> Option<Found> {
        let presented = match self.version() {
            Version::Tls12 => hello.ticket.as_deref().filter(|ticket| !ticket.is_empty()),
            Version::Tls13 => hello.identities.first().map(Vec::as_slice),
        };
        match (self.version(), self.settings.tickets) {
            (Version::Tls12, Tickets::Stateless) if presented.is_some() => presented.and_then(|ticket| self.redeem(ticket)),
            (Version::Tls12, Tickets::Stateless | Tickets::Stateful) => self.look_up(&hello.session_id),
            (Version::Tls13, Tickets::Stateless) => presented.and_then(|ticket| self.redeem(ticket)),
            // what is longer than a name is sealed: another server's
            (Version::Tls13, Tickets::Stateful) => self.look_up(presented.filter(|name| name.len() <= MAX_ID_BYTES)?),
        }
    }

    /// The session that is in a ticket.
    fn redeem(&self, ticket: &[u8]) -> Option<Found> {
        let Sealed { version, time, timeout, sid_ctx, value } = self.context.keys().open(ticket)?;
        let content = Content {
            origin: Origin::Negotiated,
            version,
            side: Some(Side::Server),
            id: id_of_ticket(ticket),
            timeout,
            sid_ctx,
            secret: Some(Secret::Server(ServerValue::from_bytes(value))),
            ..Content::empty(time, 0)
        };
        let brand = std::sync::Arc::downgrade(self.context.brand());
        let session = Session::made(content, Some(brand), self.context.watch());
        Some(Found { session, looked_up: false, wanted: None })
    }

    /// Looks inside, then outside.
    fn look_up(&self, id: &[u8]) -> Option<Found> {
        let id = SessionId::new(id).filter(|_| !id.is_empty())?;
        let (cache, mode) = (self.context.cache(), self.context.cache().mode());
        let inside = if mode.server && !mode.no_lookup { cache.find(&id, self.version()) } else { None };
        if inside.is_none() && !mode.no_lookup {
            self.context.count(Counter::Misses);
        }
        let session = inside.or_else(|| self.ask_outside(&id))?;
        let usable = session.is_resumable();
        usable.then_some(Found { session, looked_up: true, wanted: Some(id) })
    }

    /// Asks the get callback. What it gives goes into the internal cache, unless the mode says otherwise.
    fn ask_outside(&self, id: &SessionId) -> Option<Session> {
        let callback = self.context.callbacks().get?;
        let session = callback(self, id)?;
        // what belongs to another context is nobody's here
        session.used_with(self.context.brand()).ok()?;
        if !session.is_resumable() {
            return None;
        }
        self.context.count(Counter::CallbackHits);
        let mode = self.context.cache().mode();
        if !mode.no_store && (mode.client || mode.server) {
            self.context.cache().store(&session);
        }
        Some(session)
    }

    /// Takes or refuses what was found.
    pub(super) fn decide(&mut self, found: Found) -> Option<ServerValue> {
        let Found { session, looked_up, wanted } = found;
        let (now, version, sid_ctx) = (self.context.now(), self.version(), self.settings.sid_ctx);
        let (foreign, expired) = session.look(|content| (content.sid_ctx != sid_ctx, content.is_expired(now)));
        // under another id than its own it is not the session that the client means
        let named = |content: &Content, id| content.id == Some(id) && content.own.is_none_or(|own| own == id);
        let is_it = session.look(|content| content.version == version && wanted.is_none_or(|id| named(content, id)));
        let value = session.look(|content| match &content.secret {
            Some(Secret::Server(value)) if is_it && !foreign && !expired => Some(value.clone()),
            Some(Secret::Server(_) | Secret::Client(_)) | None => None,
        });
        if value.is_some() {
            self.context.count(Counter::Hits);
            self.used(&session);
            self.session = Some(session);
        } else if expired && looked_up && !foreign {
            self.context.count(Counter::Timeouts);
        }
        value
    }
}
