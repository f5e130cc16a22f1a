-- +goose Up

-- What happened in one project, and what one person did.
CREATE INDEX log_project ON log (project, seq) WHERE project <> 0;
CREATE INDEX log_actor ON log (actor, seq) WHERE actor <> 0;

-- +goose Down
DROP INDEX log_actor;
DROP INDEX log_project;
