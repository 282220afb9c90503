//! How scripts are made: weights, and no recipes.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sessck_model::{
    CacheMode, Coding, EarlyData, Eof, GetCallback, NewCallback, NewId, Quiet, RemoveCallback, ShutdownState, Tickets, Version,
};

use super::attach::{hosting, taking};
use super::further::{again, further};
use super::tickets::{asking, key_callback, ticket_callbacks, ticket_setup};
use super::{Move, OnConnection, OnContext, OnSession, Script, Setup};

/// The most moves of a script.
const MOVES: std::ops::Range<usize> = 4..11;

/// Scripts of every kind.
pub fn scripts() -> impl Strategy<Value = Script> {
    let version = prop_oneof![2 => Just(Version::Tls12), 3 => Just(Version::Tls13)];
    let clients = prop_oneof![4 => vec(setup(false), 1..=1), 1 => vec(setup(false), 2..=2)];
    let servers = prop_oneof![5 => vec(setup(true), 1..=1), 1 => vec(setup(true), 2..=2)];
    (version, clients, servers, vec(any_move(), MOVES), any::<bool>()).prop_map(|(version, clients, servers, moves, ends_cleanly)| {
        let contexts = clients.into_iter().chain(servers).collect();
        Script { version, contexts, moves, ends_cleanly }
    })
}

fn setup(server: bool) -> impl Strategy<Value = Setup> {
    let presets = (weighted(0.03), option::weighted(0.6, mode(server)), option::weighted(0.5, size()), option::weighted(0.4, timeout()));
    let ending = (weighted(0.04).prop_map(|on| if on { Quiet::On } else { Quiet::Off }), eof());
    let tickets = (option::weighted(0.4, 0_u32..=4), tickets(), early_data(), ticket_setup());
    let callbacks = (new_callback(), remove_callback(), get_callback(), further());
    let sid_ctx = prop_oneof![3 => Just(0_u8), 1 => 1_u8..=2];
    let parts = (presets, tickets, callbacks, sid_ctx, hosting(), ending);
    parts.prop_map(move |(presets, tickets, callbacks, sid_ctx, hosting, ending)| Setup {
        server,
        other_version: presets.0,
        mode: presets.1,
        size: presets.2,
        timeout: presets.3,
        num_tickets: tickets.0,
        tickets: tickets.1,
        early_data: tickets.2,
        sid_ctx,
        quiet: ending.0,
        eof: ending.1,
        new_callback: callbacks.0,
        remove_callback: callbacks.1,
        get_callback: callbacks.2,
        hosting,
        ticket_setup: tickets.3,
        further: callbacks.3,
    })
}

fn weighted(probability: f64) -> impl Strategy<Value = bool> {
    prop::bool::weighted(probability)
}

fn mode(server: bool) -> impl Strategy<Value = CacheMode> {
    let own = if server { CacheMode::SERVER } else { CacheMode::CLIENT };
    let base = prop_oneof![5 => Just(own), 2 => Just(CacheMode::BOTH), 1 => Just(CacheMode::OFF), 1 => Just(CacheMode::SERVER), 1 => Just(CacheMode::CLIENT)];
    let flags = (weighted(0.2), weighted(0.2), weighted(0.15), weighted(0.2));
    (base, flags).prop_map(|(base, (no_lookup, no_store, no_auto_clear, update_time))| CacheMode {
        no_lookup,
        no_store,
        no_auto_clear,
        update_time,
        ..base
    })
}

fn size() -> impl Strategy<Value = u32> {
    prop_oneof![1 => Just(0_u32), 3 => Just(1), 3 => Just(2), 2 => Just(3), 1 => Just(5)]
}

fn timeout() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(1_i64), 6 => Just(10), 3 => Just(100), 1 => Just(0), 1 => Just(-1), 1 => Just(700_000)]
}

/// Timeouts of sessions: short ones, and those at the limits.
fn session_timeout() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(0_i64), 3 => Just(10), 1 => Just(-1), 1 => Just(700_000), 1 => Just(1 << 33)]
}

fn tickets() -> impl Strategy<Value = Tickets> {
    prop_oneof![Just(Tickets::Stateless), Just(Tickets::Stateful)]
}

fn early_data() -> impl Strategy<Value = EarlyData> {
    prop_oneof![3 => Just(EarlyData::Refused), 1 => Just(EarlyData::Allowed)]
}

fn eof() -> impl Strategy<Value = Eof> {
    prop_oneof![3 => Just(Eof::Error), 1 => Just(Eof::Close)]
}

fn new_callback() -> impl Strategy<Value = NewCallback> {
    prop_oneof![3 => Just(NewCallback::Unset), 4 => Just(NewCallback::Keep), 1 => Just(NewCallback::Refuse)]
}

fn remove_callback() -> impl Strategy<Value = RemoveCallback> {
    prop_oneof![2 => Just(RemoveCallback::Unset), 1 => Just(RemoveCallback::Set)]
}

fn get_callback() -> impl Strategy<Value = GetCallback> {
    prop_oneof![
        8 => Just(GetCallback::Unset),
        2 => Just(GetCallback::Miss),
        4 => Just(GetCallback::Copy),
        2 => Just(GetCallback::Preset),
        2 => Just(GetCallback::Give),
        1 => Just(GetCallback::Any),
    ]
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        70 => connect(),
        2 => any::<u8>().prop_map(Move::Rejoin),
        1 => any::<u8>().prop_map(Move::Hello),
        1 => any::<u8>().prop_map(Move::Complete),
        14 => (any::<u8>(), on_connection()).prop_map(|(pick, what)| Move::OnConnection(pick, what)),
        7 => end(),
        5 => (any::<u8>(), super::ending::endings()).prop_map(|(pick, ending)| Move::Ending(pick, ending)),
        21 => (any::<u8>(), on_session()).prop_map(|(pick, what)| Move::OnSession(pick, what)),
        12 => (any::<u8>(), on_context()).prop_map(|(pick, what)| Move::OnContext(pick, what)),
        5 => asking().prop_map(Move::Ask),
        6 => again().prop_map(Move::Again),
        2 => (any::<u8>(), 0_u8..=3).prop_map(|(connection, shuts)| Move::Reuse { connection, shuts }),
        1 => Just(Move::SessionNew),
        1 => Just(Move::FreeNull),
        2 => prop_oneof![1_u32..=3, Just(11), Just(101), Just(301)].prop_map(Move::Advance),
    ]
}

fn connect() -> impl Strategy<Value = Move> {
    let depth = prop_oneof![1 => Just(0_u8), 1 => Just(1), 16 => Just(2)];
    let ends = (any::<u8>(), any::<u8>());
    let takes = prop_oneof![1 => Just(0_u8), 5 => Just(1), 1 => Just(2), 3 => Just(3)];
    let num_tickets = option::weighted(0.04, 0_u32..=3);
    (ends, option::weighted(0.9, any::<u8>()), depth, weighted(0.9), num_tickets, takes).prop_map(
        |((client, server), offer, depth, reads, num_tickets, takes)| Move::Connect {
            client,
            server,
            offer,
            depth,
            reads,
            num_tickets,
            takes,
        },
    )
}

fn end() -> impl Strategy<Value = Move> {
    (any::<u8>(), weighted(0.7), weighted(0.6), weighted(0.25)).prop_map(|(connection, cleanly, both, clears)| Move::End {
        connection,
        cleanly,
        both,
        clears,
    })
}

fn on_connection() -> impl Strategy<Value = OnConnection> {
    let state = (any::<bool>(), any::<bool>()).prop_map(|(sent, received)| ShutdownState { sent, received });
    prop_oneof![
        6 => Just(OnConnection::Read),
        4 => Just(OnConnection::Shutdown),
        1 => state.prop_map(OnConnection::SetShutdown),
        1 => prop_oneof![Just(Quiet::On), Just(Quiet::Off)].prop_map(OnConnection::Quiet),
        3 => Just(OnConnection::Clear),
        1 => Just(OnConnection::UpRef),
        2 => Just(OnConnection::Free),
        3 => option::weighted(0.8, any::<u8>()).prop_map(OnConnection::SetSession),
        5 => Just(OnConnection::Get0),
        6 => Just(OnConnection::Get1),
        1 => early_data().prop_map(OnConnection::EarlyData),
        4 => Just(OnConnection::Write),
        2 => Just(OnConnection::Block),
        2 => Just(OnConnection::Unblock),
        1 => (0_u32..=3).prop_map(OnConnection::NumTickets),
        2 => Just(OnConnection::Write),
        1 => Just(OnConnection::Corrupt),
        4 => Just(OnConnection::Cut),
        1 => Just(OnConnection::Break),
        4 => taking().prop_map(OnConnection::Take),
    ]
}

fn on_session() -> impl Strategy<Value = OnSession> {
    prop_oneof![
        2 => Just(OnSession::UpRef),
        4 => Just(OnSession::Free),
        10 => Just(OnSession::Dup),
        1 => Just(OnSession::Decode),
        2 => Just(OnSession::Use),
        2 => Just(OnSession::IsResumable),
        18 => Just(OnSession::Add),
        2 => Just(OnSession::Remove),
        1 => prop_oneof![4 => Just(0), 2 => Just(-20), 1 => Just(-9_000), 1 => Just(20)].prop_map(OnSession::SetTime),
        2 => session_timeout().prop_map(OnSession::SetTimeout),
        3 => Just(OnSession::AddAny),
        1 => Just(OnSession::RemoveAny),
        2 => prop_oneof![Just(Coding::Pem), Just(Coding::Cut)].prop_map(OnSession::DecodeAs),
        2 => prop_oneof![2 => Just(Coding::Der), 1 => Just(Coding::Pem), 2 => Just(Coding::Cut)].prop_map(OnSession::DecodeInto),
        4 => prop_oneof![2 => Just(NewId::Fresh), 1 => Just(NewId::TooLong)].prop_map(OnSession::SetId),
        2 => any::<u8>().prop_map(OnSession::SetIdOf),
        2 => any::<u8>().prop_map(OnSession::SameId),
    ]
}

fn on_context() -> impl Strategy<Value = OnContext> {
    prop_oneof![
        1 => mode(true).prop_map(OnContext::Mode),
        4 => size().prop_map(OnContext::Size),
        1 => timeout().prop_map(OnContext::Timeout),
        1 => new_callback().prop_map(OnContext::NewCallback),
        1 => remove_callback().prop_map(OnContext::RemoveCallback),
        1 => get_callback().prop_map(OnContext::GetCallback),
        3 => key_callback().prop_map(OnContext::TicketKeyCallback),
        3 => ticket_callbacks().prop_map(|(generate, decrypt)| OnContext::TicketCallbacks(generate, decrypt)),
        3 => (0_u8..=2).prop_map(OnContext::SessionIdContext),
        1 => prop_oneof![Just(Quiet::On), Just(Quiet::Off)].prop_map(OnContext::Quiet),
        1 => eof().prop_map(OnContext::Eof),
        2 => Just(OnContext::Number),
        4 => prop_oneof![Just(-20), Just(0), Just(1), Just(15), Just(150), Just(400)].prop_map(OnContext::Flush),
        1 => Just(OnContext::UpRef),
        1 => Just(OnContext::Free),
    ]
}
