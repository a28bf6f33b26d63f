//! Queries about people and organisations.

mod identifiers;
mod invitations;
mod roles;

pub use identifiers::{Registered, by_nip, has_filed, of_kind, registered_count};
pub use invitations::{
    close_invitation, insert_invitation, invitation, invitation_by_token, pending_invitations, renew_invitation,
};
pub use roles::{delete_membership, lock_organisation, role_in, save_documents, set_email, set_role_in, signing};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::content::{Organisation, OrganisationContent};
use super::model::{Membership, OrgRole, Person, Role};
use super::session::org_role;
use crate::error::AppError;
use crate::law::{Instant, Krs, Nip, Regon};
use crate::store::schema::{memberships, organisations, people};
use crate::store::{MembershipId, OrgId, PersonId, Read, Tx, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
pub struct PersonRow {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub password: String,
    pub roles: String,
    pub active: bool,
    pub failures: i64,
    pub failed_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
    pub version: i64,
}

impl PersonRow {
    /// A new account; `password` is its hash, `roles` those at the office.
    #[must_use]
    pub fn new(email: &str, name: String, password: String, roles: String, now: Instant) -> PersonRow {
        PersonRow {
            id: PersonId::new(),
            email: email.trim().to_lowercase(),
            name,
            password,
            roles,
            active: true,
            failures: 0,
            failed_at: None,
            created_at: naive(now),
            version: 0,
        }
    }

    pub fn person(&self) -> Person {
        Person {
            id: self.id.clone(),
            email: self.email.clone(),
            name: self.name.clone(),
            roles: self.roles.split(',').filter_map(Role::parse).collect(),
            active: self.active,
            version: self.version,
        }
    }
}

pub fn roles_text(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(",")
}

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = organisations, treat_none_as_default_value = false)]
struct OrgRow {
    id: OrgId,
    name: String,
    krs: Option<String>,
    nip: String,
    regon: Option<String>,
    content: String,
    created_at: NaiveDateTime,
    version: i64,
    test: bool,
}

impl OrgRow {
    fn organisation(self) -> Result<Organisation, AppError> {
        let bad = |what: &str| AppError::internal(format!("organisations.{what} of {}", self.id));
        Ok(Organisation {
            krs: self.krs.as_deref().map(Krs::parse).transpose().map_err(|_| bad("krs"))?,
            nip: Nip::parse(&self.nip).map_err(|_| bad("nip"))?,
            regon: self.regon.as_deref().map(Regon::parse).transpose().map_err(|_| bad("regon"))?,
            content: parse_json::<OrganisationContent>(&self.content)?,
            id: self.id,
            name: self.name,
            version: self.version,
            test: self.test,
        })
    }
}

pub fn by_email(r: &mut Read<'_>, email: &str) -> Result<Option<PersonRow>, AppError> {
    Ok(people::table.filter(people::email.eq(email)).select(PersonRow::as_select()).first(r.conn()).optional()?)
}

pub fn by_id(r: &mut Read<'_>, id: &PersonId) -> Result<PersonRow, AppError> {
    people::table
        .filter(people::id.eq(id))
        .select(PersonRow::as_select())
        .first(r.conn())
        .optional()?
        .ok_or(AppError::NotFound)
}

/// Everyone the office made an account for, by name.
pub fn staff(r: &mut Read<'_>) -> Result<Vec<Person>, AppError> {
    let rows: Vec<PersonRow> = people::table
        .filter(people::roles.ne(""))
        .order(people::name)
        .limit(1000)
        .select(PersonRow::as_select())
        .load(r.conn())?;
    Ok(rows.iter().map(PersonRow::person).collect())
}

pub fn insert_person(tx: &mut Tx<'_>, row: &PersonRow) -> Result<(), AppError> {
    diesel::insert_into(people::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Counts one more attempt and returns the row as it stood before, locked until
/// the transaction ends; attempts at the same moment are counted one by one.
pub fn count_attempt(tx: &mut Tx<'_>, id: &PersonId) -> Result<PersonRow, AppError> {
    one(diesel::update(people::table.filter(people::id.eq(id)))
        .set(people::failures.eq(people::failures + 1))
        .execute(tx.conn()))?;
    let row = by_id(tx, id)?;
    Ok(PersonRow { failures: row.failures - 1, ..row })
}

pub fn set_failed_at(tx: &mut Tx<'_>, id: &PersonId, at: Instant) -> Result<(), AppError> {
    one(diesel::update(people::table.filter(people::id.eq(id)))
        .set(people::failed_at.eq(Some(naive(at))))
        .execute(tx.conn()))
}

pub fn forget_failures(tx: &mut Tx<'_>, id: &PersonId) -> Result<(), AppError> {
    one(diesel::update(people::table.filter(people::id.eq(id)))
        .set((people::failures.eq(0), people::failed_at.eq(None::<NaiveDateTime>)))
        .execute(tx.conn()))
}

pub fn set_password(tx: &mut Tx<'_>, id: &PersonId, seen: i64, hash: &str) -> Result<(), AppError> {
    one(diesel::update(people::table.filter(people::id.eq(id)).filter(people::version.eq(seen)))
        .set((
            people::password.eq(hash),
            people::version.eq(seen + 1),
            people::failures.eq(0),
            people::failed_at.eq(None::<NaiveDateTime>),
        ))
        .execute(tx.conn()))
}

pub fn set_roles(tx: &mut Tx<'_>, id: &PersonId, seen: i64, roles: &[Role], active: bool) -> Result<(), AppError> {
    one(diesel::update(people::table.filter(people::id.eq(id)).filter(people::version.eq(seen)))
        .set((people::roles.eq(roles_text(roles)), people::active.eq(active), people::version.eq(seen + 1)))
        .execute(tx.conn()))
}

pub fn memberships_of(r: &mut Read<'_>, person: &PersonId) -> Result<Vec<Membership>, AppError> {
    let rows: Vec<(OrgId, String, String, bool)> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person_id.eq(person))
        .order(organisations::name)
        .select((organisations::id, organisations::name, memberships::role, organisations::test))
        .load(r.conn())?;
    let held = |(org, org_name, role, test): (OrgId, String, String, bool)| {
        Ok(Membership { org, org_name, role: org_role(&role)?, test })
    };
    rows.into_iter().map(held).collect()
}

/// Name, e-mail and role of everyone in an organisation.
pub fn members(r: &mut Read<'_>, org: &OrgId) -> Result<Vec<(Person, OrgRole)>, AppError> {
    let rows: Vec<(PersonRow, String)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::org_id.eq(org))
        .order(people::name)
        .select((PersonRow::as_select(), memberships::role))
        .load(r.conn())?;
    rows.iter().map(|(row, role)| Ok((row.person(), org_role(role)?))).collect()
}

pub fn insert_membership(
    tx: &mut Tx<'_>,
    org: &OrgId,
    person: &PersonId,
    role: OrgRole,
    now: Instant,
) -> Result<(), AppError> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(MembershipId::new()),
            memberships::org_id.eq(org),
            memberships::person_id.eq(person),
            memberships::role.eq(role.code()),
            memberships::created_at.eq(naive(now)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn organisation(r: &mut Read<'_>, id: &OrgId) -> Result<Organisation, AppError> {
    organisations::table
        .filter(organisations::id.eq(id))
        .select(OrgRow::as_select())
        .first::<OrgRow>(r.conn())
        .optional()?
        .ok_or(AppError::NotFound)?
        .organisation()
}

/// Several organisations at once, in chunks that SQLite can take.
pub fn organisations(r: &mut Read<'_>, ids: &[OrgId]) -> Result<Vec<Organisation>, AppError> {
    let mut out = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(1000) {
        let rows: Vec<OrgRow> =
            organisations::table.filter(organisations::id.eq_any(chunk)).select(OrgRow::as_select()).load(r.conn())?;
        for row in rows {
            out.push(row.organisation()?);
        }
    }
    Ok(out)
}

pub fn insert_organisation(tx: &mut Tx<'_>, org: &Organisation, now: Instant) -> Result<(), AppError> {
    let row = OrgRow {
        id: org.id.clone(),
        name: org.name.clone(),
        krs: org.krs.as_ref().map(|k| k.as_str().to_owned()),
        nip: org.nip.as_str().to_owned(),
        regon: org.regon.as_ref().map(|k| k.as_str().to_owned()),
        content: to_json(&org.content)?,
        created_at: naive(now),
        version: org.version,
        test: org.test,
    };
    diesel::insert_into(organisations::table).values(&row).execute(tx.conn())?;
    Ok(())
}

pub fn nip_taken(r: &mut Read<'_>, nip: &Nip) -> Result<bool, AppError> {
    let found = organisations::table.filter(organisations::nip.eq(nip.as_str())).count().get_result::<i64>(r.conn())?;
    Ok(found > 0)
}

pub fn save_organisation(tx: &mut Tx<'_>, org: &Organisation) -> Result<(), AppError> {
    one(diesel::update(organisations::table)
        .filter(organisations::id.eq(&org.id))
        .filter(organisations::version.eq(org.version))
        .set((
            organisations::name.eq(&org.name),
            organisations::nip.eq(org.nip.as_str()),
            organisations::krs.eq(org.krs.as_ref().map(|k| k.as_str().to_owned())),
            organisations::regon.eq(org.regon.as_ref().map(|k| k.as_str().to_owned())),
            organisations::content.eq(to_json(&org.content)?),
            organisations::version.eq(org.version + 1),
        ))
        .execute(tx.conn()))
}
