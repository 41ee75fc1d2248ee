//! The whole journal, as one immutable snapshot.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::customer::Customer;
use super::fold::fold;
use super::near::edit_distance;
use super::settings::Settings;

/// All customers of a journal. Cheap to clone: the customers are shared.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The customers, by key.
    pub customers: Vec<Arc<Customer>>,
    /// What the journal says about itself.
    pub settings: Settings,
}

/// What a typed customer name leads to.
#[derive(Debug)]
pub enum Found<'a> {
    /// This one.
    One(&'a Arc<Customer>),
    /// Any of these; the name is not enough to tell.
    Many(Vec<&'a Arc<Customer>>),
    /// None; these come nearest, best first.
    Nearest(Vec<&'a Arc<Customer>>),
}

impl Journal {
    /// A journal of these customers, in the order of their keys.
    pub fn new(mut customers: Vec<Arc<Customer>>, settings: Settings) -> Journal {
        customers.sort_by(|a, b| a.key.cmp(&b.key));
        Journal {
            customers,
            settings,
        }
    }

    /// The customer of that key.
    pub fn customer(&self, key: &str) -> Option<&Arc<Customer>> {
        self.customers.get(self.place(key)?)
    }

    /// The place of the customer of that key among [`Journal::customers`].
    pub fn place(&self, key: &str) -> Option<usize> {
        let by_key = |customer: &Arc<Customer>| (*customer.key).cmp(key);
        self.customers.binary_search_by(by_key).ok()
    }

    /// Whether there is such a place: a customer's key, or `customer:kind.key`.
    pub fn holds(&self, place: &str) -> bool {
        let Some((customer, id)) = place.split_once(':') else {
            return self.customer(place).is_some();
        };
        let entry = id.split_once('.');
        self.customer(customer)
            .zip(entry)
            .is_some_and(|(customer, (kind, key))| customer.entry(kind, key).is_some())
    }

    /// The same journal with one customer put in, replaced, or taken out.
    #[must_use]
    pub fn with(&self, key: &str, customer: Option<Customer>) -> Journal {
        self.with_all(BTreeMap::from([(key.to_owned(), customer)]))
    }

    /// The same journal with customers put in, replaced, or taken out, by key.
    #[must_use]
    pub fn with_all(&self, changed: BTreeMap<String, Option<Customer>>) -> Journal {
        let stay = self.customers.iter();
        let stay = stay.filter(|c| !changed.contains_key(&*c.key));
        let mut customers: Vec<Arc<Customer>> = stay.cloned().collect();
        customers.extend(changed.into_values().flatten().map(Arc::new));
        Journal::new(customers, self.settings.clone())
    }

    /// How many entries there are in all.
    pub fn entry_count(&self) -> usize {
        self.customers.iter().map(|c| c.entries.len()).sum()
    }

    /// The customer that a typed word means: the key, the stem, the name, an alias or the
    /// reading, in that order, an exact match before any prefix; letter case, width and kana
    /// make no difference behind the key itself.
    pub fn find(&self, typed: &str) -> Found<'_> {
        let typed = typed.trim();
        if let Some(customer) = self.customer(typed) {
            return Found::One(customer);
        }
        let wanted = fold(typed);
        if wanted.is_empty() {
            return Found::Nearest(Vec::new());
        }
        for fits in [
            (|name: &str, wanted: &str| name == wanted) as fn(&str, &str) -> bool,
            |name, wanted| name.starts_with(wanted),
        ] {
            for names in NAMES {
                let hits: Vec<&Arc<Customer>> = self
                    .customers
                    .iter()
                    .filter(|c| names(c).iter().any(|name| fits(&fold(name), &wanted)))
                    .collect();
                match hits.as_slice() {
                    [] => {}
                    [one] => return Found::One(one),
                    _ => return Found::Many(hits),
                }
            }
        }
        Found::Nearest(self.nearest(&wanted))
    }

    /// Up to three customers whose names come nearest to a folded word.
    fn nearest(&self, wanted: &str) -> Vec<&Arc<Customer>> {
        let mut scored: Vec<(usize, &Arc<Customer>)> = self
            .customers
            .iter()
            .filter_map(|customer| {
                let distance = NAMES
                    .iter()
                    .flat_map(|names| names(customer))
                    .map(|name| nearness(&fold(name), wanted))
                    .min()?;
                (distance <= 1 + wanted.chars().count() / 3).then_some((distance, customer))
            })
            .collect();
        scored.sort_by_key(|(distance, customer)| (*distance, customer.key.clone()));
        scored.into_iter().take(3).map(|(_, c)| c).collect()
    }
}

/// What a customer is called: key, stem, name, aliases, reading.
pub fn names(customer: &Customer) -> impl Iterator<Item = &str> {
    NAMES.iter().flat_map(|names| names(customer))
}

type Names = fn(&Customer) -> Vec<&str>;

/// What a customer is called, the most telling first.
const NAMES: [Names; 5] = [
    |c| vec![&c.key],
    |c| vec![c.stem()],
    |c| vec![c.name()],
    |c| c.head.texts("aliases").collect(),
    |c| c.head.text("reading").into_iter().collect(),
];

/// How many letters a name is away from what was typed: of the whole name, or of its beginning.
fn nearness(name: &str, wanted: &str) -> usize {
    if name.contains(wanted) {
        return 0;
    }
    let len = wanted.chars().count();
    let start: String = name.chars().take(len).collect();
    edit_distance(name, wanted).min(edit_distance(&start, wanted) + 1)
}
