-- Full tiles of the Merkle tree (C2SP tlog-tiles): 256 hashes of 32 bytes.
-- Level 0 holds leaves; one hash of level L + 1 is the root of one tile of level L.
CREATE TABLE tile (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
