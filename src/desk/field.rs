//! A record is described once: one table of fields drives its form, its line prompts, its list columns, its import and
//! export, its search keys and its audit diff. How a typed text becomes a value, and a value a text, is in `reading`.

use std::borrow::Cow;

use crate::catalog::Catalog;
use crate::values::dates::Bias;

/// What a field holds; decides how text is read, shown and completed.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// One line of free text.
    Text,
    /// Several lines of free text.
    Long,
    /// A whole number.
    Integer,
    /// An amount of money, kept in fen; a calculation (`=120*3`) may stand for it.
    Money,
    /// Yes or no; kept as 1 or 0.
    Flag,
    /// A day, read as a date phrase with this bias; kept as ISO text.
    Date(Bias),
    /// A minute, read as a date phrase with this bias; kept as `2026-03-04T09:30`.
    Moment(Bias),
    /// One word of a closed set; the word itself (or the code) is kept.
    Choice(Set),
    /// Several words of a closed set; kept joined by `;` in the set's order.
    Choices(Set),
    /// A record of another subject (its folder's name); kept as that record's id.
    Ref(&'static str),
    /// A resident ID (RULES §1), kept normalised.
    ResidentId,
    /// A disability certificate (RULES §2), kept normalised.
    Certificate,
    /// Telephone numbers (RULES §8.2), kept normalised, joined by `;`.
    Phone,
}

pub(crate) use crate::catalog::Word;

/// A closed set of words.
#[derive(Clone, Copy)]
pub(crate) enum Set {
    /// As the catalogue has it, by its name there.
    Named(&'static str),
    /// Made out of what the catalogue has.
    Made(fn(&Catalog) -> Vec<Word>),
}

impl Set {
    /// Its words, in the order they are offered.
    pub(crate) fn words(self, catalog: &Catalog) -> Cow<'_, [Word]> {
        match self {
            Self::Named(name) => Cow::Borrowed(catalog.words(name)),
            Self::Made(make) => Cow::Owned(make(catalog)),
        }
    }
}

/// Who may see a value whole (RULES §5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Privacy {
    /// Everyone signed in.
    Open,
    /// Shown as `沈*安` until revealed.
    Name,
    /// First six and last four digits.
    ResidentId,
    /// As the resident ID, with the last two hidden too.
    Certificate,
    /// First three and last four digits.
    Phone,
    /// To the community.
    Address,
    /// Hidden whole until revealed.
    Hidden,
}

/// How a value is found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Findable {
    /// Not at all.
    No,
    /// As a person's name: characters, pinyin of all readings.
    Name,
    /// As the name of somebody else in the record: after those who bear it themselves.
    Other,
    /// As running text.
    Text,
    /// As a number: its head and its tail.
    Number,
    /// As a code, whole or its tail (`SL-2026-0031`, `0031`).
    Code,
}

/// One field of a record. Its label is the message `SUBJECT-NAME`, its help the attribute `.help` of that message.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// Column in the file, name on the command line.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// May not be empty when saved.
    pub required: bool,
    /// Characters a value usually has when it is a column of the list; 0 when it is not one.
    pub column: u16,
    /// Who may see it whole.
    pub privacy: Privacy,
    /// How it is found again.
    pub find: Findable,
    /// What was typed here last is proposed in the next form of the same kind.
    pub sticky: bool,
    /// Other headers under which other people's tables have it (RULES §8.1).
    pub synonyms: &'static [&'static str],
}

impl Kind {
    /// Its name in messages (`field-help-NAME`).
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text | Self::Long => "text",
            Self::Integer => "number",
            Self::Money => "money",
            Self::Flag => "flag",
            Self::Date(_) => "date",
            Self::Moment(_) => "moment",
            Self::Choice(_) => "choice",
            Self::Choices(_) => "choices",
            Self::Ref(_) => "record",
            Self::ResidentId => "resident-id",
            Self::Certificate => "certificate",
            Self::Phone => "phone",
        }
    }

    /// Whether its values stand to the right in a column, and are numbers in a spreadsheet.
    pub(crate) const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Money)
    }
}

impl Field {
    /// An optional open field that is no column and no search key; the rest is said with the methods below.
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
            column: 0,
            privacy: Privacy::Open,
            find: Findable::No,
            sticky: false,
            synonyms: &[],
        }
    }

    /// May not be empty when saved.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// A column of the list, usually this many characters.
    pub(crate) const fn column(mut self, usual: u16) -> Self {
        self.column = usual;
        self
    }

    /// Masked until revealed.
    pub(crate) const fn private(mut self, privacy: Privacy) -> Self {
        self.privacy = privacy;
        self
    }

    /// Found by its value.
    pub(crate) const fn find(mut self, find: Findable) -> Self {
        self.find = find;
        self
    }

    /// Keeps what was typed here for the next form of the same kind.
    pub(crate) const fn sticky(mut self) -> Self {
        self.sticky = true;
        self
    }

    /// Headers of other people's tables.
    pub(crate) const fn synonyms(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }
}

/// The description of a subject's record.
pub(crate) struct Record {
    /// Table in the file. It has `id`, `version`, `created_at`, `created_by`, `updated_at`, `updated_by` besides.
    pub table: &'static str,
    /// Column that holds the reference a person says (`SL-2026-0031`).
    pub reference: &'static str,
    /// The fields, in the order of forms and exports. Every one of them is a column of the table.
    pub fields: &'static [Field],
}

impl Record {
    /// The field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }
}
