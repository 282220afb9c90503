//! Tables for people.

/// Lines of cells, each column as wide as its widest cell. Lines begin with two blanks and end with none.
#[must_use]
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text += &format!("  {}", cells.join("  "));
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

/// A paragraph in lines of so many characters, each after an indent.
#[must_use]
pub(super) fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let (mut all, mut line) = (String::new(), indent.to_owned());
    for word in text.split_whitespace() {
        if line.len() + 1 + word.len() > width && !line.trim().is_empty() {
            all += &(line + "\n");
            line = indent.to_owned();
        }
        if !line.ends_with(' ') && !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    all + &line + "\n"
}

/// Cells of anything that can be shown.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($cell.to_string()),*] };
}
pub(super) use row;

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_aligned() {
        assert_eq!(table(&[row!["a", 1, "x"], row!["bcd", 22, ""]]), "  a    1   x\n  bcd  22\n");
    }
}
