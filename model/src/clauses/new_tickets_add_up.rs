//! As many tickets as were asked for go out together, with the next SSL_write or SSL_do_handshake.

use crate::{Call, Clause, Deviation, Force, Hook, Item, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-tickets-add-up",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_num_tickets", section: "DESCRIPTION", paragraph: 4 },
    statement: "As many tickets as were asked for go out together, with the next SSL_write or SSL_do_handshake.",
    reading: Some(
        "Those for which the key callback has no keys count as sent. SSL_clear ends the connection that they were asked for on, and with it the requests.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::RequestsCountOnce),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::Clear(id) = t.call() {
        let left = t.connection(id).is_some_and(|c| c.pending() > 0);
        return if left { Judgement::Broken } else { Judgement::Silent };
    }
    let (Call::Write(id) | Call::HandshakeAgain(id) | Call::Read(id)) = t.call() else { return Judgement::Silent };
    let Some(asked) = t.was_connection(id).filter(|c| !c.shutdown.sent).map(|c| usize::from(c.asked)) else { return Judgement::Silent };
    if t.was_connection(id).is_some_and(|c| c.inbox.contains(&Item::Certificate)) {
        return Judgement::Silent; // tickets follow on that
    }
    let made = t.tickets_sent(id) + t.times(Hook::TicketKeyEncrypt, id, 0);
    if t.failed(id) || (asked == 0 && made == 0) {
        return Judgement::Silent;
    }
    // a call that reads may leave them for later
    let later = matches!(t.call(), Call::Read(_)) && made == 0;
    if later { Judgement::Silent } else { Judgement::of(made == asked) }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, C1, Story},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).pair().handshake(C0);
        story.call(Call::AskTicket(C1)).call(Call::AskTicket(C1)).call(Call::Write(C1))
    }

    #[test]
    fn asked_twice() {
        assert_eq!(told(Story::page()).said("new-tickets-add-up"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::RequestsCountOnce)).said("new-tickets-add-up"), Judgement::Broken);
    }

    #[test]
    fn not_asked() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0).call(Call::Write(C1));
        assert_eq!(story.said("new-tickets-add-up"), Judgement::Silent);
    }
}
