//! A real libssl: scripts a second, and what replaying a trace takes once its child runs. Skipped by name where there is none.

use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sessck::adapter::isolate::{DEADLINE, IsolatedLibrary};
use sessck::conform::script;
use sessck::libs::{Library, discover};
use sessck::profile::Profiles;
use sessck::replay::{files, replay};
use sessck::run::run_script;
use sessck::script::Script;
use sessck::trace::{Trace, read};
use sessck_model::Profile;

/// Scripts a round.
const SCRIPTS: u32 = 200;

fn executable() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_sessck"))
}

/// The first libssl of this machine, and what is known of it.
fn first() -> Option<(Library, Profile)> {
    let library = discover(executable()).libraries.into_iter().next();
    let profile = |library: &Library| Profiles::embedded().expect("it is tested").for_version(&library.family, &library.version);
    library.map(|library| (library.clone(), profile(&library)))
}

fn started(library: &Library) -> IsolatedLibrary {
    IsolatedLibrary::start(executable(), library.file().expect("it is in a file"), DEADLINE).expect("it was opened before")
}

fn scripts(criterion: &mut Criterion) {
    let Some((library, profile)) = first() else { return println!("skipped: scripts (there is no libssl on this machine)") };
    let scripts: Vec<Script> = (0..SCRIPTS).map(|number| script(1, number).expect("the generator gives one")).collect();
    let mut group = criterion.benchmark_group("scripts");
    group.sample_size(10).throughput(Throughput::Elements(SCRIPTS.into()));
    let mut implementation = started(&library);
    group.bench_function(&library.name, |b| {
        b.iter(|| {
            scripts
                .iter()
                .filter_map(|script| run_script(script, &mut implementation, profile).ok())
                .map(|run| run.steps.len())
                .sum::<usize>()
        });
    });
    group.finish();
}

fn traces(criterion: &mut Criterion) {
    let Some((library, profile)) = first() else { return println!("skipped: replay (there is no libssl on this machine)") };
    let all = files(&[PathBuf::from("traces")]).unwrap_or_default();
    let traces: Vec<Trace> = all.iter().filter_map(|path| read::file(path).ok()).collect();
    let mut group = criterion.benchmark_group("replay");
    group.sample_size(10);
    group.bench_function("the start of a child", |b| b.iter(|| started(&library)));
    let mut implementation = started(&library);
    group.throughput(Throughput::Elements(traces.len() as u64));
    group.bench_function("every trace, in one child", |b| {
        b.iter(|| traces.iter().filter_map(|trace| replay(trace, &mut implementation, profile).ok()).count());
    });
    group.finish();
}

criterion_group!(benches, scripts, traces);
criterion_main!(benches);
