//! The line of a journal, described once, and what its forms ask besides. Knows no SQL.

use crate::catalog::{Catalog, Element};
use crate::desk::field::{Field, Findable, Kind, Record, Set, Word};
use crate::subjects::set;
use crate::values::dates::Bias;

/// What a payment or receipt can be booked against: every account but those the books themselves stand for.
fn counter_accounts(catalog: &Catalog) -> Vec<Word> {
    let own = |word: &Word| !matches!(word.kept.as_str(), "1001" | "1002");
    set(catalog, "accounts").into_iter().filter(own).collect()
}

/// Whether an account is an income.
pub(crate) fn income(catalog: &Catalog, code: &str) -> bool {
    catalog.account(code).is_some_and(|a| a.element == Element::Income)
}

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code).synonyms(&[
    "凭证号",
    "凭证字号",
    "voucher_no",
    "凭证编号",
]);
pub(crate) const KIND: Field = Field::new("kind", Kind::Choice(Set::Named("voucher_kinds")));
pub(crate) const DATE: Field =
    Field::new("date", Kind::Date(Bias::Record)).required().column(4).synonyms(&["日期", "记账日期", "date"]);
pub(crate) const SUMMARY: Field = Field::new("summary", Kind::Text)
    .required()
    .column(12)
    .find(Findable::Text)
    .synonyms(&["摘要", "summary"]);
pub(crate) const ACCOUNT: Field = Field::new("account", Kind::Choice(Set::Made(counter_accounts)))
    .required()
    .synonyms(&["对方科目", "科目", "counter_account", "会计科目", "科目名称"]);
pub(crate) const FUND: Field = Field::new("fund", Kind::Ref("funds")).required().column(5).synonyms(&[
    "基金",
    "资金",
    "fund_code",
    "基金名称",
    "资金来源",
    "经费来源",
]);
pub(crate) const BOOK: Field = Field::new("book", Kind::Ref("books")).required().synonyms(&[
    "账户",
    "账簿",
    "book",
    "账户名称",
    "资金账户",
]);
pub(crate) const AMOUNT: Field = Field::new("amount", Kind::Money).required().synonyms(&["金额"]);
pub(crate) const COUNTERPARTY: Field = Field::new("counterparty", Kind::Text)
    .find(Findable::Text)
    .synonyms(&["往来单位", "对方", "counterparty", "对方单位", "收款单位", "付款单位"]);
pub(crate) const ATTACHMENTS: Field =
    Field::new("attachments", Kind::Integer).synonyms(&["附件", "附件张数", "attachments"]);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("entry_statuses")));
pub(crate) const PREPARER: Field = Field::new("preparer", Kind::Text).synonyms(&["制单", "preparer"]);
pub(crate) const REVIEWER: Field = Field::new("reviewer", Kind::Text).synonyms(&["审核", "reviewer"]);
pub(crate) const BOOKKEEPER: Field = Field::new("bookkeeper", Kind::Text).synonyms(&["记账", "bookkeeper"]);
pub(crate) const CASHIER: Field = Field::new("cashier", Kind::Text).synonyms(&["出纳", "cashier"]);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs"))).synonyms(&["协会", "org"]);
pub(crate) const BLOCK: Field = Field::new("block", Kind::Text);
pub(crate) const OVERRIDE: Field = Field::new("override_reason", Kind::Text);
pub(crate) const OVERRIDE_SECRETARY: Field = Field::new("override_secretary", Kind::Text);
pub(crate) const OVERRIDE_ACCOUNTANT: Field = Field::new("override_accountant", Kind::Text);
pub(crate) const VOID_REASON: Field = Field::new("void_reason", Kind::Text);
pub(crate) const BALANCE: Field = Field::new("balance", Kind::Money);
pub(crate) const SEQ: Field = Field::new("seq", Kind::Integer);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "journal_entry",
    reference: "no",
    fields: &[
        NO,
        DATE,
        KIND,
        SUMMARY,
        ACCOUNT,
        FUND,
        BOOK,
        AMOUNT,
        BALANCE,
        SEQ,
        COUNTERPARTY,
        ATTACHMENTS,
        ORG,
        STATUS,
        PREPARER,
        REVIEWER,
        BOOKKEEPER,
        CASHIER,
        BLOCK,
        OVERRIDE,
        OVERRIDE_SECRETARY,
        OVERRIDE_ACCOUNTANT,
        VOID_REASON,
    ],
};

/// The line a hand types: amount and words, in any order.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);
/// Shared over the associations by the rule in force.
pub(crate) const SHARED: Field = Field::new("shared", Kind::Flag);
/// Where moved money arrives.
pub(crate) const INTO: Field = Field::new("into", Kind::Ref("books")).required();
/// The fund a transfer goes to.
pub(crate) const TO_FUND: Field = Field::new("to_fund", Kind::Ref("funds")).required();
/// Why.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
/// Book it once more, rightly.
pub(crate) const AGAIN: Field = Field::new("again", Kind::Flag);
/// How much more (blue) or less (red) it should have been.
pub(crate) const DIFFERENCE: Field = Field::new("difference", Kind::Money).required();
/// What another office's book has there: also the other book, where money was moved between the two.
pub(crate) const ANY_ACCOUNT: Field =
    Field::new("account", Kind::Choice(Set::Named("accounts"))).required().synonyms(ACCOUNT.synonyms);
/// Columns of another office's book.
pub(crate) const RECEIPT: Field =
    Field::new("receipt", Kind::Money).synonyms(&["收入", "借方", "借方(收入)", "收入金额", "receipt"]);
/// See above.
pub(crate) const PAYMENT: Field = Field::new("payment", Kind::Money).synonyms(&[
    "支出",
    "贷方",
    "贷方(支出)",
    "支出金额",
    "付出",
    "payment",
]);
