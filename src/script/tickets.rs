//! What scripts do with tickets: the callbacks of a server's context, tickets that are asked for, and data that is written.

use proptest::option;
use proptest::prelude::*;
use sessck_model::{
    AntiReplay, Call, CtxId, DecryptAnswer, GenerateAnswer, OpenAnswer, Opt, Phase, SealAnswer, Side, State, TicketKeyCallback, Version,
    Wire,
};

use super::Pick;

/// How a context handles tickets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TicketSetup {
    /// What the ticket key callback answers, if there is one.
    pub key: Option<TicketKeyCallback>,
    /// What the session ticket callback answers before a ticket is made, if it is set.
    pub generate: Option<GenerateAnswer>,
    /// What it answers after a ticket was presented, if it is set.
    pub decrypt: Option<DecryptAnswer>,
    /// Whether early data goes without anti-replay.
    pub anti_replay: AntiReplay,
}

/// Tickets that a server is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asking {
    /// Which connection.
    pub connection: Pick,
    /// How often.
    pub times: u8,
    /// What the server does next.
    pub then: Next,
    /// Whether the client reads after that.
    pub reads: bool,
}

/// What follows where tickets were asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "named as the calls they become")]
pub enum Next {
    Nothing,
    Write,
    Handshake,
    Read,
}

impl TicketSetup {
    /// The calls that set a server's context up.
    pub(super) fn calls(&self, id: CtxId) -> impl Iterator<Item = Call> {
        let key = self.key.map(|(sealing, opening)| Call::SetTicketKeyCallback(id, sealing, opening));
        let set = self.generate.is_some() || self.decrypt.is_some();
        let tickets = set.then_some(Call::SetTicketCallbacks(id, self.generate, self.decrypt));
        let option = (self.anti_replay == AntiReplay::Off).then_some(Call::SetOption(id, Opt::NoAntiReplay));
        key.into_iter().chain(tickets).chain(option)
    }
}

pub(super) fn ticket_setup() -> impl Strategy<Value = TicketSetup> {
    let callbacks = prop_oneof![
        9 => Just((None, (None, None))),
        1 => (option::weighted(0.5, key_callback()), ticket_callbacks()),
        1 => key_callback().prop_map(|key| (Some(key), (None, None))),
    ];
    let anti_replay = prop_oneof![2 => Just(AntiReplay::On), 1 => Just(AntiReplay::Off)];
    (callbacks, anti_replay).prop_map(|((key, (generate, decrypt)), anti_replay)| TicketSetup { key, generate, decrypt, anti_replay })
}

pub(super) fn key_callback() -> impl Strategy<Value = TicketKeyCallback> {
    let sealing = prop_oneof![12 => Just(SealAnswer::Use), 2 => Just(SealAnswer::None), 1 => Just(SealAnswer::Fail)];
    let opening = prop_oneof![
        3 => Just(OpenAnswer::Use),
        4 => Just(OpenAnswer::Renew),
        2 => Just(OpenAnswer::Cannot),
        1 => Just(OpenAnswer::Fail),
    ];
    (sealing, opening)
}

pub(super) fn ticket_callbacks() -> impl Strategy<Value = (Option<GenerateAnswer>, Option<DecryptAnswer>)> {
    let generate = prop_oneof![8 => Just(GenerateAnswer::Go), 1 => Just(GenerateAnswer::Expire), 1 => Just(GenerateAnswer::Stop)];
    let decrypt = prop_oneof![
        2 => Just(DecryptAnswer::Abort),
        3 => Just(DecryptAnswer::Ignore),
        3 => Just(DecryptAnswer::IgnoreRenew),
        3 => Just(DecryptAnswer::Use),
        4 => Just(DecryptAnswer::UseRenew),
        1 => Just(DecryptAnswer::UseBlindly),
    ];
    (option::weighted(0.6, generate), option::weighted(0.9, decrypt))
}

pub(super) fn asking() -> impl Strategy<Value = Asking> {
    let then = prop_oneof![2 => Just(Next::Nothing), 4 => Just(Next::Write), 2 => Just(Next::Handshake), 2 => Just(Next::Read)];
    let times = prop_oneof![3 => Just(1_u8), 1 => Just(2)];
    (any::<u8>(), times, then, any::<bool>()).prop_map(|(connection, times, then, reads)| Asking { connection, times, then, reads })
}

/// The calls by which a server is asked for tickets; another connection is asked now and then, and refuses.
pub(super) fn ask(state: &State, asking: &Asking) -> Vec<Call> {
    let open = |c: &sessck_model::Connection| c.phase == Phase::Open && !c.error && !c.shutdown.sent && c.wire == Wire::Whole;
    let serves = |c: &sessck_model::Connection| {
        state.contexts.get(c.context).is_some_and(|x| x.side == Side::Server && x.version == Version::Tls13) || asking.connection >= 224
    };
    let fitting = state.connections.iter().filter(|(_, c)| open(c) && serves(c)).map(|(id, c)| (id, c.peer));
    let fitting: Vec<_> = fitting.collect();
    let Some((id, peer)) = fitting.get(usize::from(asking.connection) % fitting.len().max(1)).copied() else { return Vec::new() };
    let mut calls = vec![Call::AskTicket(id); asking.times.into()];
    match asking.then {
        Next::Nothing => return calls,
        Next::Write => calls.push(Call::Write(id)),
        Next::Handshake => calls.push(Call::HandshakeAgain(id)),
        Next::Read => calls.push(Call::Read(id)),
    }
    calls.extend(peer.filter(|_| asking.reads).map(Call::Read));
    calls
}
