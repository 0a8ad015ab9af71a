//! What is true of the people who work here: when they usually come, which skill says another one, what runs out soon
//! (G-6.3.1). Pure: no SQL, no clock, no sentence. Minutes are since midnight, ends not counted.

use chrono::{Datelike, Days, NaiveDate};

use crate::subjects::venue::rules::Hours;
use crate::values::text;

/// Days of a week.
pub(crate) const WEEK: usize = 7;

/// The hours a half-day is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayPlan {
    /// When the day begins.
    pub opens: u32,
    /// Where the morning ends.
    pub noon: u32,
    /// When the day ends.
    pub closes: u32,
}

impl DayPlan {
    /// The hours of a half-day of it.
    pub(crate) fn half(self, half: Half) -> Hours {
        match half {
            Half::Morning => Hours { from: self.opens, to: self.noon },
            Half::Afternoon => Hours { from: self.noon, to: self.closes },
        }
    }
}

/// The days in English, Monday first; three letters of one are enough.
const DAYS: [&str; WEEK] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Half a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Half {
    Morning,
    Afternoon,
}

/// Both, in order.
pub(crate) const HALVES: [Half; 2] = [Half::Morning, Half::Afternoon];

/// When someone usually comes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pattern {
    /// Hours of each day, Monday first.
    pub days: [Vec<Hours>; WEEK],
    /// May be asked at any other time too (`或预约`).
    pub by_request: bool,
}

/// How a wanted time stands to a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Comes {
    /// Within it.
    Usually,
    /// Not within it, but may be asked.
    IfAsked,
    /// Not within it.
    Not,
}

impl Pattern {
    /// How hours on a day stand to it. Someone of whom nothing is known may be asked.
    pub(crate) fn comes(&self, day: NaiveDate, hours: Hours) -> Comes {
        let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
        let within =
            self.days.get(at).is_some_and(|of| of.iter().any(|h| h.from <= hours.from && hours.to <= h.to));
        match (within, self.by_request || self.is_empty()) {
            (true, _) => Comes::Usually,
            (false, true) => Comes::IfAsked,
            (false, false) => Comes::Not,
        }
    }

    /// Whether anything of a half-day is in it.
    pub(crate) fn touches(&self, day: NaiveDate, half: Hours) -> bool {
        let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
        self.days.get(at).is_some_and(|of| of.iter().any(|h| h.from < half.to && half.from < h.to))
    }

    /// Nothing is known of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// Read back: days with the same hours together, `周一至周五 08:30-17:00; 周六 08:30-17:00`. `names` are the days, `to` joins
    /// the first and last of a run, `asked` says that other times may be asked for.
    pub(crate) fn spell(&self, names: &[String], to: &str, asked: &str) -> String {
        let name = |at: usize| names.get(at).cloned().unwrap_or_default();
        let mut said = Vec::new();
        let mut at = 0;
        for run in self.days.chunk_by(|a, b| a == b) {
            let (first, last) = (at, at + run.len() - 1);
            at += run.len();
            let Some(hours) = run.first().filter(|hours| !hours.is_empty()) else { continue };
            let hours: Vec<String> = hours.iter().map(|h| h.text()).collect();
            let days = match last - first {
                0 => name(first),
                1 => format!("{} {}", name(first), name(last)),
                _ => format!("{}{to}{}", name(first), name(last)),
            };
            said.push(format!("{days} {}", hours.join(" ")));
        }
        if self.by_request {
            said.push(asked.to_owned());
        }
        said.join("; ")
    }
}

/// Reads when someone usually comes: `周一至周五 08:30-17:00`, `周二、周四下午`, `w1-5; w6 am`, `周六或预约`. None for what is not
/// understood.
pub(crate) fn pattern(typed: &str, day: DayPlan) -> Option<Pattern> {
    let mut read = Pattern::default();
    let folded = text::half_width(typed).to_lowercase().replace(['；', '，'], ";");
    for clause in folded.split([';', ',']) {
        let mut days: Vec<usize> = Vec::new();
        let mut hours: Vec<Hours> = Vec::new();
        for word in clause.split_whitespace() {
            if let Some(said) = Hours::parse(word) {
                hours.push(said);
                continue;
            }
            let mut rest = word;
            let mut halves = Vec::new();
            while let Some((before, said)) = tail(rest, day) {
                rest = before;
                match said {
                    Tail::Request => read.by_request = true,
                    Tail::Hours(h) => halves.push(h),
                }
            }
            halves.reverse();
            if let Some(named) = named_days(rest)? {
                // New days after hours: what was said of the days before is whole.
                if !hours.is_empty() {
                    put(&mut read, &days, &hours, day);
                    (days, hours) = (Vec::new(), Vec::new());
                }
                days.extend(named);
            }
            hours.extend(halves);
        }
        if days.is_empty() && !hours.is_empty() {
            return None;
        }
        put(&mut read, &days, &hours, day);
    }
    (!read.is_empty() || read.by_request).then_some(read)
}

fn put(read: &mut Pattern, days: &[usize], hours: &[Hours], day: DayPlan) {
    let whole = [Hours { from: day.opens, to: day.closes }];
    let hours = if hours.is_empty() { &whole } else { hours };
    for at in days {
        if let Some(of) = read.days.get_mut(*at) {
            of.extend(hours);
            of.sort_by_key(|h| h.from);
            let mut joined: Vec<Hours> = Vec::new();
            for h in of.drain(..) {
                match joined.last_mut() {
                    Some(last) if h.from <= last.to => last.to = last.to.max(h.to),
                    _ => joined.push(h),
                }
            }
            *of = joined;
        }
    }
}

enum Tail {
    Request,
    Hours(Hours),
}

/// What may end a word: half a day, or that other times may be asked for.
fn tail(word: &str, day: DayPlan) -> Option<(&str, Tail)> {
    for asked in ["或预约", "可预约", "预约", "on-request", "ask"] {
        if let Some(before) = word.strip_suffix(asked) {
            return Some((before, Tail::Request));
        }
    }
    let evening = Hours { from: 1080, to: 1260 };
    let whole = Hours { from: day.opens, to: day.closes };
    let halves = [
        (["上午", "am"], day.half(Half::Morning)),
        (["下午", "pm"], day.half(Half::Afternoon)),
        (["晚上", "eve"], evening),
        (["全天", "day"], whole),
    ];
    // The names of days end like that in English.
    if DAYS.iter().any(|name| word.ends_with(name)) {
        return None;
    }
    halves.into_iter().find_map(|(words, hours)| {
        words.iter().find_map(|end| Some((word.strip_suffix(end)?, Tail::Hours(hours))))
    })
}

/// The days a word names, 0 for Monday: `周一至周五`, `周二、周四`, `w1-5`, `w24`, `mon-fri`, `工作日`. `Some(None)` for no word at all,
/// `None` for what is no day.
#[allow(clippy::option_option, reason = "no word is not the same as a wrong one")]
fn named_days(word: &str) -> Option<Option<Vec<usize>>> {
    if word.is_empty() {
        return Some(None);
    }
    let whole = match word {
        "每天" | "每日" | "daily" => Some(0..7),
        "工作日" | "平日" | "weekdays" => Some(0..5),
        "周末" | "双休日" | "weekends" => Some(5..7),
        _ => None,
    };
    if let Some(days) = whole {
        return Some(Some(days.collect()));
    }
    let mut plain = word.to_owned();
    for (name, digit) in DAYS.iter().zip('1'..) {
        let short: String = name.chars().take(3).collect();
        plain = plain.replace(name, &digit.to_string()).replace(&short, &digit.to_string());
    }
    for (said, digit) in ["一", "二", "三", "四", "五", "六", "日"].iter().zip('1'..) {
        plain = plain.replace(said, &digit.to_string());
    }
    let plain = plain.replace('天', "7").replace("星期", "").replace("礼拜", "");
    let plain = plain.replace(['周', 'w', '、', '和', '/'], "").replace(['至', '到', '~'], "-");
    let mut days = Vec::new();
    let mut from: Option<usize> = None;
    let mut ranged = false;
    for c in plain.chars() {
        match (c, c.to_digit(10).and_then(|d| usize::try_from(d).ok())) {
            ('-', _) if from.is_some() && !ranged => ranged = true,
            (_, Some(digit)) if (1..=WEEK).contains(&digit) => {
                match from.filter(|_| ranged) {
                    Some(first) if first < digit => days.extend(first + 1..=digit),
                    Some(_) => return None,
                    None => days.push(digit),
                }
                (from, ranged) = (Some(digit), false);
            }
            _ => return None,
        }
    }
    (!days.is_empty() && !ranged).then(|| Some(days.into_iter().map(|d| d - 1).collect()))
}

/// Whether someone who can do the first can do the second: 手语翻译 says 手语.
pub(crate) fn says(skill: &str, wanted: &str) -> bool {
    skill.starts_with(wanted)
}

/// The wanted skills that none of someone's says, in order.
pub(crate) fn missing(skills: &[String], wanted: &[String]) -> Vec<String> {
    wanted.iter().filter(|w| !skills.iter().any(|s| says(s, w))).cloned().collect()
}

/// How soon something runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RunsOut {
    /// Already over.
    Past,
    /// Within so many days.
    Soon,
    /// Later.
    Later,
}

/// How a last day stands to today; the last day itself still counts.
pub(crate) fn runs_out(until: NaiveDate, today: NaiveDate, days: u64) -> RunsOut {
    match until {
        _ if until < today => RunsOut::Past,
        _ if until <= today + Days::new(days) => RunsOut::Soon,
        _ => RunsOut::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: DayPlan = DayPlan { opens: 510, noon: 720, closes: 1020 };

    fn spelled(typed: &str) -> Option<String> {
        let names: Vec<String> =
            ["一", "二", "三", "四", "五", "六", "日"].map(|d| format!("周{d}")).to_vec();
        pattern(typed, DAY).map(|p| p.spell(&names, "至", "可预约"))
    }

    #[test]
    fn a_pattern_is_read_as_people_write_it() {
        let is = |typed: &str, meant: &str| assert_eq!(spelled(typed).as_deref(), Some(meant), "{typed}");
        is("周一至周五 08:30-17:00", "周一至周五 08:30-17:00");
        is("周二、周四 13:30-17:00", "周二 13:30-17:00; 周四 13:30-17:00");
        is("周六或预约", "周六 08:30-17:00; 可预约");
        is("w1-5", "周一至周五 08:30-17:00");
        is("w24 pm", "周二 12:00-17:00; 周四 12:00-17:00");
        is("w1-3am w5 14-16", "周一至周三 08:30-12:00; 周五 14:00-16:00");
        is("周三上午; 周日 9-11", "周三 08:30-12:00; 周日 09:00-11:00");
        is("工作日上午 下午", "周一至周五 08:30-17:00");
        is("Mon-Wed, Saturday 9-12", "周一至周三 08:30-17:00; 周六 09:00-12:00");
        is("预约", "可预约");
        for wrong in ["", "周八", "周五至周二", "9-12", "有空就来", "w1-"] {
            assert_eq!(spelled(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_spelled_is_read_again_as_the_same() {
        for typed in ["周一至周五 08:30-17:00", "周六或预约", "w1-3am w5 14-16", "周三上午; 周日 9-11"]
        {
            let names: Vec<String> =
                ["一", "二", "三", "四", "五", "六", "日"].map(|d| format!("周{d}")).to_vec();
            let read = pattern(typed, DAY).unwrap();
            assert_eq!(pattern(&read.spell(&names, "至", "可预约"), DAY).unwrap(), read, "{typed}");
        }
    }

    #[test]
    fn who_comes_when() {
        let wednesday: NaiveDate = "2026-03-04".parse().unwrap();
        let saturday: NaiveDate = "2026-03-07".parse().unwrap();
        let hours = Hours { from: 840, to: 960 };
        let comes = |typed: &str, day| pattern(typed, DAY).unwrap().comes(day, hours);
        assert_eq!(comes("周一至周五 08:30-17:00", wednesday), Comes::Usually);
        assert_eq!(comes("周一至周五 08:30-17:00", saturday), Comes::Not);
        assert_eq!(comes("周六或预约", wednesday), Comes::IfAsked);
        assert_eq!(comes("w3am", wednesday), Comes::Not);
        assert_eq!(Pattern::default().comes(wednesday, hours), Comes::IfAsked);
        assert!(pattern("w3am", DAY).unwrap().touches(wednesday, DAY.half(Half::Morning)));
    }

    #[test]
    fn a_special_skill_says_the_general_one() {
        let skills = ["手语翻译".to_owned(), "盲文".to_owned()];
        assert!(missing(&skills, &["手语".into(), "盲文".into()]).is_empty());
        assert_eq!(missing(&skills, &["驾驶".into(), "手语培训".into()]), ["驾驶", "手语培训"]);
    }

    #[test]
    fn the_last_day_still_counts() {
        let today: NaiveDate = "2026-03-04".parse().unwrap();
        assert_eq!(runs_out(today, today, 30), RunsOut::Soon);
        assert_eq!(runs_out(today - Days::new(1), today, 30), RunsOut::Past);
        assert_eq!(runs_out(today + Days::new(31), today, 30), RunsOut::Later);
    }
}
