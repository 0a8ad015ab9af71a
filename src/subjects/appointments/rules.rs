//! What is true of posts and of who is appointed to them (SM-03, G-5.3.1, G-5.3.2, RULES §3.9): the way from nomination into
//! office and out of it, votes, terms, what one person may not hold together. Pure: no SQL, no clock.

use chrono::NaiveDate;

use crate::values::text;

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// 推荐: put forward by associations.
    Nominated,
    /// 推选: elected by them.
    Elected,
    /// 聘任: appointed by the councils.
    Appointed,
    /// 在任.
    InOffice,
    /// 届满: the term is over.
    Expired,
    /// 辞任: left of their own will.
    Resigned,
    /// 解聘: dismissed.
    Dismissed,
    /// 未通过: not elected, not appointed, or taken back before.
    Failed,
}

/// What happens to an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The associations elect.
    Elect,
    /// The councils appoint, or the secretariat assigns.
    Appoint,
    /// The term begins.
    TakeOffice,
    /// The term is over.
    Expire,
    /// The holder leaves.
    Resign,
    /// The holder is dismissed.
    Dismiss,
    /// It comes to nothing.
    Fail,
}

/// How someone comes to a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Elected by the associations, appointed by their councils (G-5.3.1).
    Elected,
    /// Assigned within the secretariat or the association (G-5.3.2).
    Assigned,
}

/// All stages, in their order.
pub(crate) const STAGES: [Stage; 8] = [
    Stage::Nominated,
    Stage::Elected,
    Stage::Appointed,
    Stage::InOffice,
    Stage::Expired,
    Stage::Resigned,
    Stage::Dismissed,
    Stage::Failed,
];

impl Stage {
    /// The word kept in the file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Nominated => "推荐",
            Self::Elected => "推选",
            Self::Appointed => "聘任",
            Self::InOffice => "在任",
            Self::Expired => "届满",
            Self::Resigned => "辞任",
            Self::Dismissed => "解聘",
            Self::Failed => "未通过",
        }
    }

    /// The stage a kept word means.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        STAGES.into_iter().find(|stage| stage.word() == word)
    }

    /// On the way into office.
    pub(crate) fn pending(self) -> bool {
        matches!(self, Self::Nominated | Self::Elected | Self::Appointed)
    }

    /// In office, or was once.
    pub(crate) fn held(self) -> bool {
        matches!(self, Self::InOffice | Self::Expired | Self::Resigned | Self::Dismissed)
    }
}

/// How a post is come to.
pub(crate) fn way(post: &str) -> Way {
    match post {
        "secretary" | "deputy_secretary" => Way::Elected,
        _ => Way::Assigned,
    }
}

/// The stage after a step; none where the step does not apply.
pub(crate) fn next(from: Stage, step: Step, way: Way) -> Option<Stage> {
    match (from, step, way) {
        (Stage::Nominated, Step::Elect, Way::Elected) => Some(Stage::Elected),
        (Stage::Elected, Step::Appoint, _) | (Stage::Nominated, Step::Appoint, Way::Assigned) => {
            Some(Stage::Appointed)
        }
        (Stage::Appointed, Step::TakeOffice, _) => Some(Stage::InOffice),
        (Stage::InOffice, Step::Expire, _) => Some(Stage::Expired),
        (Stage::InOffice, Step::Resign, _) => Some(Stage::Resigned),
        (Stage::InOffice, Step::Dismiss, _) => Some(Stage::Dismissed),
        (Stage::Nominated | Stage::Elected | Stage::Appointed, Step::Fail, _) => Some(Stage::Failed),
        _ => None,
    }
}

/// When a post is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    /// First day.
    pub from: NaiveDate,
    /// Last day of the term as it was given; none without an end.
    pub to: Option<NaiveDate>,
    /// The day from which it is held no longer, where it ended before its term.
    pub ended: Option<NaiveDate>,
}

impl Term {
    /// The last day on which it is held; none without an end.
    pub(crate) fn last(&self) -> Option<NaiveDate> {
        let before = self.ended.and_then(|day| day.pred_opt());
        match (self.to, before) {
            (Some(to), Some(before)) => Some(to.min(before)),
            (to, before) => to.or(before),
        }
    }

    /// Whether it is held on a day.
    pub(crate) fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.last().is_none_or(|last| day <= last)
    }

    /// Whether both are held on some day.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.last().is_some_and(|last| last < b.from);
        !self.is_empty() && !other.is_empty() && !before(self, other) && !before(other, self)
    }

    /// It ended before it began.
    fn is_empty(&self) -> bool {
        self.last().is_some_and(|last| last < self.from)
    }
}

/// What the register of posts lacks (G-5.3.1, G-5.3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nobody holds the post.
    Vacant(&'static str),
    /// More than one holds a post of which there is one.
    Several(&'static str, usize),
}

/// The posts of the joint secretariat, in their order; a deputy may be, and need not.
pub(crate) const REGISTER: &[&str] = &[
    "secretary",
    "deputy_secretary",
    "general_affairs",
    "accountant",
    "cashier",
    "project_service",
    "publicity",
];

/// What is wanting, given who holds which post today.
pub(crate) fn gaps(held: &[&str]) -> Vec<Gap> {
    let mut found = Vec::new();
    for post in REGISTER {
        match (*post, held.iter().filter(|h| *h == post).count()) {
            ("deputy_secretary", _) => {}
            (post, 0) => found.push(Gap::Vacant(post)),
            (post @ "secretary", n) if n > 1 => found.push(Gap::Several(post, n)),
            _ => {}
        }
    }
    found
}

/// How one association voted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vote {
    /// Code of the association.
    pub org: String,
    /// For.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Neither.
    pub abstain: u32,
}

impl Vote {
    /// Whether the association is for it.
    pub(crate) fn supports(&self) -> bool {
        self.yes > self.no
    }
}

/// Whether the associations elected: more than half of all of them are for it. One that did not vote is not.
pub(crate) fn carried(votes: &[Vote], associations: usize) -> bool {
    votes.iter().filter(|vote| vote.supports()).count() * 2 > associations
}

/// An association as a hand types it: letter, code, short name.
pub(crate) type Org = (String, String, String);

fn org<'a>(word: &str, orgs: &'a [Org]) -> Option<&'a str> {
    let low = word.to_lowercase();
    let fits = |(key, code, short): &&Org| {
        *key == low || code.to_lowercase() == low || short == word || short.strip_suffix('协') == Some(word)
    };
    orgs.iter().find(fits).map(|(_, code, _)| code.as_str())
}

/// Reads votes as they are told: `b9-0-1 d8-1 p 7`: an association, then for, against, abstained. An association told twice
/// has the later vote.
///
/// # Errors
/// The word that is no vote.
pub(crate) fn votes(told: &str, orgs: &[Org]) -> Result<Vec<Vote>, String> {
    let plain = text::half_width(told);
    let mut found: Vec<Vote> = Vec::new();
    let mut waiting: Option<&str> = None;
    for word in plain.split(|c: char| c.is_whitespace() || [',', ';', '、', '，'].contains(&c)) {
        if word.is_empty() {
            continue;
        }
        let digits = word.find(|c: char| c.is_ascii_digit());
        let (name, numbers) = digits.map_or((word, ""), |at| word.split_at(at));
        let code = match (name.trim_end_matches([':', '：']), waiting.take()) {
            ("", Some(code)) => code,
            (name, _) => org(name, orgs).ok_or_else(|| word.to_owned())?,
        };
        if numbers.is_empty() {
            waiting = Some(code);
            continue;
        }
        let each: Option<Vec<u32>> = numbers.split(['-', '/']).map(|n| n.parse().ok()).collect();
        let each = each.filter(|each| each.len() <= 3).ok_or_else(|| word.to_owned())?;
        let at = |n: usize| each.get(n).copied().unwrap_or(0);
        found.retain(|vote| vote.org != code);
        found.push(Vote { org: code.to_owned(), yes: at(0), no: at(1), abstain: at(2) });
    }
    match waiting {
        Some(code) => Err(code.to_owned()),
        None => Ok(found),
    }
}

/// Reads the councils' resolutions as they are told: `b 盲理〔2026〕3号; d 聋理2号`: an association, then its reference.
///
/// # Errors
/// The piece that names no association or no reference.
pub(crate) fn resolutions(told: &str, orgs: &[Org]) -> Result<Vec<(String, String)>, String> {
    let mut found: Vec<(String, String)> = Vec::new();
    for piece in told.split([';', '；', '、', '，']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let wrong = || piece.to_owned();
        let (name, reference) = piece.split_once(char::is_whitespace).ok_or_else(wrong)?;
        let code = org(&text::half_width(name), orgs).ok_or_else(wrong)?;
        let reference = reference.trim();
        if reference.is_empty() {
            return Err(wrong());
        }
        found.retain(|(org, _)| org != code);
        found.push((code.to_owned(), reference.to_owned()));
    }
    Ok(found)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
