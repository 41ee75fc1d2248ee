//! What goodwill promises, feature by feature.

mod read;
