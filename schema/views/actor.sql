-- Who has acted, numbered in the order of first appearance; posting.key of facet 3.
CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
