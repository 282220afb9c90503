//! What was measured: medians, ratios, and how far they spread.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::task::{Figure, Unit};

/// A figure of everything that was measured, round by round. In a round whoever could not be measured has none.
pub(crate) struct Row {
    pub(crate) figure: Figure,
    /// For each subject, native first, a value a round.
    pub(crate) values: Vec<Vec<Option<f64>>>,
}

/// A median, and the middle half around it.
#[derive(Clone, Copy)]
struct Spread {
    low: f64,
    median: f64,
    high: f64,
}

fn spread(mut values: Vec<f64>) -> Option<Spread> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    Some(Spread { low: values[last / 4], median: values[last / 2], high: values[last - last / 4] })
}

impl Row {
    fn median(&self, subject: usize) -> Option<f64> {
        spread(self.values[subject].iter().flatten().copied().collect()).map(|spread| spread.median)
    }

    /// Native against another, round by round: above 1 native is better.
    fn ratio(&self, subject: usize) -> Option<Spread> {
        let pairs = self.values[0].iter().zip(&self.values[subject]).filter_map(|(ours, theirs)| ours.zip(*theirs));
        spread(
            pairs
                .map(|(ours, theirs)| match self.figure.unit {
                    Unit::PerSecond => ours / theirs,
                    Unit::Bytes => theirs / ours,
                })
                .collect(),
        )
    }

    fn is_short_of_its_aim(&self, subject: usize) -> bool {
        let short = self.figure.aim.zip(self.ratio(subject)).map(|(aim, ratio)| ratio.median < aim);
        short == Some(true)
    }
}

/// The table for people.
pub(crate) fn text(names: &[String], rows: &[Row]) -> String {
    let mut text = String::new();
    let widest = rows.iter().map(|row| row.figure.name.len()).max().unwrap_or(0);
    let head: String = names.iter().skip(1).map(|name| format!("  {name:>18}")).collect();
    // writing to a string does not fail
    _ = writeln!(text, "{:widest$}  {:>9}{head}", "", "native");
    for row in rows {
        let ours = row.median(0).map_or_else(|| "-".to_owned(), |value| number(value, row.figure.unit));
        _ = write!(text, "{:widest$}  {ours:>9}", row.figure.name);
        for subject in 1..names.len() {
            let mark = if row.is_short_of_its_aim(subject) { '!' } else { ' ' };
            let cell = row.ratio(subject).map(|r| format!("{:.2} ({:.2}-{:.2}){mark}", r.median, r.low, r.high));
            _ = write!(text, "  {:>18}", cell.unwrap_or_else(|| "- ".to_owned()));
        }
        text.push('\n');
    }
    text
}

fn number(value: f64, unit: Unit) -> String {
    let (value, per) = match unit {
        Unit::PerSecond => (value, "/s"),
        Unit::Bytes => return format!("{value:.0} B"),
    };
    match value {
        1e6.. => format!("{:.1} M{per}", value / 1e6),
        1e4.. => format!("{:.0} k{per}", value / 1e3),
        _ => format!("{value:.0} {per}"),
    }
}

/// The same for machines, with each single value.
pub(crate) fn json(names: &[String], rows: &[Row]) -> Value {
    let rows: Vec<Value> = rows.iter().map(|row| row_json(names, row)).collect();
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    json!({ "subjects": names, "cores": cores, "rows": rows })
}

fn row_json(names: &[String], row: &Row) -> Value {
    let subjects: Vec<Value> = (0..names.len())
        .map(|subject| {
            let ratio = row.ratio(subject).filter(|_| subject > 0);
            let ratio = ratio.map(|ratio| json!({ "low": ratio.low, "median": ratio.median, "high": ratio.high }));
            json!({ "name": names[subject], "median": row.median(subject), "rounds": row.values[subject], "ratio": ratio })
        })
        .collect();
    json!({ "name": row.figure.name, "unit": row.figure.unit, "aim": row.figure.aim, "subjects": subjects })
}
