//! Which letters a person may switch off: reminders and news, where a letter less costs nobody a right. Receipts,
//! changes of an announcement, results and whatever concerns the account always come.

mod store;

pub use store::{choose, switched_off, wanting};

/// A group of letters with a switch of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MailChoice {
    /// Reminders of drafts, and of changes that were not handed in.
    Drafts,
    /// Answers to questions that others asked.
    Answers,
    /// Somebody joined the organisation.
    Joined,
}

impl MailChoice {
    pub const ALL: [MailChoice; 3] = [MailChoice::Drafts, MailChoice::Answers, MailChoice::Joined];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            MailChoice::Drafts => "drafts",
            MailChoice::Answers => "answers",
            MailChoice::Joined => "joined",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            MailChoice::Drafts => "Przypomnienia o niezłożonej ofercie albo niezłożonych zmianach",
            MailChoice::Answers => "Odpowiedzi urzędu na pytania innych",
            MailChoice::Joined => "Nowe osoby w organizacji",
        }
    }

    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            MailChoice::Drafts => "7 dni, 2 dni i 4 godziny przed terminem.",
            MailChoice::Answers => {
                "Nowe i poprawione, w konkursach, w których Twoja organizacja ma ofertę albo wersję roboczą. Odpowiedź na Twoje pytanie przychodzi zawsze."
            }
            MailChoice::Joined => "Gdy ktoś przyjmie zaproszenie; dostają je właściciele konta organizacji.",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<MailChoice> {
        MailChoice::ALL.into_iter().find(|c| c.code() == code)
    }

    /// The switch of a kind of letter; most kinds have none and always come.
    #[must_use]
    pub fn of(kind: &str) -> Option<MailChoice> {
        match kind {
            "offer_reminder" | "offer_reminder_changes" => Some(MailChoice::Drafts),
            "question_published" | "question_corrected" => Some(MailChoice::Answers),
            "account_joined" => Some(MailChoice::Joined),
            _ => None,
        }
    }
}

/// What stands at the end of a letter that can be switched off.
pub(super) const FOOT: &str =
    "\n--\nTakich listów można nie dostawać: w serwisie Konkurs otwórz „Moje konto”, „Powiadomienia”.\n";
