-- The names of this log, each from some event on: the public form of an event and the binding of its
-- sealed fields hold the name of their time. A second one begins with an event ledger.continued.
CREATE TABLE origin (
  first INTEGER PRIMARY KEY,                      -- the first event under this name
  name TEXT NOT NULL UNIQUE
) STRICT;
