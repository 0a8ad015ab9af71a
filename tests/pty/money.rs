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
