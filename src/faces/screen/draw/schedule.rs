//! A grid of lanes and columns: the finger on the focused cell, which stands in brackets, and beneath it what is there in
//! full. Where not all lanes or columns have room, those around the finger, and a line that says which.

use std::ops::Range;

use lianban::desk::view::Schedule;

use super::super::line::{Block, Line, Role};
use super::super::read::cell_text;
use super::super::text::{clip, width, wrap};
use super::parts::MARGIN;
use super::{AIRY, Scene, list};

/// Cells of a line that a braille display shows at once.
const READ: usize = 40;
const GAP: usize = 2;
/// A column is not wider than this.
const WIDEST: usize = 12;
/// All columns are squeezed to this before some of them go out of sight.
const LEAST: usize = 6;
/// The width of a column where they cannot all be seen anyway.
const USUAL: usize = 8;
/// From this height on there is room for everything.
const ROOMY: usize = 28;
/// Lanes that stay in sight whatever stands around them.
const LANES: usize = 3;

/// What of a grid is in sight, and where.
struct Sight {
    /// Cells for the lanes' names.
    label: usize,
    /// Cells for each column.
    wide: usize,
    columns: Range<usize>,
    lanes: Range<usize>,
}

impl Sight {
    /// Where a column begins on the line.
    fn at(&self, column: usize) -> usize {
        MARGIN + self.label + GAP + column.saturating_sub(self.columns.start) * (self.wide + GAP)
    }
}

/// The grid in `columns` cells and, where it can, `height` lines.
pub(super) fn draw(scene: Scene<'_>, grid: &Schedule, focused: bool, columns: usize, height: usize) -> Block {
    let air = usize::from(scene.rows >= AIRY);
    let mut block = Block::default();
    if !grid.list.views.is_empty() {
        block.push(list::views(&grid.list, columns));
    }
    let mut heading = Line::of(&format!("  {}", grid.heading), Role::Heading);
    heading.put(&format!(" ({})", grid.axes), Role::Quiet);
    block.push(heading.cut(columns));
    for note in &grid.notes {
        under(&mut block, note, Role::Plain, columns);
    }
    if grid.lanes.is_empty() {
        block.finger = focused.then_some((block.lines.len(), MARGIN));
        under(&mut block, &grid.list.empty, Role::Quiet, columns);
        return block;
    }
    let detail = detail(grid, columns);
    block.lines.extend(std::iter::repeat_n(Line::default(), air));
    // The labels over the columns take a line, and so does what is said of a window.
    let taken = block.lines.len() + detail.lines.len() + 2 + air;
    // Whoever reads a line by forty cells has the lane's name and what stands in the focused cell in one window.
    let within = if scene.ui.quiet { columns.min(READ) } else { columns };
    let sight = sight(grid, within, height.saturating_sub(taken).max(LANES));
    block.push(head(grid, &sight));
    for at in sight.lanes.clone() {
        let here = focused && at == grid.focus.0;
        if here {
            let finger = sight.at(grid.focus.1).min(columns.saturating_sub(1));
            block.finger = Some((block.lines.len(), finger));
        }
        block.push(lane(grid, &sight, at, here, scene.ui.quiet));
    }
    if sight.lanes.len() < grid.lanes.len() || sight.columns.len() < grid.columns.len() {
        block.push(window(scene, grid, &sight).cut(columns));
    }
    block.lines.extend(std::iter::repeat_n(Line::default(), air));
    block.below(detail);
    // What a record says is worth the room more than how the grid is read.
    let room = height > ROOMY || scene.view.parts.len() == 1;
    if air > 0 && room && block.lines.len() + 2 < height {
        let legend = scene.locale.say("screen-grid-legend");
        block.push(Line::default());
        under(&mut block, &legend, Role::Quiet, columns);
    }
    block
}

fn under(block: &mut Block, text: &str, role: Role, columns: usize) {
    for line in wrap(text, columns.saturating_sub(MARGIN)) {
        block.push(Line::of(&format!("  {line}"), role));
    }
}

/// What stands in the focused cell, each thing in one line.
fn detail(grid: &Schedule, columns: usize) -> Block {
    let mut block = Block::default();
    for row in grid.cell().into_iter().flat_map(|cell| grid.rows(cell)) {
        under(&mut block, &row.brief, Role::Plain, columns);
    }
    block
}

fn sight(grid: &Schedule, columns: usize, height: usize) -> Sight {
    let label = grid.lanes.iter().map(|lane| width(&lane.label)).max().unwrap_or(0);
    let label = label.min((columns / 3).max(4));
    let texts = grid.lanes.iter().flat_map(|lane| lane.cells.iter().map(cell_text));
    let widest = texts.chain(grid.columns.iter().cloned()).map(|text| width(&text)).max().unwrap_or(1);
    let natural = widest.clamp(1, WIDEST);
    let count = grid.columns.len().max(1);
    // The bracket after the last column is in no gap.
    let room = columns.saturating_sub(MARGIN + label + GAP + 1);
    let fit = |wide: usize| ((room + GAP) / (wide + GAP)).max(1);
    let all = (natural.min(LEAST)..=natural).rev().find(|wide| fit(*wide) >= count);
    let wide = all.unwrap_or(natural.min(USUAL)).min(room.max(1));
    Sight {
        label,
        wide,
        columns: around(grid.focus.1, fit(wide), count),
        lanes: around(grid.focus.0, height, grid.lanes.len()),
    }
}

/// So many of `count` that the focused one is among them; half windows at a time, so that most steps move nothing.
fn around(focus: usize, room: usize, count: usize) -> Range<usize> {
    let room = room.clamp(1, count.max(1));
    let step = (room / 2).max(1);
    let first = (focus + 1).saturating_sub(room).div_ceil(step) * step;
    let first = first.min(focus).min(count.saturating_sub(room));
    first..(first + room).min(count)
}

fn head(grid: &Schedule, sight: &Sight) -> Line {
    let mut line = Line::default();
    for at in sight.columns.clone() {
        let label = grid.columns.get(at).map_or("", String::as_str);
        let role = if at == grid.focus.1 { Role::Heading } else { Role::Label };
        line.to(sight.at(at), Role::Plain).put(&clip(label, sight.wide), role);
    }
    line
}

/// The marks of the focused cell. Where they are read out, one says as much as two.
fn marks(quiet: bool) -> (&'static str, &'static str) {
    if quiet { (">", "") } else { ("[", "]") }
}

fn lane(grid: &Schedule, sight: &Sight, at: usize, here: bool, quiet: bool) -> Line {
    let mut line = Line::of(if here && !quiet { "> " } else { "  " }, Role::Plain);
    let Some(lane) = grid.lanes.get(at) else { return line };
    line.put(&clip(&lane.label, sight.label), if here { Role::Focused } else { Role::Plain });
    for column in sight.columns.clone() {
        let Some(cell) = lane.cells.get(column) else { continue };
        let text = match (clip(&cell_text(cell), sight.wide), cell.pending) {
            // The mark of what is pending is not what is cut off.
            (text, true) if !text.ends_with('?') => {
                format!("{}?", clip(&cell.text, sight.wide.saturating_sub(1)))
            }
            (text, _) => text,
        };
        let cell_here = here && column == grid.focus.1;
        if cell_here {
            line.to(sight.at(column).saturating_sub(1), Role::Plain).put(marks(quiet).0, Role::Plain);
        }
        let role = match (cell_here, cell.text.is_empty()) {
            (true, _) => Role::Focused,
            (false, true) => Role::Quiet,
            (false, false) => Role::Plain,
        };
        line.to(sight.at(column), Role::Plain).put(&text, role);
        if cell_here {
            line.put(marks(quiet).1, Role::Plain);
        }
    }
    line
}

/// Which lanes and columns are in sight.
fn window(scene: Scene<'_>, grid: &Schedule, sight: &Sight) -> Line {
    let span = |range: &Range<usize>| format!("{}-{}", range.start + 1, range.end);
    let args = [
        ("lanes", span(&sight.lanes)),
        ("all-lanes", grid.lanes.len().to_string()),
        ("columns", span(&sight.columns)),
        ("all-columns", grid.columns.len().to_string()),
    ];
    Line::of(&format!("  {}", scene.locale.with("screen-grid-window", &args)), Role::Quiet)
}
