//! The checker alone: events a second on a long trace.

#[path = "../tests/common/produced.rs"]
mod produced;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sessck::checker::{Checker, Verdict};
use sessck_model::{Profile, Version};

/// How long a trace is.
const EVENTS: usize = 100_000;

fn judged(events: &[produced::Made]) -> Checker {
    let mut checker = Checker::new(Profile::PAGE);
    for (call, saw) in events {
        let verdict = checker.event(black_box(call), black_box(saw));
        assert!(matches!(verdict, Verdict::Agrees { .. }), "{call:?}: {verdict:?}");
    }
    checker
}

fn checker(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("checker");
    group.sample_size(10);
    for (name, version) in [("1.2", Version::Tls12), ("1.3", Version::Tls13)] {
        for pairs in [0, 100, 500] {
            group.throughput(Throughput::Elements(EVENTS as u64));
            group.bench_function(BenchmarkId::new(format!("{pairs} pairs alive"), name), |b| {
                let events = produced::with_pairs_alive(version, EVENTS, pairs);
                b.iter(|| judged(&events));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, checker);
criterion_main!(benches);
