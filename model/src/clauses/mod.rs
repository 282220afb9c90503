//! The catalogue: one clause a file.

mod add_counts;
mod add_same_again;
mod add_same_id;
mod anti_replay_single_use;
mod authentication_needs_consent;
mod authentication_sends_tickets;
mod auto_clear;
mod blocked_harmless;
mod borrow_live;
mod bounded;
mod cache_client_stores;
mod cache_default_server;
mod cache_internal_first;
mod cache_off;
mod cache_per_context;
mod cache_size_preset;
mod cached_id_stays;
mod callbacks_call_back;
mod clear_closed_keeps;
mod clear_open_is_bad;
mod clear_readies;
mod client_renegotiation_off;
mod connection_free_own;
mod connection_num_tickets;
mod context_free_own;
mod context_free_removes;
mod context_kept_by_connections;
mod counts_add_up;
mod d2i_failure;
mod d2i_owned;
mod d2i_reuse;
mod d2i_reuse_failure;
mod d2i_reuse_new;
mod dead_means_unheld;
mod decoded_keeps_timeout;
mod drop_from_end;
mod drop_only_on_overflow;
mod drop_only_unused;
mod dup_separate;
mod early_data_stateful;
mod eof_ignored;
mod eof_without_close_notify;
mod error_paths_balance;
mod expired_not_resumed;
mod external_hit_copied;
mod flush_expired;
mod flush_may_drop;
mod flush_only_expired;
mod free_gives_back;
mod free_indirect;
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
mod get_cb_copy_owned;
mod get_cb_other_session;
mod get_cb_when_missed;
mod get_current;
mod get_id;
mod i2d_d2i_same;
mod i2d_not_valid;
mod linked_has_identity;
mod linked_means_held;
mod linked_means_resumable;
mod new_cb_all;
mod new_cb_keeps;
mod new_cb_needs_cache_side;
mod new_cb_only_established;
mod new_cb_returns_zero;
mod new_cb_timing;
mod new_ticket_requests;
mod new_ticket_sent_when;
mod new_tickets_add_up;
mod no_anti_replay_reusable;
mod no_anti_replay_stateless;
mod no_auto_clear;
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
mod pem_owned;
mod quiet_inherited;
mod received_leaves_writing;
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
mod renewed_ticket_established;
mod resumable_answers;
mod resume_soft;
mod reused_says;
mod sent_is_enough;
mod sent_stays;
mod server_ticket_not_revoked;
mod session_new_owned;
mod set1_id;
mod set1_id_too_long;
mod set_session_client;
mod set_session_counts;
mod set_session_open_is_bad;
mod set_session_released_if_unused;
mod set_session_replaces;
mod set_shutdown_sets;
mod share_between_connections;
mod shortened_lifetime;
mod shrink_at_next_add;
mod shutdown_ends_writing;
mod shutdown_returns;
mod shutdown_sets_sent;
mod sid_ctx_in_time;
mod sid_ctx_separates;
mod sid_ctx_verify_peer;
mod sni_after_resumption;
mod ssl_dup_shares;
mod stats_accept;
mod stats_accept_good;
mod stats_cache_full;
mod stats_cb_hits;
mod stats_connect;
mod stats_connect_good;
mod stats_hits;
mod stats_misses;
mod stats_timeouts;
mod switch_keeps_sessions;
mod ticket_cb_abort;
mod ticket_cb_generate_goes_on;
mod ticket_cb_generate_stops;
mod ticket_cb_ignore;
mod ticket_cb_ignore_renew;
mod ticket_cb_use;
mod ticket_cb_use_only_on_success;
mod ticket_cb_use_renew;
mod ticket_key_cb_asked;
mod ticket_key_cb_cannot;
mod ticket_key_cb_fails;
mod ticket_key_cb_none;
mod ticket_key_cb_renews;
mod ticket_key_cb_use;
mod ticket_lifetime_hint;
mod tickets_one_after_resumption;
mod tickets_preset_two;
mod time_set_get;
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
mod unclean_all_tickets;
mod unclean_not_resumable;
mod unclean_open;
mod unclean_removed;
mod up_ref_counts;
mod update_time;

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
    &unclean_all_tickets::CLAUSE,
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
    &get_cb_copy_owned::CLAUSE,
    &get_cb_other_session::CLAUSE,
    &callbacks_call_back::CLAUSE,
    &cache_default_server::CLAUSE,
    &cache_off::CLAUSE,
    &cache_client_stores::CLAUSE,
    &cache_per_context::CLAUSE,
    &cache_internal_first::CLAUSE,
    &no_internal_lookup::CLAUSE,
    &no_internal_store::CLAUSE,
    &auto_clear::CLAUSE,
    &no_auto_clear::CLAUSE,
    &external_hit_copied::CLAUSE,
    &update_time::CLAUSE,
    &cache_size_preset::CLAUSE,
    &drop_only_on_overflow::CLAUSE,
    &drop_from_end::CLAUSE,
    &bounded::CLAUSE,
    &drop_only_unused::CLAUSE,
    &shrink_at_next_add::CLAUSE,
    &add_counts::CLAUSE,
    &add_same_again::CLAUSE,
    &add_same_id::CLAUSE,
    &remove_gives_back::CLAUSE,
    &cached_id_stays::CLAUSE,
    &flush_expired::CLAUSE,
    &flush_only_expired::CLAUSE,
    &number_counts::CLAUSE,
    &stats_connect::CLAUSE,
    &stats_connect_good::CLAUSE,
    &stats_accept::CLAUSE,
    &stats_accept_good::CLAUSE,
    &stats_hits::CLAUSE,
    &stats_cb_hits::CLAUSE,
    &stats_misses::CLAUSE,
    &stats_timeouts::CLAUSE,
    &stats_cache_full::CLAUSE,
    &context_free_removes::CLAUSE,
    &context_kept_by_connections::CLAUSE,
    &context_free_own::CLAUSE,
    &timeout_later_only::CLAUSE,
    &timeout_preset::CLAUSE,
    &expired_not_resumed::CLAUSE,
    &ticket_lifetime_hint::CLAUSE,
    &time_set_get::CLAUSE,
    &shortened_lifetime::CLAUSE,
    &set_session_counts::CLAUSE,
    &set_session_released_if_unused::CLAUSE,
    &set_session_replaces::CLAUSE,
    &set_session_open_is_bad::CLAUSE,
    &set_session_client::CLAUSE,
    &switch_keeps_sessions::CLAUSE,
    &reused_says::CLAUSE,
    &sid_ctx_separates::CLAUSE,
    &sid_ctx_verify_peer::CLAUSE,
    &sid_ctx_in_time::CLAUSE,
    &ssl_dup_shares::CLAUSE,
    &connection_free_own::CLAUSE,
    &sni_after_resumption::CLAUSE,
    &clear_readies::CLAUSE,
    &clear_open_is_bad::CLAUSE,
    &clear_closed_keeps::CLAUSE,
    &free_gives_back::CLAUSE,
    &free_indirect::CLAUSE,
    &shutdown_sets_sent::CLAUSE,
    &shutdown_returns::CLAUSE,
    &shutdown_ends_writing::CLAUSE,
    &received_leaves_writing::CLAUSE,
    &sent_is_enough::CLAUSE,
    &sent_stays::CLAUSE,
    &received_not_enough::CLAUSE,
    &set_shutdown_sets::CLAUSE,
    &quiet_inherited::CLAUSE,
    &eof_without_close_notify::CLAUSE,
    &eof_ignored::CLAUSE,
    &blocked_harmless::CLAUSE,
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
    &new_ticket_requests::CLAUSE,
    &new_tickets_add_up::CLAUSE,
    &new_ticket_sent_when::CLAUSE,
    &connection_num_tickets::CLAUSE,
    &ticket_cb_abort::CLAUSE,
    &ticket_cb_ignore::CLAUSE,
    &ticket_cb_ignore_renew::CLAUSE,
    &ticket_cb_use::CLAUSE,
    &ticket_cb_use_renew::CLAUSE,
    &ticket_cb_use_only_on_success::CLAUSE,
    &ticket_cb_generate_goes_on::CLAUSE,
    &ticket_cb_generate_stops::CLAUSE,
    &renewed_ticket_established::CLAUSE,
    &ticket_key_cb_asked::CLAUSE,
    &ticket_key_cb_renews::CLAUSE,
    &ticket_key_cb_use::CLAUSE,
    &ticket_key_cb_cannot::CLAUSE,
    &ticket_key_cb_none::CLAUSE,
    &ticket_key_cb_fails::CLAUSE,
    &authentication_sends_tickets::CLAUSE,
    &not_resumable_cb::CLAUSE,
    &no_ticket_stateful::CLAUSE,
    &no_anti_replay_stateless::CLAUSE,
    &no_anti_replay_reusable::CLAUSE,
    &early_data_stateful::CLAUSE,
    &anti_replay_single_use::CLAUSE,
    &server_ticket_not_revoked::CLAUSE,
    &d2i_owned::CLAUSE,
    &decoded_keeps_timeout::CLAUSE,
    &d2i_failure::CLAUSE,
    &i2d_d2i_same::CLAUSE,
    &i2d_not_valid::CLAUSE,
    &d2i_reuse::CLAUSE,
    &d2i_reuse_new::CLAUSE,
    &d2i_reuse_failure::CLAUSE,
    &pem_owned::CLAUSE,
    &get_id::CLAUSE,
    &set1_id::CLAUSE,
    &set1_id_too_long::CLAUSE,
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
