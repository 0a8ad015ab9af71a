//! `import`, `export`, `report`: tables in and out.

use std::path::Path;

use lianban::office::{ImportReport, RefusedRow, Table};
use serde_json::json;

use super::out::{Ending, Form, Out, aside};
use super::setting::Setting;
use super::{acting, making, reading};

/// `import SUBJECT FILE`: every row that cannot be taken is named; one of them and nothing is written.
/// A field that the file has no column for is said once for all rows.
pub(crate) fn import(
    setting: &Setting,
    subject: &str,
    path: &Path,
    set: &[String],
    dry_run: bool,
    out: &mut Out,
) -> Ending {
    let set = acting::pairs(setting, set)?;
    let scripts = acting::enter(setting)?;
    let mut meter = making::Meter::new(scripts.locale(), "import-progress");
    let report = scripts.import(subject, path, &set, dry_run, &mut |done, all| meter.at(done, all))?;
    meter.end();
    let t = scripts.locale();
    if !report.unread.is_empty() {
        aside(&t.with("import-unread", &[("columns", report.unread.join(&t.say("list-separator")))]));
    }
    if setting.json {
        print_json(&report, out)?;
    } else {
        let once = |row: &&RefusedRow| {
            row.code != "required" || !report.missing.iter().any(|missing| missing.field == row.field)
        };
        for row in report.refused.iter().filter(once).chain(&report.skipped) {
            let args = [
                ("line", row.line.to_string()),
                ("label", row.label.clone()),
                ("reason", row.reason.clone()),
                ("hint", row.hint.clone()),
            ];
            let id = if row.label.is_empty() { "import-row" } else { "import-row-field" };
            out.line(&t.with(id, &args))?;
        }
        for missing in &report.missing {
            let args = [
                ("label", missing.label.clone()),
                ("field", missing.field.clone()),
                ("n", missing.rows.to_string()),
            ];
            out.line(&t.with("import-missing", &args))?;
        }
        if !report.skipped.is_empty() {
            out.line(&t.with("import-skipped", &[("n", report.skipped.len().to_string())]))?;
        }
        let counts = [("taken", report.taken.to_string()), ("refused", report.refused.len().to_string())];
        let id = match (report.written, report.refused.is_empty()) {
            (true, _) => "import-written",
            (false, true) => "import-would",
            (false, false) => "import-refused",
        };
        out.line(&t.with(id, &counts))?;
    }
    Ok(u8::from(!report.refused.is_empty()))
}

fn print_json(report: &ImportReport, out: &mut Out) -> std::io::Result<()> {
    for row in &report.refused {
        let (line, field, code, reason) = (row.line, &row.field, &row.code, &row.reason);
        out.value(&json!({"line": line, "field": field, "code": code, "reason": reason}))?;
    }
    let missing: Vec<&str> = report.missing.iter().map(|missing| missing.field.as_str()).collect();
    let (taken, refused) = (report.taken, report.refused.len());
    out.value(
        &json!({"taken": taken, "refused": refused, "skipped": report.skipped.len(), "written": report.written,
                "unread": report.unread, "missing": missing}),
    )
}

/// `export SUBJECT`: to a file by its ending, or as CSV to standard output.
pub(crate) fn export(
    setting: &Setting,
    subject: &str,
    output: Option<&Path>,
    reason: Option<&str>,
    out: &mut Out,
) -> Ending {
    let scripts = acting::enter(setting)?;
    if let Some(path) = output
        && let Some(n) = scripts.export_as(subject, path, reason)?
    {
        return told(&scripts, path, n, setting.json, out);
    }
    if let Some(path) = output {
        scripts.room_for(path, false)?;
    }
    let form = Form::of(setting.json, true);
    let table = scripts.export(subject, reason, &ending(output, form))?;
    put(&scripts, &table, output, form, setting.json, out)
}

/// `export SUBJECT --of REF`: everything about one person, to a file by its ending, or as text to standard output; or the
/// calendar of one person or room, where the ending is a calendar's.
pub(crate) fn own_data(
    setting: &Setting,
    (subject, reference): (&str, &str),
    output: Option<&Path>,
    reason: Option<&str>,
    out: &mut Out,
) -> Ending {
    let scripts = acting::enter(setting)?;
    if let Some(path) = output
        && let Some(n) = scripts.export_piece(subject, reference, path, reason)?
    {
        return told(&scripts, path, n, setting.json, out);
    }
    if let Some(path) = output {
        scripts.room_for(path, true)?;
    }
    let taken = scripts.own_data(reference, reason)?;
    let Some(path) = output else {
        match setting.json {
            true => out.value(&taken.json)?,
            false => out.text(&taken.text)?,
        }
        return Ok(0);
    };
    scripts.write_own_data(&taken, path)?;
    told(&scripts, path, taken.table.rows.len(), setting.json, out)
}

/// `report NAME`: as text, or to a file by its ending.
pub(crate) fn report(
    setting: &Setting,
    name: &str,
    span: (Option<&str>, Option<&str>),
    output: Option<&Path>,
    csv: bool,
    out: &mut Out,
) -> Ending {
    let form = Form::of(setting.json, csv);
    let Some(path) = output else {
        let table = reading::enter(setting)?.report(name, span.0, span.1)?;
        out.table(&table, form)?;
        return Ok(0);
    };
    let scripts = acting::enter(setting)?;
    scripts.room_for(path, false)?;
    let table = scripts.take_report(name, span.0, span.1, &ending(output, form))?;
    put(&scripts, &table, output, form, setting.json, out)
}

/// The form that something has outside, as the audit names it.
fn ending(output: Option<&Path>, form: Form) -> String {
    let of = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    output.and_then(of).unwrap_or_else(|| if form == Form::Json { "json" } else { "csv" }.to_owned())
}

fn put(
    scripts: &lianban::office::Scripts,
    table: &Table,
    output: Option<&Path>,
    form: Form,
    json: bool,
    out: &mut Out,
) -> Ending {
    let Some(path) = output else {
        out.table(table, form)?;
        return Ok(0);
    };
    scripts.write_table(table, path)?;
    told(scripts, path, table.rows.len(), json, out)
}

fn told(scripts: &lianban::office::Scripts, path: &Path, n: usize, json: bool, out: &mut Out) -> Ending {
    let path = path.display().to_string();
    if json {
        out.value(&json!({"path": path, "rows": n}))?;
    } else {
        out.line(&scripts.locale().with("export-done", &[("path", path), ("n", n.to_string())]))?;
    }
    Ok(0)
}
