CREATE TRIGGER event_type_refuses_delete BEFORE DELETE ON event_type
BEGIN SELECT RAISE(ABORT, 'the log is append-only: event_type is never deleted from'); END;
