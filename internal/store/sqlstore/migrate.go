package sqlstore

import (
	"context"
	stdsql "database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"cairn"
)

//go:embed migrate
var migrations embed.FS

// newest is the number of the newest migration, the same in both directories.
const newest = 5

// sqlVersion reads the number of the last migration that was run.
const sqlVersion = "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied"

// checkVersion refuses a database that a newer Cairn has written.
func checkVersion(have int64, where string) error {
	if have > newest {
		return cairn.Errorf(cairn.CodeInternal,
			"The database %s was written by a newer version of Cairn (its format is %d, this one knows %d). Start the newer version, or restore a backup from before",
			where, have, newest)
	}
	return nil
}

// migrateUp runs the migrations that are missing.
func migrateUp(ctx context.Context, dialect goose.Dialect, db *stdsql.DB) error {
	dir := "migrate/sqlite"
	if dialect == goose.DialectPostgres {
		dir = "migrate/postgres"
	}
	files, err := fs.Sub(migrations, dir)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, db, files)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the database up to date: %w", err)
	}
	return nil
}

// migrateSQLite brings a file up to date and returns a connection for reading
// it. A file that is up to date costs one query.
func migrateSQLite(ctx context.Context, db *sqliteDB) (first conn, err error) {
	// Of processes that start together on a new file one is first; the others
	// fail, look again and find the work done.
	for range 3 {
		c, looked := db.openReader()
		if looked != nil {
			return nil, looked
		}
		have, looked := sqliteVersion(ctx, c)
		if looked == nil && have == newest {
			return c, nil
		}
		if err := errors.Join(looked, checkVersion(have, db.file), c.close()); err != nil {
			return nil, err
		}
		made := false
		if have == 0 {
			made, err = migrateFresh(ctx, db)
		}
		if err == nil && !made {
			err = migrateFile(ctx, db.file)
		}
		if err == nil {
			return db.openReader()
		}
	}
	return nil, err
}

// sqliteVersion is the number of the newest migration that was run, 0 for none.
func sqliteVersion(ctx context.Context, c conn) (have int64, err error) {
	var tables int64
	_, err = queryRow(ctx, c, sql("SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'"), &tables)
	if err == nil && tables == 1 {
		_, err = queryRow(ctx, c, sql(sqlVersion), &have)
	}
	return have, err
}

func migrateFile(ctx context.Context, file string) error {
	db, err := stdsql.Open("sqlite", sqliteName(file)+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = migrateUp(ctx, goose.DialectSQLite3, db)
	return errors.Join(err, db.Close())
}
