-- Answers given to requests with an Idempotency-Key, sealed; log.db says what was carried out.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY,                         -- rising, so the oldest come first
  key BLOB NOT NULL UNIQUE,                       -- digest of the caller and the key
  request BLOB NOT NULL,                          -- digest of what was asked
  customer INTEGER,                               -- of whom it tells, where that is one and known
  at INTEGER NOT NULL,                            -- µs since 1970 UTC
  sealed BLOB NOT NULL                            -- status, headers and body
) STRICT;
