//! Where the generate callback returns 0 the connection ends with a fatal alert.

use crate::{Clause, ConnId, Deviation, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-cb-generate-stops",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "RETURN VALUES", paragraph: 2 },
    statement: "Where the generate callback returns 0 the connection ends with a fatal alert.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::GenerateStopIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketGenerate).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer == 0 { Judgement::of(t.failed(id)) } else { Judgement::Silent }
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
        assert_eq!(told(Story::page(), Version::Tls13, GenerateAnswer::Stop).said("ticket-cb-generate-stops"), Judgement::Holds);
        assert_eq!(
            told(Story::with(Deviation::GenerateStopIgnored), Version::Tls13, GenerateAnswer::Stop).said("ticket-cb-generate-stops"),
            Judgement::Broken
        );
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12, GenerateAnswer::Stop).said("ticket-cb-generate-stops"), Judgement::Holds);
    }
}
