use super::*;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

/// A Saturday.
const TODAY: Date = date(2026, 11, 21);

fn said(text: &str, leaning: Leaning) -> String {
    parse(text, TODAY, leaning).map_or_else(|_| "unread".to_owned(), |when| when.to_string())
}

fn assert_said_either_way(phrases: &[(&str, &str)]) {
    for (text, day) in phrases {
        assert_eq!(said(text, Leaning::Past), *day, "{text}");
        assert_eq!(said(text, Leaning::Future), *day, "{text}");
    }
}

#[test]
fn english_phrases_that_say_which_way_they_go() {
    assert_said_either_way(&[
        ("2026-11-05", "2026-11-05"),
        ("2026/11/05", "2026-11-05"),
        ("2026.11.5", "2026-11-05"),
        ("２０２６－１１－０５", "2026-11-05"),
        ("2026-11-24 Tue", "2026-11-24"),
        ("today", "2026-11-21"),
        ("Today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("tomorrow", "2026-11-22"),
        ("the day before yesterday", "2026-11-19"),
        ("day after tomorrow", "2026-11-23"),
        ("3 days ago", "2026-11-18"),
        ("in 3 days", "2026-11-24"),
        ("3 days from now", "2026-11-24"),
        ("-3d", "2026-11-18"),
        ("+2w", "2026-12-05"),
        ("2 weeks ago", "2026-11-07"),
        ("in 2 months", "2027-01-21"),
        ("a week ago", "2026-11-14"),
        ("in a month", "2026-12-21"),
        ("two years ago", "2024-11-21"),
        ("last fri", "2026-11-13"),
        ("this fri", "2026-11-20"),
        ("next fri", "2026-11-27"),
        ("next Friday", "2026-11-27"),
        ("next sun", "2026-11-29"),
        ("this sunday", "2026-11-22"),
        ("by next tue", "2026-11-24"),
        ("next week", "2026-11-23"),
        ("last week", "2026-11-09"),
        ("next week thu", "2026-11-26"),
        ("thu next week", "2026-11-26"),
        ("next month", "2026-12-01"),
        ("last month", "2026-10-01"),
        ("next year", "2027-01-01"),
        ("end of next month", "2026-12-31"),
        ("end of last month", "2026-10-31"),
        ("end of this month", "2026-11-30"),
        ("end of this year", "2026-12-31"),
        ("5 nov 2026", "2026-11-05"),
        ("Nov 5, 2026", "2026-11-05"),
        ("5th of November 2026", "2026-11-05"),
        ("Thu, 5 Nov 2026", "2026-11-05"),
    ]);
}

#[test]
fn japanese_phrases_that_say_which_way_they_go() {
    assert_said_either_way(&[
        ("今日", "2026-11-21"),
        ("今日中に", "2026-11-21"),
        ("2026年11月5日木曜日", "2026-11-05"),
        ("本日", "2026-11-21"),
        ("昨日", "2026-11-20"),
        ("きのう", "2026-11-20"),
        ("一昨日", "2026-11-19"),
        ("おととい", "2026-11-19"),
        ("明日", "2026-11-22"),
        ("明日まで", "2026-11-22"),
        ("明後日", "2026-11-23"),
        ("あさってに", "2026-11-23"),
        ("3日前", "2026-11-18"),
        ("３日後", "2026-11-24"),
        ("三日後", "2026-11-24"),
        ("二十日前", "2026-11-01"),
        ("2週間前", "2026-11-07"),
        ("1か月後", "2026-12-21"),
        ("1ヶ月後", "2026-12-21"),
        ("一ヶ月後", "2026-12-21"),
        ("２ヵ月前", "2026-09-21"),
        ("3か月間後", "2027-02-21"),
        ("半年後", "2027-05-21"),
        ("1年前", "2025-11-21"),
        ("来週", "2026-11-23"),
        ("先週", "2026-11-09"),
        ("来週火曜", "2026-11-24"),
        ("来週火曜日", "2026-11-24"),
        ("来週の火曜日までに", "2026-11-24"),
        ("来週火", "2026-11-24"),
        ("先週金曜", "2026-11-13"),
        ("今週木曜", "2026-11-19"),
        ("再来週 月曜", "2026-11-30"),
        ("先々週日曜", "2026-11-08"),
        ("来月", "2026-12-01"),
        ("来月末", "2026-12-31"),
        ("今月末", "2026-11-30"),
        ("先月末", "2026-10-31"),
        ("来月5日", "2026-12-05"),
        ("先月の５日", "2026-10-05"),
        ("今年末", "2026-12-31"),
        ("来年3月1日", "2027-03-01"),
        ("去年11月末", "2025-11-30"),
        ("2026年11月5日", "2026-11-05"),
        ("２０２６年１１月５日（木）", "2026-11-05"),
        ("2028年2月末", "2028-02-29"),
        ("令和8年11月5日", "2026-11-05"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("R8.11.5", "2026-11-05"),
        ("r8/11/5", "2026-11-05"),
        ("Ｒ８．１１．５", "2026-11-05"),
    ]);
}

#[test]
fn phrases_that_lean_to_the_past_or_to_the_future() {
    for (text, past, future) in [
        ("fri", "2026-11-20", "2026-11-27"),
        ("Monday", "2026-11-16", "2026-11-23"),
        ("sat", "2026-11-14", "2026-11-28"),
        ("土曜日", "2026-11-14", "2026-11-28"),
        ("火曜", "2026-11-17", "2026-11-24"),
        ("3d", "2026-11-18", "2026-11-24"),
        ("2w", "2026-11-07", "2026-12-05"),
        ("11/5", "2026-11-05", "2027-11-05"),
        ("12/5", "2025-12-05", "2026-12-05"),
        ("11/21", "2026-11-21", "2026-11-21"),
        ("１１／５", "2026-11-05", "2027-11-05"),
        ("2/29", "2024-02-29", "2028-02-29"),
        ("nov 5", "2026-11-05", "2027-11-05"),
        ("Nov. 5th", "2026-11-05", "2027-11-05"),
        ("end of november", "2025-11-30", "2026-11-30"),
        ("5 nov", "2026-11-05", "2027-11-05"),
        ("the 5th", "2026-11-05", "2026-12-05"),
        ("11月5日", "2026-11-05", "2027-11-05"),
        ("十一月五日", "2026-11-05", "2027-11-05"),
        ("5日", "2026-11-05", "2026-12-05"),
        ("31日", "2026-10-31", "2026-12-31"),
        ("月末", "2026-10-31", "2026-11-30"),
        ("eom", "2026-10-31", "2026-11-30"),
        ("end of month", "2026-10-31", "2026-11-30"),
        ("end of year", "2025-12-31", "2026-12-31"),
        ("年末", "2025-12-31", "2026-12-31"),
        ("年度末", "2026-03-31", "2027-03-31"),
        ("11月末", "2025-11-30", "2026-11-30"),
        // Only 2026 has a Tuesday there: the next one in the year that is meant.
        ("11/24(火)", "unread", "2026-11-24"),
        ("11/5 (木)", "2026-11-05", "unread"),
    ] {
        assert_eq!(said(text, Leaning::Past), past, "{text}, past");
        assert_eq!(said(text, Leaning::Future), future, "{text}, future");
    }
}

#[test]
fn a_time_may_stand_behind_or_before_the_day() {
    for (text, when) in [
        ("2026-11-20 10:00", "2026-11-20T10:00:00"),
        ("2026-11-20T10:00:00+09:00", "2026-11-20T10:00:00+09:00"),
        ("2026-11-20 9:05", "2026-11-20T09:05:00"),
        ("2026-11-20 Fri 10:00", "2026-11-20T10:00:00"),
        ("yesterday 14:30", "2026-11-20T14:30:00"),
        ("14:30 yesterday", "2026-11-20T14:30:00"),
        ("昨日 14時半", "2026-11-20T14:30:00"),
        ("昨日14時", "2026-11-20T14:00:00"),
        ("きのうの午後2時15分に", "2026-11-20T14:15:00"),
        ("昨日　１４：３０", "2026-11-20T14:30:00"),
        ("today 3pm", "2026-11-21T15:00:00"),
        ("today at 12:30 am", "2026-11-21T00:30:00"),
        ("tomorrow noon", "2026-11-22T12:00:00"),
        ("3 days ago 10:00", "2026-11-18T10:00:00"),
        ("11月5日午前10時", "2026-11-05T10:00:00"),
        ("5日14時頃", "2026-11-05T14:00:00"),
        ("5日14時から", "2026-11-05T14:00:00"),
        ("11/5 3pm", "2026-11-05T15:00:00"),
        ("先週金曜 10:00", "2026-11-13T10:00:00"),
        ("10:00", "2026-11-21T10:00:00"),
        ("14時半", "2026-11-21T14:30:00"),
    ] {
        assert_eq!(said(text, Leaning::Past), when, "{text}");
    }
}

#[test]
fn what_names_no_day_is_refused_with_examples() {
    for text in [
        "",
        " ",
        "soon",
        "5",
        "20",
        "2026",
        "2026-11",
        "2026年11月",
        "2026-02-30",
        "2026-13-01",
        "2/30",
        "13/1",
        "0/5",
        "11/0",
        "11/5/2026",
        "26-11-5",
        "32日",
        "0日",
        "11月31日",
        "13月1日",
        "令和0年1月1日",
        "feb 30",
        "32nd",
        "nov",
        "2026-11-24 Mon",
        "this week",
        "今週",
        "月",
        "火",
        "next",
        "in days",
        "3",
        "3x",
        "--3d",
        "99999 days ago",
        "9999 years ago",
        "9999年後",
        "yesterday 25:00",
        "today 13pm",
        "昨日 24時",
        "14時60分",
        "today 10:0",
        "11/53pm",
        "20261120",
        "now",
        "前",
        "後",
        "日前",
        "の",
        "に",
        "最近",
        "2026-11-20 10:00 10:00",
        "next end of month",
    ] {
        for leaning in [Leaning::Past, Leaning::Future] {
            assert_eq!(said(text, leaning), "unread", "{text}");
        }
    }
    assert_eq!(
        parse(" soon ", TODAY, Leaning::Past)
            .unwrap_err()
            .to_string(),
        "`soon` is no day; type it like 2026-11-20, next fri 10:00 or 3日前"
    );
}

#[test]
fn every_example_of_a_refusal_is_read() {
    for example in ["2026-11-20", "next fri 10:00", "3日前"] {
        let message = Unread {
            text: String::new(),
        }
        .to_string();
        assert!(message.contains(example) && said(example, Leaning::Past) != "unread");
    }
}

#[test]
fn the_resolved_day_is_shown_with_its_weekday() {
    for (text, shown) in [
        ("2026-11-24", "2026-11-24 Tue"),
        ("2026-11-24T10:00:00", "2026-11-24 Tue 10:00"),
        ("2026-11-24T10:00:05", "2026-11-24 Tue 10:00:05"),
        ("2026-11-24T10:00:00+09:00", "2026-11-24 Tue 10:00+09:00"),
        ("2026-11-24T10:00:00Z", "2026-11-24 Tue 10:00Z"),
        ("10:00:00", "10:00"),
    ] {
        assert_eq!(echo(When::parse(text).unwrap()), shown);
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (1i32..3_650_000).prop_map(|days| date(1, 1, 1).saturating_add(days.days()))
}

fn any_leaning() -> impl Strategy<Value = Leaning> {
    prop_oneof![Just(Leaning::Past), Just(Leaning::Future)]
}

proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_answered(
        any in "\\PC{0,30}",
        near in "([0-9]{1,4}|[ :/.\\-+()年月日時分前後末の]|next|last|end of|week|month|nov|fri|来|先|週|火曜|令和|元|am|午後|ago|in|d|十|五){0,8}",
        today in any_day(), leaning in any_leaning(),
    ) {
        for text in [any, near] {
            if let Ok(when) = parse(&text, today, leaning) {
                prop_assert!((1..=9999).contains(&when.date.unwrap().year()));
            }
        }
    }

    #[test]
    fn a_day_in_any_spelling_is_that_day(day in any_day(), today in any_day(), leaning in any_leaning()) {
        let when = When::day(day);
        for text in [
            day.to_string(),
            echo(when),
            day.strftime("%Y/%-m/%-d (%a)").to_string(),
            day.strftime("%Y年%-m月%-d日").to_string(),
            day.strftime("%B %-d, %Y").to_string(),
        ] {
            prop_assert_eq!(parse(&text, today, leaning), Ok(when), "{}", text);
        }
        let at = When::at(day, Time::constant(14, 5, 0, 0));
        prop_assert_eq!(parse(&echo(at), today, leaning), Ok(at));
    }

    #[test]
    fn distances_are_plain_arithmetic(n in 0i64..2000, today in any_day().prop_filter("room", |d| (10..9900).contains(&d.year()))) {
        for (text, span) in [
            (format!("{n} days ago"), (-n).days()),
            (format!("{n}日前"), (-n).days()),
            (format!("in {n} days"), n.days()),
            (format!("+{n}w"), n.weeks()),
        ] {
            let wanted = When::day(today.checked_add(span).unwrap());
            prop_assert_eq!(parse(&text, today, Leaning::Past), Ok(wanted));
        }
    }

    #[test]
    fn a_bare_day_never_leans_the_wrong_way(
        text in "mon|fri|sun|水曜|[1-9]日|31日|2/29|12/31|nov 5|月末|年度末",
        today in any_day().prop_filter("room", |d| (20..9980).contains(&d.year())),
    ) {
        let past = parse(&text, today, Leaning::Past).unwrap().date.unwrap();
        let future = parse(&text, today, Leaning::Future).unwrap().date.unwrap();
        prop_assert!(past <= today && today <= future, "{past} {future}");
    }
}
