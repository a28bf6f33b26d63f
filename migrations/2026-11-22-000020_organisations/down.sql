DROP TABLE offer_attachments;
DROP TABLE invitations;
