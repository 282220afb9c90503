//! What is a client's own.

use std::sync::Arc;

use rustls::client::{Resumption, Tls12ClientSessionValue, Tls12Resumption};
use rustls::pki_types::ServerName;

use super::{End, Engine};
use crate::native::tls::base::ClientBase;
use crate::native::tls::link::Link;
use crate::native::tls::mint::strike12;
use crate::native::tls::shelf::Shelf;
use crate::native::tls::tap::Tap;
use crate::native::tls::value::{ClientValue, Kept, Kept12, Kept13, Ticket};
use crate::native::tls::{Error, Event, Phase, Version};

/// What a client says in its ClientHello.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClientSetup<'a> {
    /// The host name; `None`: nothing is said of one. Whoever trusts roots needs one.
    pub(crate) host_name: Option<&'a str>,
    /// What is proposed. Whether it is expired, and whether it should be used, is for the layer above to know. What is of the other version is not proposed.
    pub(crate) offer: Option<&'a ClientValue>,
    /// The session id by which it is proposed in TLS 1.2, where that is not its own. With a ticket it says nothing to most servers; rustls
    /// says only those of 32 bytes, and makes one up otherwise.
    pub(crate) session_id: Option<&'a [u8]>,
    /// Whether tickets of TLS 1.2 are welcome.
    pub(crate) tickets: Tickets,
    /// Whether [`Engine::write_early`] may be called.
    pub(crate) early_data: EarlyData,
}

/// Whether a TLS 1.3 client may write before it is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum EarlyData {
    /// It may not, and says nothing of it.
    #[default]
    Withheld,
    /// It may, where the ticket that it offers allows it.
    Announced,
}

/// Whether tickets of TLS 1.2 are welcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Tickets {
    /// They are.
    #[default]
    Welcome,
    /// They are not, and none is presented.
    Unwelcome,
}

/// A client, besides what both ends have.
pub(super) struct Client {
    base: ClientBase,
    shelf: Arc<Shelf>,
    offer: Option<ClientValue>,
    /// How many tickets of TLS 1.3 were told of.
    told: usize,
}

impl Engine {
    /// A client, which has its ClientHello ready.
    pub(crate) fn client(base: &ClientBase, setup: &ClientSetup<'_>) -> Result<Self, Error> {
        let shelf = Arc::new(Shelf::default());
        let offer = setup.offer.filter(|value| value.version() == base.version());
        match offer.map(|value| &value.0) {
            Some(Kept::Tls12(kept)) => shelf.held().offer12 = Some(offer12(base, kept, setup.session_id)?),
            Some(Kept::Tls13(kept)) => shelf.held().offer13 = Some(base.mint(kept)?),
            None => {}
        }
        let mut config = base.config();
        config.resumption = Resumption::store(Arc::clone(&shelf) as _).tls12_resumption(match setup.tickets {
            Tickets::Welcome => Tls12Resumption::SessionIdOrTickets,
            Tickets::Unwelcome => Tls12Resumption::SessionIdOnly,
        });
        config.enable_early_data = setup.early_data == EarlyData::Announced;
        config.enable_sni = setup.host_name.is_some();
        let name = setup.host_name.unwrap_or(NAMELESS);
        let name = server_name(name)?.to_owned();

        let tap = Arc::new(Tap::default());
        if let (Some(true), Some(id)) = (offer.map(|value| value.version() == Version::Tls12 && value.has_ticket()), setup.session_id) {
            // drawn first where a ticket is presented, and of no use otherwise
            tap.state().randoms.extend(<[u8; 32]>::try_from(id));
        }
        tap.state().time = offer.map(|value| last_moment(value, base.now()));
        let link = Link::client(config, name, tap)?;
        link.tap().state().time = None;
        link.tap().state().randoms.clear();
        let mut engine = Self::new(base.version(), End::Client(Client { base: base.clone(), shelf, offer: offer.cloned(), told: 0 }));
        engine.link = Some(link);
        engine.flush();
        Ok(engine)
    }

    /// A client writes before it is answered. How much of it, which is less than all where the ticket that it offers allows no more. Whether the
    /// server has taken it, [`Completed::early_data_taken`](crate::native::tls::Completed::early_data_taken) says.
    pub(crate) fn write_early(&mut self, data: &[u8]) -> Result<usize, Error> {
        match (&self.end, self.phase, &mut self.link) {
            (End::Client(_), Phase::Handshake, Some(link)) if self.decided.is_none() && !self.retried => {
                let written = link.write_early(data);
                self.flush();
                Ok(written)
            }
            _ => Err(Error::NotNow),
        }
    }

    /// Notes the tickets of TLS 1.3 that have come.
    pub(super) fn take_tickets(&mut self) {
        let (End::Client(client), Some(link)) = (&mut self.end, &self.link) else { return };
        let told = std::mem::replace(&mut client.told, client.shelf.held().tickets);
        for _ in told..client.told {
            let Some(message) = link.tap().state().tickets.pop_front() else { return };
            let Some(ticket) = Ticket::parse(&message) else { return };
            let Some(psk) = link.tap().ticket_psk(&ticket.nonce) else { return };
            let (suite, chain, received_at) = (link.suite(), link.peer_chain(), client.base.now());
            let kept = Kept13 { suite, message, ticket, psk, chain, received_at };
            self.events.push_back(Event::Ticket(ClientValue(Kept::Tls13(Arc::new(kept)))));
        }
    }

    /// What came of a TLS 1.2 handshake. Where the server gave neither an id nor a ticket, the application may still give it an id.
    pub(super) fn client_value(&mut self) -> Option<ClientValue> {
        let End::Client(client) = &self.end else { return None };
        if self.version != Version::Tls12 {
            return None;
        }
        let value = client.shelf.held().kept12.take();
        let decided = self.decided.clone()?;
        let ticket = self.ticket.take().filter(|(_, ticket)| !ticket.is_empty());
        let received_at = client.base.now();
        let (identity, lifetime_hint_s, has_ticket) = match ticket {
            Some((hint, ticket)) => (ticket, hint, true),
            // rustls keeps what it has resumed once more
            None if decided.resumed => return None,
            None => (decided.session_id, 0, false),
        };
        let link = self.link.as_ref()?;
        let learnt = link.tap().state().learnt;
        let offered = || match client.offer.as_ref().map(|offer| &offer.0) {
            Some(Kept::Tls12(kept)) => kept.master,
            Some(Kept::Tls13(_)) | None => None,
        };
        let master = if decided.resumed { offered() } else { learnt };
        let value = value.map(|value| (value, client.base.downgrade()));
        let (suite, chain) = (link.suite(), link.peer_chain());
        Some(ClientValue(Kept::Tls12(Arc::new(Kept12 { value, suite, master, identity, has_ticket, lifetime_hint_s, chain, received_at }))))
    }
}

/// A value for rustls: its own, where that is good for this base and under this id, or one that is made anew.
fn offer12(base: &ClientBase, kept: &Kept12, session_id: Option<&[u8]>) -> Result<Tls12ClientSessionValue, Error> {
    let own_id = kept.has_ticket || session_id.is_none_or(|id| id == kept.identity);
    match &kept.value {
        Some((value, of)) if own_id && base.is(of) => Ok(value.clone()),
        Some(_) | None => strike12(base, kept, session_id.filter(|_| !kept.has_ticket)),
    }
}

/// Whether a client can ask for this name, or be sure that it is with an address.
pub(crate) fn check_host_name(name: &str) -> Result<(), Error> {
    server_name(name).map(drop)
}

fn server_name(name: &str) -> Result<ServerName<'_>, Error> {
    ServerName::try_from(name).map_err(|_| Error::HostName(name.to_owned()))
}

/// A host name for rustls where none is sent.
const NAMELESS: &str = "nameless.invalid";
/// No lifetime is longer for rustls.
const WEEK_S: u32 = 7 * 24 * 60 * 60;

/// The time at which a value is proposed, for rustls: now, or before it would find the value expired. A hint is a hint.
fn last_moment(value: &ClientValue, now: u64) -> u64 {
    match value.lifetime_hint_s().min(WEEK_S) {
        0 if value.version() == Version::Tls12 => now,
        lifetime_s => now.min(value.received_at().saturating_add(lifetime_s.into())),
    }
}
