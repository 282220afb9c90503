//! What can be done to a context: making, counting and freeing it, and its settings.

use crate::step::{Answer, Step, Stop};
use crate::{
    AntiReplay, CacheMode, Context, Counters, CtxId, Deviation, EarlyData, Eof, GetCallback, Groups, Item, Misuse, NewCallback,
    NotResumableCallback, Obligation, Opt, Outcome, Quiet, Removal, RemoveCallback, Renegotiation, ServerNameCallback, SessId, Side,
    Tickets, Undefined, Verify, Version,
};

/// The timeout of every protocol unless it is set, by the pages.
pub const TIMEOUT_PRESET_S: i64 = 300;
/// The size of a cache unless it is set.
pub const CACHE_SIZE_PRESET: u32 = 20 * 1024;
/// The tickets after a full TLS 1.3 handshake unless they are set.
pub const NUM_TICKETS_PRESET: u32 = 2;

impl Step<'_> {
    pub(crate) fn context_new(&mut self, id: CtxId, side: Side, version: Version) -> Answer {
        if self.state.contexts.get(id).is_some() {
            return Err(Stop::Undefined(Undefined::NoSuchObject));
        }
        self.journal.note_context(self.state, id);
        let context = Context {
            count: 1,
            owned: 1,
            side,
            version,
            mode: if self.deviates(Deviation::PresetModeOff) { CacheMode::OFF } else { CacheMode::SERVER },
            size: if self.deviates(Deviation::PresetSizeUnlimited) { 0 } else { CACHE_SIZE_PRESET },
            timeout: self.preset_timeout(),
            untimed: true,
            num_tickets: if self.deviates(Deviation::PresetOneTicket) { 1 } else { NUM_TICKETS_PRESET },
            tickets: Tickets::Stateless,
            early_data: EarlyData::Refused,
            sid_ctx: 0,
            eof: Eof::Error,
            quiet: Quiet::Off,
            server_name: ServerNameCallback::Unset,
            verify: Verify::None,
            new_callback: NewCallback::Unset,
            remove_callback: RemoveCallback::Unset,
            get_callback: GetCallback::Unset,
            ticket_key: None,
            ticket_generate: None,
            ticket_decrypt: None,
            anti_replay: AntiReplay::On,
            acts: None,
            groups: Groups::Preset,
            renegotiation: Renegotiation::default(),
            not_resumable: NotResumableCallback::Unset,
            cache: smallvec::SmallVec::new(),
            counters: Counters::default(),
        };
        self.state.contexts.insert(id, context);
        Ok(Outcome::Done)
    }

    /// Refuses a context that the application holds no reference to.
    pub(crate) fn held_context(&self, id: CtxId) -> Result<&Context, Stop> {
        let context = self.context(id)?;
        if context.owned == 0 {
            self.obliged(Obligation::ContextFreeOwn, Misuse::ContextNotOwned(id))?;
        }
        Ok(context)
    }

    pub(crate) fn context_up_ref(&mut self, id: CtxId) -> Answer {
        self.held_context(id)?;
        let context = self.context_mut(id)?;
        context.count += 1;
        context.owned += 1;
        Ok(Outcome::Number(1))
    }

    pub(crate) fn context_free(&mut self, id: CtxId) -> Answer {
        self.held_context(id)?;
        let context = self.context_mut(id)?;
        context.owned = context.owned.saturating_sub(1);
        self.context_give_back(id)?;
        let orphaned = self.context(id).is_ok_and(|x| x.owned == 0);
        if orphaned && self.deviates(Deviation::ContextFreeImmediate) {
            self.context_end(id)?;
        }
        Ok(Outcome::Done)
    }

    /// Gives one reference to a context back; the last one takes its cache with it.
    pub(crate) fn context_give_back(&mut self, id: CtxId) -> Result<(), Stop> {
        let context = self.context_mut(id)?;
        context.count = context.count.saturating_sub(1);
        if context.count == 0 { self.context_end(id) } else { Ok(()) }
    }

    /// Empties the cache from its end, then forgets the context wherever it is named.
    fn context_end(&mut self, id: CtxId) -> Result<(), Stop> {
        while let Some(last) = self.context(id)?.cache.last().copied() {
            if self.deviates(Deviation::ContextFreeKeepsReferences) {
                self.unlink(id, last, Removal::ContextFreed)?;
            } else {
                self.remove_linked(id, last, Removal::ContextFreed)?;
            }
        }
        self.context_mut(id)?;
        self.state.contexts.remove(id);
        self.forget_keys(id);
        Ok(())
    }

    /// Tickets that this context sealed can be opened by nobody now, and its sessions belong to no context any more.
    fn forget_keys(&mut self, gone: CtxId) {
        let sessions: smallvec::SmallVec<[SessId; 8]> = self.state.sessions.ids().collect();
        for id in sessions {
            let Some(session) = self.state.sessions.get(id) else { continue };
            let sealed = session.ticket.is_some_and(|t| t.keys == Some(gone));
            if sealed || session.context == Some(gone) {
                self.journal.note_session(self.state, id);
            }
            let Some(session) = self.state.sessions.get_mut(id) else { continue };
            if let (true, Some(ticket)) = (sealed, session.ticket.as_mut()) {
                ticket.keys = None;
            }
            if session.context == Some(gone) {
                session.context = None;
                session.orphaned = true;
            }
        }
        let connections: smallvec::SmallVec<[crate::ConnId; 8]> = self.state.connections.ids().collect();
        for id in connections {
            if self.state.connections.get(id).is_some_and(|c| c.inbox.is_empty()) {
                continue;
            }
            self.journal.note_connection(self.state, id);
            let Some(connection) = self.state.connections.get_mut(id) else { continue };
            for item in &mut connection.inbox {
                forget_in(item, gone);
            }
        }
    }

    pub(crate) fn set_cache_mode(&mut self, id: CtxId, mode: CacheMode) -> Answer {
        self.held_context(id)?;
        let before = std::mem::replace(&mut self.context_mut(id)?.mode, mode);
        Ok(Outcome::Mode(before))
    }

    pub(crate) fn set_cache_size(&mut self, id: CtxId, size: u32) -> Answer {
        self.held_context(id)?;
        let before = std::mem::replace(&mut self.context_mut(id)?.size, size);
        if self.deviates(Deviation::ShrinksAtOnce) {
            self.make_room(id, None)?;
        }
        Ok(Outcome::Number(before.into()))
    }

    pub(crate) fn set_timeout(&mut self, id: CtxId, timeout_s: i64) -> Answer {
        self.held_context(id)?;
        let timeout_s = self.kept_timeout(timeout_s);
        let context = self.context_mut(id)?;
        context.untimed = false;
        let before = std::mem::replace(&mut context.timeout, timeout_s);
        if self.deviates(Deviation::TimeoutRetroactive) {
            for session in self.context(id)?.cache.clone() {
                self.session_mut(session)?.timeout = timeout_s;
            }
        }
        Ok(Outcome::Number(before))
    }

    pub(crate) fn set_num_tickets(&mut self, id: CtxId, number: u32) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.num_tickets = number;
        Ok(Outcome::Done)
    }

    /// Settings that connections copy are changed before there are any.
    fn before_connections(&self, id: CtxId) -> Result<(), Stop> {
        self.held_context(id)?;
        let connected = self.state.connections.iter().any(|(_, c)| c.context == id);
        if connected || !self.context(id)?.cache.is_empty() { Err(Stop::Undefined(Undefined::TooLate)) } else { Ok(()) }
    }

    pub(crate) fn set_option(&mut self, id: CtxId, option: Opt) -> Answer {
        match option {
            Opt::NoTicket => self.set_tickets(id, Tickets::Stateful),
            Opt::IgnoreUnexpectedEof => self.set_eof(id, Eof::Close),
            Opt::NoAntiReplay => self.set_anti_replay(id, AntiReplay::Off),
            Opt::ClientRenegotiation => self.set_renegotiation(id, |r| r.by_client = true),
            Opt::NoResumptionOnRenegotiation => self.set_renegotiation(id, |r| r.always_full = true),
        }
    }

    pub(crate) fn clear_option(&mut self, id: CtxId, option: Opt) -> Answer {
        match option {
            Opt::NoTicket => self.set_tickets(id, Tickets::Stateless),
            Opt::IgnoreUnexpectedEof => self.set_eof(id, Eof::Error),
            Opt::NoAntiReplay => self.set_anti_replay(id, AntiReplay::On),
            Opt::ClientRenegotiation => self.set_renegotiation(id, |r| r.by_client = false),
            Opt::NoResumptionOnRenegotiation => self.set_renegotiation(id, |r| r.always_full = false),
        }
    }

    fn set_eof(&mut self, id: CtxId, eof: Eof) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.eof = eof;
        Ok(Outcome::Done)
    }

    fn set_tickets(&mut self, id: CtxId, tickets: Tickets) -> Answer {
        self.before_connections(id)?;
        self.context_mut(id)?.tickets = tickets;
        Ok(Outcome::Done)
    }

    fn set_anti_replay(&mut self, id: CtxId, anti_replay: AntiReplay) -> Answer {
        self.before_connections(id)?;
        self.context_mut(id)?.anti_replay = anti_replay;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_early_data(&mut self, id: CtxId, early_data: EarlyData) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.early_data = early_data;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_session_id_context(&mut self, id: CtxId, sid_ctx: u8) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.sid_ctx = sid_ctx;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_groups(&mut self, id: CtxId, groups: Groups) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.groups = groups;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_new_callback(&mut self, id: CtxId, callback: NewCallback) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.new_callback = callback;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_remove_callback(&mut self, id: CtxId, callback: RemoveCallback) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.remove_callback = callback;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_get_callback(&mut self, id: CtxId, callback: GetCallback) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.get_callback = callback;
        Ok(Outcome::Done)
    }
}

fn forget_in(item: &mut Item, gone: CtxId) {
    let ticket = match item {
        Item::Ticket(offer) => offer.inside.as_mut(),
        Item::Flight(flight) => flight.offer.as_mut().and_then(|o| o.inside.as_mut()),
        Item::Hello(proposal) => proposal.as_mut().and_then(|p| p.ticket.as_mut()),
        Item::Data | Item::CloseNotify | Item::Alert | Item::Garbage | Item::End => None,
        Item::Retry | Item::Request | Item::NoRenegotiation | Item::CertificateRequest | Item::Certificate => None,
    };
    if let Some(ticket) = ticket.filter(|ticket| ticket.keys == Some(gone)) {
        ticket.keys = None;
    }
}
