//! Where something fails: in which calls of a script, and at which of their places.

use sessck_model::{Act, Call, Callback};

use super::Disturbance;
use crate::implementation::Event;
use crate::run::Step;
use crate::trace::call::name;

/// Numbers that depend on the seed and the script alone (SplitMix64).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64, script: u32) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(script))
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed >> 32) % u64::from(bound.max(1))) as u32
    }
}

/// Up to so many steps in which something is to fail: first a name of those that the script calls, then one call of that name, so that
/// rare calls get their share.
pub(super) fn calls(steps: &[Step], most: usize, random: &mut Random) -> Vec<usize> {
    let mut left: Vec<usize> = (0..steps.len()).filter(|at| can_fail(&steps[*at].call)).collect();
    let mut chosen = Vec::new();
    while chosen.len() < most && !left.is_empty() {
        let mut names: Vec<&str> = left.iter().map(|at| name(&steps[*at].call)).collect();
        names.dedup();
        names.sort_unstable();
        names.dedup();
        let wanted = names[random.below(names.len() as u32) as usize];
        let of_name: Vec<usize> = left.iter().copied().filter(|at| name(&steps[*at].call) == wanted).collect();
        chosen.push(of_name[random.below(of_name.len() as u32) as usize]);
        left.retain(|at| name(&steps[*at].call) != wanted);
    }
    chosen
}

/// The calls that can do anything to sessions, and of which it is known what they give to the application or take from it.
fn can_fail(call: &Call) -> bool {
    let caches = matches!(call, Call::AddSession(..) | Call::RemoveSession(..) | Call::FlushSessions(..) | Call::ContextFree(_));
    let connects = matches!(call, Call::ConnectionNew(..) | Call::ConnectionFree(_) | Call::Clear(_) | Call::SetSession(..));
    let talks = matches!(call, Call::Hello(_) | Call::Complete(_) | Call::Read(_) | Call::Shutdown(_));
    let copies = matches!(call, Call::SessionNew | Call::SessionFree(_) | Call::SessionDup(_) | Call::SessionDecode(_));
    caches || connects || talks || copies
}

/// Up to so many places out of `number`, from 1: all where there are no more, else one out of each of as many equal parts.
pub(super) fn places(number: u32, most: u32, random: &mut Random) -> Vec<u32> {
    if number <= most {
        return (1..=number).collect();
    }
    let start = |part: u32| (u64::from(part) * u64::from(number) / u64::from(most)) as u32;
    (0..most).map(|part| start(part) + 1 + random.below(start(part + 1) - start(part))).collect()
}

/// What each callback that ran in a call can do besides.
pub(super) fn acts(call: &Call, events: &[Event]) -> Vec<Disturbance> {
    let ran = |wanted: fn(&Event) -> bool| events.iter().any(wanted);
    let callbacks = [
        (Callback::New, ran(|event| matches!(event, Event::New { .. }))),
        (Callback::Remove, ran(|event| matches!(event, Event::Removed { .. }))),
        (Callback::Get, ran(|event| matches!(event, Event::Asked { answer: Some(_), .. }))),
    ];
    let acts = [Act::Flush, Act::Add, Act::Remove, Act::Free];
    let all = callbacks.into_iter().filter(|(_, ran)| *ran).flat_map(|(callback, _)| acts.map(|act| (callback, act)));
    // what a get callback gives must not be freed by it; what is added to a context that is being freed is nobody's
    let barred = |it: &(Callback, Act)| match it {
        (Callback::Get, Act::Free) => true,
        (_, Act::Add) => matches!(call, Call::ContextFree(_)),
        _ => false,
    };
    all.filter(|it| !barred(it)).map(|(callback, act)| Disturbance::CallsBack(callback, act)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Random, places};

    #[test]
    fn few_places_are_all_tried() {
        assert_eq!(places(3, 8, &mut Random::new(1, 0)), [1, 2, 3]);
        assert!(places(0, 8, &mut Random::new(1, 0)).is_empty());
    }

    #[test]
    fn many_places_are_tried_all_over() {
        let some = places(1000, 8, &mut Random::new(1, 0));
        assert_eq!(some.len(), 8);
        assert!(some.iter().enumerate().all(|(part, place)| (part as u32 * 125 + 1..=part as u32 * 125 + 125).contains(place)), "{some:?}");
    }
}
