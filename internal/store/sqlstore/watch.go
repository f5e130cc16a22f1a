package sqlstore

import (
	"context"
	"time"
)

// changed starts to watch the file at the first call. SQLite tells a connection
// by PRAGMA data_version that another connection has committed; whether that
// was another process follows from the sequence number.
func (db *sqliteDB) changed() <-chan struct{} {
	db.watch.Do(func() {
		db.signals = make(chan struct{}, 1)
		db.stop, db.stopped = make(chan struct{}), make(chan struct{})
		go db.watchFile()
	})
	return db.signals
}

func (db *sqliteDB) watchFile() {
	defer close(db.stopped)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	w := fileWatch{db: db}
	defer w.drop()
	for {
		select {
		case <-db.stop:
			return
		case <-tick.C:
		}
		if w.foreign() {
			select {
			case db.signals <- struct{}{}:
			default: // the last signal has not been taken yet
			}
		}
	}
}

// fileWatch looks at one file again and again.
type fileWatch struct {
	db      *sqliteDB
	c       conn
	version int64
	seq     int64
}

// foreign reports whether there are change sets that this process did not
// write. An error means that the next look begins anew.
func (w *fileWatch) foreign() bool {
	ctx := context.Background()
	if w.c == nil {
		c, err := w.db.openReader()
		if err != nil {
			return false
		}
		w.c = c
	}
	var version, seq int64
	if _, err := queryRow(ctx, w.c, sql("PRAGMA data_version"), &version); err != nil {
		w.drop()
		return false
	}
	if version == w.version {
		return false
	}
	if _, err := queryRow(ctx, w.c, sql(sqlSeq), &seq); err != nil {
		w.drop()
		return false
	}
	w.version = version
	foreign := seq > w.seq && seq > w.db.lastOwn()
	w.seq = seq
	return foreign
}

func (w *fileWatch) drop() {
	if w.c != nil {
		_ = w.c.close()
		w.c, w.version = nil, 0
	}
}

// tell has nobody to speak to: a second process beside the server serves nobody.
func (db *sqliteDB) tell(string) {}

func (db *sqliteDB) told() <-chan string { return nil }
