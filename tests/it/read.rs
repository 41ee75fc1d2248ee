//! Files become customers, and what can't be read is told with a line and a cure.

use goodwill::model::customer::Customer;
use goodwill::model::problem::Problem;
use goodwill::store::read::{read_bytes, read_customer, read_settings};
use goodwill::store::syntax::strict_problems;

/// `path:line code: message (cure)`, one below the other.
fn told(problems: &[Problem]) -> String {
    let told = problems.iter().map(|p| {
        let line = p.line.map_or_else(String::new, |line| line.to_string());
        format!("{line} {}: {} ({})\n", p.code, p.message, p.cure)
    });
    told.collect()
}

/// The head on one line, then every entry on one.
fn picture(customer: &Customer) -> String {
    let fields = |fields: &goodwill::model::entry::Fields| {
        let line = |(name, value): (&str, &goodwill::model::value::Value)| {
            format!(" {name}={}", value.to_line())
        };
        fields.iter().map(line).collect::<Vec<_>>().join(";")
    };
    let mut out = format!("head{}\n", fields(&customer.head));
    for entry in &customer.entries {
        let known = if entry.kind().is_some() { "" } else { "?" };
        let id = entry.id();
        out += &format!("{} {id}{known}{}\n", entry.line, fields(&entry.fields));
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let read = read_customer("acme", text);
    assert_eq!(picture(&read.customer), expected);
    assert_eq!(told(&read.problems), "");
    assert_eq!(told(&strict_problems("acme", text)), "");
    assert!(!read.customer.broken);
}

#[test]
fn a_customer_is_read_as_it_was_written() {
    check(
        "\u{feff}# about\nname = \"アクメ商事\"\naliases = [\"ACME\", \"A\"]\n\n[volume]\n2019 = 2_400_000\n\n\
         # of her\n[contact.yamada]\r\nname = '山田 花子'\r\n\n[deal.\"EC更改\"]\nvalue = 1_200.50\nweird = true\n",
        "head name=アクメ商事; aliases=ACME, A; volume=2019 = 2400000\n\
         9 contact.yamada name=山田 花子\n12 deal.EC更改 value=1200.50; weird=true\n",
    );
}

#[test]
fn every_spelling_of_a_table_makes_an_entry() {
    check(
        "concern = { \"2026\" = { said = \"a\", x.y = 1 } }\n[fact]\n\"2026-11-20\" = { text = \"b\" }\n\
         s.text = \"c\"\ns.about = \"people\"\n",
        "head\n1 concern.2026 said=a; x=y = 1\n2 fact.2026-11-20 text=b\n2 fact.s text=c; about=people\n",
    );
    check(
        "concern.x.said = \"a\"\nconcern.x.status = \"open\"\nname = \"n\"\n",
        "head name=n\n1 concern.x said=a; status=open\n",
    );
}

#[test]
fn sub_tables_belong_to_their_entry_wherever_they_stand() {
    check(
        "[concern.x.more]\na = 1\n[fact.y]\ntext = \"b\"\n[concern.x]\nsaid = \"c\"\n[fact.y.deep.er]\n\
         z = 2\n[[fact.y.list]]\nq = 3\n[[fact.y.list]]\n",
        "head\n5 concern.x more=a = 1; said=c\n3 fact.y text=b; deep=er = z = 2; list=q = 3, \n",
    );
}

#[test]
fn kinds_of_the_owners_making_are_entries_and_other_tables_stay_in_the_head() {
    check(
        "[gift.2026-11-20]\nwhat = \"tea\"\n[address]\ncity = \"Osaka\"\n[address.old]\ncity = \"Kyoto\"\n\
         [snooze]\n\"concern concern.x\" = 2026-12-01\n[[visit]]\nn = 1\n[[visit]]\nn = 2\n[visit.sub]\nm = 3\n\
         [volume.note]\na = 1\n[empty]\n[concern]\n[[log.x]]\na = 1\n",
        "head address=city = Osaka; snooze=concern concern.x = 2026-12-01; visit=n = 1, n = 2, sub = m = 3; \
         volume=note = a = 1; empty=; log=x = a = 1\n\
         1 gift.2026-11-20? what=tea\n5 address.old? city=Kyoto\n",
    );
}

#[test]
fn settings_are_tables_and_never_entries() {
    let (settings, problems) = read_settings(
        "today = 2026-11-21\n[words]\n\"negotiation.lever\" = [\"coffee\"]\n[cadence]\nactive = \"6w\"\n\
         [searches.x]\ny = 1\n",
    );
    assert!(problems.is_empty());
    assert_eq!(settings.today().unwrap().to_string(), "2026-11-21");
    assert_eq!(settings.cadence("active"), Some("6w"));
    assert_eq!(settings.fields.iter().count(), 4);
}

#[test]
fn two_equal_headers_are_both_shown() {
    let text = "[concern.2026-11-20]\nsaid = \"a\"\n\n[concern.2026-11-20]\nsaid = \"b\"\n";
    let read = read_customer("acme", text);
    assert_eq!(
        picture(&read.customer),
        "head\n1 concern.2026-11-20 said=a\n4 concern.2026-11-20 said=b\n"
    );
    assert_eq!(
        told(&strict_problems("acme", text)),
        "4 duplicate-entry: [concern.2026-11-20] stands in this file twice \
         (run: goodwill check --fix; it gives the second a suffix)\n"
    );
}

/// Text, what is shown of it, what is told.
#[track_caller]
fn broken(text: &str, shown: &str, expected: &str) {
    let read = read_customer("acme", text);
    assert_eq!(told(&read.problems), expected);
    assert_eq!(picture(&read.customer), shown);
    assert!(read.customer.broken);
    assert_eq!(strict_problems("acme", text), read.problems);
}

#[test]
fn the_good_entries_of_a_broken_file_are_shown() {
    broken(
        "name = Acme\n[fact.a]\ntext = \"x\"\nabout people\nsource = \"me\"\n[fact.b\ntext = \"y\"\n[fact.c]\ntext = \"z\n",
        "head\n2 fact.a text=x; source=me\n8 fact.c\n",
        "",
    );
}

#[test]
fn a_text_that_is_never_closed_costs_its_own_entry_only() {
    broken(
        "[fact.a]\nnotes = \"\"\"\nx\n\n[fact.b]\ntext = \"y\"\n",
        "",
        "",
    );
    broken(
        "[fact.a]\nnotes = \"\"\"\nx\n\n[fact.b]\nnotes = \"\"\"\ny\"\"\"\n\n[fact.c]\ntext = \"z\"\n",
        "",
        "",
    );
    broken(
        "tags = [\"a\", \"b\"\n\n[fact.b]\ntext = \"y\"\n",
        "",
        "",
    );
}
#[test]
fn x() {
    for text in ["<<<<<<< ours\nname = \"a\"\n=======\nname = \"b\"\n>>>>>>> theirs\n[fact.a]\ntext = \"x\"\n",
    "[fact.a]\ntext = \"x\"\n<<<<<<< conflict 1 of 1\n%%%%%%% diff\n-tags = []\n+tags = [\"a\"]\n+++++++ side\ntags = [\"b\"]\n>>>>>>> end\n[fact.b]\ntext = \"y\"\n",
    "name ＝ \"a\"\n[fact.a]\ntext = “b”\ndate = ２０２６-11-20\n［fact.b］\nx = 1\n",
    "a = 1\na = 2\nd = 2026-02-30\ne = 012\nf = \"\\q\"\n",
    "a = 1_\nb = tru\nc = \"a\" \"b\"\n[a.b] x\n[[c]\n",
    ] {
    let read = read_customer("acme", text);
    println!("{text}\n--\n{}{}", picture(&read.customer), told(&strict_problems("acme", text)));
    }
    println!("{}", told(&read_bytes("acme", b"name = \"\xe9\"").problems));
    println!("{}", told(&read_bytes("acme", b"\xff\xfen\0a\0").problems));
    println!("{}", told(&read_bytes("acme", b"n\0a\0").problems));
}
