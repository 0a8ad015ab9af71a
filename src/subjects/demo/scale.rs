//! As many made-up clients and cases as wanted, fast: prepared statements, keys filed in bulk, one audit row for all. For
//! trying out how the desk holds at the size of a province.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};
use rusqlite::{Connection, params};

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::store::audit::AuditEntry;
use crate::store::search::KeySource;
use crate::subjects::cases::intake;
use crate::subjects::cases::rules::Status;
use crate::subjects::people::rules::{self, CATEGORIES, Need};
use crate::subjects::routing_table;

use super::names::{Made, made, mix, one_of};
use super::sample::reserve;

const PLACES: &[(&str, &str)] = &[
    ("武康街道", "样例社区一"),
    ("舞阳街道", "样例社区二"),
    ("阜溪街道", "样例社区三"),
    ("乾元镇", "示范村甲"),
    ("新市镇", "示范村乙"),
];
const CHANNELS: &[&str] = &["窗口", "电话", "来信", "网络", "12345转办", "社区上报", "入户"];
const MATTERS: &[&str] = &["诉求", "政策咨询", "权益帮扶", "困难摸排", "专项服务", "诉求"];
const WHAT: &[&str] = &[
    "小区盲道",
    "轮椅",
    "助听器",
    "公交站牌",
    "单元楼坡道",
    "康复训练",
    "手语翻译",
    "补贴发放",
    "无障碍车位",
    "日间照料",
];
const WISH: &[&str] = &[
    "被占用，请求协调",
    "损坏，申请维修",
    "希望了解申请条件",
    "办理时间较长，请求核实",
    "需要上门查看",
    "希望安排专人帮助",
];
const LEVELS: [&str; 4] = ["一级", "二级", "三级", "四级"];
/// The cases are spread over so many days up to now.
const SPAN: u64 = 1100;
/// Cases younger than this many days may still be open; a few are until they are this old.
const YOUNG: u64 = 30;
/// See above.
const OLD: u64 = 60;
/// How often progress is told, in records.
const TELL: usize = 10_000;

/// Makes `n` clients and `n` cases; `progress` hears how many records (of the 2 n) are done.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn generate(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    n: usize,
    progress: &mut dyn FnMut(usize),
) -> Result<(), Refusal> {
    let aside = set_indexes_aside(tx.conn())?;
    let people = clients(cx, tx, n, progress)?;
    cases(cx, tx, &people, progress)?;
    for index in aside {
        tx.conn().execute_batch(&index)?;
    }
    for subject in ["people", "cases"] {
        tx.audit(&AuditEntry {
            subject: subject.to_owned(),
            action: "generate".to_owned(),
            reason: Some(n.to_string()),
            ..AuditEntry::default()
        })?;
    }
    progress(n * 2);
    Ok(())
}

/// Takes the indexes off the tables that are about to be filled and answers with what makes them again. A million rows
/// in no order would read and write every page of every index again and again; building one from all rows sorts it once.
/// It happens inside the one transaction: nobody else ever sees a table without them.
fn set_indexes_aside(conn: &Connection) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN \
               ('client', 'consent', 'case_record', 'case_client', 'case_step')";
    let mut statement = conn.prepare(sql)?;
    let found: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    drop(statement);
    for (name, _) in &found {
        conn.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

/// A client that was made: number in the file, number as made, association.
struct Filed {
    id: i64,
    made: u64,
    org: String,
}

fn clients(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    n: usize,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<Filed>, Refusal> {
    let conn = tx.conn();
    let stamp = tx.stamp();
    let table = routing_table(cx.catalog);
    let taken = "SELECT resident_id FROM client WHERE resident_id IS NOT NULL LIMIT 10000";
    let taken: HashSet<String> =
        conn.prepare(taken)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let first: i64 = conn.query_row("SELECT coalesce(max(id), 0) FROM client", [], |row| row.get(0))?;
    let last: i64 =
        conn.query_row("SELECT coalesce(max(last), 0) FROM sequence WHERE name = 'C'", [], |row| row.get(0))?;
    let mut insert = conn.prepare(
        "INSERT INTO client (id, code, name, sex, birth, resident_id, certificate, cert_status, category, level, \
         components, autism_flag, phone, township, community, guardian_name, guardian_relation, guardian_phone, \
         last_verified_on, consented, org, version, created_at, created_by, updated_at, updated_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, 1, \
         ?22, ?23, ?22, ?23)",
    )?;
    let mut consent = conn.prepare(
        "INSERT INTO consent (client_id, scope, given_by, given_on, method, version, created_at, created_by, \
         updated_at, updated_by) VALUES (?1, '受理与转办', ?2, ?3, '签字', 1, ?4, ?5, ?4, ?5)",
    )?;
    let mut index = tx.bulk_index("people")?;
    let today = cx.now.date();
    let mut filed = Vec::with_capacity(n);
    let mut number = 0u64;
    while filed.len() < n {
        let who = made(number);
        number += 1;
        if taken.contains(&who.resident_id) {
            continue;
        }
        let at = i64::try_from(filed.len()).unwrap_or(0) + 1;
        let (id, code) = (first + at, format!("C{:03}", last + at));
        let need = need(&who, number);
        let org = rules::home(&need, &table);
        let chance = mix(number ^ 0xC11E);
        let certified = !chance.is_multiple_of(10);
        let certificate = certified.then(|| who.certificate());
        let consented = !(chance >> 8).is_multiple_of(20);
        let checked = (today - Days::new((chance >> 16) % 420)).to_string();
        let minor = rules::minor(who.birth, today);
        let place = one_of(PLACES, chance >> 24).unwrap_or_default();
        let guardian = minor.then(|| made(number ^ 0xFFFF).name);
        insert.execute(params![
            id,
            code,
            who.name,
            who.sex,
            who.birth.to_string(),
            who.resident_id,
            certificate,
            if certified { "持证" } else { "未持证" },
            need.category,
            certified.then(|| one_of(&LEVELS, who.level - 1)).flatten(),
            (!need.components.is_empty()).then(|| need.components.join(";")),
            need.autism.map(i64::from),
            who.phone,
            place.0,
            place.1,
            guardian,
            minor.then_some("母亲"),
            minor.then_some(&who.phone),
            checked,
            i64::from(consented),
            org,
            stamp.at,
            stamp.operator,
        ])?;
        if consented {
            consent.execute(params![
                id,
                guardian.as_ref().unwrap_or(&who.name),
                checked,
                stamp.at,
                stamp.operator
            ])?;
        }
        let mut keys = vec![
            KeySource::Code(&code),
            KeySource::Name(&who.name),
            KeySource::Number(&who.resident_id),
            KeySource::Number(&who.phone),
        ];
        keys.extend(certificate.as_deref().map(KeySource::Number));
        keys.extend(guardian.as_deref().map(KeySource::Name));
        index.add(id, &keys)?;
        filed.push(Filed { id, made: number - 1, org });
        if filed.len().is_multiple_of(TELL) {
            progress(filed.len());
        }
    }
    index.finish()?;
    reserve(tx, "C", 0, usize::try_from(last).unwrap_or(0) + n)?;
    Ok(filed)
}

fn need(who: &Made, number: u64) -> Need {
    let chance = mix(number ^ 0xA5);
    let two = [chance % 6, 1 + chance % 5];
    let components = two.map(|at| usize::try_from(at).unwrap_or(0));
    let multiple = who.category() == rules::MULTIPLE;
    let mut kinds: Vec<usize> =
        if multiple { vec![components[0], (components[0] + components[1]) % 6] } else { Vec::new() };
    kinds.sort_unstable();
    kinds.dedup();
    let mental = who.category() == "精神";
    Need {
        category: who.category().to_owned(),
        components: kinds.into_iter().filter_map(|at| CATEGORIES.get(at)).map(|c| (*c).to_owned()).collect(),
        autism: mental.then_some(chance.is_multiple_of(3)),
    }
}

fn cases(cx: &Cx<'_>, tx: &Tx<'_>, people: &[Filed], progress: &mut dyn FnMut(usize)) -> Result<(), Refusal> {
    let conn = tx.conn();
    let stamp = tx.stamp();
    let first: i64 = conn.query_row("SELECT coalesce(max(id), 0) FROM case_record", [], |row| row.get(0))?;
    let mut numbers = Numbers::new(conn)?;
    let mut dues: HashMap<(NaiveDate, &str), NaiveDate> = HashMap::new();
    let mut insert = conn.prepare(
        "INSERT INTO case_record (id, no, received_at, channel, client, matter, content, urgency, lead_org, handler, due, \
         status, satisfaction, closed_on, registrar, version, created_at, created_by, updated_at, updated_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '普通', ?8, ?9, ?10, ?11, ?12, ?13, ?14, 1, ?15, ?14, ?15, ?14)",
    )?;
    let mut about = conn.prepare("INSERT INTO case_client (case_id, client_id) VALUES (?1, ?2)")?;
    let mut step = conn.prepare(
        "INSERT INTO case_step (case_id, at, who, action, from_status, to_status) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut index = tx.bulk_index("cases")?;
    let (today, total) = (cx.now.date(), people.len());
    for (at, person) in people.iter().enumerate() {
        let number = u64::try_from(at).unwrap_or(0);
        let chance = mix(number ^ 0xCA5E);
        // Oldest first, so that numbers rise with the days.
        let back = SPAN - number * SPAN / u64::try_from(total).unwrap_or(1).max(1);
        let received = today - Days::new(back);
        let matter = one_of(MATTERS, chance).unwrap_or("其他");
        let due = *dues
            .entry((received, matter))
            .or_insert_with(|| intake::due(cx, [matter, "普通", ""], received).0);
        let done = (due - Days::new(chance % 12)).clamp(received, today);
        let status = match chance >> 8 & 7 {
            _ if back > OLD || (back > YOUNG && chance >> 11 & 7 != 0) => Status::Archived,
            0 | 1 => Status::Routed,
            2 | 3 => Status::Working,
            4 => Status::Waiting,
            5 => Status::Done,
            _ => Status::CalledBack,
        };
        let closed = (!status.open()).then(|| done.to_string());
        let pleased = matches!(status, Status::Archived | Status::CalledBack).then_some("满意");
        let who = made(person.made).name;
        let handler = made(chance % 40).name;
        let id = first + i64::try_from(at).unwrap_or(0) + 1;
        let no = numbers.next(received.year());
        let content = [one_of(WHAT, chance >> 20), one_of(WISH, chance >> 28)]
            .into_iter()
            .flatten()
            .collect::<String>();
        let received_at = format!("{received}T{:02}:{:02}", 8 + chance % 9, (chance >> 4) % 60);
        let channel = one_of(CHANNELS, chance >> 36).unwrap_or("窗口");
        insert.execute(params![
            id,
            no,
            received_at,
            channel,
            person.id,
            matter,
            content,
            person.org,
            handler,
            due.to_string(),
            status.word(),
            pleased,
            closed,
            stamp.operator,
            stamp.at,
        ])?;
        about.execute(params![id, person.id])?;
        step.execute(params![
            id,
            received_at,
            stamp.operator,
            "register",
            None::<&str>,
            Status::Routed.word()
        ])?;
        if let Some(closed) = &closed {
            step.execute(params![
                id,
                format!("{closed}T16:00"),
                handler,
                "done",
                Status::Working.word(),
                Status::Done.word()
            ])?;
        }
        let keys = [KeySource::Code(&no), KeySource::Name(&who), KeySource::Text(&content)];
        index.add(id, &keys)?;
        if (at + 1).is_multiple_of(TELL) {
            progress(total + at + 1);
        }
    }
    index.finish()?;
    numbers.keep(tx)
}

/// The running numbers of the years.
struct Numbers {
    last: HashMap<i32, i64>,
}

impl Numbers {
    fn new(conn: &Connection) -> Result<Self, Refusal> {
        let mut statement = conn.prepare("SELECT year, last FROM sequence WHERE name = 'SL'")?;
        let last =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(Self { last })
    }

    fn next(&mut self, year: i32) -> String {
        let last = self.last.entry(year).or_default();
        *last += 1;
        format!("SL-{year}-{last:04}")
    }

    fn keep(self, tx: &Tx<'_>) -> Result<(), Refusal> {
        for (year, last) in self.last {
            reserve(tx, "SL", year, usize::try_from(last).unwrap_or(0))?;
        }
        Ok(())
    }
}
