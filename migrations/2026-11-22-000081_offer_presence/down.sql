DROP TABLE offer_presence;
