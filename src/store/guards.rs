//! Triggers that refuse to change what must never change: the audit log and the
//! frozen versions. They are the one place where the two databases have no
//! common words, so they stand here and not in the portable migrations; they are
//! put up again after every migration. So does how PostgreSQL keeps what is saved
//! while people type: uncompressed, which made an update of a text of 10 kB a third shorter.

use super::Db;

const SQLITE: &str = "
CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS offer_versions_no_update BEFORE UPDATE ON offer_versions
BEGIN SELECT RAISE(ABORT, 'a frozen version never changes'); END;
CREATE TRIGGER IF NOT EXISTS offer_versions_no_delete BEFORE DELETE ON offer_versions
BEGIN SELECT RAISE(ABORT, 'a frozen version never changes'); END;
CREATE TRIGGER IF NOT EXISTS call_versions_no_update BEFORE UPDATE ON call_versions
BEGIN SELECT RAISE(ABORT, 'a frozen version never changes'); END;
CREATE TRIGGER IF NOT EXISTS call_versions_no_delete BEFORE DELETE ON call_versions
BEGIN SELECT RAISE(ABORT, 'a frozen version never changes'); END;
CREATE TRIGGER IF NOT EXISTS offer_confirmations_no_update BEFORE UPDATE ON offer_confirmations
BEGIN SELECT RAISE(ABORT, 'a signed confirmation never changes'); END;
CREATE TRIGGER IF NOT EXISTS offer_confirmations_no_delete BEFORE DELETE ON offer_confirmations
BEGIN SELECT RAISE(ABORT, 'a signed confirmation never changes'); END;
CREATE TRIGGER IF NOT EXISTS offer_supplements_no_update BEFORE UPDATE ON offer_supplements
BEGIN SELECT RAISE(ABORT, 'what was handed in never changes'); END;
CREATE TRIGGER IF NOT EXISTS offer_supplements_no_delete BEFORE DELETE ON offer_supplements
BEGIN SELECT RAISE(ABORT, 'what was handed in never changes'); END;
CREATE TRIGGER IF NOT EXISTS call_notices_no_update BEFORE UPDATE ON call_notices
BEGIN SELECT RAISE(ABORT, 'a recorded publication never changes'); END;
CREATE TRIGGER IF NOT EXISTS call_notices_no_delete BEFORE DELETE ON call_notices
BEGIN SELECT RAISE(ABORT, 'a recorded publication never changes'); END;
CREATE TRIGGER IF NOT EXISTS answer_corrections_no_update BEFORE UPDATE ON answer_corrections
BEGIN SELECT RAISE(ABORT, 'an earlier answer never changes'); END;
CREATE TRIGGER IF NOT EXISTS answer_corrections_no_delete BEFORE DELETE ON answer_corrections
BEGIN SELECT RAISE(ABORT, 'an earlier answer never changes'); END;
CREATE TRIGGER IF NOT EXISTS outages_no_update BEFORE UPDATE ON outages
BEGIN SELECT RAISE(ABORT, 'the ledger of outages is append-only'); END;
CREATE TRIGGER IF NOT EXISTS outages_no_delete BEFORE DELETE ON outages
BEGIN SELECT RAISE(ABORT, 'the ledger of outages is append-only'); END;
CREATE TRIGGER IF NOT EXISTS report_versions_no_update BEFORE UPDATE ON report_versions
BEGIN SELECT RAISE(ABORT, 'a frozen version never changes'); END;
CREATE TRIGGER IF NOT EXISTS report_versions_no_delete BEFORE DELETE ON report_versions
BEGIN SELECT RAISE(ABORT, 'a frozen version never changes'); END;
";

#[cfg(feature = "postgres")]
const POSTGRES: &str = "
CREATE OR REPLACE FUNCTION konkurs_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% never changes', TG_TABLE_NAME; END $$;
CREATE OR REPLACE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER offer_versions_no_change BEFORE UPDATE OR DELETE ON offer_versions
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER call_versions_no_change BEFORE UPDATE OR DELETE ON call_versions
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER offer_confirmations_no_change BEFORE UPDATE OR DELETE ON offer_confirmations
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER offer_supplements_no_change BEFORE UPDATE OR DELETE ON offer_supplements
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER call_notices_no_change BEFORE UPDATE OR DELETE ON call_notices
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER answer_corrections_no_change BEFORE UPDATE OR DELETE ON answer_corrections
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER outages_no_change BEFORE UPDATE OR DELETE ON outages
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
CREATE OR REPLACE TRIGGER report_versions_no_change BEFORE UPDATE OR DELETE ON report_versions
FOR EACH ROW EXECUTE FUNCTION konkurs_refuse_change();
ALTER TABLE offers ALTER COLUMN content SET STORAGE EXTERNAL, ALTER COLUMN draft SET STORAGE EXTERNAL;
ALTER TABLE offer_versions ALTER COLUMN content SET STORAGE EXTERNAL;
";

pub fn sql(conn: &Db) -> &'static str {
    match conn {
        Db::Sqlite(_) => SQLITE,
        #[cfg(feature = "postgres")]
        Db::Postgres(_) => POSTGRES,
    }
}
