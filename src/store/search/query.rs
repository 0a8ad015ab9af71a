//! From what was typed to the records it may mean, nearest first (RULES §8.4), reading no more of the keys
//! than is shown. Several words must all be there. Knows keys and numbers of records, never their content.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::super::StoreError;
use super::keys::{bigrams, fold, is_han, plain, reversed, runs};
use super::{doc_text, known_subject};

/// A record that answers. A lower weight is nearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The subject's name.
    pub(crate) subject: String,
    /// The record's id.
    pub(crate) id: i64,
    /// 0 the code itself … 7 four digits somewhere inside a number; summed over the words.
    pub(crate) weight: u32,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Nearest first, at most as many as asked for.
    pub(crate) hits: Vec<Hit>,
    /// No other record answers; otherwise more letters narrow it down.
    pub(crate) complete: bool,
}

/// Records looked at when several common words meet. Keeps the answer within milliseconds whatever is typed.
const PATIENCE: usize = 250;

/// Keys read of one range when two ranges are laid over each other: a key is a hundred times cheaper to read
/// than a record is to look at.
const READING: usize = 3000;

/// A range of keys that proves by itself that the word fits.
struct Way {
    prefix: String,
    weight: u32,
}

/// One word of the query.
struct Word {
    text: String,
    ways: Vec<Way>,
    /// Sets of whole keys: a record that has all of one set may fit, which [`Word::weight_in`] then proves.
    sets: Vec<Vec<String>>,
}

/// Records (id, weight) that may answer, and whether there are no others.
#[derive(Default)]
struct Candidates {
    records: Vec<(i64, u32)>,
    complete: bool,
}

/// Finds the records of one subject, or of all, that every word of `query` fits: characters, pinyin initials,
/// full pinyin, codes, first or last digits or any five digits of a number.
pub(crate) fn search(
    conn: &Connection,
    subject: Option<&str>,
    query: &str,
    limit: usize,
) -> Result<Found, StoreError> {
    let words: Vec<Word> = runs(&fold(query)).iter().map(|run| Word::of(run)).collect();
    if words.is_empty() || limit == 0 {
        return Ok(Found { hits: Vec::new(), complete: true });
    }
    let subjects: Vec<(i64, String)> = match subject {
        Some(name) => known_subject(conn, name)?.map(|no| (no, name.to_owned())).into_iter().collect(),
        None => conn
            .prepare_cached("SELECT no, name FROM search_subject ORDER BY no")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?,
    };
    let mut found = Found { hits: Vec::new(), complete: true };
    for (no, name) in subjects {
        let here = in_subject(conn, no, &words, limit)?;
        found.complete &= here.complete;
        let hits = here.records.into_iter();
        found.hits.extend(hits.map(|(id, weight)| Hit { subject: name.clone(), id, weight }));
    }
    found.hits.sort_by_key(|hit| hit.weight);
    found.complete &= found.hits.len() <= limit;
    found.hits.truncate(limit);
    Ok(found)
}

/// Hits in one subject, and whether there are no others.
fn in_subject(conn: &Connection, no: i64, words: &[Word], limit: usize) -> Result<Candidates, StoreError> {
    if let [word] = words {
        let proved = word.proved(conn, no, limit)?;
        if word.sets.is_empty() || proved.records.len() >= limit {
            return Ok(proved);
        }
    }
    // Start from the word that fits the fewest records; a probe of each tells which that is.
    let mut least: Option<Candidates> = None;
    for word in words {
        let most = least.as_ref().map_or(PATIENCE, |known| known.records.len());
        let found = word.candidates(conn, no, most)?;
        if found.complete && found.records.is_empty() {
            return Ok(found);
        }
        if least.is_none() || found.complete {
            least = Some(found);
        }
    }
    let Some(least) = least else { return Ok(Candidates::default()) };
    let mut hits = Candidates { records: Vec::new(), complete: least.complete };
    for (id, _) in least.records {
        if hits.records.len() >= limit {
            hits.complete = false;
            break;
        }
        let Some(doc) = doc_text(conn, no, id)? else { continue };
        let weights: Option<Vec<u32>> = words.iter().map(|word| word.weight_in(&doc)).collect();
        hits.records.extend(weights.map(|weights| (id, weights.iter().sum())));
    }
    hits.records.sort_by_key(|(_, weight)| *weight);
    Ok(hits)
}

impl Word {
    fn of(run: &str) -> Self {
        let way = |class: char, text: &str, weight| Way { prefix: format!("{class}{text}"), weight };
        if run.chars().next().is_some_and(is_han) {
            let mut ways = vec![way('a', run, 1)];
            let pairs: Vec<String> = bigrams(run).iter().map(|pair| format!("h{pair}")).collect();
            let sets = if pairs.len() > 1 {
                vec![pairs]
            } else {
                ways.push(way('h', run, 5));
                Vec::new()
            };
            return Self { text: run.to_owned(), ways, sets };
        }
        let text = plain(run);
        let digits = text.strip_suffix('x').filter(|head| !head.is_empty()).unwrap_or(&text);
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            let classes = [('i', 1), ('a', 1), ('j', 2), ('c', 2), ('f', 3), ('w', 4)];
            let ways = classes.map(|(class, weight)| way(class, &text, weight)).into();
            return Self { text, ways, sets: Vec::new() };
        }
        let mut ways = vec![way('t', &reversed(&text), 6)];
        ways.extend(['n', 'c', 'w', 'a'].map(|class| way(class, &text, 6)));
        let chars: Vec<char> = text.chars().collect();
        let fours: Vec<String> =
            chars.windows(4).map(|four| format!("g{}", four.iter().collect::<String>())).collect();
        // Keys stand at every second place: either the even windows of what was typed are keys, or the odd.
        let mut sets: Vec<Vec<String>> = match fours.as_slice() {
            [] => Vec::new(),
            [four] => {
                ways.push(Way { prefix: four.clone(), weight: 7 });
                Vec::new()
            }
            _ => (0..2).map(|from| fours.iter().skip(from).step_by(2).cloned().collect()).collect(),
        };
        // The end of a code with the dash in it (`2026-0014`): the last group is a key, the rest is seen in the code.
        if let Some((_, last)) = run.rsplit_once(|c: char| !c.is_alphanumeric())
            && !last.is_empty()
        {
            sets.push(vec![format!("t{}", reversed(last))]);
        }
        Self { text, ways, sets }
    }

    /// Up to `most` records that fit this word by one key alone, nearest first.
    fn proved(&self, conn: &Connection, no: i64, most: usize) -> Result<Candidates, StoreError> {
        let mut seen = HashSet::new();
        let mut found = Candidates { records: Vec::new(), complete: true };
        for Way { prefix, weight } in &self.ways {
            // A record may have two keys in a range and be in an earlier one as well.
            let cap = 2 * (most + 1) + seen.len();
            let ids = ids_under(conn, no, prefix, cap)?;
            found.complete &= ids.len() < cap;
            found.add(ids, *weight, &mut seen);
            if found.records.len() > most {
                found.records.truncate(most);
                found.complete = false;
                break;
            }
        }
        Ok(found)
    }

    /// About `most` records this word may mean, nearest first; those of [`Word::sets`] come last, unproved.
    fn candidates(&self, conn: &Connection, no: i64, most: usize) -> Result<Candidates, StoreError> {
        let mut found = self.proved(conn, no, most)?;
        if !found.complete && found.records.len() >= most {
            return Ok(found);
        }
        let mut seen: HashSet<i64> = found.records.iter().map(|(id, _)| *id).collect();
        for set in &self.sets {
            let (ids, complete) = having_all(conn, no, set)?;
            found.complete &= complete && ids.len() <= PATIENCE;
            found.add(ids.into_iter().take(PATIENCE).collect(), 7, &mut seen);
        }
        Ok(found)
    }

    /// How near a record with these keys is to this word; `None` when it does not fit.
    fn weight_in(&self, doc: &str) -> Option<u32> {
        let fits = |way: &&Way| doc.split(' ').any(|key| key.starts_with(&way.prefix));
        if let Some(near) = self.ways.iter().filter(fits).map(|way| way.weight).min() {
            return Some(near);
        }
        if self.text.chars().next().is_some_and(is_han) {
            let has = |key: &String| doc.split(' ').any(|have| have == key);
            return self.sets.iter().any(|set| set.iter().all(has)).then_some(5);
        }
        let in_it = |key: &str| match key.split_at_checked(1) {
            Some(("n", number)) => number.contains(&self.text),
            Some(("c", code)) => code.ends_with(&self.text),
            _ => false,
        };
        (self.text.chars().count() >= 4 && doc.split(' ').any(in_it)).then_some(7)
    }
}

impl Candidates {
    fn add(&mut self, ids: Vec<i64>, weight: u32, seen: &mut HashSet<i64>) {
        self.records.extend(ids.into_iter().filter(|id| seen.insert(*id)).map(|id| (id, weight)));
    }
}

/// Records that have the rarest two of these keys, and so perhaps all; and whether both were read to their end.
fn having_all(conn: &Connection, no: i64, keys: &[String]) -> Result<(Vec<i64>, bool), StoreError> {
    // One key alone: what it says cannot be narrowed, so no more is read than will be looked at.
    let most = if keys.len() == 1 { PATIENCE + 1 } else { READING };
    let mut lists = Vec::with_capacity(keys.len());
    for key in keys {
        let ids = ids_under(conn, no, key, most)?;
        if ids.is_empty() {
            return Ok((ids, true));
        }
        lists.push(ids);
    }
    lists.sort_by_key(Vec::len);
    let mut lists = lists.into_iter();
    let (rarest, next) = (lists.next().unwrap_or_default(), lists.next());
    let whole = rarest.len() < most;
    let Some(next) = next else { return Ok((rarest, whole)) };
    if next.len() == most {
        // Cut off: it can say who is in it, not who is not.
        return Ok((rarest, whole));
    }
    let next: HashSet<i64> = next.into_iter().collect();
    Ok((rarest.into_iter().filter(|id| next.contains(id)).collect(), whole))
}

/// Records with a key that begins with `prefix`: those where it is the whole key first, then in key order.
fn ids_under(conn: &Connection, no: i64, prefix: &str, most: usize) -> Result<Vec<i64>, StoreError> {
    let mut read = conn
        .prepare_cached("SELECT id FROM search_key WHERE subject = ?1 AND key >= ?2 AND key < ?3 LIMIT ?4")?;
    let beyond = format!("{prefix}\u{10FFFF}");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let ids = read.query_map(params![no, prefix, beyond, most], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
