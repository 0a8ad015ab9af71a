//! What stands where on a page, at every size, and that nothing of it is lost.

use lianban::desk::Locale;
use lianban::desk::view::{Part, View};
use lianban::values::lang::Lang;
use unicode_width::UnicodeWidthChar;

use super::super::panel::Panel;
use super::super::{Screen, Theme, read, state};
use super::{Small, options, press, samples, shot, with_screen};
use crate::faces::keys::Keymap;

/// Where the finger has to be: the text that begins at the cursor.
fn at_cursor(view: View, size: (usize, usize), keys: &str) -> String {
    with_screen(view, Theme::None, size, |screen| {
        screen.bytes();
        press(screen, keys);
        let frame = screen.frame();
        let (row, column) = frame.cursor;
        let text = frame.lines[row].text();
        let mut at = 0;
        text.chars()
            .skip_while(|c| {
                at += c.width().unwrap_or(0);
                at <= column
            })
            .collect::<String>()
            .trim_end()
            .to_owned()
    })
}

#[test]
fn pages_look_as_drawn() {
    insta::assert_snapshot!(shot(samples::today(), 80, 24, ""), @r#"
     [今日] 案件 场地 资产 更多                             3-04 周三 09:30  曾示平
     今日                                                                       2/3
    ~
      要做的事  3 项
      逾期      案件0031          肢协 轮椅维修 2 天
    > 逾期      资产ZC-BL-009     智协 应还3-01
      今天      案件0040          待分流
    ~
      今天的场地  2 项
      08:30  服务窗口1     盲协 值班
       9:00  第二活动室    智协 手工课
    ~~~~~~~~~~~
     已登记 案件0040 窗口 待分流 (09:28)
     Enter打开 n新案件 ;快速录入 F3查找 /筛选 m标记 u撤销 0菜单 F2行模式 ?按键
    cursor 5,2
    "#);
    insta::assert_snapshot!(shot(samples::cases(4, 1), 120, 40, ""), @r#"
     今日 [案件] 场地 资产 更多                                                                     3-04 周三 09:30  曾示平
     案件                                                                                             已标 1  120 项  2/120
    ~
      [在办] 逾期
      编号          姓名      内容                                              协会  天数
      案件0000      沈示航    小区盲道被占用请协调                              盲协     0
    > 案件0001      王拟云    小区盲道被占用请协调                              聋协    37
     *案件0002      欧阳样安  小区盲道被占用请协调                              肢协    74
      案件0003      沈示航    小区盲道被占用请协调                              盲协    11
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
     Enter打开 n新案件 ;快速录入 F3查找 /筛选 m标记 0菜单 F2行模式 ?按键
    cursor 6,2
    "#);
    insta::assert_snapshot!(shot(samples::form(4), 80, 24, ""), @r#"
     今日 [案件] 场地 资产 更多                             3-04 周三 09:30  曾示平
     案件 > 新登记                                                   草稿已存 09:34
    ~
      证号或姓名  33052119850612981611  新服务对象 男 40岁 视力一级 校验相符
      电话        1300000001
                  ! 电话要 11 位，这里 10 位
      渠道        (窗口)
     *内容
    > 监护人      王
                  1 王示云
                > 2 王拟安
      口令        ****
    ~
      分流建议  盲协 因为视力残疾归盲人协会
      办理期限  3-19 周四
    ~~~~~~~~
     Enter确认 Ctrl-S保存 Esc放下 Ctrl-N存并新建 Ctrl-E同上一条 F10菜单 F2行模式
    cursor 10,14
    "#);
    insta::assert_snapshot!(shot(samples::today(), 120, 40, ""), @r#"
     [今日] 案件 场地 资产 更多                                                                     3-04 周三 09:30  曾示平
     今日                                                                                                               2/3
    ~
      要做的事  3 项                                                                  今天的场地  2 项
      逾期      案件0031          肢协 轮椅维修 2 天                                  08:30  服务窗口1     盲协 值班
    > 逾期      资产ZC-BL-009     智协 应还3-01                                        9:00  第二活动室    智协 手工课
      今天      案件0040          待分流
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
     已登记 案件0040 窗口 待分流 (09:28)
     Enter打开 n新案件 ;快速录入 F3查找 /筛选 m标记 u撤销 0菜单 F2行模式 ?按键
    cursor 5,2
    "#);
    insta::assert_snapshot!(shot(samples::question(), 80, 24, ""), @r#"
     今日 [案件] 场地 资产 更多                             3-04 周三 09:30  曾示平
     案件                                                     已标 1  120 项  1/120
    ~
      [在办] 逾期
      编号          姓名      内容                                        协会  天数
    > 案件0000      沈示航    小区盲道被占用请协调                        盲协     0
      案件0001      王拟云    小区盲道被占用请协调                        聋协    37
     *案件0002      欧阳样安  小区盲道被占用请协调                        肢协    74
    ~~~~~~~~~~~~~~
     ? 归档后不能再改 案件0000，归档? (1是 2否，Enter为否)
     y是 n否 0菜单 F2行模式 ?按键
    cursor 22,3
    "#);
    insta::assert_snapshot!(shot(samples::today(), 80, 24, "g"), @r#"
     [今日] 案件 场地 资产 更多                             3-04 周三 09:30  曾示平
     今日                                                                       2/3
    ~
      要做的事  3 项
      逾期      案件0031          肢协 轮椅维修 2 天
    > 逾期      资产ZC-BL-009     智协 应还3-01
      今天      案件0040          待分流
    ~
      今天的场地  2 项
      08:30  服务窗口1     盲协 值班
       9:00  第二活动室    智协 手工课
    ~~~~~~~~~~~
     已登记 案件0040 窗口 待分流 (09:28)
     g 之后: g第一行
    cursor 5,2
    "#);
}

#[test]
fn the_cursor_stands_on_what_the_finger_is_on() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        let starts = |view: View, keys: &str, text: &str| {
            let found = at_cursor(view, size, keys);
            assert!(found.starts_with(text), "{size:?} {keys}: {found}");
        };
        starts(samples::today(), "", "逾期");
        starts(samples::cases(30, 7), "", "案件0007");
        starts(samples::record(), "j", "内容");
        starts(samples::form(4), "", "2 王拟安");
        starts(samples::question(), "", "归档后不能再改");
        starts(samples::report(), "j", "按协会数三月的案件");
        starts(samples::today(), "0 Down", "2 电话登记");
        starts(samples::today(), "v Down", "3-04 周三");
        assert_eq!(at_cursor(samples::form(2), size, "Left"), at_cursor(samples::form(2), size, ""));
    }
    assert_eq!(at_cursor(samples::form(1), (80, 24), "Home Right Right Right"), "0000001");
}

#[test]
fn a_page_without_a_list_is_read_through_line_by_line() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        let lines = ["服务对象", "内容", "期限", "办理记录", "日期", "3-01", "3-01"];
        for (steps, line) in lines.iter().enumerate() {
            let found = at_cursor(samples::record(), size, &"j ".repeat(steps));
            assert!(found.starts_with(line), "{size:?} {steps}: {found}");
        }
        assert!(at_cursor(samples::record(), size, "G k").starts_with("日期"));
    }
}

#[test]
fn a_list_keeps_to_its_side() {
    let mut view = samples::cases(30, 3);
    if let Some(Part::List(list)) = view.parts.first_mut() {
        let more = (0..20).map(|n| samples::tab(&format!("cases.v{n}"), &format!("看法{n}"), n == 17));
        list.views = more.collect();
    }
    view.parts.push(samples::record().parts.remove(0));
    let shown = shot(view.clone(), 120, 40, "");
    for line in
        shown.lines().skip(3).filter(|l| l.contains("服务对象") || l.contains("轮椅") || l.contains("3-02"))
    {
        let left: usize =
            line.chars().take_while(|c| !"服内期".contains(*c)).map(|c| c.width().unwrap_or(0)).sum();
        assert!(left == 82 || line.contains("编号"), "{line}");
    }
    assert!(shown.contains("[看法17]"), "{shown}");
    // Where the list needs all the lines, the detail waits for a wider terminal.
    assert!(!shot(view, 80, 24, "").contains("轮椅"));
}

#[test]
fn a_row_of_one_text_is_shown_whole() {
    let mut view = samples::cases(3, 1);
    if let Some(Part::List(list)) = view.parts.first_mut() {
        list.columns.truncate(1);
        list.rows.iter_mut().for_each(|r| r.cells = vec!["说".repeat(60)]);
    }
    let shown = shot(view, 80, 24, "");
    assert_eq!(shown.matches('说').count(), 180, "{shown}");
    assert!(shown.contains("> 说") && shown.ends_with("cursor 7,2"), "{shown}");
}

#[test]
fn every_frame_has_a_cursor_inside_and_whole_lines() {
    let options = options(Theme::Dark);
    for view in samples::all() {
        let mut desk = Small::showing(view, Lang::Zh);
        for size in [(0, 0), (1, 1), (2, 3), (20, 5), (40, 12), (80, 24), (109, 30), (120, 40)] {
            for keys in ["", "0", "? a", "v PageDown", "g", "/ x Left", "z", "Tab Down Up"] {
                let mut screen = Screen::new(&mut desk, &options, size);
                screen.bytes();
                press(&mut screen, keys);
                let frame = screen.frame();
                assert!(frame.lines.len() <= size.1);
                assert!(frame.lines.iter().all(|l| l.width <= size.0), "{size:?} {keys}");
                let (row, column) = frame.cursor;
                assert!(size.1 == 0 || row < size.1, "{size:?} {keys} {row}");
                assert!(size.0 < 20 || column < size.0, "{size:?} {keys} {column}");
                screen.bytes();
            }
        }
    }
}

#[test]
fn the_chrome_has_only_characters_of_sure_width() {
    for lang in [Lang::Zh, Lang::En] {
        let options = options(Theme::None);
        for view in samples::all() {
            for keys in ["", "0", "? a", "v"] {
                let mut desk = Small::showing(view.clone(), lang);
                let mut screen = Screen::new(&mut desk, &options, (120, 40));
                press(&mut screen, keys);
                for line in screen.frame().lines {
                    for c in line.text().chars() {
                        let forbidden = matches!(u32::from(c), 0x2500..=0x259f | 0x2800..=0x28ff | 0xe000..=0xf8ff | 0x1f000..=0x1faff);
                        assert!(
                            !forbidden && !c.is_control() && c.width() == c.width_cjk(),
                            "{c} in {}",
                            line.text()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn everything_of_a_page_can_be_read() {
    let keymap = Keymap::load("", None).unwrap();
    let locale = Locale::new(Lang::Zh);
    for view in samples::all() {
        let text = read::visible_text(&view, &locale, &keymap);
        for offer in &view.actions {
            assert!(text.contains(&offer.label));
            if let Some(why) = &offer.refused {
                assert!(text.contains(&why.text) && text.contains(&why.hint));
            }
        }
        let mut values: Vec<String> = Vec::new();
        for part in &view.parts {
            match part {
                Part::List(list) => values.extend(list.rows.iter().flat_map(|r| r.cells.clone())),
                Part::Ledger(ledger) => {
                    let rows = ledger.list.rows.iter();
                    let after = rows.clone().flat_map(|r| r.subtotals.clone()).chain(ledger.carried.clone());
                    values.extend(after.flat_map(|s| s.cells));
                    values.extend(rows.flat_map(|r| r.cells.clone()));
                    values.extend(ledger.foot.clone());
                }
                Part::Schedule(grid) => {
                    values
                        .extend(grid.lanes.iter().flat_map(|lane| lane.cells.iter().map(|c| c.text.clone())));
                    values.extend(grid.list.rows.iter().map(|row| row.brief.clone()));
                }
                Part::Facts(facts) => values.extend(facts.items.iter().map(|f| f.value.clone())),
                Part::Text(lines) => values.extend(lines.lines.clone()),
                Part::Chart(chart) => values.extend(chart.bars.iter().map(|b| b.shown.clone())),
                Part::Form(form) => {
                    let shown = form.fields.iter().filter(|f| !f.secret);
                    values.extend(
                        shown.flat_map(|f| {
                            [f.value.clone(), f.default.clone(), f.echo.clone(), f.help.clone()]
                        }),
                    );
                    values.extend(form.findings.iter().map(|f| f.value.clone()));
                    assert!(!text.contains("9911"), "a secret is not shown");
                }
            }
        }
        for value in values {
            assert!(text.contains(&value), "{value} is missing in {text}");
        }
    }
}

#[test]
fn the_menu_reaches_every_offer_by_digits() {
    let view = samples::today();
    let keymap = Keymap::load("", None).unwrap();
    let menu = Panel::menu(&view, &keymap, &Locale::new(Lang::Zh), &state::contexts(&view));
    for offer in &view.actions {
        assert!(menu.entries.iter().any(|e| e.text.starts_with(&offer.label)));
    }
    assert!(menu.entries.len() > 9, "two digits are needed");
    // "1" waits, because 10 begins with it; Enter takes it, and the desk (which only shows) changes nothing.
    with_screen(view, Theme::None, (80, 24), |screen| {
        press(screen, "０ １");
        assert_eq!(screen.seat.ui.panel.as_ref().unwrap().typed.text(), "1");
        press(screen, "Enter");
        assert!(screen.seat.ui.panel.is_none());
    });
}
