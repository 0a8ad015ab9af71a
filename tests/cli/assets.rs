//! Assets from a script: lists as associations hand them over, an export of another program, ledgers out, two at once.

use crate::program::Room;

const WARDEN: &[&str] = &["--as", "单样乐"];

fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, WARDEN].concat()
}

fn refused(room: &Room, path: &str) -> Vec<(i64, String, String)> {
    let ran = room.run(&with(&["import", "assets", path, "--dry-run", "--json"])).refused(1, "");
    let rows = ran.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let told = |row: &serde_json::Value| {
        Some((row["line"].as_i64()?, row["field"].as_str()?.to_owned(), row["code"].as_str()?.to_owned()))
    };
    rows.collect::<Vec<_>>().iter().filter_map(told).collect()
}

#[test]
fn the_lists_of_several_associations_are_read_under_their_own_headers() {
    let room = Room::demo();
    let lists = [
        "肢协资产移交清单,,,,\n资产名称,类别,权属单位,存放地点,原值\n轮椅,康复器材,肢残人协会,共享仓库,860\n合计,1,,,860\n",
        "名称,分类,所属协会,位置,购入日期\n助听器,辅助器具,聋协,协会旧仓库,2024/5/6\n",
        "asset name,category,company,location,status\nTablet,Laptops,Autism Association,Z03-R4,Ready to Deploy\n",
    ];
    for (at, list) in lists.iter().enumerate() {
        let path = room.write(&format!("{at}.csv"), list.as_bytes());
        let tried = room.json(&with(&["import", "assets", &path, "--dry-run"])).remove(0);
        assert_eq!((tried["taken"].as_i64(), tried["written"].as_bool()), (Some(1), Some(false)), "{at}");
        room.run(&with(&["import", "assets", &path])).ok();
    }
    let shown = room.run(&["show", "ZC-PD-061"]).ok().out;
    assert!(shown.contains("共享仓库") && shown.contains("860.00") && shown.contains("移交"), "{shown}");
    // A place that is none of ours is kept in words.
    let shown = room.run(&["show", "ZC-DF-062"]).ok().out;
    assert!(shown.contains("地点: 协会旧仓库"), "{shown}");
    let shown = room.run(&["show", "63"]).ok().out;
    assert!(shown.contains("闲置") && shown.contains("类别: Laptops"), "{shown}");
}

#[test]
fn every_row_that_cannot_be_taken_is_named_and_nothing_is_written() {
    let room = Room::demo();
    let list = "编号,名称,类别,权属,原值,状态\n\
                ZC-PD-023,轮椅,康复辅助,肢协,860,在用\n\
                A-1,拐杖,康复辅助,肢协,138,在用\n\
                A-1,拐杖,康复辅助,肢协,138,在用\n\
                A-2,轮椅,康复辅助,,860,在用\n\
                A-3,轮椅,康复辅助,肢协,很贵,在用\n\
                A-4,轮椅,康复辅助,肢协,860,借出\n";
    let path = room.write("in.csv", list.as_bytes());
    let named = refused(&room, &path);
    let wanted = [
        (2, "no", "assets-taken"),
        (4, "no", "assets-taken"),
        (5, "owner", "required"),
        (6, "value", "E_AMOUNT"),
        (7, "status", "assets-not-new"),
    ];
    let named: Vec<(i64, &str, &str)> =
        named.iter().map(|(line, field, code)| (*line, field.as_str(), code.as_str())).collect();
    assert_eq!(named.len(), wanted.len(), "{named:?}");
    for (got, want) in named.iter().zip(wanted) {
        assert_eq!((got.0, got.1), (want.0, want.1), "{named:?}");
    }
    room.run(&with(&["import", "assets", &path])).refused(1, "");
    room.run(&["show", "A-1"]).refused(1, "");
}

#[test]
fn a_list_without_an_owner_column_is_given_one() {
    let room = Room::demo();
    let list = "名称,类别,原值\n轮椅,康复辅助,860\n拐杖,康复辅助,138\n";
    let path = room.write("pd.csv", list.as_bytes());
    let said = room.run(&with(&["import", "assets", &path, "--dry-run"])).refused(1, "").out;
    assert!(said.contains("--set owner=") && said.contains("2 行都缺"), "{said}");
    assert!(!said.contains("第 2 行"), "said once, not for each row: {said}");
    room.run(&with(&["import", "assets", &path, "--set", "colour=red"])).refused(2, "");
    room.run(&with(&["import", "assets", &path, "--set", "owner=无此协会"])).refused(1, "");
    room.run(&with(&["import", "assets", &path, "--set", "权属=肢协", "--set", "place=共享仓库"])).ok();
    let shown = room.run(&["show", "ZC-PD-062"]).ok().out;
    assert!(shown.contains("拐杖") && shown.contains("肢协") && shown.contains("共享仓库"), "{shown}");
}

#[test]
fn an_export_of_snipe_it_is_taken_in() {
    let room = Room::demo();
    let list = "\"Asset Name\",\"Asset Tag\",\"Serial\",\"Model\",\"Model No.\",\"Category\",\"Manufacturer\",\"Status\",\
                \"Checked Out To\",\"Location\",\"Company\",\"Purchase Cost\",\"Purchase Date\",\"Notes\"\n\
                \"\",\"00012\",\"SN-77\",\"Wheelchair X\",\"WX-1\",\"Wheelchairs\",\"Acme\",\"Deployed\",\"\",\"共享仓库\",\
                \"Physical Disability Association\",\"1,250.00\",\"2024-05-06\",\"with cushion\"\n";
    let path = room.write("snipe.csv", list.as_bytes());
    room.run(&with(&["import", "assets", &path])).ok();
    let shown = room.run(&["show", "ZC-PD-061"]).ok().out;
    for piece in ["Wheelchair X", "00012", "SN-77", "肢协", "1,250.00", "with cushion", "Wheelchairs"] {
        assert!(shown.contains(piece), "{piece} in\n{shown}");
    }
}

#[test]
fn of_two_at_the_same_instant_exactly_one_gets_the_wheelchair() {
    let room = Room::demo();
    for asset in ["24", "25", "26"] {
        let lines = [format!("借 {asset} d w5"), format!("借 {asset} b w5")];
        let both: Vec<_> = lines
            .iter()
            .map(|line| {
                let mut command = room.command(&with(&["do", line, "--yes"]));
                command
                    .stdout(std::process::Stdio::null())
                    .stderr(std::process::Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let ended: Vec<_> = both.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        let won = ended.iter().filter(|done| done.status.success()).count();
        let said: String = ended.iter().map(|d| String::from_utf8_lossy(&d.stderr).into_owned()).collect();
        assert_eq!(won, 1, "{said}");
    }
    room.run(&["audit", "verify"]).ok();
    room.run(&["check"]).ok();
}

#[test]
fn ledgers_go_out_by_owner_and_with_lines_for_signatures() {
    let room = Room::demo();
    let said = room.run(&with(&["report", "rp-13"])).ok().out;
    assert!(said.contains("盲协 10 件") && said.contains("合计 60 件"), "{said}");
    let period = ["--from", "2025-01-01", "--to", "2025-12-31"];
    let said = room.run(&with(&[&["report", "handover"], &period[..]].concat())).ok().out;
    assert!(said.contains("盲协移交人（签字）"), "{said}");
    let path = room.write("rp-14.csv", b"");
    std::fs::remove_file(&path).unwrap();
    room.run(&with(&["report", "rp-14", "-o", &path])).ok();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("ZS-2026-001") && text.contains("逾期"), "{text}");
}
