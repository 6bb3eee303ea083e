-- One row for each thing that has happened. Never updated, never deleted.
-- The leaf is SHA-256(00 ‖ public form); the public form is made from all other columns.
-- SQLite decodes a row from the left, so what replaying needs comes first.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,                        -- 1, 2, 3, … without gaps
  at INTEGER NOT NULL,                            -- recorded, µs since 1970 UTC, strictly rising
  type INTEGER NOT NULL REFERENCES event_type,
  tag INTEGER,
  customer INTEGER,
  occurred INTEGER,                               -- when it happened, if earlier, µs since 1970 UTC
  data TEXT,                                      -- canonical JSON
  actor INTEGER NOT NULL REFERENCES actor,
  reason TEXT,
  via INTEGER NOT NULL,                           -- 1 system, 2 local, 3 token, 4 proxy, 5 rule
  cause INTEGER REFERENCES event,                 -- the seq that made this one follow
  command BLOB NOT NULL,                          -- UUIDv7; the events of one command share it
  credential INTEGER,                             -- uid, token or proxy's uid that via names
  leaf BLOB NOT NULL
) STRICT;
