//! What a page says, as meaning. A `View` knows nothing of colour, width, keys or terminals; both faces render
//! the same one, and whatever a person can learn or do on a page is in here.

/// One page, said once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// Which page this is, stable over languages (`today`, `cases.list`, `cases.record`, `cases.form`, `help` …).
    pub page: String,
    /// The page's name for a person.
    pub title: String,
    /// The page in a few words, the distinguishing one first (`案件0012 待补充`), for a face that shows one line; empty
    /// where the title is short enough.
    pub brief: String,
    /// Where the page stands, outermost first, this page last.
    pub place: Vec<String>,
    /// The top-level pages, in order.
    pub tabs: Vec<Tab>,
    /// Pages without a tab of their own that can be gone to by name from everywhere (the funds under the journal).
    pub pages: Vec<Tab>,
    /// The office's date and time as shown (`3-04 周三 09:30`); changes only when a page is asked for anew.
    pub clock: String,
    /// Says that the office is a demonstration, or that the file is read-only; empty in ordinary life.
    pub banner: String,
    /// Who is signed in; empty when nobody is.
    pub operator: String,
    /// The last message, kept until the next one.
    pub notice: Option<Notice>,
    /// How many messages there have been: a face that prints each message once prints when this has grown.
    pub said: u64,
    /// The body, top to bottom.
    pub parts: Vec<Part>,
    /// Index into `parts` of the list or form that holds the finger: the terminal's real cursor stands there. On a
    /// page with both (search), typing gives it to the form and moving gives it to the list.
    pub focus: usize,
    /// Everything that can be done here, with the reason where it cannot.
    pub actions: Vec<Offer>,
    /// A question that must be answered before anything else.
    pub question: Option<Question>,
    /// There is a step that undo would take back here.
    pub undoable: bool,
    /// Whether someone must sign in first. The page then holds nothing but the sign-in form, and a face clears what it
    /// had shown.
    pub guard: Guard,
}

/// Whether the page is open to the person before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Guard {
    /// Signed in, unlocked.
    #[default]
    Open,
    /// Nobody has signed in.
    SignIn,
    /// Locked by a key or after idle minutes; the page beneath is kept.
    Locked,
}

/// One of the top-level pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Stable name, as `Intent::GoTo` takes it (`today`, `cases`, `people`, `more`).
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// The page now open lies under it.
    pub current: bool,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Info,
    /// Something was refused, or failed; nothing was lost.
    Refused,
}

/// A message to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// What to do instead, or next; empty when the sentence is enough.
    pub hint: String,
}

/// A yes-or-no question; no is the default wherever the step destroys or publishes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The sentence, stating the effect.
    pub text: String,
    /// What a bare Enter means.
    pub default_yes: bool,
}

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Paragraphs.
    Text(Text),
    /// Labelled values.
    Facts(Facts),
    /// A window on a list of records.
    List(List),
    /// A window on a book: rows with a running balance, and what they come to.
    Ledger(Ledger),
    /// Lanes by time, with its list twin.
    Schedule(Schedule),
    /// Something to fill in.
    Form(Form),
    /// Numbers to compare.
    Chart(Chart),
}

/// Paragraphs under an optional heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Empty when there is none.
    pub heading: String,
    /// One paragraph each; never wrapped here.
    pub lines: Vec<String>,
}

/// Labelled values under an optional heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Empty when there is none.
    pub heading: String,
    /// In reading order.
    pub items: Vec<Fact>,
}

/// One labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value, masked where the person may not see it whole.
    pub value: String,
}

/// A window on a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Stable name (`cases.overdue`, `today`).
    pub name: String,
    /// What a person reads.
    pub heading: String,
    /// The columns, the distinguishing one first.
    pub columns: Vec<Column>,
    /// The rows that are loaded: a window around the cursor, never the whole table.
    pub rows: Vec<Row>,
    /// Rank of `rows[0]` in the whole list, from 0.
    pub first: usize,
    /// Index into `rows` of the focused one; none only when the list is empty.
    pub cursor: Option<usize>,
    /// How many rows the whole list has.
    pub total: usize,
    /// How many of them are marked.
    pub marked: usize,
    /// The typed filter in force; empty when there is none.
    pub filter: String,
    /// Other views of the same records: name, label, whether it is the present one.
    pub views: Vec<Tab>,
    /// What to say when there is no row: why, and what to do.
    pub empty: String,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The label.
    pub label: String,
    /// How many characters a value usually has; a face makes room accordingly.
    pub usual: u16,
    /// Numbers stand to the right.
    pub number: bool,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// `#`-reference of the record (`SL-2026-0031`); empty for a row that is no record.
    pub reference: String,
    /// One value a column.
    pub cells: Vec<String>,
    /// The row in a few words, the distinguishing one first, for a face that shows one line.
    pub brief: String,
    /// Marked for an action on many.
    pub marked: bool,
    /// What stands after the row in a ledger (本日合计, 本月合计, 本年累计); empty in every other list.
    pub subtotals: Vec<Subtotal>,
}

/// A window on a book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Its rows; some have subtotals after them.
    pub list: List,
    /// What stands before the first row of the window (承前页, 上年结转).
    pub carried: Option<Subtotal>,
    /// Sentences under the book (`现金2,053.10 + 银行392,724.16 = 各基金合计394,777.26`).
    pub foot: Vec<String>,
}

/// A line of a ledger that is no row: nobody's finger stands on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subtotal {
    /// What it is (本日合计).
    pub label: String,
    /// One value a column, the label in one of them.
    pub cells: Vec<String>,
    /// The same in a few words, the label first, for a face that shows one line.
    pub brief: String,
}

/// Lanes by time (a day of rooms, a week, a month), and the same as a list: whoever cannot see a grid reads its twin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// Stable name (`venue.day`).
    pub name: String,
    /// What a person reads: which day or days (`3月18日 周三`).
    pub heading: String,
    /// Lanes by what (`场地 x 时间`).
    pub axes: String,
    /// What is special about the days shown (holiday, make-up working day, disability day), one sentence each.
    pub notes: Vec<String>,
    /// The label of each column (`08:30`).
    pub columns: Vec<String>,
    /// The lanes, each with a cell a column.
    pub lanes: Vec<Lane>,
    /// The focused cell: lane and column. Both 0 where there is no lane.
    pub focus: (usize, usize),
    /// The list twin: a row for everything that stands in a cell, free stretches last; every cell is in it. Its cursor is
    /// on what stands in the focused cell, its views are the other grids and lists of the same records.
    pub list: List,
    /// How many rows of the twin are free stretches.
    pub free: usize,
}

/// One lane of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lane {
    /// What it is (`多功能厅`).
    pub label: String,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// Where a lane and a column meet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// In a few characters (`盲值班`); empty where it is free.
    pub text: String,
    /// `#`-reference of the one record in it; empty where there is none, or more than one.
    pub reference: String,
    /// It waits for approval; shown as `?`.
    pub pending: bool,
    /// Which rows of the twin stand here, in order of time: none only where nothing can be.
    pub rows: Vec<usize>,
}

/// Something to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Stable name (`cases.register`).
    pub name: String,
    /// What a person reads.
    pub heading: String,
    /// The fields in order.
    pub fields: Vec<FormField>,
    /// Index of the focused field.
    pub focus: usize,
    /// When the draft was last kept (`09:34`); empty when nothing was typed yet.
    pub saved: String,
    /// What the rules make of the form as it stands: proposals with their reason, due date, duplicates.
    pub findings: Vec<Fact>,
    /// What somebody else saved meanwhile, field by field beside what is typed here; stays until the form is saved.
    pub conflicts: Vec<Fact>,
    /// Every field that must be answered is: the next accept saves.
    pub ready: bool,
    /// What saving is called here (`登记`).
    pub submit: String,
    /// The form as it would stand in the list above it, one cell a column; empty for a form that is no row of a list.
    pub row: Vec<String>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormField {
    /// Stable name, as `Intent::Edit` takes it.
    pub name: String,
    /// The label.
    pub label: String,
    /// The text as typed.
    pub value: String,
    /// What an empty field will be taken for; empty when nothing.
    pub default: String,
    /// What was understood, read back in full; empty when the text says it already.
    pub echo: String,
    /// It must be answered before the form can be saved.
    pub required: bool,
    /// Still to be answered or confirmed: `Accept` stops here.
    pub open: bool,
    /// May not be changed here.
    pub fixed: bool,
    /// Shown as stars (a PIN).
    pub secret: bool,
    /// Takes several lines of text.
    pub long: bool,
    /// More than one of the choices may be taken: their keys are typed one after another (`13`).
    pub several: bool,
    /// A closed set to pick from by number, initials or word; empty for free text.
    pub choices: Vec<Choice>,
    /// Records or words that fit what was typed, best first.
    pub completions: Vec<Choice>,
    /// Which completion the finger is on, if it moved there.
    pub picked: Option<usize>,
    /// What is wrong with it, and what to do.
    pub error: Option<Notice>,
    /// One line: what belongs here.
    pub help: String,
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The key that picks it, in both faces (`1`).
    pub key: String,
    /// What is put into the field.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

/// Numbers to compare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    /// What is compared.
    pub heading: String,
    /// Unit of every value (`件`, `元`).
    pub unit: String,
    /// One bar each: label, value as shown, and the value in the smallest unit.
    pub bars: Vec<Bar>,
    /// The same in one sentence, for a face that draws nothing.
    pub sentence: String,
}

/// One bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Which of several things compared it is (`收入`, `支出`); empty where there is but one.
    pub series: String,
    /// As shown.
    pub shown: String,
    /// For the length.
    pub value: i64,
}

/// An action that belongs to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Stable name, as `Intent::Act` and the keymaps take it (`cases.accept`, `back`).
    pub name: String,
    /// What a person reads (`接办`).
    pub label: String,
    /// None when it can be done now; else why not, and what to do instead.
    pub refused: Option<Notice>,
    /// Worth a place in a short line of hints.
    pub main: bool,
}

impl View {
    /// The list that holds the finger, or the first there is. Rows over a form whose row comes next are no such list:
    /// the finger never goes there.
    #[must_use]
    pub fn list(&self) -> Option<&List> {
        let at = self.parts.get(self.focus).and_then(Part::list);
        at.or_else(|| self.parts.iter().find_map(Part::list)).filter(|_| !self.page.ends_with(".form"))
    }

    /// The book that holds the finger, or whose next row the form is.
    #[must_use]
    pub fn ledger(&self) -> Option<&Ledger> {
        self.parts.iter().find_map(|p| match p {
            Part::Ledger(ledger) => Some(ledger),
            _ => None,
        })
    }

    /// The grid, if the page has one.
    #[must_use]
    pub fn schedule(&self) -> Option<&Schedule> {
        self.parts.iter().find_map(|p| match p {
            Part::Schedule(schedule) => Some(schedule),
            _ => None,
        })
    }

    /// The form, if the page has one.
    #[must_use]
    pub fn form(&self) -> Option<&Form> {
        self.parts.iter().find_map(|p| match p {
            Part::Form(form) => Some(form),
            _ => None,
        })
    }
}

impl Part {
    /// The same where its rows have no other views.
    #[must_use]
    pub(crate) fn without_views(mut self) -> Self {
        match &mut self {
            Self::List(list) => list.views.clear(),
            Self::Ledger(ledger) => ledger.list.views.clear(),
            Self::Schedule(schedule) => schedule.list.views.clear(),
            Self::Text(_) | Self::Facts(_) | Self::Form(_) | Self::Chart(_) => {}
        }
        self
    }

    /// The list in it, whether plain, a ledger's, or the twin of a schedule.
    #[must_use]
    pub fn list(&self) -> Option<&List> {
        match self {
            Self::List(list) => Some(list),
            Self::Ledger(ledger) => Some(&ledger.list),
            Self::Schedule(schedule) => Some(&schedule.list),
            _ => None,
        }
    }
}

impl List {
    /// The focused row.
    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        self.cursor.and_then(|at| self.rows.get(at))
    }

    /// Its place in the whole list, from 1; 0 when the list is empty.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.cursor.map_or(0, |at| self.first + at + 1)
    }
}

impl Schedule {
    /// The focused cell.
    #[must_use]
    pub fn cell(&self) -> Option<&Cell> {
        self.lanes.get(self.focus.0).and_then(|lane| lane.cells.get(self.focus.1))
    }

    /// The rows of the twin that stand in a cell.
    pub fn rows<'a>(&'a self, cell: &'a Cell) -> impl Iterator<Item = &'a Row> {
        cell.rows.iter().filter_map(|at| self.list.rows.get(*at))
    }
}

impl Form {
    /// The focused field.
    #[must_use]
    pub fn field(&self) -> Option<&FormField> {
        self.fields.get(self.focus)
    }
}
