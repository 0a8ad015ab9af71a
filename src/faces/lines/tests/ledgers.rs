//! A book read row by row, and the form that is its next row.

use insta::assert_snapshot;
use lianban::desk::view::{Form, Part, Tone};
use lianban::desk::{Intent, View};

use super::sample::{notice, steps};
use super::talk;
use crate::faces::screen::tests::samples;

/// The book with the finger on its first row, nothing before it.
pub(super) fn book() -> View {
    let mut view = samples::ledger();
    view.title = "现金日记账 2026年3月".into();
    view.place = vec![view.title.clone()];
    if let Some(Part::Ledger(ledger)) = view.parts.first_mut() {
        ledger.list.first = 0;
        ledger.list.cursor = Some(0);
        ledger.list.total = ledger.list.rows.len();
    }
    view
}

#[test]
fn sums_are_told_on_the_way_on_from_a_row() {
    let talked = talk(book(), Box::new(steps), &["", "", "", "", "", "r", "where"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/5 现付-1 购签字笔>
    2/5 银付-1 提取备用>
    本日合计 收入800.00 支出158.90
    3/5 现付-2 盲文纸 2>
    4/5 现付-3 红字注销>
    5/5 现付-4 订正3月2>
    本日合计 支出157.00
    本月合计 收入800.00 支出315.90 余额2,374.20
    已是最后一项
    5/5 现付-4 订正3月2> r
    日期：3-03
    凭证：现付-4
    摘要：订正3月2日现付-1号
    基金：联秘运转
    支出：185.90
    余额：2,374.20
    本日合计：支出 157.00
    本月合计：收入 800.00 支出 315.90 余额 2,374.20
    5/5 现付-4 订正3月2> where
    3-04 周三 09:30 曾示平
    现金2,374.20 + 银行392,724.16 = 各基金合计395,098.36
    5/5 现付-4 订正3月2> ^D
    ");
}

#[test]
fn a_book_is_read_out_with_what_stands_between_its_rows() {
    let talked = talk(book(), Box::new(steps), &["l", "all"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/5 现付-1 购签字笔> l
    承前页 余额1,890.10
    1 现付-1 购签字笔、电池 1,731.20
    2 银付-1 提取备用金 2,531.20
    本日合计 收入800.00 支出158.90
    3 现付-2 盲文纸 2 包 2,401.20
    4 现付-3 红字注销3月2日现付-1号 2,560.10
    5 现付-4 订正3月2日现付-1号 2,374.20
    本日合计 支出157.00
    本月合计 收入800.00 支出315.90 余额2,374.20
    1/5 现付-1 购签字笔> all
    现金日记账 2026年3月 5 项
    承前页：余额 1,890.10
    现金2,374.20 + 银行392,724.16 = 各基金合计395,098.36
    承前页 余额1,890.10
    1 现付-1 购签字笔、电池 1,731.20
    2 银付-1 提取备用金 2,531.20
    本日合计 收入800.00 支出158.90
    3 现付-2 盲文纸 2 包 2,401.20
    4 现付-3 红字注销3月2日现付-1号 2,560.10
    5 现付-4 订正3月2日现付-1号 2,374.20
    本日合计 支出157.00
    本月合计 收入800.00 支出315.90 余额2,374.20
    1/5 现付-1 购签字笔> ^D
    ");
}

/// Does what the desk does with a row's form: the text goes into the field, saving begins the next row.
fn enters(view: &mut View, intent: &Intent) {
    let Some(Part::Form(form)) = view.parts.get_mut(1) else { return };
    let at = form.focus;
    match intent {
        Intent::Edit(text) => {
            form.fields[at].value.clone_from(text);
            form.fields[at].open = false;
        }
        Intent::Field(_) => {}
        Intent::Accept if at + 1 < form.fields.len() => form.focus = at + 1,
        Intent::Submit => {
            *form = begun();
            view.notice = Some(notice(Tone::Done, "已记 现付-6 55.50", ""));
        }
        _ => {}
    }
    if let Some(Part::Form(form)) = view.parts.get_mut(1) {
        form.ready = form.fields.iter().all(|f| !f.open);
    }
}

/// A row of which the sum and its name are asked.
fn begun() -> Form {
    let mut view = samples::register(1);
    let Some(Part::Form(form)) = view.parts.get_mut(1) else { return Form::default() };
    form.fields.truncate(3);
    form.fields[1].completions.clear();
    for field in &mut form.fields[1..] {
        (field.value, field.open, field.required) = (String::new(), true, true);
    }
    std::mem::take(form)
}

#[test]
fn rows_are_entered_one_after_another() {
    let mut view = samples::register(1);
    view.parts[1] = Part::Form(begun());
    view.notice = None;
    let lines = ["打印纸 3 包", "55.50", "", "墨盒", "80", "", "all", ""];
    let talked = talk(view, Box::new(enters), &lines);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    记支出
    摘要> 打印纸 3 包
    金额> 55.50
    像上次：2-18 打印纸 3 包 55.50 联秘运转
    记下 2-18 [是]>
    已记 现付-6 55.50
    摘要> 墨盒
    金额> 80
    像上次：2-18 打印纸 3 包 55.50 联秘运转
    记下 2-18 [是]>
    已记 现付-6 55.50
    摘要> all
    现金日记账 2026年3月 12 项
    3-03 现付-4 订正3月2日现付-1号 联秘运转 支出 185.90 余额 2,374.20
    本日合计：支出 157.00
    本月合计：收入 800.00 支出 315.90 余额 2,374.20
    3-03 现付-3 红字注销3月2日现付-1号 联秘运转 支出 -158.90 余额 2,560.10
    3-03 现付-2 盲文纸 2 包 盲协专项 支出 130.00 余额 2,401.20
    3-02 银付-1 提取备用金 联秘运转 收入 800.00 余额 2,531.20
    本日合计：收入 800.00 支出 158.90
    3-02 现付-1 购签字笔、电池 联秘运转 支出 158.90 余额 1,731.20
    承前页：余额 1,890.10
    还有 7 条，回车继续
    摘要>
    现金2,374.20 + 银行392,724.16 = 各基金合计395,098.36
    记支出
    3-04 现付-6 打印纸 联秘运转
    日期：[3-04] 周三
    摘要：要填
    金额：要填
    像上次：2-18 打印纸 3 包 55.50 联秘运转
    摘要> ^D
    ");
    assert_eq!(talked.heard.iter().filter(|i| **i == Intent::Submit).count(), 2);
}

#[test]
fn months_are_compared_a_line_each() {
    let talked = talk(samples::months(), Box::new(|_, _| {}), &[]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    各月收支：三个月收入 12,350.00 元，支出 19,381.60 元，2月支出最多。
    1月 收入 12,000.00元 支出 8,040.50元
    2月 收入 350.00元 支出 11,500.00元
    3月 收入 0.00元 支出 -158.90元
    回车 读 act 动作 b 返回 h 帮助
    收支> ^D
    ");
}
