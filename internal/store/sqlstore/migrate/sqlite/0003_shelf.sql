-- +goose Up

-- Contents of stored files may lie outside the database. shelf is a content's name there, '' when it is in parts
-- here; at is when it was stored, in microseconds. meta.shelf is the folder of this database's contents.
ALTER TABLE blob ADD COLUMN shelf TEXT NOT NULL DEFAULT '';
ALTER TABLE blob ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX blob_shelf ON blob (shelf) WHERE shelf <> '';
ALTER TABLE meta ADD COLUMN shelf TEXT NOT NULL DEFAULT '';
UPDATE meta SET shelf = lower(hex(randomblob(8)));

-- An attached file owns its content.
INSERT INTO entity_key (scope, name, id) SELECT 'blob', json_extract(attrs, '$.blob'), id FROM entity WHERE kind = 'file';

-- +goose Down
DELETE FROM entity_key WHERE scope = 'blob';
ALTER TABLE meta DROP COLUMN shelf;
DROP INDEX blob_shelf;
ALTER TABLE blob DROP COLUMN at;
ALTER TABLE blob DROP COLUMN shelf;
