//! A ticket that comes with a resumption establishes a session like any other: it is stored and announced.

use crate::{Clause, ConnId, Deviation, Effect, Force, Judgement, NewCallback, SessId, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "renewed-ticket-established",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "NOTES", paragraph: 11 },
    statement: "A ticket that comes with a resumption establishes a session like any other: it is stored and announced.",
    reading: Some(
        "The pages on renewal say that the old ticket is replaced, and SSL_CTX_sess_set_get_cb(3) that a session is announced once it is negotiated. A client that is not told of the new ticket goes on with the old one, and what was renewed is lost. A TLS 1.2 server has no object of its own for what travels in a ticket, so nothing is established there.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::RenewedNotEstablished),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| at(t, effect)))
}

fn at(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let (id, session) = match *effect {
        Effect::TicketSent { connection, session, .. } if t.connection(connection).is_some_and(|c| c.reused) => (connection, session),
        Effect::Completed { connection, tried: Some(tried), resumed: true } => match renewed(t, connection, tried) {
            Some(session) => (connection, session),
            None => return Judgement::Silent,
        },
        _ => return Judgement::Silent,
    };
    let told = |e: &Effect| matches!(e, Effect::NewCallback { session: s, .. } if *s == session);
    let announces = t.context_of(id).is_some_and(|x| x.mode.covers(x.side) && x.new_callback != NewCallback::Unset);
    Judgement::of(t.is_established(id, session) && (!announces || t.effects().iter().any(told)))
}

// A TLS 1.2 client has a new object after it, which it did not have before.
fn renewed(t: &Transition<'_>, id: ConnId, tried: SessId) -> Option<SessId> {
    let client = t.context_of(id).is_some_and(|x| x.side == Side::Client && x.version == Version::Tls12);
    t.connection(id)?.session.filter(|session| client && *session != tried)
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, ConnId, DecryptAnswer, Deviation, Judgement, NewCallback, Version,
        story::{Story, X0},
    };

    fn told(story: Story, version: Version) -> Story {
        let story = story.presenting(version, None, Some(DecryptAnswer::UseRenew));
        let story = story.call(Call::SetCacheMode(X0, CacheMode::CLIENT)).call(Call::SetNewCallback(X0, NewCallback::Keep));
        story.call(Call::Complete(ConnId(2)))
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("renewed-ticket-established"), Judgement::Holds);
        assert_eq!(
            told(Story::with(Deviation::RenewedNotEstablished), Version::Tls12).said("renewed-ticket-established"),
            Judgement::Broken
        );
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("renewed-ticket-established"), Judgement::Holds);
    }
}
