-- Personal fields as nonce ‖ ciphertext ‖ tag (AES-256-GCM); the event holds only the SHA-256 of it.
-- NULL: the event cleared the field. By customer first, since that is how they are read and erased.
CREATE TABLE sealed (
  customer INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES event,
  field TEXT NOT NULL,
  box BLOB,
  PRIMARY KEY (customer, seq, field)
) STRICT, WITHOUT ROWID;
