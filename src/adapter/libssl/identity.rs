//! Who a library says it is, and what it lacks.

use std::ffi::CStr;

use super::api::Api;
use crate::implementation::{Identity, Lack};

/// Reads the version text and looks which functions are there.
pub(super) fn of(api: &Api, count_offset: Option<usize>, hooked: bool) -> Identity {
    let (family, version) = family_and_version(&version_text(api));
    let lacking = [
        (Lack::Counts, count_offset.is_none()),
        (Lack::Resumable, api.SSL_SESSION_is_resumable.is_none()),
        (Lack::Dup, api.SSL_SESSION_dup.is_none()),
        (Lack::ConnectionUpRef, api.SSL_up_ref.is_none()),
        (Lack::ContextUpRef, api.SSL_CTX_up_ref.is_none()),
        (Lack::NumTickets, api.SSL_CTX_set_num_tickets.is_none()),
        (Lack::EarlyData, api.SSL_CTX_set_max_early_data.is_none()),
        (Lack::Tls13, api.TLS_method.is_none()),
        (Lack::AllocationFaults, !hooked),
        (Lack::TransportFaults, api.BIO_set_callback_ex.is_none() || api.BIO_clear_flags.is_none()),
        (Lack::ConnectionDup, api.SSL_dup.is_none()),
        (Lack::CopySessionId, api.SSL_copy_session_id.is_none()),
        (Lack::ServerName, api.SSL_CTX_callback_ctrl.is_none() || api.SSL_set_SSL_CTX.is_none()),
        (Lack::IgnoreUnexpectedEof, family != "openssl" || version.starts_with(['0', '1', '2'])),
        (Lack::TicketKeys, super::ticket::lacks_key_callback(api)),
        (Lack::TicketCallbacks, api.SSL_CTX_set_session_ticket_cb.is_none()),
        (Lack::NewSessionTicket, api.SSL_new_session_ticket.is_none()),
        (Lack::Statistics, api.SSL_CTX_ctrl.is_none()),
        (Lack::LifetimeHint, api.SSL_SESSION_get_ticket_lifetime_hint.is_none()),
        (Lack::UpdateTime, !has_update_time(api)),
        (Lack::SetId, api.SSL_SESSION_set1_id.is_none()),
        (Lack::Pem, api.PEM_read_bio_SSL_SESSION.is_none() || api.PEM_write_bio_SSL_SESSION.is_none()),
        (Lack::Groups, api.SSL_CTX_ctrl.is_none()),
        (Lack::Renegotiation, api.SSL_renegotiate.is_none() || api.SSL_renegotiate_abbreviated.is_none()),
        (Lack::PostHandshakeAuth, api.SSL_verify_client_post_handshake.is_none()),
        (Lack::NotResumableCallback, api.SSL_CTX_set_not_resumable_session_callback.is_none()),
    ];
    let lacks = lacking.into_iter().filter(|(_, lacks)| *lacks).map(|(lack, _)| lack).collect();
    Identity { name: format!("{family}-{version}"), version, family, lacks }
}

/// The flag has no function of its own: it came with 3.0, as this function did.
pub(super) fn has_update_time(api: &Api) -> bool {
    api.SSL_CTX_set0_tmp_dh_pkey.is_some()
}

fn version_text(api: &Api) -> String {
    let Some(version) = api.OpenSSL_version.or(api.SSLeay_version) else { return String::new() };
    // SAFETY: 0 asks for the version text, which is static.
    unsafe { CStr::from_ptr(version(0)) }.to_string_lossy().into_owned()
}

/// `OpenSSL 3.0.22 25 Aug 2026` is `openssl` and `3.0.22`. Forks that pose as an OpenSSL say so in brackets.
fn family_and_version(text: &str) -> (String, String) {
    for (mark, family) in [("BoringSSL", "boringssl"), ("AWS-LC", "aws-lc"), ("LibreSSL", "libressl"), ("wolfSSL", "wolfssl")] {
        if let Some((_, rest)) = text.split_once(mark) {
            let version = rest.trim_start().split([' ', ')']).next().filter(|version| !version.is_empty());
            return (family.to_owned(), version.unwrap_or("unversioned").to_owned());
        }
    }
    let mut words = text.split_whitespace();
    let family = words.next().unwrap_or("unknown").to_lowercase();
    (family, words.next().unwrap_or("unversioned").to_owned())
}

#[cfg(test)]
mod tests {
    use super::family_and_version;

    #[test]
    fn version_texts_of_every_family() {
        let pair = |text| {
            let (family, version) = family_and_version(text);
            format!("{family}-{version}")
        };
        assert_eq!(pair("OpenSSL 3.0.22 25 Aug 2026"), "openssl-3.0.22");
        assert_eq!(pair("OpenSSL 1.1.1k  FIPS 25 Mar 2021"), "openssl-1.1.1k");
        assert_eq!(pair("LibreSSL 3.1.0"), "libressl-3.1.0");
        assert_eq!(pair("OpenSSL 1.1.1 (compatible; AWS-LC 1.30.1)"), "aws-lc-1.30.1");
        assert_eq!(pair("OpenSSL 1.1.1 (compatible; BoringSSL)"), "boringssl-unversioned");
        assert_eq!(pair(""), "unknown-unversioned");
    }
}
