package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"cairn"
	"cairn/internal/store"
)

const (
	// sqlLimit bounds a query. SQLite looks at a bare number that is bound there and
	// plans the statement anew for every other one.
	sqlLimit = " LIMIT CAST(? AS bigint)"

	logColumns   = "seq, at, actor, project, grp, reason, origin, changes"
	sqlLog       = "SELECT " + logColumns + " FROM log WHERE seq > ? ORDER BY seq" + sqlLimit
	sqlGroupLog  = "SELECT " + logColumns + " FROM log WHERE grp = ? AND grp <> '' ORDER BY seq"
	sqlPersonLog = "SELECT " + logColumns + " FROM log WHERE seq IN (SELECT at FROM (" +
		"SELECT seq + 0 AS at FROM log WHERE project > 0 AND project <> 0 AND actor = ? AND seq + 0 > ? AND seq + 0 < ? " +
		"UNION ALL SELECT seq + 0 AS at FROM log WHERE project = 0 AND actor = ? AND seq > ? AND seq < ?" +
		") AS done ORDER BY at DESC LIMIT ?) ORDER BY seq DESC"
	sqlEntityLog = "SELECT " + logColumns + " FROM log WHERE seq IN (" +
		"SELECT seq FROM log_entity WHERE entity = ? AND seq < ? UNION SELECT created FROM entity WHERE id = ? AND created < ?" +
		") ORDER BY seq DESC LIMIT ?"

	privateColumns = "scope, name, owner, value, created, expires"
	sqlPrivate     = "SELECT " + privateColumns + " FROM private WHERE scope = ? AND name = ? AND (expires = 0 OR expires > ?)"
	// The comparison with scope || '' leaves the index of owners as the way in:
	// SQLite would else look through all of a scope.
	sqlPrivateOf     = "SELECT " + privateColumns + " FROM private WHERE scope || '' = ? AND owner = ? AND (expires = 0 OR expires > ?) ORDER BY created DESC, name"
	sqlPrivateRange  = "SELECT " + privateColumns + " FROM private WHERE scope = ? AND name >= ? AND (expires = 0 OR expires > ?) ORDER BY name" + sqlLimit
	sqlPrivateTo     = "SELECT " + privateColumns + " FROM private WHERE scope = ? AND name >= ? AND name < ? AND (expires = 0 OR expires > ?) ORDER BY name" + sqlLimit
	sqlPrivatePut    = "INSERT INTO private (" + privateColumns + ") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (scope, name) DO UPDATE SET owner = excluded.owner, value = excluded.value, created = excluded.created, expires = excluded.expires"
	sqlPrivateDrop   = "DELETE FROM private WHERE scope = ? AND name = ?"
	sqlPrivateDropOf = "DELETE FROM private WHERE scope || '' = ? AND owner = ? AND name <> ?"
	sqlPrivateSweep  = "DELETE FROM private WHERE expires <> 0 AND expires <= ?"
)

// Seq implements store.Store.
func (s *Store) Seq(ctx context.Context) (seq int64, err error) {
	err = s.read(ctx, func(c conn) error {
		_, err := queryRow(ctx, c, sql(sqlSeq), &seq)
		return err
	})
	return seq, err
}

// Ping implements store.Store.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.Seq(ctx)
	return err
}

// Entity implements store.Store.
func (s *Store) Entity(ctx context.Context, id cairn.ID) (e cairn.Entity, err error) {
	err = s.read(ctx, func(c conn) error {
		r, err := readRecord(ctx, c, id)
		if err != nil {
			return err
		}
		if r == nil {
			return passed{cairn.NotFound("The entity " + id.String())}
		}
		e, err = r.entity(newInterner())
		return err
	})
	return e, err
}

// Lookup implements store.Store.
func (s *Store) Lookup(ctx context.Context, key cairn.Key) (cairn.ID, error) {
	var id int64
	k := storedKey(key)
	err := s.read(ctx, func(c conn) error {
		_, err := queryRow(ctx, c, sql(sqlLookup, k.Scope, k.Name), &id)
		return err
	})
	return cairn.ID(id), err
}

// Log implements store.Store.
func (s *Store) Log(ctx context.Context, after int64, limit int) ([]cairn.ChangeSet, error) {
	return s.readLog(ctx, sql(sqlLog, after, int64(limit)), 0)
}

// LogOf implements store.Store.
func (s *Store) LogOf(ctx context.Context, q store.LogQuery) ([]cairn.ChangeSet, error) {
	if q.Actor != 0 && q.Project == 0 && !q.Shared && q.Newest && q.Limit > 0 {
		return s.personLog(ctx, q)
	}
	text, args := "SELECT "+logColumns+" FROM log WHERE seq > ?", []any{q.After}
	where := func(condition string, arg int64) {
		text += " AND " + condition
		args = append(args, arg)
	}
	if q.Before > 0 {
		where("seq < ?", q.Before)
	}
	// The indexes leave zero out, which the second comparison says.
	if q.Project != 0 {
		where("project = ? AND project <> 0", int64(q.Project))
	}
	if q.Shared {
		text += " AND project = 0"
	}
	if q.Actor != 0 {
		where("actor = ? AND actor <> 0", int64(q.Actor))
	}
	text += " ORDER BY seq"
	if q.Newest {
		text += " DESC"
	}
	if q.Limit > 0 {
		text += " LIMIT ?"
		args = append(args, int64(q.Limit))
	}
	return s.readLog(ctx, sql(text, args...), 0)
}

// personLog reads the newest change sets of a person, wherever. The index of what
// happened in projects says who did it: it is gone through whole, which is much
// less than the log, and an index of people would cost every edit a page. The sums
// keep SQLite from going through the log in its order instead.
func (s *Store) personLog(ctx context.Context, q store.LogQuery) ([]cairn.ChangeSet, error) {
	before := q.Before
	if before <= 0 {
		before = 1<<63 - 1
	}
	return s.readLog(ctx, sql(sqlPersonLog, int64(q.Actor), q.After, before, int64(q.Actor), q.After, before, int64(q.Limit)), 0)
}

// EntityLog implements store.Store.
func (s *Store) EntityLog(ctx context.Context, id cairn.ID, before int64, limit int) ([]cairn.ChangeSet, error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	return s.readLog(ctx, sql(sqlEntityLog, int64(id), before, int64(id), before, int64(limit)), id)
}

// GroupLog implements store.Store.
func (s *Store) GroupLog(ctx context.Context, group string) ([]cairn.ChangeSet, error) {
	return s.readLog(ctx, sql(sqlGroupLog, group), 0)
}

// readLog reads change sets; with only, just that entity's changes of them.
func (s *Store) readLog(ctx context.Context, q query, only cairn.ID) (sets []cairn.ChangeSet, err error) {
	err = s.read(ctx, func(c conn) error {
		sets = nil
		names := newInterner()
		return each(ctx, c, q, func(r rows) error {
			set, err := scanSet(r, only, names)
			sets = append(sets, set)
			return err
		})
	})
	return sets, err
}

// scanSet reads one row of logColumns.
func scanSet(r rows, only cairn.ID, names *interner) (set cairn.ChangeSet, err error) {
	var at, actor, project int64
	var changes []byte
	if err := r.scan(&set.Seq, &at, &actor, &project, &set.Group, &set.Reason, &set.Origin, &changes); err != nil {
		return set, err
	}
	set.At, set.Actor, set.Project = time.UnixMicro(at).UTC(), cairn.ID(actor), cairn.ID(project)
	set.Changes, err = parseChanges(changes, only, names)
	return set, err
}

// Private implements store.Store.
func (s *Store) Private(ctx context.Context, scope, key string) (p store.Private, ok bool, err error) {
	list, err := s.privates(ctx, sql(sqlPrivate, scope, key, time.Now().UnixMicro()))
	if err != nil || len(list) == 0 {
		return store.Private{}, false, err
	}
	return list[0], true, nil
}

// PrivateOf implements store.Store.
func (s *Store) PrivateOf(ctx context.Context, scope string, owner cairn.ID) ([]store.Private, error) {
	return s.privates(ctx, sql(sqlPrivateOf, scope, int64(owner), time.Now().UnixMicro()))
}

// PrivateRange implements store.Store.
func (s *Store) PrivateRange(ctx context.Context, scope string, keys store.Range, limit int) ([]store.Private, error) {
	now := time.Now().UnixMicro()
	if keys.To == "" {
		return s.privates(ctx, sql(sqlPrivateRange, scope, keys.From, now, int64(limit)))
	}
	return s.privates(ctx, sql(sqlPrivateTo, scope, keys.From, keys.To, now, int64(limit)))
}

func (s *Store) privates(ctx context.Context, q query) (list []store.Private, err error) {
	err = s.read(ctx, func(c conn) error {
		list = nil
		return each(ctx, c, q, func(r rows) error {
			p, err := scanPrivate(r)
			list = append(list, p)
			return err
		})
	})
	return list, err
}

// scanPrivate reads one row of privateColumns.
func scanPrivate(r rows) (p store.Private, err error) {
	var owner, created, expires int64
	var value []byte
	if err := r.scan(&p.Scope, &p.Key, &owner, &value, &created, &expires); err != nil {
		return p, err
	}
	p.Owner, p.Value, p.CreatedAt = cairn.ID(owner), json.RawMessage(value), time.UnixMicro(created).UTC()
	if expires != 0 {
		p.ExpiresAt = time.UnixMicro(expires).UTC()
	}
	return p, nil
}
