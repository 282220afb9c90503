use sessck_model::{Deviation, Profile};

use super::{Profiles, Wanted, text};

const ENTRY: &str = r#"
[[divergence]]
id = "evicts-at-size"
family = "openssl"
versions = ["1.1.1..1.1.1w", "3.0.0..3.0.13"]
clauses = ["free-releases"]
reason = "a reason"
source = "a source"
"#;

#[test]
fn the_embedded_list_is_well_formed() {
    Profiles::embedded().expect("every entry names a deviation and clauses that exist");
}

#[test]
fn entries_apply_in_their_ranges_only() {
    let profiles = Profiles::parse("here", ENTRY).expect("well-formed");
    let known = Profile::PAGE.with(Deviation::EvictsAtSize);
    assert_eq!(profiles.for_version("openssl", "3.0.2"), known);
    assert_eq!(profiles.for_version("openssl", "1.1.1g"), known);
    assert_eq!(profiles.for_version("openssl", "3.0.14"), Profile::PAGE);
    assert_eq!(profiles.for_version("libressl", "3.0.2"), Profile::PAGE);
}

#[test]
fn profiles_by_name() {
    let profiles = Profiles::parse("here", ENTRY).expect("well-formed");
    let named = |name: &str| text(&profiles.wanted(&name.parse::<Wanted>().expect("a profile"), Some(("openssl", "3.0.2"))));
    assert_eq!(named("page"), "page");
    assert_eq!(named("auto"), "page+evicts-at-size");
    assert_eq!(named("page+get0-counts+never-evicts"), "page+get0-counts+never-evicts");
    assert_eq!(named("openssl-3.0.22"), "page");
    assert_eq!(named("openssl-1.1.1w+get0-counts"), "page+get0-counts+evicts-at-size");
}

#[test]
fn a_pair_has_a_profile_for_each_end() {
    let profiles = Profiles::parse("here", ENTRY).expect("well-formed");
    assert_eq!(text(&profiles.for_version("openssl:native", "3.0.2:0.1.0")), "page+client:evicts-at-size");
    assert_eq!(text(&profiles.for_version("native:openssl", "0.1.0:1.1.1g")), "page+server:evicts-at-size");
    assert_eq!(text(&profiles.for_version("openssl:openssl", "3.0.2:1.1.1g")), "page+evicts-at-size");
    assert_eq!(text(&profiles.for_version("openssl:openssl", "3.0.14:3.0.14")), "page");
    let named = "page+server:get0-counts+client:never-evicts";
    assert_eq!(text(&profiles.wanted(&named.parse::<Wanted>().expect("a profile"), None)), named);
}

#[track_caller]
fn refused(name: &str, reason: &str) {
    assert_eq!(name.parse::<Wanted>().expect_err("no profile").to_string(), reason);
}

#[test]
fn unknown_profiles_and_deviations_are_refused_by_name() {
    refused("page+colour", "there is no deviation `colour`");
    let known = "say `page`, `auto` or a library such as `openssl-3.0.22`, and `+` with a deviation as often as you like";
    refused("nothing", &format!("there is no profile `nothing`: {known}"));
}

#[track_caller]
fn malformed(from: &str, to: &str, reason: &str) {
    let changed = ENTRY.replace(from, to);
    assert_eq!(Profiles::parse("here", &changed).expect_err("malformed").to_string(), reason);
}

#[test]
fn malformed_entries_are_refused_with_their_line() {
    malformed("evicts-at-size", "evicts", "here:3: there is no deviation `evicts`");
    malformed("free-releases", "frees", "here:6: there is no clause `frees`");
    malformed("3.0.0..3.0.13", "3.0.13..3.0.0", "here:5: `3.0.13..3.0.0` is not a range: it ends before it begins");
    malformed(
        "reason =",
        "colour =",
        "here:7: unknown field `colour`, expected one of `id`, `family`, `versions`, `clauses`, `reason`, `source`, `witness`",
    );
}
