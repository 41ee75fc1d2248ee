//! Files become customers, and what can't be read is told with a line and a cure.

use goodwill::model::customer::Customer;
use goodwill::model::entry::Fields;
use goodwill::model::problem::Problem;
use goodwill::model::value::ValueRef;
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
    let fields = |fields: &Fields| {
        let line = |(name, value): (&str, ValueRef)| format!(" {name}={}", value.to_line());
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
         (run: goodwill check --fix; it gives the second a suffix, or takes it out where both are the same)\n"
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
        "head name=Acme\n2 fact.a text=x; source=me\n6 fact.b text=y\n8 fact.c\n",
        "4 syntax: a name stands here without a value \
         (write name = \"value\", or put # in front to make it a comment)\n\
         6 syntax: the header is not closed (write ] at its end, as in [kind.key])\n\
         9 syntax: the quotes that open here are not closed (write the closing quote)\n",
    );
}

#[test]
fn lines_below_a_header_that_cannot_be_read_are_not_given_to_the_entry_above() {
    for header in ["［fact.b］", "fact.b]", "［fact.b]"] {
        let text = format!("[fact.a]\ntext = \"x\"\n\n{header}\nabout = \"y\"\n\n[fact.c]\n");
        let read = read_customer("acme", &text);
        assert_eq!(
            picture(&read.customer),
            "head\n1 fact.a text=x\n7 fact.c\n",
            "{header}"
        );
        assert_eq!(read.problems[0].line, Some(4), "{header}");
    }
}

#[test]
fn a_text_that_is_never_closed_costs_its_own_entry_only() {
    let unclosed = "2 syntax: the text that begins here is never closed \
                    (write \"\"\" (or ''', as it was opened) behind its last word)\n";
    broken(
        "[fact.a]\nnotes = \"\"\"\nx\n\n[fact.b]\ntext = \"y\"\n",
        "head\n1 fact.a\n5 fact.b text=y\n",
        unclosed,
    );
    broken(
        "[fact.a]\nnotes = \"\"\"\nx\n\n[fact.b]\nnotes = \"\"\"\ny\"\"\"\n\n[fact.c]\ntext = \"z\"\n",
        "head\n1 fact.a\n5 fact.b notes=y\n9 fact.c text=z\n",
        unclosed,
    );
    broken(
        "tags = [\"a\", \"b\"\n\n[fact.b]\ntext = \"y\"\n",
        "head\n3 fact.b text=y\n",
        "1 syntax: the list is not closed (write ] behind its last item)\n",
    );
}

#[test]
fn the_markers_of_a_merge_are_one_problem() {
    let jj = "a = 1\nb = 2\n<<<<<<< conflict 1 of 1\n%%%%%%% diff\n-tags = []\n+tags = [1]\n\
              +++++++ side\ntags = [2]\n>>>>>>> end\n";
    for (text, line) in [
        (
            "<<<<<<< ours\nname = \"a\"\n=======\nname = \"b\"\n>>>>>>> theirs\n",
            1,
        ),
        (
            "name = \"a\"\n<<<<<<< ours\nx = 1\n||||||| base\n=======\n>>>>>>> theirs\n",
            2,
        ),
        (jj, 3),
        ("name = \"a\"\n=======\n", 2),
    ] {
        broken(
            text,
            &picture(&read_customer("acme", text).customer),
            &format!(
                "{line} conflict-markers: a merge was left half done: both versions stand here \
                 between markers (S on screen or goodwill resolve asks what shall \
                 count; or keep what is right and delete the marker lines)\n"
            ),
        );
    }
}

#[test]
fn full_width_slips_say_which_key_to_type() {
    for (line, cure) in [
        ("name ＝ \"a\"", "type = instead of ＝"),
        ("［fact.b］", "type [ instead of ［"),
        ("name = “b”", "type \" instead of “"),
        ("date = ２０２６-11-20", "type plain digits instead of ２"),
        ("date = 2026－11-20", "type - instead of －"),
        ("tags = [\"a\"、 \"b\"]", "type a plain comma instead of 、"),
        (
            "name\u{3000}= \"a\"",
            "type a plain space instead of the full-width space",
        ),
        ("name = \"a\" ＃ here", "type # instead of ＃"),
    ] {
        let problems = strict_problems("acme", line);
        assert_eq!(problems[0].code, "full-width", "{line}");
        assert_eq!(problems[0].cure, cure);
    }
    for line in ["name = サーバー、一式", "name = \"a\" \"＝\"", "a = ー"] {
        assert_eq!(strict_problems("acme", line)[0].code, "syntax", "{line}");
    }
}

#[test]
fn bad_values_are_told_by_the_strict_pass() {
    let text = "a = 1\na = 2\nd = 2026-02-30\ne = 012\nf = \"\\q\"\ng = Acme\n";
    assert!(!read_customer("acme", text).customer.broken);
    let told = strict_problems("acme", text);
    let told: Vec<_> = told.iter().map(|p| (p.line, p.code, &*p.message)).collect();
    assert_eq!(
        told,
        [
            (
                Some(2),
                "duplicate-key",
                "this name was given a value before"
            ),
            (Some(3), "syntax", "there is no such day"),
            (Some(4), "syntax", "a number can't begin with 0"),
            (
                Some(5),
                "syntax",
                "\\ means something between double quotes"
            ),
            (Some(6), "syntax", "text stands here without quotes"),
        ]
    );
}

#[test]
fn bytes_that_are_no_text_keep_the_customer_listed() {
    for (bytes, message) in [
        (&b"name = \"\xe9\""[..], "another encoding at byte 8"),
        (b"\xff\xfen\0a\0", "UTF-16 at byte 0"),
        (b"a = 1\nn\0a\0", "a NUL at byte 7"),
    ] {
        let read = read_bytes("acme", bytes);
        assert_eq!(&*read.customer.key, "acme");
        assert!(read.customer.broken);
        assert_eq!(read.problems[0].code, "encoding");
        assert!(read.problems[0].message.ends_with(message), "{message}");
        assert!(read.problems[0].line.is_some());
    }
}

#[test]
fn absurd_nesting_is_a_problem_and_no_stack_overflow() {
    let dots = "a.".repeat(200_000);
    for text in [
        format!("[{dots}a]"),
        format!("{dots}a = 1"),
        format!("a = {{ {dots}a = 1 }}"),
        format!("a = [{{ {dots}a = 1 }}]"),
        format!("a = {}", "[".repeat(200_000)),
        format!("[[{dots}a]]"),
    ] {
        assert!(read_customer("acme", &text).customer.broken);
        assert!(!strict_problems("acme", &text).is_empty());
    }
}
