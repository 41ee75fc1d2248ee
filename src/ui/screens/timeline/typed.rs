//! The line that narrows the timeline: words, and `kind:call tag:osaka deal:web is:open`.

use crate::model::timeline::filter::Filter;

/// What a typed line asks for, besides what `base` asks for by keys: the customer, the period.
pub fn filter(typed: &str, base: &Filter) -> Filter {
    let mut filter = Filter {
        customer: base.customer.clone(),
        period: base.period,
        only: base.only.clone(),
        ..Filter::default()
    };
    let mut words = Vec::new();
    for word in typed.split_whitespace() {
        match word.split_once([':', '：']) {
            // Half a field narrows nothing yet.
            Some(("kind" | "tag" | "deal" | "is", "")) => {}
            Some(("kind", kind)) => filter.kinds.push(kind.to_owned()),
            Some(("tag", tag)) => filter.tags.push(tag.to_owned()),
            Some(("deal", deal)) => filter.deal = Some(deal.to_owned()),
            Some(("is", status)) => filter.status.push(status.to_owned()),
            _ => words.push(word),
        }
    }
    filter.text = words.join(" ");
    filter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_among_words_in_any_order() {
        let base = Filter::of_customer("acme");
        let found = filter(
            "支払 kind:call tag:osaka kind:mail is:open deal:web yamada tag:",
            &base,
        );
        assert_eq!(found.kinds, ["call", "mail"]);
        assert_eq!(found.tags, ["osaka"]);
        assert_eq!(found.status, ["open"]);
        assert_eq!(found.deal.as_deref(), Some("web"));
        assert_eq!(found.text, "支払 yamada");
        assert_eq!(found.customer.as_deref(), Some("acme"));
    }

    #[test]
    fn a_colon_in_a_word_is_no_field() {
        let found = filter("10:30 https://example.com", &Filter::default());
        assert_eq!(found.text, "10:30 https://example.com");
    }
}
