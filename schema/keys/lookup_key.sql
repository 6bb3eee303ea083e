-- The key of the keyed hash by which customers are found by phone or by external id; wrapped likewise.
CREATE TABLE lookup_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL,
  wrapped BLOB NOT NULL
) STRICT;
