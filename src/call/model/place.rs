//! Where something is made public: the three places, what proves it, and what happened there afterwards.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::law::{Instant, at_warsaw, show_date, show_time};
use crate::store::{CallId, DocumentId, NoticeId};

/// Obligatory places of an announcement (UDPP art. 13 ust. 3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Bip,
    Board,
    Website,
}

impl Place {
    pub const ALL: [Place; 3] = [Place::Bip, Place::Board, Place::Website];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Place::Bip => "bip",
            Place::Board => "board",
            Place::Website => "website",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Place::Bip => "Biuletyn Informacji Publicznej",
            Place::Board => "tablica ogłoszeń w siedzibie organu",
            Place::Website => "strona internetowa organu",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Place> {
        Place::ALL.into_iter().find(|p| p.code() == code)
    }
}

/// A scan that proves a publication.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EvidenceFile {
    pub document: DocumentId,
    pub name: String,
    pub sha256: String,
}

/// Where and when something was made public, by whom, and how that is proved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Publication {
    pub place: Place,
    pub on: NaiveDate,
    /// The hour; empty in what was recorded before hours were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<NaiveTime>,
    pub by: String,
    /// A link, or the mark of a note; may be empty beside a file.
    pub evidence: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<EvidenceFile>,
}

impl Publication {
    /// A publication whose hour nobody wrote down.
    #[must_use]
    pub fn new(place: Place, on: NaiveDate, by: &str, evidence: &str) -> Publication {
        Publication { place, on, time: None, by: by.to_owned(), evidence: evidence.to_owned(), file: None }
    }

    /// The instant, where the hour is known and there is such an hour on that day.
    #[must_use]
    pub fn at(&self) -> Option<Instant> {
        at_warsaw(self.on, self.time?).ok()
    }

    /// `23.11.2026, godz. 10:15`.
    #[must_use]
    pub fn when(&self) -> String {
        match self.time {
            Some(time) => format!("{}, godz. {}", show_date(self.on), show_time(time)),
            None => show_date(self.on),
        }
    }
}

/// The instant at which the last of these places showed it: from then on it is public everywhere. Where nobody wrote the
/// hour down it is the latest that it can have been, and never after `recorded`.
#[must_use]
pub fn last_shown(places: &[Publication], recorded: Instant) -> Instant {
    let end = |day: NaiveDate| NaiveTime::from_hms_opt(23, 59, 0).and_then(|end| at_warsaw(day, end).ok());
    let latest = places.iter().filter_map(|p| p.at().or_else(|| end(p.on))).max();
    latest.map_or(recorded, |at| at.min(recorded))
}

/// What was found out about a place after the publication was recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeKind {
    /// It hung there from another time than was recorded.
    Posted,
    /// It was taken down.
    Removed,
    /// It was put up again.
    Restored,
}

impl NoticeKind {
    pub const ALL: [NoticeKind; 3] = [NoticeKind::Posted, NoticeKind::Removed, NoticeKind::Restored];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            NoticeKind::Posted => "posted",
            NoticeKind::Removed => "removed",
            NoticeKind::Restored => "restored",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            NoticeKind::Posted => "ogłoszenie umieszczono w innym czasie, niż zapisano",
            NoticeKind::Removed => "ogłoszenie zdjęto",
            NoticeKind::Restored => "ogłoszenie umieszczono z powrotem",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// A fact about one place of one announcement, recorded after it. It never changes; a later one corrects it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    pub id: NoticeId,
    pub call: CallId,
    /// The announcement it is about: 1 is the first, later ones are its changes.
    pub no: i64,
    pub place: Place,
    pub kind: NoticeKind,
    pub at: Instant,
    /// Who put it up or took it down.
    pub by: String,
    pub evidence: String,
    pub document: Option<DocumentId>,
    pub recorded_at: Instant,
    pub recorded_by: String,
}

impl Notice {
    /// Whether the same person says the same of the same place; scans aside.
    #[must_use]
    pub fn says_the_same(&self, other: &Notice) -> bool {
        let said = |n: &Notice| {
            (n.call.clone(), n.no, n.place, n.kind, n.at, n.by.clone(), n.evidence.clone(), n.recorded_by.clone())
        };
        said(self) == said(other)
    }
}
