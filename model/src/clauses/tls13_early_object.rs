//! Before the first ticket the getters of a TLS 1.3 client still give an object.

use crate::{Call, Clause, ConnId, Deviation, Effect, Force, Judgement, Outcome, Phase, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls13-early-object",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 1 },
    statement: "Before the first ticket the getters of a TLS 1.3 client still give an object.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NoEarlyObject),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::Complete(client) = t.call() {
        return completed(t, client);
    }
    if let Call::Get0(client) | Call::Get1(client) = t.call() { asked(t, client) } else { Judgement::Silent }
}

fn completed(t: &Transition<'_>, client: ConnId) -> Judgement {
    let done = t.effects().iter().any(|e| matches!(e, Effect::Completed { connection, .. } if *connection == client));
    let Some(connection) = t.connection(client).filter(|_| done && is_tls13_client(t, client)) else { return Judgement::Silent };
    Judgement::of(connection.session.is_some())
}

fn asked(t: &Transition<'_>, client: ConnId) -> Judgement {
    let Some(connection) = t.was_connection(client) else { return Judgement::Silent };
    let early = connection.phase == Phase::Open && connection.ticketed == 0 && connection.session.is_some();
    if !early || !is_tls13_client(t, client) {
        return Judgement::Silent;
    }
    Judgement::of(t.outcome != Outcome::Session(None))
}

fn is_tls13_client(t: &Transition<'_>, id: ConnId) -> bool {
    t.context_of(id).is_some_and(|x| x.side == Side::Client && x.version == Version::Tls13)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0)
    }

    #[test]
    fn completed_without_a_ticket() {
        assert_eq!(told(Story::page()).said("tls13-early-object"), Judgement::Holds);
    }

    #[test]
    fn no_object_before_a_ticket() {
        assert_eq!(told(Story::with(Deviation::NoEarlyObject)).said("tls13-early-object"), Judgement::Broken);
    }

    #[test]
    fn asked_before_a_ticket() {
        assert_eq!(told(Story::page()).call(Call::Get0(C0)).said("tls13-early-object"), Judgement::Holds);
    }

    #[test]
    fn asked_after_a_ticket() {
        assert_eq!(told(Story::page()).call(Call::Read(C0)).call(Call::Get0(C0)).said("tls13-early-object"), Judgement::Silent);
    }
}
