//! The line that narrows the timeline: words and fields, as in a search.

use crate::model::search::query::{Query, Reading};
use crate::model::timeline::filter::Filter;
use crate::ui::ctx::Ctx;

/// What a typed line asks for, besides what `base` asks for by keys: the customer, the period.
pub fn filter(typed: &str, base: &Filter, ctx: &Ctx) -> Filter {
    let reading = Reading {
        today: ctx.today,
        week_starts: ctx.journal.settings.week_starts(),
        romaji: false,
    };
    let query = Query::parse(typed, &reading);
    Filter {
        customer: base.customer.clone(),
        period: base.period,
        only: base.only.clone(),
        // Half a field narrows nothing yet.
        query: match query.is_empty() {
            true => Query::default(),
            false => query,
        },
        ..Filter::default()
    }
}
