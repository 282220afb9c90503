//! The new-session callback runs during the handshake up to TLS 1.2, and after it in TLS 1.3, perhaps several times.

use crate::{Clause, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-cb-timing",
    force: Force::May,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 3 },
    statement: "The new-session callback runs during the handshake up to TLS 1.2, and after it in TLS 1.3, perhaps several times.",
    reading: None,
    status: Status::ByConstruction(
        "latitude: when it runs is told to applications so that they expect either; new-cb-only-established and new-cb-all bind the library",
    ),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let ran = t.effects().iter().any(|e| matches!(e, Effect::NewCallback { .. }));
    if ran { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{CacheMode, Call, Judgement, NewCallback, Version};

    fn connected(version: Version) -> Story {
        let story = Story::page().contexts(version).call(Call::SetCacheMode(X0, CacheMode::CLIENT));
        story.call(Call::SetNewCallback(X0, NewCallback::Keep)).pair().handshake(C0)
    }

    #[test]
    fn tls12_in_the_handshake() {
        assert_eq!(connected(Version::Tls12).said("new-cb-timing"), Judgement::Holds);
    }

    #[test]
    fn tls13_when_a_ticket_is_read() {
        let story = connected(Version::Tls13);
        assert_eq!(story.said("new-cb-timing"), Judgement::Silent);
        assert_eq!(story.call(Call::Read(C0)).said("new-cb-timing"), Judgement::Holds);
    }
}
