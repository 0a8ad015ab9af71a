//! Commands on an office: making it, reading it, changing it, who may, what is refused and how.

use crate::program::{Ran, Room};

#[test]
fn the_demonstration_is_made_once_and_can_be_read() {
    let room = Room::demo();
    assert!(room.run(&["demo", "--no-open"]).ok().out.contains("没有重建"));
    let cases = room.json(&["list", "cases"]);
    assert!(cases.len() >= 9, "{cases:?}");
    assert!(cases.iter().all(|case| case["ref"].as_str().is_some_and(|r| r.starts_with("SL-"))));
    let text = room.run(&["list", "cases", "--where", "overdue"]).ok().out;
    assert!(text.lines().count() > 1 && text.contains("SL-2026-0014"), "{text}");
    assert_eq!(room.json(&["list", "people", "--limit", "3"]).len(), 3);
    let one = room.json(&["show", "C001"]).remove(0);
    assert_eq!(one["ref"], "C001");
    assert_eq!(one["name"], "沈*安");
    assert!(room.run(&["show", "C001"]).ok().out.contains("武康街道"));
    assert!(!room.run(&["show", "C001"]).ok().out.contains("330521194603179606"));
}

#[test]
fn a_book_is_listed_with_what_stands_between_its_rows_and_not_for_programs() {
    let room = Room::demo();
    let text = room.run(&["list", "journal"]).ok().out;
    for sum in ["上年结转", "本日合计", "本月合计", "本年累计", "= 各基金合计"] {
        assert!(text.contains(sum), "{sum} in {text}");
    }
    assert_eq!(text.matches("各基金合计").count(), 1, "{text}");
    let rows = room.json(&["list", "journal"]);
    let references =
        rows.iter().filter(|row| row["ref"].as_str().is_some_and(|r| r.contains("付") || r.contains("收")));
    assert_eq!(references.count(), rows.len());
    assert!(rows.iter().all(|row| !row["amount"].as_str().unwrap().contains(',')), "plain amounts");
    let csv = room.run(&["list", "journal", "--csv"]).ok().out;
    assert_eq!(csv.lines().count(), rows.len() + 1, "no sum is taken for a record");
}

#[test]
fn a_quick_line_is_read_back_and_written_only_on_yes() {
    let room = Room::demo();
    let line = "诉 C001 轮椅坏了 !周五";
    let read = room.json(&["do", line]).remove(0);
    assert_eq!(read["action"], "cases.register");
    assert_eq!(read["fields"]["due"], "2026-03-06");
    assert!(read["written"].is_null());
    let before = room.json(&["list", "cases"]).len();
    let done = room.json(&["do", line, "--yes"]).remove(0);
    let reference = done["written"].as_str().unwrap().to_owned();
    assert_eq!(room.json(&["list", "cases"]).len(), before + 1);
    assert_eq!(room.json(&["show", &reference])[0]["content"], "轮椅坏了");
    room.run(&["do", "哈 C001"]).refused(1, "不认识");
}

#[test]
fn quick_lines_come_from_standard_input_and_a_bad_one_keeps_none_back() {
    let room = Room::demo();
    let lines = "诉 C002 盲道被占\n坏 x\n诉 C003 电梯没有盲文\n";
    let input = room.write("lines.txt", lines.as_bytes());
    let mut command = room.command(&["do", "-", "--yes"]);
    command.stdin(std::fs::File::open(input).unwrap());
    let ran = Ran::from(command.output().unwrap()).refused(1, "坏");
    assert_eq!(ran.out.lines().filter(|line| line.contains("SL-2026-")).count(), 2, "{}", ran.out);
}

#[test]
fn any_action_is_done_by_name_and_leaves_its_trace() {
    let room = Room::demo();
    let made = room.json(&["act", "cases", "register", "client=C001", "content=电视坏了"]).remove(0);
    let case = made["ref"].as_str().unwrap().to_owned();
    room.run(&["act", &case, "note", "note=打过电话"]).ok();
    let trail = room.json(&["audit", &case]);
    assert_eq!(trail[0]["action"], "cases.note");
    assert!(trail.iter().any(|row| row["action"] == "cases.register" && row["operator"] == "曾示平"));
    room.run(&["act", &case, "fly"]).refused(2, "fly");
    room.run(&["act", &case, "note", "nte=x"]).refused(2, "nte");
    room.run(&["act", &case, "note", "x"]).refused(2, "栏名");
    room.run(&["act", &case, "note"]).refused(1, "不能空");
    room.run(&["act", "SL-2026-9999", "note", "note=x"]).refused(1, "SL-2026-9999");
    room.run(&["audit", "verify"]).ok();
}

#[test]
fn refusals_have_a_sentence_a_hint_and_an_exit_code() {
    let room = Room::demo();
    let said = room.run(&["list", "foo"]).refused(2, "foo").err;
    assert_eq!(said.lines().count(), 2, "{said}");
    let said = room.run(&["list", "foo", "--json"]).refused(2, "batch-no-subject").err;
    let error: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    assert!(error["error"]["hint"].as_str().unwrap().contains("cases"));
    room.run(&["xyz"]).refused(2, "xyz");
    room.run(&["--lang", "en", "list", "cases", "--limt", "3"]).refused(2, "no option --limt");
    room.run(&["--lang", "xx", "check"]).refused(2, "xx");
    room.run(&["--now", "soon", "check"]).refused(2, "soon");
    room.run(&["--as", "没人", "list", "cases"]).refused(3, "没人");
    room.run(&["audit"]).refused(3, "可以请");
    room.run(&["--file", "/nowhere.db", "list", "cases"]).refused(4, "/nowhere.db");
    room.write("other.db", b"this is no office");
    room.run(&["--file", "other.db", "check"]).refused(4, "other.db");
    room.run(&["report", "rp-99"]).refused(2, "rp-99");
}

#[test]
fn an_office_with_pins_lets_in_whoever_has_one() {
    let room = Room::new();
    let pin = room.write("pin", b"2468\n");
    let wrong = room.write("wrong", b"1111\n");
    let with = |pin: &str, args: &[&str]| {
        Ran::from(room.command(args).env("LIANBAN_PIN_FILE", pin).output().unwrap())
    };
    room.run(&["init", "--office", "样例", "--operator", "沈示安"]).refused(2, "PIN");
    with(&pin, &["init", "--office", "样例", "--operator", "沈示安"]).ok();
    with(&pin, &["init", "--office", "样例", "--operator", "沈示安"]).refused(4, "已经有了");
    room.run(&["list", "people"]).refused(3, "LIANBAN_PIN_FILE");
    with(&wrong, &["list", "people"]).refused(3, "PIN");
    with(&pin, &["list", "people"]).ok();
    with(&pin, &["operator", "add", "样新", "--post", "会计"]).ok();
    with(&pin, &["operator", "list"]).refused(3, "--as");
    let by_founder = |args: &[&str]| with(&pin, &[&["--as", "ssa"], args].concat());
    by_founder(&["operator", "post", "样新", "出纳"]).refused(1, "会计");
    by_founder(&["operator", "post", "样新", "会计", "--end"]).ok();
    by_founder(&["operator", "post", "样新", "出纳"]).ok();
    by_founder(&["operator", "post", "样新", "liaison"]).refused(2, "协会");
    let mut set = room.command(&["operator", "pin", "样新", "--as", "沈示安"]);
    set.env("LIANBAN_PIN_FILE", &pin).env("LIANBAN_NEW_PIN_FILE", &wrong);
    Ran::from(set.output().unwrap()).ok();
    // It is somebody else's PIN: nothing goes before it is changed, and only the old one changes it.
    with(&wrong, &["list", "people", "--as", "样新"]).refused(3, "别人设的");
    let own = room.write("own", b"8642\n");
    let renew = |old: &str, new: &str| {
        let mut set = room.command(&["operator", "pin", "样新", "--as", "样新"]);
        Ran::from(set.env("LIANBAN_PIN_FILE", old).env("LIANBAN_NEW_PIN_FILE", new).output().unwrap())
    };
    renew(&pin, &own).refused(3, "PIN 不对");
    renew(&wrong, &wrong).refused(3, "一样");
    renew(&wrong, &own).ok();
    with(&own, &["list", "people", "--as", "样新"]).ok();
    with(&own, &["operator", "add", "样二", "--as", "样新"]).refused(3, "岗位");
    with(&pin, &["audit", "verify", "--as", "沈示安"]).ok();
}

#[test]
fn a_backup_is_put_back_and_the_present_file_kept() {
    let room = Room::demo();
    room.run(&["backup", "-o", "copy.db"]).ok();
    room.run(&["backup", "-o", "copy.db"]).refused(4, "已经有了");
    let before = room.json(&["list", "cases"]).len();
    room.run(&["do", "诉 C001 轮椅坏了", "--yes"]).ok();
    room.run(&["restore", "copy.db"]).refused(3, "可以请");
    let restored = room.json(&["restore", "copy.db", "--as", "沈示安"]).remove(0);
    assert!(std::path::Path::new(restored["kept"].as_str().unwrap()).exists());
    assert_eq!(room.json(&["list", "cases"]).len(), before);
    assert_eq!(room.json(&["check"])[0]["whole"], true);
}

#[test]
fn a_demonstration_of_any_size_is_generated() {
    let room = Room::new();
    let said = room.run(&["demo", "--no-open", "--scale", "50"]).ok();
    assert!(said.out.contains("office.db"));
    assert!(room.json(&["list", "people"]).len() >= 80);
    room.run(&["demo", "--no-open", "--scale", "50"]).refused(2, "已经有了");
    room.run(&["check"]).ok();
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::Read;
    let room = Room::new();
    room.run(&["demo", "--no-open", "--scale", "3000"]).ok();
    let mut command = room.command(&["list", "people", "--json"]);
    let mut child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success());
    assert!(ended.stderr.is_empty());
}

#[test]
fn without_a_terminal_the_desk_opens_in_lines_and_never_on_a_screen() {
    let room = Room::demo();
    let said = room.run(&[]).ok().out;
    assert!(said.contains("行模式") && said.contains("曾示平"), "{said}");
    room.run(&["--face", "screen"]).refused(2, "--face lines");
    assert!(room.run(&["--as", "缪示恩", "demo"]).ok().out.contains("缪示恩"));
}

#[test]
fn keys_and_help_need_no_office() {
    let room = Room::new();
    assert!(room.run(&["keys"]).ok().out.contains("switch-face"));
    room.run(&["keys", "--check"]).ok();
    room.run(&["keys", "--keymap", "none-such"]).refused(1, "none-such");
    let help = room.run(&["--help"]).ok().out;
    assert!(help.contains("演示办公室") && help.contains("用法"), "{help}");
    assert!(room.run(&["--lang", "en", "import", "--help"]).ok().out.contains("Usage"));
    room.run(&["--version"]).ok();
}

#[test]
fn a_sealed_backup_is_opened_by_a_standard_archiver_and_put_back() {
    let room = Room::demo();
    let out = room.json(&["backup", "--sealed", "-o", "out.zip"]).remove(0);
    let passphrase = out["passphrase"].as_str().unwrap().to_owned();
    assert_eq!(passphrase.len(), 29, "{passphrase}");
    room.run(&["backup", "--sealed", "-o", "out.zip"]).refused(4, "已经有了");
    room.run(&["backup", "--sealed"]).refused(2, "-o");
    let short = room.write("short", b"12345678\n");
    let mut with = room.command(&["backup", "--sealed", "-o", "other.zip"]);
    Ran::from(with.env("LIANBAN_SEAL_FILE", short).output().unwrap()).refused(2, "16");
    assert!(!room.path("other.zip").exists() && !room.path("out.zip.plain").exists());
    let sealed = std::fs::read(room.path("out.zip")).unwrap();
    assert!(!sealed.windows(13).any(|bytes| bytes == b"SQLite format"), "it lies open");
    if std::process::Command::new("7z").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "7z is not installed");
        println!("skipped: 7z is not installed");
        return;
    }
    let open = |passphrase: &str| {
        let mut archiver = std::process::Command::new("7z");
        archiver.arg("x").arg("-y").arg(format!("-p{passphrase}")).arg("-oopened").arg("out.zip");
        archiver.current_dir(room.path("")).output().unwrap().status.success()
    };
    assert!(!open("wrong-wrong-wrong"));
    assert!(open(&passphrase));
    room.run(&["restore", "opened/office.db", "--as", "沈示安"]).ok();
    room.run(&["check"]).ok();
}
