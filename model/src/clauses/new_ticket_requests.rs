//! SSL_new_session_ticket returns 1 on a TLS 1.3 server after its handshake, and else 0; it only asks, and sends nothing.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Phase, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-ticket-requests",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_num_tickets", section: "DESCRIPTION", paragraph: 4 },
    statement: "SSL_new_session_ticket returns 1 on a TLS 1.3 server after its handshake, and else 0; it only asks, and sends nothing.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::AskedSentAtOnce),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::AskTicket(id) = t.call() else { return Judgement::Silent };
    let serves = t.context_of(id).is_some_and(|x| x.side == Side::Server && x.version == Version::Tls13);
    let Some(was) = t.was_connection(id) else { return Judgement::Silent };
    let may_ask = serves && was.phase == Phase::Open;
    Judgement::of(t.outcome == Outcome::Number(may_ask.into()) && t.tickets_sent(id) == 0)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Outcome, Version,
        story::{C0, C1, Story},
    };

    fn told(story: Story, version: Version) -> Story {
        story.contexts(version).pair().handshake(C0)
    }

    #[test]
    fn a_tls13_server() {
        let story = told(Story::page(), Version::Tls13).call(Call::AskTicket(C1));
        assert_eq!((story.said("new-ticket-requests"), story.outcome), (Judgement::Holds, Outcome::Number(1)));
        let story = told(Story::with(Deviation::AskedSentAtOnce), Version::Tls13).call(Call::AskTicket(C1));
        assert_eq!(story.said("new-ticket-requests"), Judgement::Broken);
    }

    #[test]
    fn a_client_or_tls12() {
        let story = told(Story::page(), Version::Tls13).call(Call::AskTicket(C0));
        assert_eq!((story.said("new-ticket-requests"), story.outcome), (Judgement::Holds, Outcome::Number(0)));
        assert_eq!(told(Story::page(), Version::Tls12).call(Call::AskTicket(C1)).outcome, Outcome::Number(0));
    }
}
