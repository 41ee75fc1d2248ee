//! Mail addresses and links are opened with `o`.

use goodwill::ui::msg::Effect;

use crate::stage::Stage;

const ACME: &str = "\
name = \"アクメ商事\"
site = \"https://acme.example/\"

[concern.2026-11-20]
said = \"分割で\"
notes = \"山田さん（yamada@acme.example）、https://acme.example/terms を見る。\"

[interaction.2026-11-01]
summary = \"a call\"
";

fn stage() -> Stage {
    Stage::new(80, 24).file("acme.toml", ACME).open()
}

fn visits(stage: &Stage) -> Vec<String> {
    let link = |effect: &'_ Effect| match effect {
        Effect::Visit(link) => Some(link.clone()),
        _ => None,
    };
    stage.effects().iter().filter_map(link).collect()
}

#[test]
fn the_only_one_is_opened_at_once() {
    let mut stage = stage();
    stage.keys("o").says("opening https://acme.example/");
    assert_eq!(visits(&stage), ["https://acme.example/"]);
}

#[test]
fn of_several_one_is_chosen() {
    let mut stage = stage();
    stage.keys("enter o").says("┌ open").says("which of these");
    stage.says("yamada@acme.example").keys("enter");
    stage.says("opening mailto:yamada@acme.example");
    stage.keys("enter o <terms> enter").hides("┌ open");
    assert_eq!(
        visits(&stage),
        ["mailto:yamada@acme.example", "https://acme.example/terms"]
    );
    stage.keys("o esc").hides("┌ open");
    assert_eq!(visits(&stage).len(), 2);
}

#[test]
fn where_there_is_none_it_is_said() {
    let mut stage = stage();
    stage
        .keys("enter j o")
        .says("no mail address and no link here");
    assert_eq!(visits(&stage), [""; 0]);
}
