//! SSL_set_num_tickets sets the number of tickets of one connection, whatever its context says.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "connection-num-tickets",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_num_tickets", section: "DESCRIPTION", paragraph: 1 },
    statement: "SSL_set_num_tickets sets the number of tickets of one connection, whatever its context says.",
    reading: Some("That as many are sent is what tickets-preset-two says."),
    status: Status::Checked,
    mutant: Some(Deviation::ConnectionNumTicketsIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SetConnectionNumTickets(id, number) = t.call() else { return Judgement::Silent };
    Judgement::of(t.connection(id).is_some_and(|c| c.num_tickets == number))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, C1, Story},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().call(Call::SetConnectionNumTickets(C1, 1))
    }

    #[test]
    fn one_ticket() {
        assert_eq!(told(Story::page()).said("connection-num-tickets"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ConnectionNumTicketsIgnored)).said("connection-num-tickets"), Judgement::Broken);
    }

    #[test]
    fn sent_after_the_handshake() {
        let story = told(Story::page()).handshake(C0);
        assert_eq!(story.said("tickets-preset-two"), Judgement::Holds);
        assert!(story.state.connections.get(C0).is_some_and(|c| c.inbox.len() == 1));
    }
}
