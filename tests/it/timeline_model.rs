//! What the timeline shows, checked against a plain recount of journals made up at random.

use goodwill::model::entry::{Entry, Fields, KindWord};
use goodwill::model::fold::fold;
use goodwill::model::search::query::{Query, Reading};
use goodwill::model::timeline::filter::{Filter, Selection, has_words, undated};
use goodwill::model::timeline::index::Index;
use goodwill::model::timeline::item::Role;
use goodwill::model::timeline::period::{Period, Zoom};
use goodwill::model::timeline::rows::{Ask, Row, View};
use goodwill::model::timeline::window::Line;
use goodwill::model::value::Value;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use std::collections::BTreeMap;

use crate::timeline_recount::{
    Made, MadeCustomer, Stands, TODAY, all, customer, customers, day, journal,
};

fn ask(zoom: Zoom, newest_first: bool, week_starts: Weekday) -> Ask {
    Ask {
        zoom,
        newest_first,
        today: TODAY,
        week_starts,
        gap_days: None,
    }
}

fn view(index: &Index, filter: Filter, ask: Ask) -> View {
    View::new(index, &Selection::new(index, filter), ask)
}

/// What the rows say stands on days, from the top.
fn shown(view: &View, index: &Index) -> Vec<Stands> {
    let lines = view.lines(index, 0..view.len());
    lines
        .iter()
        .filter_map(|line| match line {
            Line::Item(item) => Some((
                item.day.to_string(),
                item.role.word().to_owned(),
                item.customer.key.to_string(),
                item.entry.map(|entry| entry.id()).unwrap_or_default(),
            )),
            _ => None,
        })
        .collect()
}

/// What a list has to show: all but what was to come before today.
fn expected(customers: &[MadeCustomer]) -> Vec<(Stands, Option<&Made>)> {
    let today = TODAY.to_string();
    let mut all = all(customers);
    all.retain(|((day, role, ..), _)| *day >= today || ["", "closed"].contains(&&**role));
    all
}

fn sorted(mut list: Vec<Stands>) -> Vec<Stands> {
    list.sort();
    list
}

fn only(list: &[(Stands, Option<&Made>)]) -> Vec<Stands> {
    sorted(list.iter().map(|(stands, _)| stands.clone()).collect())
}

/// The title of the period a day lies in, by other means than those of the program.
fn title(zoom: Zoom, day: Date, week_starts: Weekday) -> String {
    let (year, month) = (day.year(), day.month());
    match zoom {
        Zoom::Day => format!("{year:04}-{month:02}-{:02}", day.day()),
        Zoom::Month => format!("{year:04}-{month:02}"),
        Zoom::Quarter => format!("{year:04} Q{}", (month + 2) / 3),
        Zoom::Year => format!("{year:04}"),
        Zoom::Week => {
            let is_sunday = week_starts == Weekday::Sunday && day.weekday() == Weekday::Sunday;
            let day = if is_sunday { day + 1.day() } else { day };
            let week = day.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
    }
}

fn starts() -> impl Strategy<Value = Weekday> {
    prop_oneof![Just(Weekday::Monday), Just(Weekday::Sunday)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_list_shows_everything_once_in_order_below_its_rule(
        made in customers(), newest_first: bool, weeks: bool, week_starts in starts(),
    ) {
        let index = Index::new(&journal(&made));
        let zoom = if weeks { Zoom::Week } else { Zoom::Day };
        let view = view(&index, Filter::default(), ask(zoom, newest_first, week_starts));
        let shown = shown(&view, &index);
        let expected = expected(&made);
        prop_assert_eq!(sorted(shown.clone()), only(&expected));
        let entries = expected.iter().filter(|((_, role, ..), _)| role.is_empty()).count();
        prop_assert_eq!(view.entries(), entries);
        let days: Vec<&String> = shown.iter().map(|(day, ..)| day).collect();
        prop_assert!(days.is_sorted() || newest_first);
        prop_assert!(days.iter().rev().is_sorted() || !newest_first);
        let rule_zoom = if weeks { Zoom::Week } else { Zoom::Month };
        let (mut rule, mut rules, mut above) = (String::new(), Vec::new(), String::new());
        for line in view.lines(&index, 0..view.len()) {
            match line {
                Line::Rule { title, .. } => {
                    rules.push(title.clone());
                    rule = title;
                    above.clear();
                }
                Line::Item(item) => {
                    prop_assert_eq!(&rule, &title(rule_zoom, item.day, week_starts));
                    prop_assert!(item.begins_day || above == item.day.to_string());
                    above = item.day.to_string();
                }
                _ => above.clear(),
            }
        }
        let count = rules.len();
        rules.dedup();
        prop_assert_eq!(count, rules.len());
    }

    #[test]
    fn now_parts_what_was_from_what_is_to_come(made in customers(), newest_first: bool) {
        let index = Index::new(&journal(&made));
        let view = view(&index, Filter::default(), ask(Zoom::Day, newest_first, Weekday::Monday));
        prop_assume!(!view.is_empty());
        let now = view.now().unwrap();
        prop_assert_eq!(view.row(now), Some(Row::Now));
        prop_assert_eq!(view.rows().iter().filter(|row| **row == Row::Now).count(), 1);
        for (at, line) in view.lines(&index, 0..view.len()).iter().enumerate() {
            if let Line::Item(item) = line {
                prop_assert_eq!(item.is_ahead, (at < now) == newest_first);
                let mark = !["", "closed"].contains(&item.role.word());
                prop_assert_eq!(item.is_ahead, mark || item.day > TODAY);
            }
        }
    }

    #[test]
    fn sums_are_those_of_a_recount(
        made in customers(), newest_first: bool, zoom in 2usize..5, week_starts in starts(),
    ) {
        let index = Index::new(&journal(&made));
        let zoom = Zoom::ALL[zoom];
        let view = view(&index, Filter::default(), ask(zoom, newest_first, week_starts));
        // Entries, touches, ahead, by word.
        type Count = (u32, u32, u32, BTreeMap<String, usize>);
        let mut count: BTreeMap<String, Count> = BTreeMap::new();
        for ((day, role, ..), entry) in expected(&made) {
            let day: Date = day.parse().unwrap();
            let sum = count.entry(title(zoom, day, week_starts)).or_default();
            match (&*role, entry) {
                ("", Some(entry)) => {
                    sum.0 += 1;
                    sum.1 += u32::from(entry.is_touch());
                    *sum.3.entry(entry.word().to_owned()).or_default() += 1;
                }
                ("closed", _) => {}
                _ => sum.2 += 1,
            }
        }
        let mut titles: Vec<String> = Vec::new();
        for line in view.lines(&index, 0..view.len()) {
            let Line::Sum { title, sum } = line else { continue };
            let (entries, touches, ahead, words) = &count[&title];
            prop_assert_eq!((sum.entries, sum.touches, sum.ahead), (*entries, *touches, *ahead));
            let parts = sum.parts(&index);
            for (word, count) in words {
                let is_it = |part: &&String| {
                    let part = part.split([':', '(']).next().unwrap();
                    let stem = word.trim_end_matches("lose");
                    part.starts_with(&format!("{count} {}", stem.trim_end_matches('-')))
                        && !part.contains(" won") && !part.contains(" lost")
                };
                prop_assert!(parts.iter().any(|part| is_it(&part)), "{count} {word}: {parts:?}");
            }
            titles.push(title);
        }
        if newest_first {
            titles.reverse();
        }
        prop_assert_eq!(titles, count.keys().cloned().collect::<Vec<_>>());
        let entries: u32 = count.values().map(|sum| sum.0).sum();
        prop_assert_eq!(view.entries(), entries as usize);
    }

    #[test]
    fn silences_are_those_of_a_recount(made in customer(), newest_first: bool) {
        let index = Index::new(&journal(std::slice::from_ref(&made)));
        let filter = Filter::of_customer("c");
        let gap_days = filter.gap_days(&index, &Default::default());
        let view = view(&index, filter, Ask {
            gap_days,
            ..ask(Zoom::Day, newest_first, Weekday::Monday)
        });
        let days = made.cadence.unwrap_or(60);
        prop_assert_eq!(gap_days, Some(days));
        let mut touches = made.touches();
        let last = touches.last().copied();
        touches.extend(last.map(|_| TODAY));
        let mut silences: Vec<(Date, Date, bool)> = touches
            .windows(2)
            .enumerate()
            .map(|(at, pair)| (pair[0], pair[1], at + 2 == touches.len()))
            .filter(|(from, until, _)| (*until - *from).get_days() > days)
            .collect();
        if newest_first {
            silences.reverse();
        }
        let gaps = view.gaps().iter().map(|gap| (gap.from, gap.until, gap.is_open));
        prop_assert_eq!(gaps.collect::<Vec<_>>(), silences);
        // Each stands somewhere between the two touches.
        for (at, row) in view.rows().iter().enumerate() {
            let Row::Gap(place) = row else { continue };
            let gap = view.gaps()[*place as usize];
            let touches = |rows: &[Row]| -> Vec<Date> {
                let items = rows.iter().filter_map(|row| match row {
                    Row::Item(place) => index.item(*place),
                    _ => None,
                });
                let touches = items.filter(|item| index.is_touch(item));
                touches.map(|item| goodwill::model::timeline::day::of(item.day)).collect()
            };
            let (above, below) = (touches(&view.rows()[..at]), touches(&view.rows()[at..]));
            let (newer, older) = if newest_first { (above, below) } else { (below, above) };
            prop_assert!(newer.iter().all(|day| *day >= gap.until));
            prop_assert!(older.iter().all(|day| *day <= gap.from));
        }
    }

    #[test]
    fn typing_on_shows_what_typing_anew_shows(
        made in customers(),
        one in line(), other in line(), more in "[a-e1 :|!]{0,2}",
    ) {
        let index = Index::new(&journal(&made));
        let filter = |line: &str| Filter { query: typed(line), ..Filter::default() };
        let mut here = Selection::new(&index, filter(&one));
        for line in [format!("{one}{more}"), format!("{one} {other}"), other, one] {
            here = here.refined(&index, filter(&line));
            prop_assert_eq!(&here, &Selection::new(&index, filter(&line)), "{}", line);
        }
    }

    #[test]
    fn a_filter_shows_what_a_recount_finds(
        made in customers(), kinds in proptest::sample::subsequence(
            vec!["call", "訪問", "interaction", "deal", "memo"], 0..3),
        tag: bool, deal: bool, status in proptest::option::of(
            proptest::sample::select(vec!["open", "won", "done"])),
        days in proptest::option::of((day(), day())),
    ) {
        let index = Index::new(&journal(&made));
        let filter = Filter {
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            tags: tag.then(|| "Osaka".to_owned()).into_iter().collect(),
            query: typed(&format!(
                "{} is:{}",
                if deal { "deal:^web$" } else { "" },
                status.unwrap_or_default(),
            )),
            period: days.map(|(one, other)| Period { from: one.min(other), until: one.max(other) }),
            ..Filter::default()
        };
        let fits = |entry: &Made| {
            let stands = match (entry.kind, entry.status) {
                ("deal" | "concern" | "negotiation", status) => status,
                ("promise", "open") => "open",
                ("promise", _) => "done",
                _ => "",
            };
            (kinds.is_empty() || kinds.contains(&entry.kind) || kinds.contains(&entry.word()))
                && (entry.tag || !tag)
                && (entry.of_deal || !deal)
                && status.is_none_or(|status| stands == status)
        };
        let mut list = expected(&made);
        list.retain(|((day, ..), entry)| {
            let day: Date = day.parse().unwrap();
            filter.period.is_none_or(|period| period.from <= day && day <= period.until)
                && match entry {
                    Some(entry) => fits(entry),
                    None => kinds.is_empty() && !tag && !deal && status.is_none(),
                }
        });
        let view = view(&index, filter.clone(), ask(Zoom::Day, true, Weekday::Monday));
        prop_assert_eq!(sorted(shown(&view, &index)), only(&list));
        let found: Vec<String> = undated(&index, &filter)
            .iter()
            .filter_map(|undated| {
                let customer = index.customer(undated.customer)?;
                let entry = customer.entries.get(undated.place as usize)?;
                Some(format!("{}:{}", customer.key, entry.id()))
            })
            .collect();
        let mut without_a_day = Vec::new();
        for customer in &made {
            for (at, entry) in customer.entries.iter().enumerate() {
                if entry.day().is_none() && entry.kind != "contact" && fits(entry) {
                    let id = format!("{}.{}", entry.kind, entry.key(at));
                    without_a_day.push(format!("{}:{id}", customer.key));
                }
            }
        }
        prop_assert_eq!(found, without_a_day);
    }

    #[test]
    fn what_follows_a_snapshot_is_what_is_made_anew(
        made in customers(), other in customer(), at in 0usize..5, how in 0u8..3,
    ) {
        let before = journal(&made);
        let old = Index::new(&before);
        let mut other = other;
        let key = match how {
            // One changed, one gone, one new between two others.
            0 | 1 => made[at % made.len()].key.clone(),
            _ => format!("c{}b", at % made.len()),
        };
        other.key = key.clone();
        let customer = (how != 1).then(|| (*other.customer()).clone());
        let after = before.with(&key, customer);
        let (followed, anew) = (old.updated(&after), Index::new(&after));
        let lines = |index: &Index| {
            let view = view(index, Filter::default(), ask(Zoom::Day, true, Weekday::Monday));
            let rows = format!("{:?}", view.lines(index, 0..view.len()));
            (rows, index.undated().to_vec(), index.by_day().to_vec())
        };
        prop_assert_eq!(lines(&followed), lines(&anew));
    }

    #[test]
    fn words_are_found_as_folding_finds_them(
        text in "[a-cA-C~ーカか \\t\\r\\x7f-]{0,12}", word in "[a-cA-C~カー-]{1,3}",
    ) {
        let entry = Entry {
            kind: KindWord::of("fact"),
            key: "k".into(),
            fields: Fields::from([("text", Value::text(&text))]),
            line: 1,
        };
        let word = fold(&word);
        let found = fold(&text).contains(&word) || "fact".contains(&word);
        prop_assert_eq!(has_words(&entry, [word.as_str()]), found);
    }

    #[test]
    fn every_row_is_found_again(made in customers(), zoom in 0usize..5) {
        let index = Index::new(&journal(&made));
        let view = view(&index, Filter::default(), ask(Zoom::ALL[zoom], true, Weekday::Monday));
        for at in (0..view.len()).filter(|at| view.is_choice(*at)) {
            let spot = view.spot(&index, at).unwrap();
            let found = view.find(&index, &spot).unwrap();
            // A deal may be closed on two days only by a double key, which none has here.
            prop_assert_eq!(found, at);
        }
    }
}

#[test]
fn a_promise_that_was_due_before_today_stands_where_it_was_made() {
    let customer = read_customer(
        "[promise.2026-11-01]\nwhat = \"late\"\ndue = 2026-11-09\n\
         [promise.2026-11-02]\nwhat = \"today\"\ndue = 2026-11-21\n\
         [promise.2026-11-03]\nwhat = \"kept\"\ndue = 2026-11-25\ndone = 2026-11-04\n",
    );
    let index = Index::new(&customer);
    let view = view(
        &index,
        Filter::default(),
        ask(Zoom::Day, true, Weekday::Monday),
    );
    let said: Vec<String> = view
        .lines(&index, 0..view.len())
        .iter()
        .filter_map(|line| match line {
            Line::Item(item) => Some(format!(
                "{} {} {}",
                item.day,
                item.text(),
                item.state(TODAY)
            )),
            Line::Now(_) => Some("now".to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            "2026-11-21 today due today",
            "now",
            "2026-11-03 kept done 2026-11-04",
            "2026-11-02 today due today",
            "2026-11-01 late overdue 12d",
        ]
    );
}

fn read_customer(text: &str) -> goodwill::model::journal::Journal {
    let customer = goodwill::store::read::read_customer("acme", text).customer;
    goodwill::model::journal::Journal::new(vec![customer.into()], Default::default())
}

/// A line out of few parts, so that two of them have to do with one another.
fn line() -> impl Strategy<Value = String> {
    let part = r"!?(c[01]?|de?|deal|'call|[\^]acme|kind:(ca|call|d|deal|promise)|is:(o|open|d|done|won|away)|deal:(w|web)|tag:(o|osaka|x)|(on|since|until):(2024|2024-02|2025)|a[|]deal)";
    proptest::collection::vec(part, 0..3).prop_map(|parts| parts.join(" "))
}

/// What a typed line asks for.
fn typed(line: &str) -> Query {
    let reading = Reading {
        today: TODAY,
        week_starts: Weekday::Monday,
        romaji: false,
    };
    Query::parse(line, &reading)
}

#[test]
fn a_filter_is_cleared_but_for_the_customer_of_the_page() {
    let filter = Filter {
        kinds: vec!["call".to_owned(), "concern".to_owned()],
        tags: vec!["osaka".to_owned()],
        period: Period::between(Some(date(2025, 10, 1)), Some(date(2026, 3, 31))),
        query: typed("支払"),
        ..Filter::of_customer("acme")
    };
    assert!(!filter.is_clear());
    assert_eq!(filter.cleared(), Filter::of_customer("acme"));
    assert!(filter.cleared().is_clear());
}

#[test]
fn text_is_found_in_entries_kinds_and_names_whatever_the_letters() {
    let journal = read_customer(
        "name = \"アクメ商事\"\n[interaction.2026-11-01]\nsummary = \"ＡＢＣ payment\"\n\
         [fact.2026-11-02]\ntext = \"カタカナ\"\n",
    );
    let index = Index::new(&journal);
    let count = |text: &str| {
        let filter = Filter {
            query: typed(text),
            ..Filter::default()
        };
        Selection::new(&index, filter).len()
    };
    assert_eq!(count("abc"), 1);
    assert_eq!(count("abc PAY"), 1);
    assert_eq!(count("abc かたかな"), 0);
    assert_eq!(count("fact"), 1);
    assert_eq!(count("あくめ"), 2);
    assert_eq!(count("あくめ かたかな"), 1);
}

#[test]
fn typing_on_looks_only_where_something_was_found() {
    let journal =
        read_customer("[fact.2026-11-01]\ntext = \"payment\"\n[fact.2026-11-02]\ntext = \"pay\"\n");
    let index = Index::new(&journal);
    let filter = |text: &str| Filter {
        query: typed(text),
        ..Filter::default()
    };
    let mut here = Selection::new(&index, Filter::default());
    for (text, count) in [
        ("p", 2),
        ("pay", 2),
        ("paym", 1),
        ("paymx", 0),
        ("pa", 2),
        ("", 2),
    ] {
        here = here.refined(&index, filter(text));
        assert_eq!(here.len(), count, "{text}");
        assert_eq!(here, Selection::new(&index, filter(text)));
    }
}

#[test]
fn a_row_whose_entry_is_gone_is_the_nearest_one() {
    let text = "[fact.2026-11-01]\ntext = \"a\"\n[fact.2026-11-10]\ntext = \"b\"\n";
    let index = Index::new(&read_customer(text));
    let list = view(
        &index,
        Filter::default(),
        ask(Zoom::Day, true, Weekday::Monday),
    );
    let at = list.nearest(&index, date(2026, 11, 10)).unwrap();
    let spot = list.spot(&index, at).unwrap();
    let index = Index::new(&read_customer("[fact.2026-11-01]\ntext = \"a\"\n"));
    let list = view(
        &index,
        Filter::default(),
        ask(Zoom::Day, true, Weekday::Monday),
    );
    let found = list.find(&index, &spot).unwrap();
    assert_eq!(list.day(&index, found), Some(date(2026, 11, 1)));
    let months = view(
        &index,
        Filter::default(),
        ask(Zoom::Month, true, Weekday::Monday),
    );
    let found = months.find(&index, &spot).unwrap();
    assert_eq!(months.day(&index, found), Some(date(2026, 11, 1)));
    assert_eq!(Role::Entry.word(), "");
}
