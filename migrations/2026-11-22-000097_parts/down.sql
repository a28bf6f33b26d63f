DROP TABLE offer_uploads;
