//! Exploration: states a second, world by world. Worlds that take long are left out.

use std::ops::ControlFlow;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sessck_model::explore::{BreadthFirst, End, Engine, Exploration, Order, Until};
use sessck_model::{Profile, World, clauses, worlds};

/// A world with more states than this is left out.
const MOST_STATES: usize = 20_000;

fn explored(world: &World) -> Exploration {
    let order = Order { world, profile: Profile::PAGE, clauses: clauses::ALL, until: Until::Exhausted, max_states: MOST_STATES };
    BreadthFirst.explore(&order, &mut |_| ControlFlow::Continue(()))
}

fn explore(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("explore");
    group.sample_size(10);
    for world in worlds::small() {
        let exploration = explored(&world);
        if exploration.end != End::Exhausted {
            continue;
        }
        group.throughput(Throughput::Elements(exploration.states));
        group.bench_function(BenchmarkId::from_parameter(world.name), |b| b.iter(|| explored(&world)));
    }
    group.finish();
}

criterion_group!(benches, explore);
criterion_main!(benches);
