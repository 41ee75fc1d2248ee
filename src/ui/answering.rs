//! What screens and dialogs ask for, and what is done about it.

use super::app::App;
use super::dialogs::palette::Command;
use super::dialogs::{Answer, Briefing, DayPicker, Dialog, Form, Palette, Snooze, Source};
use super::drafts::Keeping;
use super::front::Screen;
use super::keys::{Action, Scope};
use super::msg::Effect;
use super::screens::acting::Ask;
use super::widgets::text::visible;
use crate::model::address::link;
use crate::model::change::Change;
use crate::model::draft::KeptDraft;

/// The most bytes that are copied: more is dropped by many terminals without a word.
const MOST_COPIED: usize = 64 << 10;

impl App {
    /// What the customers screen asks for.
    pub(super) fn ask(&mut self, ask: Ask) -> Vec<Effect> {
        match ask {
            Ask::Quit => return vec![Effect::Quit],
            Ask::Form(target) => {
                self.dialog = Some(Dialog::form(target, &self.ctx()));
            }
            Ask::AddMenu { customer, day } => {
                self.dialog = Some(Dialog::AddMenu { customer, day });
            }
            Ask::Confirm { question, changes } => {
                self.dialog = Some(Dialog::Confirm { question, changes });
            }
            Ask::Save(changes) => return self.save(changes),
            Ask::Snooze {
                customer,
                reason,
                was,
                about,
            } => {
                let snooze = Snooze::new((customer, reason, was), about, self.today);
                self.dialog = Some(Dialog::Snooze(Box::new(snooze)));
            }
            Ask::Editor { customer, line } => return vec![Effect::Editor { customer, line }],
            Ask::Copy(source) => self.dialog = Some(Dialog::Copy(source)),
            Ask::Open(place) => {
                self.keep_customers();
                self.way_back = Some((place.clone(), self.screen));
                self.open_place(&place);
            }
            Ask::TimelineOf(customer) => self.timeline_of(&customer),
            Ask::PlaybookOf(customer) => self.playbook_of(&customer),
            Ask::BackToPage(customer) => self.back_to_page(&customer),
            Ask::TimelineBy {
                query,
                typed,
                customer,
            } => self.pick(query, typed, customer),
            Ask::Back => self.leave_search(),
            Ask::Day(day) => {
                let picker = DayPicker::new(day, &self.ctx());
                self.dialog = Some(Dialog::Day(Box::new(picker)));
            }
            Ask::Visit(source) => match source.addresses(&self.journal) {
                Ok(found) => return self.visit(found),
                Err(why) => self.notice = Some(why),
            },
            Ask::Past(source) => return self.open_past(source),
            Ask::Brief(customer) => {
                let customer = self.journal.customer(&customer);
                let brief = customer.map(|customer| Briefing::new(customer, &self.ctx()));
                self.dialog = brief.map(|brief| Dialog::Brief(Box::new(brief)));
            }
            Ask::Say(text) => self.notice = Some(text),
        }
        Vec::new()
    }

    /// What a dialog answers.
    pub(super) fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::None => Vec::new(),
            Answer::Open(target) => self.ask(Ask::Form(target)),
            Answer::Run(command) => self.run(command),
            Answer::Editor { customer, line } => self.ask(Ask::Editor { customer, line }),
            Answer::Say(text) => self.ask(Ask::Say(text)),
            // The customers' own screen is no way back to itself.
            Answer::GoTo(place) if self.screen == Screen::Customers => {
                self.open_place(&place);
                Vec::new()
            }
            Answer::GoTo(place) => self.ask(Ask::Open(place)),
            Answer::Copy(text) => self.copy(text),
            Answer::CopyText(Source { customer, entry }) => {
                vec![Effect::Excerpt { customer, entry }]
            }
            Answer::Sync => vec![Effect::Sync],
            Answer::Settle(unsettled, values) => vec![Effect::Settle { unsettled, values }],
            Answer::Later(clashes) => {
                self.leave_clashes(clashes);
                Vec::new()
            }
            Answer::Quit => vec![Effect::Quit],
            // No screen that is there yet is about days.
            Answer::Day(day) => {
                let (screen, ctx) = self.front_mut();
                screen.go_to_day(day, &ctx);
                Vec::new()
            }
            Answer::Take(found) => self.take_draft(&found),
            Answer::Discard(id) => vec![Effect::Draft(Keeping::Discard(id))],
            Answer::Begin(customer) => {
                let ticket = self.ticket();
                if let Some(Dialog::Form(form)) = &mut self.dialog {
                    form.wait_for(ticket);
                }
                vec![Effect::Begin { customer }]
            }
            Answer::Save(changes) => self.save(changes),
        }
    }

    fn save(&mut self, changes: Vec<Change>) -> Vec<Effect> {
        let ticket = self.ticket();
        if let Some(Dialog::Form(form)) = &mut self.dialog {
            form.wait_for(ticket);
        }
        self.telling = self.quiet_words(&changes).map(|words| (ticket, words));
        vec![Effect::Save { ticket, changes }]
    }

    /// What is said once a reason is quiet: how it comes back, as its row is gone.
    fn quiet_words(&self, changes: &[Change]) -> Option<String> {
        let [
            Change::Quiet {
                customer, how, now, ..
            },
        ] = changes
        else {
            return None;
        };
        let name = self.journal.customer(customer)?.name();
        let words = how.words(*now);
        let undo = self.keys.shown(Scope::Global, Action::Undo);
        let undo = undo.map(|key| format!("; {key} takes it back"));
        Some(format!("{name}: {words}{}", undo.unwrap_or_default()))
    }

    /// Opens the one address there is, or asks which.
    fn visit(&mut self, addresses: Vec<String>) -> Vec<Effect> {
        let [address] = addresses.as_slice() else {
            self.dialog = Some(Dialog::Palette(Palette::to_visit(addresses)));
            return Vec::new();
        };
        match link(address) {
            Some(link) => {
                self.notice = Some(format!("opening {}", visible(&link)));
                vec![Effect::Visit(link)]
            }
            None => {
                let words = "can't be opened safely: y copies it";
                self.notice = Some(format!("{} {words}", visible(address)));
                Vec::new()
            }
        }
    }

    /// Copies a text and says which, by its first line.
    pub(super) fn copy(&mut self, text: String) -> Vec<Effect> {
        if text.len() > MOST_COPIED {
            let kib = text.len() >> 10;
            self.notice = Some(format!(
                "{kib} KiB are too much for a terminal's clipboard: E opens the file"
            ));
            return Vec::new();
        }
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        self.notice = Some(match lines.count() {
            0 => format!("copied: {}", visible(first)),
            1 => format!("copied: {} and one more line", visible(first)),
            more => format!("copied: {} and {more} more lines", visible(first)),
        });
        vec![Effect::Copy(text)]
    }

    /// Does what was chosen from the palette, as its key would have done it.
    pub(super) fn run(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Do(action) => {
                let (screen, ctx) = self.front_mut();
                match screen.act(action, &ctx) {
                    Some(ask) => self.ask(ask),
                    None => self.act(action),
                }
            }
            Command::Visit(address) => self.visit(vec![address]),
            Command::Search(query) => {
                self.open_search(&query);
                Vec::new()
            }
            Command::GoTo(customer) => {
                self.open_place(&customer);
                Vec::new()
            }
        }
    }

    /// Opens the form with the words of a draft in it.
    fn take_draft(&mut self, found: &KeptDraft) -> Vec<Effect> {
        if found.draft.is_in(&self.journal) {
            self.notice =
                Some("these words are in the file already: another program saved them".to_owned());
            return vec![Effect::Draft(Keeping::Discard(found.id.clone()))];
        }
        let Some(form) = Form::of_draft(&found.draft, &self.ctx()) else {
            let words = "a newer goodwill typed this: it stays where it is, update to open it";
            self.notice = Some(words.to_owned());
            return Vec::new();
        };
        self.dialog = Some(Dialog::Form(Box::new(form)));
        self.drafts.taken();
        vec![Effect::Draft(Keeping::Take(found.id.clone()))]
    }
}
