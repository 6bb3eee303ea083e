CREATE UNIQUE INDEX wording_text ON wording (text);
