CREATE TRIGGER tile_refuses_update BEFORE UPDATE ON tile
BEGIN SELECT RAISE(ABORT, 'the log is append-only: tile is never updated'); END;
