//! Paragraphs, labelled values and bars. They hold no finger of their own; where the page has no other, a reading
//! mark walks its lines.

use lianban::desk::view::{Bar, Chart, Facts, Text};

use super::super::line::{Block, Line, Role};
use super::super::text::{width, wrap};

/// Text begins here; the two cells before it are for marks.
pub(super) const MARGIN: usize = 2;

fn heading(block: &mut Block, text: &str) {
    if !text.is_empty() {
        block.push(Line::of(&format!("  {text}"), Role::Heading));
    }
}

/// Paragraphs, wrapped.
pub(super) fn text(text: &Text, columns: usize) -> Block {
    let mut block = Block::default();
    heading(&mut block, &text.heading);
    for paragraph in &text.lines {
        for line in wrap(paragraph, columns.saturating_sub(MARGIN)) {
            block.push(Line::of(&format!("  {line}"), Role::Plain));
        }
    }
    block
}

/// Label and value on one line; a long value goes on beneath itself.
pub(super) fn facts(facts: &Facts, columns: usize) -> Block {
    let mut block = Block::default();
    heading(&mut block, &facts.heading);
    let labels = facts.items.iter().map(|f| (f.label.as_str(), f.value.as_str()));
    pairs(&mut block, labels, columns);
    block
}

/// Labelled values in two columns of text.
pub(super) fn pairs<'a>(block: &mut Block, items: impl Iterator<Item = (&'a str, &'a str)>, columns: usize) {
    let items: Vec<_> = items.collect();
    let widest = items.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let at = MARGIN + widest.min((columns / 3).max(4)) + 2;
    for (label, value) in items {
        let mut line = Line::of("  ", Role::Plain);
        line.put_within(label, Role::Label, at - 1).to(at, Role::Plain);
        for (index, piece) in wrap(value, columns.saturating_sub(at)).iter().enumerate() {
            if index > 0 {
                block.push(std::mem::take(&mut line));
                line.to(at, Role::Plain);
            }
            line.put(piece, Role::Plain);
        }
        block.push(line);
    }
}

/// Bars of `#`, of `=` for the second of two things compared, of `-` where the value is below nothing, with the value as
/// text; then the same in a sentence. Every line says by itself what it is: it may be the only one that is read.
pub(super) fn chart(chart: &Chart, columns: usize) -> Block {
    let mut block = Block::default();
    heading(&mut block, &chart.heading);
    let name = |bar: &Bar| format!("{} {}", bar.label, bar.series).trim_end().to_owned();
    let first = chart.bars.first().map_or("", |bar| bar.series.as_str());
    let labels = chart.bars.iter().map(|b| width(&name(b))).max().unwrap_or(0).min(columns / 3);
    let values = chart.bars.iter().map(|b| width(&b.shown)).max().unwrap_or(0);
    let most = chart.bars.iter().map(|b| b.value.unsigned_abs()).max().unwrap_or(0).max(1);
    let room = columns.saturating_sub(MARGIN + labels + values + width(&chart.unit) + 4).min(60);
    for bar in &chart.bars {
        let mut line = Line::of("  ", Role::Plain);
        line.put_within(&name(bar), Role::Label, MARGIN + labels).to(MARGIN + labels + 1, Role::Plain);
        let missing = values.saturating_sub(width(&bar.shown));
        line.put(&" ".repeat(missing), Role::Plain)
            .put(&format!("{} {} ", bar.shown, chart.unit), Role::Plain);
        let scaled = u128::from(bar.value.unsigned_abs()) * room as u128 / u128::from(most);
        let length = usize::try_from(scaled).unwrap_or(room).max(usize::from(bar.value != 0));
        let sign = match (bar.value < 0, bar.series == first) {
            (true, _) => "-",
            (false, true) => "#",
            (false, false) => "=",
        };
        line.put(&sign.repeat(length), Role::Plain);
        block.push(line);
    }
    for line in wrap(&chart.sentence, columns.saturating_sub(MARGIN)) {
        block.push(Line::of(&format!("  {line}"), Role::Quiet));
    }
    block
}

/// Marks the line being read and puts the finger on it.
pub(super) fn read_at(block: &mut Block, row: usize) {
    if let Some(line) = block.lines.get_mut(row) {
        *line = marked(line);
        block.finger = Some((row, MARGIN));
    }
}

/// The line with `>` in its first cell.
pub(super) fn marked(line: &Line) -> Line {
    let mut out = Line::of(">", Role::Plain);
    let mut skipped = false;
    for (text, role) in &line.pieces {
        match text.strip_prefix(' ') {
            Some(rest) if !skipped => out.put(rest, *role),
            _ => out.put(text, *role),
        };
        skipped = true;
    }
    out
}
