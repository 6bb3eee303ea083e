-- Requests with an Idempotency-Key that have been carried out, written in the transaction of their
-- events: whoever sends one again is told what became of it. Not part of the log; old rows go.
CREATE TABLE idempotency (
  id INTEGER PRIMARY KEY,                         -- rising, so the oldest come first
  key BLOB NOT NULL UNIQUE,                       -- digest of the caller and the key, 16 bytes
  request BLOB NOT NULL,                          -- keyed hash of what was asked, 16 bytes
  command BLOB NOT NULL,                          -- of the events; UUIDv7
  first INTEGER NOT NULL,                         -- their first seq
  last INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,                     -- what was already as asked
  at INTEGER NOT NULL                             -- µs since 1970 UTC
) STRICT;
