-- How far the views have read the log; changed in the same transaction as they are.
CREATE TABLE position (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  origin TEXT NOT NULL,  -- the ledger whose log this is
  seq INTEGER NOT NULL
) STRICT;
