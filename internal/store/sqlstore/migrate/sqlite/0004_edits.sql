-- +goose Up

-- An edit writes fewer pages. The log says itself how far it goes; what a person did is looked for among what
-- happened in a project, without reading that.
ALTER TABLE meta DROP COLUMN seq;
DROP INDEX log_actor;
DROP INDEX log_project;
CREATE INDEX log_project ON log (project, seq, actor) WHERE project <> 0;

-- +goose Down
DROP INDEX log_project;
CREATE INDEX log_project ON log (project, seq) WHERE project <> 0;
CREATE INDEX log_actor ON log (actor, seq) WHERE actor <> 0;
ALTER TABLE meta ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET seq = (SELECT coalesce(max(seq), 0) FROM log);
