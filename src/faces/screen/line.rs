//! A line of the screen as it is to look: pieces of text, each in a role. It knows no colours; a theme turns roles
//! into them.

use super::text;

/// What a piece of text is, for the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// The bar at the top.
    Header,
    /// The open page in that bar.
    Current,
    /// Headings and column labels.
    Heading,
    /// Labels of fields and facts.
    Label,
    /// What is not the person's own: defaults, help, hints.
    Quiet,
    /// The first words of the focused row or field.
    Focused,
    /// A key in a hint.
    Key,
    /// A message that something was done.
    Done,
    /// A message that something was refused, or is wrong.
    Refused,
    /// A question.
    Question,
}

/// Every role, for tests of themes.
#[cfg(test)]
pub(crate) const ROLES: [Role; 11] = [
    Role::Plain,
    Role::Header,
    Role::Current,
    Role::Heading,
    Role::Label,
    Role::Quiet,
    Role::Focused,
    Role::Key,
    Role::Done,
    Role::Refused,
    Role::Question,
];

/// A line of pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// The pieces, cleaned.
    pub(crate) pieces: Vec<(String, Role)>,
    /// Cells they take together.
    pub(crate) width: usize,
}

impl Line {
    /// A line of one plain text.
    pub(crate) fn of(text: &str, role: Role) -> Self {
        let mut line = Self::default();
        line.put(text, role);
        line
    }

    /// Adds a text.
    pub(crate) fn put(&mut self, text: &str, role: Role) -> &mut Self {
        let text = text::clean(text);
        self.width += text::width(&text);
        match self.pieces.last_mut() {
            Some((last, same)) if *same == role => last.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.pieces.push((text.into_owned(), role)),
        }
        self
    }

    /// Adds as much of a text as leaves the line within `end` cells.
    pub(crate) fn put_within(&mut self, text: &str, role: Role, end: usize) -> &mut Self {
        let text = text::clean(text);
        let room = end.saturating_sub(self.width);
        self.put(&text::cut(&text, room), role)
    }

    /// Adds blanks up to `column`.
    pub(crate) fn to(&mut self, column: usize, role: Role) -> &mut Self {
        let missing = column.saturating_sub(self.width);
        self.put(&" ".repeat(missing), role)
    }

    /// Adds another line's pieces.
    pub(crate) fn join(&mut self, other: &Self) -> &mut Self {
        for (text, role) in &other.pieces {
            self.put(text, *role);
        }
        self
    }

    /// The same in one look.
    pub(crate) fn flat(&self) -> Self {
        let text: String = self.pieces.iter().map(|(text, _)| text.as_str()).collect();
        Self { pieces: vec![(text, Role::Plain)], width: self.width }
    }

    /// The line cut to `room` cells.
    pub(crate) fn cut(mut self, room: usize) -> Self {
        if self.width <= room {
            return self;
        }
        let pieces = std::mem::take(&mut self.pieces);
        let mut line = Self::default();
        for (text, role) in &pieces {
            let before = line.width;
            line.put_within(text, *role, room);
            // A glyph that did not fit ends the line, even if a narrower one follows.
            if line.width < before + text::width(text) {
                break;
            }
        }
        line
    }

    /// What it says.
    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// Lines with the place of the real cursor among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Block {
    /// Top to bottom.
    pub(crate) lines: Vec<Line>,
    /// Line and column of the finger, if it is in this block.
    pub(crate) finger: Option<(usize, usize)>,
}

impl Block {
    /// Adds a line.
    pub(crate) fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds a block below, moving its finger along.
    pub(crate) fn below(&mut self, other: Self) {
        if let Some((row, column)) = other.finger {
            self.finger = Some((row + self.lines.len(), column));
        }
        self.lines.extend(other.lines);
    }

    /// A window of `height` lines that holds the finger, with the line above it in sight where there is one. Says
    /// how many lines are below the window.
    pub(crate) fn window(&self, height: usize) -> (Self, usize) {
        let total = self.lines.len();
        if total <= height || height == 0 {
            let lines = self.lines.iter().take(height).cloned().collect();
            return (
                Self { lines, finger: self.finger.filter(|(row, _)| *row < height) },
                total.saturating_sub(height),
            );
        }
        let row = self.finger.map_or(0, |(row, _)| row);
        // Half windows at a time, so that most steps leave the lines where they are.
        let step = (height / 2).max(1);
        let top = if row + 1 < height {
            0
        } else {
            ((row + 2 - height).div_ceil(step) * step).min(row).min(total - height)
        };
        let lines = self.lines.iter().skip(top).take(height).cloned().collect();
        (Self { lines, finger: self.finger.map(|(row, column)| (row - top, column)) }, total - height - top)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_always_holds_the_finger() {
        for total in 0..40 {
            for row in 0..total {
                let block = Block { lines: vec![Line::default(); total], finger: Some((row, 2)) };
                for height in 1..12 {
                    let (window, below) = block.window(height);
                    let (at, column) = window.finger.unwrap();
                    assert!(at < window.lines.len() && window.lines.len() <= height && column == 2);
                    assert!(below < total);
                }
            }
        }
    }

    #[test]
    fn a_line_is_cut_on_a_glyph_border() {
        let mut line = Line::of("案件", Role::Label);
        line.put("盲协值班", Role::Plain);
        let line = line.cut(7);
        assert_eq!((line.text().as_str(), line.width), ("案件盲", 6));
    }
}
