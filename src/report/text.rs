//! Reports as text.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::{Cause, Kind, Report};

/// How wide the first column of causes is at the most.
const WIDEST_CALL: usize = 64;

/// The report without colours.
#[must_use]
pub fn plain(report: &Report) -> String {
    anstream::adapter::strip_str(&colored(report)).to_string()
}

/// The report with colours, to be printed through `anstream`.
#[must_use]
pub fn colored(report: &Report) -> String {
    let mut text = headline(report) + "\n";
    let width = report.causes.iter().map(|cause| cause.text.len()).max().unwrap_or(0).min(WIDEST_CALL);
    let strong = Style::new().bold();
    for (at, cause) in report.causes.iter().enumerate() {
        let style = if at + 1 == report.causes.len() { strong } else { Style::new() };
        text += &line(cause, width, style);
    }
    list(&mut text, "expected", &report.expected);
    list(&mut text, "observed", &report.observed);
    if let Some(clause) = report.clause {
        let source = clause.source;
        list(&mut text, "clause", &[format!("{} [{}(3), {} {}]", clause.statement, source.page, source.section, source.paragraph)]);
        list(&mut text, "read as", &clause.reading.map(str::to_owned).into_iter().collect::<Vec<_>>());
    }
    if !report.also.is_empty() {
        list(&mut text, "also", &[report.also.join(", ")]);
    }
    let explained: Vec<String> = report.explained_by.iter().map(|d| format!("+{}: {}", d.id(), d.text().trim())).collect();
    list(&mut text, "profile", &explained);
    list(&mut text, "again", &report.reproduce.iter().cloned().collect::<Vec<_>>());
    text
}

fn headline(report: &Report) -> String {
    let color = match report.kind {
        Kind::Violation | Kind::Misuse | Kind::Crash => AnsiColor::Red,
        Kind::Inconclusive => AnsiColor::Yellow,
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    let what = match (report.kind, report.clause) {
        (kind, Some(clause)) => format!("{} of {}", kind.word(), clause.id),
        (Kind::Violation, None) => "violation that no clause names".to_owned(),
        (kind @ (Kind::Misuse | Kind::Crash | Kind::Inconclusive), None) => kind.word().to_owned(),
    };
    let head = format!("{what}, by {}", report.by);
    let page = report.clause.map_or(String::new(), |clause| format!("{}(3)", clause.source.page));
    let gap = 72_usize.saturating_sub(head.len() + page.len()).max(2);
    let page = if page.is_empty() { page } else { " ".repeat(gap) + &page };
    format!("{style}{what}{style:#}, by {}{page}", report.by)
}

fn line(cause: &Cause, width: usize, style: Style) -> String {
    let step = format!("step {}", cause.step);
    format!("  {step:<8} {:<width$}   {style}{}{style:#}\n", cause.text, cause.here)
}

fn list(text: &mut String, title: &str, lines: &[String]) {
    for (at, line) in lines.iter().enumerate() {
        let title = if at == 0 { title } else { "" };
        // Writing to a String cannot fail.
        _ = writeln!(text, "{title:<9} {line}");
    }
}
