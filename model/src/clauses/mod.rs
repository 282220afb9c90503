//! The catalogue: one clause a file.

mod add_counts;
mod add_same_again;
mod add_same_id;
mod anti_replay_single_use;
mod authentication_needs_consent;
mod authentication_sends_tickets;
mod borrow_live;
mod bounded;
mod cache_client_stores;
mod cache_default_server;
mod cache_internal_first;
mod cache_off;
mod cache_per_context;
mod cache_size_preset;
mod clear_closed_keeps;
mod clear_open_is_bad;
mod clear_readies;
mod client_renegotiation_off;
mod context_free_own;
mod context_free_removes;
mod context_kept_by_connections;
mod counts_add_up;
mod d2i_owned;
mod dead_means_unheld;
mod drop_from_end;
mod drop_only_on_overflow;
mod dup_separate;
mod early_data_stateful;
mod eof_without_close_notify;
mod error_paths_balance;
mod expired_not_resumed;
mod flush_expired;
mod flush_may_drop;
mod flush_only_expired;
mod free_gives_back;
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
mod no_internal_lookup;
mod no_internal_store;
mod no_shutdown_after_fatal;
mod no_ticket_stateful;
mod not_resumable_cb;
mod not_resumable_full_handshake;
mod nothing_left;
mod null_without_session;
mod number_counts;
mod one_context;
mod received_not_enough;
mod remove_cb_every_removal;
mod remove_cb_live;
mod remove_gives_back;
mod renegotiation_abbreviated;
mod renegotiation_always_new;
mod renegotiation_full;
mod renegotiation_refused_fails;
mod renegotiation_requested_resumes;
mod renegotiation_tls12_only;
mod resumable_answers;
mod resume_soft;
mod reused_says;
mod sent_is_enough;
mod sent_stays;
mod server_ticket_not_revoked;
mod session_new_owned;
mod set_session_counts;
mod set_session_open_is_bad;
mod set_session_released_if_unused;
mod set_session_replaces;
mod set_shutdown_sets;
mod share_between_connections;
mod shutdown_sets_sent;
mod sid_ctx_separates;
mod tickets_one_after_resumption;
mod tickets_preset_two;
mod timeout_later_only;
mod timeout_preset;
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
    &cache_default_server::CLAUSE,
    &cache_off::CLAUSE,
    &cache_client_stores::CLAUSE,
    &cache_per_context::CLAUSE,
    &cache_internal_first::CLAUSE,
    &no_internal_lookup::CLAUSE,
    &no_internal_store::CLAUSE,
    &cache_size_preset::CLAUSE,
    &drop_only_on_overflow::CLAUSE,
    &drop_from_end::CLAUSE,
    &bounded::CLAUSE,
    &add_counts::CLAUSE,
    &add_same_again::CLAUSE,
    &add_same_id::CLAUSE,
    &remove_gives_back::CLAUSE,
    &flush_expired::CLAUSE,
    &flush_only_expired::CLAUSE,
    &number_counts::CLAUSE,
    &context_free_removes::CLAUSE,
    &context_kept_by_connections::CLAUSE,
    &context_free_own::CLAUSE,
    &timeout_later_only::CLAUSE,
    &timeout_preset::CLAUSE,
    &expired_not_resumed::CLAUSE,
    &set_session_counts::CLAUSE,
    &set_session_released_if_unused::CLAUSE,
    &set_session_replaces::CLAUSE,
    &set_session_open_is_bad::CLAUSE,
    &reused_says::CLAUSE,
    &sid_ctx_separates::CLAUSE,
    &clear_readies::CLAUSE,
    &clear_open_is_bad::CLAUSE,
    &clear_closed_keeps::CLAUSE,
    &free_gives_back::CLAUSE,
    &shutdown_sets_sent::CLAUSE,
    &sent_is_enough::CLAUSE,
    &sent_stays::CLAUSE,
    &received_not_enough::CLAUSE,
    &set_shutdown_sets::CLAUSE,
    &eof_without_close_notify::CLAUSE,
    &no_shutdown_after_fatal::CLAUSE,
    &client_renegotiation_off::CLAUSE,
    &renegotiation_always_new::CLAUSE,
    &renegotiation_tls12_only::CLAUSE,
    &renegotiation_full::CLAUSE,
    &renegotiation_refused_fails::CLAUSE,
    &renegotiation_abbreviated::CLAUSE,
    &renegotiation_requested_resumes::CLAUSE,
    &authentication_needs_consent::CLAUSE,
    &tickets_preset_two::CLAUSE,
    &tickets_one_after_resumption::CLAUSE,
    &authentication_sends_tickets::CLAUSE,
    &not_resumable_cb::CLAUSE,
    &no_ticket_stateful::CLAUSE,
    &early_data_stateful::CLAUSE,
    &anti_replay_single_use::CLAUSE,
    &server_ticket_not_revoked::CLAUSE,
    &d2i_owned::CLAUSE,
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
