//! Forms: registering a case, a wrong field, going to and fro, putting away, locks and secrets.

use std::cell::RefCell;

use insta::assert_snapshot;
use lianban::desk::view::{Choice, Form, FormField, Guard, Part};
use lianban::desk::{Intent, Locale, View};
use lianban::values::lang::Lang;

use super::super::session::{Office, Shared, keep};
use super::sample::{cases, fills, register, steps};
use super::{Small, talk};

const CERTIFICATE: &str = "33052119850612981611";

/// The list of cases, from which the form opens.
pub(super) fn desk(view: &mut View, intent: &Intent) {
    match intent {
        Intent::Act(name) if name == "cases.register" => *view = register(),
        other if view.form().is_some() => fills(view, other),
        other => steps(view, other),
    }
}

#[test]
fn a_case_costs_the_word_the_certificate_the_content_and_one_enter() {
    let talked = talk(cases(3), Box::new(desk), &["新案件", CERTIFICATE, "小区盲道被占用", ""]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> 新案件
    新登记
    证号或姓名> 33052119850612981611
    新服务对象 男 40岁 视力一级
    内容> 小区盲道被占用
    分流建议：盲协 因为视力残疾
    办理期限：3-19 周四 (诉求 普通 15天)
    登记 盲协 3-19 [是]>
    已登记 案件0041 盲协
    待接办 盲协 3-19 周四
    案件0041> ^D
    ");
    assert_eq!(talked.heard.last(), Some(&Intent::Submit));
}

/// The same list; the form that opens has nothing to ask.
fn nothing_to_ask(view: &mut View, intent: &Intent) {
    match intent {
        Intent::Submit | Intent::Cancel => *view = cases(3),
        other => desk(view, other),
    }
    for part in &mut view.parts {
        if let Part::Form(form) = part {
            (form.fields, form.ready) = (Vec::new(), true);
            form.submit = "同意换班".to_owned();
        }
    }
}

#[test]
fn a_form_that_asks_nothing_wants_a_yes() {
    let talked = talk(cases(3), Box::new(nothing_to_ask), &["新案件", ""]);
    assert!(talked.shown.contains("同意换班 [是]>"), "{}", talked.shown);
    assert!(talked.heard.contains(&Intent::Submit), "{}", talked.shown);
    let talked = talk(cases(3), Box::new(nothing_to_ask), &["新案件", "否"]);
    assert!(
        !talked.heard.contains(&Intent::Submit) && talked.heard.contains(&Intent::Cancel),
        "{}",
        talked.shown
    );
}

#[test]
fn the_first_answer_may_stand_behind_the_word() {
    let talked = talk(cases(3), Box::new(desk), &[&format!("新案件 {CERTIFICATE}"), "小区盲道被占用", ""]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> 新案件 33052119850612981611
    新服务对象 男 40岁 视力一级
    内容> 小区盲道被占用
    分流建议：盲协 因为视力残疾
    办理期限：3-19 周四 (诉求 普通 15天)
    登记 盲协 3-19 [是]>
    已登记 案件0041 盲协
    待接办 盲协 3-19 周四
    案件0041> ^D
    ");
}

#[test]
fn a_wrong_field_says_what_is_allowed_and_keeps_the_text() {
    let lines = ["新案件", "电话 1300000001", "", "13000000001", "渠道", "？", "２", "渠道 来", "<", "list"];
    let talked = talk(cases(3), Box::new(desk), &lines);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> 新案件
    新登记
    证号或姓名> 电话 1300000001
    电话要 11 位，这里 10 位
    电话 [1300000001]>
    电话要 11 位，这里 10 位
    电话 [1300000001]> 13000000001
    证号或姓名> 渠道
    渠道 1-3 [1 窗口]> ？
    1 窗口
    2 电话
    3 来信
    < 上一项 - 清空 . 保存 back 放下
    渠道 1-3 [1 窗口]> ２
    电话
    证号或姓名> 渠道 来
    来信
    证号或姓名> <
    证号或姓名> list
    证号或姓名：要填
    电话：13000000001
    渠道：来信
    内容：要填
    证号或姓名> ^D
    ");
}

#[test]
fn the_last_field_is_looked_at_before_saving_and_a_refusal_is_said_once() {
    let lines = ["新案件", CERTIFICATE, "盲", "盲道", "电话 110", "", "13000000001", ""];
    let talked = talk(cases(3), Box::new(desk), &lines);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> 新案件
    新登记
    证号或姓名> 33052119850612981611
    新服务对象 男 40岁 视力一级
    内容> 盲
    内容：至少两个字 写清何时何地
    内容 [盲]> 盲道
    分流建议：盲协 因为视力残疾
    办理期限：3-19 周四 (诉求 普通 15天)
    登记 盲协 3-19 [是]> 电话 110
    登记 盲协 3-19 [是]>
    没有 110 开头的电话
    电话 [110]> 13000000001
    登记 盲协 3-19 [是]>
    已登记 案件0041 盲协
    待接办 盲协 3-19 周四
    案件0041> ^D
    ");
}

#[test]
fn no_at_the_end_goes_back_to_the_fields_and_a_field_can_be_named() {
    let lines = ["新案件", CERTIFICATE, "盲道", "n", "", "13000000001", "2", "盲道被占用", "渠道 来信", "。"];
    let talked = talk(cases(3), Box::new(desk), &lines);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> 新案件
    新登记
    证号或姓名> 33052119850612981611
    新服务对象 男 40岁 视力一级
    内容> 盲道
    分流建议：盲协 因为视力残疾
    办理期限：3-19 周四 (诉求 普通 15天)
    登记 盲协 3-19 [是]> n
    证号或姓名 [330521]>
    电话> 13000000001
    渠道 1-3 [1 窗口]> 2
    电话
    内容 [盲道]> 盲道被占用
    登记 盲协 3-19 [是]> 渠道 来信
    登记 盲协 3-19 [是]> 。
    已登记 案件0041 盲协
    待接办 盲协 3-19 周四
    案件0041> ^D
    ");
}

#[test]
fn a_long_text_may_begin_with_the_name_of_a_field() {
    let talked = talk(cases(3), Box::new(desk), &["新案件", CERTIFICATE, "电话 打不通", " 退出", "."]);
    assert!(talked.heard.contains(&Intent::Edit("电话 打不通".into())), "{}", talked.shown);
}

#[test]
fn putting_a_form_away_says_that_the_draft_is_kept() {
    let talked = talk(cases(3), Box::new(desk), &["新案件", "沈示航", "back", "新案件", "\u{3}", "\u{3}"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> 新案件
    新登记
    证号或姓名> 沈示航
    内容> back
    草稿已存
    案件 3 项
    1/3 案件0001 肢协> 新案件
    新登记
    证号或姓名> ^C
    草稿已存
    案件 3 项
    1/3 案件0001 肢协> ^C
    退出请输入 quit 或 退出
    1/3 案件0001 肢协> ^D
    ");
}

pub(super) fn sign_in() -> View {
    let pin = FormField {
        name: "pin".into(),
        label: "PIN".into(),
        secret: true,
        required: true,
        open: true,
        ..FormField::default()
    };
    let form = Form { name: "unlock".into(), fields: vec![pin], ..Form::default() };
    View { guard: Guard::Locked, page: "unlock".into(), parts: vec![Part::Form(form)], ..View::default() }
}

#[test]
fn a_line_typed_while_the_desk_locked_itself_waits_for_the_pin() {
    let mut looks = 0;
    let mut kept = cases(3);
    let locking = move |view: &mut View, intent: &Intent| match intent {
        Intent::Look => {
            looks += 1;
            if looks == 2 {
                kept = std::mem::replace(view, sign_in());
            }
        }
        Intent::Edit(_) if view.guard == Guard::Locked => {
            if let Some(Part::Form(form)) = view.parts.get_mut(0) {
                form.ready = true;
            }
        }
        Intent::Submit if view.guard == Guard::Locked => *view = kept.clone(),
        other => steps(view, other),
    };
    let talked = talk(cases(3), Box::new(locking), &["n", "3", "2468"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> n
    2/3 案件0002 肢协> 3
    PIN>
    案件 3 项
    3/3 案件0003 肢协> ^D
    ");
    assert!(!talked.shown.contains("2468"));
}

#[test]
fn several_that_fit_are_read_out_and_asked_about() {
    let several = |view: &mut View, intent: &Intent| {
        fills(view, intent);
        let Some(Part::Form(form)) = view.parts.get_mut(0) else { return };
        let typed = form.fields[0].value == "沈" && form.focus == 0;
        let person =
            |label: &str| Choice { key: String::new(), value: format!("#{label}"), label: label.into() };
        form.fields[0].completions = if typed {
            vec![person("沈示航 男 40岁"), person("沈拟文 女 31岁")]
        } else {
            Vec::new()
        };
        if *intent == Intent::Take(2) {
            form.fields[0].value = "沈拟文".into();
            form.fields[0].open = false;
        }
    };
    let talked = talk(register(), Box::new(several), &["沈", "2", "盲道", ""]);
    assert_snapshot!(talked.shown, @r"
    新登记
    证号或姓名> 沈
    1 沈示航 男 40岁
    2 沈拟文 女 31岁
    证号或姓名 1-2 [沈]> 2
    沈拟文
    内容> 盲道
    分流建议：盲协 因为视力残疾
    办理期限：3-19 周四 (诉求 普通 15天)
    登记 盲协 3-19 [是]>
    已登记 案件0041 盲协
    待接办 盲协 3-19 周四
    回车 读 act 动作 b 返回 h 帮助
    案件0041> ^D
    ");
    assert!(talked.heard.contains(&Intent::Take(2)));
}

#[test]
fn what_is_being_typed_reaches_the_desk_but_never_a_pin_prompt() {
    let locale = Locale::new(Lang::Zh);
    let mut small = Small { view: register(), locale, does: Box::new(fills), heard: Vec::new() };
    let office: &mut dyn Office = &mut small;
    let shared: Shared<'_> = RefCell::new(office);
    for line in ["沈", "沈示", "<", ":quit", "bac", "back"] {
        keep(&shared, line);
    }
    assert_eq!(small.heard, [Intent::Edit("沈".into()), Intent::Edit("沈示".into())]);

    let mut locked = Small {
        view: register(),
        locale: Locale::new(Lang::Zh),
        does: Box::new(|view, intent| {
            if *intent == Intent::Look {
                *view = sign_in();
            }
        }),
        heard: Vec::new(),
    };
    let office: &mut dyn Office = &mut locked;
    let shared: Shared<'_> = RefCell::new(office);
    keep(&shared, "沈");
    assert!(locked.heard.is_empty());
}
