//! A list as rows and columns: widths that do not jump while scrolling, cells cut between glyphs, numbers to the
//! right, `>` before the focused row and `*` before marked ones. Of a book also what stands between and under its rows.

use lianban::desk::view::{List, Part, Row, Subtotal};

use super::super::line::{Block, Line, Role};
use super::super::read;
use super::super::text::{clip, width, wrap};
use super::Scene;
use super::parts::MARGIN;

const GAP: usize = 2;
/// Cells of a braille display.
const DISPLAY: usize = 40;
/// A column is not squeezed below this.
const LEAST: usize = 6;
/// Nor below this, while a wide table can let its last columns fall away instead.
const READABLE: usize = 12;
/// A table of more columns than this is a wide one.
pub(super) const WIDE: usize = 8;
/// A table of more columns than this that ends in a number is a book: it has columns to spare, and its texts are read.
const BALANCED: usize = 5;

/// Cells the list gets when detail stands beside it.
pub(super) fn share(columns: usize) -> usize {
    columns * 2 / 3
}

/// Whether the list says its own heading, or the place line says it already.
pub(super) fn says_heading(scene: Scene<'_>, list: &List) -> bool {
    !list.heading.is_empty() && list.heading != scene.view.title
}

/// A list, and what a book has besides its rows.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) list: &'a List,
    pub(super) carried: Option<&'a Subtotal>,
    pub(super) foot: &'a [String],
    /// A row that is not written yet: its cells count when room is given out.
    pub(super) next: &'a [String],
}

impl<'a> Shown<'a> {
    /// What of a part is a list.
    pub(super) fn of(part: &'a Part) -> Option<Self> {
        match part {
            Part::List(list) => Some(Self { list, carried: None, foot: &[], next: &[] }),
            Part::Ledger(ledger) => Some(Self {
                list: &ledger.list,
                carried: ledger.carried.as_ref(),
                foot: &ledger.foot,
                next: &[],
            }),
            _ => None,
        }
    }

    /// The cells of every line there is.
    fn lines(&self) -> impl Iterator<Item = &'a [String]> + Clone {
        let of = |row: &'a Row| {
            std::iter::once(row.cells.as_slice()).chain(row.subtotals.iter().map(|s| s.cells.as_slice()))
        };
        let carried = self.carried.map(|c| c.cells.as_slice());
        carried.into_iter().chain(self.list.rows.iter().flat_map(of)).chain(std::iter::once(self.next))
    }

    /// Sentences under a book, `columns` wide.
    pub(super) fn under(&self, scene: Scene<'_>, columns: usize) -> Block {
        let mut block = Block::default();
        if scene.rows >= super::AIRY && !self.foot.is_empty() {
            block.push(Line::default());
        }
        for sentence in self.foot {
            for text in wrap(sentence, columns.saturating_sub(MARGIN)) {
                block.push(Line::of(&format!("  {text}"), Role::Plain));
            }
        }
        block
    }

    /// The labels of the columns.
    pub(super) fn head(&self, widths: &[usize]) -> Option<Line> {
        let list = self.list;
        list.columns.iter().any(|c| !c.label.is_empty()).then(|| {
            let mut line = Line::of("  ", Role::Plain);
            let labels = list.columns.iter().map(|c| c.label.as_str());
            cells(&mut line, list, labels, widths, Role::Label, Role::Label);
            line
        })
    }

    /// Every line of a book: what is carried, its rows, what they come to; the finger on the focused row.
    pub(super) fn book(&self, widths: &[usize], focused: bool) -> Block {
        let mut block = Block::default();
        block.lines.extend(self.carried.map(|carried| self.between(carried, widths)));
        for (index, row) in self.list.rows.iter().enumerate() {
            let here = focused && Some(index) == self.list.cursor;
            if here {
                block.finger = Some((block.lines.len(), MARGIN));
            }
            block.push(row_line(self.list, row, widths, here));
            block.lines.extend(row.subtotals.iter().map(|subtotal| self.between(subtotal, widths)));
        }
        block
    }

    /// A line that is no row, in the columns of the rows.
    fn between(&self, subtotal: &Subtotal, widths: &[usize]) -> Line {
        let mut line = Line::of("  ", Role::Plain);
        if widths.is_empty() {
            line.put(&subtotal.brief, Role::Label);
        } else {
            let values = subtotal.cells.iter().map(String::as_str);
            cells(&mut line, self.list, values, widths, Role::Label, Role::Label);
        }
        line
    }

    /// The row that is not written yet, marked with `+`.
    pub(super) fn next(&self, widths: &[usize]) -> Line {
        let mut line = Line::of("+ ", Role::Plain);
        let values = self.next.iter().map(String::as_str);
        cells(&mut line, self.list, values, widths, Role::Plain, Role::Plain);
        line
    }

    /// Cells for each column when there are `columns` for the whole line.
    pub(super) fn widths(&self, columns: usize) -> Vec<usize> {
        widths(self.list, &self.lines(), columns.saturating_sub(MARGIN))
    }
}

/// Lines a list takes besides its rows.
pub(super) fn fixed(scene: Scene<'_>, at: usize) -> usize {
    let Some(shown) = scene.view.parts.get(at).and_then(Shown::of) else { return 0 };
    let list = shown.list;
    usize::from(says_heading(scene, list))
        + usize::from(!list.views.is_empty())
        + usize::from(list.columns.iter().any(|c| !c.label.is_empty()))
        + shown.under(scene, scene.columns).lines.len()
}

/// A list's own heading, unless the page says it already.
pub(super) fn heading(scene: Scene<'_>, list: &List, columns: usize) -> Option<Line> {
    says_heading(scene, list).then(|| {
        let mut line = Line::of("  ", Role::Plain);
        line.put(&list.heading, Role::Heading).put("  ", Role::Plain);
        line.put(&read::list_state(list, scene.locale), Role::Quiet);
        line.cut(columns)
    })
}

/// The list in `columns` cells, with at most `height` rows in sight; the lines between a book's rows count as rows.
pub(super) fn draw(
    scene: Scene<'_>,
    shown: Shown<'_>,
    focused: bool,
    columns: usize,
    height: usize,
    book: bool,
) -> Block {
    let list = shown.list;
    let mut block = Block::default();
    block.lines.extend(heading(scene, list, columns));
    if !list.views.is_empty() {
        block.push(views(list, columns));
    }
    if list.rows.is_empty() {
        let mut line = Line::of(if focused { "> " } else { "  " }, Role::Plain);
        if focused {
            block.finger = Some((block.lines.len(), MARGIN));
        }
        for text in wrap(&list.empty, columns.saturating_sub(MARGIN)) {
            block.push(std::mem::take(line.put(&text, Role::Quiet)));
            line.to(MARGIN, Role::Plain);
        }
        block.below(shown.under(scene, columns));
        return block;
    }
    // For touch and ear a row is its few words, whole on forty cells.
    let (widths, columns) = match scene.ui.quiet {
        true => (Vec::new(), columns.min(DISPLAY)),
        false => (shown.widths(columns), columns),
    };
    if !scene.ui.quiet {
        block.lines.extend(shown.head(&widths));
    }
    if book {
        block.below(shown.book(&widths, focused).window(height.max(1)).0);
        block.below(shown.under(scene, columns));
        return block;
    }
    let cursor = list.cursor.unwrap_or(0);
    let height = height.max(1);
    // More rows than room: windows of whole pages, so that a step moves no line.
    let top = if list.rows.len() > height { cursor / height * height } else { 0 };
    for (index, row) in list.rows.iter().enumerate().skip(top).take(height) {
        let here = focused && Some(index) == list.cursor;
        if here {
            block.finger = Some((block.lines.len(), MARGIN));
        }
        if let ([text], true) = (row.cells.as_slice(), list.columns.len() == 1) {
            // A row of one text is read whole: it goes on beneath itself.
            for (at, piece) in wrap(text, columns.saturating_sub(MARGIN)).into_iter().enumerate() {
                let whole = Row { cells: vec![piece], marked: row.marked && at == 0, ..Row::default() };
                block.push(row_line(list, &whole, &[columns], here && at == 0));
            }
        } else {
            block.push(row_line(list, row, &widths, here).cut(columns));
        }
    }
    block
}

/// The views in one line; where there are too many, those around the present one, with a mark where others are left off.
pub(super) fn views(list: &List, columns: usize) -> Line {
    let wide = |at: usize| list.views.get(at).map_or(0, |v| width(&v.label) + if v.current { 3 } else { 1 });
    let current = list.views.iter().position(|v| v.current).unwrap_or(0);
    let mut first = 0;
    while first < current && MARGIN + 2 + (first..=current).map(wide).sum::<usize>() > columns {
        first += 1;
    }
    let mut line = Line::of(if first > 0 { "~ " } else { "  " }, Role::Quiet);
    for (at, view) in list.views.iter().enumerate().skip(first) {
        let last = at + 1 == list.views.len();
        if line.width + wide(at) + usize::from(!last) > columns + usize::from(last) {
            line.put("~", Role::Quiet);
            break;
        }
        let text = if view.current { format!("[{}] ", view.label) } else { format!("{} ", view.label) };
        line.put(&text, if view.current { Role::Heading } else { Role::Quiet });
    }
    line
}

fn row_line(list: &List, row: &Row, widths: &[usize], here: bool) -> Line {
    let mut line = Line::of(if here { ">" } else { " " }, Role::Plain);
    line.put(if row.marked { "*" } else { " " }, Role::Plain);
    let first = if here { Role::Focused } else { Role::Plain };
    if widths.is_empty() && !row.brief.is_empty() {
        line.put(&row.brief, first);
    } else if widths.is_empty() {
        line.put(&row.cells.join(" "), first);
    } else {
        cells(&mut line, list, row.cells.iter().map(String::as_str), widths, first, Role::Plain);
    }
    line
}

fn cells<'a>(
    line: &mut Line,
    list: &List,
    values: impl Iterator<Item = &'a str>,
    widths: &[usize],
    first: Role,
    rest: Role,
) {
    let mut at = MARGIN;
    for (index, (value, wide)) in values.zip(widths).enumerate() {
        if *wide == 0 {
            continue;
        }
        let role = if index == 0 { first } else { rest };
        line.to(at, Role::Plain);
        let value = super::super::text::clean(value);
        let shown = clip(&value, *wide);
        if list.columns.get(index).is_some_and(|c| c.number) {
            let end = at + wide;
            line.to(end.saturating_sub(width(&shown)), Role::Plain);
        }
        line.put(&shown, role);
        at += wide + GAP;
    }
}

/// Cells for each column. Wanted is room for the usual value (twice as much where hanzi stand) or the label; what is
/// left over goes to the roomiest column, what is missing is taken from it, and columns fall away.
fn widths<'a>(list: &List, lines: &(impl Iterator<Item = &'a [String]> + Clone), room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = list
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let values = || lines.clone().filter_map(move |cells| cells.get(at));
            let wide = values().any(|v| !v.is_ascii());
            let usual = usize::from(column.usual) * if wide && !column.number { 2 } else { 1 };
            // A number is never cut.
            let longest = if column.number { values().map(|v| width(v)).max().unwrap_or(0) } else { 0 };
            usual.max(width(&column.label)).max(longest).max(1)
        })
        .collect();
    let shown = |widths: &[usize]| widths.iter().filter(|w| **w > 0).count();
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + GAP * shown(widths).saturating_sub(1);
    let text = |at: &usize| !list.columns.get(*at).is_some_and(|c| c.number);
    // By fours, so that scrolling seldom changes it.
    let longest = |at: usize| {
        let values = lines.clone().filter_map(|cells| cells.get(at));
        values.map(|v| width(v)).max().unwrap_or(0).div_ceil(4) * 4
    };
    let number =
        |at: usize| lines.clone().filter_map(|cells| cells.get(at)).map(|v| width(v)).max().unwrap_or(0);
    if total(&widths) > room {
        // What no value in sight needs is taken back first.
        for at in 0..widths.len() {
            let label = list.columns.get(at).map_or(0, |c| width(&c.label));
            let needed = if text(&at) { longest(at) } else { number(at) };
            if let Some(wide) = widths.get_mut(at) {
                *wide = (*wide).min(needed.max(label)).max(1);
            }
        }
    }
    let balanced = list.columns.last().is_some_and(|c| c.number) && list.columns.len() > BALANCED;
    let wide_table = list.columns.len() > WIDE || balanced;
    // The long texts give way first; short words are cut only where that is not enough.
    let mut floor = READABLE;
    while total(&widths) > room {
        let over = total(&widths) - room;
        let least = |at: usize| longest(at).clamp(LEAST, floor);
        let roomiest = widths
            .iter()
            .enumerate()
            .filter(|(at, w)| **w > least(*at) && !list.columns.get(*at).is_some_and(|c| c.number))
            .max_by_key(|(_, w)| **w)
            .map(|(at, _)| (at, least(at)));
        if let Some((wide, least)) = roomiest.and_then(|(at, least)| Some((widths.get_mut(at)?, least))) {
            *wide -= over.min((*wide - least).div_ceil(2));
        } else if !wide_table && floor > LEAST {
            floor = LEAST;
        } else if shown(&widths) > 1 {
            let least = least_needed(list, &widths);
            if let Some(wide) = widths.get_mut(least) {
                *wide = 0;
            }
        } else {
            return widths.iter().map(|wide| if *wide > 0 { room.max(1) } else { 0 }).collect();
        }
    }
    for at in (0..widths.len()).filter(text) {
        let spare = room.saturating_sub(total(&widths));
        if let Some(wide) = widths.get_mut(at).filter(|wide| **wide > 0) {
            *wide += longest(at).saturating_sub(*wide).min(spare);
        }
    }
    let spare = room.saturating_sub(total(&widths));
    let roomiest = (0..widths.len()).filter(text).max_by_key(|at| widths.get(*at).copied());
    if let Some(wide) = roomiest.and_then(|at| widths.get_mut(at)).filter(|wide| **wide > 0) {
        let longest = list.columns.iter().map(|c| usize::from(c.usual) * 2).max().unwrap_or(0);
        *wide += spare.min(longest.max(8));
    }
    widths
}

/// Which of the columns still shown falls away next: the last one. Where that is a number (a balance) it is what the rest
/// comes to: then a text goes first that is neither the first nor the longest one, and after them the other numbers.
fn least_needed(list: &List, widths: &[usize]) -> usize {
    let shown = |at: &usize| widths.get(*at).is_some_and(|wide| *wide > 0);
    let number = |at: &usize| list.columns.get(*at).is_some_and(|c| c.number);
    let last = (0..widths.len()).rev().find(shown).unwrap_or(0);
    if !number(&last) {
        return last;
    }
    let longest =
        (0..widths.len()).filter(|at| !number(at)).max_by_key(|at| list.columns.get(*at).map(|c| c.usual));
    let spared = |at: &usize| *at > 0 && *at < last && Some(*at) != longest && shown(at);
    let text = (0..last).rev().filter(spared).find(|at| !number(at));
    text.or_else(|| (0..last).rev().find(spared)).or_else(|| (0..last).rev().find(shown)).unwrap_or(last)
}
