//! After a resumption at most one ticket is sent, however many are set, and none where none are set.

use super::tickets_preset_two::is_tls13_client;
use crate::{Call, Clause, ConnId, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tickets-one-after-resumption",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_num_tickets", section: "DESCRIPTION", paragraph: 2 },
    statement: "After a resumption at most one ticket is sent, however many are set, and none where none are set.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ResumptionSendsAll),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::Read(id) = t.call() {
        return arrived(t, id);
    }
    Judgement::all(t.effects().iter().map(|effect| sent(t, effect)))
}

fn sent(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Completed { connection, resumed: true, .. } = *effect else { return Judgement::Silent };
    let Some(end) = t.connection(connection) else { return Judgement::Silent };
    let sends = t.context(end.context).is_some_and(|x| x.side == Side::Server && x.version == Version::Tls13);
    let allowed = end.num_tickets.min(1) as usize;
    if sends { Judgement::of(t.tickets_sent(connection) <= allowed) } else { Judgement::Silent }
}

// Each ticket that a client reads makes one session there.
fn arrived(t: &Transition<'_>, id: ConnId) -> Judgement {
    let Some(was) = t.was_connection(id).filter(|c| c.reused && !c.foreign && is_tls13_client(t, id)) else { return Judgement::Silent };
    let born = t.effects().iter().filter(|e| matches!(e, Effect::Born(_))).count();
    if born > 0 { Judgement::of(usize::from(was.ticketed) + born <= 1) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Choice, ConnId, Deviation, Judgement, Version,
        story::{C0, Story},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).pair().handshake(C0).call(Call::Read(C0));
        let one = Choice { ticket_after_resumption: true, ..Choice::default() };
        story.proposing(C0, ConnId(2), ConnId(3)).choosing(Call::Complete(ConnId(2)), one)
    }

    #[test]
    fn resumed() {
        assert_eq!(told(Story::page()).said("tickets-one-after-resumption"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ResumptionSendsAll)).said("tickets-one-after-resumption"), Judgement::Broken);
    }

    #[test]
    fn read_by_the_client() {
        let read = |story: Story| told(story).call(Call::Read(ConnId(2))).said("tickets-one-after-resumption");
        assert_eq!(read(Story::page()), Judgement::Holds);
        assert_eq!(read(Story::with(Deviation::ResumptionSendsAll)), Judgement::Broken);
    }
}
