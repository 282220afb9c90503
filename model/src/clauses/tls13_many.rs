//! A TLS 1.3 server may establish several sessions on one connection.

use crate::{Clause, ConnId, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls13-many",
    force: Force::May,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 2 },
    statement: "A TLS 1.3 server may establish several sessions on one connection.",
    reading: None,
    status: Status::ByConstruction("latitude: how many tickets a server sends is a setting of its own"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let established = t.effects().iter().filter_map(|e| {
        let Effect::Established { connection, .. } = e else { return None };
        Some(*connection)
    });
    let before = |id: ConnId| usize::from(t.was_connection(id).is_some_and(|c| c.ticketed > 0));
    let several = established.clone().any(|id| before(id) + established.clone().filter(|c| *c == id).count() > 1);
    if several { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Judgement, Version};

    fn told(tickets: u32) -> Story {
        Story::page().contexts(Version::Tls13).call(Call::SetNumTickets(X1, tickets)).pair().handshake(C0).call(Call::Read(C0))
    }

    #[test]
    fn two_tickets() {
        assert_eq!(told(2).said("tls13-many"), Judgement::Holds);
    }

    #[test]
    fn one_ticket() {
        assert_eq!(told(1).said("tls13-many"), Judgement::Silent);
    }
}
