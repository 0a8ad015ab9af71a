//! Pages made by hand, for the tests of the screen: one of each kind.

use lianban::desk::view::{
    Bar, Chart, Choice, Column, Fact, Facts, Form, FormField, Ledger, List, Notice, Offer, Part, Question,
    Row, Subtotal, Tab, Text, Tone, View,
};

pub(super) fn tab(name: &str, label: &str, current: bool) -> Tab {
    Tab { name: name.into(), label: label.into(), current }
}

fn column(label: &str, usual: u16, number: bool) -> Column {
    Column { label: label.into(), usual, number }
}

fn row(cells: &[&str]) -> Row {
    Row {
        reference: String::new(),
        cells: cells.iter().map(|c| (*c).to_owned()).collect(),
        brief: cells.join(" "),
        ..Row::default()
    }
}

fn fact(label: &str, value: &str) -> Fact {
    Fact { label: label.into(), value: value.into() }
}

pub(super) fn offer(name: &str, label: &str, main: bool) -> Offer {
    Offer { name: name.into(), label: label.into(), refused: None, main }
}

fn page(page: &str, title: &str) -> View {
    let names =
        [("today", "今日"), ("cases", "案件"), ("rooms", "场地"), ("assets", "资产"), ("more", "更多")];
    View {
        page: page.into(),
        title: title.into(),
        place: vec![title.into()],
        tabs: names.iter().map(|(n, l)| tab(n, l, page.starts_with(n))).collect(),
        clock: "3-04 周三 09:30".into(),
        operator: "曾示平".into(),
        ..View::default()
    }
}

/// Two lists, the finger on the first.
pub(super) fn today() -> View {
    let mut view = page("today", "今日");
    view.undoable = true;
    let duties = List {
        name: "today".into(),
        heading: "要做的事".into(),
        columns: vec![column("", 4, false), column("", 8, false), column("", 20, false)],
        rows: vec![
            row(&["逾期", "案件0031", "肢协 轮椅维修 2 天"]),
            row(&["逾期", "资产ZC-BL-009", "智协 应还3-01"]),
            row(&["今天", "案件0040", "待分流"]),
        ],
        cursor: Some(1),
        total: 3,
        ..List::default()
    };
    let rooms = List {
        name: "today.rooms".into(),
        heading: "今天的场地".into(),
        columns: vec![column("", 5, true), column("", 6, false), column("", 10, false)],
        rows: vec![row(&["08:30", "服务窗口1", "盲协 值班"]), row(&["9:00", "第二活动室", "智协 手工课"])],
        cursor: Some(0),
        total: 2,
        ..List::default()
    };
    view.parts = vec![Part::List(duties), Part::List(rooms)];
    view.actions = vec![
        offer("cases.register", "新案件", true),
        Offer {
            refused: Some(Notice {
                tone: Tone::Refused,
                text: "电话登记由值班人做".into(),
                hint: "请值班人登记".into(),
            }),
            ..offer("cases.register-phone", "电话登记", true)
        },
    ];
    view.notice = Some(Notice {
        tone: Tone::Done,
        text: "已登记 案件0040 窗口 待分流 (09:28)".into(),
        hint: String::new(),
    });
    view
}

/// A list of `count` rows of hanzi, the finger on row `at`.
pub(super) fn cases(count: usize, at: usize) -> View {
    let mut view = page("cases.list", "案件");
    let rows = (0..count).map(|n| Row {
        reference: format!("SL-2026-{n:04}"),
        cells: vec![
            format!("案件{n:04}"),
            ["沈示航", "王拟云", "欧阳样安"][n % 3].to_owned(),
            "小区盲道被占用请协调".to_owned(),
            ["盲协", "聋协", "肢协"][n % 3].to_owned(),
            format!("{}", n * 37 % 100),
        ],
        brief: format!("案件{n:04} 沈示航"),
        marked: n == 2,
        subtotals: Vec::new(),
    });
    let list = List {
        name: "cases.open".into(),
        heading: "案件".into(),
        columns: vec![
            column("编号", 6, false),
            column("姓名", 3, false),
            column("内容", 12, false),
            column("协会", 2, false),
            column("天数", 3, true),
        ],
        rows: rows.collect(),
        first: 0,
        cursor: Some(at),
        total: 120,
        marked: 1,
        views: vec![tab("cases.open", "在办", true), tab("cases.overdue", "逾期", false)],
        ..List::default()
    };
    view.parts = vec![Part::List(list)];
    view.actions = vec![offer("cases.register", "新案件", true), offer("history", "经过", false)];
    view
}

/// Facts and a list, the finger on the facts.
pub(super) fn record() -> View {
    let mut view = page("cases.record", "案件0031");
    view.place = vec!["案件".into(), "案件0031".into()];
    let facts = vec![
        fact("服务对象", "沈示航 男 40岁"),
        fact("内容", "轮椅维修，已等两天"),
        fact("期限", "3-02 逾期"),
    ];
    let notes = List {
        name: "cases.notes".into(),
        heading: "办理记录".into(),
        columns: vec![column("日期", 5, false), column("记录", 20, false)],
        rows: vec![row(&["3-01", "已电话联系"])],
        cursor: Some(0),
        total: 1,
        ..List::default()
    };
    view.parts = vec![Part::Facts(Facts { heading: String::new(), items: facts }), Part::List(notes)];
    view.actions = vec![offer("cases.note", "记一笔", true)];
    view
}

/// A form with a choice, a completed field, an error and findings; the finger on field `focus`.
pub(super) fn form(focus: usize) -> View {
    let mut view = page("cases.form", "新登记");
    view.place = vec!["案件".into(), "新登记".into()];
    let field = |name: &str, label: &str, value: &str| FormField {
        name: name.into(),
        label: label.into(),
        value: value.into(),
        ..FormField::default()
    };
    let choice =
        |key: &str, value: &str| Choice { key: key.into(), value: value.into(), label: value.into() };
    let fields = vec![
        FormField {
            echo: "新服务对象 男 40岁 视力一级 校验相符".into(),
            ..field("card", "证号或姓名", "33052119850612981611")
        },
        FormField {
            error: Some(Notice {
                tone: Tone::Refused,
                text: "电话要 11 位，这里 10 位".into(),
                hint: String::new(),
            }),
            ..field("phone", "电话", "1300000001")
        },
        FormField {
            default: "窗口".into(),
            choices: vec![choice("1", "窗口"), choice("2", "电话"), choice("3", "来信")],
            ..field("channel", "渠道", "")
        },
        FormField {
            required: true,
            open: true,
            long: true,
            help: "写清何时、何地、何事".into(),
            ..field("content", "内容", "")
        },
        FormField {
            completions: vec![choice("1", "王示云"), choice("2", "王拟安")],
            picked: Some(1),
            ..field("guardian", "监护人", "王")
        },
        FormField { secret: true, ..field("pin", "口令", "9911") },
    ];
    let form = Form {
        name: "cases.register".into(),
        heading: "新登记".into(),
        fields,
        focus,
        saved: "09:34".into(),
        findings: vec![fact("分流建议", "盲协 因为视力残疾归盲人协会"), fact("办理期限", "3-19 周四")],
        conflicts: Vec::new(),
        ready: false,
        submit: "登记".into(),
        row: Vec::new(),
    };
    view.parts = vec![Part::Form(form)];
    view
}

/// The search page: a field over what was found.
pub(super) fn search() -> View {
    let mut view = cases(3, 0);
    view.page = "search".into();
    let field =
        FormField {
            name: "text".into(), label: "查找".into(), value: "盲道".into(), ..FormField::default()
        };
    let form = Form { name: "search".into(), fields: vec![field], ..Form::default() };
    view.parts.insert(0, Part::Form(form));
    view
}

/// A question over a page.
pub(super) fn question() -> View {
    let mut view = cases(3, 0);
    view.question =
        Some(Question { text: "归档后不能再改 案件0000，归档?".into(), default_yes: false });
    view
}

/// Text and a chart.
pub(super) fn report() -> View {
    let mut view = page("report", "统计");
    let bar = |label: &str, value: i64| Bar {
        label: label.into(),
        series: String::new(),
        shown: value.to_string(),
        value,
    };
    view.parts = vec![
        Part::Text(Text {
            heading: "说明".into(),
            lines: vec!["按协会数三月的案件。".into(), "重办的只数一次。".into()],
        }),
        Part::Chart(Chart {
            heading: "案件数".into(),
            unit: "件".into(),
            bars: vec![bar("盲协", 12), bar("聋协", 3), bar("差", -2)],
            sentence: "盲协 12 件最多。".into(),
        }),
    ];
    view
}

/// The columns, rows and lines between of a cash book.
fn book() -> Ledger {
    let columns = vec![
        column("日期", 5, false),
        column("凭证", 6, false),
        column("摘要", 12, false),
        column("基金", 4, false),
        column("收入", 9, true),
        column("支出", 9, true),
        column("余额", 9, true),
    ];
    let subtotal = |label: &str, cells: [&str; 3]| {
        let cells = ["", "", label, "", cells[0], cells[1], cells[2]].map(str::to_owned).to_vec();
        let named = ["收入", "支出", "余额"].into_iter().zip(&cells[4..]).filter(|(_, c)| !c.is_empty());
        let told: Vec<String> = named.map(|(name, cell)| format!("{name}{cell}")).collect();
        Subtotal { brief: format!("{label} {}", told.join(" ")), label: label.into(), cells }
    };
    let mut rows = vec![
        row(&["3-02", "现付-1", "购签字笔、电池", "联秘运转", "", "158.90", "1,731.20"]),
        row(&["3-02", "银付-1", "提取备用金", "联秘运转", "800.00", "", "2,531.20"]),
        row(&["3-03", "现付-2", "盲文纸 2 包", "盲协专项", "", "130.00", "2,401.20"]),
        row(&["3-03", "现付-3", "红字注销3月2日现付-1号", "联秘运转", "", "-158.90", "2,560.10"]),
        row(&["3-03", "现付-4", "订正3月2日现付-1号", "联秘运转", "", "185.90", "2,374.20"]),
    ];
    rows[1].subtotals = vec![subtotal("本日合计", ["800.00", "158.90", ""])];
    rows[4].subtotals = vec![
        subtotal("本日合计", ["", "157.00", ""]),
        subtotal("本月合计", ["800.00", "315.90", "2,374.20"]),
    ];
    for row in &mut rows {
        row.reference = row.cells[1].clone();
        row.brief = format!("{} {} {}", row.cells[1], row.cells[2], row.cells[6]);
    }
    let list = List {
        name: "journal.cash".into(),
        heading: "现金日记账 2026年3月".into(),
        columns,
        rows,
        first: 7,
        cursor: Some(4),
        total: 12,
        views: vec![
            tab("journal.cash", "现金", true),
            tab("journal.bank", "银行", false),
            tab("funds.all", "基金", false),
        ],
        ..List::default()
    };
    let carried = Some(subtotal("承前页", ["", "", "1,890.10"]));
    let foot = vec!["现金2,374.20 + 银行392,724.16 = 各基金合计395,098.36".into()];
    Ledger { list, carried, foot }
}

/// A cash book, the finger on its last row.
pub(in crate::faces) fn ledger() -> View {
    let mut view = page("journal.list", "账目");
    view.parts = vec![Part::Ledger(book())];
    view.actions = vec![offer("journal.pay", "支出", true), offer("journal.reverse", "红冲", true)];
    view
}

/// The cash book with its next row as the form, the finger on field `focus`.
pub(in crate::faces) fn register(focus: usize) -> View {
    let mut view = page("journal.form", "记支出");
    view.place = vec!["账目".into(), "记支出".into()];
    let field = |name: &str, label: &str, value: &str, echo: &str| FormField {
        name: name.into(),
        label: label.into(),
        value: value.into(),
        echo: echo.into(),
        ..FormField::default()
    };
    let fields = vec![
        FormField { default: "3-04".into(), echo: "周三".into(), ..field("day", "日期", "", "") },
        FormField {
            completions: vec![Choice {
                key: "1".into(),
                value: "打印纸 3 包".into(),
                label: "2-18 打印纸 3 包 55.50 联秘运转".into(),
            }],
            help: "买了什么，给谁用".into(),
            ..field("what", "摘要", "打印纸", "")
        },
        FormField { required: true, open: true, ..field("amount", "金额", "", "") },
        field("fund", "基金", "联秘运转", ""),
        field("account", "科目", "5201.01", "办公费"),
        field("papers", "附件", "1", ""),
        FormField {
            error: Some(Notice {
                tone: Tone::Refused,
                text: "盲协专项不能付办公费".into(),
                hint: "换一个基金".into(),
            }),
            ..field("purpose", "用途", "办公", "")
        },
    ];
    let row = ["3-04", "现付-6", "打印纸", "联秘运转", "", "", ""].map(str::to_owned).to_vec();
    let form = Form {
        name: "journal.pay".into(),
        heading: "记支出".into(),
        fields,
        focus,
        findings: vec![fact("像上次", "2-18 打印纸 3 包 55.50 联秘运转")],
        submit: "记下".into(),
        row,
        ..Form::default()
    };
    view.parts = vec![Part::Ledger(book()), Part::Form(form)];
    view.focus = 1;
    view.notice =
        Some(Notice { tone: Tone::Done, text: "已记 现付-5 265.60".into(), hint: String::new() });
    view
}

/// Receipts and payments by month.
pub(in crate::faces) fn months() -> View {
    let mut view = page("report.rp-17", "收支");
    let bars = [("1月", 1_200_000, 804_050), ("2月", 35_000, 1_150_000), ("3月", 0, -15_890)];
    let bar = |label: &str, series: &str, fen: i64| Bar {
        label: label.into(),
        series: series.into(),
        shown: lianban::values::money::Fen(fen).to_string(),
        value: fen,
    };
    view.parts = vec![Part::Chart(Chart {
        heading: "各月收支".into(),
        unit: "元".into(),
        bars: bars.iter().flat_map(|(m, i, o)| [bar(m, "收入", *i), bar(m, "支出", *o)]).collect(),
        sentence: "三个月收入 12,350.00 元，支出 19,381.60 元，2月支出最多。".into(),
    })];
    view
}

/// All of them.
pub(super) fn all() -> Vec<View> {
    let forms = (0..6).map(form);
    [
        today(),
        cases(30, 5),
        record(),
        search(),
        question(),
        report(),
        months(),
        ledger(),
        register(1),
        View::default(),
    ]
    .into_iter()
    .chain(forms)
    .collect()
}
