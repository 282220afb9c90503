//! Handshakes that are more than one: how contexts are set up for them, and the moves that make them happen.

use proptest::prelude::*;
use sessck_model::{
    Call, Challenge, ConnId, Connection, CtxId, Groups, NotResumableCallback, Opt, Phase, Renegotiation, Side, State, Version, Wire,
};

use super::Pick;

/// How a server's context takes further handshakes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Further {
    /// The groups.
    pub groups: Groups,
    /// How it renegotiates.
    pub renegotiation: Renegotiation,
    /// The not-resumable callback.
    pub not_resumable: NotResumableCallback,
}

impl Further {
    /// The calls that set a context up so.
    pub(super) fn calls(self, id: CtxId) -> impl Iterator<Item = Call> {
        let Self { groups, renegotiation, not_resumable } = self;
        let calls = [
            (groups != Groups::Preset, Call::SetGroups(id, groups)),
            (renegotiation.by_client, Call::SetOption(id, Opt::ClientRenegotiation)),
            (renegotiation.always_full, Call::SetOption(id, Opt::NoResumptionOnRenegotiation)),
            (not_resumable != NotResumableCallback::Unset, Call::SetNotResumableCallback(id, not_resumable)),
        ];
        calls.into_iter().filter(|(set, _)| *set).map(|(_, call)| call)
    }
}

/// Settings of every kind, most of them preset.
pub(super) fn further() -> impl Strategy<Value = Further> {
    let groups = prop_oneof![8 => Just(Groups::Preset), 1 => Just(Groups::Other)];
    let renegotiation = (prop::bool::weighted(0.6), prop::bool::weighted(0.2));
    let not_resumable = prop_oneof![
        20 => Just(NotResumableCallback::Unset),
        1 => Just(NotResumableCallback::Allow),
        1 => Just(NotResumableCallback::Forbid),
    ];
    (groups, renegotiation, not_resumable).prop_map(|(groups, (by_client, always_full), not_resumable)| Further {
        groups,
        renegotiation: Renegotiation { by_client, always_full },
        not_resumable,
    })
}

/// A further handshake.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Again {
    /// On which connection.
    pub connection: Pick,
    /// The kind: a number for each, see `calls` here.
    pub how: u8,
    /// After how many of the reads that it takes it is left alone.
    pub depth: u8,
}

/// Mostly to the end.
pub(super) fn again() -> impl Strategy<Value = Again> {
    let depth = prop_oneof![1 => 0_u8..=3, 4 => Just(5)];
    (any::<u8>(), any::<u8>(), depth).prop_map(|(connection, how, depth)| Again { connection, how, depth })
}

/// What is done where a connection renegotiates (TLS 1.2) or authenticates (TLS 1.3). One time in eight the other way round, which is refused.
pub(super) fn calls(state: &State, again: Again) -> Vec<Call> {
    let Again { connection: pick, how, depth } = again;
    let version = |c: &Connection| state.contexts.get(c.context).map(|x| x.version);
    let side = |c: &Connection| state.contexts.get(c.context).map(|x| x.side);
    let open = |c: &Connection| c.is_open() && c.phase == Phase::Open && !c.shutdown.received && !c.error && c.wire == Wire::Whole;
    let renegotiates = |c: &Connection| open(c) && !c.again && c.inbox.is_empty() && version(c) == Some(Version::Tls12);
    let authenticates = |c: &Connection| open(c) && side(c) == Some(Side::Server) && c.sid_ctx != 0 && c.challenge != Challenge::Open;
    let odd = how.is_multiple_of(8);
    let suits = |c: &Connection| match version(c) {
        Some(Version::Tls12) => renegotiates(c),
        Some(Version::Tls13) if odd => open(c) && c.inbox.is_empty(),
        Some(Version::Tls13) => authenticates(c) && (c.consents || how.is_multiple_of(5)),
        None => false,
    };
    let fitting: Vec<(ConnId, &Connection)> = state.connections.iter().filter(|(_, c)| suits(c)).collect();
    let Some(&(id, connection)) = fitting.get(usize::from(pick) % fitting.len().max(1)) else { return Vec::new() };
    let first = match version(connection) {
        Some(Version::Tls13) if !odd => Call::VerifyPostHandshake(id),
        Some(Version::Tls12 | Version::Tls13) | None if how.is_multiple_of(2) => Call::RenegotiateAbbreviated(id),
        Some(Version::Tls12 | Version::Tls13) | None => Call::Renegotiate(id),
    };
    let peer = connection.peer;
    let turns = (0..depth).filter_map(|turn| if turn % 2 == 0 { peer } else { Some(id) });
    std::iter::once(first).chain(turns.map(Call::Read)).collect()
}

/// A connection and its peer are used again, however they ended, through SSL_clear. Which of them shuts down before is in the bits of `shuts`.
pub(super) fn reuse(state: &State, pick: Pick, shuts: u8) -> Vec<Call> {
    let used = |c: &Connection| c.phase != Phase::Idle && c.peer.is_some();
    let fitting: Vec<(ConnId, ConnId)> =
        state.connections.iter().filter(|(_, c)| used(c)).filter_map(|(id, c)| Some((id, c.peer?))).collect();
    let Some(&(id, peer)) = fitting.get(usize::from(pick) % fitting.len().max(1)) else { return Vec::new() };
    let connection = |id: ConnId| state.connections.get(id);
    let may = |id: ConnId| connection(id).is_some_and(|c| c.phase == Phase::Open && !c.error && c.wire != Wire::None && !c.shutdown.sent);
    let is_client = connection(id).and_then(|c| state.contexts.get(c.context)).is_some_and(|x| x.side == Side::Client);
    let (client, server) = if is_client { (id, peer) } else { (peer, id) };
    let mut calls = Vec::new();
    for (bit, end) in [(1, client), (2, server)] {
        calls.extend((shuts & bit != 0 && may(end)).then_some(Call::Shutdown(end)));
    }
    calls.extend([Call::Clear(client), Call::Clear(server), Call::Join(client, server), Call::Hello(client), Call::Complete(client)]);
    calls.push(Call::Read(client));
    calls
}
