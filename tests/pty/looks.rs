//! How the first page looks, at every size and on every kind of terminal.

use std::time::Duration;

use super::office::Office;
use super::terminal::Terminal;

/// The screen under its first line, without the blanks at the ends of lines; stretches of empty lines are counted. The
/// first line names every tab, and so changes with every subject: it is looked at by itself.
fn picture(terminal: &Terminal) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in terminal.shown().lines().skip(1).map(str::trim_end) {
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

/// The queue of cases: a page that other subjects say nothing on.
fn queue(office: &Office, size: (u16, u16)) -> Terminal {
    let mut t = Terminal::start(office, size, &["--face", "screen"], &[], "演示");
    t.press("2");
    t.wait("逾期24天");
    t
}

#[test]
fn a_list_at_the_usual_size() {
    let office = Office::new();
    insta::assert_snapshot!(picture(&queue(&office, (80, 24))), @r"
     今日 > 案件                                                         1/10  演示
    ~
      待办  10 项
      [待办] 待分流 我的 等补充 逾期 本协会 盲协 聋协 肢协 智协 精协 孤协 协同 ~
      期限      编号  牵头      事项  服务对象  内容                        状态
    > 逾期24天  0012  孤协      权益  孙*静     孩子在商场走失，希望配发~   待补充
      逾期6天   0014  联秘      政策  林*宁     视听双重残疾，咨询两项补~   协同办理
      逾期1天   0015  联秘      专项  何*秋     肢体和智力双重残疾，需要~   协同办理
      今天      0011  孤协      诉求  徐*春     普通小学拒绝陪读，请求协~   办理中
      3-07      0017  联秘      政策  未记身份  社区工作人员来电，咨询残~   办理中
      3-11      0013  孤协      摸排  胡*文     单亲家庭，照料压力大，希~   已转介
      3-17      0020  待分流    政策  未记身份  咨询无障碍改造项目今年的~   待分流
      3-19      0016  联秘      摸排  郭*冬     智力与精神双重残疾，家庭~   协同办理
      3-25      0018  联秘      权益  未记身份  家属来信反映补贴发放延迟~   待补充
      3-28      0019  联秘      诉求  未记身份  建议阵地周末开放，方便上~   已转介
    ~~~~~~~
     Enter打开 +记一笔 y继续办 d办结 n新案件 p电话登记 0菜单 F2行模式 ?按键
    cursor 6,2
    ");
}

#[test]
fn a_list_and_its_detail_on_a_wide_terminal() {
    let office = Office::new();
    insta::assert_snapshot!(picture(&queue(&office, (120, 40))), @r"
     今日 > 案件                                                                                                 1/10  演示
    ~
      待办  10 项                                                                     编号      SL-2026-0012
      [待办] 待分流 我的 等补充 逾期 本协会 盲协 聋协 肢协 智协 精协 孤协 协同 ~      状态      待补充
      期限      编号  牵头      事项  服务对象  内容                      状态        期限      2-8 周日 逾期24天
    > 逾期24天  0012  孤协      权益  孙*静     孩子在商场走失，希望配~   待补充      牵头      孤协
      逾期6天   0014  联秘      政策  林*宁     视听双重残疾，咨询两项~   协同办理    服务对象  C030 孙*静 精神三级
      逾期1天   0015  联秘      专项  何*秋     肢体和智力双重残疾，需~   协同办理    事项      权益
      今天      0011  孤协      诉求  徐*春     普通小学拒绝陪读，请求~   办理中      内容      孩子在商场走失，希望配发防走
      3-07      0017  联秘      政策  未记身份  社区工作人员来电，咨询~   办理中                失手环。
      3-11      0013  孤协      摸排  胡*文     单亲家庭，照料压力大，~   已转介      紧急      加急
      3-17      0020  待分流    政策  未记身份  咨询无障碍改造项目今年~   待分流      受理时间  2-5 周四 12:50
      3-19      0016  联秘      摸排  郭*冬     智力与精神双重残疾，家~   协同办理    渠道      电话
      3-25      0018  联秘      权益  未记身份  家属来信反映补贴发放延~   待补充      承办人    尉迟拟言
      3-28      0019  联秘      诉求  未记身份  建议阵地周末开放，方便~   已转介      跑次      0
                                                                                      登记人    曾示平
    ~~~~~~~~~~~~~~~~~~~~~~
     Enter打开 +记一笔 y继续办 d办结 n新案件 p电话登记 ;快速录入 F3查找 /筛选 m标记 Esc返回 0菜单 F2行模式 ?按键
    cursor 6,2
    ");
}

#[test]
fn a_list_in_forty_columns() {
    let office = Office::new();
    insta::assert_snapshot!(picture(&queue(&office, (40, 24))), @r"
     今日 > 案件                 1/10  演示
    ~
      待办  10 项
      [待办] 待分流 我的 等补充 逾期 ~
      期限      编号  牵头      事项  服务~
    > 逾期24天  0012  孤协      权益  孙*静
      逾期6天   0014  联秘      政策  林*宁
      逾期1天   0015  联秘      专项  何*秋
      今天      0011  孤协      诉求  徐*春
      3-07      0017  联秘      政策  未记~
      3-11      0013  孤协      摸排  胡*文
      3-17      0020  待分流    政策  未记~
      3-19      0016  联秘      摸排  郭*冬
      3-25      0018  联秘      权益  未记~
      3-28      0019  联秘      诉求  未记~
    ~~~~~~~
     Enter打开 0菜单 F2行模式 ?按键
    cursor 6,2
    ");
}

/// What the first page says is every subject's; that it makes sense at a glance is its own.
#[test]
fn the_first_page_says_what_waits_and_how_things_stand() {
    for size in [(80, 24), (120, 40), (40, 24)] {
        let office = Office::new();
        let t = Terminal::start(&office, size, &["--face", "screen"], &[], "演示");
        let shown = t.shown();
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines.first().is_some_and(|l| l.trim_start().starts_with("[今日] 案件 场地")), "{shown}");
        assert!(lines.iter().any(|l| l.trim_start().starts_with("要做的事  ")), "{shown}");
        assert_eq!(lines.iter().filter(|l| l.starts_with('>')).count(), 1, "one row is marked\n{shown}");
        let (line, before) = t.at_cursor();
        assert!(line.starts_with("> 逾期") && before == "> ", "the cursor stands on it\n{shown}");
        let press = ["逾期", "今天", "本周"];
        let duties =
            lines.iter().filter(|l| press.iter().any(|p| l.trim_start_matches(['>', ' ']).starts_with(p)));
        assert!(duties.count() >= 6, "what is most pressing is in sight\n{shown}");
        assert!(shown.contains("现在") && shown.contains("在办 10 逾期 3 待分流 1"), "{shown}");
        let hints = lines.iter().rev().find(|l| !l.trim().is_empty()).copied().unwrap_or_default();
        assert!(hints.contains("Enter打开") && hints.contains("?按键"), "{shown}");
    }
}

#[test]
fn the_first_page_in_lines() {
    let office = Office::new();
    let t = Terminal::lines(&office);
    let shown = t.shown();
    let lines: Vec<&str> = shown.trim_end().lines().map(str::trim_end).collect();
    let [face, day, keys, prompt] = lines.as_slice() else { panic!("four lines, not\n{shown}") };
    assert_eq!((*face, *day, *keys), ("行模式 按命令行", "演示 3-04 周三 曾示平", "h 帮助"));
    let many = prompt.strip_prefix("1/").and_then(|rest| rest.strip_suffix(" 逾期 案件0012>"));
    assert!(many.is_some_and(|n| n.parse::<usize>().is_ok()), "{prompt}");
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
