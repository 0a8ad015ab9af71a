//! A training session, described once, and what its forms ask besides. Knows no SQL.

use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::values::dates::Bias;

pub(crate) const TITLE: Field = Field::new("title", Kind::Text)
    .required()
    .column(12)
    .find(Findable::Text)
    .synonyms(&["主题", "培训名称", "名称"]);
pub(crate) const KIND: Field =
    Field::new("kind", Kind::Choice(Set::Named("training_kinds"))).column(4).synonyms(&["类型", "形式"]);
pub(crate) const MODE: Field = Field::new("mode", Kind::Choice(Set::Named("training_modes")));
pub(crate) const AUDIENCE: Field =
    Field::new("audience", Kind::Text).find(Findable::Text).synonyms(&["对象", "培训对象"]);
pub(crate) const HOST: Field =
    Field::new("host", Kind::Choice(Set::Named("orgs"))).synonyms(&["主办", "主办单位"]);
pub(crate) const VISITORS: Field = Field::new("visitors", Kind::Choices(Set::Named("orgs")));
pub(crate) const HELD: Field = Field::new("held_on", Kind::Date(Bias::Planning))
    .required()
    .column(8)
    .synonyms(&["日期", "举办日期", "培训日期"]);
pub(crate) const STARTS: Field = Field::new("starts", Kind::Text);
pub(crate) const ENDS: Field = Field::new("ends", Kind::Text);
pub(crate) const MINUTES: Field = Field::new("minutes", Kind::Integer);
pub(crate) const TRAINER: Field =
    Field::new("trainer", Kind::Text).find(Findable::Other).synonyms(&["讲师", "主讲", "老师"]);
pub(crate) const BOOKING: Field = Field::new("booking", Kind::Ref("venue"));
pub(crate) const PEOPLE: Field = Field::new("people", Kind::Integer).synonyms(&["人数"]);
pub(crate) const MATERIALS: Field =
    Field::new("materials", Kind::Choices(Set::Named("material_formats"))).synonyms(&["材料格式"]);
pub(crate) const NOTE: Field = Field::new("note", Kind::Long).find(Findable::Text).synonyms(&["备注"]);
pub(crate) const REASON: Field = Field::new("reason", Kind::Text);
pub(crate) const STATUS: Field =
    Field::new("status", Kind::Choice(Set::Named("training_statuses"))).column(3);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "training_session",
    reference: "no",
    fields: &[
        TITLE, KIND, HELD, STARTS, ENDS, MINUTES, STATUS, AUDIENCE, TRAINER, MODE, HOST, VISITORS, BOOKING,
        PEOPLE, MATERIALS, NOTE, REASON,
    ],
};

/// The line a hand types: title, day, hours or length, room, people.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);
/// From when to when.
pub(crate) const HOURS: Field = Field::new("hours", Kind::Text);
/// How long, for those hours count.
pub(crate) const LENGTH: Field = Field::new("length", Kind::Text).required().synonyms(&["学时", "hours"]);
/// The room, booked with it.
pub(crate) const ZONE: Field = Field::new("zone", Kind::Ref("zones"));
/// Why the room is booked although something is unusual.
pub(crate) const OVERRIDE: Field = Field::new("override_reason", Kind::Text);
/// The day of something that was.
pub(crate) const WAS: Field = Field::new("held_on", Kind::Date(Bias::Record)).required();
/// Who, in one line.
pub(crate) const WHO: Field = Field::new("who", Kind::Text).required();
/// Who of the enrolled was not there.
pub(crate) const ABSENT: Field = Field::new("absent", Kind::Text);
/// Who was there without having enrolled.
pub(crate) const ALSO: Field = Field::new("also", Kind::Text);
/// How it was passed.
pub(crate) const ASSESSMENT: Field = Field::new("assessment", Kind::Choice(Set::Named("assessments")));
/// Why, where it must be answered.
pub(crate) const WHY: Field = Field::new("reason", Kind::Text).required();
/// What kind of training it was that is written down for people; they have a kind of their own.
pub(crate) const TAUGHT_AS: Field = Field::new("taught_as", Kind::Choice(Set::Named("training_kinds")));
