//! Lays a page out on a terminal of some size: header, place, body, message, hints. Pure: the same view, state and
//! size always give the same frame. It sends nothing and writes nothing.

mod chrome;
mod form;
mod list;
mod panel;
mod parts;
mod register;
mod schedule;

use lianban::desk::Locale;
use lianban::desk::view::{Part, View};

use super::line::{Block, Line, Role};
use super::paint::Frame;
use super::state::{Ui, reading};
use crate::faces::keys::Keymap;

/// From this width on, detail stands beside the list.
const SIDE_BY_SIDE: usize = 110;
/// From this height on, blank lines separate things.
const AIRY: usize = 20;

/// All that a drawing needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// What to show.
    pub(crate) view: &'a View,
    /// What the screen itself remembers.
    pub(crate) ui: &'a Ui,
    /// For the hints.
    pub(crate) keymap: &'a Keymap,
    /// For the chrome's words.
    pub(crate) locale: &'a Locale,
    /// Cells across.
    pub(crate) columns: usize,
    /// Cells down.
    pub(crate) rows: usize,
}

/// A frame, and how many rows of the focused list have room in it (none when the page has no list).
pub(crate) fn compose(scene: Scene<'_>) -> (Frame, Option<usize>) {
    let message = chrome::message(scene);
    let chromed = scene.rows >= 5;
    let above = if chromed { 2 + usize::from(scene.rows >= AIRY) } else { 0 };
    let room = if chromed { scene.rows - above - 2 } else { scene.rows };
    let extra = if chromed { message.lines.len().saturating_sub(1).min(room.saturating_sub(1)) } else { 0 };

    let (body, capacity) = match &scene.ui.panel {
        Some(panel) => (panel::draw(scene, panel, room - extra), None),
        None => body(scene, room, room - extra),
    };
    let mut frame =
        Frame { lines: Vec::with_capacity(scene.rows), cursor: (above.min(1), 1), ..Frame::default() };
    // The cells of a grid are too many to be said; what stands in the focused one is said under it.
    frame.whole =
        scene.ui.quiet && !matches!(scene.view.parts.get(scene.view.focus), Some(Part::Schedule(_)));
    if chromed {
        frame.lines.push(chrome::header(scene));
        frame.lines.push(chrome::place(scene));
        frame.lines.resize(above, Line::default());
    }
    if let Some((row, column)) = body.finger {
        frame.cursor = (above + row, column);
    }
    frame.lines.extend(body.lines);
    if chromed {
        frame.lines.resize(above + room - extra, Line::default());
        let top = frame.lines.len();
        frame.lines.extend(message.lines.into_iter().take(1 + extra));
        frame.lines.resize(above + room + 1, Line::default());
        if let Some((row, column)) = message.finger {
            frame.cursor = (top + row.min(extra), column);
        }
        frame.lines.push(chrome::hints(scene));
    } else if let Some(finger) = message.finger {
        // No room for both: what waits for an answer comes first.
        frame.lines = message.lines;
        frame.cursor = finger;
    }
    frame.lines.truncate(scene.rows);
    frame.lines = frame.lines.into_iter().map(|l| l.cut(scene.columns)).collect();
    (frame, capacity)
}

/// The page's parts in `room` lines; `shown` of them are in sight, the others lie under a long message.
fn body(scene: Scene<'_>, room: usize, shown: usize) -> (Block, Option<usize>) {
    let view = scene.view;
    if reading(view) {
        return (more(scene, &read_through(scene).0, shown), None);
    }
    if let Some(block) = register::draw(scene, shown) {
        return (more(scene, &block, shown), None);
    }
    let list_at = view.parts.iter().position(|p| p.list().is_some());
    // A wide table needs the whole width more than its notes need a place beside it.
    let table = view.list().is_some_and(|l| l.columns.len() > list::WIDE)
        || view.ledger().is_some()
        || view.schedule().is_some();
    let split = scene.columns >= SIDE_BY_SIDE
        && !table
        && !scene.ui.wide
        && !scene.ui.quiet
        && view.form().is_none()
        && view.parts.len() > 1;
    match list_at {
        Some(at) if split => {
            let left = list::share(scene.columns);
            let capacity = room.saturating_sub(list::fixed(scene, at));
            let list = draw_part(scene, at, left - 2, capacity);
            let mut others = Block::default();
            for other in (0..view.parts.len()).filter(|other| *other != at) {
                stack(&mut others, draw_part(scene, other, scene.columns - left, room / 2), scene.rows);
            }
            (beside(list.window(shown).0, &others.window(shown).0, left), Some(capacity))
        }
        _ => stacked(scene, room, shown),
    }
}

/// All parts one under another, the list with the finger in whatever room the others leave. On a page that is a list
/// the detail of the focused row has its place only where the list does not need it.
fn stacked(scene: Scene<'_>, room: usize, shown: usize) -> (Block, Option<usize>) {
    let view = scene.view;
    let is_list = |at: &usize| view.parts.get(*at).is_some_and(|p| p.list().is_some());
    let main = Some(view.focus).filter(is_list).or_else(|| (0..view.parts.len()).find(is_list));
    let calendar = view.page.ends_with(".calendar");
    let detail = calendar || view.page.ends_with(".list");
    let silent = |at: usize| {
        detail && scene.ui.quiet && !matches!(view.parts.get(at), Some(Part::Text(_) | Part::Form(_)))
    };
    let blocks: Vec<Option<Block>> = (0..view.parts.len())
        .map(|at| match Some(at) != main {
            true if silent(at) => Some(Block::default()),
            other => other.then(|| draw_part(scene, at, scene.columns, (room / 3).max(3))),
        })
        .collect();
    let air = usize::from(scene.rows >= AIRY);
    let taken: usize =
        blocks.iter().flatten().filter(|b| !b.lines.is_empty()).map(|b| b.lines.len() + air).sum();
    let capacity = main.map(|at| {
        let room = room.saturating_sub(list::fixed(scene, at));
        if detail { room.max(1) } else { room.saturating_sub(taken).max(room * 2 / 3).max(1) }
    });
    let mut all = Block::default();
    for (at, block) in blocks.into_iter().enumerate() {
        match block {
            Some(mut block) if calendar => {
                // The first facts of what is booked say more than none.
                block.lines.truncate(shown.saturating_sub(all.lines.len() + air));
                stack(&mut all, block, scene.rows);
            }
            Some(block) if detail && all.lines.len() + block.lines.len() + air > shown => {}
            Some(block) => stack(&mut all, block, scene.rows),
            None => stack(&mut all, draw_part(scene, at, scene.columns, capacity.unwrap_or(1)), scene.rows),
        }
    }
    (more(scene, &all, shown), capacity)
}

/// As many lines as there is room for; the last says how many are beneath it.
fn more(scene: Scene<'_>, all: &Block, shown: usize) -> Block {
    let (mut window, below) = all.window(shown);
    if below > 0 && shown > 3 && window.finger.is_some_and(|(row, _)| row + 1 < shown) {
        let more = scene.locale.with("screen-more", &[("count", (below + 1).to_string())]);
        window.lines.truncate(shown - 1);
        window.push(Line::of(&format!("  {more}"), Role::Quiet));
    }
    window
}

/// The whole page as one text with a reading mark in it, for pages whose finger is on no list and no form; and the
/// mark's place among the lines that say something, with their number.
pub(crate) fn read_through(scene: Scene<'_>) -> (Block, usize, usize) {
    let mut all = Block::default();
    let mut start = 0;
    for at in 0..scene.view.parts.len() {
        if at == scene.view.focus {
            start = all.lines.len();
        }
        stack(&mut all, draw_part(scene, at, scene.columns, usize::MAX), scene.rows);
    }
    let saying: Vec<usize> =
        (0..all.lines.len()).filter(|at| all.lines.get(*at).is_some_and(|l| l.width > 0)).collect();
    let first = saying.iter().position(|at| *at >= start).unwrap_or(0);
    let mark = scene.ui.reading.unwrap_or(first).min(saying.len().saturating_sub(1));
    all.finger = None;
    if let Some(row) = saying.get(mark) {
        parts::read_at(&mut all, *row);
    }
    (all, mark, saying.len())
}

/// Puts a block under another, with a blank line between where there is room for air.
fn stack(all: &mut Block, block: Block, rows: usize) {
    if block.lines.is_empty() {
        return;
    }
    if !all.lines.is_empty() && rows >= AIRY {
        all.push(Line::default());
    }
    all.below(block);
}

/// Two blocks side by side, the second from column `left` on.
fn beside(mut first: Block, second: &Block, left: usize) -> Block {
    let height = first.lines.len().max(second.lines.len());
    first.lines.resize(height, Line::default());
    for (line, other) in first.lines.iter_mut().zip(&second.lines) {
        if other.width > 0 {
            line.to(left, Role::Plain).join(other);
        }
    }
    if let Some((row, column)) = second.finger {
        first.finger = Some((row, left + column));
    }
    first
}

/// One part, `columns` wide; a list shows at most `height` rows.
fn draw_part(scene: Scene<'_>, at: usize, columns: usize, height: usize) -> Block {
    let focused = scene.view.focus == at;
    match scene.view.parts.get(at) {
        Some(part @ (Part::List(_) | Part::Ledger(_))) => {
            let book = matches!(part, Part::Ledger(_));
            let shown = list::Shown::of(part);
            shown.map(|shown| list::draw(scene, shown, focused, columns, height, book)).unwrap_or_default()
        }
        Some(Part::Schedule(grid)) => schedule::draw(scene, grid, focused, columns, height),
        Some(Part::Form(form)) => form::draw(scene, form, focused, columns),
        Some(Part::Text(text)) => parts::text(text, columns),
        Some(Part::Facts(facts)) => parts::facts(facts, columns),
        Some(Part::Chart(chart)) => parts::chart(chart, columns),
        None => Block::default(),
    }
}
