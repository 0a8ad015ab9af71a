//! The record of a request for an asset, described once, and what its forms ask besides (G-6.2.2). Knows no SQL.

use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::values::dates::Bias;

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
pub(crate) const ASSET: Field = Field::new("asset", Kind::Ref("assets")).column(8);
pub(crate) const WANTED: Field = Field::new("wanted", Kind::Text).find(Findable::Text);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs"))).required().column(2);
pub(crate) const OWNER: Field = Field::new("owner", Kind::Choice(Set::Named("orgs")));
pub(crate) const BORROWER: Field = Field::new("borrower", Kind::Text).find(Findable::Other).column(3);
pub(crate) const PURPOSE: Field = Field::new("purpose", Kind::Text).find(Findable::Text);
pub(crate) const USE_PLACE: Field = Field::new("use_place", Kind::Text);
pub(crate) const REQUESTED: Field = Field::new("requested_on", Kind::Date(Bias::Record));
pub(crate) const FROM: Field = Field::new("from_on", Kind::Date(Bias::Planning));
pub(crate) const DUE: Field = Field::new("due_on", Kind::Date(Bias::Planning)).required().column(5);
pub(crate) const OUT: Field = Field::new("out_on", Kind::Date(Bias::Record));
pub(crate) const RETURNED: Field = Field::new("returned_on", Kind::Date(Bias::Record));
pub(crate) const CHECK: Field =
    Field::new("returned_state", Kind::Choice(Set::Named("returned_states"))).required();
pub(crate) const CHECK_NOTE: Field = Field::new("return_note", Kind::Text);
pub(crate) const SETTLEMENT: Field = Field::new("settlement", Kind::Text).required();
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("loan_statuses"))).column(3);
pub(crate) const APPLICANT: Field = Field::new("applicant", Kind::Text);
pub(crate) const APPROVER: Field = Field::new("approver", Kind::Text);
pub(crate) const HANDED_OUT: Field = Field::new("handed_out_by", Kind::Text);
pub(crate) const TAKEN_BACK: Field = Field::new("taken_back_by", Kind::Text);
pub(crate) const WARNINGS: Field = Field::new("warnings", Kind::Text);
pub(crate) const OVERRIDE: Field = Field::new("override_reason", Kind::Text);
pub(crate) const REFUSED: Field = Field::new("refused_reason", Kind::Text);
pub(crate) const EXTENDED: Field = Field::new("extended", Kind::Integer);

/// The record. How the asset stood before it went out (`was`) is kept with it and is none of its fields: a step taken back must
/// still know it.
pub(crate) static RECORD: Record = Record {
    table: "asset_loan",
    reference: "no",
    fields: &[
        NO, ASSET, WANTED, ORG, OWNER, BORROWER, PURPOSE, USE_PLACE, REQUESTED, FROM, DUE, OUT, RETURNED,
        CHECK, CHECK_NOTE, SETTLEMENT, STATUS, APPLICANT, APPROVER, HANDED_OUT, TAKEN_BACK, WARNINGS,
        OVERRIDE, REFUSED, EXTENDED,
    ],
};

/// The line a hand types: what, for whom, until when.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);
/// What is asked for: a number, a tag or a kind.
pub(crate) const ITEM: Field = Field::new("item", Kind::Text).required();
/// Which one of a kind goes out.
pub(crate) const PICK: Field = Field::new("pick", Kind::Text).required();
/// Why.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
