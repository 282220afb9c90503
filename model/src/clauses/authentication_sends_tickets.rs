//! On a certificate that came after the handshake a server issues as many tickets as after the handshake.

use crate::{Call, Challenge, Clause, Deviation, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "authentication-sends-tickets",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_num_tickets", section: "DESCRIPTION", paragraph: 3 },
    statement: "On receipt of a certificate that it asked for after the handshake a server issues as many tickets as after that handshake.",
    reading: Some(
        "After a resumption the number may be that of any resumption: none or one, and none where none are set. What the not-resumable callback said of the session before does not count.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::AuthenticationSendsNothing),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Read(id) | Call::Shutdown(id)) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(id), t.connection(id)) else { return Judgement::Silent };
    if was.challenge != Challenge::Open || now.challenge == Challenge::Open {
        return Judgement::Silent;
    }
    // a callback can hold tickets back, or end the connection
    if t.failed(id) || t.ran(Hook::TicketKeyEncrypt, id, Some(0)) {
        return Judgement::Silent;
    }
    let sent = t.tickets_sent(id);
    let all = was.num_tickets as usize;
    Judgement::of(if was.reused { sent <= all.min(1) } else { sent == all })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X0, X1};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetSessionIdContext(X1, 1)).call(Call::ConnectionNew(C0, X0));
        let story = story.call(Call::SetPostHandshakeAuth(C0)).call(Call::ConnectionNew(C1, X1)).call(Call::Join(C0, C1)).handshake(C0);
        story.call(Call::VerifyPostHandshake(C1)).call(Call::Read(C0)).call(Call::Read(C1))
    }

    #[test]
    fn two_more() {
        let story = told(Story::page());
        assert_eq!(story.said("authentication-sends-tickets"), Judgement::Holds);
        assert_eq!(story.call(Call::Read(C0)).said("new-cb-only-established"), Judgement::Silent);
    }

    #[test]
    fn none() {
        assert_eq!(told(Story::with(Deviation::AuthenticationSendsNothing)).said("authentication-sends-tickets"), Judgement::Broken);
    }
}
