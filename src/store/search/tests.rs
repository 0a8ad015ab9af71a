//! Search: what each way of typing finds, in what order, and that it stays quick in a large office.

use super::{Hit, KeySource, keys_of, search};
use crate::store::tests::{meta, stamp};
use crate::store::{Store, StoreError};

fn people() -> Store {
    let store = Store::in_memory(&meta()).unwrap();
    let rows = [
        (1, "张示三", "330521199003079017", "13000000001", "SL-2026-0001"),
        (2, "单示安", "330521198511029025", "13000001234", "SL-2026-0002"),
        (3, "王示张", "110101197001019033", "13000009017", "SL-2025-0003"),
        (4, "吕拟绿", "33052119900307904X", "13000005678", "SL-2026-0104"),
    ];
    store
        .write(&stamp(), |tx| {
            for (id, name, number, phone, code) in rows {
                let parts = [
                    KeySource::Name(name),
                    KeySource::Number(number),
                    KeySource::Number(phone),
                    KeySource::Code(code),
                    KeySource::Text("轮椅坏了要修，多功能活动区 WPS"),
                ];
                tx.index("people", id, &parts)?;
            }
            tx.index("zones", 1, &[KeySource::Name("多功能活动区"), KeySource::Code("A01")])
        })
        .map_err(|error: StoreError| error)
        .unwrap();
    store
}

fn ids(store: &Store, query: &str) -> Vec<i64> {
    let found = search(store.conn(), Some("people"), query, 20).unwrap();
    assert!(found.complete, "{query}");
    found.hits.iter().map(|hit| hit.id).collect()
}

#[test]
fn each_way_of_typing_finds() {
    let store = people();
    for (query, found) in [
        ("张示三", vec![1]),
        ("张示", vec![1]),
        ("张", vec![1, 3]),
        ("示三", vec![1]),
        ("三", vec![1]),
        ("zss", vec![1]),
        ("ＺＳＳ", vec![1]),
        ("zhangshis", vec![1]),
        ("ssa", vec![2]),
        ("dsa", vec![2]),
        ("lnl", vec![4]),
        ("lvnilv", vec![4]),
        ("lunilu", vec![4]),
        ("9017", vec![1, 3]),
        ("904x", vec![4]),
        ("330521", vec![1, 2, 4]),
        ("19900307", vec![1, 4]),
        ("90030", vec![1, 4]),
        ("1990030790", vec![1, 4]),
        ("0307", vec![1, 4]),
        ("130 0000 1234", vec![2]),
        ("130-0000-1234", vec![2]),
        ("00012", vec![2]),
        ("SL-2026-0104", vec![4]),
        ("sl2025", vec![3]),
        ("0104", vec![4]),
        ("轮椅坏", vec![1, 2, 3, 4]),
        ("功能活动", vec![1, 2, 3, 4]),
        ("功能坏了", vec![]),
        ("wps 张", vec![1, 3]),
        ("张 9017", vec![1, 3]),
        ("zss 0001", vec![1]),
        ("张 1234", vec![]),
        ("张wps", vec![1, 3]),
        ("", vec![]),
        ("，", vec![]),
        ("%", vec![]),
    ] {
        let mut got = ids(&store, query);
        got.sort_unstable();
        assert_eq!(got, found, "{query}");
    }
}

#[test]
fn the_nearest_comes_first() {
    let store = people();
    assert_eq!(ids(&store, "张"), [1, 3], "a name that begins so before one that holds it");
    let all = search(store.conn(), None, "dgnhdq", 5).unwrap();
    assert_eq!(all.hits, [Hit { subject: "zones".into(), id: 1, weight: 1 }]);
    let all = search(store.conn(), None, "多功能活动区", 2).unwrap();
    assert_eq!((all.hits[0].subject.as_str(), all.hits.len(), all.complete), ("zones", 2, false));
}

#[test]
fn a_changed_record_is_found_only_by_what_it_is_now() {
    let store = people();
    let count = |sql: &str| store.conn().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    store
        .write(&stamp(), |tx| {
            tx.index("people", 1, &[KeySource::Name("李示四"), KeySource::Number("13000004321")])
        })
        .map_err(|error: StoreError| error)
        .unwrap();
    assert_eq!(ids(&store, "张示三"), Vec::<i64>::new());
    assert_eq!(ids(&store, "90030"), [4], "the keys out of the middle are gone too");
    assert_eq!(ids(&store, "lss"), [1]);
    let keys = keys_of(&[KeySource::Name("李示四"), KeySource::Number("13000004321")]).len();
    assert_eq!(count("SELECT count(*) FROM search_key WHERE subject = 1 AND id = 1"), keys as i64);
    store.write(&stamp(), |tx| tx.unindex("people", 1)).map_err(|error: StoreError| error).unwrap();
    assert_eq!(count("SELECT count(*) FROM search_key WHERE subject = 1 AND id = 1"), 0);
    assert_eq!(count("SELECT count(*) FROM search_doc WHERE subject = 1 AND id = 1"), 0);
}

#[test]
fn filing_in_bulk_is_the_same_as_one_by_one() {
    let one = Store::in_memory(&meta()).unwrap();
    let rows: Vec<(i64, String, String)> =
        (1..200).map(|n| (n, name(n), format!("3305211990{n:04}9017"))).collect();
    one.write(&stamp(), |tx| {
        rows.iter().try_for_each(|(id, name, number)| {
            tx.index("people", *id, &[KeySource::Name(name), KeySource::Number(number)])
        })
    })
    .map_err(|error: StoreError| error)
    .unwrap();
    let dump = |store: &Store| {
        let mut rows = store.conn().prepare("SELECT key, id FROM search_key ORDER BY key, id").unwrap();
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<Vec<(String, i64)>, _>>().unwrap()
    };
    for run in [300, 1_000_000] {
        let bulk = Store::in_memory(&meta()).unwrap();
        bulk.write(&stamp(), |tx| {
            let mut index = tx.bulk_index_by("people", run)?;
            for (id, name, number) in &rows {
                index.add(*id, &[KeySource::Name(name), KeySource::Number(number)])?;
            }
            index.finish()
        })
        .map_err(|error: StoreError| error)
        .unwrap();
        assert_eq!(dump(&one), dump(&bulk), "runs of {run}");
    }
}

/// A made-up name from common characters.
fn name(n: i64) -> String {
    let pick =
        |text: &str, n: i64| text.chars().nth(usize::try_from(n).unwrap() % text.chars().count()).unwrap();
    [
        pick("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单仇曾任", n),
        '示',
        pick("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平", n / 24),
    ]
    .iter()
    .collect()
}

/// Not run by itself: `LIANBAN_SCALE=1000000 cargo test --release --lib search::tests::measure -- --ignored
/// --nocapture` prints what filing and finding cost.
#[test]
#[ignore = "a measurement, minutes long"]
fn measure() {
    let many: i64 = std::env::var("LIANBAN_SCALE").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.db");
    let store = Store::create(&path, &meta()).unwrap();
    let began = std::time::Instant::now();
    store
        .write(&stamp(), |tx| {
            let mut index = tx.bulk_index("people")?;
            for n in 0..many {
                let h = n.wrapping_mul(2_654_435_761) & 0x7fff_ffff;
                let born = format!("{}{:02}{:02}", 1930 + h % 85, 1 + h / 85 % 12, 1 + h / 1020 % 28);
                let number = format!("3305{:02}{born}9{:03}", h % 30, n % 1000);
                let cert = format!("{number}{}{}", 1 + h % 7, 1 + h % 4);
                let phone = format!("130000{:05}", h % 100_000);
                let code = format!("QD-{}-{n:06}", 2020 + n % 7);
                let parts = [
                    KeySource::Name(&name(h)),
                    KeySource::Number(&number),
                    KeySource::Number(&cert),
                    KeySource::Number(&phone),
                    KeySource::Code(&code),
                ];
                index.add(n + 1, &parts)?;
            }
            println!("gathered {:?}", began.elapsed());
            index.finish()
        })
        .map_err(|error: StoreError| error)
        .unwrap();
    let took = began.elapsed();
    let size = std::fs::metadata(&path).unwrap().len() >> 20;
    println!("{many} filed in {took:?}, {:.0}/s, {size} MiB", many as f64 / took.as_secs_f64());
    let began = std::time::Instant::now();
    let again = Store::open(&path).unwrap();
    println!("opened in {:?}", began.elapsed());
    let who = crate::store::tests::operator(&again);
    let mut pen = crate::store::drafts::DraftPen::new(who, None, "cases", "register", None);
    let began = std::time::Instant::now();
    for n in 0..2000 {
        again.save_draft(&mut pen, "content", &"轮".repeat(n % 100), 1, "2026-03-04T09:31:00").unwrap();
    }
    println!("a key kept in {:?}", began.elapsed() / 2000);
    for query in [
        "z",
        "zs",
        "zsw",
        "zhang",
        "张",
        "张示",
        "张示伟",
        "示",
        "示伟",
        "1",
        "19",
        "1990",
        "19900307",
        "90030",
        "0307",
        "9001",
        "330521",
        "130000",
        "张 1990",
        "zsw 9001",
        "z 1",
        "示伟 1990 330521",
        "张示伟 19900307",
        "qd2021",
        "王示芳 9777",
        "no",
    ] {
        let mut times: Vec<_> = (0..21)
            .map(|_| {
                let began = std::time::Instant::now();
                search(store.conn(), None, query, 50).unwrap();
                began.elapsed()
            })
            .collect();
        times.sort_unstable();
        let found = search(store.conn(), None, query, 50).unwrap();
        println!(
            "{query}: {} {} median {:?} worst {:?}",
            found.hits.len(),
            found.complete,
            times[10],
            times[20]
        );
    }
}
