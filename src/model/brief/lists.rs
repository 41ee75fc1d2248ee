//! What a brief says of each thing: found, put in order, and cut to the most that is told.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::whole::{Line, Section, Topic};
use super::{newest_years, total_value, value_by_year};
use crate::model::age::short_age;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::kind::{HEARD, Kind};
use crate::model::ledger::one_line;
use crate::model::playbook::untried_levers;
use crate::model::settings::Settings;
use crate::model::timeline::words::word_of;

/// A customer, as far as it is known on a day.
pub(super) struct Seen<'a> {
    customer: &'a Customer,
    settings: &'a Settings,
    today: Date,
    /// What happened, newest first.
    newest: Vec<&'a Entry>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(customer: &'a Customer, settings: &'a Settings, today: Date) -> Seen<'a> {
        let newest = customer.newest();
        Seen {
            customer,
            settings,
            today,
            newest: newest.filter(|entry| is_past(entry, today)).collect(),
        }
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &'a Entry> {
        let newest = self.newest.iter().copied();
        newest.filter(move |entry| entry.kind() == Some(kind))
    }

    fn deals(&self) -> impl Iterator<Item = &'a Entry> {
        let deals = self.customer.of(Kind::Deal);
        deals.filter(|deal| is_past(deal, self.today))
    }

    /// What somebody is called: the contact's name, else the word itself.
    fn person(&self, word: &str) -> String {
        let contact = self.customer.person(word.trim());
        let name = contact.and_then(|contact| contact.fields.text("name"));
        one_line(name.unwrap_or(word))
    }

    fn age(&self, entry: &Entry) -> String {
        let day = entry.day();
        day.map_or_else(|| "no date".to_owned(), |day| short_age(day, self.today))
    }
}

fn is_past(entry: &Entry, today: Date) -> bool {
    entry.day().is_none_or(|day| day <= today)
}

/// All there is to say, in the order in which it is read.
pub(super) fn sections(seen: &Seen) -> Vec<Section> {
    let topics = [
        bounded(Topic::Who, now(seen)),
        bounded(Topic::Value, value(seen)),
        bounded(Topic::TheirWin, their_win(seen)),
        bounded(Topic::OurWin, our_win(seen)),
        bounded(Topic::WhoPays, who_pays(seen)),
        bounded(Topic::Concerns, concerns(seen)),
        bounded(Topic::Promises, promises(seen)),
        bounded(Topic::Touches, touches(seen)),
        bounded(Topic::People, people(seen)),
        facts(seen),
        bounded(Topic::Learned, learned(seen)),
        untried(seen),
        bounded(Topic::Heard, heard(seen)),
    ];
    let topics = topics.into_iter();
    topics.filter(|section| !section.lines.is_empty()).collect()
}

/// The first of these lines, and how many more there are.
fn bounded(topic: Topic, mut lines: Vec<Line>) -> Section {
    let more = lines.len().saturating_sub(topic.most());
    lines.truncate(topic.most());
    Section { topic, lines, more }
}

fn line(lead: &str, text: &str, aside: String, entry: &Entry) -> Line {
    Line {
        lead: one_line(lead),
        text: one_line(text),
        aside,
        entry: Some(entry.id().into()),
        ..Line::default()
    }
}

fn missing(lead: &str, text: &str) -> Line {
    Line {
        lead: lead.to_owned(),
        text: text.to_owned(),
        is_missing: true,
        ..Line::default()
    }
}

fn now(seen: &Seen) -> Vec<Line> {
    let head = &seen.customer.head;
    let said = |lead: &str, text: String| Line {
        lead: lead.to_owned(),
        text,
        ..Line::default()
    };
    let text = |name: &str| head.text(name).map(one_line);
    [
        text("why").map(|why| said("why", why)),
        text("supplier").map(|who| said("supplier", who)),
        head.day("review")
            .map(|day| said("review", review(day, seen.today))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn review(day: Date, today: Date) -> String {
    match day < today {
        true => format!("{day}: they were to choose suppliers anew"),
        false => format!("{day}: they choose suppliers anew"),
    }
}

/// The newest years, and all of them in one sum where there are more.
fn value(seen: &Seen) -> Vec<Line> {
    let years = value_by_year(seen.customer, seen.settings);
    if years.is_empty() {
        return Vec::new();
    }
    let usual = seen.settings.currency().unwrap_or("");
    let words = newest_years(&years, YEARS, usual);
    let total = total_value(seen.customer, seen.settings).short(usual);
    vec![Line {
        text: words.join("  "),
        aside: match years.len() {
            1 => String::new(),
            _ => format!("{total} in all"),
        },
        ..Line::default()
    }]
}

/// The most years that are told.
const YEARS: usize = 4;

fn their_win(seen: &Seen) -> Vec<Line> {
    let stages = [("expected", true), ("came", false)];
    let lines: Vec<Line> = stages
        .into_iter()
        .filter_map(|(lead, is_expected)| {
            let stage = seen.of(Kind::WinLose);
            let mut stage =
                stage.filter(|entry| is_expected == (entry.word("stage") == "expected"));
            stage.find_map(|entry| won(entry, "them", lead))
        })
        .collect();
    if lines.is_empty() {
        return vec![missing("", "not written down")];
    }
    lines
}

fn our_win(seen: &Seen) -> Vec<Line> {
    let newest = seen.of(Kind::WinLose).find_map(|entry| {
        let stage = entry.word("stage") == "expected";
        won(entry, "us", if stage { "expected" } else { "came" })
    });
    newest.into_iter().collect()
}

fn won(entry: &Entry, party: &str, lead: &str) -> Option<Line> {
    let wins = outcome(entry, party, "win");
    (!wins.is_empty()).then(|| line(lead, &wins.join(" / "), day_of(entry), entry))
}

fn day_of(entry: &Entry) -> String {
    entry.day().map(|day| day.to_string()).unwrap_or_default()
}

/// What a party has by the lines of this word, each as one line.
fn outcome(entry: &Entry, party: &str, word: &str) -> Vec<String> {
    entry.outcomes(party, word).map(one_line).collect()
}

/// Who loses by what is expected and by what came last.
fn who_pays(seen: &Seen) -> Vec<Line> {
    let newest = |is_expected: bool| {
        let mut all = seen.of(Kind::WinLose);
        all.find(move |entry| is_expected == (entry.word("stage") == "expected"))
    };
    let entries = [newest(true), newest(false)].into_iter().flatten();
    let mut lines = Vec::new();
    for entry in entries {
        for party in ["others", "them", "us"] {
            let losses = outcome(entry, party, "lose").into_iter();
            lines.extend(losses.map(|what| line(party, &what, day_of(entry), entry)));
        }
    }
    lines
}

fn concerns(seen: &Seen) -> Vec<Line> {
    let open = seen.of(Kind::Concern).filter(|entry| entry.is_open());
    open.map(|concern| {
        let from = concern.fields.texts("from").next();
        let who = from.map_or_else(|| "somebody".to_owned(), |from| seen.person(from));
        let about = concern.fields.text("about").map(one_line);
        let aside: Vec<String> = about.into_iter().chain([seen.age(concern)]).collect();
        line(&who, &concern.line_text(), aside.join(", "), concern)
    })
    .collect()
}

/// What is due first stands first.
fn promises(seen: &Seen) -> Vec<Line> {
    let open = seen.of(Kind::Promise).filter(|entry| entry.is_open());
    let mut open: Vec<&Entry> = open.collect();
    open.sort_by_key(|promise| {
        let due = promise.fields.day("due");
        (due.is_none(), due)
    });
    let lines = open.into_iter().map(|promise| {
        let state = promise.state(seen.today);
        let due = promise.fields.day("due");
        Line {
            is_due: due.is_some_and(|due| due <= seen.today),
            ..line(promise.word("by"), &promise.line_text(), state, promise)
        }
    });
    lines.collect()
}

fn touches(seen: &Seen) -> Vec<Line> {
    let touches = seen.newest.iter().filter(|entry| entry.is_touch());
    let lines = touches.map(|touch| {
        let lead = format!("{} {}", day_of(touch), word_of(touch));
        let with: Vec<String> = touch.fields.texts("with").map(|w| seen.person(w)).collect();
        line(lead.trim(), &touch.line_text(), with.join(", "), touch)
    });
    lines.collect()
}

/// Who decides first, then whoever has a worry that is known.
fn people(seen: &Seen) -> Vec<Line> {
    let is_here = |contact: &&Entry| match contact.fields.get("left") {
        None => true,
        Some(_) => contact
            .fields
            .day("left")
            .is_some_and(|left| left > seen.today),
    };
    let here = seen.customer.of(Kind::Contact).filter(is_here);
    let mut here: Vec<&Entry> = here.collect();
    here.sort_by_key(|contact| {
        let is_open = contact.fields.text("worries").is_none();
        (Reverse(contact.fields.is_yes("decides")), is_open)
    });
    let lines = here.into_iter().map(|contact| {
        let role = contact.fields.text("role").map(one_line);
        let decides = contact.fields.is_yes("decides");
        let decides = decides.then(|| "decides".to_owned());
        let aside: Vec<String> = decides.into_iter().chain(role).collect();
        let worries = contact.fields.text("worries");
        Line {
            is_missing: worries.is_none(),
            ..line(
                &contact.line_text(),
                worries.unwrap_or("worries not known"),
                aside.join(", "),
                contact,
            )
        }
    });
    lines.collect()
}

/// The newest fact of each facet, and the facets of which there is none.
fn facts(seen: &Seen) -> Section {
    let about = Kind::Fact.field("about");
    let facets = about.map_or_else(Vec::new, |field| seen.settings.words("fact", field));
    let (mut lines, mut unknown) = (Vec::new(), Vec::new());
    for facet in facets {
        let folded = fold(facet);
        let is_about = |fact: &Entry| fact.fields.text("about").is_some_and(|a| fold(a) == folded);
        match seen.of(Kind::Fact).find(|fact| is_about(fact)) {
            Some(fact) => lines.push(line(facet, &fact.line_text(), seen.age(fact), fact)),
            None => unknown.push(facet),
        }
    }
    let mut facts = bounded(Topic::Facts, lines);
    if !unknown.is_empty() {
        facts.lines.push(missing("unknown", &unknown.join(", ")));
    }
    facts
}

fn learned(seen: &Seen) -> Vec<Line> {
    let lines = seen.of(Kind::Negotiation).filter_map(|negotiation| {
        let learned = negotiation.fields.text("learned")?;
        let result = negotiation.word("result");
        Some(line(result, learned, day_of(negotiation), negotiation))
    });
    lines.collect()
}

/// Where nothing was negotiated yet, nothing is left out either.
fn untried(seen: &Seen) -> Section {
    let is_new = seen.of(Kind::Negotiation).next().is_none();
    let levers = if is_new {
        Vec::new()
    } else {
        untried_levers(seen.customer, seen.settings)
    };
    let first: Vec<&str> = levers.iter().take(LEVERS).map(String::as_str).collect();
    let told = Line {
        text: first.join(", "),
        ..Line::default()
    };
    Section {
        topic: Topic::Untried,
        lines: if first.is_empty() {
            Vec::new()
        } else {
            vec![told]
        },
        more: levers.len() - first.len(),
    }
}

/// The most levers that are told.
const LEVERS: usize = 4;

/// `consulted 3, rfp 1 of 4`, and the last one.
fn heard(seen: &Seen) -> Vec<Line> {
    let deals: Vec<&Entry> = seen.deals().collect();
    // Of equal days the one that was written last.
    let Some(last) = deals.iter().max_by_key(|deal| deal.day()) else {
        return Vec::new();
    };
    let mut words: Vec<(&str, usize)> = HEARD.iter().map(|word| (*word, 0)).collect();
    for deal in &deals {
        let heard = word_heard(deal);
        match words.iter_mut().find(|(word, _)| *word == heard) {
            Some((_, count)) => *count += 1,
            None => words.push((heard, 1)),
        }
    }
    let counts = words.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(word, n)| format!("{word} {n}")).collect();
    let text = format!("{} of {}", counts.join(", "), deals.len());
    let last_word = format!("last: {}", word_heard(last));
    vec![line("", &text, last_word, last)]
}

fn word_heard(deal: &Entry) -> &str {
    deal.fields.text("heard").map_or("unknown", str::trim)
}
