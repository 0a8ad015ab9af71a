//! Makes the terminal show a frame with as few bytes as it can: lines that did not change cost nothing, text of
//! neighbouring cells goes out in one run (a speech reader then hears words), and a frame is one buffer, the cursor
//! move last. It knows lines and looks, no pages.

use super::line::{Line, Role};
use super::text::{cells, doubtful, glyphs};
use super::theme::Theme;

/// What the screen is to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Frame {
    /// One for each row of the terminal, top to bottom; missing ones are blank.
    pub(crate) lines: Vec<Line>,
    /// Row and column of the real cursor.
    pub(crate) cursor: (usize, usize),
    /// The row that the cursor came to is written whole, for a speech reader to say it.
    pub(crate) whole: bool,
}

/// What the terminal shows now, as far as we wrote it.
#[derive(Debug)]
pub(crate) struct Painter {
    theme: Theme,
    columns: usize,
    rows: usize,
    shown: Vec<Line>,
    cursor: (usize, usize),
    /// Nothing is known of the terminal's screen: the next frame begins by erasing it.
    fresh: bool,
}

/// A glyph in its cell; the second cell of a wide one holds an empty text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell<'a> {
    glyph: &'a str,
    role: Role,
}

const BLANK: Cell<'_> = Cell { glyph: " ", role: Role::Plain };
/// Unchanged cells between two changed ones that are cheaper written again than jumped over, in bytes.
const JUMP: usize = 5;

impl Painter {
    /// A painter for a terminal of this size, whose content is not known.
    pub(crate) fn new(theme: Theme, columns: usize, rows: usize) -> Self {
        Self { theme, columns, rows, shown: Vec::new(), cursor: (0, 0), fresh: true }
    }

    /// The terminal has another size now; its content is not known any more.
    pub(crate) fn resize(&mut self, columns: usize, rows: usize) {
        (self.columns, self.rows, self.fresh) = (columns, rows, true);
    }

    /// Paint everything anew in another theme.
    pub(crate) fn dress(&mut self, theme: Theme) {
        (self.theme, self.fresh) = (theme, true);
    }

    /// Paint everything anew with the next frame.
    pub(crate) fn forget(&mut self) {
        self.fresh = true;
    }

    /// The bytes that turn what is shown into `frame`; none if it is shown already.
    pub(crate) fn paint(&mut self, frame: &Frame) -> Vec<u8> {
        let flat;
        let frame = match self.theme {
            // Looks that all are one must not make a word be written, and said, once more.
            Theme::Quiet => {
                flat = Frame { lines: frame.lines.iter().map(Line::flat).collect(), ..*frame };
                &flat
            }
            _ => frame,
        };
        let mut pen = Pen { out: Vec::new(), at: Some(self.cursor), role: Role::Plain, theme: self.theme };
        if self.fresh {
            pen.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
            pen.at = Some((0, 0));
            self.shown.clear();
            self.fresh = false;
        }
        let nothing = Line::default();
        let touched = (frame.whole && frame.cursor.0 != self.cursor.0).then_some(frame.cursor.0);
        for row in 0..self.rows {
            let old = self.shown.get(row).unwrap_or(&nothing);
            let new = frame.lines.get(row).unwrap_or(&nothing);
            if touched == Some(row) {
                // A speech reader says what is written: the row the finger came to, from its mark to its end.
                let unknown = vec![Cell { glyph: "\0", role: Role::Plain }; self.columns];
                pen.line(row, &unknown, &expand(new, self.columns));
            } else if old != new {
                pen.line(row, &expand(old, self.columns), &expand(new, self.columns));
            }
        }
        pen.role(Role::Plain);
        let cursor = (
            frame.cursor.0.min(self.rows.saturating_sub(1)),
            frame.cursor.1.min(self.columns.saturating_sub(1)),
        );
        pen.go(cursor);
        self.cursor = cursor;
        self.shown = frame.lines.iter().take(self.rows).cloned().collect();
        pen.out
    }
}

/// The cells of a line, exactly `columns` of them.
fn expand(line: &Line, columns: usize) -> Vec<Cell<'_>> {
    let mut out = Vec::with_capacity(columns);
    'line: for (text, role) in &line.pieces {
        for (glyph, wide) in glyphs(text) {
            if out.len() + wide > columns {
                break 'line;
            }
            if wide > 0 {
                out.push(Cell { glyph, role: *role });
            }
            if wide == 2 {
                out.push(Cell { glyph: "", role: *role });
            }
        }
    }
    out.resize(columns, BLANK);
    out
}

/// Where the terminal's pen stands and how it writes.
struct Pen {
    out: Vec<u8>,
    /// None after a glyph of doubtful width or at the end of a row.
    at: Option<(usize, usize)>,
    role: Role,
    theme: Theme,
}

impl Pen {
    fn line(&mut self, row: usize, old: &[Cell<'_>], new: &[Cell<'_>]) {
        // From here on the new line is blank: erasing is cheaper than writing blanks.
        let tail = new.iter().rposition(|c| *c != BLANK).map_or(0, |at| at + 1);
        let mut column = 0;
        while let Some(start) = (column..new.len()).find(|at| old.get(*at) != new.get(*at)) {
            if start >= tail && new.len() - start > 3 {
                self.go((row, start));
                self.role(Role::Plain);
                self.out.extend_from_slice(b"\x1b[K");
                return;
            }
            let end = run_end(old, new, start);
            let stop = if new.len() - tail > 3 { end.min(tail.max(start + 1)) } else { end };
            self.run(row, start, new.get(start..stop).unwrap_or_default());
            column = stop;
        }
    }

    fn run(&mut self, row: usize, start: usize, run: &[Cell<'_>]) {
        self.go((row, start));
        for (offset, cell) in run.iter().enumerate() {
            if cell.glyph.is_empty() {
                continue;
            }
            self.go((row, start + offset));
            self.role(cell.role);
            self.out.extend_from_slice(cell.glyph.as_bytes());
            self.at =
                if doubtful(cell.glyph) { None } else { Some((row, start + offset + cells(cell.glyph))) };
        }
    }

    /// Writes in this role from now on. Roles that look alike cost nothing.
    fn role(&mut self, role: Role) {
        if self.theme.look(self.role) != self.theme.look(role) {
            self.out.extend_from_slice(self.theme.look(role).sgr().as_bytes());
        }
        self.role = role;
    }

    /// Puts the pen here, with the shortest move there is.
    fn go(&mut self, (row, column): (usize, usize)) {
        if self.at == Some((row, column)) {
            return;
        }
        let far = match column {
            0 => format!("\u{1b}[{}H", row + 1),
            _ => format!("\u{1b}[{};{}H", row + 1, column + 1),
        };
        let near = match self.at {
            Some((r, _)) if r == row && column == 0 => Some("\r".to_owned()),
            Some((r, c)) if r == row && column > c => Some(match column - c {
                1 => "\u{1b}[C".to_owned(),
                n => format!("\u{1b}[{n}C"),
            }),
            Some((r, c)) if c == column && row == r + 1 => Some("\u{1b}[B".to_owned()),
            _ => None,
        };
        let step = near.filter(|n| n.len() < far.len()).unwrap_or(far);
        self.out.extend_from_slice(step.as_bytes());
        self.at = Some((row, column));
    }
}

/// Where a run of changed cells ends, taking in short unchanged stretches.
fn run_end(old: &[Cell<'_>], new: &[Cell<'_>], start: usize) -> usize {
    let mut end = start;
    let mut gap = 0;
    for at in start..new.len() {
        let (Some(was), Some(is)) = (old.get(at), new.get(at)) else { break };
        if was != is {
            end = at + 1;
            gap = 0;
        } else {
            gap += is.glyph.len();
            if gap > JUMP {
                break;
            }
        }
    }
    // The second half of a wide glyph belongs to the run.
    while new.get(end).is_some_and(|c| c.glyph.is_empty()) {
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, any, prop_oneof, proptest};

    use super::*;

    fn frame(rows: &[&str], cursor: (usize, usize)) -> Frame {
        Frame { lines: rows.iter().map(|r| Line::of(r, Role::Plain)).collect(), cursor, ..Frame::default() }
    }

    fn blank() -> vt100::Parser {
        let cells = |n| std::num::NonZeroU16::new(n).unwrap();
        vt100::Parser::new(cells(4), cells(12), 0)
    }

    fn shown(bytes: &[u8], parser: &mut vt100::Parser) -> Vec<String> {
        parser.process(bytes);
        let (_, columns) = parser.screen().size();
        parser.screen().rows(0, columns.get()).map(|r| r.trim_end().to_owned()).collect()
    }

    #[test]
    fn neighbouring_hanzi_go_out_in_one_run() {
        let mut painter = Painter::new(Theme::None, 20, 2);
        let bytes = painter.paint(&frame(&["预约 场地"], (0, 0)));
        assert!(String::from_utf8(bytes).unwrap().contains("预约 场地"));
    }

    #[test]
    fn what_is_shown_already_costs_nothing() {
        let mut painter = Painter::new(Theme::Dark, 20, 2);
        let page = frame(&["预约", "场地"], (1, 0));
        assert!(!painter.paint(&page).is_empty());
        assert_eq!(painter.paint(&page), b"");
        assert_eq!(painter.paint(&Frame { cursor: (0, 2), ..page }), b"\x1b[1;3H");
    }

    #[test]
    fn after_a_glyph_of_doubtful_width_the_place_is_said_again() {
        let mut painter = Painter::new(Theme::None, 20, 1);
        let bytes = painter.paint(&frame(&["a“b"], (0, 0)));
        assert!(String::from_utf8(bytes).unwrap().contains("“\u{1b}[1;3Hb"));
    }

    proptest! {
        #[test]
        fn any_frame_after_any_other_looks_as_if_painted_fresh(
            pages in proptest::collection::vec(
                proptest::collection::vec(
                    proptest::collection::vec(prop_oneof![Just('盲'), Just('协'), Just(' '), Just('a'), Just('1')], 0..14),
                    4,
                ),
                1..6,
            ),
            column in any::<u8>(),
        ) {
            let mut painter = Painter::new(Theme::None, 12, 4);
            let mut parser = blank();
            for page in pages {
                let rows: Vec<String> = page.into_iter().map(|r| r.into_iter().collect()).collect();
                let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
                let frame = frame(&rows, (2, usize::from(column % 12)));
                let now = shown(&painter.paint(&frame), &mut parser);
                let mut other = blank();
                let fresh = shown(&Painter::new(Theme::None, 12, 4).paint(&frame), &mut other);
                assert_eq!(now, fresh);
                let text: Vec<String> = rows.iter().map(|r| super::super::text::cut(r, 12).trim_end().to_owned()).collect();
                assert_eq!(now, text);
                assert_eq!(parser.screen().cursor_position(), (2, u16::from(column % 12)));
            }
        }
    }
}
