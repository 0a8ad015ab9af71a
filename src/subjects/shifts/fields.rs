//! The record of a shift, described once, and what its forms ask besides. Knows no SQL.

use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::subjects::staff::fields::skills;
use crate::values::dates::Bias;

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
pub(crate) const STAFF: Field = Field::new("staff", Kind::Ref("staff")).required().column(4);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs"))).required().column(2);
pub(crate) const TASK: Field = Field::new("task", Kind::Text).required().column(8).find(Findable::Text);
pub(crate) const KIND: Field = Field::new("kind", Kind::Choice(Set::Named("shift_kinds")));
pub(crate) const REQUEST: Field = Field::new("request", Kind::Integer);
pub(crate) const ZONE: Field = Field::new("zone", Kind::Ref("zones"));
pub(crate) const STARTS: Field = Field::new("starts_at", Kind::Moment(Bias::Planning)).required().column(11);
pub(crate) const ENDS: Field = Field::new("ends_at", Kind::Moment(Bias::Planning)).required();
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("shift_statuses"))).column(3);
pub(crate) const MINUTES: Field = Field::new("minutes", Kind::Integer);
pub(crate) const RATING: Field = Field::new("rating", Kind::Choice(Set::Named("ratings")));
pub(crate) const RESULT: Field = Field::new("result", Kind::Text);
pub(crate) const WARNINGS: Field = Field::new("warnings", Kind::Text);
pub(crate) const OVERRIDE: Field = Field::new("override_reason", Kind::Text);
pub(crate) const ENDED: Field = Field::new("ended_reason", Kind::Text);
pub(crate) const SWAP_TO: Field = Field::new("swap_to", Kind::Ref("staff"));
pub(crate) const SWAP_WITH: Field = Field::new("swap_with", Kind::Ref("shifts"));
pub(crate) const SWAP_REASON: Field = Field::new("swap_reason", Kind::Text);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "shift",
    reference: "no",
    fields: &[
        NO,
        STAFF,
        ORG,
        TASK,
        KIND,
        REQUEST,
        ZONE,
        STARTS,
        ENDS,
        STATUS,
        MINUTES,
        RATING,
        RESULT,
        WARNINGS,
        OVERRIDE,
        ENDED,
        SWAP_TO,
        SWAP_WITH,
        SWAP_REASON,
    ],
};

/// The line a hand types: day, hours, skills, association, how many, who, what for.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);
/// The day.
pub(crate) const DAY: Field = Field::new("day", Kind::Date(Bias::Planning)).required();
/// From when to when.
pub(crate) const HOURS: Field = Field::new("hours", Kind::Text).required();
/// What they must be able to do.
pub(crate) const SKILLS: Field = Field::new("skills", Kind::Choices(Set::Made(skills)));
/// How many.
pub(crate) const NUMBER: Field = Field::new("number", Kind::Integer);
/// Who: names or codes with blanks between.
pub(crate) const PEOPLE: Field = Field::new("people", Kind::Text).required();
/// Hours really worked.
pub(crate) const WORKED: Field = Field::new("worked", Kind::Text);
/// Why.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
/// Who takes it, or what is taken in exchange.
pub(crate) const TO: Field = Field::new("to", Kind::Text).required();
/// A day of the week that is copied.
pub(crate) const FROM_WEEK: Field = Field::new("from_week", Kind::Date(Bias::Record)).required();
/// A day of the week it is copied to, or that is looked over.
pub(crate) const WEEK: Field = Field::new("week", Kind::Date(Bias::Planning)).required();
