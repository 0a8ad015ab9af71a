//! A little subject with a calendar: rooms by two hours of a day, by the days of a week, and a month of days.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use rusqlite::types::Value;
use std::time::Instant;

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::field::{Field, Kind, Record};
use crate::desk::form::FormState;
use crate::desk::grid::{Entry, Grid, GridSpec, Leads, Place, Span, Stripe, Wanted};
use crate::desk::office::{Clock, Office};
use crate::desk::own::Tables;
use crate::desk::refusal::Refusal;
use crate::desk::session::Operator;
use crate::desk::subject::{Cx, Duty, ListSpec, Registry, Subject, Where};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::desk::{Desk, Locale};
use crate::store::{DemoClock, OfficeMeta, Store, Tx};
use crate::values::dates::Bias;
use crate::values::lang::Lang;

const DAY: Field = Field::new("day", Kind::Date(Bias::Planning)).required();
const ROOM: Field = Field::new("room", Kind::Text).required();
const HOUR: Field = Field::new("hour", Kind::Integer).required();
const WHO: Field = Field::new("who", Kind::Text).required();

static BOOKING: Record = Record { table: "tryroom", reference: "no", fields: &[DAY, ROOM, HOUR, WHO] };

const INPUTS: &[Input] = &[
    Input { field: &ROOM, ask: Ask::IfEmpty },
    Input { field: &DAY, ask: Ask::IfEmpty },
    Input { field: &HOUR, ask: Ask::IfEmpty },
    Input { field: &WHO, ask: Ask::IfEmpty },
];
static ACTIONS: &[Action] = &[
    Action {
        name: "book",
        scope: Scope::Subject,
        posts: &[],
        inputs: INPUTS,
        confirm: false,
        main: true,
        row: false,
    },
    Action {
        name: "change",
        scope: Scope::Record,
        posts: &[],
        inputs: &[Input { field: &HOUR, ask: Ask::Always }],
        confirm: false,
        main: true,
        row: false,
    },
];
static LISTS: &[ListSpec] =
    &[ListSpec { name: "all", filter: |_| Where::default(), order: &["day"], descending: false, tick: None }];
static GRIDS: &[GridSpec] = &[
    GridSpec { name: "day", step: Span::Day, makes: "book", free: true },
    GridSpec { name: "week", step: Span::Week, makes: "book", free: true },
    GridSpec { name: "month", step: Span::Month, makes: "", free: false },
];
const ROOMS: [&str; 3] = ["大厅", "书房", "工位"];
const HOURS: std::ops::Range<i64> = 4..9;

struct Rooms;

static REGISTRY: Registry = &[&Rooms];

struct Booked {
    no: String,
    day: NaiveDate,
    room: usize,
    hour: i64,
    who: String,
}

fn stripe(key: &str, label: &str, from: &str, to: &str, days: u64) -> Stripe {
    Stripe { key: key.into(), label: label.into(), from: from.into(), to: to.into(), days }
}

fn booked(cx: &Cx<'_>, from: NaiveDate, days: u64) -> Result<Vec<Booked>, Refusal> {
    let to = from.checked_add_days(Days::new(days)).unwrap();
    let sql =
        "SELECT no, day, room, hour, who FROM tryroom WHERE day >= ?1 AND day < ?2 ORDER BY day, hour, room";
    let mut statement = cx.db.prepare(sql)?;
    let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
        let (day, room): (String, String) = (row.get(1)?, row.get(2)?);
        let room = ROOMS.iter().position(|r| *r == room).unwrap();
        Ok(Booked { no: row.get(0)?, day: day.parse().unwrap(), room, hour: row.get(3)?, who: row.get(4)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Booked {
    fn entry(&self, column: usize) -> Entry {
        let when = format!("{}:00", self.hour * 2);
        Entry {
            lanes: self.room..self.room + 1,
            columns: column..column + 1,
            text: self.who.clone(),
            brief: format!("{when} {} {}", ROOMS[self.room], self.who),
            when,
            what: self.who.clone(),
            pending: self.who.ends_with('待'),
            leads: Leads::Record(self.no.clone()),
        }
    }
}

fn grid_of(
    heading: String,
    first: NaiveDate,
    columns: Vec<Stripe>,
    entries: Vec<Entry>,
    column: usize,
) -> Grid {
    let lanes = ROOMS.iter().map(|room| stripe(room, room, "", "", 0)).collect();
    Grid {
        heading,
        axes: "房间 x 时间".into(),
        notes: Vec::new(),
        who: "房间".into(),
        down: false,
        first,
        lanes,
        stretch: None,
        columns,
        entries,
        start: (0, column),
    }
}

fn month(cx: &Cx<'_>, day: NaiveDate) -> Result<Grid, Refusal> {
    let first = day.with_day(1).unwrap().week(chrono::Weekday::Mon).first_day();
    let all = booked(cx, first, 35)?;
    let entry = |n: u64| {
        let day = first.checked_add_days(Days::new(n)).unwrap();
        let count = all.iter().filter(|b| b.day == day).count();
        let (week, weekday) = (usize::try_from(n / 7).unwrap(), usize::try_from(n % 7).unwrap());
        Entry {
            lanes: week..week + 1,
            columns: weekday..weekday + 1,
            text: format!("{} {count}场", day.day()),
            when: day.to_string(),
            what: format!("{count}场"),
            brief: format!("{}-{} {count}场", day.month(), day.day()),
            pending: false,
            leads: Leads::Day(day),
        }
    };
    let stripes = |labels: &[&str], each: u64| {
        let of = |(at, label): (u64, &&str)| stripe("", label, label, label, at * each);
        (0..).zip(labels).map(of).collect::<Vec<_>>()
    };
    let at = day.signed_duration_since(first).num_days();
    let start = (usize::try_from(at / 7).unwrap(), usize::try_from(at % 7).unwrap());
    Ok(Grid {
        lanes: stripes(&["一", "二", "三", "四", "五"], 7),
        stretch: None,
        start,
        ..grid_of(
            format!("{}月", day.month()),
            first,
            stripes(&["周一", "周二", "周三", "周四", "周五", "周六", "周日"], 1),
            (0..35).map(entry).collect(),
            0,
        )
    })
}

impl Subject for Rooms {
    fn name(&self) -> &'static str {
        "tryroom"
    }

    fn record(&self) -> &'static Record {
        &BOOKING
    }

    fn lists(&self) -> &'static [ListSpec] {
        LISTS
    }

    fn grids(&self) -> &'static [GridSpec] {
        GRIDS
    }

    fn grid(&self, cx: &Cx<'_>, spec: &'static GridSpec, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
        if spec.step == Span::Month {
            return month(cx, wanted.day);
        }
        let (first, days) = match spec.step {
            Span::Day => (wanted.day, 1),
            _ => (wanted.day.week(chrono::Weekday::Mon).first_day(), 7),
        };
        let all = booked(cx, first, days)?;
        if spec.step == Span::Day {
            let column = |hour: i64| {
                let (from, to) = (format!("{}:00", hour * 2), format!("{}:00", hour * 2 + 2));
                stripe(&hour.to_string(), &from, &from, &to, 0)
            };
            let entry = |b: &Booked| b.entry(usize::try_from(b.hour - HOURS.start).unwrap());
            // What is for everybody takes every room.
            let lanes = |b: &Booked| if b.who == "通用" { 0..ROOMS.len() } else { b.room..b.room + 1 };
            let each = |b: &Booked| {
                lanes(b).map(|lane| Entry { lanes: lane..lane + 1, ..entry(b) }).collect::<Vec<_>>()
            };
            let entries = all.iter().flat_map(each).collect();
            return Ok(grid_of(wanted.day.to_string(), first, HOURS.map(column).collect(), entries, 1));
        }
        let column = |n: u64| {
            let day = first.checked_add_days(Days::new(n)).unwrap().to_string();
            stripe(&day, &day, &day, &day, n)
        };
        let at = |day: NaiveDate| usize::try_from(day.signed_duration_since(first).num_days()).unwrap();
        let entries = all.iter().map(|b| b.entry(at(b.day))).collect();
        Ok(grid_of(format!("{first}起"), first, (0..7).map(column).collect(), entries, at(wanted.day)))
    }

    fn cell_texts(&self, _: &Cx<'_>, spec: &'static GridSpec, place: &Place) -> Vec<(&'static str, String)> {
        let mut texts = vec![("day", place.day.to_string()), ("room", place.lane.clone())];
        if spec.step == Span::Day {
            texts.push(("hour", place.column.clone()));
        }
        texts
    }

    fn day_of(&self, cx: &Cx<'_>, id: i64) -> Result<Option<NaiveDate>, Refusal> {
        let day: String = cx.db.query_row("SELECT day FROM tryroom WHERE id = ?1", [id], |row| row.get(0))?;
        Ok(day.parse().ok())
    }

    fn actions(&self) -> &'static [Action] {
        ACTIONS
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let sql = "SELECT no, who FROM tryroom WHERE id = ?1";
        let row = |id: &i64| {
            Ok(cx.db.query_row(sql, [*id], |row| {
                let (reference, who): (String, String) = (row.get(0)?, row.get(1)?);
                Ok(Row { brief: who.clone(), cells: vec![who], reference, ..Row::default() })
            })?)
        };
        ids.iter().map(row).collect()
    }

    fn columns(&self, _: &Cx<'_>) -> Vec<Column> {
        vec![Column { label: "谁".into(), usual: 8, number: false }]
    }

    fn page(&self, _: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        let items = vec![Fact { label: "号".into(), value: id.to_string() }];
        Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
    }

    fn available(&self, _: &Cx<'_>, _: &Action, _: Option<i64>) -> Availability {
        Ok(())
    }

    fn start(&self, _: &Cx<'_>, _: &Action, _: Option<i64>, _: &mut FormState) -> Result<(), Refusal> {
        Ok(())
    }

    fn respond(&self, _: &Cx<'_>, _: &mut FormState, _: &str) {}

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        let columns = crate::subjects::keep::columns(&BOOKING, form);
        let id = match id {
            Some(id) => {
                crate::subjects::keep::update(tx, &BOOKING, id, 0, &columns)?;
                id
            }
            None => {
                let no = format!("R-{:02}", tx.next_number("tryroom", 2026)?);
                tx.insert("tryroom", &[columns, vec![("no", Value::Text(no))]].concat())?
            }
        };
        let reference = crate::subjects::keep::reference(cx, &BOOKING, id)?;
        let undo = if action.scope == Scope::Subject { Undo::Withdraw } else { Undo::Fields };
        Ok(Done { id, reference, args: Vec::new(), undo, open: false })
    }

    fn withdraw(&self, _: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        tx.conn().execute("DELETE FROM tryroom WHERE id = ?1", [id])?;
        Ok(())
    }

    fn restored(&self, _: &Cx<'_>, _: &Tx<'_>, _: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, _: &Cx<'_>, _: usize) -> Result<Vec<Duty>, Refusal> {
        Ok(Vec::new())
    }
}

/// A desk over the rooms on Wednesday 4 March 2026, with these bookings: day, room, hour in twos, who.
pub(super) fn desk(bookings: &[(&str, &str, i64, &str)]) -> Desk {
    const MOMENT: &str = "2026-03-04T09:30:00";
    let clock = DemoClock { epoch: MOMENT.into(), started_at: MOMENT.into() };
    let meta = OfficeMeta { name: "小屋".into(), created_at: MOMENT.into(), demo: Some(clock) };
    let moment = NaiveDateTime::parse_from_str(MOMENT, "%Y-%m-%dT%H:%M:%S").unwrap();
    let office = Office {
        store: Store::in_memory(&meta).unwrap(),
        clock: Clock::Fixed(moment),
        locale: Locale::new(Lang::Zh),
        catalog: Tables::default(),
        registry: REGISTRY,
        who: Operator { name: "卫示行".into(), ..Operator::default() },
        terminal: "test".into(),
        demo: true,
    };
    office
        .store
        .write(&office.stamp(), |tx| {
            tx.conn().execute_batch(
                "CREATE TABLE tryroom (id INTEGER PRIMARY KEY, no TEXT, day TEXT, room TEXT, hour INTEGER, who TEXT,
                     version INTEGER, created_at TEXT, created_by TEXT, updated_at TEXT, updated_by TEXT) STRICT;",
            )?;
            tx.conn().execute("INSERT INTO operator (name, created_at, created_by, updated_at, updated_by, version) VALUES ('卫示行', ?1, '', ?1, '', 1)", [MOMENT])?;
            for (day, room, hour, who) in bookings {
                let no = format!("R-{:02}", tx.next_number("tryroom", 2026)?);
                let text = |text: &str| Value::Text(text.to_owned());
                let hour = ("hour", Value::Integer(*hour));
                tx.insert("tryroom", &[("no", text(&no)), ("day", text(day)), ("room", text(room)), hour, ("who", text(who))])?;
            }
            Ok::<_, Refusal>(())
        })
        .unwrap();
    let mut desk = Desk::new(office, Instant::now()).unwrap();
    desk.sign_in("卫示行", "").unwrap();
    desk.refresh(false);
    desk
}
