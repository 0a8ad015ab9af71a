//! A month of the journal, described once, and what its actions ask besides. Knows no SQL.

use crate::desk::field::{Field, Kind, Record, Set};
use crate::values::dates::Bias;

pub(crate) const PERIOD: Field = Field::new("period", Kind::Text);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("period_statuses")));
pub(crate) const CLOSED_ON: Field = Field::new("closed_on", Kind::Date(Bias::Record));
pub(crate) const CLOSED_BY: Field = Field::new("closed_by", Kind::Text);
pub(crate) const HELD: Field = Field::new("held", Kind::Money);
pub(crate) const FUNDS: Field = Field::new("funds", Kind::Money);
pub(crate) const CLOSE_REASON: Field = Field::new("close_reason", Kind::Text);
pub(crate) const REOPEN_REASON: Field = Field::new("reopen_reason", Kind::Text);
pub(crate) const REOPEN_SECRETARY: Field = Field::new("reopen_secretary", Kind::Text);
pub(crate) const REOPEN_ACCOUNTANT: Field = Field::new("reopen_accountant", Kind::Text);

/// A month of the journal.
pub(crate) static RECORD: Record = Record {
    table: "journal_period",
    reference: "period",
    fields: &[
        PERIOD,
        STATUS,
        CLOSED_ON,
        CLOSED_BY,
        HELD,
        FUNDS,
        CLOSE_REASON,
        REOPEN_REASON,
        REOPEN_SECRETARY,
        REOPEN_ACCOUNTANT,
    ],
};

/// Why a month is closed as it is, or opened again: asked under one name, kept under either.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text);
