//! Small files that the tests of the screens share.

use crate::stage::Stage;

/// A customer with two contacts, a deal and an open concern.
pub const ACME: &str = "\
name = \"アクメ商事\"
reading = \"あくめしょうじ\"

[contact.yamada]
name = \"山田 花子\"
reading = \"やまだ はなこ\"

[contact.sato]
name = \"佐藤 健\"

[deal.web]
title = \"Web\"
value = 100

[concern.2026-11-20]
date = 2026-11-20
said = \"一括前払いは厳しい\"
about = \"payment\"
status = \"open\"
";

/// A customer with one talk.
pub const BOREALIS: &str =
    "name = \"Borealis\"\n\n[interaction.2026-11-10]\nsummary = \"A first talk\"\n";

/// A file that does not parse.
pub const BROKEN: &str =
    "name = \"Cobalt\"\n\n[concern.2026-11-01]\nsaid = \"half\nstatus = \"open\"\n";

/// The two customers on a wide screen.
pub fn two_customers() -> Stage {
    Stage::new(120, 40)
        .file("acme.toml", ACME)
        .file("borealis.toml", BOREALIS)
        .open()
}

/// On the concern of acme, in its form.
pub fn editing_a_concern() -> Stage {
    let mut stage = two_customers();
    stage.keys("f <acme> enter enter e");
    stage.says("edit concern");
    stage
}
