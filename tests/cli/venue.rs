//! Bookings from a script: a line books, two at the same instant get one room once, calendars go out to the real khal and
//! come in from other programs.

use std::path::Path;
use std::process::Command;

use crate::program::Room;

const WARDEN: &[&str] = &["--as", "曾示平"];

fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, WARDEN].concat()
}

#[test]
fn a_line_books_and_what_is_taken_says_by_whom_and_what_else() {
    let room = Room::demo();
    let said = room.run(&with(&["do", "订 d n3 15-17 b 盲文班", "--yes"])).ok().out;
    assert!(
        said.contains("已订 YY-2026-047 3-11 周三 15:00-17:00 多功能活动区 盲协 盲文班 已确认"),
        "{said}"
    );
    room.run(&with(&["do", "b xhd n3 16-17 i 手工", "--yes"])).refused(1, "盲协 盲文班");
    let said = room.run(&with(&["do", "空 w3 2h d", "--yes"])).ok().out;
    assert!(said.contains("3-4 周三 多功能活动区 09:30-13:30 15:00-17:00"), "{said}");
    assert!(
        room.run(&with(&["report", "rp-10", "--from", "2026-03-09", "--to", "2026-03-15"]))
            .ok()
            .out
            .contains("盲文班")
    );
}

#[test]
fn of_two_at_the_same_instant_exactly_one_gets_the_room() {
    let room = Room::demo();
    for hour in 9..13 {
        // The one wants the area, the other a room in it.
        let lines =
            [format!("订 d n4 {hour}-{} b 甲班", hour + 1), format!("订 dhd n4 {hour}-{} i 乙班", hour + 1)];
        let both: Vec<_> = lines
            .iter()
            .map(|line| {
                let mut command = room.command(&with(&["do", line, "--yes"]));
                command
                    .stdout(std::process::Stdio::piped())
                    .stderr(std::process::Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let ended: Vec<_> = both.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        let won = ended.iter().filter(|done| done.status.success()).count();
        let said: String =
            ended.iter().map(|done| String::from_utf8_lossy(&done.stderr).into_owned()).collect();
        assert_eq!(won, 1, "{said}");
        assert!(
            said.contains("被占用")
                && said.contains(if ended[0].status.success() { "甲班" } else { "乙班" }),
            "{said}"
        );
    }
}

/// Whether khal is there. Where the checks run it must be; elsewhere its absence is said.
fn khal_is_there() -> bool {
    let there = Command::new("khal").arg("--version").output().is_ok_and(|done| done.status.success());
    assert!(there || std::env::var_os("CI").is_none(), "khal is not installed: apt-get install khal");
    if !there {
        println!("not checked: khal is not installed (apt-get install khal)");
    }
    there
}

/// Takes a calendar file into a new khal and lists what it then knows of two months.
fn khal(home: &Path, file: &Path) -> String {
    let events = home.join("events");
    std::fs::create_dir_all(&events).unwrap();
    let config = format!(
        "[calendars]\n[[office]]\npath = {}\ntype = calendar\n[locale]\nlocal_timezone = Asia/Shanghai\n\
         default_timezone = Asia/Shanghai\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n\
         datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {}\n",
        events.display(),
        home.join("khal.db").display()
    );
    std::fs::write(home.join("khal.conf"), config).unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new("khal");
        command
            .arg("-c")
            .arg(home.join("khal.conf"))
            .args(args)
            .env("LANG", "C.UTF-8")
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", home);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{args:?} {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    run(&["import", "--batch", "-a", "office", &file.display().to_string()]);
    run(&[
        "list",
        "--day-format",
        "",
        "--format",
        "{start-long}|{end-long}|{title}|{location}",
        "2026-01-01",
        "180d",
    ])
}

#[test]
fn khal_shows_the_same_events_as_the_office() {
    if !khal_is_there() {
        return;
    }
    let room = Room::demo();
    room.run(&with(&["do", "订 d n3 15-17 b 盲文班 *4", "--yes"])).ok();
    room.run(&with(&["export", "venue", "-o", "all.ics"])).ok();
    let listed = khal(&room.path("whole"), &room.path("all.ics"));
    let mut theirs: Vec<&str> = listed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    theirs.sort_unstable();
    let mut ours = events(&room);
    ours.sort_unstable();
    assert_eq!(theirs, ours);
    assert!(
        ours.iter().any(|line| line == "2026-03-25 15:00|2026-03-25 17:00|盲协 盲文班|多功能活动区"),
        "{ours:#?}"
    );
    // A calendar a room: together they hold what the whole one holds.
    std::fs::create_dir(room.path("rooms")).unwrap();
    room.run(&with(&["export", "venue", "-o", "rooms"])).ok();
    let hall = khal(&room.path("hall"), &room.path("rooms/Z03-R1.ics"));
    assert!(hall.contains("世界孤独症日宣传") && !hall.contains("烘焙手工班"), "{hall}");
    let each = std::fs::read_dir(room.path("rooms")).unwrap();
    let events = each
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap().matches("BEGIN:VEVENT").count());
    assert_eq!(events.sum::<usize>(), ours.len());
}

/// What the file itself says holds a room, as khal should show it.
fn events(room: &Room) -> Vec<String> {
    let file = rusqlite::Connection::open(room.path("office.db")).unwrap();
    let sql = "SELECT replace(starts_at, 'T', ' ') || '|' || replace(ends_at, 'T', ' ') || '|' ||
                 CASE org WHEN 'BL' THEN '盲协' WHEN 'DF' THEN '聋协' WHEN 'PD' THEN '肢协' WHEN 'ID' THEN '智协'
                          WHEN 'MD' THEN '精协' WHEN 'AS' THEN '孤协' ELSE '联秘' END || ' ' ||
                 CASE b.kind WHEN '个案' THEN '个案' ELSE purpose END || '|' || z.name
               FROM booking AS b JOIN zone AS z ON z.id = b.zone
               WHERE status IN ('待审核', '已确认', '使用中', '已完成')";
    let mut read = file.prepare(sql).unwrap();
    read.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_calendar_of_another_program_comes_in_once() {
    let room = Room::demo();
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//ZH\r\n\
                BEGIN:VEVENT\r\nUID:a1\r\nSUMMARY:盲协 读书会\r\nLOCATION:大活动室\r\nDTSTART;TZID=Asia/Shanghai:20260518T140000\r\n\
                DTEND;TZID=Asia/Shanghai:20260518T160000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\n\
                BEGIN:VEVENT\r\nUID:a2\r\nSUMMARY:工作例会\r\nLOCATION:会议室\r\nDTSTART:20260519T010000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n\
                END:VCALENDAR\r\n";
    room.write("other.ics", text.as_bytes());
    room.run(&with(&["import", "venue", "other.ics"])).ok();
    let said = room.run(&with(&["report", "rp-10", "--from", "2026-05-18", "--to", "2026-06-05"])).ok().out;
    assert_eq!(said.matches("读书会").count(), 3, "{said}");
    assert!(said.contains("09:00-10:00") && said.contains("联秘"), "{said}");
    let again = room.run(&with(&["import", "venue", "other.ics"]));
    assert!(
        again.code == 1 && format!("{}{}", again.out, again.err).contains("已被占用：盲协 读书会"),
        "{}{}",
        again.out,
        again.err
    );
}
