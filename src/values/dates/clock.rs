//! Times of day: 下午三点半, 14:00-16:00, 0900-1130 (RULES §7). Knows nothing of the day they belong to.

use super::scan::{Read, Scan};
use super::{Ask, DateError, Hint};

/// Between two points.
pub(super) const TO: [&str; 5] = ["到", "至", "--", "-", "~"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    SmallHours,
    Early,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

const PARTS: [(&str, Part); 8] = [
    ("凌晨", Part::SmallHours),
    ("早上", Part::Early),
    ("早", Part::Early),
    ("上午", Part::Morning),
    ("中午", Part::Noon),
    ("下午", Part::Afternoon),
    ("晚上", Part::Evening),
    ("晚", Part::Evening),
];

/// A time or times, in minutes since midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) start: u32,
    pub(super) end: Option<u32>,
    pub(super) hints: Vec<Hint>,
    /// Named as a part of the day, not by the clock.
    pub(super) part: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `9`, only in a range.
    Bare,
    /// `9点半`
    Spoken,
    /// `9:30`
    Colon,
    /// `0930`
    Four,
}

#[derive(Clone, Copy)]
struct Raw {
    hour: u32,
    minute: u32,
    style: Style,
    /// Written with a leading zero, so by the 24-hour clock.
    exact: bool,
}

pub(super) fn part(s: Scan<'_>) -> Read<'_, Part> {
    s.pick(&PARTS)
}

/// `[daypart] [time [sep [daypart] time]]`. `dated` says that a day stands before, so that four digits are a time.
pub(super) fn times<'t>(ask: &Ask<'_>, s: Scan<'t>, dated: bool) -> Read<'t, Times> {
    let (part, s) = match part(s) {
        Some((part, s)) => (Some(part), s),
        None => (None, s),
    };
    let Some((from, after)) = raw(s) else { return Some((half(ask, part?), s)) };
    if let Some((to_part, to, end)) = range_end(from, after) {
        if !dated && part.is_none() && like_years(from) && like_years(to) {
            return None;
        }
        return Some((range(ask, (part, from), (to_part, to))?, end));
    }
    if from.style == Style::Bare || (!dated && part.is_none() && (like_years(from) || like_day(from))) {
        return None;
    }
    let (start, hint) = resolve(ask, part, from)?;
    Some((Times { start, end: None, hints: hint.into_iter().collect(), part: false }, after))
}

/// 2026 alone is rather a year than four minutes past half past eight.
fn like_years(raw: Raw) -> bool {
    raw.style == Style::Four && (19..21).contains(&raw.hour)
}

/// 0230 alone is rather a day that does not exist than half past two at night.
fn like_day(raw: Raw) -> bool {
    raw.style == Style::Four && (1..=12).contains(&raw.hour) && (1..=31).contains(&raw.minute)
}

fn half(ask: &Ask<'_>, part: Part) -> Times {
    let (morning, afternoon) = (ask.cx.morning, ask.cx.afternoon);
    let ((start, end), usual) = match part {
        Part::Morning => (morning, false),
        Part::Afternoon => (afternoon, false),
        Part::Early => (morning, true),
        Part::Noon => ((morning.1, afternoon.0), true),
        Part::SmallHours => ((0, 6 * 60), true),
        Part::Evening => ((18 * 60, 21 * 60), true),
    };
    let hints = if usual { vec![Hint::UsualHours] } else { Vec::new() };
    Times { start, end: Some(end), hints, part: true }
}

fn raw(s: Scan<'_>) -> Read<'_, Raw> {
    let digits = s.digits();
    if let Some(((value, 4), after)) = digits {
        let free = !after.peek().is_some_and(|c| "年月日号点时:/.天周个".contains(c));
        let four = Raw { hour: value / 100, minute: value % 100, style: Style::Four, exact: true };
        return free.then_some((four, after));
    }
    if let Some(((hour, len @ 1..=2), after)) = digits {
        if let Some((((minute, 2), end), _)) =
            after.take(|c| c == ':').and_then(|(_, a)| Some((a.digits()?, a)))
        {
            let exact = len == 2 && hour < 10;
            return Some((Raw { hour, minute, style: Style::Colon, exact }, end));
        }
        return spoken(hour, after)
            .or(Some((Raw { hour, minute: 0, style: Style::Bare, exact: len == 2 && hour < 10 }, after)));
    }
    let (hour, after) = s.numeral()?;
    spoken(hour, after)
}

/// 点 and what follows it.
fn spoken(hour: u32, s: Scan<'_>) -> Read<'_, Raw> {
    let s = s.any(&["点钟", "点", "时"])?;
    let raw = |minute| Raw { hour, minute, style: Style::Spoken, exact: false };
    if let Some((minute, s)) = s.pick(&[("半", 30), ("一刻", 15), ("三刻", 45), ("整", 0)]) {
        return Some((raw(minute), s));
    }
    if let Some((minute, after)) = s.number() {
        if let Some(after) = after.word("分") {
            return Some((raw(minute), after.maybe(&["钟"])));
        }
        // 8点45 and 十点零五 are clear; 9点5 might be five or fifty past.
        let zero = s.any(&["零", "〇"]).is_some();
        let two = s.digits().map_or(zero || minute >= 10, |((_, len), _)| len == 2);
        return two.then_some((raw(minute), after));
    }
    Some((raw(0), s))
}

/// The second half of `9-11`, only where nothing but it is left: else it may be the beginning of a day.
fn range_end(from: Raw, s: Scan<'_>) -> Option<(Option<Part>, Raw, Scan<'_>)> {
    let s = s.any(&TO)?;
    let (to_part, s) = match part(s) {
        Some((part, s)) => (Some(part), s),
        None => (None, s),
    };
    let (to, s) = raw(s)?;
    let fits = match (from.style, to.style) {
        (Style::Four, style) => style == Style::Four,
        (Style::Bare, style) => matches!(style, Style::Bare | Style::Spoken),
        (_, style) => style != Style::Four,
    };
    (fits && s.at_end()).then_some((to_part, to, s))
}

fn range(ask: &Ask<'_>, from: (Option<Part>, Raw), to: (Option<Part>, Raw)) -> Option<Times> {
    let (start, mut hint) = resolve(ask, from.0, from.1)?;
    let same_part = from.0.filter(|_| to.0.is_none()).and_then(|part| minutes(Some(part), to.1));
    let (end, end_hint) = match same_part.filter(|(end, _)| *end > start) {
        Some(found) => found,
        None => resolve(ask, to.0, to.1)?,
    };
    if end <= start {
        return ask.fail(DateError::Order);
    }
    hint = hint.or(end_hint);
    Some(Times { start, end: Some(end), hints: hint.into_iter().collect(), part: false })
}

fn resolve(ask: &Ask<'_>, part: Option<Part>, raw: Raw) -> Option<(u32, Option<Hint>)> {
    minutes(part, raw).or_else(|| ask.fail(DateError::NoSuchTime))
}

/// Minutes since midnight, at most 1440. From 1 to 7 with nothing said is the afternoon (RULES §7).
fn minutes(part: Option<Part>, raw: Raw) -> Option<(u32, Option<Hint>)> {
    let mut hint = None;
    let hour = match (part, raw.hour) {
        (None, 1..=7) if !raw.exact => {
            hint = Some(Hint::Afternoon);
            raw.hour + 12
        }
        (None, 0..=24) => raw.hour,
        (Some(Part::SmallHours), 12) => 0,
        (Some(Part::SmallHours), 0..=6) | (Some(Part::Early), 1..=11) | (Some(Part::Morning), 1..=12) => {
            raw.hour
        }
        (Some(Part::Noon), 1..=2) | (Some(Part::Afternoon), 1..=11) | (Some(Part::Evening), 5..=12) => {
            raw.hour + 12
        }
        (Some(Part::Noon), 11..=14) | (Some(Part::Afternoon), 12..=19) | (Some(Part::Evening), 17..=24) => {
            raw.hour
        }
        _ => return None,
    };
    let all = hour * 60 + raw.minute;
    (raw.minute < 60 && all <= 24 * 60).then_some((all, hint))
}
