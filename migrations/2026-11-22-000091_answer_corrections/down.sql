DROP TABLE answer_corrections;
