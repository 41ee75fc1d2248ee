//! What is typed is kept until it is saved, and offered again: never applied unasked, never
//! thrown away without two questions.

use goodwill::model::draft::{Draft, KeptDraft};
use goodwill::ui::drafts::Keeping;
use goodwill::ui::msg::Msg;

use crate::small_journal::{ACME, editing_a_concern, two_customers};
use crate::stage::Stage;

/// The draft that the program asked to keep last.
#[track_caller]
fn kept(stage: &Stage) -> &Draft {
    match stage.drafts().last() {
        Some(Keeping::Keep(draft)) => draft,
        other => panic!("{other:?}"),
    }
}

fn typed(draft: &Draft) -> Vec<(&str, &str)> {
    let fields = draft.fields.iter();
    fields.map(|f| (&*f.name, &*f.typed)).collect()
}

fn found(draft: &Draft) -> KeptDraft {
    KeptDraft {
        id: "lost".to_owned(),
        when: "2026-11-20T17:41:03+09:00".to_owned(),
        draft: draft.clone(),
    }
}

/// What the keys leave behind in a program that ends then, found at the next start.
pub fn lost(keys: &str) -> KeptDraft {
    let mut stage = two_customers();
    stage.keys(keys);
    found(kept(&stage))
}

fn offered(keys: &str) -> Stage {
    let mut stage = two_customers();
    stage.tell(Msg::Drafts(vec![lost(keys)]));
    stage
}

const CALL: &str = "a i <支払は分割なら> tab <見積2案> tab <fri>";

#[test]
fn each_key_in_a_form_is_kept() {
    let mut stage = two_customers();
    stage.keys("a i");
    assert_eq!(stage.drafts(), [], "nothing is typed yet");
    stage.keys("<支払>");
    assert_eq!(stage.drafts().len(), 2);
    assert_eq!(typed(kept(&stage)), [("summary", "支払")]);
    stage.paste("は分割");
    assert_eq!(typed(kept(&stage)), [("summary", "支払は分割")]);
    let focus = kept(&stage).focus;
    stage.keys("tab");
    assert_ne!(kept(&stage).focus, focus, "another field is kept at once");
    stage.keys("<2案>");
    assert!(kept(&stage).fields[1].next);
    assert_eq!(typed(kept(&stage))[1], ("what", "2案"));
}

#[test]
fn what_the_program_filled_in_is_no_draft() {
    let mut stage = editing_a_concern();
    stage.keys("esc").keys("c").says("close concern");
    assert_eq!(stage.drafts(), []);
    stage.keys("x");
    assert_eq!(stage.drafts().len(), 1);
}

#[test]
fn a_saved_form_is_done_and_a_refused_one_is_not() {
    let mut stage = editing_a_concern();
    stage.keys("x");
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    stage.keys("ctrl-s").says("changed here and in the file");
    assert_eq!(typed(kept(&stage)).len(), 1, "it is still kept");
    stage.replace("acme.toml", "一括は無理", "一括前払いは厳しい");
    stage.keys("esc ctrl-s");
    assert_eq!(stage.drafts().last(), Some(&Keeping::Done));
}

#[test]
fn esc_keeps_the_draft_until_a_yes() {
    let mut stage = two_customers();
    stage.keys("a c <支払が> esc").says("Throw away");
    // An empty answer, or any other, loses nothing.
    stage.keys("enter x tab n").says("支払が");
    assert_eq!(typed(kept(&stage)), [("said", "支払が")]);
    stage.keys("esc y");
    assert_eq!(stage.drafts().last(), Some(&Keeping::Done));
}

#[test]
fn what_was_taken_back_by_hand_is_no_draft() {
    let mut stage = editing_a_concern();
    stage.keys("x bs");
    assert_eq!(stage.drafts().last(), Some(&Keeping::Done));
    stage.keys("esc");
    assert_eq!(stage.drafts().len(), 2);
}

#[test]
fn a_draft_is_offered_and_nothing_is_applied_unasked() {
    let mut stage = offered(CALL);
    stage.says("typed and not saved").says("interaction");
    stage
        .says("2026-11-20 17:41")
        .says("支払は分割なら")
        .says("next step");
    assert_eq!((stage.effects(), stage.drafts()), (&[][..], &[][..]));
    stage.keys("esc").hides("typed and not saved");
    assert_eq!(stage.drafts(), [], "it is kept for later");
    assert_eq!(stage.text("acme.toml"), ACME);
}

#[test]
fn enter_opens_the_form_with_all_words_and_saves_as_ever() {
    for key in ["enter", "y"] {
        let mut stage = offered(CALL);
        stage
            .keys(key)
            .says("支払は分割なら")
            .says("見積2案")
            .says("fri");
        let before = stage.before_cursor();
        assert!(before.ends_with("fri"), "{before}");
        assert_eq!(stage.drafts()[0], Keeping::Take("lost".to_owned()));
        assert_eq!(*kept(&stage), lost(CALL).draft);
        stage.keys("ctrl-s");
        assert_eq!(stage.drafts().last(), Some(&Keeping::Done));
        let text = stage.text("acme.toml");
        assert!(text.contains("summary = \"支払は分割なら\""), "{text}");
        assert!(
            text.contains("what = \"見積2案\"\ndue = 2026-11-27"),
            "{text}"
        );
    }
}

#[test]
fn what_was_typed_yesterday_happened_yesterday() {
    let mut stage = two_customers().today("2026-11-22");
    stage
        .tell(Msg::Drafts(vec![lost(CALL)]))
        .keys("enter ctrl-s");
    let text = stage.text("acme.toml");
    assert!(text.contains("[interaction.2026-11-21"), "{text}");
    assert!(text.contains("due = 2026-11-27"), "{text}");
}

#[test]
fn only_two_keys_in_a_row_throw_it_away() {
    let mut stage = offered(CALL);
    stage.keys("D").says("can't be brought back");
    for other in ["enter", "n", "esc", "x"] {
        stage.keys(other).says("支払は分割なら").keys("D");
    }
    assert_eq!(stage.drafts(), []);
    stage.keys("y").hides("支払は分割なら");
    assert_eq!(stage.drafts(), [Keeping::Discard("lost".to_owned())]);
}

#[test]
fn words_typed_before_the_offer_came_up_do_it_no_harm() {
    let mut stage = offered(CALL);
    stage.keys("<a many-sided company>");
    let thrown = |keeping: &Keeping| matches!(keeping, Keeping::Discard(_));
    assert!(!stage.drafts().iter().any(thrown));
}

#[test]
fn what_was_emptied_by_hand_stays_empty() {
    let mut typing = editing_a_concern();
    typing
        .keys("esc c")
        .says("close concern")
        .keys("<分けて払う>");
    let filled = kept(&typing).fields.len();
    assert!(filled > 1, "{:?}", kept(&typing));
    let mut draft = kept(&typing).clone();
    draft.fields.retain(|field| field.name == "answer");
    let mut stage = two_customers();
    stage.tell(Msg::Drafts(vec![found(&draft)])).keys("enter");
    stage.says("close concern").says("分けて払う");
    assert_eq!(*kept(&stage), draft);
}

#[test]
fn a_file_that_moved_on_stands_beside_and_is_merged() {
    let mut typing = editing_a_concern();
    typing.keys("< そう聞いた>");
    let draft = found(kept(&typing));
    let mut stage = two_customers();
    stage.replace("acme.toml", "about = \"payment\"", "about = \"price\"");
    stage.reload().tell(Msg::Drafts(vec![draft.clone()]));
    stage.says("typed: 一括前払いは厳しい そう聞いた");
    stage
        .says("file:  一括前払いは厳しい")
        .hides("changed meanwhile");
    stage.keys("enter ctrl-s");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("そう聞いた") && text.contains("about = \"price\""),
        "{text}"
    );

    let mut stage = two_customers();
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    stage.reload().tell(Msg::Drafts(vec![draft]));
    stage.says("file:  一括は無理").says("changed meanwhile");
    stage.keys("enter").says("changed by another program");
    stage
        .keys("ctrl-s")
        .says("said: changed here and in the file")
        .says("そう聞いた");
    assert!(stage.text("acme.toml").contains("一括は無理"));
}

#[test]
fn words_about_what_is_gone_can_still_be_read() {
    let mut typing = editing_a_concern();
    typing.keys("< そう聞いた>");
    let draft = found(kept(&typing));
    let mut stage = two_customers();
    stage.write("acme.toml", "name = \"Acme\"\n");
    stage.reload().tell(Msg::Drafts(vec![draft]));
    stage.says("not in the journal any more").says("そう聞いた");
    stage.keys("enter").says("一括前払いは厳しい そう聞いた");
    stage.keys("ctrl-s").says("そう聞いた");
    assert!(!matches!(stage.drafts().last(), Some(Keeping::Done)));
}

#[test]
fn what_the_file_says_already_is_not_offered() {
    let draft = lost(CALL);
    let mut stage = two_customers();
    stage.keys(CALL).keys("ctrl-s");
    stage.tell(Msg::Drafts(vec![draft]));
    stage.hides("typed and not saved");
    let last = stage.drafts().last();
    assert_eq!(last, Some(&Keeping::Discard("lost".to_owned())));
}

#[test]
fn several_are_offered_one_behind_the_other() {
    let mut stage = two_customers();
    let (first, second) = (lost("a c <ひとつ>"), lost("a f <ふたつ>"));
    stage.tell(Msg::Drafts(vec![first, second]));
    stage
        .says("ひとつ")
        .keys("enter")
        .says("concern")
        .keys("ctrl-s");
    stage.says("ふたつ").keys("esc").hides("not saved");
}

#[test]
fn an_offer_waits_for_the_form_that_is_open() {
    let mut stage = two_customers();
    stage.keys("a c <支払>").tell(Msg::Drafts(vec![lost(CALL)]));
    stage.hides("typed and not saved").keys("esc y");
    stage.says("typed and not saved");
}

#[test]
fn a_small_terminal_shows_all_of_it_line_by_line() {
    let mut stage = offered("a i <一> tab <二> tab <fri> tab <三> tab tab tab <四>");
    stage.resize(40, 10).says("typed and not saved");
    stage.keys("G").says("throws them away");
    stage.keys("D").says("y yes");
}
