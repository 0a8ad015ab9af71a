//! A form: one field a line, its label left of what is typed; help, choices and what was understood on the same
//! line where they fit, beneath it where not. The caret of the focused field is the terminal's real cursor.

use lianban::desk::Locale;
use lianban::desk::view::{Choice, Form, FormField};
use lianban::values::pinyin;

use super::super::edit::Editor;
use super::super::line::{Block, Line, Role};
use super::super::read;
use super::super::text::{clean, width, wrap};
use super::Scene;
use super::parts::{MARGIN, pairs};

/// Lines of a long text in sight while it is focused, and while not.
const LONG: (usize, usize) = (8, 3);

/// More choices than these are a long list.
const LIST: usize = 16;

/// The form in `columns` cells.
pub(super) fn draw(scene: Scene<'_>, form: &Form, focused: bool, columns: usize) -> Block {
    let mut block = Block::default();
    if !form.heading.is_empty() && !scene.view.title.starts_with(&form.heading) {
        block.push(Line::of(&format!("  {}", form.heading), Role::Heading));
    }
    let widest = form.fields.iter().map(|f| width(&f.label)).max().unwrap_or(0);
    let at = MARGIN + widest.min((columns / 3).max(2)) + 2;
    for (index, field) in form.fields.iter().enumerate() {
        let here = focused && index == form.focus;
        block
            .below(Field { field, here, editor: &scene.ui.editor, locale: scene.locale, at, columns }.draw());
        if index == form.focus {
            conflicts(&mut block, form, columns);
        }
    }
    if !form.findings.is_empty() {
        if scene.rows >= super::AIRY {
            block.push(Line::default());
        }
        pairs(&mut block, form.findings.iter().map(|f| (f.label.as_str(), f.value.as_str())), columns);
    }
    if form.ready && !form.submit.is_empty() {
        let ready = scene.locale.with("screen-ready", &[("submit", form.submit.clone())]);
        block.push(Line::of(&format!("  {ready}"), Role::Quiet));
    }
    block
}

/// The same in few lines: the focused field has its own, and every field with something wrong in it; the others stand
/// beside each other.
pub(super) fn compact(scene: Scene<'_>, form: &Form, columns: usize) -> Block {
    let mut block = Block::default();
    let mut line = Line::default();
    for (index, field) in form.fields.iter().enumerate() {
        let here = index == form.focus;
        if here || field.error.is_some() || field.value.contains('\n') {
            if line.width > 0 {
                block.push(std::mem::take(&mut line));
            }
            let at = MARGIN + width(&field.label) + 2;
            block.below(
                Field { field, here, editor: &scene.ui.editor, locale: scene.locale, at, columns }.draw(),
            );
            if here {
                conflicts(&mut block, form, columns);
            }
            continue;
        }
        let said = beside(field);
        let wide = width(&clean(&field.label)) + width(&said) + 4;
        if line.width > 0 && line.width + wide > columns {
            block.push(std::mem::take(&mut line));
        }
        let mark = if field.required && field.open { "*" } else { " " };
        line.put(if line.width == 0 { " " } else { "  " }, Role::Plain).put(mark, Role::Plain);
        line.put_within(&field.label, Role::Label, columns);
        if !said.is_empty() {
            line.put(" ", Role::Plain).put_within(&said, Role::Plain, columns);
        }
    }
    if line.width > 0 {
        block.push(line);
    }
    pairs(&mut block, form.findings.iter().map(|f| (f.label.as_str(), f.value.as_str())), columns);
    block
}

/// What somebody else saved meanwhile: beneath the field with the finger, where it is in sight however long the form is.
fn conflicts(block: &mut Block, form: &Form, columns: usize) {
    pairs(block, form.conflicts.iter().map(|f| (f.label.as_str(), f.value.as_str())), columns);
}

/// What a field holds or will be taken for, and how it was understood.
fn beside(field: &FormField) -> String {
    let value = match (field.value.as_str(), field.default.as_str()) {
        ("", "") => String::new(),
        ("", default) => format!("({default})"),
        (value, _) if field.secret => "*".repeat(value.chars().count()),
        (value, _) => value.to_owned(),
    };
    clean(format!("{value} {}", field.echo).trim()).into_owned()
}

/// One field being drawn.
struct Field<'a> {
    field: &'a FormField,
    here: bool,
    editor: &'a Editor,
    locale: &'a Locale,
    /// Column where values begin.
    at: usize,
    columns: usize,
}

impl Field<'_> {
    fn draw(&self) -> Block {
        let field = self.field;
        let mut line = Line::of(if self.here { ">" } else { " " }, Role::Plain);
        line.put(if field.required && field.open { "*" } else { " " }, Role::Plain);
        let role = if self.here { Role::Focused } else { Role::Label };
        line.put_within(&field.label, role, self.at - 1).to(self.at, Role::Plain);
        let mut block = Block::default();
        if field.long {
            self.long(&mut block, line);
        } else {
            self.short(&mut block, line);
        }
        let room = self.columns.saturating_sub(self.at + 2);
        if let Some(error) = &field.error {
            for (index, text) in wrap(&read::sentence(error), room).iter().enumerate() {
                let mut line = Line::default();
                line.to(self.at, Role::Plain).put(if index == 0 { "! " } else { "  " }, Role::Refused);
                line.put(text, Role::Refused);
                block.push(line);
            }
        }
        if self.here {
            self.completions(&mut block);
        }
        block
    }

    /// The value, then what belongs to it, as far as the line goes; the rest beneath.
    fn short(&self, block: &mut Block, mut line: Line) {
        let room = self.columns.saturating_sub(self.at);
        if self.here {
            let (text, caret) = self.editor.visible(room, self.field.secret);
            line.put(&text, Role::Plain);
            block.finger = Some((0, self.at + caret));
        } else {
            let value = clean(&self.field.value);
            let value =
                if self.field.secret { "*".repeat(value.chars().count()) } else { value.into_owned() };
            line.put_within(&value, Role::Plain, self.columns);
        }
        self.trailing(block, line);
    }

    fn long(&self, block: &mut Block, line: Line) {
        let room = self.columns.saturating_sub(self.at);
        let (lines, top, most) = if self.here {
            let (lines, (row, column)) = self.editor.wrapped(room);
            let top = (row + 1).saturating_sub(LONG.0);
            block.finger = Some((row - top, self.at + column));
            (lines, top, LONG.0)
        } else {
            (wrap(&self.field.value, room), 0, LONG.1)
        };
        let mut line = line;
        let last = lines.len().min(top + most).saturating_sub(1);
        for (index, text) in lines.iter().enumerate().skip(top).take(most) {
            line.put(text, Role::Plain);
            if index < last {
                block.push(std::mem::take(&mut line));
                line.to(self.at, Role::Plain);
            }
        }
        self.trailing(block, line);
    }

    fn trailing(&self, block: &mut Block, mut line: Line) {
        let field = self.field;
        let mut put = |text: &str| {
            if text.is_empty() {
                return;
            }
            let gap = if line.width > self.at { 2 } else { 0 };
            let wide = width(&clean(text));
            if line.width + gap + wide <= self.columns {
                line.put(&" ".repeat(gap), Role::Plain).put(text, Role::Quiet);
                return;
            }
            for piece in wrap(text, self.columns.saturating_sub(self.at)) {
                block.push(std::mem::take(&mut line));
                line.to(self.at, Role::Plain).put(&piece, Role::Quiet);
            }
        };
        let empty = if self.here { self.editor.text().is_empty() } else { field.value.is_empty() };
        if empty && !field.default.is_empty() {
            put(&format!("({})", field.default));
        }
        put(&field.echo);
        if self.here {
            put(&offered(field, &self.editor.text(), 2 * self.columns.saturating_sub(self.at), self.locale));
            put(&field.help);
        }
        block.push(line);
    }

    fn completions(&self, block: &mut Block) {
        for (index, choice) in self.field.completions.iter().enumerate() {
            let picked = self.field.picked == Some(index);
            let mut line = Line::default();
            line.to(self.at - MARGIN, Role::Plain).put(if picked { "> " } else { "  " }, Role::Plain);
            let number = if choice.key.is_empty() { (index + 1).to_string() } else { choice.key.clone() };
            let text = format!("{number} {}", choice.label);
            line.put_within(&text, if picked { Role::Focused } else { Role::Plain }, self.columns);
            if picked {
                block.finger = Some((block.lines.len(), self.at));
            }
            block.push(line);
        }
    }
}

/// What can be picked. Of a long list what fits the text typed so far, as far as `room` goes, and how many more there are.
fn offered(field: &FormField, typed: &str, room: usize, locale: &Locale) -> String {
    let typed = typed.trim().to_lowercase();
    let fits = |c: &&Choice| {
        let label = c.label.to_lowercase();
        let name = c.label.strip_prefix(&c.key).unwrap_or(&c.label);
        c.key.to_lowercase().starts_with(&typed)
            || label.contains(&typed)
            || pinyin::text_keys(name).iter().any(|k| k.starts_with(&typed))
    };
    let all: Vec<&Choice> = field.choices.iter().collect();
    let some: Vec<&Choice> = match all.len() > LIST {
        true => all.iter().copied().filter(fits).collect(),
        false => all.clone(),
    };
    let mut told = String::new();
    let mut rest = some.len();
    for text in some.iter().map(|choice| short(choice)) {
        if all.len() > LIST && width(&told) + width(&text) + 1 > room {
            break;
        }
        rest -= 1;
        told = format!("{told} {text}");
    }
    if rest > 0 {
        told = format!("{told} {}", locale.with("screen-more-choices", &[("count", rest.to_string())]));
    }
    told.trim_start().to_owned()
}

/// A choice with its key, unless its label begins with that by itself.
fn short(choice: &Choice) -> String {
    let key = if choice.label.starts_with(&choice.key) { "" } else { choice.key.as_str() };
    format!("{key}{}", choice.label)
}
