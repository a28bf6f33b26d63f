DROP TABLE offer_partners;
