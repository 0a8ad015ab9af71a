//! What is true of the journal: voucher kinds and numbers, what a fund may pay, how a line falls on the funds, how a mistake is
//! put right, who may do what to whose work (SM-28, RULES §3). Pure: no SQL, no clock.

use chrono::{Datelike, NaiveDate};

use crate::values::money::Fen;
use crate::values::split::{self, SplitError};

/// Voucher kinds (RULES §3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// 现收: into a cash box.
    CashIn,
    /// 现付: out of a cash box.
    CashOut,
    /// 银收: into a bank account.
    BankIn,
    /// 银付: out of a bank account.
    BankOut,
    /// 转: between funds, without a book.
    Transfer,
}

impl Kind {
    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::CashIn => "现收",
            Self::CashOut => "现付",
            Self::BankIn => "银收",
            Self::BankOut => "银付",
            Self::Transfer => "转",
        }
    }

    /// The kind of this word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::CashIn, Self::CashOut, Self::BankIn, Self::BankOut, Self::Transfer]
            .into_iter()
            .find(|kind| kind.word() == word)
    }

    /// The kind for a book and a side. Money moved between two books is a payment voucher of the book it leaves (RULES §3.3).
    pub(crate) fn of(cash: bool, side: Side) -> Self {
        match (cash, side) {
            (_, Side::Between) => Self::Transfer,
            (true, Side::In) => Self::CashIn,
            (true, Side::Out) => Self::CashOut,
            (false, Side::In) => Self::BankIn,
            (false, Side::Out) => Self::BankOut,
        }
    }
}

/// Which column of the book a line stands in. A red figure stays in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    /// 收入.
    In,
    /// 支出.
    Out,
    /// Neither: a transfer between funds.
    Between,
}

impl Side {
    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::In => "收",
            Self::Out => "付",
            Self::Between => "转",
        }
    }

    /// The side of this word; between funds when there is none of it.
    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "收" => Self::In,
            "付" => Self::Out,
            _ => Self::Between,
        }
    }

    /// What a figure in this column does to the book.
    pub(crate) fn effect(self, figure: Fen) -> Fen {
        if self == Self::Out { Fen(-figure.0) } else { figure }
    }
}

/// Where a line stands (SM-28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    /// Given back to who wrote it.
    Draft,
    /// Waits for somebody else's review.
    ToReview,
    /// Reviewed, not in the book yet.
    Reviewed,
    /// In the book for ever.
    Posted,
    /// Never was: it keeps its number, so that none is missing.
    Void,
}

impl Status {
    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::ToReview => "待审核",
            Self::Reviewed => "已审核",
            Self::Posted => "已过账",
            Self::Void => "已作废",
        }
    }

    /// The status of this word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Draft, Self::ToReview, Self::Reviewed, Self::Posted, Self::Void]
            .into_iter()
            .find(|status| status.word() == word)
    }
}

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Written anew by who prepared it.
    Amend,
    /// Found right.
    Review,
    /// Given back with a reason.
    Return,
    /// Entered in the book.
    Post,
    /// Taken out before it was posted.
    Void,
}

/// The status after an event; none when it cannot happen there (SM-28).
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    match (status, event) {
        (Status::Draft | Status::ToReview, Event::Amend) => Some(Status::ToReview),
        (Status::ToReview, Event::Review) => Some(Status::Reviewed),
        (Status::ToReview | Status::Reviewed, Event::Return) => Some(Status::Draft),
        (Status::Reviewed, Event::Post) => Some(Status::Posted),
        (Status::Draft | Status::ToReview | Status::Reviewed, Event::Void) => Some(Status::Void),
        _ => None,
    }
}

/// The month a day is booked in.
pub(crate) fn period(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// A voucher's number as it is written (`现付-202603-005`).
pub(crate) fn voucher_no(kind: Kind, day: NaiveDate, number: i64) -> String {
    format!("{}-{}-{number:03}", kind.word(), day.format("%Y%m"))
}

/// The same as a page of that month needs it (`现付-5`).
pub(crate) fn short_no(no: &str) -> String {
    let mut parts = no.split('/').next().unwrap_or(no).splitn(3, '-');
    match (parts.next(), parts.next(), parts.next().and_then(|n| n.parse::<u32>().ok())) {
        (Some(kind), Some(_), Some(number)) => format!("{kind}-{number}"),
        _ => no.to_owned(),
    }
}

/// Whether a fund is for a stated purpose only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Restriction {
    /// 限定性.
    #[default]
    Restricted,
    /// 非限定性.
    Unrestricted,
}

/// What a fund may pay, and when (G-6.4.1a).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FundRule {
    /// For a stated purpose only?
    pub restriction: Restriction,
    /// The accounts a restricted fund may pay; empty: any cost of its programme, none of the office.
    pub accounts: Vec<String>,
    /// First day it may be used.
    pub from: NaiveDate,
    /// Last day it may pay; none: no end.
    pub to: Option<NaiveDate>,
    /// Takes nothing more.
    pub closed: bool,
}

/// Why a fund may not pay something. A secretary and an accountant together may let it (G-6.4.1a).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// Before its first day or after its last.
    Period,
    /// A running cost of the office charged to a restricted fund.
    Running,
    /// An account it does not name.
    Account,
    /// More than it has.
    BelowZero,
    /// It has been closed.
    Closed,
}

impl Block {
    /// Stable code: the word in the file, and the refusal's name.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Period => "journal-fund-period",
            Self::Running => "journal-fund-running",
            Self::Account => "journal-fund-account",
            Self::BelowZero => "journal-fund-below-zero",
            Self::Closed => "journal-fund-closed",
        }
    }
}

/// Accounts of the programmes: what a restricted fund that names no account may pay (RULES §3.10).
const PROGRAMME: &str = "5101";

/// Whether `fund` may pay `amount` (above zero) to `account` on `day` when it has `left` before. Red figures and receipts are
/// not asked: they give back.
///
/// # Errors
/// The first rule it breaks.
pub(crate) fn may_pay(
    fund: &FundRule,
    account: &str,
    day: NaiveDate,
    amount: Fen,
    left: Fen,
) -> Result<(), Block> {
    if fund.closed {
        return Err(Block::Closed);
    }
    if day < fund.from || fund.to.is_some_and(|to| day > to) {
        return Err(Block::Period);
    }
    if fund.restriction == Restriction::Restricted {
        let named = fund.accounts.iter().any(|a| covers(a, account));
        if !named && !covers(PROGRAMME, account) {
            return Err(Block::Running);
        }
        if !named && !fund.accounts.is_empty() {
            return Err(Block::Account);
        }
    }
    if left.0 < amount.0 {
        return Err(Block::BelowZero);
    }
    Ok(())
}

/// Whether an account is another one, or a detail of it (`5101` covers `5101.02`).
fn covers(account: &str, detail: &str) -> bool {
    detail == account || detail.strip_prefix(account).is_some_and(|rest| rest.starts_with('.'))
}

/// What a line does to one fund for one association under one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    /// The fund's number in the file.
    pub fund: i64,
    /// Association code.
    pub org: String,
    /// Account code.
    pub account: String,
    /// + into the fund, − out of it.
    pub amount: Fen,
}

/// Splits the effect of a line over the associations by weight, exactly (RULES §3.7). Weights in the associations' order;
/// an association of weight 0 has no part.
///
/// # Errors
/// [`SplitError`] when no weight is above zero.
pub(crate) fn share(
    effect: Fen,
    fund: i64,
    account: &str,
    weights: &[(String, u64)],
) -> Result<Vec<Split>, SplitError> {
    let only: Vec<u64> = weights.iter().map(|(_, weight)| *weight).collect();
    let parts = split::allocate(effect, &only)?;
    let each = weights.iter().zip(parts).filter(|((_, weight), _)| *weight > 0);
    Ok(each
        .map(|((org, _), amount)| Split { fund, org: org.clone(), account: account.to_owned(), amount })
        .collect())
}

/// The red copy of a line's splits.
pub(crate) fn mirrored(splits: &[Split]) -> Vec<Split> {
    splits.iter().map(|split| Split { amount: Fen(-split.amount.0), ..split.clone() }).collect()
}

/// Why a line cannot be reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoReversal {
    /// It has been.
    Twice,
    /// It is itself a reversal.
    OfReversal,
    /// It is of an earlier year: a blue line corrects it (RULES §3.2).
    EarlierYear,
    /// It is not in the book.
    NotPosted,
}

/// Whether a line of `day` may be reversed on `today` (RULES §3.2).
///
/// # Errors
/// Why not.
pub(crate) fn may_reverse(
    status: Status,
    day: NaiveDate,
    today: NaiveDate,
    is_reversal: bool,
    reversed: bool,
) -> Result<(), NoReversal> {
    match () {
        () if status != Status::Posted => Err(NoReversal::NotPosted),
        () if is_reversal => Err(NoReversal::OfReversal),
        () if reversed => Err(NoReversal::Twice),
        () if day.year() < today.year() => Err(NoReversal::EarlierYear),
        () => Ok(()),
    }
}

/// Why somebody may not review or post a line (RULES §3.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Duty {
    /// Who wrote it may not review it.
    OwnWork,
    /// Who handles the money may not review.
    CashierReviews,
    /// Who handles the money may not keep the ledger.
    CashierKeeps,
}

/// Whether `who` may review what `preparer` wrote. `alone`: the small office's switch is on.
///
/// # Errors
/// What separates the two.
pub(crate) fn may_review(who: &str, preparer: &str, is_cashier: bool, alone: bool) -> Result<(), Duty> {
    match () {
        () if alone => Ok(()),
        () if is_cashier => Err(Duty::CashierReviews),
        () if who == preparer => Err(Duty::OwnWork),
        () => Ok(()),
    }
}

/// Whether `who` may post.
///
/// # Errors
/// What separates the two.
pub(crate) fn may_post(is_cashier: bool, alone: bool) -> Result<(), Duty> {
    if is_cashier && !alone { Err(Duty::CashierKeeps) } else { Ok(()) }
}

/// The summary the accounting rules prescribe for a red voucher, in the language of the books (RULES §3.2).
pub(crate) fn red_summary(day: NaiveDate, no: &str, reason: &str) -> String {
    format!("注销{}月{}日{no}号凭证（{}）", day.month(), day.day(), reason.trim())
}

/// The same for the right voucher after it.
pub(crate) fn blue_summary(day: NaiveDate, no: &str, summary: &str) -> String {
    format!("订正{}月{}日{no}号凭证：{}", day.month(), day.day(), summary.trim())
}

/// The same for one voucher over the difference, or over a mistake of an earlier year.
pub(crate) fn adjusting_summary(day: NaiveDate, no: &str, reason: &str) -> String {
    format!("更正{}年{}月{}日{no}号凭证（{}）", day.year(), day.month(), day.day(), reason.trim())
}
