//! A [`Person`] without a mouse: keys go to what has the focus, and what has the focus can be seen.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::Value;

use super::browser::Person;

const FOCUS: &str = "const e = document.activeElement, s = getComputedStyle(e); \
                     const seen = e === document.body || s.outlineStyle !== 'none' || s.boxShadow !== 'none'; \
                     if (!seen) throw new Error('nothing shows the focus on ' + e.outerHTML.slice(0, 200)); \
                     const words = e.textContent.trim().replace(/\\s+/g, ' '); \
                     return e.tagName === 'BUTTON' ? words : e.name || words";

impl Person {
    /// Presses keys, one while the other is held.
    async fn chord(&self, keys: &[Key]) {
        let values = || keys.iter().map(|key| char::from(*key));
        let down =
            values().fold(KeyActions::new("keyboard".to_owned()), |all, value| all.then(KeyAction::Down { value }));
        let both = values().rev().fold(down, |all, value| all.then(KeyAction::Up { value }));
        self.client.perform_actions(both).await.unwrap();
    }

    /// What has the focus: the name of a field, or the words of a link or button. It can be seen.
    pub async fn focus(&self) -> String {
        let found = self.client.execute(FOCUS, vec![]).await.unwrap_or_else(|e| panic!("{e}"));
        found.as_str().unwrap_or_default().to_owned()
    }

    /// Presses these keys until the field with this name, or the link or button that begins with these words, has the
    /// focus.
    async fn go(&self, keys: &[Key], what: &str) {
        let mut stops = Vec::new();
        for _ in 0..400 {
            self.chord(keys).await;
            let focus = self.focus().await;
            if focus == what || (what.contains(' ') || what.ends_with('/')) && focus.starts_with(what) {
                return;
            }
            stops.push(focus);
        }
        panic!("the keys never come to „{what}”: {stops:?}");
    }

    pub async fn tab_to(&self, what: &str) {
        self.go(&[Key::Tab], what).await;
    }

    pub async fn back_to(&self, what: &str) {
        self.go(&[Key::Shift, Key::Tab], what).await;
    }

    /// Passes over the head of a page, as its first link offers.
    pub async fn skip_head(&self) {
        self.tab_to("Przejdź do treści").await;
        self.strike().await;
    }

    /// Types where the focus is.
    pub async fn type_text(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Goes to the field `name` and types.
    pub async fn type_into(&self, name: &str, text: &str) {
        self.tab_to(name).await;
        self.type_text(text).await;
    }

    /// Goes to a box, a radio button or a button that leads nowhere, and presses Space.
    pub async fn tick(&self, name: &str) {
        self.type_into(name, " ").await;
    }

    /// Types a day into a date field, its parts in the order of this browser's language.
    pub async fn type_day(&self, name: &str, day: NaiveDate) {
        let order = "return new Intl.DateTimeFormat(navigator.language).formatToParts().map(p => p.type)";
        let order = self.client.execute(order, vec![]).await.unwrap();
        let part = |kind: &Value| match kind.as_str() {
            Some("day") => format!("{:02}", day.day()),
            Some("month") => format!("{:02}", day.month()),
            Some("year") => day.year().to_string(),
            _ => String::new(),
        };
        self.type_into(name, &order.as_array().unwrap().iter().map(part).collect::<String>()).await;
    }

    /// Types an hour into a time field, as this browser's language writes it.
    pub async fn type_hour(&self, name: &str, at: NaiveTime) {
        let halves = "return new Intl.DateTimeFormat(navigator.language, {hour: 'numeric'}).resolvedOptions().hour12";
        let halves = self.client.execute(halves, vec![]).await.unwrap() == Value::Bool(true);
        let (afternoon, hour) = at.hour12();
        let half = if afternoon { "PM" } else { "AM" };
        let typed = if halves {
            format!("{hour:02}{:02}{half}", at.minute())
        } else {
            format!("{:02}{:02}", at.hour(), at.minute())
        };
        self.type_into(name, &typed).await;
    }

    /// Presses Enter where the focus is; the page stays.
    pub async fn strike(&self) {
        self.chord(&[Key::Enter]).await;
    }

    /// Presses Enter where the focus is and looks at the page that comes.
    pub async fn enter(&self, words: &str) {
        self.client.execute("window.__old = true", vec![]).await.unwrap();
        self.strike().await;
        self.arrive(words).await;
        self.look().await;
    }

    /// Goes to a link or button by Tab and presses Enter.
    pub async fn follow(&self, words: &str) {
        self.tab_to(words).await;
        self.enter(words).await;
    }
}
