CREATE TRIGGER actor_refuses_delete BEFORE DELETE ON actor
BEGIN SELECT RAISE(ABORT, 'the log is append-only: actor is never deleted from'); END;
