//! The checker's memory follows what lives, not what has happened.

#[path = "common/produced.rs"]
mod produced;

use sessck::checker::{Checker, Verdict};
use sessck_model::{Profile, Version};

/// The most objects and facts that the checker keeps while it judges a trace of which no more than so many objects live at a time.
#[track_caller]
fn most_kept(version: Version, events: usize, pairs: u32) -> usize {
    let mut checker = Checker::new(Profile::PAGE);
    let mut most = 0;
    for (call, saw) in produced::with_pairs_alive(version, events, pairs) {
        let verdict = checker.event(&call, &saw);
        assert!(matches!(verdict, Verdict::Agrees { .. }), "{call:?}: {verdict:?}");
        most = most.max(checker.footprint());
    }
    most
}

#[test]
fn a_long_trace_with_few_objects_alive() {
    for version in [Version::Tls12, Version::Tls13] {
        let most = most_kept(version, 200_000, 0);
        assert!(most < 300, "{most} things are kept in {version:?}");
    }
}

#[test]
fn a_longer_trace_needs_no_more() {
    let most = |events| most_kept(Version::Tls13, events, 20);
    assert_eq!(most(20_000), most(10_000), "what lives is the same");
}
