//! Planning what makes a reason of Today quiet: a line in a table of the customer's head.

use jiff::civil::Date;

use super::{Plan, Planner};
use crate::model::change::{FieldEdit, Silence};
use crate::model::value::{Value, ValueRef};
use crate::model::when::When;
use crate::store::StoreError;
use crate::store::file_change::FileChange;

impl Planner<'_> {
    /// The table comes with its first line and goes with its last one.
    pub(super) fn quiet(
        &mut self,
        plan: &mut Plan,
        (customer, how, reason): (&str, Silence, &str),
        (was, now): (Option<Date>, Option<Date>),
    ) -> Result<(), StoreError> {
        let words = how.words(now);
        plan.what
            .push(format!("{}: {reason} {words}", self.name(customer)));
        plan.touched.push(customer.to_owned());
        let head = self.read_now(plan, customer)?.head;
        let names: Option<Vec<&str>> = match head.get(how.table()) {
            Some(ValueRef::Table(lines)) => Some(lines.iter().map(|(name, _)| name).collect()),
            _ => None,
        };
        let table = vec![how.table().to_owned()];
        let value = |day: Option<Date>| day.map(|day| Value::When(When::day(day)));
        let change = match (names.as_deref(), value(now)) {
            (None, None) => return Ok(()),
            (None, Some(day)) => FileChange::Add {
                table,
                fields: vec![(reason.to_owned(), day)],
            },
            (Some([only]), None) if *only == reason => FileChange::Remove { table, was: None },
            (Some(_), now) => FileChange::Fields {
                table,
                edits: vec![FieldEdit {
                    name: reason.to_owned(),
                    was: value(was),
                    now,
                }],
            },
        };
        self.change(plan, customer, change)
    }
}
