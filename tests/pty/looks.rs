//! How the first page looks, at every size and on every kind of terminal.

use std::time::Duration;

use super::office::Office;
use super::terminal::Terminal;

/// The screen without the blanks at the ends of lines; stretches of empty lines are counted.
fn picture(terminal: &Terminal) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in terminal.shown().lines().map(str::trim_end) {
        match (line.is_empty(), out.last_mut()) {
            (true, Some(last)) if last.starts_with('~') => last.push('~'),
            (true, _) => out.push("~".into()),
            _ => out.push(line.to_owned()),
        }
    }
    let (row, column) = terminal.cursor();
    out.push(format!("cursor {row},{column}"));
    out.join("\n")
}

#[test]
fn the_first_page_at_the_usual_size() {
    let office = Office::new();
    let t = Terminal::screen(&office, (80, 24));
    insta::assert_snapshot!(picture(&t), @r"
     [今日] 案件 服务对象 账目 更多                         3-04 周三 09:30  曾示平
     今日                                                                1/17  演示
    ~
      要做的事  17 项
      急缓  事项                                              何时      等谁
    > 逾期  案件0012 孤协 孩子在商场走失，希望配发防走失手~   24 天     尉迟拟言
      逾期  案件0014 联秘 视听双重残疾，咨询两项补贴能否同~   6 天      盲协、聋协
      逾期  案件0015 联秘 肢体和智力双重残疾，需要辅具与日~   1 天      肢协、智协
      今天  案件0011 孤协 普通小学拒绝陪读，请求协调融合教~   今天      尉迟拟言
      今天  案件0020 待分流 咨询无障碍改造项目今年的申报时~   待分流    待分流
      本周  银行存款待勾对 12 笔                                        会计
      本周  2026-02 待结账                                              会计
      本周  2-27现金盘亏 5.00待处理                                     秘书
      本周  案件0017 联秘 社区工作人员来电，咨询残疾人证换~   3-07      区示真
      待办  同意待补签 4 人
    ~
      现在
      案件      在办 10 逾期 3 待分流 1
      服务对象  36 人 持证 32
      库存现金  2,108.60
      银行存款  392,724.16
      基金      合计相符
    ~
     Enter打开 +记一笔 y继续办 d办结 n新案件 p电话登记 0菜单 F2行模式 ?按键
    cursor 5,2
    ");
}

#[test]
fn the_first_page_on_a_wide_terminal() {
    let office = Office::new();
    let t = Terminal::screen(&office, (120, 40));
    insta::assert_snapshot!(picture(&t), @r"
     [今日] 案件 服务对象 账目 更多                                                                 3-04 周三 09:30  曾示平
     今日                                                                                                        1/17  演示
    ~
      要做的事  17 项                                                                 现在
      急缓  事项                                        何时          等谁            案件      在办 10 逾期 3 待分流 1
    > 逾期  案件0012 孤协 孩子在商场走失，希望配发防~   24 天         尉迟拟言        服务对象  36 人 持证 32
      逾期  案件0014 联秘 视听双重残疾，咨询两项补贴~   6 天          盲协、聋协      库存现金  2,108.60
      逾期  案件0015 联秘 肢体和智力双重残疾，需要辅~   1 天          肢协、智协      银行存款  392,724.16
      今天  案件0011 孤协 普通小学拒绝陪读，请求协调~   今天          尉迟拟言        基金      合计相符
      今天  案件0020 待分流 咨询无障碍改造项目今年的~   待分流        待分流
      本周  银行存款待勾对 12 笔                                      会计
      本周  2026-02 待结账                                            会计
      本周  2-27现金盘亏 5.00待处理                                   秘书
      本周  案件0017 联秘 社区工作人员来电，咨询残疾~   3-07          区示真
      待办  同意待补签 4 人
      待办  一年没核实 27 人
      待办  库存现金本月未盘点                                        出纳
      待办  案件0013 孤协 单亲家庭，照料压力大，希望~   已转介        尉迟拟言
      待办  案件0016 联秘 智力与精神双重残疾，家庭无~   协同办理      智协、精协
      待办  案件0018 联秘 家属来信反映补贴发放延迟，~   待补充        区示真
      待办  案件0019 联秘 建议阵地周末开放，方便上班~   已转介        区示真
      待办  无障碍出行项目 还有 13,200.00               3-31 到期     肢协
    ~~~~~~~~~~~~~~~~~
     Enter打开 +记一笔 y继续办 d办结 n新案件 p电话登记 c现金盘点 ;快速录入 F3查找 /筛选 m标记 0菜单 F2行模式 ?按键
    cursor 5,2
    ");
}

#[test]
fn the_first_page_in_forty_columns() {
    let office = Office::new();
    let t = Terminal::start(&office, (40, 24), &["--face", "screen"], &[], "演示");
    insta::assert_snapshot!(picture(&t), @r"
     [今日] 案件 服务对象 账目 更多
     今日                        1/17  演示
    ~
      要做的事  17 项
      急缓  事项         何时      等谁
    > 逾期  案件0012~    24 天     尉迟拟言
      逾期  案件0014~    6 天      盲协、聋~
      逾期  案件0015~    1 天      肢协、智~
      今天  案件0011~    今天      尉迟拟言
      今天  案件0020~    待分流    待分流
      本周  银行存款待~            会计
      本周  2026-02 待~            会计
      本周  2-27现金盘~            秘书
      本周  案件0017~    3-07      区示真
      待办  同意待补签~
    ~
      现在
      案件      在办 10 逾期 3 待分流 1
      服务对象  36 人 持证 32
      库存现金  2,108.60
      银行存款  392,724.16
      基金      合计相符
    ~
     Enter打开 0菜单 F2行模式 ?按键
    cursor 5,2
    ");
}

#[test]
fn the_first_page_in_lines() {
    let office = Office::new();
    let t = Terminal::lines(&office);
    insta::assert_snapshot!(t.shown().trim_end(), @r"
    联办 行模式 按命令行
    演示 3-04 周三 09:30 曾示平
    要做的事 17 项
    n 下一项 h 帮助
    1/17 逾期 案件0012>
    ");
}

#[test]
fn no_size_breaks_it_and_the_usual_one_comes_back_whole() {
    let office = Office::new();
    let mut t = Terminal::screen(&office, (80, 24));
    let before = t.shown();
    for size in [(20, 5), (1, 1), (2, 2), (200, 3), (3, 60), (80, 24)] {
        t.resize(size);
        t.press("Down");
        t.press("Up");
    }
    t.settle(Duration::from_millis(300), Duration::from_millis(100));
    assert_eq!(t.shown(), before);
}

#[test]
fn it_opens_on_a_terminal_of_one_cell_or_none() {
    for size in [(1, 1), (0, 0), (20, 5)] {
        let office = Office::new();
        let mut t = Terminal::start(&office, size, &["--face", "screen"], &[], "");
        t.settle(Duration::from_secs(3), Duration::from_millis(200));
        t.press("Down");
        t.resize((80, 24));
        t.wait("?按键");
        t.press("q");
        assert!(t.ended().success());
    }
}

#[test]
fn the_kernels_own_terminal_shows_the_page_too() {
    let office = Office::new();
    let t = Terminal::start(&office, (80, 24), &[], &[("TERM", "linux")], "?按键");
    assert!(t.shown().contains("案件0012"), "{}", t.shown());
}

#[test]
fn a_plain_terminal_gets_lines_without_a_single_escape() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &[], &[("TERM", "dumb")], "> ");
    t.types("n", |_, _| {});
    t.press("Enter");
    t.wait("2/");
    assert!(!t.written.contains(&0x1b), "{:?}", String::from_utf8_lossy(&t.written));
}

#[test]
fn someone_who_asks_for_access_gets_lines() {
    let office = Office::new();
    let t = Terminal::start(&office, (80, 24), &[], &[("ACCESSIBLE", "1")], "> ");
    assert!(t.shown().contains("1/"), "{}", t.shown());
}

#[test]
fn without_colour_there_is_none_and_the_mark_still_says_where() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], &[("NO_COLOR", "1")], "?按键");
    t.press("Down");
    let text = String::from_utf8_lossy(&t.written).into_owned();
    let coloured = |sgr: &str| {
        let mut numbers = sgr.split(';').filter_map(|n| n.parse::<u32>().ok());
        numbers.any(|n| (30..=38).contains(&n) || (40..=48).contains(&n) || (90..=107).contains(&n))
    };
    for piece in text.split("\u{1b}[").skip(1) {
        if let Some((sgr, _)) =
            piece.split_once('m').filter(|(s, _)| s.chars().all(|c| c.is_ascii_digit() || c == ';'))
        {
            assert!(!coloured(sgr), "{sgr:?}");
        }
    }
    let (line, before) = t.at_cursor();
    assert_eq!(before.trim(), ">", "{line}");
}
