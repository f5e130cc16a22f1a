-- +goose Up

-- What happened in no project: people, customers.
CREATE INDEX log_shared ON log (seq) WHERE project = 0;

-- +goose Down
DROP INDEX log_shared;
