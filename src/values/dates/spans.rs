//! Points, periods and what lies between two of them (RULES §7, `span` and `point`). Knows nothing of recurrence.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::clock::{self, TO, Times};
use super::scan::{Read, Scan};
use super::{Ask, Bias, DateError, Hint, Kind, Reading, days, midnight, minute_of, offsets, periods};

/// What one half of a span can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Days(NaiveDate, NaiveDate),
    Time(NaiveDateTime, Option<NaiveDateTime>),
}

type Told = (Piece, Vec<Hint>);

/// The whole phrase as never, a deadline, a span or a point.
pub(super) fn read(ask: &Ask<'_>, chars: &[char]) -> Option<Reading> {
    let s = Scan::new(chars);
    if s.any(&["x", "never", "永不", "长期"]).is_some_and(Scan::at_end) {
        return Some(Reading::new(Kind::Never, NaiveDateTime::MAX, None, Vec::new()));
    }
    deadline(ask, s).or_else(|| [true, false].into_iter().find_map(|dated| span(ask, s, dated)))
}

/// `10日内`, `本周内`, `不晚于周五`.
fn deadline(ask: &Ask<'_>, s: Scan<'_>) -> Option<Reading> {
    let end_of_day = |day: NaiveDate| midnight(day).checked_add_signed(Duration::seconds(86_399));
    if let Some(((found, at), s)) = offsets::within(ask, s) {
        let by = at.or_else(|| end_of_day(found.day))?;
        return s.at_end().then(|| Reading::new(Kind::Deadline, by, None, found.hints));
    }
    if let Some(((_, last), s)) = periods::period(ask, s) {
        let whole = s.any(&["内", "之内", "以内"]).is_some_and(Scan::at_end);
        return if whole {
            Some(Reading::new(Kind::Deadline, end_of_day(last)?, None, Vec::new()))
        } else {
            None
        };
    }
    let s = s.any(&["不晚于", "不迟于", "最迟", "最晚", "截至", "截止到", "截止"])?;
    let ((piece, hints), s) =
        piece(ask, s, true).filter(|(_, s)| s.at_end()).or_else(|| piece(ask, s, false))?;
    let by = match piece {
        Piece::Days(from, to) if from == to => end_of_day(to)?,
        Piece::Time(at, None) => at,
        _ => return None,
    };
    s.at_end().then(|| Reading::new(Kind::Deadline, by, None, hints))
}

fn span(ask: &Ask<'_>, s: Scan<'_>, dated: bool) -> Option<Reading> {
    let ((first, hints), after) = piece(ask, s.maybe(&["从", "自"]), dated)?;
    if after.at_end() {
        return Some(reading(first, hints));
    }
    let after = after.any(&TO)?;
    let anchor = match first {
        Piece::Days(from, _) => from,
        Piece::Time(start, _) => start.date(),
    };
    let later = Ask { anchor: Some(anchor), cx: ask.cx, fault: ask.fault.take().into(), text: ask.text };
    let second = [true, false].into_iter().find_map(|dated| {
        let (told, s) = piece(&later, after, dated)?;
        s.at_end().then_some(told)
    });
    *ask.fault.borrow_mut() = later.fault.take();
    let (second, more) = second?;
    join(ask, first, second, hints.into_iter().chain(more).collect())
}

/// From the beginning of the one to the end of the other; days with days, times with times.
fn join(ask: &Ask<'_>, first: Piece, second: Piece, hints: Vec<Hint>) -> Option<Reading> {
    let (whole, ordered) = match (first, second) {
        (Piece::Days(from, _), Piece::Days(second, to)) => {
            (Piece::Days(from, to), from <= second && from <= to)
        }
        (Piece::Time(start, None), Piece::Time(end, None)) => (Piece::Time(start, Some(end)), start < end),
        (Piece::Time(start, Some(_)), Piece::Time(second, end)) => {
            let end = end.unwrap_or(second);
            (Piece::Time(start, Some(end)), start < end)
        }
        _ => return None,
    };
    if !ordered {
        return ask.fail(DateError::Order);
    }
    let reading = reading(whole, hints);
    let kind = if matches!(whole, Piece::Days(..)) { Kind::DateRange } else { reading.kind };
    let end = reading.end.or_else(|| matches!(whole, Piece::Days(..)).then_some(reading.start));
    Some(Reading { kind, end, ..reading })
}

fn reading(piece: Piece, mut hints: Vec<Hint>) -> Reading {
    let mut seen = Vec::new();
    hints.retain(|h| {
        !seen.contains(h) && {
            seen.push(*h);
            true
        }
    });
    match piece {
        Piece::Days(from, to) if from == to => Reading::new(Kind::Date, midnight(from), None, hints),
        Piece::Days(from, to) => Reading::new(Kind::DateRange, midnight(from), Some(midnight(to)), hints),
        Piece::Time(at, None) => Reading::new(Kind::Instant, at, None, hints),
        Piece::Time(start, end) => Reading::new(Kind::Slot, start, end, hints),
    }
}

/// A point or a period. Without a day (`dated` false) a time belongs to today, or to the next or last day that fits.
fn piece<'t>(ask: &Ask<'_>, s: Scan<'t>, dated: bool) -> Read<'t, Told> {
    if !dated {
        let (times, s) = clock::times(ask, s, ask.anchor.is_some())?;
        return Some((undated(ask, &times)?, s));
    }
    if let Some((at, s)) = offsets::moment(ask, s) {
        return Some(((Piece::Time(at, None), Vec::new()), s));
    }
    if let Some(s) = s.any(&["现在", "now"]) {
        return Some(((Piece::Time(ask.cx.now, None), Vec::new()), s));
    }
    let Some((found, s)) = days::day(ask, s) else {
        let ((from, to), s) = periods::period(ask, s)?;
        return Some(((Piece::Days(from, to), Vec::new()), s));
    };
    let clock = clock::times(ask, iso_mark(s), true).or_else(|| clock::times(ask, s, true));
    let Some((times, s)) = clock else {
        return Some(((Piece::Days(found.day, found.day), found.hints), s));
    };
    let piece = on_day(found.day, &times)?;
    let mut hints = found.hints;
    hints.extend(times.hints);
    let Piece::Time(start, end) = piece else { return None };
    if ask.cx.bias == Bias::Planning && end.unwrap_or(start) < ask.cx.now {
        hints.push(Hint::Past);
    }
    Some(((piece, hints), s))
}

/// Past the `T` of `2026-03-04T09:30`.
fn iso_mark(s: Scan<'_>) -> Scan<'_> {
    match s.take(|c| c == 't') {
        Some((_, after)) if after.peek().is_some_and(|c| c.is_ascii_digit()) => after,
        _ => s,
    }
}

fn on_day(day: NaiveDate, times: &Times) -> Option<Piece> {
    let end = match times.end {
        Some(end) => Some(minute_of(day, end)?),
        None => None,
    };
    Some(Piece::Time(minute_of(day, times.start)?, end))
}

fn undated(ask: &Ask<'_>, times: &Times) -> Option<Told> {
    let day = ask.base();
    let now = ask.cx.now;
    let mut hints = times.hints.clone();
    if ask.anchor.is_some() {
        return Some((on_day(day, times)?, hints));
    }
    let start = minute_of(day, times.start)?;
    // A part of the day has not passed while it lasts.
    let passed = match times.end {
        Some(end) if times.part => minute_of(day, end)? <= now,
        _ => start < now,
    };
    let day = match ask.cx.bias {
        Bias::Planning if passed => {
            hints.push(Hint::NextOne);
            day.succ_opt()?
        }
        Bias::Record if start > now => {
            hints.push(Hint::LastOne);
            day.pred_opt()?
        }
        _ => day,
    };
    Some((on_day(day, times)?, hints))
}
