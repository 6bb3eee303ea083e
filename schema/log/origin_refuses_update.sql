CREATE TRIGGER origin_refuses_update BEFORE UPDATE ON origin
BEGIN SELECT RAISE(ABORT, 'the log is append-only: origin is never updated'); END;
