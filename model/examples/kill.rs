#![allow(missing_docs)]
use sessck_model::{*, search::*, worlds};
use std::time::Instant;
fn show(w: &Witness) -> String { w.actions.iter().map(|a| format!("{:?}{}", a.call, if a.choice == Choice::default() {""} else {"*"})).collect::<Vec<_>>().join("; ") }
fn main() {
    let small = worlds::small();
    let only = std::env::args().nth(1);
    let all = Instant::now();
    for (c, d) in to_be_killed() {
        if only.as_ref().is_some_and(|o| !c.id.contains(o.as_str())) { continue }
        let t = Instant::now();
        let m = kill(&small, c, d);
        println!("{:6.2}s {:32} {:32} {}", t.elapsed().as_secs_f64(), c.id, d.id(), m.witness.as_ref().map_or("NOT KILLED".into(), |w| format!("{} {} {}", w.world, w.actions.len(), w.breaks(c))));
    }
    println!("mutants {:.1}s", all.elapsed().as_secs_f64());
    if only.is_some() { return }
    for o in Obligation::ALL { let t = Instant::now(); match need(&small, *o) { Need::Needed(f) => println!("{:.2}s {} breaks {}: {}", t.elapsed().as_secs_f64(), o.clause(), f.clause.id, show(&f.witness)), n => println!("{:.2}s {} {:?}", t.elapsed().as_secs_f64(), o.clause(), n) } }
}
