//! C text: comments and strings, broken into lines.

/// The longest line, as far as words allow.
const WIDTH: usize = 110;

/// A comment of paragraphs; lines that begin with a blank are kept as they are.
pub(super) fn comment(paragraphs: &[String]) -> String {
    let mut text = "/*\n".to_owned();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        text += if at == 0 { "" } else { " *\n" };
        for line in lines(paragraph, WIDTH - 3) {
            text += &format!(" * {}\n", line.replace("*/", "* /"));
        }
    }
    text + " */\n"
}

/// A comment of one sentence, indented.
pub(super) fn remark(text: &str) -> String {
    let lines = lines(text, WIDTH - 10).join("\n     * ").replace("*/", "* /");
    if lines.contains('\n') { format!("    /*\n     * {lines}\n     */\n") } else { format!("    /* {lines} */\n") }
}

fn lines(paragraph: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for given in paragraph.lines() {
        if given.starts_with(' ') {
            lines.push(given.to_owned());
            continue;
        }
        let mut line = String::new();
        for word in given.split_whitespace() {
            if !line.is_empty() && line.len() + 1 + word.len() > width {
                lines.push(std::mem::take(&mut line));
            }
            line += if line.is_empty() { "" } else { " " };
            line += word;
        }
        lines.push(line);
    }
    lines
}

/// A statement that passes a list, parted by semicolons, as one string: `saw("a; b");`.
pub(super) fn statement(before: &str, list: &[String], after: &str) -> String {
    let mut strings: Vec<String> = vec![String::new()];
    for (at, item) in list.iter().enumerate() {
        let item = escaped(item) + if at + 1 < list.len() { "; " } else { "" };
        let line = strings.last_mut().expect("it is never empty");
        if !line.is_empty() && before.len() + line.len() + item.len() > WIDTH - 8 {
            strings.push(item);
        } else {
            *line += &item;
        }
    }
    let indent = "\n".to_owned() + &" ".repeat(4 + before.len());
    let strings: Vec<String> = strings.iter().map(|line| format!("\"{line}\"")).collect();
    format!("    {before}{}{after}\n", strings.join(&indent))
}

/// As it stands between quotes.
pub(super) fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain(Some(c))).filter(|c| !c.is_control()).collect()
}
