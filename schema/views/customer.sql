-- The directory: what a list of customers shows and by what they are found. Phones and references
-- stand here as keyed hashes only; in plain they are sealed in the log.
CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  name TEXT,
  name_key TEXT NOT NULL,  -- without case and accents; empty without a name
  channel TEXT,
  phone_key INTEGER,
  ref_key INTEGER,
  registered INTEGER NOT NULL,  -- seq
  revision INTEGER NOT NULL,
  merged_into INTEGER,
  erased INTEGER  -- seq; then there is no name and no key any more
) STRICT;
