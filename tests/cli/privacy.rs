//! What leaves the office: one person's own data, and every table by who takes it, with whose name and reason it goes.

use crate::program::Room;

/// The subjects, as the program names them when asked for one there is not.
fn subjects(room: &Room) -> Vec<String> {
    let said = room.run(&["export", "nothing", "-o", "x.csv"]).refused(2, "people").err;
    let known =
        said.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    known.filter(|word| *word != "nothing").map(str::to_owned).collect()
}

#[test]
fn a_person_gets_all_that_is_kept_about_them_in_one_file() {
    let room = Room::demo();
    room.run(&["act", "C001", "reveal", "reason=核对证件"]).ok();
    for ending in ["txt", "json", "csv", "xlsx"] {
        let file = format!("own.{ending}");
        let args = ["export", "people", "--of", "C001", "--reason", "本人申请", "-o", &file];
        room.run(&args).ok();
        room.run(&args).refused(1, "已经有了");
        let bytes = std::fs::read(room.path(&file)).unwrap();
        if ending != "xlsx" {
            let text = String::from_utf8(bytes).unwrap();
            for told in ["330521194603179606", "核对证件", "导出 曾示平", "本人申请"] {
                assert!(text.contains(told), "{ending}: {told}");
            }
        }
    }
    let said = room.run(&["export", "people", "--of", "C001", "--reason", "本人申请", "--json"]).ok().out;
    assert!(
        serde_json::from_str::<serde_json::Value>(&said).unwrap()["parts"].as_array().unwrap().len() >= 3
    );
    room.run(&["export", "people", "--of", "C001"]).refused(1, "reason");
    room.run(&["export", "people", "--of", "SL-2026-0012", "--reason", "x"]).refused(1, "SL-2026-0012");
    room.run(&["export", "people", "--of", "C001", "--reason", "x", "--as", "缪示恩"]).refused(3, "可以请");
    let trail = room.json(&["audit", "C001"]);
    let taken = trail.iter().filter(|row| row["action"] == "people.own-data" && row["reason"] == "本人申请");
    assert_eq!(taken.count(), 5, "{trail:?}");
    room.run(&["audit", "verify"]).ok();
}

#[test]
fn the_action_writes_a_file_that_only_the_office_reads() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::demo();
    room.run(&["act", "C001", "own-data"]).refused(1, "reason");
    let said = room.run(&["act", "C001", "own-data", "reason=本人申请", "format=json"]).ok().out;
    let folder = room.path("office.db.handed");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert!(said.contains(files[0].to_str().unwrap()), "{said}");
    assert_eq!(std::fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    let own: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&files[0]).unwrap()).unwrap();
    assert!(own.to_string().contains("330521194603179606"));
    // A week later it goes with the next one.
    let later = ["act", "C002", "own-data", "reason=本人申请", "--now", "2026-03-12T09:30"];
    room.run(&later).ok();
    assert!(!files[0].exists());
}

#[test]
fn every_table_goes_out_masked_to_who_works_with_it_and_whole_only_to_those_who_answer_for_it() {
    let room = Room::demo();
    let subjects = subjects(&room);
    assert!(subjects.len() > 30, "{subjects:?}");
    let paper = "330521194603179606";
    // A secretary, somebody of general affairs, the accountant, the cashier, the head of an association.
    let people =
        [("沈示安", true), ("曾示平", true), ("仇拟文", false), ("解样和", false), ("吕拟光", false)];
    let (mut masked, mut refused, mut whole) = (0, 0, 0);
    for subject in &subjects {
        for (who, may) in people {
            let file = format!("{subject}-{who}.csv");
            let ran = room.run(&["export", subject, "-o", &file, "--as", who]);
            // Lists with people in them are for who meets people; who may sign in, for who decides it.
            let kept_from: &[&str] = match subject.as_str() {
                "people" | "cases" | "staff" | "leave" | "attendance" => &["仇拟文", "解样和"],
                "operators" => &["曾示平", "仇拟文", "解样和", "吕拟光"],
                _ => &[],
            };
            if kept_from.contains(&who) {
                assert_eq!(ran.code, 3, "{subject} {who}: {}", ran.out);
                assert!(!room.path(&file).exists(), "{subject} as {who}");
                refused += 1;
            } else {
                assert_eq!(ran.code, 0, "{subject} {who}: {}", ran.err);
                let text = std::fs::read_to_string(room.path(&file)).unwrap();
                assert!(!text.contains(paper), "{subject} as {who}");
                assert!(text.contains(&format!("导出 {who} 2026-03-04 09:30")), "{subject} as {who}");
                masked += 1;
            }
            let file = format!("{subject}-{who}-whole.csv");
            let ran = room.run(&["export", subject, "-o", &file, "--as", who, "--reason", "年审"]);
            if may && !kept_from.contains(&who) {
                assert_eq!(ran.code, 0, "{subject} {who}: {}", ran.err);
                let text = std::fs::read_to_string(room.path(&file)).unwrap();
                assert!(text.contains(&format!("导出 {who}")) && text.contains("年审"), "{subject} as {who}");
                whole += 1;
            } else {
                assert_eq!(ran.code, 3, "{subject} {who}: {}", ran.out);
                assert!(!room.path(&file).exists(), "{subject} as {who}");
                refused += 1;
            }
        }
    }
    let trail = room.json(&["audit", "--as", "沈示安", "--limit", "1000"]);
    let noted =
        trail.iter().filter(|row| row["action"].as_str().is_some_and(|a| a.ends_with(".export"))).count();
    assert_eq!(noted, masked + whole, "each of them is in the audit");
    println!("exports by post: {masked} masked, {whole} whole and noted, {refused} refused");
}

/// What the audit says of the last thing that went out.
fn noted(room: &Room) -> (String, String, String) {
    let row = room.json(&["audit", "--as", "沈示安", "--limit", "1"]).remove(0);
    let said = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    (said("action"), said("operator"), said("changes"))
}

#[test]
fn whatever_the_form_it_says_who_took_it_out_is_noted_and_can_be_taken_in_again() {
    let room = Room::demo();
    let mark = "导出 曾示平 2026-03-04 09:30";
    for (subject, ending, who) in [
        ("venue", "csv", "曾示平"),
        ("venue", "xlsx", "曾示平"),
        ("venue", "txt", "曾示平"),
        ("venue", "ics", "曾示平"),
        ("shifts", "ics", "曾示平"),
        ("journal", "journal", "仇拟文"),
    ] {
        let file = format!("{subject}.{ending}");
        let said = room.run(&["export", subject, "-o", &file, "--as", who]).ok().out;
        let bytes = std::fs::read(room.path(&file)).unwrap();
        if ending != "xlsx" {
            // A calendar folds its lines.
            let text = String::from_utf8(bytes).unwrap().replace("\r\n ", "");
            assert!(text.contains(&format!("导出 {who} 2026-03-04 09:30")), "{file}: {text}");
        }
        let (action, by, changes) = noted(&room);
        assert_eq!((action, by.as_str()), (format!("{subject}.export"), who), "{file}");
        let n = said.split_whitespace().next().unwrap();
        assert!(changes.contains(&format!("> {n}")) && changes.contains(ending), "{file}: {changes}");
    }
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(room.path("venue.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let last = sheet.rows().next_back().unwrap();
    assert!(last[0].to_string().starts_with(mark), "{last:?}");
    // A calendar a room: all of them are marked, and it is noted once.
    std::fs::create_dir(room.path("rooms")).unwrap();
    room.run(&["export", "venue", "-o", "rooms"]).ok();
    for entry in std::fs::read_dir(room.path("rooms")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap().replace("\r\n ", "");
        assert!(text.contains(mark));
    }
    assert_eq!(noted(&room).0, "venue.export");
    // A report; and to standard output, where another program may read it.
    room.run(&["report", "rp-10", "-o", "week.csv"]).ok();
    assert!(std::fs::read_to_string(room.path("week.csv")).unwrap().contains(mark));
    assert_eq!(noted(&room).0, "venue.report.rp-10");
    let out = room.run(&["export", "people"]).ok().out;
    assert!(out.trim_end().ends_with(mark), "{out}");
    assert_eq!(noted(&room).0, "people.export");
    // Somebody from outside looks at the desk and takes nothing away but what is made for them.
    room.run(&["operator", "add", "路过人", "--post", "supervisor", "--as", "沈示安"]).ok();
    room.run(&["export", "venue", "-o", "x.ics", "--as", "路过人"]).refused(3, "可以请");
    room.run(&["export", "venue", "-o", "x.csv", "--as", "路过人"]).refused(3, "可以请");
    room.run(&["report", "rp-10", "-o", "for-them.csv", "--as", "路过人"]).ok();
    room.run(&["operator", "post", "路过人", "supervisor", "--end", "--as", "沈示安"]).ok();
    room.run(&["report", "rp-10", "-o", "x.csv", "--as", "路过人"]).refused(3, "可以请");
    assert!(!room.path("x.ics").exists() && !room.path("x.csv").exists());
    // Taken in elsewhere, the remark is no record.
    let other = Room::demo();
    for file in ["venue.csv", "venue.xlsx", "venue.ics"] {
        let path = room.path(file).display().to_string();
        let said = other.run(&["import", "venue", &path, "--dry-run"]);
        assert!(!said.out.contains("导出") && !said.err.contains("导出"), "{file}: {}{}", said.out, said.err);
    }
    room.run(&["audit", "verify"]).ok();
}

#[test]
fn a_copy_of_the_whole_office_is_made_by_some_and_noted() {
    let room = Room::demo();
    room.run(&["backup", "-o", "copy.db", "--as", "缪示恩"]).refused(3, "可以请");
    room.run(&["backup", "--sealed", "-o", "copy.zip", "--as", "解样和"]).refused(3, "可以请");
    assert!(!room.path("copy.db").exists() && !room.path("copy.zip").exists());
    room.run(&["backup", "-o", "copy.db"]).ok();
    assert_eq!(noted(&room).0, "office.backup");
    room.run(&["backup", "--sealed", "-o", "copy.zip"]).ok();
    assert_eq!(noted(&room).0, "office.seal");
}

#[test]
fn who_took_consent_back_does_not_go_out_whole_with_a_table() {
    let room = Room::demo();
    let take = |name: &str| {
        room.run(&["export", "people", "-o", name, "--reason", "年审"]).ok();
        std::fs::read_to_string(room.path(name)).unwrap()
    };
    let paper = "33052119510222993X";
    assert!(take("before.csv").contains(paper));
    room.run(&["act", "C034", "withdraw-consent", "scope=受理与转办"]).ok();
    let after = take("after.csv");
    assert!(!after.contains(paper) && after.contains("330521194603179606"), "only of that person");
    room.run(&["act", "SL-2026-0014", "route", "orgs=盲协"]).refused(1, "C034");
    let rows = room.json(&["list", "people", "--where", "erasing"]);
    assert_eq!(rows.iter().map(|row| row["ref"].as_str().unwrap()).collect::<Vec<_>>(), ["C034"]);
}

#[test]
fn no_report_and_no_list_names_anybody_served_whole() {
    let room = Room::demo();
    let file = rusqlite::Connection::open(room.path("office.db")).unwrap();
    // Somebody of the staff may bear the same name.
    let sql = "SELECT name FROM client WHERE name NOT IN (SELECT name FROM staff) UNION SELECT resident_id FROM client \
               WHERE resident_id IS NOT NULL UNION SELECT phone FROM client WHERE phone IS NOT NULL";
    let mut read = file.prepare(sql).unwrap();
    let words: Vec<String> = read.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(words.len() > 90);
    let said = room.run(&["report", "nothing"]).refused(2, "rp-23").err;
    let is_name =
        |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let reports: Vec<&str> = said.split(['：', ' ', '\n']).filter(is_name).collect();
    let runs =
        reports.iter().filter(|name| !name.is_empty() && **name != "nothing").map(|name| ["report", name]);
    let subjects = subjects(&room);
    let runs: Vec<_> = runs.chain(subjects.iter().map(|name| ["list", name.as_str()])).collect();
    assert!(runs.len() > 70, "{runs:?}");
    let mut shows = 0;
    for run in &runs {
        let shown = room.run(&[run[0], run[1], "--as", "沈示安"]).out;
        shows += usize::from(!shown.is_empty());
        let named = words.iter().find(|word| shown.contains(word.as_str()));
        assert_eq!(named, None, "{run:?}: {shown}");
    }
    assert!(shows > 60, "{shows}");
    println!("{shows} reports and lists name nobody served");
}
