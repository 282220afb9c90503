use quickcheck::{Arbitrary, Gen, quickcheck};
use sessck_model::{
    CacheMode, Call, ConnId, CtxId, EarlyData, GetCallback, NewCallback, Quiet, RemoveCallback, SessId, ShutdownState, Side, Tickets,
    Version,
};

use super::{Called, c_text};

/// How many kinds of call there are.
const KINDS: u32 = 47;

impl Arbitrary for Called {
    fn arbitrary(g: &mut Gen) -> Self {
        Self(of_kind(u32::arbitrary(g) % KINDS, g))
    }
}

fn of_kind(kind: u32, g: &mut Gen) -> Call {
    let (x, c, d, s) = (CtxId(u32::arbitrary(g)), ConnId(u32::arbitrary(g)), ConnId(u32::arbitrary(g)), SessId(u32::arbitrary(g)));
    let (n, a, b) = (u32::arbitrary(g), bool::arbitrary(g), bool::arbitrary(g));
    let early_data = if a { EarlyData::Allowed } else { EarlyData::Refused };
    match kind {
        0 => Call::ContextNew(x, if a { Side::Client } else { Side::Server }, if b { Version::Tls12 } else { Version::Tls13 }),
        1 => Call::ContextUpRef(x),
        2 => Call::ContextFree(x),
        3 => Call::SetCacheMode(x, CacheMode { client: a, server: b, no_lookup: n & 1 == 0, no_store: n & 2 == 0 }),
        4 => Call::SetCacheSize(x, n),
        5 => Call::SetTimeout(x, n),
        6 => Call::SetNumTickets(x, n),
        7 => Call::SetTickets(x, if a { Tickets::Stateless } else { Tickets::Stateful }),
        8 => Call::SetEarlyData(x, early_data),
        9 => Call::SetSessionIdContext(x, n as u8),
        10 => Call::SetNewCallback(x, [NewCallback::Unset, NewCallback::Keep, NewCallback::Refuse][n as usize % 3]),
        11 => Call::SetRemoveCallback(x, if a { RemoveCallback::Unset } else { RemoveCallback::Set }),
        12 => Call::SetGetCallback(
            x,
            [GetCallback::Unset, GetCallback::Miss, GetCallback::Copy, GetCallback::Preset, GetCallback::Give][n as usize % 5],
        ),
        13 => Call::AddSession(x, s),
        14 => Call::RemoveSession(x, s),
        15 => Call::FlushSessions(x, n),
        16 => Call::ConnectionNew(c, x),
        17 => Call::ConnectionUpRef(c),
        18 => Call::ConnectionFree(c),
        19 => Call::Join(c, d),
        20 => Call::Hello(c),
        21 => Call::Complete(c),
        22 => Call::Read(c),
        23 => Call::Shutdown(c),
        24 => Call::SetShutdown(c, ShutdownState { sent: a, received: b }),
        25 => Call::SetQuietShutdown(c, if a { Quiet::Off } else { Quiet::On }),
        26 => Call::Clear(c),
        27 => Call::SetSession(c, a.then_some(s)),
        28 => Call::Get0(c),
        29 => Call::Get1(c),
        30 => Call::SetConnectionEarlyData(c, early_data),
        31 => Call::Corrupt(c),
        32 => Call::Cut(c),
        33 => Call::Break(c),
        34 => Call::SessionNew,
        35 => Call::SessionUpRef(s),
        36 => Call::SessionFree(s),
        37 => Call::SessionFreeNull,
        38 => Call::SessionDup(s),
        39 => Call::SessionDecode(s),
        40 => Call::SessionUse(s),
        41 => Call::SessionSetTime(s, n),
        42 => Call::SessionSetTimeout(s, n),
        43 => Call::SessionForget(s),
        44 => Call::CacheNumber(x),
        45 => Call::SessionIsResumable(s),
        _ => Call::Advance(n),
    }
}

quickcheck! {
    fn every_call_reads_back_as_it_was_written(call: Called) -> bool {
        let text = serde_json::to_string(&call).expect("a call has no key that is no string");
        serde_json::from_str::<Called>(&text).is_ok_and(|read| read == call)
    }
}

#[test]
fn every_kind_is_generated_once() {
    let mut gen_ = Gen::new(10);
    let kinds: std::collections::HashSet<_> = (0..KINDS).map(|kind| std::mem::discriminant(&of_kind(kind, &mut gen_))).collect();
    assert_eq!(kinds.len(), KINDS as usize);
}

#[test]
fn there_is_an_example_of_every_kind() {
    let kinds: std::collections::HashSet<_> = super::examples().iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.len(), KINDS as usize);
}

#[track_caller]
fn written(call: Call, json: &str, c: &str) {
    assert_eq!(serde_json::to_string(&Called(call)).expect("writes"), json);
    assert_eq!(c_text(&call), c);
}

#[test]
fn calls_are_written_flat_and_by_their_c_names() {
    let (x, c, s) = (CtxId(0), ConnId(0), SessId(0));
    written(Call::Get1(c), r#"{"do":"SSL_get1_session","connection":"c0"}"#, "SSL_get1_session(c0)");
    written(Call::SetSession(c, None), r#"{"do":"SSL_set_session","connection":"c0","session":null}"#, "SSL_set_session(c0, NULL)");
    written(Call::SessionFreeNull, r#"{"do":"SSL_SESSION_free","session":null}"#, "SSL_SESSION_free(NULL)");
    written(Call::FlushSessions(x, 900), r#"{"do":"SSL_CTX_flush_sessions","context":"x0","time":900}"#, "SSL_CTX_flush_sessions(x0, 900)");
    written(Call::ConnectionNew(c, x), r#"{"do":"SSL_new","connection":"c0","context":"x0"}"#, "c0 = SSL_new(x0)");
    written(Call::SessionDecode(s), r#"{"do":"d2i_SSL_SESSION","session":"s0"}"#, "d2i_SSL_SESSION(i2d_SSL_SESSION(s0))");
    written(
        Call::SetCacheMode(x, CacheMode::BOTH),
        r#"{"do":"SSL_CTX_set_session_cache_mode","context":"x0","mode":["client","server"]}"#,
        "SSL_CTX_set_session_cache_mode(x0, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_SERVER)",
    );
}

#[track_caller]
fn refused(json: &str, reason: &str) {
    let error = serde_json::from_str::<Called>(json).expect_err("it is no call");
    assert_eq!(error.to_string().split(" at line").next(), Some(reason));
}

#[test]
fn what_is_no_call_is_refused_by_name() {
    refused("{}", "a call needs `do`, the name of what was done");
    refused(r#"{"do":"SSL_write"}"#, "`SSL_write` is not a call that is known");
    refused(r#"{"do":"SSL_CTX_write"}"#, "`SSL_CTX_write` is not a call that is known");
    refused(r#"{"do":"SSL_free"}"#, "`SSL_free` needs `connection`");
    refused(r#"{"do":"SSL_free","connection":"s0"}"#, "`connection` of `SSL_free` must be a connection such as \"c0\", not \"s0\"");
    refused(r#"{"do":"SSL_free","connection":"c0","colour":1}"#, "`SSL_free` has no `colour`");
    refused(r#"{"do":"advance","seconds":-1}"#, "`seconds` of `advance` must be a whole number from 0 to 4294967295, not -1");
    refused(
        r#"{"do":"SSL_CTX_set_session_id_context","context":"x0","value":256}"#,
        "`value` of `SSL_CTX_set_session_id_context` must be a whole number from 0 to 255, not 256",
    );
    refused(
        r#"{"do":"SSL_set_shutdown","connection":"c0","state":["gone"]}"#,
        "`state` of `SSL_set_shutdown` must be a list of \"sent\", \"received\", not \"gone\"",
    );
    refused("[]", "invalid type: sequence, expected a map");
}
