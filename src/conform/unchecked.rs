//! Which clauses a campaign could not check, and why.

use crate::faults::CALLS_BACK;
use sessck_model::{Status, clauses};

use super::Results;
use crate::implementation::{Identity, Lack};

/// The clauses that cannot be judged without something that an implementation lacks, however often they are met.
fn need(lack: Lack) -> &'static [&'static str] {
    match lack {
        Lack::Lifetimes => &["borrow-live", "free-releases", "dead-means-unheld", "nothing-left", "get1-outlives", "error-paths-balance"],
        Lack::Counts => &["get0-not-counted", "get1-counted", "up-ref-counts", "counts-add-up", "session-new-owned", "add-counts"],
        Lack::Resumable => &["resumable-answers"],
        Lack::Dup => &["dup-separate"],
        Lack::ConnectionUpRef | Lack::ContextUpRef | Lack::NumTickets | Lack::EarlyData | Lack::Tls13 | Lack::ForeignPeers => &[],
        Lack::AllocationFaults | Lack::TransportFaults => &[],
        Lack::ConnectionDup => &["ssl-dup-shares"],
        Lack::ServerName => &["sni-after-resumption", "switch-keeps-sessions"],
        Lack::CopySessionId => &[],
        Lack::IgnoreUnexpectedEof => &["eof-ignored"],
        Lack::TicketKeys | Lack::TicketCallbacks | Lack::NewSessionTicket => &[],
        Lack::Statistics => &[
            "stats-connect",
            "stats-connect-good",
            "stats-accept",
            "stats-accept-good",
            "stats-hits",
            "stats-cb-hits",
            "stats-misses",
            "stats-timeouts",
            "stats-cache-full",
        ],
        Lack::LifetimeHint => &["ticket-lifetime-hint"],
        Lack::UpdateTime => &["update-time"],
        Lack::SetId => &["set1-id", "set1-id-too-long"],
        Lack::Pem => &["pem-owned"],
        Lack::Renegotiation => &[
            "client-renegotiation-off",
            "renegotiation-always-new",
            "renegotiation-tls12-only",
            "renegotiation-full",
            "renegotiation-refused-fails",
            "renegotiation-abbreviated",
            "renegotiation-requested-resumes",
        ],
        Lack::PostHandshakeAuth => &["authentication-needs-consent", "authentication-sends-tickets"],
        Lack::IdAfterTicket | Lack::WithdrawnProposal | Lack::Groups | Lack::NotResumableCallback => &[],
    }
}

/// A clause that was not checked, and why not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unchecked {
    /// Its id.
    pub clause: &'static str,
    /// In words.
    pub why: String,
}

/// The clauses that a campaign did not check, in the order of the catalogue.
#[must_use]
pub fn unchecked(results: &Results, identity: &Identity) -> Vec<Unchecked> {
    let mut all = Vec::new();
    for (at, clause) in clauses::ALL.iter().enumerate() {
        let held = results.held.get(at).copied().unwrap_or(0);
        let met = held > 0
            || results.known.iter().any(|(id, _)| *id == clause.id)
            || results.findings.iter().any(|f| f.clause() == Some(clause.id));
        let lacking = identity.lacks.iter().find(|lack| need(**lack).contains(&clause.id));
        let why = match (clause.status, lacking) {
            (Status::NotObservable(why), _) => Some(why.to_owned()),
            (Status::ByConstruction(_) | Status::NotSpecified(_), _) => None,
            (Status::Checked, Some(lack)) => Some(format!("the library lacks {}", word(*lack))),
            (Status::Checked, None) if !met && is_obligation(clause) => None,
            (Status::Checked, None) if !met && clause.id == CALLS_BACK => {
                Some("`sessck faults` checks it, and gives each such case a deadline".to_owned())
            }
            (Status::Checked, None) if !met => Some("no script met it".to_owned()),
            (Status::Checked, None) => None,
        };
        all.extend(why.map(|why| Unchecked { clause: clause.id, why }));
    }
    all
}

/// Obligations bind the application: scripts keep them, libraries are not held to them.
fn is_obligation(clause: &sessck_model::Clause) -> bool {
    clause.force == sessck_model::Force::Caller
}

/// What is lacking, as in JSON.
#[must_use]
pub fn word(lack: Lack) -> &'static str {
    match lack {
        Lack::Lifetimes => "lifetimes",
        Lack::Counts => "counts",
        Lack::Resumable => "resumable",
        Lack::Dup => "dup",
        Lack::ConnectionUpRef => "connection-up-ref",
        Lack::ContextUpRef => "context-up-ref",
        Lack::NumTickets => "num-tickets",
        Lack::EarlyData => "early-data",
        Lack::Tls13 => "tls13",
        Lack::ForeignPeers => "foreign-peers",
        Lack::AllocationFaults => "allocation-faults",
        Lack::TransportFaults => "transport-faults",
        Lack::ConnectionDup => "connection-dup",
        Lack::CopySessionId => "copy-session-id",
        Lack::ServerName => "server-name",
        Lack::IgnoreUnexpectedEof => "ignore-unexpected-eof",
        Lack::TicketKeys => "ticket-keys",
        Lack::TicketCallbacks => "ticket-callbacks",
        Lack::NewSessionTicket => "new-session-ticket",
        Lack::Statistics => "statistics",
        Lack::LifetimeHint => "lifetime-hint",
        Lack::UpdateTime => "update-time",
        Lack::SetId => "set-id",
        Lack::Pem => "pem",
        Lack::WithdrawnProposal => "withdrawn-proposal",
        Lack::IdAfterTicket => "id-after-ticket",
        Lack::Groups => "groups",
        Lack::Renegotiation => "renegotiation",
        Lack::PostHandshakeAuth => "post-handshake-auth",
        Lack::NotResumableCallback => "not-resumable-callback",
    }
}

#[cfg(test)]
mod tests {
    use sessck_model::clauses;

    use super::need;
    use crate::implementation::Lack;

    #[test]
    fn what_a_lack_leaves_unchecked_is_in_the_catalogue() {
        for lack in [
            Lack::ConnectionDup,
            Lack::Counts,
            Lack::Dup,
            Lack::LifetimeHint,
            Lack::Lifetimes,
            Lack::PostHandshakeAuth,
            Lack::Renegotiation,
            Lack::Resumable,
            Lack::ServerName,
            Lack::Statistics,
            Lack::UpdateTime,
        ] {
            assert!(need(lack).iter().all(|id| clauses::by_id(id).is_some()), "{lack:?}");
        }
    }
}
