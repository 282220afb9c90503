#![allow(missing_docs)]
use sessck_model::{*, explore::*, clauses, worlds};
use std::time::Instant;
use std::ops::ControlFlow;
fn main() {
    let max: usize = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(300_000);
    let only = std::env::args().nth(2);
    let (mut s, mut t, mut e) = (0, 0, 0.0);
    for w in &worlds::small() {
        if only.as_ref().is_some_and(|o| !w.name.contains(o.as_str())) { continue }
        let start = Instant::now();
        let order = Order { world: w, profile: Profile::PAGE, clauses: clauses::ALL, until: Until::Exhausted, max_states: max };
        let x = BreadthFirst.explore(&order, &mut |_| ControlFlow::Continue(()));
        let secs = start.elapsed().as_secs_f64();
        println!("{:24} {:8} states {:9} transitions depth {:3} {:?} {:.2}s {:.2}us/t", x.world, x.states, x.transitions, x.depth, x.end, secs, secs*1e6/x.transitions as f64);
        s += x.states; t += x.transitions; e += secs;
        for y in &x.tallies { if y.broken > 0 { println!("   BROKEN {} x{} replay={} {:#?}", y.clause.id, y.broken, y.witness.as_ref().unwrap().breaks(y.clause), y.witness.as_ref().unwrap().actions.iter().map(|a| format!("{:?}{}", a.call, if a.choice == Choice::default() {String::new()} else {format!(" {:?}", a.choice)})).collect::<Vec<_>>()); } }
    }
    println!("total {s} {t} {e:.2}s; state size {}", std::mem::size_of::<State>());
}
