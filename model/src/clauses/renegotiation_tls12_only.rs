//! SSL_renegotiate is an error on a connection of TLS 1.3.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "renegotiation-tls12-only",
    force: Force::Must,
    source: Source { page: "SSL_key_update", section: "DESCRIPTION", paragraph: 4 },
    statement: "SSL_renegotiate and SSL_renegotiate_abbreviated are an error on a connection of TLS 1.3.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::Tls13Renegotiates),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Renegotiate(id) | Call::RenegotiateAbbreviated(id)) = t.call() else { return Judgement::Silent };
    match t.context_of(id).map(|x| x.version) {
        Some(Version::Tls13) => Judgement::of(t.outcome == Outcome::Number(0)),
        Some(Version::Tls12) | None => Judgement::Silent,
    }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0).call(Call::Read(C0)).call(Call::Renegotiate(C0))
    }

    #[test]
    fn refused() {
        assert_eq!(told(Story::page()).said("renegotiation-tls12-only"), Judgement::Holds);
    }

    #[test]
    fn accepted() {
        assert_eq!(told(Story::with(Deviation::Tls13Renegotiates)).said("renegotiation-tls12-only"), Judgement::Broken);
    }
}
