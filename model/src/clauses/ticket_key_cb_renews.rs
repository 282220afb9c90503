//! Where the key callback answers 2 for a ticket the session in it goes on, and the callback is asked again to make a new one.

use crate::{Clause, ConnId, Deviation, Effect, Force, Hook, Judgement, Renewal, Source, Status, Transition, Verdict};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-key-cb-renews",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_tlsext_ticket_key_cb", section: "DESCRIPTION", paragraph: 13 },
    statement: "Where the key callback answers 2 for a ticket the session in it goes on, and the callback is asked again to make a new one.",
    reading: Some(
        "Save where the decrypt callback says otherwise. In TLS 1.3 the number of tickets set still counts: with none set none is made.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::TicketRenewalForgotten),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let answered = Judgement::all(t.answers(Hook::TicketKeyDecrypt).map(|(id, answer)| judged(t, id, answer)));
    answered.max(Judgement::all(t.effects().iter().map(|effect| sent(t, effect))))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer != 2 || t.ran(Hook::TicketDecrypt, id, None) || t.failed(id) {
        return Judgement::Silent;
    }
    match t.verdict(id) {
        Some(Verdict::Used) => Judgement::of(t.is_renewed(id)),
        Some(Verdict::Unfit) => Judgement::Silent,
        Some(Verdict::NotUsed) | None => Judgement::Broken,
    }
}

// In TLS 1.3 it goes out after the handshake, if any may.
fn sent(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Completed { connection, resumed: true, .. } = *effect else { return Judgement::Silent };
    let due = t.was_connection(connection).is_some_and(|c| c.renewal == Renewal::Due && c.num_tickets > 0);
    let asked = t.context_of(connection).is_some_and(|x| x.ticket_key.is_some());
    if due && asked { Judgement::of(t.ran(Hook::TicketKeyEncrypt, connection, None)) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{Call, ConnId, Deviation, Judgement, OpenAnswer, SealAnswer, Version, story::Story};

    fn told(story: Story, version: Version) -> Story {
        story.presenting(version, Some((SealAnswer::Use, OpenAnswer::Renew)), None)
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-key-cb-renews"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketRenewalForgotten), Version::Tls13).said("ticket-key-cb-renews"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-key-cb-renews"), Judgement::Holds);
    }

    #[test]
    fn sent_after_the_handshake() {
        let story = told(Story::page(), Version::Tls13).call(Call::Complete(ConnId(2)));
        assert_eq!(story.said("ticket-key-cb-renews"), Judgement::Holds);
    }
}
