CREATE TRIGGER meta_refuses_update BEFORE UPDATE ON meta
BEGIN SELECT RAISE(ABORT, 'the log is append-only: meta is never updated'); END;
