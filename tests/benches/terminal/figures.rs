//! The figures measured, as the table that the README shows.

use std::collections::BTreeMap;

/// One row for each figure, one column for each size of office.
#[derive(Default)]
pub(crate) struct Figures {
    sizes: Vec<usize>,
    /// What, and the goal, in the order measured.
    rows: Vec<(String, String)>,
    cells: BTreeMap<(String, usize), String>,
}

impl Figures {
    /// Notes what was measured in an office of `size` clients and as many cases.
    pub(crate) fn put(&mut self, what: &str, goal: &str, size: usize, value: String) {
        eprintln!("  {what}: {value}");
        if !self.sizes.contains(&size) {
            self.sizes.push(size);
        }
        if !self.rows.iter().any(|(row, _)| row == what) {
            self.rows.push((what.to_owned(), goal.to_owned()));
        }
        self.cells.insert((what.to_owned(), size), value);
    }

    pub(crate) fn markdown(&self) -> String {
        let sizes: String = self.sizes.iter().map(|size| format!(" {size} |")).collect();
        let mut out =
            format!("| figure | goal |{sizes}\n| --- | --- |{}\n", " --- |".repeat(self.sizes.len()));
        for (what, goal) in &self.rows {
            let cell = |size: &usize| self.cells.get(&(what.clone(), *size)).cloned().unwrap_or_default();
            let cells: String = self.sizes.iter().map(|size| format!(" {} |", cell(size))).collect();
            out.push_str(&format!("| {what} | {goal} |{cells}\n"));
        }
        out
    }
}

/// The middle one.
pub(crate) fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}
