CREATE TRIGGER event_type_refuses_update BEFORE UPDATE ON event_type
BEGIN SELECT RAISE(ABORT, 'the log is append-only: event_type is never updated'); END;
