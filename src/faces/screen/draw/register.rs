//! A form that is the next row of a list: the list's last lines, the row as it would stand there, then the fields. The
//! finger is in a field; the rows are there to be looked at.

use lianban::desk::view::{List, Part, Row};

use super::super::line::{Block, Line, Role};
use super::list::{Shown, heading};
use super::{AIRY, Scene, form};

/// Rows of the list that stay in sight before anything else is left off.
const LEAST: usize = 3;

/// The page in `room` lines; none when it is no such form.
pub(super) fn draw(scene: Scene<'_>, room: usize) -> Option<Block> {
    let view = scene.view;
    let Some(Part::Form(fields)) = view.parts.get(view.focus) else { return None };
    if !view.page.ends_with(".form") {
        return None;
    }
    let whole = view.parts.iter().find_map(Shown::of)?;
    let columns = scene.columns;
    let form = form::compact(scene, fields, columns);
    let air = usize::from(scene.rows >= AIRY);
    let mut all = Block::default();
    all.lines.extend(heading(scene, whole.list, columns));
    let row = usize::from(!fields.row.is_empty());
    // The labels of the columns take a line too.
    let left = room.saturating_sub(all.lines.len() + 1 + row + air + form.lines.len());
    let under = whole.under(scene, columns);
    let under = if left >= under.lines.len() + LEAST { under } else { Block::default() };
    let tail = last(whole.list, left.saturating_sub(under.lines.len()));
    // What is not in sight takes no room from what is.
    let entire = tail.rows.len() == whole.list.rows.len();
    let carried = whole.carried.filter(|_| entire);
    let list = Shown { list: &tail, next: &fields.row, carried, foot: &[] };
    let widths = list.widths(columns);
    all.lines.extend(list.head(&widths));
    all.lines.extend(list.book(&widths, false).lines);
    if whole.list.rows.is_empty() {
        all.push(Line::of(&format!("  {}", whole.list.empty), Role::Quiet).cut(columns));
    }
    if row > 0 {
        all.push(list.next(&widths));
    }
    if air > 0 {
        all.push(Line::default());
    }
    all.below(form);
    all.below(under);
    Some(all)
}

/// As many of the last rows as have room in so many lines, with what stands after them.
fn last(list: &List, room: usize) -> List {
    let mut taken = 0;
    let fits = |row: &&Row| {
        taken += 1 + row.subtotals.len();
        taken <= room
    };
    let shown = list.rows.iter().rev().take_while(fits).count();
    let rows = list.rows.iter().skip(list.rows.len() - shown).cloned().collect();
    List { rows, cursor: None, ..list.clone() }
}
