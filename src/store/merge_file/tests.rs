use super::{Labels, merge_file};

fn merged(base: &str, ours: &str, theirs: &str) -> String {
    let merge = |a: &str, b: &str| merge_file(base.as_bytes(), a.as_bytes(), b.as_bytes()).unwrap();
    let one = merge(ours, theirs);
    assert_eq!(one.clashes, [], "{one:?}");
    let other = merge(theirs, ours);
    let text = String::from_utf8(one.text).unwrap();
    assert_eq!(text, String::from_utf8(other.text).unwrap());
    for side in [ours, theirs] {
        let again = merge(&text, side);
        assert_eq!(String::from_utf8(again.text).unwrap(), text);
    }
    text
}

#[test]
fn two_entries_of_two_machines_both_stay() {
    let base = "name = \"A\"\n\n[fact.a]\ntext = \"x\"\n";
    let ours = format!("{base}\n[concern.2026-11-20-aaaaaa]\nsaid = \"ours\"\n");
    let theirs = format!("{base}\n[concern.2026-11-19-bbbbbb]\nsaid = \"theirs\"\n");
    assert_eq!(
        merged(base, &ours, &theirs),
        format!(
            "{base}\n[concern.2026-11-19-bbbbbb]\nsaid = \"theirs\"\n\n\
             [concern.2026-11-20-aaaaaa]\nsaid = \"ours\"\n"
        )
    );
}

#[test]
fn a_clash_is_marked_on_its_line_alone() {
    let base = "[fact.a]\n# why\ntext = \"x\" # behind\nsource = \"s\"\n";
    let ours = base.replace("\"x\"", "\"o\"");
    let theirs = base.replace("\"x\"", "\"t\"").replace("\"s\"", "\"S\"");
    let merged = merge_file(base.as_bytes(), ours.as_bytes(), theirs.as_bytes()).unwrap();
    assert_eq!(merged.clashes.len(), 1);
    let labels = Labels {
        ours: "ours".to_owned(),
        base: "base".to_owned(),
        theirs: "theirs".to_owned(),
    };
    assert_eq!(
        String::from_utf8(merged.marked(&labels, 7)).unwrap(),
        "[fact.a]\n# why\n<<<<<<< ours\ntext = \"o\" # behind\n||||||| base\ntext = \"x\" # behind\n\
         =======\ntext = \"t\" # behind\n>>>>>>> theirs\nsource = \"S\"\n"
    );
}
