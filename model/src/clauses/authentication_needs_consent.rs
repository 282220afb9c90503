//! A certificate can be asked for after the handshake only where the client said so, and one at a time.

use crate::{Call, Challenge, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "authentication-needs-consent",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_verify", section: "NOTES", paragraph: 21 },
    statement: "SSL_verify_client_post_handshake succeeds only where the client sent the extension and no request is outstanding.",
    reading: Some("In TLS 1.2 there is no such extension."),
    status: Status::Checked,
    mutant: Some(Deviation::AuthenticationWithoutConsent),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::VerifyPostHandshake(id) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_connection(id) else { return Judgement::Silent };
    let tls13 = t.context_of(id).is_some_and(|x| x.version == Version::Tls13);
    let agreed = was.consents && tls13 && was.challenge != Challenge::Open;
    Judgement::of(t.outcome == Outcome::Number(agreed.into()))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetSessionIdContext(X1, 1)).pair().handshake(C0);
        story.call(Call::VerifyPostHandshake(C1))
    }

    #[test]
    fn no_extension() {
        assert_eq!(told(Story::page()).said("authentication-needs-consent"), Judgement::Holds);
    }

    #[test]
    fn asked_all_the_same() {
        let story = told(Story::with(Deviation::AuthenticationWithoutConsent));
        assert_eq!(story.said("authentication-needs-consent"), Judgement::Broken);
    }
}
