use sessck_model::Side;

use super::calls::{self, FOREIGN};
use super::layout::{comment, escaped, remark, statement};
use super::parts::{Part, closed};
use crate::implementation::Returned;
use crate::trace::call::{examples, name};

/// Calls that C cannot make, and why.
const NOT_IN_C: &[(&str, &str)] = &[
    ("foreign", FOREIGN),
    ("foreign-hello", FOREIGN),
    ("foreign-sends", FOREIGN),
    ("foreign-ticket", FOREIGN),
];

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
    for part in closed([Part::Complete, Part::Give, Part::Refuse, Part::Look, Part::Cut, Part::Decoded, Part::Order]) {
        assert_eq!(closed([part]).last(), Some(&part));
    }
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
