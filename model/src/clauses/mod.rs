//! The catalogue: one clause a file.

mod borrow_live;
mod counts_add_up;
mod dead_means_unheld;
mod dup_separate;
mod error_paths_balance;
mod flush_may_drop;
mod free_once;
mod free_only_own;
mod free_releases;
mod get0_borrow;
mod get0_may_end;
mod get0_not_counted;
mod get1_counted;
mod get1_outlives;
mod get_cb_cache_off;
mod get_cb_copy;
mod get_cb_when_missed;
mod get_current;
mod linked_has_identity;
mod linked_means_held;
mod linked_means_resumable;
mod new_cb_all;
mod new_cb_keeps;
mod new_cb_needs_cache_side;
mod new_cb_only_established;
mod new_cb_returns_zero;
mod new_cb_timing;
mod not_resumable_full_handshake;
mod nothing_left;
mod null_without_session;
mod one_context;
mod remove_cb_every_removal;
mod remove_cb_live;
mod resumable_answers;
mod resume_soft;
mod session_new_owned;
mod share_between_connections;
mod tls12_suffices;
mod tls13_after_handshake;
mod tls13_client_last_received;
mod tls13_early_not_resumable;
mod tls13_early_object;
mod tls13_many;
mod tls13_server_last_sent;
mod tls13_use_once;
mod unclean_not_resumable;
mod unclean_open;
mod unclean_removed;
mod up_ref_counts;

use crate::{Clause, Judgement, Transition};

/// Every clause, in the order of the pages.
pub static ALL: &[&Clause] = &[
    &get_current::CLAUSE,
    &get0_not_counted::CLAUSE,
    &get1_counted::CLAUSE,
    &null_without_session::CLAUSE,
    &borrow_live::CLAUSE,
    &get0_borrow::CLAUSE,
    &get0_may_end::CLAUSE,
    &flush_may_drop::CLAUSE,
    &get1_outlives::CLAUSE,
    &free_once::CLAUSE,
    &tls12_suffices::CLAUSE,
    &tls13_after_handshake::CLAUSE,
    &tls13_early_object::CLAUSE,
    &tls13_early_not_resumable::CLAUSE,
    &tls13_many::CLAUSE,
    &tls13_client_last_received::CLAUSE,
    &tls13_server_last_sent::CLAUSE,
    &new_cb_only_established::CLAUSE,
    &new_cb_all::CLAUSE,
    &unclean_removed::CLAUSE,
    &unclean_not_resumable::CLAUSE,
    &unclean_open::CLAUSE,
    &tls13_use_once::CLAUSE,
    &one_context::CLAUSE,
    &session_new_owned::CLAUSE,
    &up_ref_counts::CLAUSE,
    &free_releases::CLAUSE,
    &free_only_own::CLAUSE,
    &dup_separate::CLAUSE,
    &share_between_connections::CLAUSE,
    &resumable_answers::CLAUSE,
    &not_resumable_full_handshake::CLAUSE,
    &new_cb_needs_cache_side::CLAUSE,
    &new_cb_keeps::CLAUSE,
    &new_cb_returns_zero::CLAUSE,
    &new_cb_timing::CLAUSE,
    &remove_cb_every_removal::CLAUSE,
    &remove_cb_live::CLAUSE,
    &get_cb_when_missed::CLAUSE,
    &get_cb_cache_off::CLAUSE,
    &get_cb_copy::CLAUSE,
    &counts_add_up::CLAUSE,
    &linked_means_held::CLAUSE,
    &dead_means_unheld::CLAUSE,
    &linked_has_identity::CLAUSE,
    &linked_means_resumable::CLAUSE,
    &nothing_left::CLAUSE,
    &error_paths_balance::CLAUSE,
    &resume_soft::CLAUSE,
];

/// The clause of this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Clause> {
    ALL.iter().copied().find(|clause| clause.id == id)
}

/// What one clause, by its place in [`ALL`], says of a step. Steps that did nothing are silent.
#[must_use]
pub fn judge(clause: &Clause, transition: &Transition<'_>) -> Judgement {
    if transition.is_void() { Judgement::Silent } else { (clause.judge)(transition) }
}
