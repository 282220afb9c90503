use quickcheck::{Arbitrary, Gen, quickcheck};
use sessck_model::{CacheMode, Call, ConnId, CtxId, Kind, SessId};

use super::{Called, c_text, form};

impl Arbitrary for Called {
    fn arbitrary(g: &mut Gen) -> Self {
        Self(g.choose(form::ANY).expect("there are calls")(g))
    }
}

quickcheck! {
    fn every_call_reads_back_as_it_was_written(call: Called) -> bool {
        let text = serde_json::to_string(&call).expect("a call has no key that is no string");
        serde_json::from_str::<Called>(&text).is_ok_and(|read| read == call)
    }
}

#[test]
fn every_kind_has_a_form_and_an_example() {
    let mut g = Gen::new(10);
    let generated: std::collections::BTreeSet<Kind> = form::ANY.iter().map(|any| any(&mut g).kind()).collect();
    assert_eq!(generated.len(), Kind::ALL.len());
    let shown: std::collections::BTreeSet<Kind> = super::examples().iter().map(Call::kind).collect();
    assert_eq!(shown.len(), Kind::ALL.len());
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
    refused(r#"{"do":"SSL_peek"}"#, "`SSL_peek` is not a call that is known");
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
        "`state` of `SSL_set_shutdown` must be a list of \"sent\", \"received\", not [\"gone\"]",
    );
    refused("[]", "invalid type: sequence, expected a map");
}
