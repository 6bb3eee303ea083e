-- One 32-byte key per customer, as AES-256-GCM (nonce ‖ ciphertext ‖ tag) under the key-encryption
-- key of that epoch. Rows are made some customers ahead, so that few commits wait for this file.
-- All zero: destroyed, because the person has been erased.
CREATE TABLE data_key (
  customer INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  wrapped BLOB NOT NULL
) STRICT;
