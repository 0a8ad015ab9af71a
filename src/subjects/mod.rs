//! The subjects of the office, one folder each. The desk knows them only through the trait they implement; the
//! registry is handed to it.

use crate::desk::subject::Registry;

/// All the subjects, in the order of the tabs.
pub(crate) static REGISTRY: Registry = &[];
