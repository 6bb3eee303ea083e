CREATE TRIGGER actor_refuses_update BEFORE UPDATE ON actor
BEGIN SELECT RAISE(ABORT, 'the log is append-only: actor is never updated'); END;
