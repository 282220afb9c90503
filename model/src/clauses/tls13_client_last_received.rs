//! After several tickets the getters of a TLS 1.3 client show the session received last.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls13-client-last-received",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 2 },
    statement: "After several tickets the getters of a TLS 1.3 client show the session received last.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ClientKeepsFirstTicket),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Read(client) | Call::Shutdown(client)) = t.call() else { return Judgement::Silent };
    let last = t.effects().iter().rev().find_map(|e| {
        let Effect::Established { connection, session } = e else { return None };
        (*connection == client).then_some(*session)
    });
    let (Some(last), Some(connection)) = (last, t.connection(client)) else { return Judgement::Silent };
    Judgement::of(connection.session == Some(last))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0).call(Call::Read(C0))
    }

    #[test]
    fn two_tickets_read() {
        assert_eq!(told(Story::page()).said("tls13-client-last-received"), Judgement::Holds);
    }

    #[test]
    fn stays_with_the_first() {
        assert_eq!(told(Story::with(Deviation::ClientKeepsFirstTicket)).said("tls13-client-last-received"), Judgement::Broken);
    }
}
