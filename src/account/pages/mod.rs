//! The pages of accounts, the front door and the administrator's room.

mod address;
mod documents;
mod fields;
pub mod found;
mod health;
mod home;
mod invitation;
mod kept;
mod letters;
mod log;
mod me;
mod member;
mod mine;
mod notifications;
mod organisation;
mod organisations;
mod overview;
mod owners;
mod people;
mod register;
mod reset;
mod sign_in;
mod tables;
mod team;

use super::{Actor, Role};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::Read;
use crate::web::{Decision, Entry, PathIds, Policy};
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/", home::show),
        get!("/pomoc", home::help),
        get!("/dostepnosc", home::accessibility),
        get!("/healthz", health::healthz),
        get!("/metrics", health::metrics),
        get!("/konto/logowanie", sign_in::show),
        post!("/konto/logowanie", sign_in::enter),
        post!("/konto/wylogowanie", sign_in::leave),
        post!("/konto/wylogowanie-wszedzie", sign_in::leave_everywhere),
        get!("/konto/rejestracja", register::show),
        post!("/konto/rejestracja", register::save),
        get!("/konto/przypomnienie", reset::show),
        post!("/konto/przypomnienie", reset::request),
        get!("/konto/nowe-haslo", reset::form),
        post!("/konto/nowe-haslo", reset::save),
        get!("/konto", me::show),
        post!("/konto/haslo", me::change_password),
        post!("/konto/adres", address::request),
        get!("/konto/nowy-adres", address::form),
        post!("/konto/nowy-adres", address::save),
        get!("/konto/powiadomienia", notifications::show),
        post!("/konto/powiadomienia", notifications::save),
        get!("/konto/organizacja", organisation::show),
        post!("/konto/organizacja", organisation::save),
        get!("/konto/organizacja/{org}/do-ofert", kept::show),
        post!("/konto/organizacja/{org}/do-ofert", kept::save),
        get!("/konto/organizacja/{org}/dokumenty", documents::show),
        post!("/konto/organizacja/{org}/dokumenty", documents::add),
        get!("/konto/organizacja/{org}/dokumenty/{document}", documents::download),
        post!("/konto/organizacja/{org}/dokumenty/{document}/usuniecie", documents::remove),
        get!("/konto/organizacja/{org}/osoby", team::show),
        post!("/konto/organizacja/{org}/osoby", team::invite),
        get!("/konto/organizacja/{org}/osoby/{person}", member::show),
        post!("/konto/organizacja/{org}/osoby/{person}", member::set_role),
        post!("/konto/organizacja/{org}/osoby/{person}/usuniecie", member::remove),
        post!("/konto/organizacja/{org}/zaproszenia/{invitation}/ponowienie", team::again),
        post!("/konto/organizacja/{org}/zaproszenia/{invitation}/wycofanie", team::withdraw),
        get!("/konto/zaproszenie/{token}", invitation::show),
        post!("/konto/zaproszenie/{token}", invitation::accept),
        post!("/konto/zaproszenie/{token}/konto", invitation::join),
        get!("/urzad/administracja", overview::show),
        get!("/urzad/administracja/osoby", people::list),
        post!("/urzad/administracja/osoby", people::add),
        get!("/urzad/administracja/osoby/{person}", people::show),
        post!("/urzad/administracja/osoby/{person}", people::save),
        get!("/urzad/administracja/organizacje", organisations::list),
        get!("/urzad/administracja/organizacje/{org}", organisations::show),
        post!("/urzad/administracja/organizacje/{org}", organisations::save),
        get!("/urzad/administracja/organizacje/{org}/wlasciciel", owners::show),
        post!("/urzad/administracja/organizacje/{org}/wlasciciel", owners::grant),
        get!("/urzad/administracja/tabele", tables::show),
        post!("/urzad/administracja/tabele", tables::add),
        get!("/urzad/administracja/poczta", letters::show),
        post!("/urzad/administracja/poczta/{letter}", letters::revive),
        get!("/urzad/dziennik", log::show),
    ]
}

/// Anyone who is signed in, for what is their own.
pub struct Own;

impl Policy for Own {
    const NAME: &'static str = "account.own";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(_: &Actor, (): &(), _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Whoever belongs to an organisation.
pub struct Member;

impl Policy for Member {
    const NAME: &'static str = "account.member";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(!who.memberships.is_empty(), "To konto nie należy do żadnej organizacji.")
    }
}

/// Reads the administrator's room: administrators, and auditors who change nothing.
pub struct Oversee;

impl Policy for Oversee {
    const NAME: &'static str = "administration.read";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(who.has_any(&[Role::Admin, Role::Auditor]), "Tę część widzą administrator i audytor.")
    }
}

/// Changes accounts, tables and letters.
pub struct Administer;

impl Policy for Administer {
    const NAME: &'static str = "administration.write";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(who.has(Role::Admin), "Zmiany w administracji wprowadza tylko administrator.")
    }
}
