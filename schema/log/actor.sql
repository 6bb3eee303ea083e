-- Who has acted, by a number that keeps events small. The hashed form holds the name.
CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
