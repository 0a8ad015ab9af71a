//! A form that is the next row of a list: the list's last lines, the row as it would stand there, then the fields. The
//! finger is in a field; the rows are there to be looked at.

use lianban::desk::view::Part;

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
    let list = view.parts.iter().find_map(Shown::of)?;
    let list = Shown { next: &fields.row, ..list };
    let columns = scene.columns;
    let widths = list.widths(columns);
    let form = form::compact(scene, fields, columns);
    let air = usize::from(scene.rows >= AIRY);
    let mut top = Block::default();
    top.lines.extend(heading(scene, list.list, columns));
    top.lines.extend(list.head(&widths));
    let row = usize::from(!list.next.is_empty());
    let taken = top.lines.len() + row + air + form.lines.len();
    let under = list.under(scene, columns);
    let left = room.saturating_sub(taken);
    let under = if left >= under.lines.len() + LEAST { under } else { Block::default() };
    let lines = list.book(&widths, false).lines;
    let shown = left.saturating_sub(under.lines.len()).min(lines.len());
    let mut all = top;
    all.lines.extend(lines.into_iter().rev().take(shown).rev());
    if list.list.rows.is_empty() {
        all.push(Line::of(&format!("  {}", list.list.empty), Role::Quiet).cut(columns));
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
