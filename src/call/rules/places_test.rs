//! What is found out about the three places after publication.

use super::amendment_test::{announced, at, wall};
use super::*;
use crate::call::{Notice, NoticeKind, Place, Publication};
use crate::law::Severity;
use crate::store::{CallId, NoticeId};

#[test]
fn a_place_that_was_later_than_recorded_shifts_nothing_and_is_told() {
    let content = announced();
    let end = at("2026-12-15 00:00");
    let fact = |kind, wall: &str| known(kind, 1, wall);
    let check = |current: &CallContent, facts: &[Notice]| {
        let term = (&content, 1);
        check_facts(&AfterPublication { current, term, later: Vec::new(), deadline: end, facts })
    };
    assert_eq!(check(&content, &[]), []);
    let late = check(&content, &[fact(NoticeKind::Posted, "2026-11-25 10:00")]);
    assert_eq!((late[0].rule.as_str(), late[0].severity), ("R-ANN-03", Severity::Block));
    assert_eq!(
        late[0].found,
        "Ogłoszenie było w miejscu „tablica ogłoszeń w siedzibie organu” dopiero od 25.11.2026, a termin policzono od 23.11.2026."
    );
    assert_eq!(late[0].limit, "Najwcześniejszy dzień terminu: środa, 16.12.2026.");
    let mut longer = content.clone();
    longer.elements.deadline = Some(wall("2026-12-16 23:59"));
    let told = check(&longer, &[fact(NoticeKind::Posted, "2026-11-25 10:00")]);
    assert_eq!(told[0].severity, Severity::Info);
    let removed = check(&content, &[fact(NoticeKind::Removed, "2026-12-10 10:00")]);
    assert_eq!((removed.len(), removed[0].severity), (1, Severity::Warn));
    let after = check(&content, &[fact(NoticeKind::Removed, "2026-12-15 08:00")]);
    assert_eq!(after, []);
}

fn known(kind: NoticeKind, no: i64, wall: &str) -> Notice {
    Notice {
        id: NoticeId::new(),
        call: CallId::new(),
        no,
        place: Place::Board,
        kind,
        at: at(wall),
        by: "Jan".into(),
        evidence: "zdjęcie".into(),
        document: None,
        recorded_at: at("2026-12-01 09:00"),
        recorded_by: "urzednik@example.pl".into(),
    }
}

#[test]
fn full_days_in_all_places_are_counted_and_the_missing_ones_are_given_back() {
    use NoticeKind::{Removed, Restored};
    let content = announced();
    let end = at("2026-12-15 00:00");
    let judge = |facts: &[Notice], later: Vec<(i64, &[Publication])>, deadline| {
        let after = AfterPublication { current: &content, term: (&content, 1), later, deadline, facts };
        let longer = after.longer().map(|l| l.deadline);
        (
            after.days_in_all_places(deadline),
            longer,
            check_facts(&after).into_iter().map(|f| f.severity).collect::<Vec<_>>(),
        )
    };
    assert_eq!(judge(&[], Vec::new(), end), (21, None, vec![]));
    // one night: two days are not whole; the deadline moves to the second working day
    let night = [known(Removed, 1, "2026-12-01 18:00"), known(Restored, 1, "2026-12-02 07:30")];
    assert_eq!(judge(&night, Vec::new(), end), (19, Some(wall("2026-12-16 23:59")), vec![Severity::Warn]));
    let told =
        AfterPublication { current: &content, term: (&content, 1), later: Vec::new(), deadline: end, facts: &night };
    assert_eq!(
        told.longer().unwrap().reason,
        "Ogłoszenia nie było w miejscu „tablica ogłoszeń w siedzibie organu” od 01.12.2026, 18:00 do 02.12.2026, 07:30. \
         Żeby przez 21 pełnych dni było ono we wszystkich trzech miejscach, termin składania ofert wydłuża się dla wszystkich. \
         Oferty już złożone są ważne; do nowego terminu można je zmienić."
    );
    // with the longer deadline there are enough days
    assert_eq!(judge(&night, Vec::new(), at("2026-12-17 00:00")), (21, None, vec![Severity::Info]));
    // to the microsecond: back at midnight costs the day before only
    let midnight = [known(Removed, 1, "2026-12-01 00:00"), known(Restored, 1, "2026-12-02 00:00")];
    assert_eq!(judge(&midnight, Vec::new(), end).0, 20);
    // on the day of the publication itself nothing is counted yet
    let first = [known(Removed, 1, "2026-11-23 13:00"), known(Restored, 1, "2026-11-23 15:00")];
    assert_eq!(judge(&first, Vec::new(), end), (21, None, vec![]));
    // still missing: nothing is proposed before it is back
    let missing = [known(Removed, 1, "2026-12-10 18:00")];
    assert_eq!(judge(&missing, Vec::new(), end), (16, None, vec![Severity::Warn]));
    // a mistake is put right by the opposite at the same instant
    let mistake = [known(Removed, 1, "2026-12-10 18:00"), known(Restored, 1, "2026-12-10 18:00")];
    assert_eq!(judge(&mistake, Vec::new(), end), (21, None, vec![]));
    // a paper may go when a newer one hangs there
    let newer = [Publication::new(Place::Board, wall("2026-12-05 00:00").date(), "Jan", "zdjęcie")];
    let old = [known(Removed, 1, "2026-12-06 10:00")];
    assert_eq!(judge(&old, vec![(2, newer.as_slice())], end), (21, None, vec![]));
}

#[test]
fn only_what_was_taken_down_is_put_up_again() {
    use NoticeKind::{Removed, Restored};
    let back = known(Restored, 1, "2026-12-02 07:30");
    let found = |facts: &[Notice]| check_restored(&back, facts).map(|f| f.found);
    let never = "Przed 02.12.2026, 07:30 tego ogłoszenia w tym miejscu nie zapisano jako zdjętego.".to_owned();
    assert_eq!(found(&[]), Some(never.clone()));
    assert_eq!(found(&[known(Removed, 2, "2026-12-01 18:00")]), Some(never.clone()), "another announcement");
    assert_eq!(found(&[known(Removed, 1, "2026-12-02 08:00")]), Some(never.clone()), "later");
    let both = [known(Removed, 1, "2026-12-01 18:00"), known(Restored, 1, "2026-12-01 19:00")];
    assert_eq!(found(&both), Some(never));
    assert_eq!(found(&both[..1]), None);
}
