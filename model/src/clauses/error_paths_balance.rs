//! After a call that failed every reference is accounted for as after one that succeeded.

use super::{counts_add_up, dead_means_unheld, linked_means_held};
use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "error-paths-balance",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "NOTES", paragraph: 1 },
    statement: "After a call that failed every reference is accounted for as after one that succeeded.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::FailureKeepsReference),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if !failed(t) {
        return Judgement::Silent;
    }
    let invariants = [&counts_add_up::CLAUSE, &linked_means_held::CLAUSE, &dead_means_unheld::CLAUSE];
    Judgement::all(invariants.map(|clause| (clause.judge)(t)))
}

fn failed(t: &Transition<'_>) -> bool {
    let refused = matches!(t.call(), Call::AddSession(..) | Call::RemoveSession(..)) && t.outcome == Outcome::Number(0);
    refused || t.effects().iter().any(|e| matches!(e, Effect::Fatal(_)))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().call(Call::Hello(C0)).call(Call::Corrupt(C1)).call(Call::Complete(C0))
    }

    #[test]
    fn failed_handshake() {
        assert_eq!(told(Story::page()).said("error-paths-balance"), Judgement::Holds);
    }

    #[test]
    fn failed_handshake_keeps_a_reference() {
        assert_eq!(told(Story::with(Deviation::FailureKeepsReference)).said("error-paths-balance"), Judgement::Broken);
    }
}
