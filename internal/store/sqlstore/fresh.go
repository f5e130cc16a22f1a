package sqlstore

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"strings"
)

// gooseTable is goose's own table on SQLite as goose makes it, with the row that
// it begins with.
const gooseTable = `CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1);`

// migrateFresh runs all migrations on a file in which there is nothing yet, in
// one transaction: what goose does in many costs half of a first start. It
// leaves what goose would. done is false when there was something after all. The
// connection is left for the store to write with: were it closed, being the last
// one, SQLite would take over the log and remove it, only to make it anew.
func migrateFresh(ctx context.Context, db *sqliteDB) (done bool, err error) {
	raw, err := db.openWriter(ctx)
	if err != nil {
		return false, err
	}
	c := raw.(*sqliteConn)
	defer func() {
		if done && err == nil {
			db.opened.Store(c)
			return
		}
		err = errors.Join(err, c.close())
	}()
	if err := c.begin(ctx, modeWrite); err != nil {
		return false, err
	}
	defer c.rollback(ctx)
	var tables int64
	if _, err := queryRow(ctx, c, sql("SELECT count(*) FROM sqlite_schema"), &tables); err != nil || tables > 0 {
		return false, err
	}
	if err := c.run(gooseTable); err != nil {
		return false, err
	}
	const dir = "migrate/sqlite"
	files, err := fs.ReadDir(migrations, dir) // in the order of their names
	if err != nil {
		return false, err
	}
	for _, f := range files {
		text, err := fs.ReadFile(migrations, dir+"/"+f.Name())
		if err != nil {
			return false, err
		}
		digits, _, _ := strings.Cut(f.Name(), "_")
		version, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return false, err
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		if err := c.run(up); err != nil {
			return false, err
		}
		if err := c.exec(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)", version); err != nil {
			return false, err
		}
	}
	if err := c.commit(ctx); err != nil {
		return false, err
	}
	return true, nil
}
