use super::{Outline, Spelling, outline};
use crate::model::value::Value;

/// Every block as `lead|header`, every line as `lead|line`, keys with their values.
fn picture(text: &str) -> String {
    let outline = outline(text);
    let mut out = String::new();
    for block in outline.blocks() {
        let names: Vec<_> = outline.names(block.path).collect();
        let lead = &text[block.lead as usize..block.header.start as usize];
        let array = if block.array { " array" } else { "" };
        out += &format!("[{}]{array} {lead:?}\n", names.join(" / "));
        for line in outline.lines(block) {
            let names: Vec<_> = outline.names(line.value.keys).collect();
            let lead = &text[line.lead as usize..line.span.start as usize];
            let value = outline.decode(&line.value).to_line();
            out += &format!("  {} = {value} {lead:?}\n", names.join(" / "));
        }
    }
    for error in outline.errors() {
        out += &format!("! {:?} {}\n", error.span.of(text), error.message);
    }
    out
}

fn one(text: &str) -> Value {
    let outline: Outline<'_> = outline(text);
    outline.decode(&outline.lines(&outline.blocks()[0])[0].value)
}

#[test]
fn tables_lines_and_the_comments_above_them_are_found() {
    let text = "\u{feff}# about the file\n\nname = \"アクメ\" # here\n# of the tags\ntags = [ # in\n \"a\", # b\n]\n\n\
                # stands alone\n\n# of the deal\n[deal.\"EC更改\"] # x\r\ntitle = 'a'\r\n\
                a.'b'.c = 1_000\r\n [[ e ]]\nx = { y = 1, z.w = [2, {v = 3}] }";
    assert_eq!(
        picture(text),
        "[] \"\"\n  name = アクメ \"\"\n  tags = a \"# of the tags\\n\"\n\
         [deal / EC更改] \"# of the deal\\n\"\n  title = a \"\"\n  a / b / c = 1000 \"\"\n\
         [e] array \"\"\n  x = y = 1, z = w = 2, v = 3 \"\"\n"
    );
    let outline = outline(text);
    let last = outline.blocks().last().unwrap();
    assert_eq!(last.header.of(text), " [[ e ]]\n");
    assert_eq!(last.body().of(text).lines().count(), 2);
    let first = outline.lines(&outline.blocks()[0]);
    assert_eq!(first[0].span.of(text), "name = \"アクメ\" # here\n");
    assert_eq!(first[1].span.of(text), "tags = [ # in\n \"a\", # b\n]\n");
}

#[test]
fn values_keep_what_was_written() {
    assert_eq!(one(r#"a = "x\ty\u3042""#), Value::text("x\tyあ"));
    assert_eq!(one(r"a = 'x\t'"), Value::text(r"x\t"));
    assert_eq!(
        one("a = \"\"\"\r\nb\r\nc\\r\\n\"\"\""),
        Value::text("b\nc\r\n")
    );
    assert_eq!(one("a = '''\nb\n'''"), Value::text("b\n"));
    assert_eq!(one("a = 1_200.50"), Value::Number("1200.50".into()));
    assert_eq!(one("a = 0xDEAD_beef"), Value::Number("0xDEADbeef".into()));
    assert_eq!(one("a = -inf"), Value::Number("-inf".into()));
    assert_eq!(
        one("a = 2026-11-20").as_when().unwrap().to_string(),
        "2026-11-20"
    );
    assert_eq!(one("a = 10:00").as_when().unwrap().to_string(), "10:00:00");
    assert_eq!(one("a = false"), Value::Bool(false));
    assert_eq!(one("a = 2026-02-30"), Value::text("2026-02-30"));
    assert_eq!(one("a = yes"), Value::text("yes"));
    assert_eq!(one("a = 012"), Value::text("012"));
}

#[test]
fn the_good_lines_of_a_broken_file_are_found() {
    assert_eq!(
        picture("a = 1\nb\nc = = 3\n[d.e\nf = 4\ng =\n= 5\n[]\nh = \"x\ni = [1, 2"),
        "[] \"\"\n  a = 1 \"\"\n  c =  \"\"\n[d / e] \"\"\n  f = 4 \"\"\n  g =  \"\"\n   = 5 \"\"\n\
         [] \"\"\n  h = x \"\"\n  i = 1, 2 \"\"\n\
         ! \"\" key with no value\n! \"= 3\" extra `=`\n! \"\" unclosed table\n\
         ! \"\" a value is missing here\n! \"\" a key is missing here\n! \"\" a key is missing here\n\
         ! \"\" unclosed array\n"
    );
}

#[test]
fn a_million_brackets_are_one_error() {
    let deep = format!("a = {}", "[".repeat(1_000_000));
    assert_eq!(outline(&deep).errors().len(), 1);
    let tables = "a={a=".repeat(200_000);
    assert!(!outline(&tables).errors().is_empty());
}

#[test]
fn inline_tables_show_where_their_values_stand() {
    let text = "a = { b = 1, c.d = [ 'x' , 2 ] }\n";
    let outline = outline(text);
    let table = outline.lines(&outline.blocks()[0])[0].value;
    assert_eq!(table.spelling, Spelling::InlineTable);
    let items: Vec<_> = outline.items(&table).collect();
    assert_eq!(items.len(), 2);
    assert_eq!(items[1].span.of(text), "[ 'x' , 2 ]");
    let inner: Vec<_> = outline.items(items[1]).map(|i| i.span.of(text)).collect();
    assert_eq!(inner, ["'x'", "2"]);
}
