//! The screen as a person and a screen reader meet it: what stands where, where the cursor is, how many bytes a key
//! costs, and that no size and no key makes it fall over.

use std::num::NonZeroU16;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use lianban::desk::view::{List, Part, View};
use lianban::desk::{Desk, Locale};
use lianban::values::lang::Lang;
use unicode_width::UnicodeWidthChar;

use super::panel::Panel;
use super::{Options, Screen, Theme, read, samples, state};
use crate::faces::Exit;
use crate::faces::keys::{Key, Keymap};

fn options(theme: Theme) -> Options {
    Options { keymap: Keymap::load("", None).unwrap(), theme }
}

/// What a terminal of this size shows of a page, with `|` where the cursor stands.
fn shot(view: View, columns: usize, rows: usize, keys: &str) -> String {
    let options = options(Theme::None);
    let mut desk = Desk::showing(view, Lang::Zh);
    let mut screen = Screen::new(&mut desk, &options, (columns, rows));
    let wide = NonZeroU16::try_from(u16::try_from(columns).unwrap()).unwrap();
    let high = NonZeroU16::try_from(u16::try_from(rows).unwrap()).unwrap();
    let mut parser = vt100::Parser::new(high, wide, 0);
    parser.process(&screen.bytes());
    for key in keys.split_whitespace() {
        screen.seat.key(Key::parse(key).unwrap());
        parser.process(&screen.bytes());
    }
    let (row, column) = parser.screen().cursor_position();
    let mut lines: Vec<String> =
        parser.screen().rows(0, wide.get()).map(|r| r.trim_end().to_owned()).collect();
    lines.push(format!("cursor {row},{column}"));
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        // Blank stretches are counted, so that a picture stays short.
        match (line.is_empty(), out.last_mut()) {
            (true, Some(last)) if last.starts_with('~') => last.push('~'),
            (true, _) => out.push("~".into()),
            _ => out.push(line),
        }
    }
    out.join("\n")
}

fn press(screen: &mut Screen<'_>, keys: &str) {
    for key in keys.split_whitespace() {
        screen.seat.key(Key::parse(key).unwrap());
    }
}

fn with_screen<T>(
    view: View,
    theme: Theme,
    size: (usize, usize),
    then: impl FnOnce(&mut Screen<'_>) -> T,
) -> T {
    let options = options(theme);
    let mut desk = Desk::showing(view, Lang::Zh);
    let mut screen = Screen::new(&mut desk, &options, size);
    then(&mut screen)
}

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
     n新案件 Enter打开 ;快速录入 F3查找 /筛选 m标记 0菜单 F2行模式 ?按键
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
     n新案件 Enter打开 ;快速录入 F3查找 /筛选 m标记 Esc返回 u撤销 0菜单 F2行模式 ?按键
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
     Ctrl-S登记 Ctrl-N存并新建 Ctrl-E同上一条 Esc放下 F10菜单 F2行模式 F4按键
    cursor 10,14
    "#);
    insta::assert_snapshot!(shot(samples::today(), 120, 40, ""), @r#"
     [今日] 案件 场地 资产 更多                                                                     3-04 周三 09:30  曾示平
     今日                                                                                                               2/3
    ~
      要做的事  3 项                                                          今天的场地  2 项
      逾期      案件0031          肢协 轮椅维修 2 天                          08:30  服务窗口1     盲协 值班
    > 逾期      资产ZC-BL-009     智协 应还3-01                                9:00  第二活动室    智协 手工课
      今天      案件0040          待分流
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
     已登记 案件0040 窗口 待分流 (09:28)
     n新案件 Enter打开 ;快速录入 F3查找 /筛选 m标记 Esc返回 u撤销 0菜单 F2行模式 ?按键
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
     n新案件 y是 n否 0菜单 F2行模式 ?按键
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
fn every_frame_has_a_cursor_inside_and_whole_lines() {
    let options = options(Theme::Dark);
    for view in samples::all() {
        let mut desk = Desk::showing(view, Lang::Zh);
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
                let mut desk = Desk::showing(view.clone(), lang);
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
fn nothing_in_a_value_reaches_the_terminal_as_a_command() {
    let mut view = samples::cases(3, 0);
    if let Some(Part::List(list)) = view.parts.first_mut() {
        list.rows[0].cells[1] = "\u{1b}[31m坏\u{7}\u{9b}2J\u{202e}".into();
    }
    view.banner = "\u{1b}]0;x\u{7}".into();
    let text = with_screen(view, Theme::None, (80, 24), |screen| String::from_utf8(screen.bytes()).unwrap());
    assert!(!text.contains(['\u{7}', '\u{9b}', '\u{202e}']));
    assert!(!text.contains("\u{1b}[31m") && !text.contains("\u{1b}]"));
}

#[test]
fn a_key_costs_what_it_changed() {
    let step = |from: View, to: View| {
        with_screen(from, Theme::Dark, (120, 40), |screen| {
            screen.bytes();
            let mut desk = Desk::showing(to, Lang::Zh);
            std::mem::swap(screen.seat.desk, &mut desk);
            let bytes = screen.bytes();
            assert_eq!(screen.bytes(), b"", "nothing changed, nothing written");
            // The last thing of a frame is the cursor's move.
            let text = String::from_utf8(bytes.clone()).unwrap();
            let last = text.rsplit('\u{1b}').next().unwrap();
            assert!(last.chars().skip(1).all(|c| c.is_ascii_digit() || ";HABCD".contains(c)), "{last:?}");
            bytes.len()
        })
    };
    let down = step(samples::cases(60, 5), samples::cases(60, 6));
    assert!(down <= 200, "{down}");
    let page = |first: usize| {
        let mut view = samples::cases(80, 0);
        if let Some(Part::List(List { rows, cursor, first: rank, .. })) = view.parts.first_mut() {
            rows.drain(..first);
            rows.truncate(33);
            (*cursor, *rank) = (Some(0), first);
        }
        view
    };
    let page_down = step(page(0), page(34));
    assert!(page_down <= 4600, "{page_down}");
}

#[test]
fn without_colour_no_colour_is_sent() {
    for view in samples::all() {
        let text =
            with_screen(view, Theme::None, (80, 24), |screen| String::from_utf8(screen.bytes()).unwrap());
        for sequence in text.split("\u{1b}[").skip(1) {
            let codes: String = sequence.chars().take_while(|c| c.is_ascii_digit() || *c == ';').collect();
            if sequence.chars().nth(codes.len()) == Some('m') {
                let coloured = codes.split(';').filter_map(|c| c.parse::<u8>().ok()).any(|c| c >= 30);
                assert!(!coloured, "{codes}");
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

#[test]
fn keys_do_what_they_say() {
    with_screen(samples::today(), Theme::None, (80, 24), |screen| {
        press(screen, "g");
        assert_eq!(screen.seat.ui.pending.len(), 1);
        press(screen, "Esc");
        assert!(screen.seat.ui.pending.is_empty() && screen.seat.ui.said.is_empty());
        press(screen, "（");
        assert!(screen.seat.ui.said.contains('('), "{}", screen.seat.ui.said);
        press(screen, "：");
        assert!(screen.seat.ui.prompt.is_some(), "a full-width colon opens the command line");
        press(screen, "案 件 Backspace");
        assert_eq!(screen.seat.ui.prompt.as_ref().unwrap().editor.text(), "案");
        press(screen, "Esc");
        assert!(screen.seat.ui.prompt.is_none());
        press(screen, "F2");
        assert_eq!(screen.seat.exit, Some(Exit::Switch));
    });
}

#[test]
fn a_slip_does_not_drop_a_question() {
    with_screen(samples::question(), Theme::None, (80, 24), |screen| {
        press(screen, "q");
        assert!(screen.seat.exit.is_none() && !screen.seat.ui.said.is_empty());
        press(screen, "0");
        assert!(screen.seat.ui.panel.is_some());
    });
}

#[test]
fn in_a_form_letters_are_text() {
    with_screen(samples::form(1), Theme::None, (80, 24), |screen| {
        press(screen, "？ q");
        assert!(screen.seat.ui.panel.is_none() && screen.seat.exit.is_none());
        press(screen, "F10");
        assert!(screen.seat.ui.panel.is_some());
    });
}

#[test]
fn events_become_keys() {
    with_screen(samples::today(), Theme::None, (80, 24), |screen| {
        screen.take(Event::Key(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL)));
        assert!(screen.seat.ui.panel.is_some());
        screen.take(Event::Resize(120, 40));
        assert_eq!(screen.frame().lines.len(), 40);
        screen.take(Event::Paste("沈示航\n".into()));
        assert_eq!(screen.seat.ui.panel.as_ref().unwrap().typed.text(), "沈示航");
    });
}
