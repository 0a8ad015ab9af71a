//! Sorting more keys than should be held in memory: they are gathered in runs, each run is sorted and put aside by a
//! thread of its own while the next is gathered, and in the end all are read side by side. Knows keys and numbers only.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::atomic::{AtomicUsize, Ordering as Order};
use std::thread::JoinHandle;

/// A key and its record, in the order of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: Vec<u8>,
    /// The record's number.
    pub(super) id: i64,
}

/// Keys on their way into order.
pub(super) struct Sorter {
    run: Run,
    /// Keys sorted in memory at a time.
    most: usize,
    sorted: Vec<JoinHandle<io::Result<File>>>,
}

impl Sorter {
    /// Sorts `most` keys in memory at a time.
    pub(super) fn new(most: usize) -> Self {
        Self { run: Run::default(), most, sorted: Vec::new() }
    }

    /// Takes a key.
    pub(super) fn add(&mut self, key: &str, id: i64) {
        self.run.add(key.as_bytes(), id);
        if self.run.places.len() >= self.most {
            self.put_aside();
        }
    }

    fn put_aside(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        self.sorted.push(std::thread::spawn(move || {
            run.sort();
            run.write()
        }));
    }

    /// Hands every key to `take`, least first.
    pub(super) fn each<E: From<io::Error>>(
        mut self,
        mut take: impl FnMut(&Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.sorted.is_empty() {
            self.run.sort();
            let mut entry = Entry::default();
            return self.run.places.iter().try_for_each(|place| {
                self.run.key(place).clone_into(&mut entry.key);
                entry.id = place.id;
                take(&entry)
            });
        }
        self.put_aside();
        let mut heads = BinaryHeap::new();
        for thread in self.sorted {
            let file = thread.join().map_err(|_panicked| io::Error::other("sorting"))??;
            let mut head = Head { entry: Entry::default(), rest: BufReader::with_capacity(1 << 17, file) };
            if head.next()? {
                heads.push(head);
            }
        }
        while let Some(mut head) = heads.peek_mut() {
            take(&head.entry)?;
            if !head.next()? {
                std::collections::binary_heap::PeekMut::pop(head);
            }
        }
        Ok(())
    }
}

/// Keys gathered, one after another in one piece of memory.
#[derive(Default)]
struct Run {
    text: Vec<u8>,
    places: Vec<Place>,
}

/// Where a key is. Its first eight bytes settle most comparisons without looking there.
struct Place {
    first: u64,
    start: usize,
    length: u32,
    id: i64,
}

impl Run {
    fn add(&mut self, key: &[u8], id: i64) {
        let mut first = [0; 8];
        first.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        let (start, length) = (self.text.len(), u32::try_from(key.len()).unwrap_or(u32::MAX));
        self.places.push(Place { first: u64::from_be_bytes(first), start, length, id });
        self.text.extend_from_slice(key);
    }

    fn key(&self, place: &Place) -> &[u8] {
        self.text.get(place.start..place.start + place.length as usize).unwrap_or_default()
    }

    fn sort(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        places.sort_unstable_by(|a, b| {
            a.first.cmp(&b.first).then_with(|| self.key(a).cmp(self.key(b))).then(a.id.cmp(&b.id))
        });
        self.places = places;
    }

    /// Writes the keys to a file without a name: nobody else can read it, and it goes by itself.
    fn write(&self) -> io::Result<File> {
        let mut out = BufWriter::with_capacity(1 << 18, nameless_file()?);
        for place in &self.places {
            out.write_all(&place.length.to_le_bytes())?;
            out.write_all(self.key(place))?;
            out.write_all(&place.id.to_le_bytes())?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }
}

/// The least key of a run that has not been taken yet.
struct Head {
    entry: Entry,
    rest: BufReader<File>,
}

impl Head {
    /// Reads the next key; whether there was one.
    fn next(&mut self) -> io::Result<bool> {
        let mut length = [0; 4];
        match self.rest.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            other => other?,
        }
        self.entry.key.resize(u32::from_le_bytes(length) as usize, 0);
        self.rest.read_exact(&mut self.entry.key)?;
        let mut id = [0; 8];
        self.rest.read_exact(&mut id)?;
        self.entry.id = i64::from_le_bytes(id);
        Ok(true)
    }
}

impl Ord for Head {
    /// Turned round: the heap gives its greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        let (this, that) = (&self.entry, &other.entry);
        that.key.cmp(&this.key).then(that.id.cmp(&this.id))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.entry == other.entry
    }
}

impl Eq for Head {}

fn nameless_file() -> io::Result<File> {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let name = format!("lianban-sort-{}-{}", std::process::id(), MADE.fetch_add(1, Order::Relaxed));
    let path = std::env::temp_dir().join(name);
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}
