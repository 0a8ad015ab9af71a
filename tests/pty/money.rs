//! The standard tasks of a cashier, key by key in both faces, within the keys they may cost; after every key the cursor stands
//! behind what was typed.

use super::office::Office;
use super::terminal::Terminal;

/// Who handles the money in the sample.
const CASHIER: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "解样和")];
/// What the lines face may cost more.
const MORE: usize = 4;

/// A task: what opens it on the screen, what is said in lines, the line typed, its keys, and what is then in the book.
struct Task {
    key: &'static str,
    word: &'static str,
    line: &'static str,
    budget: usize,
    voucher: &'static str,
    kept: &'static [&'static str],
}

/// Water and power, shared by six.
const SHARED: Task = Task {
    key: "o",
    word: "jzc",
    line: "600.03 sd g",
    budget: 14,
    voucher: "银付-202603-001",
    kept: &["付水电费", "陆佰元零叁分", "120.01", "108.01", "132.01", "84.00", "72.00", "待审核"],
};
/// An expense like many before it.
const REPEATED: Task = Task {
    key: "o",
    word: "jzc",
    line: "86.5 bg",
    budget: 11,
    voucher: "现付-202603-001",
    kept: &["办公用品", "86.50", "5201.01", "联合秘书处运转经费", "待审核"],
};
/// A grant for one association's purse.
const GRANT: Task = Task {
    key: "i",
    word: "jsr",
    line: "30000 b zx",
    budget: 13,
    voucher: "银收-202603-007",
    kept: &["收盲协专项补助", "30,000.00", "盲协专项补助", "待审核"],
};

fn behind(terminal: &Terminal, typed: &str) {
    let (line, before) = terminal.at_cursor();
    let tail: String = typed.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(before.ends_with(&tail), "cursor in {line:?} after {typed:?}\n{}", terminal.shown());
}

fn kept(office: &Office, task: &Task) {
    let said = office.batch(&["show", task.voucher]);
    for piece in task.kept {
        assert!(said.contains(piece), "{piece} in {said}");
    }
}

fn on_the_screen(task: &Task) {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], CASHIER, "?按键");
    t.press(task.key);
    t.wait_at("一行");
    t.types(task.line, behind);
    t.press("Enter");
    t.wait_at("附件");
    t.press("Enter");
    t.wait(&format!("已记 {}", task.voucher));
    // The next row is open.
    t.wait_at("一行");
    assert!(t.pressed <= task.budget, "{} keys", t.pressed);
    kept(&office, task);
}

fn in_lines(task: &Task) {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], CASHIER, "> ");
    t.types(task.word, behind);
    t.press("Enter");
    t.wait_at("一行>");
    t.types(task.line, behind);
    t.press("Enter");
    t.wait_at("附件 ");
    t.press("Enter");
    t.wait(task.voucher);
    t.wait_at("一行>");
    assert!(t.pressed <= task.budget + MORE, "{} keys", t.pressed);
    kept(&office, task);
    // A full stop ends the book.
    t.press(".");
    t.press("Enter");
    t.wait_for("the book", |shown| shown.lines().next_back().is_some_and(|line| line.contains('/')));
}

/// The month's ticking: what one voucher fits at once, in lines by two words.
#[test]
fn the_month_is_ticked_in_lines() {
    let office = Office::new();
    let accountant: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "仇拟文")];
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], accountant, "> ");
    t.types("qbgd", behind);
    t.press("Enter");
    t.wait("一张凭证的都勾对");
    t.press("y");
    t.press("Enter");
    t.wait("已勾对 10 笔，余 2 笔");
    assert!(t.pressed <= 11 + MORE, "{} keys", t.pressed);
    let said = office.batch(&["--as", "仇拟文", "report", "bank-reconciliation", "--to", "2026-02-28"]);
    assert!(said.contains("317414.16") && said.contains("调节后余额相等"), "{said}");
}

#[test]
fn a_shared_bill_on_the_screen() {
    on_the_screen(&SHARED);
}

#[test]
fn a_shared_bill_in_lines() {
    in_lines(&SHARED);
}

#[test]
fn a_repeated_expense_on_the_screen() {
    on_the_screen(&REPEATED);
}

#[test]
fn a_repeated_expense_in_lines() {
    in_lines(&REPEATED);
}

#[test]
fn a_grant_on_the_screen() {
    on_the_screen(&GRANT);
}

#[test]
fn a_grant_in_lines() {
    in_lines(&GRANT);
}

/// The month-end: eight lines of the statement ticked, the sums seen, the month closed.
const MONTH_END: usize = 11;
/// Who closes months in the sample.
const ACCOUNTANT: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "仇拟文")];

/// The sample's February with what the bank did by itself explained and two lines ticked: eight are left.
fn eight_left() -> Office {
    let office = Office::new();
    for (line, action, note) in [
        ("BS-011", "note", "note=代收捐赠，凭证未到"),
        ("BS-012", "note", "note=短信费，凭证未到"),
        ("BS-001", "tick", ""),
        ("BS-002", "tick", ""),
    ] {
        let mut args = vec!["act", line, action, "--yes", "--as", "仇拟文"];
        args.extend(Some(note).filter(|note| !note.is_empty()));
        office.batch(&args);
    }
    office
}

fn february(office: &Office) -> String {
    office.batch(&["show", "2026-02", "--as", "仇拟文"])
}

#[test]
fn a_month_end_on_the_screen() {
    let office = eight_left();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], ACCOUNTANT, "?按键");
    t.press("z");
    t.wait("未勾对");
    for _ in 0..8 {
        let (line, before) = t.at_cursor();
        assert_eq!(before.trim(), ">", "{line:?}");
        t.press(" ");
    }
    t.press("Enter");
    t.wait("结账？");
    assert!(t.shown().contains("319,232.76，各基金 319,232.76"), "the sums are seen first\n{}", t.shown());
    t.press("y");
    t.wait("2026-02 已结账");
    assert!(t.pressed <= MONTH_END, "{} keys", t.pressed);
    assert!(february(&office).contains("结账"));
}

#[test]
fn a_month_end_in_lines() {
    let office = eight_left();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], ACCOUNTANT, "> ");
    for (typed, until) in [("yhdz", "1/10"), ("m 8", "已标记 8 项"), ("g", "结账？"), ("y", "2026-02 已结账")]
    {
        t.types(typed, behind);
        t.press("Enter");
        t.wait(until);
    }
    assert!(t.pressed <= MONTH_END + MORE, "{} keys", t.pressed);
    assert!(february(&office).contains("结账"));
}
