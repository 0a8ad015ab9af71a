//! A line of the bank's statement, described once, and what its actions ask besides. Knows no SQL.

use crate::desk::field::{Field, Findable, Kind, Record};
use crate::values::dates::Bias;

pub(crate) const BOOK: Field = Field::new("book", Kind::Ref("books")).synonyms(&["账户", "账簿"]);
pub(crate) const PERIOD: Field = Field::new("period", Kind::Text);
pub(crate) const DATE: Field = Field::new("date", Kind::Date(Bias::Record)).required().column(5).synonyms(&[
    "交易日期",
    "日期",
    "记账日期",
    "入账日期",
    "交易日",
    "记账日",
    "交易时间",
    "交易日期时间",
    "发生日期",
]);
pub(crate) const TEXT: Field = Field::new("text", Kind::Text)
    .required()
    .column(12)
    .find(Findable::Text)
    .synonyms(&["摘要", "交易摘要", "用途", "备注", "附言", "交易说明", "业务摘要", "description"]);
pub(crate) const AMOUNT: Field = Field::new("amount", Kind::Money)
    .column(10)
    .find(Findable::Number)
    .synonyms(&["交易金额", "金额", "发生额", "本次交易金额"]);
pub(crate) const BALANCE: Field = Field::new("balance", Kind::Money).synonyms(&[
    "余额",
    "账户余额",
    "本次余额",
    "交易后余额",
    "当前余额",
    "联机余额",
]);
pub(crate) const TICKED_AT: Field = Field::new("ticked_at", Kind::Moment(Bias::Record));
pub(crate) const TICKED_BY: Field = Field::new("ticked_by", Kind::Text);
pub(crate) const NOTE: Field = Field::new("note", Kind::Text).find(Findable::Text);
pub(crate) const VOIDED_ON: Field = Field::new("voided_on", Kind::Date(Bias::Record));
pub(crate) const VOID_REASON: Field = Field::new("void_reason", Kind::Text).required();

/// A line of the bank's statement.
pub(crate) static RECORD: Record = Record {
    table: "bank_line",
    reference: "no",
    fields: &[BOOK, PERIOD, DATE, TEXT, AMOUNT, BALANCE, TICKED_AT, TICKED_BY, NOTE, VOIDED_ON, VOID_REASON],
};

/// What came in, by a table with two columns: the bank's credit.
pub(crate) const CREDIT: Field = Field::new("credit", Kind::Money).synonyms(&[
    "贷方发生额",
    "贷方金额",
    "贷方",
    "收入金额",
    "收入",
    "存入金额",
    "存入",
    "转入金额",
    "贷方发生金额",
]);
/// What went out, by a table with two columns: the bank's debit.
pub(crate) const DEBIT: Field = Field::new("debit", Kind::Money).synonyms(&[
    "借方发生额",
    "借方金额",
    "借方",
    "支出金额",
    "支出",
    "取出金额",
    "支取",
    "转出金额",
    "借方发生金额",
]);
/// In or out, by a table with one unsigned column.
pub(crate) const DIRECTION: Field = Field::new("direction", Kind::Text).synonyms(&[
    "借贷标志",
    "借贷方向",
    "收支标志",
    "收/支",
    "收支",
    "借贷",
]);
/// The account's number at the bank, where a table has lines of several accounts.
pub(crate) const NUMBER: Field = Field::new("number", Kind::Text).synonyms(&["账号", "本方账号", "银行账号"]);
/// The journal lines a statement line stands for, told by hand.
pub(crate) const ENTRIES: Field = Field::new("entries", Kind::Text).required();
/// How a bank heads its columns, told by hand; one field a column.
pub(crate) const HEAD_DATE: Field = Field::new("head_date", Kind::Text);
pub(crate) const HEAD_TEXT: Field = Field::new("head_text", Kind::Text);
pub(crate) const HEAD_CREDIT: Field = Field::new("head_credit", Kind::Text);
pub(crate) const HEAD_DEBIT: Field = Field::new("head_debit", Kind::Text);
pub(crate) const HEAD_AMOUNT: Field = Field::new("head_amount", Kind::Text);
pub(crate) const HEAD_BALANCE: Field = Field::new("head_balance", Kind::Text);

/// The columns whose headers are remembered: the field that is filled, and the field in which its header is told.
pub(crate) const REMEMBERED: &[(&str, &Field)] = &[
    ("date", &HEAD_DATE),
    ("text", &HEAD_TEXT),
    ("credit", &HEAD_CREDIT),
    ("debit", &HEAD_DEBIT),
    ("amount", &HEAD_AMOUNT),
    ("balance", &HEAD_BALANCE),
];
