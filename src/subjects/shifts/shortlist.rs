//! Who of everybody is worth a closer look: the first few in the order of the rules. It reads only what decides that order, along
//! indexes, and experience only of those between whom it decides; whoever it names is then looked at closely (`plan`), and the
//! rules have the last word.

use std::collections::{HashMap, HashSet};

use chrono::Days;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::leave::records as leave;
use crate::subjects::staff::plan_of_day;
use crate::subjects::staff::records::{self as staff, Glance};
use crate::subjects::staff::rules::{Comes, Pattern, pattern};

use super::plan::{self, Plan, VOLUNTEER};
use super::records::{self, Minutes};
use super::rules::{KNOWN, Wish, experience, first, last};

/// Fewer people than this are asked for their hours one by one; of more of them everybody's are read at once.
const FEW: usize = 2500;

/// Somebody in the running, as far as the order needs to know them.
#[derive(Debug, Clone, Copy)]
struct Runner {
    id: i64,
    /// How much is unusual about them; what they have this week counts once it was looked up.
    unusual: usize,
    comes: Comes,
    load: i64,
    /// What their home association has lent.
    given: i64,
}

impl Runner {
    fn step(&self) -> (usize, Comes, i64) {
        first(self.unusual, self.comes, self.load)
    }
}

/// The best for something to be done, at most so many, the best first.
pub(crate) fn best(cx: &Cx<'_>, plan: &Plan, wish: &Wish, most: usize) -> Result<Vec<i64>, Refusal> {
    pick(running(cx, plan, wish)?, most, |id| plan::known(cx, plan, id, KNOWN))
}

/// All about whom nothing is unusual, the best first.
pub(crate) fn usual(cx: &Cx<'_>, plan: &Plan, wish: &Wish) -> Result<Vec<i64>, Refusal> {
    let all = running(cx, plan, wish)?.into_iter().filter(|who| who.unusual == 0).collect();
    pick(all, usize::MAX, |id| plan::known(cx, plan, id, KNOWN))
}

/// The first so many in the order of the rules. How often somebody was with the association is asked only where it decides,
/// and no further once enough of those who know it best were found.
fn pick(
    mut all: Vec<Runner>,
    most: usize,
    mut known: impl FnMut(i64) -> Result<i64, Refusal>,
) -> Result<Vec<i64>, Refusal> {
    all.sort_unstable_by_key(|who| (who.step(), last(who.given, who.load, who.id)));
    let mut found: Vec<i64> = Vec::new();
    for group in all.chunk_by(|a, b| a.step() == b.step()) {
        let wanted = most - found.len();
        if wanted == 0 {
            break;
        }
        let mut asked = Vec::new();
        let mut best = 0;
        for who in group {
            let times = known(who.id)?;
            asked.push((experience(times), who.id));
            best += usize::from(times >= KNOWN);
            if best >= wanted {
                break;
            }
        }
        asked.sort_by_key(|(experience, _)| *experience);
        found.extend(asked.into_iter().take(wanted).map(|(_, id)| id));
    }
    Ok(found)
}

/// Everybody who would not be refused and has one of the wanted skills, or, where none is wanted, everybody.
fn running(cx: &Cx<'_>, plan: &Plan, wish: &Wish) -> Result<Vec<Runner>, Refusal> {
    let span = plan.span();
    let busy: HashSet<i64> = records::busy(cx.db, span, &plan.except)?.into_iter().collect();
    let away = leave::away(cx.db, span)?;
    let asked: HashSet<i64> = away.comes.iter().copied().collect();
    let back = plan::back(cx);
    let given = records::lent(cx.db, plan.day - Days::new(back), plan.day)?;
    let day = plan_of_day(cx);
    let mut patterns: HashMap<String, Comes> = HashMap::new();
    let mut found: Vec<Runner> = Vec::new();
    let mut look = |who: Glance<'_>, skills: usize| {
        if busy.contains(&who.id) {
            return;
        }
        let comes = match patterns.get(who.availability) {
            _ if asked.contains(&who.id) => Comes::Usually,
            Some(comes) => *comes,
            None => {
                let usual: Pattern = pattern(who.availability, day).unwrap_or_default();
                let comes = usual.comes(plan.day, plan.hours());
                patterns.insert(who.availability.to_owned(), comes);
                comes
            }
        };
        let gone = away.away.contains_key(&who.id);
        let untrained = who.kind == VOLUNTEER && !who.trained;
        let outside = comes == Comes::Not && !gone;
        found.push(Runner {
            id: who.id,
            unusual: skills + usize::from(gone) + usize::from(untrained) + usize::from(outside),
            comes,
            load: 0,
            given: if who.org == crate::catalog::SECRETARIAT {
                0
            } else {
                given.get(who.org).copied().unwrap_or(0)
            },
        });
    };
    if plan.skills.is_empty() {
        staff::each(cx.db, plan.day, |who| look(who, 0))?;
    } else {
        let day = plan.day.to_string();
        for (id, unusual) in able(cx, plan)? {
            staff::one(cx.db, id, &day, |who| look(who, unusual))?;
        }
    }
    weigh(cx, plan, wish, &mut found)?;
    Ok(found)
}

/// Who can do at least one of the wanted things, by number in the file, each with how much is unusual about that: that they
/// cannot do all of them, that a certificate is over.
fn able(cx: &Cx<'_>, plan: &Plan) -> Result<Vec<(i64, usize)>, Refusal> {
    let mut all: HashMap<i64, (usize, usize)> = HashMap::new();
    for wanted in &plan.skills {
        let mut holds: HashMap<i64, bool> = HashMap::new();
        for (id, valid) in staff::able(cx.db, wanted, plan.day)? {
            *holds.entry(id).or_default() |= valid;
        }
        for (id, valid) in holds {
            let (has, good) = all.entry(id).or_default();
            *has += 1;
            *good += usize::from(valid);
        }
    }
    let unusual =
        |(has, good): (usize, usize)| usize::from(has < plan.skills.len()) + usize::from(good < has);
    let mut found: Vec<(i64, usize)> = all.into_iter().map(|(id, can)| (id, unusual(can))).collect();
    found.sort_unstable();
    Ok(found)
}

/// What everybody in the running has to do already.
fn weigh(cx: &Cx<'_>, plan: &Plan, wish: &Wish, runners: &mut [Runner]) -> Result<(), Refusal> {
    let (week, load) = plan.reckoned(cx);
    let all = match runners.len() > FEW {
        true => Some(records::all_minutes(cx.db, week, load)?),
        false => None,
    };
    let mut less: HashMap<i64, i64> = HashMap::new();
    for (staff, minutes) in plan::gives_way(cx, plan)? {
        *less.entry(staff).or_default() += minutes;
    }
    for who in runners {
        let has: Minutes = match &all {
            Some(all) => all.get(&who.id).copied().unwrap_or_default(),
            None => records::minutes(cx.db, who.id, week, load)?,
        };
        who.load = has.load;
        let week = has.week - less.get(&who.id).copied().unwrap_or(0);
        who.unusual += usize::from(week + wish.minutes > wish.most);
    }
    Ok(())
}
