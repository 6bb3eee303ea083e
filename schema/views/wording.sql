-- Each text that stands in events (reasons, names, details, files), once, in the order of first
-- appearance; posting.key of facet 5.
CREATE TABLE wording (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;
