-- Deleting is allowed: erasing a customer deletes these rows and destroys the key.
CREATE TRIGGER sealed_refuses_update BEFORE UPDATE ON sealed
BEGIN SELECT RAISE(ABORT, 'the log is append-only: sealed is never updated'); END;
