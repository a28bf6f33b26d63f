//! Ids: one newtype each over a UUIDv7, stored as text. Human numbers are
//! separate columns, from per-case counters.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, AsExpression, FromSqlRow)]
        #[serde(transparent)]
        #[diesel(sql_type = Text)]
        pub struct $name(String);

        impl $name {
            #[expect(clippy::new_without_default, reason = "an id is made on purpose, never by default")]
            #[must_use]
            pub fn new() -> $name {
                $name(uuid::Uuid::now_v7().to_string())
            }

            /// An id from a path; `None` when it cannot be one.
            #[must_use]
            pub fn parse(text: &str) -> Option<$name> {
                uuid::Uuid::try_parse(text).ok().map(|id| $name(id.to_string()))
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<DB: diesel::backend::Backend> ToSql<Text, DB> for $name where String: ToSql<Text, DB> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> FromSql<Text, DB> for $name where String: FromSql<Text, DB> {
            fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
                String::from_sql(raw).map($name)
            }
        }
    )*};
}

ids! {
    PersonId, OrgId, MembershipId, ProgrammeId, CallId, OfferId, SeatId, ScoreId, AwardId,
    ContractId, TrancheId, PaymentId, ReportId, SettlementId, DocumentId, MailId, JobId, RowId,
    InvitationId, AttachmentId, AmendmentId, NoticeId, OutageId, PartnerId, QuestionId, CorrectionId,
    UploadId,
}
