//! How large a table may be before it is looked at: what unpacks to more than any office has, or claims a cell at the far
//! end of a sheet, is refused before it takes the memory.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use calamine::{Reader, Xlsx, XlsxError, open_workbook};
use zip::ZipArchive;

/// Bytes of a text, or of a spreadsheet when it is unpacked: a million rows of ordinary tables are half of it.
const BYTES: u64 = 256 << 20;

/// Columns of a table.
pub(super) const COLUMNS: usize = 1_000;

/// Cells of a sheet, the empty ones between the first and the last included.
const CELLS: u64 = 20_000_000;

/// Whether a file of text is small enough.
pub(super) fn text_fits(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| meta.len() <= BYTES)
}

/// Whether a packed file is small enough when it is unpacked. What it says of itself is not believed.
pub(super) fn unpacked_fits(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return true };
    // What is no archive is refused by whoever reads it.
    let Ok(mut archive) = ZipArchive::new(file) else { return true };
    let mut left = BYTES;
    let mut piece = vec![0; 1 << 16];
    for at in 0..archive.len() {
        let Ok(mut inside) = archive.by_index(at) else { continue };
        while let Ok(n @ 1..) = inside.read(&mut piece) {
            let n = n as u64;
            if n > left {
                return false;
            }
            left -= n;
        }
    }
    true
}

/// Whether every sheet of a workbook, from its first cell to its last, is small enough.
pub(super) fn sheets_fit(path: &Path) -> Result<bool, XlsxError> {
    let mut book: Xlsx<_> = open_workbook(path)?;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name)?;
        let (mut rows, mut columns) = (0u64, 0u64);
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            rows = rows.max(u64::from(row) + 1);
            columns = columns.max(u64::from(column) + 1);
            if columns > COLUMNS as u64 || rows.saturating_mul(columns) > CELLS {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
