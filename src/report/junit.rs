//! JUnit's XML, which CI systems read.

use std::fmt::Write;

/// One test case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The group it belongs to: an implementation.
    pub group: String,
    /// What was tested: a clause or a trace.
    pub name: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a test case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Nothing to complain about.
    Passed,
    /// It could not be tested.
    Skipped(String),
    /// One line, and the whole report.
    Failed(String, String),
}

/// The document.
#[must_use]
pub fn document(suite: &str, cases: &[Case]) -> String {
    let number = |fits: fn(&Outcome) -> bool| cases.iter().filter(|case| fits(&case.outcome)).count();
    let failed = number(|outcome| matches!(outcome, Outcome::Failed(..)));
    let skipped = number(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    // Writing to a String cannot fail.
    _ = writeln!(text, "<testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\" skipped=\"{skipped}\">", escaped(suite), cases.len());
    for case in cases {
        _ = write!(text, "  <testcase classname=\"{}\" name=\"{}\"", escaped(&case.group), escaped(&case.name));
        _ = match &case.outcome {
            Outcome::Passed => writeln!(text, "/>"),
            Outcome::Skipped(why) => writeln!(text, "><skipped message=\"{}\"/></testcase>", escaped(why)),
            Outcome::Failed(line, report) => {
                writeln!(text, "><failure message=\"{}\">{}</failure></testcase>", escaped(line), escaped(report))
            }
        };
    }
    text + "</testsuite>\n"
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            // XML has no way to write other control characters
            c if c.is_control() && c != '\n' && c != '\t' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Case, Outcome, document};

    #[test]
    fn failures_are_counted_and_escaped() {
        let case = |name: &str, outcome| Case { group: "openssl-3.0.22".into(), name: name.into(), outcome };
        let cases = [
            case("a", Outcome::Passed),
            case("b", Outcome::Failed("x < 1".into(), "\"all\"".into())),
            case("c", Outcome::Skipped("&".into())),
        ];
        let text = document("sessck", &cases);
        assert!(text.contains("tests=\"3\" failures=\"1\" skipped=\"1\""));
        assert!(text.contains("<failure message=\"x &lt; 1\">&quot;all&quot;</failure>"));
    }
}
