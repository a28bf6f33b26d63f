//! What can go wrong, in one small enum. It stands below every room, because
//! readers, writers and verbs all return it; how it looks to a person is the
//! business of `web`.

use serde::Serialize;

use crate::law::Finding;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// A sentence at a field of a form. `field` is the name of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

/// All errors of one form at once; empty means the form is sound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    #[must_use]
    pub fn new() -> FieldErrors {
        FieldErrors::default()
    }

    /// One error, as the whole answer.
    #[must_use]
    pub fn of(field: &str, message: impl Into<String>) -> FieldErrors {
        let mut errors = FieldErrors::new();
        errors.add(field, message);
        errors
    }

    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }

    pub fn append(&mut self, others: FieldErrors) {
        self.0.extend(others.0);
    }

    /// Keeps the error of `result` at `field` and passes its value on.
    pub fn take<T, E: std::fmt::Display>(&mut self, field: &str, result: Result<T, E>) -> Option<T> {
        result.map_err(|e| self.add(field, e.to_string())).ok()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn list(&self) -> &[FieldError] {
        &self.0
    }

    /// The value when there was no error, else all of them.
    ///
    /// # Errors
    /// `Invalid` with every error so far; also when `value` is missing without one.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, AppError> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(AppError::Invalid(self)),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in.
    #[error("signed out")]
    Login,
    /// The reader may know of the object but not do this; the sentence says why.
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// There is no such thing for this reader.
    #[error("not found")]
    NotFound,
    /// Somebody else changed the object meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// A unique constraint says it is already there; the sentence says what to do.
    #[error("taken: {0}")]
    Taken(&'static str),
    /// The form has errors.
    #[error("invalid: {0:?}")]
    Invalid(FieldErrors),
    /// Rules refuse the deed.
    #[error("refused: {0:?}")]
    Refused(Vec<Finding>),
    /// More was sent than is allowed; the sentence names the limit.
    #[error("too large: {0}")]
    TooLarge(String),
    /// One account sends more than it may; again after so many seconds.
    #[error("too many requests of one account, again in {0} s")]
    TooMany(u32),
    /// More files come at once than there is room for; the sentence says whose room and what to do. `own`: others
    /// still get theirs.
    #[error("no room for a file: {why}")]
    Crowded { own: bool, why: String },
    /// More comes at once than the program can work on; nothing was done.
    #[error("too much at once")]
    Busy,
    /// The request stopped coming before it was whole.
    #[error("the request came too slowly")]
    TooSlow,
    /// The database or the disk is away; coming again may work.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of the program.
    #[error("internal: {0}")]
    Internal(Source),
}

impl AppError {
    #[must_use]
    pub fn internal(message: impl Into<String>) -> AppError {
        AppError::Internal(message.into().into())
    }

    /// A refusal by one rule.
    #[must_use]
    pub fn refused(finding: Finding) -> AppError {
        AppError::Refused(vec![finding])
    }

    #[must_use]
    pub fn forbidden(why: impl Into<String>) -> AppError {
        AppError::Forbidden(why.into())
    }

    /// The reason in one line, for the log of refused deeds.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            AppError::Refused(findings) => {
                let parts: Vec<String> =
                    findings.iter().map(|f| format!("{}: {} (granica: {})", f.rule, f.found, f.limit)).collect();
                parts.join("; ")
            }
            AppError::Invalid(errors) => {
                let parts: Vec<String> = errors.list().iter().map(|e| format!("{}: {}", e.field, e.message)).collect();
                parts.join("; ")
            }
            AppError::Forbidden(why) => why.clone(),
            AppError::Stale => "obiekt zmieniono w międzyczasie".into(),
            AppError::Taken(what) => (*what).into(),
            AppError::TooLarge(what) => what.clone(),
            AppError::Login => "nikt nie był zalogowany albo sesja wygasła".into(),
            AppError::NotFound => "tego konta to nie dotyczy: nie ma do tego dostępu".into(),
            AppError::TooMany(_) => "za dużo zapisów z jednego konta w krótkim czasie".into(),
            AppError::Crowded { why, .. } => why.clone(),
            AppError::Busy => "za duży ruch: tylu żądań naraz serwer nie przyjmuje".into(),
            AppError::TooSlow => "dane przestały napływać, zanim dotarły w całości".into(),
            AppError::Unavailable(_) => "baza danych albo dysk chwilowo nie odpowiadały".into(),
            AppError::Internal(_) => "błąd programu".into(),
        }
    }
}

/// A unique index, its name on PostgreSQL and its words on SQLite, and what a person reads.
struct Unique {
    index: &'static str,
    sqlite: &'static str,
    says: &'static str,
}

const UNIQUE: &[Unique] = &[
    Unique {
        index: "people_email_uq",
        sqlite: "people.email",
        says: "Konto z tym adresem e-mail już istnieje. Zaloguj się albo podaj inny adres.",
    },
    Unique {
        index: "organisations_nip_uq",
        sqlite: "organisations.nip",
        says: "Organizacja z tym numerem NIP ma już konto. Poproś właściciela tego konta o zaproszenie: \
               wyśle je ze strony „Organizacja”, „Osoby i zaproszenia”, a Ty dostaniesz odnośnik e-mailem. Jeśli \
               właściciela już nie ma albo numer zajął ktoś obcy, napisz do urzędu: administrator zaprosi nowego właściciela.",
    },
    Unique {
        index: "memberships_person_org_uq",
        sqlite: "memberships.person_id, memberships.org_id",
        says: "Ta osoba należy już do organizacji.",
    },
    Unique {
        index: "invitations_pending_uq",
        sqlite: "invitations.org_id, invitations.email",
        says: "Na ten adres jest już zaproszenie. Wyślij je ponownie albo wycofaj i zaproś jeszcze raz.",
    },
    Unique {
        index: "offer_attachments_live_uq",
        sqlite: "offer_attachments.offer_id, offer_attachments.ask_key, offer_attachments.sha256",
        says: "Ten sam plik jest już dołączony w tym miejscu.",
    },
    Unique {
        index: "offer_uploads_place_uq",
        sqlite: "offer_uploads.offer_id, offer_uploads.ask_key, offer_uploads.person_id",
        says: "W tym miejscu wysyłasz już plik w innym oknie. Dokończ tamto wysyłanie albo odśwież stronę.",
    },
    Unique {
        index: "offers_one_live_uq",
        sqlite: "offers.call_id, offers.org_id",
        says: "Organizacja ma już ofertę w tym konkursie. Otwórz ją na liście „Moje oferty”.",
    },
    Unique {
        index: "call_amendments_open_uq",
        sqlite: "call_amendments.call_id",
        says: "Zmianę ogłoszenia tego konkursu ktoś już przygotowuje. Odśwież stronę.",
    },
    Unique {
        index: "offer_partners_org_uq",
        sqlite: "offer_partners.offer_id, offer_partners.org_id",
        says: "Ta organizacja jest już wśród partnerów tej oferty.",
    },
    Unique {
        index: "offer_partners_email_uq",
        sqlite: "offer_partners.offer_id, offer_partners.email",
        says: "Na ten adres wysłano już zaproszenie do tej oferty.",
    },
    Unique {
        index: "seats_call_person_uq",
        sqlite: "seats.call_id, seats.person_id",
        says: "Ta osoba zasiada już w komisji tego konkursu.",
    },
    Unique {
        index: "scores_offer_seat_uq",
        sqlite: "scores.offer_id, scores.seat_id",
        says: "Karta oceny tej oferty została już założona. Odśwież stronę.",
    },
    Unique {
        index: "awards_call_uq",
        sqlite: "awards.call_id",
        says: "Rozstrzygnięcie tego konkursu ktoś już rozpoczął. Odśwież stronę.",
    },
    Unique { index: "contracts_offer_uq", sqlite: "contracts.offer_id", says: "Umowa do tej oferty już istnieje." },
    Unique {
        index: "tranches_no_uq",
        sqlite: "tranches.contract_id, tranches.no",
        says: "Transza o tym numerze już jest w umowie. Odśwież stronę.",
    },
    Unique {
        index: "payments_tranche_uq",
        sqlite: "payments.contract_id, payments.tranche_no",
        says: "Wypłatę tej transzy już zapisano.",
    },
    Unique {
        index: "reports_no_uq",
        sqlite: "reports.contract_id, reports.no",
        says: "Sprawozdanie o tym numerze już istnieje. Odśwież stronę.",
    },
    Unique {
        index: "settlements_contract_uq",
        sqlite: "settlements.contract_id",
        says: "Rozliczenie tej umowy ktoś już zamknął. Odśwież stronę.",
    },
];

/// What either database says when coming again may work.
const AWAY: &[&str] =
    &["locked", "lock timeout", "deadlock", "disk is full", "No space", "server closed", "no connection"];

impl From<diesel::result::Error> for AppError {
    fn from(e: diesel::result::Error) -> AppError {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        let Error::DatabaseError(kind, info) = &e else {
            return AppError::Internal(Box::new(e));
        };
        let message = info.message();
        if matches!(kind, Kind::UniqueViolation) {
            let hit = UNIQUE.iter().find(|u| {
                info.constraint_name() == Some(u.index)
                    || message.strip_prefix("UNIQUE constraint failed: ") == Some(u.sqlite)
            });
            return hit.map_or_else(|| AppError::Internal(message.into()), |u| AppError::Taken(u.says));
        }
        let away = matches!(kind, Kind::SerializationFailure | Kind::ClosedConnection | Kind::UnableToSendCommand)
            || AWAY.iter().any(|words| message.contains(words));
        if away { AppError::Unavailable(message.into()) } else { AppError::Internal(message.into()) }
    }
}
