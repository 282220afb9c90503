//! What a server does with a proposal: it opens the ticket or looks the id up, and takes or refuses what it finds.

use super::Over;
use crate::native::connection::Connection;
use crate::native::faults::Fault;
use crate::native::seal::{Sealed, TicketKeys, id_of_ticket};
use crate::native::session::{Content, Origin, Secret, Session, SessionId};
use crate::native::settings::{Side, Version};
use crate::native::statistics::Counter;
use crate::native::sync::{Guard, stands};
use crate::native::ticket_callbacks::{Presented, Renewal};
use crate::native::tls::{ClientHello, ServerValue};

/// What a server found for a proposal.
pub(super) struct Found {
    session: Session,
    /// The id that it was looked up by; none where it came out of a ticket.
    wanted: Option<SessionId>,
}

/// What a search for a proposal came to.
pub(super) enum Search {
    Found(Found),
    /// What was found was taken out of use before.
    Unfit,
    Nothing,
}

impl Connection {
    /// Whether the client proposes anything.
    pub(super) fn proposes(hello: &ClientHello) -> bool {
        !hello.identities.is_empty() || !hello.session_id.is_empty() || hello.ticket.as_ref().is_some_and(|ticket| !ticket.is_empty())
    }

    /// Opens the ticket or looks the id up.
    pub(super) fn find(&mut self, hello: &ClientHello) -> Result<Search, Over> {
        self.renewal = Renewal::Preset;
        let presented = match self.version() {
            Version::Tls12 => hello.ticket.as_deref().filter(|ticket| !ticket.is_empty()),
            Version::Tls13 => hello.identities.first().map(Vec::as_slice),
        };
        let id = || SessionId::new(&hello.session_id).filter(|_| !hello.session_id.is_empty());
        match (self.version(), self.settings.is_stateful(self.version())) {
            (Version::Tls13, false) if presented.is_none() => Ok(Search::Nothing),
            (version, false) => Ok(match self.present(presented, id())? {
                Presented::Opened(session) => Search::Found(Found { session, wanted: None }),
                Presented::PassedOver if version == Version::Tls12 => self.look_up(id()),
                Presented::PassedOver | Presented::Useless => Search::Nothing,
            }),
            (Version::Tls12, true) => Ok(self.look_up(id())),
            // what is longer than a name is sealed: another server's
            (Version::Tls13, true) => Ok(self.once(self.look_up(presented.and_then(SessionId::new)))),
        }
    }

    /// Where this server guards against replay, what is proposed leaves the cache, and what was not there is not resumed.
    fn once(&self, search: Search) -> Search {
        match search {
            Search::Found(_) if self.has(Fault::AntiReplayKeeps) => search,
            // of several threads that have found it one takes it out
            Search::Found(found) if self.settings.is_guarded() && !self.home.cache().retire(&found.session) && stands(Guard::OnceAsks) => {
                Search::Nothing
            }
            Search::Found(_) | Search::Unfit | Search::Nothing => search,
        }
    }

    /// The session that is in a ticket.
    pub(in crate::native) fn redeem(&self, ticket: &[u8], id: Option<SessionId>, keys: &TicketKeys) -> Option<Session> {
        let Sealed { version, time, timeout, sid_ctx, value } = keys.open(ticket)?;
        let content = Content {
            origin: Origin::Negotiated,
            version,
            side: Some(Side::Server),
            // a TLS 1.2 client says what the session is called
            id: id.filter(|_| version == Version::Tls12).or_else(|| id_of_ticket(ticket)),
            timeout,
            sid_ctx,
            secret: Some(Secret::Server(ServerValue::from_bytes(value))),
            ..Content::empty(time, 0)
        };
        let brand = std::sync::Arc::downgrade(self.home.brand());
        Some(Session::made(content, Some(brand), self.home.watch()))
    }

    /// Looks inside, then outside.
    fn look_up(&self, id: Option<SessionId>) -> Search {
        let Some(id) = id else { return Search::Nothing };
        let (cache, mode) = (self.home.cache(), self.home.cache().mode());
        let inside = if mode.server && !mode.no_lookup { cache.find(&id, self.version()) } else { None };
        if inside.is_none() && !mode.no_lookup {
            self.home.count(Counter::Misses);
        }
        match inside.or_else(|| self.ask_outside(&id)) {
            Some(session) if session.is_resumable() => Search::Found(Found { session, wanted: Some(id) }),
            Some(_) => Search::Unfit,
            None => Search::Nothing,
        }
    }

    /// Asks the get callback. What it gives goes into the internal cache, unless the mode says otherwise.
    fn ask_outside(&self, id: &SessionId) -> Option<Session> {
        let mode = self.home.cache().mode();
        let callback = self.home.callbacks().get.filter(|_| mode.server || !self.has(Fault::GetCallbackOnlyWhileCaching))?;
        let session = callback(self, id)?;
        // what belongs to another context is nobody's here
        session.used_with(self.home.brand()).ok()?;
        if !session.is_resumable() {
            return None;
        }
        self.home.count(Counter::CallbackHits);
        if !mode.no_store && (mode.client || mode.server) {
            self.home.cache().store_established(&session);
        }
        Some(session)
    }

    /// Takes or refuses what was found.
    pub(super) fn decide(&mut self, found: Found) -> Option<ServerValue> {
        let Found { session, wanted } = found;
        let (now, version, sid_ctx) = (self.home.now(), self.version(), self.settings.sid_ctx);
        let (foreign, expired) = session.look(|content| (content.sid_ctx != sid_ctx, content.is_expired(now)));
        // under another id than its own it is not the session that the client means
        // what both ends have renamed they still share
        let renamed = |content: &Content, id| version == Version::Tls12 || content.own.is_none_or(|own| own == id);
        let called = |content: &Content| match &content.secret {
            // in TLS 1.3 the two ends name a session differently
            Some(Secret::Client(value)) if version == Version::Tls13 => SessionId::new(value.identity()),
            Some(Secret::Client(_) | Secret::Server(_)) | None => content.id,
        };
        let named = |content: &Content, id| called(content) == Some(id) && renamed(content, id);
        let is_it = session.look(|content| content.version == version && wanted.is_none_or(|id| named(content, id)));
        let fits = (!foreign || self.has(Fault::SidCtxIgnored)) && (!expired || self.has(Fault::ServerIgnoresExpiry));
        let value = session.look(|content| match &content.secret {
            Some(Secret::Server(value)) if is_it && fits => Some(value.clone()),
            Some(Secret::Client(value)) if is_it && fits => ServerValue::of_client(value),
            Some(Secret::Server(_) | Secret::Client(_)) | None => None,
        });
        if value.is_some() {
            self.home.count(Counter::Hits);
            self.used(&session);
            self.session = Some(session);
            return value;
        }
        match wanted {
            Some(_) if expired && !foreign => _ = self.home.count(Counter::Timeouts),
            Some(_) => {}
            // what a callback said was about the ticket, which is not used
            None => self.renewal = Renewal::Preset,
        }
        None
    }
}
