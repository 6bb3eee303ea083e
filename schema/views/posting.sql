-- Which events concern a customer (facet 1), a tag (2), an actor (3), a type (4), a wording (5, see there):
-- ascending seqs in chunks of 512. `seqs` holds the distances from each to the next as LEB128,
-- without the first. All chunks of a key but the last are full, so that the rows do not depend on
-- the batches in which the events arrived.
CREATE TABLE posting (
  facet INTEGER NOT NULL,
  key INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  count INTEGER NOT NULL,
  seqs BLOB NOT NULL,
  PRIMARY KEY (facet, key, first)
) STRICT, WITHOUT ROWID;
