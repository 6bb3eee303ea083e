-- Each text that stands in events (reasons, names, details, files), once for each stretch of 262,144
-- events in which it stands, in the order of first appearance; posting.key of facet 5, which lists the
-- events behind the first.
CREATE TABLE wording (
  id INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,  -- seq of the first event of its stretch in which it stands
  text TEXT NOT NULL
) STRICT;
