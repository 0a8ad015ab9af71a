//! The record of an asset, described once, and what its forms ask besides (G-6.2.1, SPEC App. E). Knows no SQL.

use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::values::dates::Bias;

pub(crate) const NO: Field = Field::new("no", Kind::Text).column(9).find(Findable::Code).synonyms(&[
    "asset_no",
    "资产编号",
    "编号",
    "固定资产编号",
    "资产号",
]);
pub(crate) const TAG: Field = Field::new("tag", Kind::Text).find(Findable::Code).synonyms(&[
    "asset tag",
    "barcode",
    "条码",
    "条形码",
    "标签号",
    "标签编号",
]);
pub(crate) const NAME: Field = Field::new("name", Kind::Text)
    .required()
    .column(8)
    .find(Findable::Name)
    .synonyms(&["资产名称", "名称", "品名", "物品名称", "设备名称", "asset name", "item name"]);
pub(crate) const CATEGORY: Field = Field::new("category", Kind::Choice(Set::Named("asset_categories")))
    .required()
    .column(4)
    .sticky()
    .synonyms(&["资产类别", "类别", "分类", "资产分类"]);
pub(crate) const MODEL: Field = Field::new("model", Kind::Text).find(Findable::Text).synonyms(&[
    "规格型号",
    "型号",
    "规格",
    "品牌型号",
    "model name",
    "model no.",
    "model number",
]);
pub(crate) const SERIAL: Field = Field::new("serial", Kind::Text).find(Findable::Code).synonyms(&[
    "序列号",
    "出厂编号",
    "机身号",
    "serial number",
]);
pub(crate) const OWNER: Field = Field::new("owner", Kind::Choice(Set::Named("orgs")))
    .required()
    .column(2)
    .sticky()
    .synonyms(&["权属", "权属单位", "权属协会", "所属协会", "产权单位", "所有者", "company"]);
pub(crate) const USER: Field = Field::new("user", Kind::Choice(Set::Named("orgs"))).synonyms(&[
    "使用单位",
    "使用协会",
    "使用部门",
    "department",
]);
pub(crate) const CUSTODIAN: Field = Field::new("custodian", Kind::Text).find(Findable::Other).synonyms(&[
    "保管人",
    "责任人",
    "管理人",
    "使用人",
    "checked out to",
    "assigned to",
]);
pub(crate) const PLACE: Field = Field::new("place", Kind::Ref("zones")).column(6).sticky().synonyms(&[
    "location",
    "存放地点",
    "存放位置",
    "地点",
    "位置",
    "放置地点",
    "default location",
]);
pub(crate) const SHELF: Field = Field::new("shelf", Kind::Text).synonyms(&["柜", "架", "货架", "柜号"]);
pub(crate) const SHELF_ORDER: Field = Field::new("shelf_order", Kind::Integer).synonyms(&["顺序"]);
pub(crate) const SOURCE: Field = Field::new("source", Kind::Choice(Set::Named("asset_sources")))
    .required()
    .sticky()
    .synonyms(&["来源", "取得方式", "资产来源"]);
pub(crate) const FUND: Field = Field::new("fund", Kind::Ref("funds")).synonyms(&["基金", "经费来源"]);
pub(crate) const VALUE: Field = Field::new("value", Kind::Money).synonyms(&[
    "original_value",
    "原值",
    "价值",
    "金额",
    "单价",
    "购置金额",
    "purchase cost",
    "cost",
]);
pub(crate) const UNIT: Field = Field::new("unit", Kind::Text).synonyms(&["单位", "计量单位"]);
pub(crate) const ACQUIRED: Field = Field::new("acquired_on", Kind::Date(Bias::Record)).synonyms(&[
    "购置日期",
    "取得日期",
    "购入日期",
    "入账日期",
    "purchase date",
    "purchased",
]);
pub(crate) const HANDED_OVER: Field =
    Field::new("handed_over_on", Kind::Date(Bias::Record)).synonyms(&["移交日期"]);
pub(crate) const HANDED_OVER_BY: Field =
    Field::new("handed_over_by", Kind::Text).synonyms(&["移交人", "移交方签字"]);
pub(crate) const TAKEN_OVER_BY: Field =
    Field::new("taken_over_by", Kind::Text).synonyms(&["接收人", "接收方签字"]);
pub(crate) const DOCUMENT: Field = Field::new("document", Kind::Text).find(Findable::Code).synonyms(&[
    "移交清单",
    "单据",
    "发票号",
    "order number",
]);
pub(crate) const WARRANTY: Field = Field::new("warranty_until", Kind::Date(Bias::Planning)).synonyms(&[
    "保修期至",
    "质保到期",
    "warranty expires",
]);
pub(crate) const CONDITION: Field = Field::new("condition", Kind::Choice(Set::Named("asset_conditions")))
    .synonyms(&["状况", "新旧程度", "完好情况"]);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("asset_statuses")))
    .column(3)
    .synonyms(&["状态", "使用状态", "资产状态", "使用状况"]);
pub(crate) const STATUS_REASON: Field = Field::new("status_reason", Kind::Text);
pub(crate) const LAST_USED: Field = Field::new("last_used_on", Kind::Date(Bias::Record));
pub(crate) const ACCESS: Field = Field::new("access_note", Kind::Text).find(Findable::Text).synonyms(&[
    "无障碍说明",
    "盲文标签",
    "无障碍备注",
]);
pub(crate) const NOTE: Field =
    Field::new("note", Kind::Long).find(Findable::Text).synonyms(&["备注", "说明", "notes"]);
pub(crate) const VOID: Field = Field::new("void", Kind::Flag);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "asset",
    reference: "no",
    fields: &[
        NO,
        TAG,
        NAME,
        CATEGORY,
        MODEL,
        SERIAL,
        OWNER,
        USER,
        CUSTODIAN,
        PLACE,
        SHELF,
        SHELF_ORDER,
        SOURCE,
        FUND,
        VALUE,
        UNIT,
        ACQUIRED,
        HANDED_OVER,
        HANDED_OVER_BY,
        TAKEN_OVER_BY,
        DOCUMENT,
        WARRANTY,
        CONDITION,
        STATUS,
        STATUS_REASON,
        LAST_USED,
        ACCESS,
        NOTE,
        VOID,
    ],
};

/// Who signs for the association that hands over, and who for the secretariat: on a hand-over neither may be missing.
pub(crate) const GIVER: Field = Field::new("handed_over_by", Kind::Text).required();
/// See above.
pub(crate) const TAKER: Field = Field::new("taken_over_by", Kind::Text).required();
/// Why.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
