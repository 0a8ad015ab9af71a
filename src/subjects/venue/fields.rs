//! The record of a booking, described once, and what its forms ask besides. Knows no SQL.

use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::subjects::zones::fields::features;
use crate::values::dates::Bias;

pub(crate) const NO: Field =
    Field::new("no", Kind::Text).find(Findable::Code).synonyms(&["booking_no", "预约号", "编号"]);
pub(crate) const ZONE: Field = Field::new("zone", Kind::Ref("zones"))
    .required()
    .column(8)
    .synonyms(&["zone_id", "场地", "地点", "location"]);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs")))
    .required()
    .column(2)
    .synonyms(&["协会", "单位", "organizer"]);
pub(crate) const PURPOSE: Field = Field::new("purpose", Kind::Text)
    .required()
    .column(8)
    .find(Findable::Text)
    .synonyms(&["用途", "事由", "主题", "summary"]);
pub(crate) const KIND: Field =
    Field::new("kind", Kind::Choice(Set::Named("booking_kinds"))).synonyms(&["类型"]);
pub(crate) const STARTS: Field = Field::new("starts_at", Kind::Moment(Bias::Planning))
    .required()
    .column(11)
    .synonyms(&["start", "开始", "开始时间"]);
pub(crate) const ENDS: Field =
    Field::new("ends_at", Kind::Moment(Bias::Planning)).required().synonyms(&["end", "结束", "结束时间"]);
pub(crate) const PEOPLE: Field =
    Field::new("people", Kind::Integer).column(3).synonyms(&["attendees", "人数", "参加人数"]);
pub(crate) const NEEDS: Field =
    Field::new("needs", Kind::Choices(Set::Made(features))).synonyms(&["无障碍需求", "accessibility"]);
pub(crate) const EQUIPMENT: Field = Field::new("equipment", Kind::Text).synonyms(&["设备", "器材"]);
pub(crate) const SETUP: Field = Field::new("setup", Kind::Integer);
pub(crate) const CLEANUP: Field = Field::new("cleanup", Kind::Integer);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("booking_statuses"))).column(3);
pub(crate) const APPLICANT: Field = Field::new("applicant", Kind::Text).find(Findable::Other);
pub(crate) const APPROVER: Field = Field::new("approver", Kind::Text);
pub(crate) const WARNINGS: Field = Field::new("warnings", Kind::Text);
pub(crate) const OVERRIDE: Field = Field::new("override_reason", Kind::Text);
pub(crate) const REFUSED: Field = Field::new("refused_reason", Kind::Text);
pub(crate) const UID: Field = Field::new("uid", Kind::Text).synonyms(&["UID"]);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "booking",
    reference: "no",
    fields: &[
        NO, ZONE, ORG, PURPOSE, KIND, STARTS, ENDS, SETUP, CLEANUP, PEOPLE, NEEDS, EQUIPMENT, STATUS,
        APPLICANT, APPROVER, WARNINGS, OVERRIDE, REFUSED, UID,
    ],
};

/// The line a hand types: day, hours, zone, association and what it is for.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);
/// The day.
pub(crate) const DAY: Field = Field::new("day", Kind::Date(Bias::Planning)).required().synonyms(&["日期"]);
/// From when to when.
pub(crate) const HOURS: Field = Field::new("hours", Kind::Text).required().synonyms(&["时间", "时段"]);
/// What comes again.
pub(crate) const REPEAT: Field = Field::new("repeat", Kind::Text);
/// Days of a series on which the zone is taken are left out.
pub(crate) const SKIP: Field = Field::new("skip", Kind::Flag);
/// Put on the waiting list where the zone is taken.
pub(crate) const WAIT: Field = Field::new("wait", Kind::Flag);
/// The series a booking is made for; filled by the program.
pub(crate) const SERIES: Field = Field::new("series", Kind::Integer);
/// Why.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
/// Only this one of a series, or all that follow.
pub(crate) const REACH: Field = Field::new("reach", Kind::Choice(Set::Named("reaches")));
/// How long something free is looked for, in words a line says too (`2h`).
pub(crate) const LENGTH: Field = Field::new("length", Kind::Text);
