//! The native implementation, doing what [`Speed`](sessck::adapter::libssl::speed::Speed) has a libssl do.

use std::collections::VecDeque;
use std::hint::black_box;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sessck::adapter::libssl::speed::{
    CERTIFICATE, CacheTimes, Course, End, Holding, KEY, Kind, Measured, Threads, heap_bytes, id, shuffled, timed, timed_alone,
};
use sessck::implementation::Trouble;
use sessck::native::{CacheMode, Connection, Context, Credentials, Error, Group, Session, SessionId, SystemClock, Tickets, Trust, Version};

/// More turns than any handshake takes.
const MAX_TURNS: usize = 16;
/// So many handshakes go before memory is counted, so that what is kept for good is there.
const WARM_UP: u32 = 64;

/// Bytes on their way in one direction.
type Way = Arc<Mutex<VecDeque<u8>>>;

/// One end of a transport in memory.
struct Port {
    incoming: Way,
    outgoing: Way,
}

impl Read for Port {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut incoming = self.incoming.lock().unwrap_or_else(PoisonError::into_inner);
        if incoming.is_empty() { Err(ErrorKind::WouldBlock.into()) } else { incoming.read(buffer) }
    }
}

impl Write for Port {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.outgoing.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is measured.
pub(crate) struct Ours {
    credentials: Credentials,
}

/// A client's and a server's context.
struct Contexts {
    client: Context,
    server: Context,
}

/// Two connections that are open.
struct Pair {
    client: Connection,
    server: Connection,
}

fn wrong(what: impl ToString) -> Trouble {
    Trouble::Harness(what.to_string())
}

impl Ours {
    pub(crate) fn new() -> Result<Self, Trouble> {
        Ok(Self { credentials: Credentials::from_pem(CERTIFICATE, KEY).map_err(wrong)? })
    }

    fn contexts(&self, kind: Kind, client_mode: CacheMode, server_mode: CacheMode) -> Result<Contexts, Trouble> {
        let version = match kind {
            Kind::Id | Kind::Ticket => Version::Tls12,
            Kind::Stateful | Kind::Stateless => Version::Tls13,
        };
        let trust = Trust::Certificate(self.credentials.certificate().to_vec());
        let client = Context::client(version, &trust, Arc::new(SystemClock)).map_err(wrong)?;
        let server = Context::server(version, self.credentials.clone(), Arc::new(SystemClock)).map_err(wrong)?;
        if matches!(kind, Kind::Id | Kind::Stateful) {
            server.set_tickets(Tickets::Stateful);
        }
        client.set_cache_mode(client_mode);
        server.set_cache_mode(server_mode);
        // a client's are these from the start
        server.set_groups(&[Group::X25519, Group::P256]).map_err(wrong)?;
        client.cache().set_size(0);
        server.cache().set_size(0);
        Ok(Contexts { client, server })
    }

    fn usual(&self, kind: Kind) -> Result<Contexts, Trouble> {
        self.contexts(kind, CacheMode::OFF, CacheMode::SERVER)
    }

    /// Copies of one negotiated server session, with these ids.
    fn copies(&self, ids: &[SessionId]) -> Result<Vec<Session>, Trouble> {
        let mut pair = self.usual(Kind::Id)?.connect(None)?;
        let original = pair.server.session_handle().ok_or_else(|| wrong("a server has no session"))?;
        pair.close()?;
        let copy = |id: &SessionId| {
            let copy = original.duplicate();
            copy.set_id(id.as_bytes()).map(|()| copy).map_err(wrong)
        };
        let mut copies = Vec::with_capacity(ids.len());
        for id in ids {
            copies.push(copy(id)?);
        }
        Ok(copies)
    }
}

impl Contexts {
    /// A handshake, and the tickets that come after it.
    fn connect(&self, proposed: Option<&Session>) -> Result<Pair, Trouble> {
        let (there, back) = (Way::default(), Way::default());
        let mut pair = Pair { client: Connection::new(&self.client), server: Connection::new(&self.server) };
        pair.client.set_transport(Port { incoming: Arc::clone(&back), outgoing: Arc::clone(&there) });
        pair.server.set_transport(Port { incoming: there, outgoing: back });
        if proposed.is_some() {
            pair.client.set_session(proposed).map_err(wrong)?;
        }
        for _ in 0..MAX_TURNS {
            let open = (step(pair.client.do_handshake())?, step(pair.server.do_handshake())?);
            if open == (true, true) {
                step(pair.client.read(&mut [0]))?;
                return Ok(pair);
            }
        }
        Err(wrong("a handshake did not complete"))
    }

    /// One connection's life. Returns the session that is to be proposed next.
    fn connect_once(&self, course: Course, session: &Session) -> Result<Session, Trouble> {
        let (proposed, reused) = match course {
            Course::Full => (None, false),
            Course::Resumed => (Some(session), true),
        };
        let mut pair = self.connect(proposed)?;
        if pair.client.is_reused() != reused {
            return Err(wrong("a handshake resumed that was not to, or did not that was to"));
        }
        let next = pair.client.session_handle().ok_or_else(|| wrong("a client has no session"))?;
        pair.close()?;
        Ok(next)
    }
}

/// Whether it is done; not where it waits for the other end.
fn step<T>(result: Result<T, Error>) -> Result<bool, Trouble> {
    match result {
        Ok(_) => Ok(true),
        Err(Error::Blocked) => Ok(false),
        Err(error) => Err(wrong(error)),
    }
}

impl Pair {
    /// Shuts both ends down.
    fn close(&mut self) -> Result<(), Trouble> {
        step(self.client.shutdown())?;
        step(self.server.read(&mut [0]))?;
        step(self.server.shutdown())?;
        step(self.client.shutdown())?;
        Ok(())
    }
}

impl Measured for Ours {
    fn get1_and_free(&mut self, holding: Holding, threads: Threads, times: u32) -> Result<Duration, Trouble> {
        let contexts = self.usual(Kind::Ticket)?;
        let (mut connections, mut sessions) = (Vec::new(), Vec::<Session>::new());
        for _ in 0..threads.number() {
            if holding == Holding::Own || sessions.is_empty() {
                let mut pair = contexts.connect(None)?;
                sessions.extend(pair.client.session_handle());
                pair.close()?;
            }
            let mut connection = Connection::new(&contexts.client);
            connection.set_session(sessions.last()).map_err(wrong)?;
            connections.push(Mutex::new(connection));
        }
        Ok(timed(threads, &|number| {
            // taken once: it is what lets a thread have the connection for itself
            let connection = connections[number].lock().unwrap_or_else(PoisonError::into_inner);
            for _ in 0..times {
                drop(black_box(black_box(&connection).session_handle()));
            }
        }))
    }

    fn cache(&mut self, sessions: u32, threads: Threads) -> Result<CacheTimes, Trouble> {
        let ids: Vec<SessionId> = (0..sessions).filter_map(|number| SessionId::new(&id(number))).collect();
        let (order, context, done) = (shuffled(sessions), self.usual(Kind::Id)?.server, AtomicU32::new(0));
        let before = heap_bytes().unwrap_or(0);
        let copies = self.copies(&ids)?;
        let each = |number: usize, act: &dyn Fn(usize) -> bool| {
            let good = (number..order.len()).step_by(threads.number()).map(|at| u32::from(act(at))).sum();
            done.fetch_add(good, Ordering::Relaxed);
        };
        let cache = context.cache();
        let add = timed(threads, &|number| each(number, &|at| cache.add(&copies[at]) == Ok(true)));
        let heap_bytes = heap_bytes().unwrap_or(0).saturating_sub(before + copies.capacity() * size_of::<Session>());
        let look_up = timed(threads, &|number| {
            each(number, &|at| cache.contains(&ids[order[at] as usize], Version::Tls12));
        });
        let remove = timed(threads, &|number| {
            each(number, &|at| cache.remove(&copies[order[at] as usize]) == Ok(true));
        });
        if done.into_inner() != 3 * sessions {
            return Err(wrong("a session was not added, found or removed"));
        }
        Ok(CacheTimes { add, look_up, remove, heap_bytes })
    }

    fn handshakes(&mut self, kind: Kind, course: Course, number: u32) -> Result<Duration, Trouble> {
        let contexts = self.usual(kind)?;
        let mut first = contexts.connect(None)?;
        let session = first.client.session_handle().ok_or_else(|| wrong("a client has no session"))?;
        first.close()?;
        let all = || (0..number).try_fold(session, |proposed, _| contexts.connect_once(course, &proposed));
        let (last, time) = timed_alone(all);
        last.map(|_| time)
    }

    fn session_bytes(&mut self, kind: Kind, end: End, handshakes: u32) -> Result<f64, Trouble> {
        let (client, server) = match end {
            End::Client => (CacheMode::CLIENT, CacheMode::OFF),
            End::Server => (CacheMode::OFF, CacheMode::SERVER),
        };
        let connect = |contexts: &Contexts, times: u32| (0..times).try_for_each(|_| contexts.connect(None)?.close());
        connect(&self.contexts(kind, client, server)?, WARM_UP)?;
        let contexts = self.contexts(kind, client, server)?;
        let context = match end {
            End::Client => &contexts.client,
            End::Server => &contexts.server,
        };
        connect(&contexts, 1)?;
        let (before, already) = (heap_bytes(), context.cache().len());
        connect(&contexts, handshakes)?;
        let (after, sessions) = (heap_bytes(), context.cache().len() - already);
        let bytes = before.zip(after).map(|(before, after)| after.saturating_sub(before));
        match bytes {
            Some(bytes) if sessions >= handshakes as usize => Ok(bytes as f64 / sessions as f64),
            Some(_) => Err(wrong(format!("{sessions} sessions are cached after {handshakes} handshakes"))),
            None => Err(wrong("the C library does not tell how much memory is in use")),
        }
    }
}
