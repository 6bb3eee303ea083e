-- What these keys belong to: origin. Keys of another ledger are refused.
CREATE TABLE ledger (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
