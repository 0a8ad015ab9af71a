//! Pages that are plain lists: more, reports, drafts, settings, a record's history, who is in.

use chrono::{Datelike, Months, NaiveDate};

use crate::store::{audit, drafts, sessions};
use crate::values::lang::Lang;

use super::Desk;
use super::families::family;
use super::going::column;
use super::locale::Locale;
use super::page::Page;
use super::refusal::Refusal;
use super::rows::{Lead, Rows};
use super::subject::{ReportSpec, Subject, Table};
use super::view::{Chart, Column, Row, Tab};

/// The periods a report can be looked at for, by name.
const SPANS: [&str; 5] = ["this-month", "last-month", "this-year", "last-year", "all"];

impl Desk {
    /// Actions of the desk itself that stand among a page's actions.
    pub(crate) fn desk_action(&mut self, name: &str) -> Option<Result<(), Refusal>> {
        (name == "history").then(|| self.history())
    }

    /// Opens one of the plain list pages.
    pub(crate) fn sheet(&mut self, page: &str, view: &str) -> Result<(), Refusal> {
        match page {
            "report" => self.report_page(view),
            "drafts" => self.drafts_page(),
            "settings" => {
                self.settings_page();
                Ok(())
            }
            "set" => self.set(view),
            "history" => self.history(),
            "who" => self.who_page(),
            "help" => self.help(view),
            "topics" => {
                self.topics_page();
                Ok(())
            }
            _ => {
                self.more_page();
                Ok(())
            }
        }
    }

    /// What no tab shows by itself: the subjects under each tab and its reports, named with the tab, then the desk's own pages.
    fn more_page(&mut self) {
        let t = &self.office.locale;
        let mut lines = Vec::new();
        for tab in self.office.registry.iter().filter(|s| s.under().is_none()) {
            let of = t.say(&format!("subject-{}", tab.name()));
            let under = family(self.office.registry, tab.name()).filter(|s| s.under().is_some());
            for subject in under {
                let label = t.say(&format!("subject-{}", subject.name()));
                lines.push((format!("{label} {of}"), Lead::Page(subject.name().to_owned())));
            }
            for report in family(self.office.registry, tab.name()).flat_map(Subject::reports) {
                let title = t.say(&format!("report-{}", report.name));
                let page = format!("report.{}", report.name);
                lines.push((format!("{} {title} {of}", t.say("more-report")), Lead::Page(page)));
            }
        }
        for page in ["drafts", "who", "settings", "topics"] {
            lines.push((t.say(&format!("page-{page}")), Lead::Page(page.to_owned())));
        }
        self.top_sheet("more", lines);
    }

    /// The manual's topics.
    fn topics_page(&mut self) {
        let t = &self.office.locale;
        let line = |topic| (t.say(&format!("topic-{topic}")), Lead::Page(format!("help.{topic}")));
        let lines = self.topics().into_iter().map(line).collect();
        self.top_sheet("topics", lines);
    }

    fn top_sheet(&mut self, page: &str, lines: Vec<(String, Lead)>) {
        let title = self.office.locale.say(&format!("page-{page}"));
        if self.leave(1) {
            self.say("draft-kept", &[]);
        }
        self.sheet_of(page, &title, lines);
    }

    fn drafts_page(&mut self) -> Result<(), Refusal> {
        let cx = self.office.cx();
        let mut lines = Vec::new();
        for draft in drafts::abandoned(cx.db, cx.who.id)? {
            let what = cx.t.say(&format!("{}-do-{}", draft.subject, draft.action));
            let typed: Vec<&str> = draft.fields.values().map(String::as_str).collect();
            let at = draft.updated_at.replace('T', " ");
            lines.push((format!("{what} {} {at}", typed.join(" ")), Lead::Draft(draft.id)));
        }
        let title = cx.t.say("page-drafts");
        self.sheet_of("drafts", &title, lines);
        Ok(())
    }

    fn who_page(&mut self) -> Result<(), Refusal> {
        let cx = self.office.cx();
        let mut lines = Vec::new();
        for session in sessions::all(cx.db)?.into_iter().filter(|s| s.alive) {
            let sql = "SELECT name FROM operator WHERE id = ?1";
            let name: String = cx.db.query_row(sql, [session.operator_id], |row| row.get(0))?;
            let on = session.on_ref.clone().unwrap_or_default();
            let since: String = session.started_at.chars().skip(5).take(11).collect();
            let lead = if on.is_empty() { Lead::Nothing } else { Lead::Record(on.clone()) };
            lines.push((format!("{name} {on} {} {}", session.terminal, since.replace('T', " ")), lead));
        }
        let title = cx.t.say("page-who");
        self.sheet_of("who", &title, lines);
        Ok(())
    }

    /// Who did what to the record under the finger.
    fn history(&mut self) -> Result<(), Refusal> {
        let Some((subject, id)) = self.under_finger() else { return Err(Refusal::rule("no-record")) };
        let cx = self.office.cx();
        let row = subject.rows(&cx, &[id])?.into_iter().next().unwrap_or_default();
        let mut lines = Vec::new();
        for entry in audit::history(cx.db, &row.reference)? {
            let action = cx.t.say(&format!("{}-do-{}", entry.entry.subject, entry.entry.action));
            let at = entry.at.replace('T', " ");
            let why = entry.entry.reason.clone().unwrap_or_default();
            lines.push((format!("{action} {} {at} {why}", entry.operator), Lead::Nothing));
            for change in &entry.entry.changes {
                let Some(field) = subject.record().field(&change.field) else { continue };
                let label = cx.t.say(&format!("{}-{}", subject.name(), field.name));
                let say = |text: &Option<String>| {
                    text.as_deref().map_or_else(
                        || cx.t.say("empty-value"),
                        |text| {
                            super::reading::show_masked(
                                field,
                                &super::door::value_of(field.kind, Some(text)),
                                &cx,
                            )
                        },
                    )
                };
                lines
                    .push((format!("  {label}: {} > {}", say(&change.old), say(&change.new)), Lead::Nothing));
            }
        }
        let title = cx.t.with("history-of", &[("ref", row.reference)]);
        self.sheet_of("history", &title, lines);
        Ok(())
    }

    fn settings_page(&mut self) {
        let t = &self.office.locale;
        let p = &self.preferences;
        let or_default =
            |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
        let lines = [
            ("lang", t.lang().tag().to_owned()),
            ("face", or_default(&p.face, "screen")),
            ("keymap", or_default(&p.keymap, "default")),
            ("theme", or_default(&p.theme, "dark")),
        ]
        .map(|(name, value)| {
            (format!("{}: {value}", t.say(&format!("setting-{name}"))), Lead::Page(format!("set.{name}")))
        });
        let mut lines = lines.to_vec();
        lines.push((t.say("setting-pin"), Lead::Page("set.pin".to_owned())));
        let title = t.say("page-settings");
        self.sheet_of("settings", &title, lines);
    }

    /// A setting's next value; kept with the operator.
    fn set(&mut self, name: &str) -> Result<(), Refusal> {
        if name == "pin" {
            return self.ask_new_pin();
        }
        let next = |values: &[&str], now: &str| {
            let at = values.iter().position(|v| *v == now).unwrap_or(0);
            values.get((at + 1) % values.len()).copied().unwrap_or_default().to_owned()
        };
        let p = &mut self.preferences;
        let lang = self.office.locale.lang();
        let (column, value) = match name {
            "face" => ("face", next(&["screen", "lines"], &p.face)),
            "keymap" => ("keymap", next(&["default", "vim", "emacs", "greenscreen", "one-hand"], &p.keymap)),
            "theme" => ("theme", next(&["dark", "light", "contrast", "none", "quiet"], &p.theme)),
            _ => ("lang", if lang == Lang::Zh { Lang::En } else { Lang::Zh }.tag().to_owned()),
        };
        match column {
            "face" => p.face.clone_from(&value),
            "keymap" => p.keymap.clone_from(&value),
            "theme" => p.theme.clone_from(&value),
            _ => self.office.locale = Locale::new(Lang::parse(&value).unwrap_or_default()),
        }
        let (id, sql) = (self.office.who.id, format!("UPDATE operator SET {column} = ?2 WHERE id = ?1"));
        self.office.store.write(&self.office.stamp(), |tx| {
            tx.conn().execute(&sql, (id, &value))?;
            Ok::<_, Refusal>(())
        })?;
        self.settings_page();
        self.say("setting-kept", &[("value", value)]);
        Ok(())
    }

    /// A report for one of the usual periods: `rp-23` or `rp-23.last-month`.
    fn report_page(&mut self, view: &str) -> Result<(), Refusal> {
        let (name, span) = view.split_once('.').unwrap_or((view, "this-year"));
        let report = find(&self.office, name)?;
        let cx = self.office.cx();
        cx.who.must_hold(report.posts, cx.catalog, cx.t)?;
        let (from, to) = period(span, cx.now.date());
        let table = (report.make)(&cx, from, to)?;
        let chart = match report.chart {
            Some(chart) => Some(chart(&cx, from, to)?),
            None => None,
        };
        let page = page_of(&format!("report.{name}.{span}"), table, chart, cx.t);
        if let Some(Page::Sheet { name: open, .. }) = self.stack.last()
            && open.starts_with("report.")
        {
            self.stack.pop();
        }
        self.stack.push(page);
        Ok(())
    }

    /// The periods of an open report as other views of it.
    pub(crate) fn spans(&self, page: &str) -> Vec<Tab> {
        let Some(rest) = page.strip_prefix("report.") else { return Vec::new() };
        let (name, now) = rest.split_once('.').unwrap_or((rest, ""));
        let tab = |span: &&str| Tab {
            name: format!("report.{name}.{span}"),
            label: self.office.locale.say(&format!("span-{span}")),
            current: *span == now,
        };
        SPANS.iter().map(tab).collect()
    }
}

/// The report of this name.
pub(crate) fn find(office: &super::office::Office, name: &str) -> Result<&'static ReportSpec, Refusal> {
    let reports = office.registry.iter().flat_map(|s| s.reports());
    let wanted = name.to_lowercase();
    reports
        .into_iter()
        .find(|r| r.name == wanted)
        .ok_or_else(|| Refusal::usage("no-report").with("text", name))
}

/// First and last day of a named period.
fn period(span: &str, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first_of_month = today.with_day(1).unwrap_or(today);
    let before = |day: NaiveDate| day.pred_opt().unwrap_or(day);
    let year = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
        (first, NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today))
    };
    match span {
        "this-month" => (first_of_month, before(first_of_month + Months::new(1))),
        "last-month" => (first_of_month - Months::new(1), before(first_of_month)),
        "last-year" => year(today.year() - 1),
        "all" => (NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(today), year(today.year() + 100).1),
        _ => year(today.year()),
    }
}

fn page_of(name: &str, table: Table, chart: Option<Chart>, t: &Locale) -> Page {
    let usual = |at: usize| {
        let longest = table.rows.iter().take(50).filter_map(|r| r.get(at)).map(|c| c.chars().count()).max();
        u16::try_from(longest.unwrap_or(4).clamp(2, 24)).unwrap_or(8)
    };
    let columns: Vec<Column> = (table.columns.iter().enumerate())
        .map(|(at, label)| Column {
            number: table.numbers.get(at).copied().unwrap_or(false),
            ..column(label.clone(), usual(at))
        })
        .collect();
    let row = |cells: Vec<String>| Row { brief: cells.join(" "), cells, ..Row::default() };
    let leads = vec![Lead::Nothing; table.rows.len()];
    let rows = Rows {
        name: name.to_owned(),
        heading: table.title.clone(),
        columns,
        rows: table.rows.into_iter().map(row).collect(),
        leads,
        empty: t.say("report-empty"),
        ..Rows::default()
    };
    Page::Sheet {
        name: name.to_owned(),
        title: table.title,
        notes: table.notes,
        rows,
        chart,
        footer: table.footer,
    }
}
