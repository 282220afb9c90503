//! Where the generate callback returns 1 the connection goes on.

use crate::{Clause, ConnId, Deviation, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-cb-generate-goes-on",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "RETURN VALUES", paragraph: 2 },
    statement: "Where the generate callback returns 1 the connection goes on.",
    reading: Some("Whatever it did to the session before, as far as a page describes it: setting a timeout of 0 is."),
    status: Status::Checked,
    mutant: Some(Deviation::TimelessTicketFatal),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketGenerate).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    let stopped = t.answers(Hook::TicketGenerate).any(|ran| ran == (id, 0))
        || t.answers(Hook::TicketKeyEncrypt).any(|(on, gave)| on == id && gave < 0);
    if answer == 0 || stopped { Judgement::Silent } else { Judgement::of(!t.failed(id)) }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, GenerateAnswer, Judgement, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story, version: Version, answer: GenerateAnswer) -> Story {
        story.contexts(version).call(Call::SetTicketCallbacks(X1, Some(answer), None)).pair().handshake(C0)
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13, GenerateAnswer::Go).said("ticket-cb-generate-goes-on"), Judgement::Holds);
        assert_eq!(
            told(Story::with(Deviation::TimelessTicketFatal), Version::Tls13, GenerateAnswer::Expire).said("ticket-cb-generate-goes-on"),
            Judgement::Broken
        );
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12, GenerateAnswer::Go).said("ticket-cb-generate-goes-on"), Judgement::Holds);
    }
}
