-- +goose Up

-- Contents of stored files may lie outside the database. shelf is a content's name there, '' when it is in parts
-- here; at is when it was stored, in microseconds. meta.shelf is the folder of this database's contents.
ALTER TABLE blob ADD COLUMN shelf text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE blob ADD COLUMN at bigint NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX blob_shelf ON blob (shelf) WHERE shelf <> '';
ALTER TABLE meta ADD COLUMN shelf text COLLATE "C" NOT NULL DEFAULT '';
UPDATE meta SET shelf = substr(md5(random()::text || clock_timestamp()::text), 1, 16);

-- An attached file owns its content.
INSERT INTO entity_key (scope, name, id) SELECT 'blob', attrs::json->>'blob', id FROM entity WHERE kind = 'file';

-- +goose Down
DELETE FROM entity_key WHERE scope = 'blob';
ALTER TABLE meta DROP COLUMN shelf;
DROP INDEX blob_shelf;
ALTER TABLE blob DROP COLUMN at;
ALTER TABLE blob DROP COLUMN shelf;
