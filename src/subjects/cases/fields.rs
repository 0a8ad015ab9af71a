//! The record of a case, described once (SPEC App. E Case), and what its actions ask besides. Knows no SQL.

use crate::catalog::Catalog;
use crate::desk::field::{Field, Findable, Kind, Record, Set, Word};
use crate::subjects::set;
use crate::values::dates::Bias;

/// The associations by their number in the order of the office, the secretariat after them: digits work with the
/// input method on, and `13` says two.
pub(crate) fn orgs(catalog: &Catalog) -> Vec<Word> {
    set(catalog, "orgs").into_iter().map(|word| Word { key: String::new(), ..word }).collect()
}

/// The two answers to whose a mental disability is: the association of the category, or the one for autism.
fn autism_orgs(catalog: &Catalog) -> Vec<Word> {
    let routing = catalog.routing();
    let asked = |org: &str| {
        org == routing.autism.org
            || routing.categories.iter().any(|r| r.org == org && routing.autism.ask.contains(&r.category))
    };
    orgs(catalog).into_iter().filter(|word| asked(&word.kept)).collect()
}

pub(crate) const RECEIVED: Field = Field::new("received_at", Kind::Moment(Bias::Record));
pub(crate) const CHANNEL: Field = Field::new("channel", Kind::Choice(Set::Named("channels")))
    .required()
    .sticky()
    .synonyms(&["受理渠道", "来源"]);
pub(crate) const CLIENT: Field = Field::new("client", Kind::Ref("people"));
pub(crate) const REPORTER: Field = Field::new("reporter", Kind::Text).synonyms(&["反映人", "来电人"]);
pub(crate) const MATTER: Field = Field::new("matter", Kind::Choice(Set::Named("matters")))
    .required()
    .column(4)
    .synonyms(&["matter_type", "事项类型", "类型"]);
pub(crate) const CONTENT: Field = Field::new("content", Kind::Long)
    .required()
    .column(16)
    .find(Findable::Text)
    .synonyms(&["事项内容", "诉求内容", "内容摘要"]);
pub(crate) const URGENCY: Field =
    Field::new("urgency", Kind::Choice(Set::Named("urgencies"))).synonyms(&["紧急程度", "缓急"]);
pub(crate) const FUNCTION: Field =
    Field::new("function_tag", Kind::Choice(Set::Named("function_tags"))).synonyms(&["履职类别"]);
pub(crate) const LEAD: Field =
    Field::new("lead_org", Kind::Choice(Set::Made(orgs))).column(3).synonyms(&["牵头协会", "承办协会"]);
pub(crate) const CO_ORGS: Field =
    Field::new("co_orgs", Kind::Choices(Set::Made(orgs))).synonyms(&["协办协会", "协同协会"]);
pub(crate) const ROUTE_REASON: Field = Field::new("route_reason", Kind::Text);
pub(crate) const HANDLER: Field = Field::new("handler", Kind::Text).column(4).synonyms(&["承办人", "经办人"]);
pub(crate) const DUE: Field =
    Field::new("due", Kind::Date(Bias::Planning)).column(5).synonyms(&["due_on", "办理期限", "限办日期"]);
pub(crate) const DUE_REASON: Field = Field::new("due_reason", Kind::Text);
pub(crate) const NEXT_ON: Field = Field::new("next_on", Kind::Date(Bias::Planning));
pub(crate) const STATUS: Field =
    Field::new("status", Kind::Choice(Set::Named("case_statuses"))).column(4).synonyms(&["办理状态", "状态"]);
pub(crate) const RESULT: Field =
    Field::new("result", Kind::Long).find(Findable::Text).synonyms(&["办理结果"]);
pub(crate) const WISH: Field = Field::new("wish", Kind::Text).synonyms(&["本人意愿"]);
pub(crate) const TOLD_ON: Field = Field::new("told_on", Kind::Date(Bias::Record)).synonyms(&["告知日期"]);
pub(crate) const SATISFACTION: Field =
    Field::new("satisfaction", Kind::Choice(Set::Named("satisfactions"))).synonyms(&["满意度"]);
pub(crate) const VISITS: Field = Field::new("visits_count", Kind::Integer).synonyms(&["跑次"]);
pub(crate) const AT_ONCE: Field = Field::new("handled_at_once", Kind::Flag);
pub(crate) const RETURNED: Field = Field::new("returned_count", Kind::Integer);
pub(crate) const CLOSED_ON: Field = Field::new("closed_on", Kind::Date(Bias::Record)).synonyms(&["办结日期"]);
pub(crate) const REGISTRAR: Field = Field::new("registrar", Kind::Text).synonyms(&["登记人"]);

/// A registered matter.
pub(crate) static RECORD: Record = Record {
    table: "case_record",
    reference: "no",
    fields: &[
        RECEIVED,
        CHANNEL,
        CLIENT,
        REPORTER,
        MATTER,
        CONTENT,
        URGENCY,
        FUNCTION,
        LEAD,
        CO_ORGS,
        ROUTE_REASON,
        HANDLER,
        DUE,
        DUE_REASON,
        NEXT_ON,
        STATUS,
        RESULT,
        WISH,
        TOLD_ON,
        SATISFACTION,
        VISITS,
        AT_ONCE,
        RETURNED,
        CLOSED_ON,
        REGISTRAR,
    ],
};

// Asked by actions, kept elsewhere than in the record or under another name.

/// Whoever is before the desk, by anything known of them.
pub(crate) const WHO: Field = Field::new("client", Kind::Text).synonyms(&[
    "client_id",
    "服务对象编号",
    "残疾证号",
    "残疾人证号",
    "身份证号",
    "身份证号码",
    "姓名",
    "服务对象",
]);
/// Whose a mental disability is.
pub(crate) const AUTISM: Field = Field::new("autism", Kind::Choice(Set::Made(autism_orgs))).required();
/// Where the case goes: one association, or several that the secretariat coordinates.
pub(crate) const ORGS: Field = Field::new("orgs", Kind::Choices(Set::Made(orgs))).required();
/// The association one acts for in a coordinated case.
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Made(orgs))).required();
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
/// Why the proposal is not followed: wanted only when an association of it is left out.
pub(crate) const OVERRIDE: Field = Field::new("reason", Kind::Text);
pub(crate) const NOTE: Field = Field::new("note", Kind::Text).required();
pub(crate) const UNIT: Field = Field::new("unit", Kind::Text).required();
pub(crate) const DONE_RESULT: Field = Field::new("result", Kind::Long).required();
pub(crate) const RATED: Field =
    Field::new("satisfaction", Kind::Choice(Set::Named("satisfactions"))).required();
pub(crate) const ASSIGNEE: Field = Field::new("handler", Kind::Text).required();
pub(crate) const NEW_DUE: Field = Field::new("due", Kind::Date(Bias::Planning)).required();
pub(crate) const STATE: Field = Field::new("state", Kind::Choice(Set::Named("part_states")));
pub(crate) const PERSON: Field = Field::new("person", Kind::Ref("people")).required();

/// What the person said.
pub(crate) const REMARK: Field = Field::new("note", Kind::Text);

// The columns of other people's case tables.

pub(crate) const NO: Field = Field::new("no", Kind::Text).synonyms(&["case_no", "受理编号", "编号"]);
pub(crate) const RECEIVED_ON: Field = Field::new("received_on", Kind::Date(Bias::Record))
    .required()
    .synonyms(&["受理日期", "登记日期", "日期"]);
pub(crate) const RECEIVED_TIME: Field = Field::new("received_at", Kind::Text).synonyms(&["受理时间"]);
