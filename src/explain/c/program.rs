//! Putting a program together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use sessck_model::{Call, ConnId, CtxId, SessId, clauses};

use super::NotInC;
use super::acts;
use super::calls::{self, Answer, Handle, InC};
use super::ending::Ending;
use super::handles::Handles;
use super::layout::{comment, escaped, remark, statement};
use super::parts::{Part, closed, completed, fitted};
use super::shown::{Words, sessions_in};
use crate::adapter::libssl::credentials::{CERTIFICATE, KEY};
use crate::catalogue::source;
use crate::implementation::{Event as Seen, Name, Observation, Returned};
use crate::trace::call::{Object, c_text, objects};
use crate::trace::{Event, Trace};

/// The whole text.
pub(super) fn text(trace: &Trace, stem: &str, ending: &Ending) -> Result<String, NotInC> {
    let mut steps = Steps::of(&trace.events[..ending.made], ending)?;
    let parts = completed(closed(steps.parts.iter().copied()));
    if (parts.contains(&Part::ConnectionName) || parts.contains(&Part::Home)) && steps.connections.is_empty() {
        // a callback that never runs still wants its table
        steps.connections.insert(ConnId(0));
    }
    let mut text = comment(&introduction(trace, stem, ending));
    text += "#define OPENSSL_SUPPRESS_DEPRECATED\n#include <openssl/err.h>\n";
    text += if parts.contains(&Part::TicketKeys) { "#include <openssl/hmac.h>\n" } else { "" };
    text += "#include <openssl/pem.h>\n";
    text += if parts.contains(&Part::TicketKeys) { "#include <openssl/rand.h>\n" } else { "" };
    text += "#include <openssl/ssl.h>\n";
    text +=
        "#include <stdarg.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/time.h>\n#include <time.h>\n\n";
    text += &sizes(trace, &steps, &parts);
    text += &tables(&steps, &parts);
    for part in &parts {
        text += &fitted(part.text(), &parts).replace("CERTIFICATE;", &certificate());
        text += "\n";
    }
    text = with_is_open(text, &parts);
    for function in &steps.functions {
        text += function;
        text += "\n";
    }
    text += &saw(&parts);
    text += include_str!("parts/verdict.c");
    text += "\nint main(void)\n{\n    setvbuf(stdout, NULL, _IONBF, 0);\n    printf(\"%s\\n\", OpenSSL_version(OPENSSL_VERSION));\n";
    if parts.contains(&Part::Sessions) {
        text += "    SSL_SESSION_get_ex_new_index(0, NULL, born, NULL, died);\n";
    }
    if parts.contains(&Part::Duplicated) {
        // a quirk of CRYPTO_dup_ex_data, up to 3.5 at least: it takes the want of any index for the want of memory
        text += "    /* where there is no index at all SSL_dup fails for a connection that has app data */\n";
        text += "    SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);\n";
    }
    Ok(text + &steps.text + "}\n")
}

/// The steps of a program, and what they lean on.
struct Steps {
    text: String,
    parts: BTreeSet<Part>,
    contexts: BTreeSet<CtxId>,
    connections: BTreeSet<ConnId>,
    sessions: BTreeSet<SessId>,
    /// The context that each connection was made from.
    homes: BTreeMap<ConnId, CtxId>,
    /// Functions that are written for this trace.
    functions: BTreeSet<String>,
    /// The longest line of what was seen, in bytes.
    longest: usize,
    /// The application's references are counted.
    counted: bool,
    /// A callback empties a cache.
    flushes: bool,
}

impl Steps {
    fn of(events: &[Event], ending: &Ending) -> Result<Self, NotInC> {
        let mut steps = Self {
            text: String::new(),
            parts: [Part::Steps].into(),
            contexts: BTreeSet::new(),
            connections: BTreeSet::new(),
            sessions: BTreeSet::new(),
            homes: BTreeMap::new(),
            functions: BTreeSet::new(),
            longest: 0,
            counted: false,
            flushes: false,
        };
        steps.counted = events.iter().any(|event| acts::frees(&event.call));
        let (mut handles, mut words) = (Handles::default(), Words::default());
        let mut expected = ending.expected.clone();
        for (number, event) in (1..).zip(events) {
            let saw = event.saw.clone().unwrap_or_default();
            let form = calls::of(&event.call, &|x| handles.side(x), saw.returned);
            let form = form.map_err(|why| NotInC::Call { step: number, call: c_text(&event.call), why })?;
            let showed = steps.add(number, event, &saw, &form, &mut handles, &mut words);
            if number == ending.about {
                steps.text += "    looked_at();\n";
                expected.get_or_insert(showed);
            }
        }
        if let (Some(why), Some(next)) = (&ending.why_not, events.len().checked_add(1)) {
            steps.text += "\n";
            steps.text += &remark(&format!("Step {next} is not made: {why}"));
        }
        let expected = expected.filter(|list| !list.is_empty()).unwrap_or_else(|| vec!["nothing new".to_owned()]);
        steps.text += "\n";
        steps.text += &statement(&format!("return verdict({}, ", ending.about), &expected, ");");
        Ok(steps)
    }

    /// Adds one step; gives what it showed.
    fn add(
        &mut self,
        number: usize,
        event: &Event,
        saw: &Observation,
        form: &InC,
        handles: &mut Handles,
        words: &mut Words,
    ) -> Vec<String> {
        self.note(event, saw, form);
        self.text += "\n";
        for answer in found(saw) {
            self.parts.insert(Part::Find);
            self.text += &format!("    find({answer});\n");
        }
        let hosts = if matches!(event.call, Call::Hello(_)) { handles.hosts() } else { Vec::new() };
        for (x, host) in hosts {
            let host = host.map_or_else(|| "NULL".to_owned(), |host| host.to_string());
            self.text += &format!("    SSL_CTX_set_tlsext_servername_arg({x}, {host});\n");
        }
        if let Some(last) = handles.is_last(form.handle) {
            self.text += &format!("    part({last});\n");
        }
        let any_order = (form.any_order || self.flushes) && sessions_in(saw) > 1;
        self.flushes |= acts::flushes(&event.call);
        if any_order {
            self.parts.insert(Part::Order);
            self.text += "    any_order = 1;\n";
        }
        let (before, after) = if self.counted { acts::owned(&event.call, saw.returned) } else { (None, None) };
        self.text += &before.map_or(String::new(), |statement| format!("    {statement}\n"));
        self.text += &format!("    {}\n", made(number, form, saw.returned));
        self.text += &after.map_or(String::new(), |statement| format!("    {statement}\n"));
        for statement in &form.then {
            self.text += &format!("    {statement}\n");
        }
        for gone in handles.event(&event.call, form.handle, saw) {
            self.text += &format!("    {gone} = NULL;\n");
        }
        self.homes = handles.homes();
        let showed = words.of(saw, any_order, &self.homes);
        self.longest = self.longest.max(showed.iter().map(|word| word.len() + 2).sum());
        self.text += &statement("saw(", &showed, ");");
        showed
    }

    /// Notes what a step names and leans on.
    fn note(&mut self, event: &Event, saw: &Observation, form: &InC) {
        // what a trace does not tell of an answer the program does not tell either
        let answers = |part: &Part| saw.returned != Returned::Nothing || !matches!(part, Part::Number | Part::Mode | Part::Given);
        self.parts.extend(form.parts.iter().copied().filter(answers));
        self.functions.extend(form.function.clone());
        for object in objects(&event.call) {
            match object {
                Object::Context(x) => _ = self.contexts.insert(x),
                Object::Connection(c) => _ = self.connections.insert(c),
                Object::Session(s) => _ = self.sessions.insert(s),
            }
        }
        self.sessions.extend(event.saw.iter().flat_map(found_sessions));
        let needs = [
            (!self.contexts.is_empty(), Part::Contexts),
            (!self.connections.is_empty(), Part::Connections),
            (!self.sessions.is_empty(), Part::Session),
        ];
        self.parts.extend(needs.into_iter().filter(|(needed, _)| *needed).map(|(_, part)| part));
    }
}

/// The call as a statement.
fn made(number: usize, form: &InC, returned: Returned) -> String {
    let step = format!("STEP({number}, {})", form.expression);
    match (form.handle, form.answer) {
        (Handle::ContextMade(x), _) => format!("{x} = {step};"),
        (Handle::ConnectionMade(c, _), _) => format!("{c} = {step};"),
        (Handle::ConnectionCopied(c, _), Answer::Connection(of)) => format!("{c} = duplicated({of}, {step}, 1);"),
        (_, Answer::Connection(of)) => format!("duplicated({of}, {step}, 0);"),
        (_, Answer::Nothing) => format!("{step};"),
        (_, _) if returned == Returned::Nothing => format!("{step};"),
        (_, Answer::Number) => format!("number({step});"),
        (_, Answer::Mode) => format!("mode({step});"),
        (_, Answer::Session) => format!("given({step});"),
    }
}

/// What the get callback answered, in order.
fn found(saw: &Observation) -> Vec<String> {
    let answer = |event: &Seen| match event {
        Seen::Asked { answer, .. } => Some(answer.map_or_else(|| "NULL".to_owned(), |name| name.0.to_string())),
        Seen::Born(_) | Seen::Died(_) | Seen::New { .. } | Seen::Removed { .. } | Seen::Hook { .. } => None,
        Seen::Failed | Seen::Acted { .. } => None,
    };
    let answers: Vec<String> = saw.events.iter().filter_map(answer).collect();
    if answers.iter().all(|answer| answer == "NULL") { Vec::new() } else { answers }
}

fn found_sessions(saw: &Observation) -> Vec<SessId> {
    let answer = |event: &Seen| if let Seen::Asked { answer: Some(Name(name)), .. } = event { Some(*name) } else { None };
    saw.events.iter().filter_map(answer).collect()
}

/// What stands at the top.
fn introduction(trace: &Trace, stem: &str, ending: &Ending) -> Vec<String> {
    let header = &trace.header;
    let on = seen_on(trace);
    let mut all = vec![format!("{}\n{}", header.title, header.source)];
    all.push(format!(
        "A trace of sessck in C: its calls in order. What each shows is printed and compared with what it showed on {on}. The program \
         ends with 0 where all of it is the same, and with 1 otherwise. With another OpenSSL, from {} on, say -I and -L; -rdynamic is there for a shared libssl to find the clock below.",
        calls::oldest(&trace.events[..ending.made])
    ));
    all.push(format!("    cc -rdynamic -o {stem} {stem}.c -lssl -lcrypto && ./{stem}"));
    let clause = ending.clause.clone().or_else(|| {
        let clause = header.aims.first().and_then(|aim| clauses::by_id(aim))?;
        Some(format!("{} [{}]", clause.statement, source(clause)))
    });
    all.extend(clause.map(|clause| format!("What it is about: {clause}")));
    if let Some(expected) = &ending.expected {
        all.push(format!("Step {} departs from the pages. Expected: {}.", ending.about, expected.join("; ")));
    }
    all
}

fn seen_on(trace: &Trace) -> &str {
    trace.header.implementation.as_ref().map_or("another libssl", |it| it.name.as_str())
}

/// The sizes of tables, and what is said of where the trace was seen.
fn sizes(trace: &Trace, steps: &Steps, parts: &BTreeSet<Part>) -> String {
    let events = trace.events.len();
    let mut text = format!("#define SEEN_ON \"{}\"\n#define LINE {}\n", escaped(seen_on(trace)), 2 * steps.longest + 4096);
    if parts.contains(&Part::Sessions) {
        text += &format!("#define LIVES {}\n#define EVENTS {}\n", 64 + 16 * events, 64 + 8 * events);
    }
    for session in &steps.sessions {
        text += &format!("#define {session} session({})\n", session.0);
    }
    text + "\n"
}

/// The variables, and the tables of them.
fn tables(steps: &Steps, parts: &BTreeSet<Part>) -> String {
    let mut text = table("SSL_CTX", "contexts", &steps.contexts) + &table("SSL", "connections", &steps.connections);
    if parts.contains(&Part::Home) {
        let home = |c: &ConnId| steps.homes.get(c).map_or_else(|| "NULL".to_owned(), |x| format!("&{x}"));
        let homes: Vec<String> = steps.connections.iter().map(home).collect();
        text += &format!(
            "/* Where the contexts are that connections were made from, in the same order. */\nstatic SSL_CTX **homes[] = {{{}}};\n\n",
            homes.join(", ")
        );
    }
    text
}

fn table(kind: &str, name: &str, objects: &BTreeSet<impl Display>) -> String {
    if objects.is_empty() {
        return String::new();
    }
    let variables: Vec<String> = objects.iter().map(|object| format!("*{object}")).collect();
    let rows: Vec<String> = objects.iter().map(|object| format!("{{\"{object}\", &{object}, \"\"}}")).collect();
    let fields = format!("const char *name; {kind} **at; char told[96];");
    format!("static {kind} {};\nstatic struct {{ {fields} }} {name}[] = {{{}}};\n\n", variables.join(", "), rows.join(", "))
}

/// The function that looks at everything after a step.
fn saw(parts: &BTreeSet<Part>) -> String {
    let looks = [
        (Part::Connections, "show_current();"),
        (Part::Sessions, "name_survivors();"),
        (Part::Given, "tell_given();"),
        (Part::Order, "sort_events();"),
        (Part::Sessions, "tell_events();"),
        (Part::Contexts, "tell_contexts();"),
        (Part::Connections, "tell_connections();"),
        (Part::Moves, "tell_moves();"),
        (Part::Sessions, "tell_sessions();"),
        (Part::GetCallback, "forget_finds();"),
    ];
    let made = looks.iter().filter(|(part, _)| parts.contains(part)).map(|(_, look)| format!("    {look}\n"));
    let what = "/* What the step showed: what it returned, what happened in it, and every fact that it changed. */\n";
    format!("{what}static void saw(const char *expected)\n{{\n{}    compare(expected);\n}}\n\n", made.collect::<String>())
}

/// Where a ticket is asked for, what says whether a connection is open is another function.
fn with_is_open(text: String, parts: &BTreeSet<Part>) -> String {
    if parts.contains(&Part::IsOpen) { text.replace("SSL_is_init_finished(ssl) ? \", open\"", "is_open(ssl) ? \", open\"") } else { text }
}

fn certificate() -> String {
    let lines = CERTIFICATE.lines().chain(KEY.lines()).map(|line| format!("    \"{line}\\n\""));
    lines.collect::<Vec<_>>().join("\n") + ";"
}
