//! What goodwill promises, feature by feature.

mod load;
mod locate;
mod read;
