//! The shapes of the tables in `data/catalog`, as an office would write them. Knows no file and no default: an unknown
//! key is an error, so that a slip of the pen is never silently ignored.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One member of a closed set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// What is kept in the file (`窗口`, `BL`).
    pub kept: String,
    /// What a Chinese reader sees.
    pub zh: String,
    /// What an English reader sees.
    pub en: String,
    /// The key that picks it; empty for its number in the set.
    #[serde(default)]
    pub key: String,
    /// Other words that mean it, accepted on reading (`12345` for `12345转办`).
    #[serde(default)]
    pub also: Vec<String>,
}

/// An association, or the joint secretariat (SPEC §0).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Association {
    /// `BL`, … `JS`; what records keep.
    pub code: String,
    /// The letter that picks it (`b`).
    pub key: String,
    /// `盲人协会`, without the place.
    pub name: String,
    /// `盲协`.
    pub short: String,
    /// `Blind Association`.
    pub en: String,
    /// `Blind`.
    pub en_short: String,
    /// The kinds of disability it stands for; none for the secretariat.
    pub categories: Vec<String>,
    /// Its parts of the shared running cost (G-6.4.1b).
    pub weight: u32,
}

/// What an account of the chart stands for (RULES §3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// What the office has.
    Asset,
    /// What it owes.
    Liability,
    /// What is left: restricted or not.
    NetAssets,
    /// What comes in.
    Income,
    /// What goes out.
    Expense,
}

/// An account of the chart (RULES §3.10). Books and vouchers show its name with the code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// `5201.02`; the part before the point is the account it belongs to.
    pub code: String,
    /// Name without the code.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// What it stands for.
    pub element: Element,
    /// Other words for it.
    pub also: Vec<String>,
}

/// Where a post is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// In the joint secretariat: acts for every association.
    Secretariat,
    /// In one association: acts for that one.
    Association,
    /// Outside the office: reads, advises or reports.
    Outside,
}

/// A post or role (G-5.3.1 to G-5.3.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// `accountant`; what records and actions name.
    pub id: String,
    /// `会计`.
    pub zh: String,
    /// `accountant`.
    pub en: String,
    /// Where it is held.
    pub within: Within,
    /// Posts the same person may not hold (RULES §3.9); said on both sides.
    pub excludes: Vec<String>,
    /// Other names of it in people's tables.
    #[serde(default)]
    pub also: Vec<String>,
}

/// What happens when a rule is not kept (SPEC §0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// Refused.
    Block,
    /// Allowed with a recorded reason.
    Warn,
}

/// Something done in one record that the same person may not combine with something else in it (RULES §3.9).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// `prepare`.
    pub id: String,
    /// `制单`.
    pub zh: String,
    /// `prepare the voucher`.
    pub en: String,
    /// The duties it excludes; said on both sides.
    pub excludes: Vec<String>,
    /// How strictly.
    pub force: Force,
}

/// Whose a category is (RULES §2.4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryRoute {
    /// The digit in the certificate number, 1 to 7.
    pub code: u8,
    /// The category as kept.
    pub category: String,
    /// The association; for 多重 the coordinator.
    pub org: String,
    /// Id of the reason.
    pub reason: String,
}

/// When the autism flag decides (RULES §2.4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutismRoute {
    /// The association of autistic people.
    pub org: String,
    /// The categories autism is certified under.
    pub categories: Vec<String>,
    /// Those of them in which it is asked when nobody has said.
    pub ask: Vec<String>,
    /// Id of the reason.
    pub reason: String,
}

/// What happens when several associations are concerned (G-6.5.2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MultipleRoute {
    /// The category that says only "several".
    pub category: String,
    /// Who leads when the components belong to more than one association.
    pub coordinator: String,
    /// Id of the reason when the components decide.
    pub reason: String,
    /// Id of the reason when no component is recorded.
    pub unsaid: String,
}

/// What happens without a certificate (L-3, N-4.2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UncertifiedRoute {
    /// Whether the category the person tells decides.
    pub by_told_category: bool,
    /// Who takes it when no category is known.
    pub org: String,
    /// Id of the reason then.
    pub reason: String,
}

/// Where cases go (RULES §2.4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// One row a category, in the order of their digits.
    #[serde(rename = "category")]
    pub categories: Vec<CategoryRoute>,
    /// The autism flag.
    pub autism: AutismRoute,
    /// 多重, and several associations.
    pub multiple: MultipleRoute,
    /// No certificate.
    pub uncertified: UncertifiedRoute,
}

/// What a rule's number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Calendar days.
    #[default]
    Day,
    /// Working days.
    WorkingDay,
    /// Calendar months.
    Month,
    /// Years.
    Year,
    /// Hours.
    Hour,
    /// Minutes.
    Minute,
    /// Seconds.
    Second,
    /// Occasions.
    Times,
    /// People.
    Persons,
    /// Hundredths.
    Percent,
    /// Fen, a hundredth of a yuan.
    Fen,
    /// On (1) or off (0).
    Switch,
}

/// One number of the rule profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How many.
    pub value: i64,
    /// Of what.
    pub unit: Unit,
    /// The clause it comes from; ends in `own` where the clause gives no number.
    pub source: String,
    /// What it is called.
    #[serde(default)]
    pub zh: String,
    /// The same in English.
    #[serde(default)]
    pub en: String,
    /// The office has put its own number in place of the profile's.
    #[serde(skip)]
    pub own: bool,
}

/// Which rule says when a case is due.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Due {
    pub(super) default: String,
    pub(super) channel: BTreeMap<String, String>,
    pub(super) urgency: BTreeMap<String, String>,
    pub(super) matter: BTreeMap<String, String>,
}

/// An administrative division (RULES §8.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Division {
    /// 6 digits for a county, 9 for a township.
    pub code: String,
    /// Code of what it lies in; empty for the county.
    #[serde(default)]
    pub parent: String,
    /// `武康街道`.
    pub zh: String,
    /// `Wukang Subdistrict`.
    pub en: String,
}
