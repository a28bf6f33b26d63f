DROP TABLE sessions;
DROP TABLE memberships;
DROP TABLE organisations;
DROP TABLE people;
