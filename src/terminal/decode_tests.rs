use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::decode::Decoder;
use crate::ui::msg::Msg;

/// What was read, in words: `Char('a')`, `CONTROL+Char('s')`, `paste "…"`.
fn words(msgs: Vec<Msg>) -> Vec<String> {
    let word = |msg| match msg {
        Msg::Key(key) if key.modifiers - KeyModifiers::SHIFT == KeyModifiers::NONE => {
            format!("{:?}", key.code)
        }
        Msg::Key(key) => format!("{:?}+{:?}", key.modifiers - KeyModifiers::SHIFT, key.code),
        Msg::Paste(text) => format!("paste {text:?}"),
        Msg::Mouse(mouse) => format!("{:?} {},{}", mouse.press, mouse.column, mouse.row),
        other => format!("{other:?}"),
    };
    msgs.into_iter().map(word).collect()
}

/// What these bytes are when all of them come at once and no more follow.
fn read(bytes: &[u8]) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut msgs = decoder.push(bytes);
    msgs.extend(decoder.give_up());
    words(msgs)
}

#[test]
fn letters_of_every_width_are_keys() {
    assert_eq!(
        read("aÀ支𠮟👨‍🌾".as_bytes()),
        [
            "Char('a')",
            "Char('À')",
            "Char('支')",
            "Char('𠮟')",
            "Char('👨')",
            "Char('\\u{200d}')",
            "Char('🌾')"
        ]
    );
}

#[test]
fn control_characters_are_the_keys_that_make_them() {
    assert_eq!(
        read(b"\r\t\x7f\x03\x13\x1a\0\x1c"),
        [
            "Enter",
            "Tab",
            "Backspace",
            "KeyModifiers(CONTROL)+Char('c')",
            "KeyModifiers(CONTROL)+Char('s')",
            "KeyModifiers(CONTROL)+Char('z')",
            "KeyModifiers(CONTROL)+Char(' ')",
            "KeyModifiers(CONTROL)+Char('4')",
        ]
    );
}

#[test]
fn terminals_name_the_same_keys_in_several_ways() {
    for (bytes, key) in [
        ("\x1b[A", "Up"),
        ("\x1bOA", "Up"),
        ("\x1b[H", "Home"),
        ("\x1b[1~", "Home"),
        ("\x1b[7~", "Home"),
        ("\x1b[5~", "PageUp"),
        ("\x1b[3~", "Delete"),
        ("\x1b[Z", "BackTab"),
        ("\x1bOM", "Enter"),
        ("\x1b[1;5C", "KeyModifiers(CONTROL)+Right"),
        ("\x1bb", "KeyModifiers(ALT)+Char('b')"),
        ("\x1b[115;5u", "KeyModifiers(CONTROL)+Char('s')"),
        ("\x1b[27;5;115~", "KeyModifiers(CONTROL)+Char('s')"),
        ("\x1b[27u", "Esc"),
    ] {
        assert_eq!(read(bytes.as_bytes()), [key], "{bytes:?}");
    }
}

#[test]
fn esc_is_esc_only_when_nothing_follows() {
    let mut decoder = Decoder::default();
    assert_eq!(words(decoder.push(b"\x1b")), [""; 0]);
    assert!(decoder.patience().is_some());
    assert_eq!(words(decoder.push(b"[B")), ["Down"]);
    assert_eq!(decoder.patience(), None);

    assert_eq!(read(b"\x1b"), ["Esc"]);
    assert_eq!(read(b"\x1b\x1b[B"), ["Esc", "Down"]);
    assert_eq!(read("\x1b支".as_bytes()), ["Esc", "Char('支')"]);
    assert_eq!(read(b"\x1b["), ["KeyModifiers(ALT)+Char('[')"]);
}

#[test]
fn a_bad_line_gets_more_time_than_esc_and_half_a_character_all_there_is() {
    let patience = |bytes: &[u8]| {
        let mut decoder = Decoder::default();
        decoder.push(bytes);
        decoder.patience()
    };
    assert!(patience(b"\x1b") < patience(b"\x1b["));
    assert_eq!(patience(b"\x1b["), patience(b"\x1b[20"));
    for waits in [b"".as_slice(), b"\xe6", b"\xe6\x94", b"\x1b[200~\x1b[2"] {
        assert_eq!(patience(waits), None, "{waits:?}");
    }
}

#[test]
fn what_is_no_key_is_nothing() {
    for bytes in [
        b"\x1b[I".as_slice(),
        b"\x1b[12;40R",
        b"\x1b[?1;2c",
        b"\x1b[[A",
        b"\x1bOP",
        b"\x1b[201~",
        b"\x1b[99999999999~",
        b"\xff\xc3",
        b"\x1b[115;5",
    ] {
        assert_eq!(read(bytes), [""; 0], "{bytes:?}");
    }
    // And what follows it is read.
    assert_eq!(read(b"\xff\x1b[12\x1b[Ax"), ["Up", "Char('x')"]);
    let endless = [b"\x1b[".as_slice(), &[b'1'; 200], b"x"].concat();
    assert!(read(&endless).len() <= 140, "and is forgotten");
}

#[test]
fn what_a_terminal_answers_to_an_editor_that_is_gone_is_no_key() {
    for answer in [
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1bP>|tmux 3.4\x1b\\",
        "\x1bP1+r436f=323536\x1b\\",
        "\x1b[>41;354;0c",
        "\x1b[?2026;2$y",
    ] {
        assert_eq!(read(answer.as_bytes()), [""; 0], "{answer:?}");
        let and_a_key = format!("{answer}D");
        assert_eq!(read(and_a_key.as_bytes()), ["Char('D')"], "{answer:?}");
    }
    assert_eq!(read(b"\x1b]"), ["KeyModifiers(ALT)+Char(']')"]);
    assert_eq!(read(b"\x1bP"), ["KeyModifiers(ALT)+Char('P')"]);
    assert_eq!(read(b"\x1bPx").len(), 2, "no answer begins so");
    assert_eq!(read(b"\x1b]11;\x1b[Ax"), ["Up", "Char('x')"], "broken off");
    let endless = [b"\x1b]1".as_slice(), &[b'q'; 3000]].concat();
    assert!(read(&endless).len() <= 2000, "and is forgotten");
}

#[test]
fn a_paste_is_one_text_whatever_is_in_it() {
    assert_eq!(
        read("\x1b[200~一\r\n二\x1b[A\x03\x1b[201~q".as_bytes()),
        [r#"paste "一\r\n二\u{1b}[A\u{3}""#, "Char('q')"]
    );
    assert_eq!(read(b"\x1b[200~\x1b[201~"), [r#"paste """#]);
    assert_eq!(read(b"\x1b[200~a\xffb\x1b[201~"), ["paste \"a\u{fffd}b\""]);
    let huge = [b"\x1b[200~".as_slice(), &vec![b'x'; 9 << 20], b"\x1b[201~q"].concat();
    assert_eq!(read(&huge).last().map(String::as_str), Some("Char('q')"));
}

#[test]
fn presses_drags_and_the_wheel_are_told_and_nothing_else_of_the_mouse() {
    for (bytes, told) in [
        ("\x1b[<0;1;1M", "Once 0,0"),
        ("\x1b[<0;300;40M", "Once 299,39"),
        ("\x1b[<16;3;2M", "Once 2,1"),
        ("\x1b[<32;3;2M", "Drag 2,1"),
        ("\x1b[<64;3;2M", "WheelUp 2,1"),
        ("\x1b[<65;3;2M", "WheelDown 2,1"),
    ] {
        assert_eq!(read(bytes.as_bytes()), [told], "{bytes:?}");
    }
    for bytes in [
        "\x1b[<0;1;1m",
        "\x1b[<2;1;1M",
        "\x1b[<35;1;1M",
        "\x1b[<66;1;1M",
        "\x1b[<0;0;1M",
        "\x1b[<0;1M",
        "\x1b[<;;M",
        "\x1b[<0;99999;1M",
        "\x1b[M !!",
        "\x1b[Mqqq",
    ] {
        assert_eq!(read(bytes.as_bytes()), [""; 0], "{bytes:?}");
        assert_eq!(read(format!("{bytes}q").as_bytes()), ["Char('q')"]);
    }
}

#[test]
fn it_does_not_matter_how_the_bytes_are_cut() {
    let typed =
        "j支\x1b[1;5C\x1bOA\x1b[200~請求\r\n書\x1b[201~é\x1b[3~\x1b[<65;12;7M\x1b]11;rgb:1/2/3\x1b\\\x1b[115;5u𠮟\r"
            .as_bytes();
    let whole = words(Decoder::default().push(typed));
    for size in 1..typed.len() {
        let mut decoder = Decoder::default();
        let mut msgs = Vec::new();
        for piece in typed.chunks(size) {
            msgs.extend(decoder.push(piece));
        }
        assert_eq!(words(msgs), whole, "in pieces of {size}");
    }
    assert_eq!(whole.len(), 11);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_to_their_end(bytes in proptest::collection::vec(0_u8.., 0..200)) {
        let mut decoder = Decoder::default();
        let _ = decoder.push(&bytes);
        let _ = decoder.push(b"\x1b[201~");
        let _ = decoder.give_up();
        let msgs = decoder.push(b"q");
        let ends = matches!(msgs.last(), Some(Msg::Key(key)) if key.code == KeyCode::Char('q'));
        proptest::prop_assert!(ends);
    }
}
