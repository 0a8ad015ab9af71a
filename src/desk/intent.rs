//! What a person wants, as both faces say it. An intent names no key: keymaps and prompt words turn keys and
//! words into these, and nothing else ever reaches the desk.

/// A step through a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// One row down.
    Next,
    /// One row up.
    Previous,
    /// A window down.
    PageDown,
    /// A window up.
    PageUp,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// The row with this rank, from 1.
    To(usize),
    /// In a grid, the lane above; in a list, one row up.
    Up,
    /// In a grid, the lane below; in a list, one row down.
    Down,
    /// In a grid, the column before.
    Left,
    /// In a grid, the next column.
    Right,
}

/// How a calendar is turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// One day, week or month back.
    Back,
    /// One on.
    On,
    /// To today.
    Now,
    /// To the day of this phrase (`下周三`, `w3`, `0517`).
    To(String),
    /// To another grid of the same records, by name (`week`), on the same day.
    Other(String),
    /// From the grid to its list twin, or back.
    Twin,
}

/// Something a person wants of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Step through the focused list.
    Move(Move),
    /// Turn the calendar.
    Turn(Turn),
    /// The next view of the same records (queue, unrouted, mine …), or the next period of a report.
    NextView,
    /// Open the focused row.
    Open,
    /// Leave this page for the one before; a form in progress is kept as a draft.
    Back,
    /// Open a top-level page (`today`, `cases`) or one of its views (`cases.overdue`).
    GoTo(String),
    /// Open a record by its `#`-reference.
    Jump(String),
    /// Open the search page (a form with one field over a list of what was found), with this text in its field.
    /// After that the text grows by `Edit`, `Move` walks the list, `Open` or `Accept` opens the row.
    Search(String),
    /// Filter the focused list; called again as the text grows. Empty takes the filter away.
    Filter(String),
    /// Mark or unmark the focused row.
    Mark,
    /// Mark every row of the list, or none if all are.
    MarkAll,
    /// Do an action of the page by its name (`cases.accept`).
    Act(String),
    /// The focused field's text is now this.
    Edit(String),
    /// Put the finger on a field by its name, label, initials or number from 1.
    Field(String),
    /// The next field, whatever it holds.
    NextField,
    /// The field before.
    PreviousField,
    /// Done with this field: on to the next one that still needs an answer, or save when none does.
    Accept,
    /// Save the form.
    Submit,
    /// Save the form and open a new one of the same kind.
    SubmitAndNew,
    /// Put the form away; what was typed stays as a draft.
    Cancel,
    /// Throw the draft away for good (asked back first).
    Discard,
    /// Move the finger through the completions of the focused field, forward or back.
    Complete(bool),
    /// Take the completion with this number, from 1.
    Take(usize),
    /// The focused field's value in the record above (the last one saved of this kind).
    CopyAbove,
    /// Answer the question on the page.
    Answer(bool),
    /// A typed command line (`:`), the name or a word of any action, a page, or a `#`-reference.
    Command(String),
    /// Open the quick entry page (a form with one field) with this line in it; what was understood is shown field
    /// by field as findings, nothing is written before `Accept` confirms it.
    Quick(String),
    /// Take the last step back, or do it again.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Say where I am.
    WhereAmI,
    /// Say the last message again.
    LastMessage,
    /// Help for this page or field, or for a topic.
    Help(String),
    /// Lock the desk.
    Lock,
    /// How many rows the face can show; more are not loaded.
    Window(usize),
    /// Look again: time passed, or another process may have written. Answers whether anything changed.
    Look,
    /// Leave the program.
    Quit,
}
