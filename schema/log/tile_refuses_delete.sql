CREATE TRIGGER tile_refuses_delete BEFORE DELETE ON tile
BEGIN SELECT RAISE(ABORT, 'the log is append-only: tile is never deleted from'); END;
