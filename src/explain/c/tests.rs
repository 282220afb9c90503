use sessck_model::{CacheMode, Call, ConnId, CtxId, Opt, Side};

use super::calls::{self, FOREIGN};
use super::layout::{comment, escaped, remark, statement};
use super::parts::{Part, closed, completed, fitted};
use crate::implementation::Returned;
use crate::trace::Event;
use crate::trace::call::{examples, name};

/// Calls that C cannot make, and why.
const NOT_IN_C: &[(&str, &str)] =
    &[("foreign", FOREIGN), ("foreign-hello", FOREIGN), ("foreign-sends", FOREIGN), ("foreign-ticket", FOREIGN)];

#[test]
fn every_call_has_a_form_in_c() {
    for call in examples() {
        let listed = NOT_IN_C.iter().find(|(refused, _)| *refused == name(&call)).map(|(_, why)| *why);
        let form = calls::of(&call, &|_| Side::Client, Returned::Nothing);
        assert_eq!(form.as_ref().err().copied(), listed, "{}", name(&call));
        if let Ok(form) = form {
            assert!(form.expression.is_ascii() && !form.expression.contains(';'), "{form:?}");
        }
    }
}

#[test]
fn parts_come_with_what_they_lean_on() {
    let parts: Vec<Part> = closed([Part::Advance]).into_iter().collect();
    assert_eq!(parts, [Part::Clock, Part::Advance]);
}

#[test]
fn every_part_stands_after_what_it_leans_on() {
    for part in closed([
        Part::Complete,
        Part::Give,
        Part::Refuse,
        Part::Look,
        Part::Cut,
        Part::Decoded,
        Part::Order,
        Part::VerifyClient,
        Part::ActFree,
    ]) {
        assert_eq!(closed([part]).last(), Some(&part));
    }
}

#[test]
fn callbacks_call_back_only_where_they_are_told_to() {
    let look = closed([Part::Look]);
    let line = "    call_back(\"remove\", ctx, session);\n";
    assert!(!fitted(Part::Look.text(), &look).contains("call_back"));
    let acts = completed(closed([Part::Look, Part::ActFlush]));
    assert!(fitted(Part::Look.text(), &acts).contains(line) && acts.contains(&Part::CallBack));
    assert!(!acts.contains(&Part::Home) && completed(closed([Part::Keep, Part::ActFlush])).contains(&Part::Home));
    assert!(!completed(closed([Part::ActFlush])).contains(&Part::CallBack), "no callback is set");
}

#[test]
fn references_are_counted_only_where_a_callback_gives_one_back() {
    let counted = "    own(session, kept);\n";
    let texts = [Part::ActFlush, Part::ActFree].map(|act| fitted(Part::NewCallback.text(), &completed(closed([Part::Keep, act]))));
    assert_eq!(texts.map(|text| text.contains(counted)), [false, true]);
}

#[test]
fn the_oldest_headers_are_named() {
    let event = |call| Event { call, saw: None, fault: None };
    let old = [event(Call::CacheNumber(CtxId(0))), event(Call::SetOption(CtxId(0), Opt::NoTicket))];
    assert_eq!(calls::oldest(&old), "1.1.1");
    assert_eq!(calls::oldest(&[event(Call::AskTicket(ConnId(0)))]), "3.0");
    assert_eq!(calls::oldest(&[event(Call::SetCacheMode(CtxId(0), CacheMode { update_time: true, ..CacheMode::BOTH }))]), "3.0");
}

#[test]
fn text_stays_text() {
    assert_eq!(escaped("a \"b\" \\ c\n"), "a \\\"b\\\" \\\\ c");
    assert_eq!(comment(&["it ends */ here".to_owned()]), "/*\n * it ends * / here\n */\n");
    assert_eq!(remark("why"), "    /* why */\n");
}

#[test]
fn long_lists_are_broken_between_items() {
    let items = [String::from("x"), "y".repeat(90), "z".repeat(20)];
    let text = statement("saw(", &items, ");");
    assert_eq!(text, format!("    saw(\"x; {}; \"\n        \"{}\");\n", "y".repeat(90), "z".repeat(20)));
}
