//! A count of the cash, described once, and what its actions ask besides. Knows no SQL.

use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::values::dates::Bias;

pub(crate) const COUNTED_AT: Field = Field::new("counted_at", Kind::Moment(Bias::Record)).required();
pub(crate) const BOOK: Field = Field::new("book", Kind::Ref("books"));
pub(crate) const BALANCE: Field = Field::new("book_balance", Kind::Money);
pub(crate) const UNPOSTED: Field = Field::new("unposted", Kind::Money);
pub(crate) const COUNTED: Field = Field::new("counted", Kind::Money);
pub(crate) const DIFFERENCE: Field = Field::new("difference", Kind::Money);
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).find(Findable::Text);
pub(crate) const DECISION: Field = Field::new("decision", Kind::Text).find(Findable::Text);
pub(crate) const COUNTER: Field = Field::new("counter", Kind::Text);
pub(crate) const WITNESS: Field = Field::new("witness", Kind::Text);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("count_statuses")));
pub(crate) const ALONE: Field = Field::new("alone", Kind::Flag);

/// A count of the cash.
pub(crate) static RECORD: Record = Record {
    table: "cash_count",
    reference: "no",
    fields: &[
        COUNTED_AT, BOOK, BALANCE, UNPOSTED, COUNTED, DIFFERENCE, REASON, DECISION, COUNTER, WITNESS, STATUS,
        ALONE,
    ],
};

/// The notes and coins, told in one line.
pub(crate) const PIECES: Field = Field::new("pieces", Kind::Text).required();
/// The same two where they must be answered.
pub(crate) const DECIDED: Field = Field::new("decision", Kind::Text).required();
pub(crate) const WHY: Field = Field::new("reason", Kind::Text).required();
