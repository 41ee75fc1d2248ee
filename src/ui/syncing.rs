//! What the program does with git: where the journal stands, the sync, what both sides changed,
//! and an entry's past.

use super::app::App;
use super::dialogs::{Clashes, Dialog, PastList, Source, SyncOffer};
use super::keys::{Action, Scope};
use super::msg::{Effect, Msg};
use crate::model::clash::Unsettled;
use crate::model::standing::Standing;

impl App {
    /// Takes what was told about git.
    pub(super) fn git_told(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Standing(standing) => {
                if let (Some(Dialog::Sync(offer)), Ok(standing)) = (&mut self.dialog, &standing) {
                    offer.renew(standing, &self.journal);
                }
                self.standing = Some(standing);
            }
            Msg::Unsettled(told) => self.unsettled(told),
            Msg::Past { ticket, past } => {
                if let Some(Dialog::Past(list)) = &mut self.dialog {
                    list.told(ticket, past);
                }
            }
            Msg::Synced { notice, is_stuck } => {
                self.notice = notice;
                if is_stuck {
                    return self.open_clashes();
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// Where the journal stands, as far as git said so.
    pub fn known_standing(&self) -> Option<&Standing> {
        let standing = self.standing.as_ref()?.as_ref().ok();
        standing.filter(|_| !self.is_sample())
    }

    /// Whether the journal's day stands still: a sample, which is not synced.
    pub fn is_sample(&self) -> bool {
        self.journal.settings.today().is_some()
    }

    /// Why there is nothing to sync with; `None`: there is.
    fn no_git(&self) -> Option<String> {
        if self.is_sample() {
            let words = "the clock of this journal stands still (today, in .goodwill.toml): a \
                         sample is not synced";
            return Some(words.to_owned());
        }
        match &self.standing {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(why.clone()),
            None => Some("git has not said yet how things stand: try again in a moment".to_owned()),
        }
    }

    /// Asks once before a sync; where a merge waits for decisions, asks for those.
    pub(super) fn open_sync(&mut self) -> Vec<Effect> {
        if let Some(why) = self.no_git() {
            self.notice = Some(why);
            return Vec::new();
        }
        let Some(standing) = self.known_standing() else {
            return Vec::new();
        };
        if !standing.unmerged.is_empty() {
            return self.open_clashes();
        }
        let offer = SyncOffer::new(standing, &self.journal);
        self.dialog = Some(Dialog::Sync(Box::new(offer)));
        Vec::new()
    }

    /// Shows what both sides changed, as soon as git has said what that is.
    pub(super) fn open_clashes(&mut self) -> Vec<Effect> {
        let kept = self.clashes.take();
        self.dialog = Some(Dialog::Clashes(kept.unwrap_or_default()));
        vec![Effect::Unsettled]
    }

    /// The same, asked for by its own key.
    pub(super) fn look_at_clashes(&mut self) -> Vec<Effect> {
        let waits = |standing: &Standing| !standing.unmerged.is_empty();
        match self.no_git() {
            Some(why) => self.notice = Some(why),
            None if self.known_standing().is_some_and(waits) => return self.open_clashes(),
            None => {
                let words = "nothing waits to be decided: no merge was left unfinished";
                self.notice = Some(words.to_owned());
            }
        }
        Vec::new()
    }

    fn unsettled(&mut self, told: Result<Vec<Unsettled>, String>) {
        match (&mut self.dialog, told) {
            (Some(Dialog::Clashes(clashes)), told) => clashes.told(told, &self.journal),
            (_, Err(why)) => self.notice = Some(why),
            (_, Ok(_)) => {}
        }
    }

    /// The dialog is left with decisions in it: they are there when it is opened again.
    pub(super) fn leave_clashes(&mut self, clashes: Box<Clashes>) {
        self.clashes = Some(clashes);
        let key = self.keys.shown(Scope::Global, Action::Sync);
        let key = key.unwrap_or_else(|| "the palette".to_owned());
        let words = format!("what is not decided yet waits: {key} comes back to it");
        self.notice = Some(words);
    }

    /// Opens the past of an entry, or of a customer's head, and asks for it.
    pub(super) fn open_past(&mut self, source: Source) -> Vec<Effect> {
        let ticket = self.ticket();
        let list = PastList::new(ticket, &source, &self.journal);
        self.dialog = Some(Dialog::Past(Box::new(list)));
        let Source { customer, entry } = source;
        vec![Effect::Past {
            ticket,
            customer,
            entry,
        }]
    }
}
