//! The screen of today: whom to turn to, why, and what can be done about it.

use crate::stage::Stage;

fn sample(width: u16, height: u16) -> Stage {
    Stage::new(width, height).sample().at_today().open()
}

#[test]
fn enter_opens_the_entry_and_esc_comes_back() {
    let mut stage = sample(80, 24);
    println!("{}", stage.screen());
    stage.keys("tab").says("somebody else pays");
    println!("{}", stage.screen());
    stage.keys("z");
    println!("{}", stage.screen());
    stage.keys("esc");
    stage.keys("enter").says("見積2案を送る").says("due");
    println!("{}", stage.screen());
    stage.keys("esc").says("Today, Sat 2026-11-21");
    stage.resize(120, 40);
    println!("{}", stage.screen());
}
