//! Views to talk about, and small desks that behave as the real one is meant to.

use lianban::desk::view::{
    Choice, Column, Fact, Facts, Form, FormField, Ledger, List, Notice, Offer, Part, Row, Tab, Tone,
};
use lianban::desk::{Intent, Move, View};

pub(super) fn notice(tone: Tone, text: &str, hint: &str) -> Notice {
    Notice { tone, text: text.into(), hint: hint.into() }
}

pub(super) fn offer(name: &str, label: &str, refused: Option<&str>) -> Offer {
    let refused = refused.map(|why| notice(Tone::Refused, why, ""));
    Offer { name: name.into(), label: label.into(), refused, main: true }
}

fn tab(name: &str, label: &str, current: bool) -> Tab {
    Tab { name: name.into(), label: label.into(), current }
}

fn column(label: &str) -> Column {
    Column { label: label.into(), usual: 8, number: false }
}

fn row(n: usize) -> Row {
    Row {
        reference: format!("SL-2026-{n:04}"),
        cells: vec![format!("案件{n:04}"), "肢协".into(), "轮椅维修".into(), "3-02".into()],
        brief: format!("案件{n:04} 肢协 轮椅维修"),
        ..Row::default()
    }
}

/// A list of cases with this many rows, of which twenty are loaded.
pub(super) fn cases(total: usize) -> View {
    let columns = ["案件", "协会", "内容", "期限"].map(column).to_vec();
    let list = List {
        name: "cases.open".into(),
        heading: "案件".into(),
        columns,
        rows: (1..=total.min(20)).map(row).collect(),
        cursor: (total > 0).then_some(0),
        total,
        views: vec![tab("cases.overdue", "逾期", false)],
        empty: "没有案件。新案件 登记一件".into(),
        ..List::default()
    };
    View {
        page: "cases.list".into(),
        title: "案件".into(),
        place: vec!["案件".into()],
        tabs: vec![tab("today", "今日", false), tab("cases", "案件", true)],
        clock: "3-04 周三 09:30".into(),
        operator: "曾示平".into(),
        parts: vec![Part::List(list)],
        actions: vec![
            offer("cases.register", "新案件", None),
            offer("cases.route", "转办", Some("已转给肢协")),
            offer("cases.transfer", "转介", None),
        ],
        ..View::default()
    }
}

/// The page of one case.
pub(super) fn record() -> View {
    let fact = |label: &str, value: &str| Fact { label: label.into(), value: value.into() };
    let items =
        vec![fact("状态", "待接办"), fact("协会", "盲协"), fact("期限", "3-19 周四"), fact("备注", "")];
    View {
        page: "cases.record".into(),
        title: "案件0041".into(),
        parts: vec![Part::Facts(Facts { heading: String::new(), items })],
        actions: vec![offer("cases.accept", "接办", None), offer("cases.note", "记事", None)],
        ..View::default()
    }
}

fn field(name: &str, label: &str) -> FormField {
    FormField { name: name.into(), label: label.into(), open: true, required: true, ..FormField::default() }
}

/// The form that registers a case.
pub(super) fn register() -> View {
    let choice =
        |key: &str, label: &str| Choice { key: key.into(), value: label.into(), label: label.into() };
    let fields = vec![
        FormField {
            help: "扫描残疾人证，或输入姓名".into(), ..field("client", "证号或姓名")
        },
        FormField { open: false, required: false, ..field("phone", "电话") },
        FormField {
            open: false,
            default: "窗口".into(),
            choices: vec![choice("1", "窗口"), choice("2", "电话"), choice("3", "来信")],
            ..field("channel", "渠道")
        },
        FormField { long: true, ..field("content", "内容") },
    ];
    let form = Form {
        name: "cases.register".into(),
        heading: "新登记".into(),
        fields,
        submit: "登记".into(),
        ..Form::default()
    };
    View {
        page: "cases.form".into(),
        title: "新登记".into(),
        parts: vec![Part::Form(form)],
        ..View::default()
    }
}

/// Steps through the list as the desk does, over a window of twenty rows.
pub(super) fn steps(view: &mut View, intent: &Intent) {
    let Intent::Move(step) = intent else { return };
    if let Some(Part::Ledger(Ledger { list, .. })) = view.parts.get_mut(0) {
        let at = list.cursor.unwrap_or(0);
        let to = match step {
            Move::Next => at + 1,
            Move::To(rank) => rank - 1,
            _ => at.saturating_sub(1),
        };
        list.cursor = Some(to.min(list.rows.len() - 1));
        return;
    }
    let Some(Part::List(list)) = view.parts.get_mut(0) else { return };
    let rank = match step {
        Move::Next => list.rank() + 1,
        Move::Previous => list.rank() - 1,
        Move::To(rank) => *rank,
        _ => return,
    }
    .clamp(1, list.total);
    let first = rank.saturating_sub(5).max(1) - 1;
    let rows = (first + 1..=list.total.min(first + 20)).map(row).collect();
    (list.rows, list.first, list.cursor) = (rows, first, Some(rank - 1 - first));
}

fn check(form: &mut Form) {
    for field in &mut form.fields {
        field.error = None;
        let digits = field.value.chars().count();
        if field.name == "phone" && !["", "110"].contains(&field.value.as_str()) && digits != 11 {
            let text = format!("电话要 11 位，这里 {digits} 位");
            field.error = Some(notice(Tone::Refused, &text, ""));
        }
        if field.name == "client" && field.value.starts_with("3305") {
            field.echo = "新服务对象 男 40岁 视力一级".into();
        }
        let empty = field.value.is_empty() && field.default.is_empty();
        field.open = field.error.is_some() || (field.required && empty);
    }
    form.findings.clear();
    form.ready = !form.fields.iter().any(|f| f.open);
    if form.ready {
        form.findings.push(Fact { label: "分流建议".into(), value: "盲协 因为视力残疾".into() });
        form.findings
            .push(Fact { label: "办理期限".into(), value: "3-19 周四 (诉求 普通 15天)".into() });
    }
}

/// Fills in and saves as the desk does.
pub(super) fn fills(view: &mut View, intent: &Intent) {
    let Some(Part::Form(form)) = view.parts.get_mut(0) else { return };
    match intent {
        Intent::Edit(text) => {
            let at = form.focus;
            form.fields[at].value.clone_from(text);
            check(form);
        }
        Intent::Field(name) => {
            // The real desk checks the field that is left.
            let error = notice(Tone::Refused, "至少两个字", "写清何时何地");
            let short = form.fields.get_mut(3).filter(|f| f.value.chars().count() == 1);
            if let Some(field) = short {
                (field.error, field.open, form.ready) = (Some(error), true, false);
            }
            let number = name.parse::<usize>().map(|n| n - 1).ok();
            let named = form.fields.iter().position(|f| f.name == *name || f.label == *name);
            form.focus = number.or(named).unwrap_or(form.focus);
        }
        Intent::NextField => form.focus = (form.focus + 1).min(form.fields.len() - 1),
        Intent::PreviousField => form.focus = form.focus.saturating_sub(1),
        Intent::Accept if !form.ready => {
            let open = form.fields.iter().position(|f| f.open);
            form.focus = open.unwrap_or(form.focus);
        }
        Intent::Accept | Intent::Submit if form.fields[1].value == "110" => {
            let error = notice(Tone::Refused, "没有 110 开头的电话", "");
            form.focus = 1;
            form.ready = false;
            form.fields[1].error = Some(error.clone());
            view.notice = Some(error);
        }
        Intent::Accept | Intent::Submit => {
            *view = View { notice: Some(notice(Tone::Done, "已登记 案件0041 盲协", "")), ..record() };
        }
        Intent::Cancel => *view = View { notice: Some(notice(Tone::Done, "草稿已存", "")), ..cases(3) },
        _ => {}
    }
}

/// The page of search: one field over what was found; the finger goes into the list with the first step.
pub(super) fn searches(view: &mut View, intent: &Intent) {
    let found = |text: &str| {
        let typed = FormField { value: text.into(), open: true, ..field("search", "查找") };
        let form =
            Form { name: "search".into(), fields: vec![typed], submit: "打开".into(), ..Form::default() };
        let mut list = cases(if text == "示航" { 2 } else { 0 }).list().cloned().unwrap_or_default();
        list.heading = "查找".into();
        list.views.clear();
        list.empty = "没找到。可以少打几个字".into();
        let parts = vec![Part::Form(form), Part::List(list)];
        View { page: "search".into(), title: "查找".into(), parts, ..View::default() }
    };
    match intent {
        Intent::Search(text) | Intent::Edit(text) => *view = found(text),
        Intent::Move(to) if view.page == "search" => {
            let Some(Part::List(list)) = view.parts.get_mut(1) else { return };
            if view.focus == 1 || *to != Move::Next {
                list.cursor = Some(usize::from(*to == Move::Next));
            }
            view.focus = 1;
        }
        _ => {}
    }
}
