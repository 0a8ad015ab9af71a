//! Search: what each way of typing finds, in what order, and that it stays quick in a large office.

use super::query::Hit;
use super::{KeySource, keys_of, search};
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
        ("2026-0001", vec![1]),
        ("2025-0003", vec![3]),
        ("2026-0003", vec![]),
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
    store.write(&stamp(), |tx| tx.index("people", 1, &[])).map_err(|error: StoreError| error).unwrap();
    assert_eq!(count("SELECT count(*) FROM search_key WHERE subject = 1 AND id = 1"), 0);
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
