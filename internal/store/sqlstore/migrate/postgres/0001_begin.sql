-- +goose Up

-- One row: the last sequence number, the next free id, and who this workspace is. Its lock makes
-- writers of all nodes take turns. Room is left in the page so that updates stay in it.
CREATE TABLE meta (
	one     integer PRIMARY KEY CHECK (one = 1),
	seq     bigint  NOT NULL,
	next_id bigint  NOT NULL,
	uid     text    NOT NULL
) WITH (fillfactor = 10);
INSERT INTO meta (one, seq, next_id, uid) VALUES (1, 0, 1, replace(gen_random_uuid()::text, '-', ''));

-- The last batch that each node committed, so that a node which lost its connection while
-- committing can find out what became of it.
CREATE TABLE node (
	id    text   PRIMARY KEY,
	batch bigint NOT NULL,
	at    bigint NOT NULL
) WITH (fillfactor = 10);

-- Everything stored. version and created are sequence numbers.
CREATE TABLE entity (
	id      bigint PRIMARY KEY,
	kind    text   COLLATE "C" NOT NULL,
	project bigint NOT NULL,
	parent  bigint NOT NULL,
	version bigint NOT NULL,
	created bigint NOT NULL,
	attrs   text   NOT NULL,
	body    text   NOT NULL
) WITH (fillfactor = 90);
CREATE INDEX entity_kind ON entity (kind, project, id);
CREATE INDEX entity_parent ON entity (parent, kind, id) WHERE parent <> 0;

-- Names that at most one entity has. They follow from the entities.
CREATE TABLE entity_key (
	scope text   COLLATE "C" NOT NULL,
	name  text   COLLATE "C" NOT NULL,
	id    bigint NOT NULL,
	PRIMARY KEY (scope, name)
);

-- Every change set; at is in microseconds since 1970.
CREATE TABLE log (
	seq     bigint PRIMARY KEY,
	at      bigint NOT NULL,
	actor   bigint NOT NULL,
	project bigint NOT NULL,
	grp     text   COLLATE "C" NOT NULL,
	reason  text   NOT NULL,
	origin  text   NOT NULL,
	changes text   NOT NULL
);
CREATE INDEX log_grp ON log (grp, seq) WHERE grp <> '';

-- Which change sets touch an entity, besides the one in entity.created.
CREATE TABLE log_entity (
	entity bigint NOT NULL,
	seq    bigint NOT NULL,
	PRIMARY KEY (entity, seq)
);

-- The next free number of a project's ideas.
CREATE TABLE number (
	project bigint PRIMARY KEY,
	next    bigint NOT NULL
) WITH (fillfactor = 50);

-- Records beside the log. Times are in microseconds since 1970; expires 0 is never.
CREATE TABLE private (
	scope   text   COLLATE "C" NOT NULL,
	name    text   COLLATE "C" NOT NULL,
	owner   bigint NOT NULL,
	value   text   NOT NULL,
	created bigint NOT NULL,
	expires bigint NOT NULL,
	PRIMARY KEY (scope, name)
);
CREATE INDEX private_owner ON private (owner, scope);
CREATE INDEX private_expires ON private (expires) WHERE expires <> 0;

-- Files in parts of 256 KiB. Parts without a row in blob belong to an upload that goes on or broke off.
CREATE TABLE blob (
	name text   COLLATE "C" PRIMARY KEY,
	id   bigint NOT NULL,
	size bigint NOT NULL
);
CREATE TABLE blob_part (
	id   bigint NOT NULL,
	part bigint NOT NULL,
	at   bigint NOT NULL,
	data bytea  NOT NULL,
	PRIMARY KEY (id, part)
);

-- +goose Down
DROP TABLE blob_part;
DROP TABLE blob;
DROP TABLE private;
DROP TABLE number;
DROP TABLE log_entity;
DROP TABLE log;
DROP TABLE entity_key;
DROP TABLE entity;
DROP TABLE node;
DROP TABLE meta;
