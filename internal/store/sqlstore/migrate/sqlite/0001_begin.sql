-- +goose Up

-- One row: the last sequence number, the next free id, and who this workspace is.
CREATE TABLE meta (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	seq     INTEGER NOT NULL,
	next_id INTEGER NOT NULL,
	uid     TEXT    NOT NULL
) STRICT;
INSERT INTO meta (one, seq, next_id, uid) VALUES (1, 0, 1, lower(hex(randomblob(16))));

-- Everything stored. version and created are sequence numbers. The long text stands last, so that
-- reading the rest of a row never touches the pages it overflows to.
CREATE TABLE entity (
	id      INTEGER PRIMARY KEY,
	kind    TEXT    NOT NULL,
	project INTEGER NOT NULL,
	parent  INTEGER NOT NULL,
	version INTEGER NOT NULL,
	created INTEGER NOT NULL,
	attrs   TEXT    NOT NULL,
	body    TEXT    NOT NULL
) STRICT;
CREATE INDEX entity_kind ON entity (kind, project, id);
CREATE INDEX entity_parent ON entity (parent, kind, id) WHERE parent <> 0;

-- Names that at most one entity has. They follow from the entities.
CREATE TABLE entity_key (
	scope TEXT    NOT NULL,
	name  TEXT    NOT NULL,
	id    INTEGER NOT NULL,
	PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;

-- Every change set; at is in microseconds since 1970.
CREATE TABLE log (
	seq     INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	actor   INTEGER NOT NULL,
	project INTEGER NOT NULL,
	grp     TEXT    NOT NULL,
	reason  TEXT    NOT NULL,
	origin  TEXT    NOT NULL,
	changes TEXT    NOT NULL
) STRICT;
CREATE INDEX log_grp ON log (grp, seq) WHERE grp <> '';

-- Which change sets touch an entity, besides the one in entity.created.
CREATE TABLE log_entity (
	entity INTEGER NOT NULL,
	seq    INTEGER NOT NULL,
	PRIMARY KEY (entity, seq)
) STRICT, WITHOUT ROWID;

-- The next free number of a project's ideas.
CREATE TABLE number (
	project INTEGER PRIMARY KEY,
	next    INTEGER NOT NULL
) STRICT;

-- Records beside the log. Times are in microseconds since 1970; expires 0 is never.
CREATE TABLE private (
	scope   TEXT    NOT NULL,
	name    TEXT    NOT NULL,
	owner   INTEGER NOT NULL,
	value   TEXT    NOT NULL,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX private_owner ON private (owner, scope);
CREATE INDEX private_expires ON private (expires) WHERE expires <> 0;

-- Files in parts of 256 KiB. Parts without a row in blob belong to an upload that goes on or broke off.
CREATE TABLE blob (
	name TEXT    PRIMARY KEY,
	id   INTEGER NOT NULL,
	size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_part (
	id   INTEGER NOT NULL,
	part INTEGER NOT NULL,
	at   INTEGER NOT NULL,
	data BLOB    NOT NULL,
	PRIMARY KEY (id, part)
) STRICT;

-- +goose Down
DROP TABLE blob_part;
DROP TABLE blob;
DROP TABLE private;
DROP TABLE number;
DROP TABLE log_entity;
DROP TABLE log;
DROP TABLE entity_key;
DROP TABLE entity;
DROP TABLE meta;
