use quickcheck::{Arbitrary, Gen, quickcheck};
use sessck_model::{Act, ConnId, CtxId, SessId};

use super::call::{Called, Object, objects};
use super::{Event, Trace, read, write};
use crate::implementation::{
    CallFault, ConnectionFacts, ContextFacts, Event as Seen, Name, Observation, Returned, SessionFacts, Statistics,
};

/// Any text of a trace whose objects all exist: every object is made before it is used.
#[derive(Clone, Debug)]
struct Sound(Trace);

impl Arbitrary for Sound {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut events = Vec::new();
        for _ in 0..usize::arbitrary(g) % 8 {
            let Called(call) = Called::arbitrary(g);
            events.extend(objects(&call).into_iter().map(made));
            events.push(Event { call, fault: fault(g), saw: bool::arbitrary(g).then(|| observation(g)) });
        }
        let mut trace = Trace::new(String::arbitrary(g), String::arbitrary(g), events);
        trace.header.aims = vec![String::arbitrary(g)];
        Self(trace)
    }
}

/// An event that makes an object.
fn made(object: Object) -> Event {
    use sessck_model::{Call, Side, Version};
    match object {
        Object::Context(x) => Event { call: Call::ContextNew(x, Side::Client, Version::Tls12), fault: None, saw: None },
        Object::Connection(c) => Event { call: Call::ConnectionNew(c, CtxId(7)), fault: None, saw: None },
        Object::Session(s) => {
            let saw = Observation { events: vec![Seen::Born(Name(s))], ..Observation::default() };
            Event { call: Call::SessionNew, fault: None, saw: Some(saw) }
        }
    }
}

fn fault(g: &mut Gen) -> Option<CallFault> {
    [None, Some(CallFault::Allocation(u32::arbitrary(g))), Some(CallFault::Byte(u32::arbitrary(g)))][usize::arbitrary(g) % 3]
}

fn observation(g: &mut Gen) -> Observation {
    let s = Name(SessId(3));
    let mut seen = Observation { events: vec![Seen::Born(s)], ..Observation::default() };
    seen.returned = [Returned::Nothing, Returned::Null, Returned::Number(i64::arbitrary(g)), Returned::Session(s)][usize::arbitrary(g) % 4];
    let facts = SessionFacts {
        count: Option::arbitrary(g),
        resumable: bool::arbitrary(g),
        time: i64::arbitrary(g),
        timeout: i64::arbitrary(g),
        hint: Option::arbitrary(g),
    };
    if bool::arbitrary(g) {
        seen.sessions.insert(s, facts);
    }
    let statistics = Option::<u32>::arbitrary(g).map(|hits| Statistics { hits, ..Statistics::default() });
    if bool::arbitrary(g) {
        seen.contexts.insert(Name(CtxId(7)), ContextFacts { number: u32::arbitrary(g), statistics });
        let [reused, sent, received, open] = [(); 4].map(|()| bool::arbitrary(g));
        let (act, answer, left) = (Act::ALL[usize::arbitrary(g) % 4], i32::arbitrary(g), u32::arbitrary(g));
        seen.events.extend([Seen::Failed, Seen::Acted { act: Name(act), context: Name(CtxId(7)), session: s, answer, left }]);
        seen.connections.insert(Name(ConnId(7)), ConnectionFacts { session: Some(s), reused, sent, received, open, context: None });
    }
    seen
}

/// What every sound trace begins with: the objects that observations name.
fn with_beginning(Sound(trace): Sound) -> Trace {
    let beginning = [Object::Context(CtxId(7)), Object::Connection(ConnId(7))].map(made);
    let events: Vec<Event> = beginning.into_iter().chain(trace.events).collect();
    let mut whole = Trace::new(trace.header.title, trace.header.source, events);
    whole.header.aims = trace.header.aims;
    whole
}

fn written(trace: &Trace) -> Vec<u8> {
    let mut bytes = Vec::new();
    write::to(&mut bytes, trace).expect("writing to memory does not fail");
    bytes
}

quickcheck! {
    fn a_trace_reads_back_as_it_was_written(sound: Sound) -> bool {
        let trace = with_beginning(sound);
        read::whole(&written(&trace)[..]).is_ok_and(|read| read == trace)
    }

    fn a_trace_that_is_cut_anywhere_is_no_pass(sound: Sound, at: usize) -> bool {
        let bytes = written(&with_beginning(sound));
        read::whole(&bytes[..at % bytes.len()]).is_err()
    }

    fn flipped_bits_are_read_or_refused(sound: Sound, flips: Vec<usize>) -> bool {
        let mut bytes = written(&with_beginning(sound));
        let bits = bytes.len() * 8;
        for flip in flips {
            bytes[flip % bits / 8] ^= 1 << (flip % 8);
        }
        match read::whole(&bytes[..]) {
            Ok(_) => true,
            Err(error) => !error.to_string().is_empty(),
        }
    }
}
