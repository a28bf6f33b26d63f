//! Who may go where: every route of the program, asked by every kind of person.
//! A route that is not listed here fails the test, and so does a GET that writes.

use konkurs::account::{Actor, Role};
use konkurs::app;
use konkurs::mail;
use konkurs::store::{AttachmentId, DocumentId, OfferId, OrgId};

use crate::support::{Client, TestApp, sample};

/// The columns of [`EXPECTED`].
const PERSONAS: [&str; 9] =
    ["stranger", "foreign", "owner", "officer", "organ", "finance", "auditor", "admin", "committee"];

type Row = [u16; 9];

/// Anyone may look.
const OPEN: Row = [200; 9];
/// A form that anyone may send; an empty one has errors.
const FORM: Row = [422; 9];
/// For people who have not signed in yet; others are sent on.
const DOOR: Row = [200, 303, 303, 303, 303, 303, 303, 303, 303];
const OWN: Row = [303, 200, 200, 200, 200, 200, 200, 200, 200];
const OVERSEE: Row = [303, 403, 403, 403, 403, 403, 200, 200, 403];
/// A thing that is not there, or may not be known of.
const MISSING: Row = [303, 404, 404, 404, 404, 404, 404, 404, 404];
const MISSING_POST: Row = [401, 404, 404, 404, 404, 404, 404, 404, 404];

/// Expected status of an empty request. The ids in paths are those of [`Objects`]; a
/// foreign organisation gets 404 for what is not its own.
const EXPECTED: &[(&str, Row)] = &[
    ("GET /static/{name:.*}", [404; 9]),
    ("GET /", OPEN),
    ("GET /pomoc", OPEN),
    ("GET /dostepnosc", OPEN),
    ("GET /healthz", OPEN),
    ("GET /metrics", OPEN),
    ("GET /konto/logowanie", DOOR),
    ("POST /konto/logowanie", FORM),
    ("POST /konto/wylogowanie", [303; 9]),
    ("POST /konto/wylogowanie-wszedzie", [401, 303, 303, 303, 303, 303, 303, 303, 303]),
    ("GET /konto/rejestracja", OPEN),
    ("POST /konto/rejestracja", FORM),
    ("GET /konto/przypomnienie", OPEN),
    ("POST /konto/przypomnienie", FORM),
    ("GET /konto/nowe-haslo", OPEN),
    ("POST /konto/nowe-haslo", FORM),
    ("GET /konto", OWN),
    ("GET /konto/powiadomienia", OWN),
    ("POST /konto/powiadomienia", [401, 303, 303, 303, 303, 303, 303, 303, 303]),
    ("POST /konto/adres", [401, 422, 422, 422, 422, 422, 422, 422, 422]),
    ("GET /konto/nowy-adres", OPEN),
    ("POST /konto/nowy-adres", FORM),
    ("POST /konto/haslo", [401, 422, 422, 422, 422, 422, 422, 422, 422]),
    ("GET /konto/organizacja", [303, 200, 200, 403, 403, 403, 403, 403, 403]),
    ("POST /konto/organizacja", [401, 409, 409, 403, 403, 403, 403, 403, 403]),
    ("GET /konto/organizacja/{org}/do-ofert", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /konto/organizacja/{org}/do-ofert", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /konto/organizacja/{org}/dokumenty", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /konto/organizacja/{org}/dokumenty", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    ("GET /konto/organizacja/{org}/dokumenty/{document}", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /konto/organizacja/{org}/dokumenty/{document}/usuniecie", [401, 404, 303, 404, 404, 404, 404, 404, 404]),
    ("GET /konto/organizacja/{org}/osoby", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /konto/organizacja/{org}/osoby", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    ("GET /konto/organizacja/{org}/osoby/{person}", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /konto/organizacja/{org}/osoby/{person}", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    ("POST /konto/organizacja/{org}/osoby/{person}/usuniecie", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    (
        "POST /konto/organizacja/{org}/zaproszenia/{invitation}/ponowienie",
        [401, 404, 409, 404, 404, 404, 404, 404, 404],
    ),
    ("POST /konto/organizacja/{org}/zaproszenia/{invitation}/wycofanie", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /konto/zaproszenie/{token}", [410, 410, 303, 410, 410, 410, 410, 410, 410]),
    ("POST /konto/zaproszenie/{token}", [401, 410, 410, 410, 410, 410, 410, 410, 410]),
    ("POST /konto/zaproszenie/{token}/konto", [410; 9]),
    ("GET /urzad/administracja", OVERSEE),
    ("GET /urzad/administracja/osoby", OVERSEE),
    ("POST /urzad/administracja/osoby", [401, 403, 403, 403, 403, 403, 403, 422, 403]),
    ("GET /urzad/administracja/osoby/{person}", MISSING),
    ("POST /urzad/administracja/osoby/{person}", MISSING_POST),
    ("GET /urzad/administracja/organizacje", OVERSEE),
    ("GET /urzad/administracja/organizacje/{org}", [303, 404, 404, 404, 404, 404, 200, 200, 404]),
    ("POST /urzad/administracja/organizacje/{org}", [401, 404, 404, 404, 404, 404, 403, 409, 404]),
    ("GET /urzad/administracja/organizacje/{org}/wlasciciel", OVERSEE),
    ("POST /urzad/administracja/organizacje/{org}/wlasciciel", [401, 403, 403, 403, 403, 403, 403, 422, 403]),
    ("GET /urzad/administracja/tabele", OVERSEE),
    ("POST /urzad/administracja/tabele", [401, 403, 403, 403, 403, 403, 403, 422, 403]),
    ("GET /urzad/administracja/poczta", OVERSEE),
    ("POST /urzad/administracja/poczta/{letter}", [401, 403, 403, 403, 403, 403, 403, 404, 403]),
    ("GET /urzad/dziennik", OVERSEE),
    ("GET /urzad/programy", [303, 403, 403, 200, 200, 200, 200, 200, 403]),
    ("POST /urzad/programy", [401, 403, 403, 422, 403, 403, 403, 403, 403]),
    ("GET /urzad/programy/nowy", [303, 403, 403, 200, 403, 403, 403, 403, 403]),
    ("GET /urzad/programy/lokalne", [303, 403, 403, 200, 200, 200, 200, 200, 403]),
    ("POST /urzad/programy/lokalne", [401, 403, 403, 422, 403, 403, 403, 422, 403]),
    ("GET /urzad/programy/lokalne/nowy", [303, 403, 403, 200, 403, 403, 403, 200, 403]),
    ("GET /urzad/programy/{programme}", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/programy/{programme}/edycja", [303, 404, 404, 200, 403, 403, 403, 403, 404]),
    ("POST /urzad/programy/{programme}/edycja", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("POST /urzad/programy/{programme}/potwierdzenie", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("GET /urzad/programy/{programme}/efekty", [303, 404, 404, 200, 403, 403, 403, 403, 404]),
    ("POST /urzad/programy/{programme}/efekty", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("GET /konkursy", [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET /konkursy.json", [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET /konkursy/{call}", [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET /konkursy.atom", OPEN),
    ("GET /konkursy/{call}/kalendarz.ics", OPEN),
    ("GET /konkursy/{call}/ogloszenie.pdf", OPEN),
    ("GET /konkursy/{call}/ogloszenie.docx", OPEN),
    ("GET /konkursy/{call}/ogloszenie.txt", OPEN),
    ("GET /konkursy/{call}/pytania", OPEN),
    ("POST /konkursy/{call}/pytania", FORM),
    ("GET /konkursy/{call}/pytania/{link}", OPEN),
    ("POST /konkursy/{call}/pytania/{link}", [303; 9]),
    ("GET /urzad/konkursy/{call}/pytania", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/pytania/{question}", [303, 404, 404, 200, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/pytania/{question}", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/pytania/{question}/odpowiedz", [303, 404, 404, 200, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/pytania/{question}/odpowiedz", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/pytania/{question}/poprawka", [303, 404, 404, 303, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/pytania/{question}/poprawka", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/pytania/{question}/odmowa", [303, 404, 404, 200, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/pytania/{question}/odmowa", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("POST /urzad/programy/{programme}/konkursy", [401, 404, 404, 303, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy", [303, 403, 403, 200, 200, 200, 200, 200, 403]),
    ("GET /urzad/konkursy/{call}", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/program", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/program", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/warunki-wstepne", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/elementy", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/elementy", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/warunki", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/warunki", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/karta-oceny", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/karta-oceny", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zalaczniki", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zalaczniki", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/karta-formalna", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/karta-formalna", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/uzupelnienia", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/uzupelnienia", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/pieniadze", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/pieniadze", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/regulamin", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/regulamin", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/podglad", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/kopia", [303, 404, 404, 200, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/kopia", [401, 404, 404, 422, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/usuniecie", [303, 404, 404, 303, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/usuniecie", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zatwierdzenie", [303, 404, 404, 403, 303, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zatwierdzenie", [401, 404, 404, 403, 409, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/ogloszenie.pdf", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/ogloszenie.docx", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/ogloszenie.txt", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/ogloszenie", [303, 404, 404, 303, 303, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/ogloszenie", [401, 404, 404, 409, 409, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zmiana", [303, 404, 404, 303, 303, 303, 303, 303, 404]),
    ("POST /urzad/konkursy/{call}/zmiana", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zmiana/wniosek", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zmiana/zwrot", [401, 404, 404, 403, 409, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zmiana/porzucenie", [303, 404, 404, 303, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zmiana/porzucenie", [401, 404, 404, 409, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zmiana/ogloszenie", [303, 404, 404, 403, 303, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zmiana/ogloszenie", [401, 404, 404, 403, 409, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zmiana/ogloszenie.pdf", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zmiana/ogloszenie.docx", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zmiana/ogloszenie.txt", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/zmiana/{step}", [303, 404, 404, 404, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zmiana/{step}", [401, 404, 404, 404, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/dowody/{document}", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/miejsca", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("POST /urzad/konkursy/{call}/miejsca", [401, 404, 404, 422, 403, 403, 403, 403, 404]),
    ("GET /urzad/przerwy", [303, 403, 403, 200, 200, 200, 200, 200, 403]),
    ("POST /urzad/przerwy", [401, 403, 403, 422, 403, 403, 403, 422, 403]),
    ("GET /urzad/konkursy/{call}/otwarcie", [303, 404, 404, 303, 303, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/otwarcie", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/uniewaznienie", [303, 404, 404, 403, 303, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/uniewaznienie", [401, 404, 404, 403, 409, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/wyjatek", [303, 404, 404, 403, 303, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/wyjatek/{org}", [303, 404, 404, 403, 303, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/wyjatek/{org}", [401, 404, 404, 403, 409, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/zamkniecie-pokazowe", [401, 404, 404, 404, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/oferta-probna", [401, 404, 404, 422, 422, 403, 403, 403, 404]),
    ("GET /oferty", [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST /konkursy/{call}/oferty", [401, 422, 303, 403, 403, 403, 403, 403, 403]),
    ("GET /konto/kalendarz", OWN),
    ("POST /konto/kalendarz", [401, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST /konto/kalendarz/wylaczenie", [401, 303, 303, 303, 303, 303, 303, 303, 303]),
    ("GET /kalendarz/{feed}.ics", OPEN),
    ("GET /oferta/wzor", [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET /oferta/wzor.pdf", [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET /oferty/zaproszenie/{token}", [404; 9]),
    ("POST /oferty/zaproszenie/{token}", [404; 9]),
    ("GET /oferty/{offer}/partnerzy", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/partnerzy", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/partnerzy/wspolna", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/partnerzy/jedna", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/podzial/{org}", [303, 403, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/podzial/{org}", [401, 403, 303, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/podzial/{org}/autozapis", [401, 403, 409, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/podzial/{org}/scalenie", [401, 403, 303, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/partnerzy/{partner}/zaproszenie", [303, 403, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/partnerzy/{partner}/zaproszenie", [401, 403, 422, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/partnerzy/{partner}/usuniecie", [303, 403, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/partnerzy/{partner}/usuniecie", [401, 403, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/partnerzy/{partner}/potwierdzenie", [303, 200, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/partnerzy/{partner}/potwierdzenie", [401, 409, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/partnerzy/{partner}/odmowa", [303, 200, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/partnerzy/{partner}/odmowa", [401, 422, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/kopia", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/obecnosc", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/obecnosc", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/organizacja", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/zadanie", [303, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zadanie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zadanie/autozapis", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zadanie/scalenie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/harmonogram", [303, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/harmonogram", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/harmonogram/autozapis", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/harmonogram/scalenie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/rezultaty", [303, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/rezultaty", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/rezultaty/autozapis", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/rezultaty/scalenie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/zasoby", [303, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zasoby", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zasoby/autozapis", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zasoby/scalenie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/program", [303, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/program", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/program/autozapis", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/program/scalenie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/kosztorys", [303, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/kosztorys", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/kosztorys/autozapis", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/kosztorys/scalenie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/inne", [303, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/inne", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/inne/autozapis", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/inne/scalenie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/zalaczniki", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zalaczniki/{key}", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zalaczniki/{key}/z-dokumentow", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zalaczniki/{key}/czesci", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zalaczniki/czesci/{upload}", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zalaczniki/czesci/{upload}/usuniecie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/zalaczniki/plik/{attachment}", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zalaczniki/plik/{attachment}/usuniecie", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/arkusze/{part}", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/arkusze/{part}", [401, 404, 403, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/arkusze/{part}/wzor.xlsx", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/arkusze/{part}/dane.xlsx", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/zlozenie", [303, 404, 303, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/zlozenie", [401, 404, 303, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/potwierdzenie", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/potwierdzenie.pdf", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/potwierdzenie.json", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/odrzucenie-zmian", [303, 404, 303, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/odrzucenie-zmian", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/podpisane-potwierdzenie", MISSING),
    ("POST /oferty/{offer}/podpisane-potwierdzenie", [401, 403, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/podpisane-potwierdzenie/{document}", MISSING),
    ("GET /sprawdz", OPEN),
    ("GET /oferty/{offer}/wycofanie", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/wycofanie", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/podglad", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/oferta.pdf", [303, 404, 200, 200, 200, 200, 200, 200, 404]),
    ("GET /oferty/{offer}/oferta.docx", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/oferta.xlsx", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/oferta.json", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /urzad/konkursy/{call}/proby", [303, 403, 403, 200, 200, 200, 200, 200, 403]),
    ("GET /urzad/konkursy/{call}/oferty", [303, 403, 403, 200, 200, 200, 200, 200, 403]),
    ("GET /urzad/oferty/{offer}", [303, 404, 403, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/oceny-formalne", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/konkursy/{call}/oceny-formalne/czas", [303, 404, 404, 200, 403, 403, 403, 403, 404]),
    ("POST /urzad/konkursy/{call}/oceny-formalne/czas", [401, 404, 404, 422, 403, 403, 403, 403, 404]),
    ("GET /urzad/oferty/{offer}/ocena-formalna", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("POST /urzad/oferty/{offer}/ocena-formalna", [401, 404, 404, 422, 403, 403, 403, 403, 404]),
    ("GET /urzad/oferty/{offer}/uzupelnienie/plik/{attachment}", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /oferty/{offer}/uzupelnienie", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/uzupelnienie", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    ("GET /oferty/{offer}/uzupelnienie/zlozenie", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /oferty/{offer}/uzupelnienie/zlozenie", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /urzad/konkursy/{call}/komisja", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("POST /urzad/konkursy/{call}/komisja", [401, 404, 404, 403, 422, 403, 403, 403, 404]),
    ("GET /komisja", [303, 404, 404, 200, 200, 404, 404, 404, 200]),
    ("GET /komisja/oferty/{offer}", [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /komisja/oferty/{offer}", [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /komisja/oferty/{offer}/autozapis", [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /komisja/oferty/{offer}/plik/{attachment}", [303, 404, 404, 404, 404, 404, 404, 404, 200]),
    ("GET /komisja/oferty/{offer}/pieczec", [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /komisja/oferty/{offer}/pieczec", [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /komisja/{call}", [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /komisja/{call}/oswiadczenie", [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /komisja/{call}/oswiadczenie", [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /urzad/konkursy/{call}/rozstrzygniecie", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("POST /urzad/konkursy/{call}/rozstrzygniecie", [401, 404, 404, 403, 422, 403, 403, 403, 404]),
    ("GET /urzad/konkursy/{call}/wyniki", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("POST /urzad/konkursy/{call}/wyniki", [401, 404, 404, 403, 422, 403, 403, 403, 404]),
    ("GET /konkursy/{call}/wyniki", [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET /urzad/konkursy/{call}/umowy", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("POST /urzad/konkursy/{call}/umowy", [401, 404, 404, 404, 404, 403, 403, 403, 404]),
    ("GET /urzad/umowy", [303, 403, 403, 200, 200, 200, 200, 200, 403]),
    ("GET /urzad/umowy/{contract}", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/umowy/{contract}/edycja", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/umowy/{contract}/edycja", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/umowy/{contract}/generowanie", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/umowy/{contract}/generowanie", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /urzad/umowy/{contract}/podpisanie", [303, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("POST /urzad/umowy/{contract}/podpisanie", [401, 404, 404, 403, 403, 403, 403, 403, 404]),
    ("GET /finanse/umowy/{contract}/wyplaty", [303, 404, 404, 403, 403, 200, 403, 403, 404]),
    ("POST /finanse/umowy/{contract}/wyplaty", [401, 404, 404, 403, 403, 422, 403, 403, 404]),
    ("POST /finanse/umowy/{contract}/zwroty", [401, 404, 404, 403, 403, 409, 403, 403, 404]),
    ("GET /umowy", [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET /umowy/{contract}", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /umowy/{contract}/umowa.pdf", [303, 404, 200, 200, 200, 200, 200, 200, 404]),
    ("GET /umowy/{contract}/sprawozdania", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /umowy/{contract}/sprawozdania", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    ("GET /sprawozdania/{report}", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /sprawozdania/{report}/opis", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/opis", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/opis/autozapis", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /sprawozdania/{report}/koszty", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/koszty", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/koszty/autozapis", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /sprawozdania/{report}/godziny", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/godziny", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /sprawozdania/{report}/godziny/szablon.xlsx", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /sprawozdania/{report}/godziny/import", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/godziny/import", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/godziny/import/zapis", [401, 404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /sprawozdania/{report}/zlozenie", [303, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /sprawozdania/{report}/zlozenie", [401, 404, 422, 404, 404, 404, 404, 404, 404]),
    ("GET /urzad/umowy/{contract}/sprawozdania", [303, 404, 404, 200, 200, 200, 200, 200, 404]),
    ("GET /urzad/sprawozdania/{report}", [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /urzad/sprawozdania/{report}/zwrot", [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /urzad/sprawozdania/{report}/przyjecie", [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST /urzad/sprawozdania/{report}/przyjecie", [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET /finanse", [303, 403, 403, 403, 403, 200, 200, 200, 403]),
    ("GET /finanse/umowy/{contract}", [303, 404, 404, 404, 404, 200, 200, 200, 404]),
    ("POST /finanse/umowy/{contract}/rozliczenie", [401, 404, 404, 404, 404, 422, 403, 403, 404]),
    ("GET /finanse/umowy/{contract}/rozliczenie.xlsx", [303, 404, 404, 404, 404, 200, 200, 200, 404]),
    ("GET /finanse/konkursy/{call}/rozliczenie.xlsx", [303, 404, 404, 404, 404, 200, 200, 200, 404]),
];

/// The objects behind the paths: a contract in force of the owner, in a contest whose
/// results are public, with its first report begun.
struct Objects {
    all: Vec<(&'static str, String)>,
    /// What paths with a certain word name instead.
    other: Vec<(&'static str, Vec<(&'static str, String)>)>,
}

impl Objects {
    fn store(app: &TestApp, owner: &Client) -> Objects {
        let actor = app.actor(owner);
        let contract = sample::signed_contract(app, owner);
        let now = app.state.clock.now();
        let report = app.state.store.write(|tx| konkurs::report::start(tx, &actor, &contract.id, 1, now)).unwrap();
        let call = app.state.store.read(|r| konkurs::call::store::find(r, &contract.call)).unwrap();
        let (invitation, token) = invitation(app, &actor, &contract.org);
        let (question, link) = questions(app, &call);
        let own = subscriber(app);
        let feed = app.state.store.write(|tx| konkurs::offer::make_calendar_link(tx, &own, now)).unwrap();
        let (document, attachment) = files(app, &actor, &contract.org, &contract.offer);
        let other = vec![
            ("/oferta-probna", vec![("call", sample::trial_call(app).id.to_string())]),
            ("/dowody/", vec![("document", evidence(app, &call))]),
            ("/komisja/oferty/{offer}/plik", judged(app, &signed_in(app, "owner"))),
            ("/uzupelnienie/plik", summoned(app, &signed_in(app, "owner"), 8)),
            ("/uzupelnienie", summoned(app, &signed_in(app, "owner"), 9)),
        ];
        let joint = joint(app, &actor, &contract.org);
        let other = ["/podzial/", "/partnerzy/{partner}", "/podpisane-potwierdzenie"]
            .into_iter()
            .map(|word| (word, joint.clone()))
            .chain(other)
            .collect();
        let all = vec![
            ("org", contract.org.to_string()),
            ("person", actor.person_id().unwrap().to_string()),
            ("invitation", invitation),
            ("token", token),
            ("document", document),
            ("attachment", attachment),
            ("question", question),
            ("link", link),
            ("feed", feed),
            ("key", "inne".into()),
            ("programme", call.programme.to_string()),
            ("call", contract.call.to_string()),
            ("offer", contract.offer.to_string()),
            ("part", "koszty".to_owned()),
            ("contract", contract.id.to_string()),
            ("report", report.to_string()),
        ];
        Objects { all, other }
    }

    /// The path with every `{…}` replaced by an id; what the list lacks gets one that names nothing.
    fn filled(&self, path: &str) -> String {
        let mut out = path.to_owned();
        let other = self.other.iter().filter(|(word, _)| path.contains(word)).flat_map(|(_, ids)| ids);
        for (name, id) in other.chain(&self.all) {
            out = out.replace(&format!("{{{name}}}"), id);
        }
        while let (Some(from), Some(to)) = (out.find('{'), out.find('}')) {
            out.replace_range(from..=to, "0193b0a0-0000-7000-8000-000000000000");
        }
        out
    }
}

/// An invitation of the organisation that waits, and the token of one that was withdrawn.
fn invitation(app: &TestApp, owner: &Actor, org: &OrgId) -> (String, String) {
    use konkurs::account::{OrgRole, invite, withdraw_invitation};
    let (store, now) = (&app.state.store, app.state.clock.now());
    let ask = |email| store.write(|tx| invite(tx, owner, org, (email, OrgRole::Editor), "", now)).unwrap();
    let dead = ask("dawno@ngo.example");
    let letter = store.read(|r| mail::of_object(r, dead.as_str())).unwrap().remove(0);
    let token = letter.body.split("/konto/zaproszenie/").nth(1).unwrap().lines().next().unwrap().to_owned();
    store.write(|tx| withdraw_invitation(tx, owner, &dead, 0, now)).unwrap();
    (ask("ewa@ngo.example").to_string(), token)
}

/// A joint draft that the owner leads and the foreign organisation is asked to join, in an open contest that wants a
/// signed confirmation.
fn joint(app: &TestApp, owner: &Actor, org: &OrgId) -> Vec<(&'static str, String)> {
    use konkurs::offer::joint::{Whom, invite_partner, make_joint};
    let (store, now) = (&app.state.store, app.state.clock.now());
    let mut call = sample::rsd_call(app);
    call.deadline_at = Some(now + chrono::Duration::days(30));
    call.content.confirmation = Some(konkurs::call::Confirmation { days: 5 });
    let nip = konkurs::law::Nip::parse(&sample::nip(9)).unwrap();
    let (offer, partner) = store
        .write(|tx| {
            konkurs::call::store::save(tx, &call)?;
            let id = konkurs::offer::start(tx, owner, &call.id, org, now)?;
            let seen = konkurs::offer::store::find(tx, &id)?.version;
            make_joint(tx, owner, &id, seen, now)?;
            let seen = konkurs::offer::store::find(tx, &id)?.version;
            let partner = invite_partner(tx, owner, &id, seen, Whom::Nip(nip.clone()), "https://k.pl", now)?;
            Ok((id, partner))
        })
        .unwrap();
    vec![("offer", offer.to_string()), ("partner", partner.to_string()), ("org", org.to_string())]
}

/// A scan that proves a publication.
fn evidence(app: &TestApp, call: &konkurs::call::Call) -> String {
    use konkurs::store::documents::{Document, insert};
    let document = Document {
        id: DocumentId::new(),
        owner_kind: "call".into(),
        owner_id: call.id.to_string(),
        kind: "evidence".into(),
        name: "tablica.pdf".into(),
        media_type: "application/pdf".into(),
        size: 15,
        sha256: app.state.files.put(b"%PDF-1.4 dowod.".to_vec()).unwrap(),
        created_at: konkurs::store::naive(app.state.clock.now()),
        created_by: "test".into(),
    };
    app.state.store.write(|tx| insert(tx, &document)).unwrap();
    document.id.to_string()
}

/// A file of an offer that was submitted in a contest whose offers are opened; the committee declared itself impartial.
fn judged(app: &TestApp, owner: &Client) -> Vec<(&'static str, String)> {
    use konkurs::call::CallState;
    use konkurs::offer::{FrozenAttachment, store};
    use konkurs::review::{Declared, Seat, SeatKind, Side, store as review};
    let now = app.state.clock.now();
    let call = sample::second_call(app);
    let offer = sample::filed_offer(app, &call, owner, 7);
    sample::set_call(app, &call.id, CallState::Review);
    let file = attachment(offer.id.clone(), app.state.files.put(b"%PDF-1.4 statut".to_vec()).unwrap(), now);
    let seat = Seat {
        id: konkurs::store::SeatId::new(),
        call: call.id.clone(),
        person: app.actor(&signed_in(app, "committee")).person_id().unwrap().clone(),
        person_name: String::new(),
        kind: SeatKind::Member,
        side: Side::Organ,
        indicated_by: String::new(),
        declared: Some((Declared::Impartial, now)),
        statement: String::new(),
        version: 0,
    };
    let put = |tx: &mut konkurs::store::Tx<'_>| {
        review::insert_seat(tx, &seat)?;
        review::save_seat(tx, &seat)?;
        store::insert_attachment(tx, &file)?;
        let mut offer = store::find(tx, &offer.id)?;
        let mut frozen = store::version(tx, &offer.id, offer.frozen_no)?.content;
        frozen.attachments.push(FrozenAttachment::from(&file));
        offer.frozen_no += 1;
        store::freeze(tx, &offer.id, offer.frozen_no, &frozen, "test", now)?;
        store::save(tx, &offer, now).map(|_| ())
    };
    app.state.store.write(put).unwrap();
    vec![("offer", offer.id.to_string()), ("attachment", file.id.to_string())]
}

/// Somebody whose link no persona replaces.
fn subscriber(app: &TestApp) -> Actor {
    app.actor(&app.sign_in("kalendarz@pup.example.pl"))
}

/// A question with a draft of its answer, and the link of one that was confirmed long ago.
fn questions(app: &TestApp, call: &konkurs::call::Call) -> (String, String) {
    use konkurs::call::store::questions::insert;
    use konkurs::call::{Question, QuestionState, question_token};
    let now = app.state.clock.now();
    let question = |token: Option<String>| Question {
        id: konkurs::store::QuestionId::new(),
        call: call.id.clone(),
        no: None,
        state: QuestionState::Asked,
        version: 0,
        text: "Czy sobota się liczy?".into(),
        shown: "Czy sobota się liczy?".into(),
        answer: if token.is_none() { "Tak.".into() } else { String::new() },
        email: "ewa@example.pl".into(),
        person: None,
        asked_at: now,
        confirmed_at: Some(now),
        closed_at: None,
        closed_by: String::new(),
    };
    let (own, linked) = (question(None), question(Some(String::new())));
    let put = |tx: &mut konkurs::store::Tx<'_>| {
        insert(tx, &own, None)?;
        insert(tx, &linked, Some(question_token("dawno")))
    };
    app.state.store.write(put).unwrap();
    (own.id.to_string(), "dawno".to_owned())
}

/// A file of an offer, of fifteen bytes.
fn attachment(offer: OfferId, sha256: String, now: konkurs::law::Instant) -> konkurs::offer::Attachment {
    konkurs::offer::Attachment {
        id: AttachmentId::new(),
        offer,
        key: "inne".into(),
        name: "statut.pdf".into(),
        sha256,
        size: 15,
        kind: konkurs::document::AttachmentKind::Pdf,
        state: konkurs::offer::AttachmentState::Accepted,
        reason: String::new(),
        added_by: "test".into(),
        added_at: now,
        removed_at: None,
        version: 0,
    }
}

/// A document the organisation keeps, and a file of its offer.
fn files(app: &TestApp, owner: &Actor, org: &OrgId, offer: &OfferId) -> (String, String) {
    use konkurs::account::{DocumentKind, OrgDocument, add_document};
    use konkurs::offer::store;
    let now = app.state.clock.now();
    let sha256 = app.state.files.put(b"%PDF-1.4 statut".to_vec()).unwrap();
    let document = OrgDocument {
        file: DocumentId::new(),
        kind: DocumentKind::Statute,
        name: "Statut".into(),
        issued_on: None,
        valid_until: None,
        file_name: "statut.pdf".into(),
        size: 15,
        sha256: sha256.clone(),
    };
    let attachment = attachment(offer.clone(), sha256, now);
    let ids = (document.file.to_string(), attachment.id.to_string());
    let put = |tx: &mut konkurs::store::Tx<'_>| {
        add_document(tx, owner, org, document, "application/pdf", now)?;
        store::insert_attachment(tx, &attachment)
    };
    app.state.store.write(put).unwrap();
    ids
}

async fn people(app: &TestApp) {
    for (name, role) in [
        ("officer", Role::Officer),
        ("organ", Role::Organ),
        ("finance", Role::Finance),
        ("auditor", Role::Auditor),
        ("admin", Role::Admin),
        ("committee", Role::Committee),
        ("kalendarz", Role::Committee),
    ] {
        app.staff(&format!("{name}@pup.example.pl"), &[role]).await;
    }
    app.ngo("Stowarzyszenie Obce", &sample::nip(9)).await;
    app.ngo("Stowarzyszenie SUKCES", &sample::nip(8)).await;
}

/// Each request gets a session of its own: some of them end it.
fn signed_in(app: &TestApp, persona: &str) -> Client {
    match persona {
        "stranger" => app.stranger(),
        "foreign" => app.sign_in(&format!("{}@example.pl", sample::nip(9))),
        "owner" => app.sign_in(&format!("{}@example.pl", sample::nip(8))),
        staff => app.sign_in(&format!("{staff}@pup.example.pl")),
    }
}

/// Deeds and letters so far.
fn written(app: &TestApp) -> (usize, usize) {
    (app.deeds(), app.state.store.read(|r| mail::recent(r, 10_000)).unwrap().len())
}

/// Most statements one page may need.
const STATEMENTS: u64 = 12;

#[actix_web::test]
async fn every_route_answers_every_persona_as_the_table_says() {
    let app = TestApp::new().await;
    people(&app).await;
    let objects = Objects::store(&app, &signed_in(&app, "owner"));
    let mut wrong = Vec::new();
    for entry in app::entries() {
        let line = format!("{} {}", entry.method, entry.path);
        let Some((_, row)) = EXPECTED.iter().find(|(listed, _)| *listed == line) else {
            let mut row = Vec::new();
            for persona in PERSONAS {
                let (client, path) = (signed_in(&app, persona), objects.filled(entry.path));
                let answer =
                    if entry.method == "GET" { client.get(&path).await } else { client.post(&path, &[]).await };
                row.push(answer.status);
            }
            wrong.push(format!("{line} is not listed; it answers {row:?}"));
            continue;
        };
        let (path, reads) = (objects.filled(entry.path), entry.method == "GET");
        for (persona, expected) in PERSONAS.into_iter().zip(row) {
            let client = signed_in(&app, persona);
            let before = written(&app);
            let (answer, statements) = app
                .queries(async { if reads { client.get(&path).await } else { client.post(&path, &[]).await } })
                .await;
            if answer.status != *expected {
                wrong.push(format!("{line} as {persona}: {} instead of {expected}", answer.status));
            }
            if reads && written(&app) != before {
                wrong.push(format!("{line} as {persona} writes"));
            }
            if reads && statements > STATEMENTS {
                wrong.push(format!("{line} as {persona} needs {statements} statements"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[actix_web::test]
async fn the_table_lists_no_route_that_is_gone() {
    let routes: Vec<String> = app::entries().iter().map(|e| format!("{} {}", e.method, e.path)).collect();
    let gone: Vec<&str> =
        EXPECTED.iter().map(|(line, _)| *line).filter(|line| !routes.iter().any(|r| r == line)).collect();
    assert!(gone.is_empty(), "{gone:#?}");
}

/// An offer that its organisation was called to supplement; the even one was supplemented, with a file.
fn summoned(app: &TestApp, owner: &Client, n: u32) -> Vec<(&'static str, String)> {
    use konkurs::call::CallState;
    use konkurs::offer::{BESIDE, FrozenAttachment, OfferState, store};
    use konkurs::review::{FrozenSupplement, Reply, Summons, store::summonses};
    let now = app.state.clock.now();
    let call = sample::numbered_call(app, &format!("LOK/{n}/2026"));
    let offer = sample::filed_offer(app, &call, owner, n);
    sample::set_call(app, &call.id, CallState::Review);
    let bytes = app.state.files.put(b"%PDF-1.4 statut".to_vec()).unwrap();
    let mut file = attachment(offer.id.clone(), bytes, now);
    file.key = format!("{BESIDE}signed");
    let due = now + chrono::Duration::days(365);
    let summons = Summons {
        offer: offer.id.clone(),
        call: call.id.clone(),
        defects: Vec::new(),
        called_at: now,
        called_by: "test".into(),
        due,
        reply: Reply::default(),
        version: 0,
    };
    let frozen = FrozenSupplement {
        offer_number: String::new(),
        offer_version: 1,
        offer_sha256: String::new(),
        called_at: now,
        due,
        defects: Vec::new(),
        reply: Reply::default(),
        attachments: vec![FrozenAttachment::from(&file)],
    };
    let put = |tx: &mut konkurs::store::Tx<'_>| {
        summonses::insert(tx, &summons)?;
        let mut offer = store::find(tx, &offer.id)?;
        (offer.state, offer.supplement_by) = (OfferState::ToSupplement, Some(due));
        if n == 8 {
            offer.state = OfferState::Supplemented;
            store::insert_attachment(tx, &file)?;
            summonses::freeze(tx, (&offer.id, frozen.clone()), "test", now)?;
        }
        store::save(tx, &offer, now).map(|_| ())
    };
    app.state.store.write(put).unwrap();
    vec![("offer", offer.id.to_string()), ("attachment", file.id.to_string())]
}
