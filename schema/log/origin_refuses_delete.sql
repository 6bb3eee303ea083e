CREATE TRIGGER origin_refuses_delete BEFORE DELETE ON origin
BEGIN SELECT RAISE(ABORT, 'the log is append-only: origin is never deleted from'); END;
