-- Whether an administrator of the office invited, and whether the owners until then become editors when the invitation is
-- accepted. Invitations sent before are the office's where an administrator who is no member of the organisation sent them.
ALTER TABLE invitations ADD COLUMN by_office BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE invitations ADD COLUMN demotes BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE invitations SET by_office = TRUE
    WHERE EXISTS (
        SELECT 1 FROM people WHERE people.id = invitations.invited_by AND people.roles LIKE '%admin%'
    ) AND NOT EXISTS (
        SELECT 1 FROM memberships
        WHERE memberships.org_id = invitations.org_id AND memberships.person_id = invitations.invited_by
    );
