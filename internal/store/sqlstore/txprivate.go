package sqlstore

import (
	"errors"
	"slices"
	"time"

	"cairn"
	"cairn/internal/store"
)

// sweepEvery is how often expired private records are removed.
const sweepEvery = 10 * time.Minute

var errPrivate = errors.New("a private record needs a scope and a key without U+0000, and a JSON value")

func (t *tx) PutPrivate(p store.Private) error {
	if err := t.usable(); err != nil {
		return err
	}
	v, ok := []byte(nil), len(p.Value) > 0
	if ok {
		v, ok = compact(p.Value)
	}
	if !ok || !plain(p.Scope) || !plain(p.Key) || p.Scope == "" {
		return cairn.Errorf(cairn.CodeInternal, "%s", errPrivate)
	}
	// What has expired is removed now and then, by those who add to it.
	if w := t.b.w; t.now.Sub(w.swept) >= sweepEvery {
		w.swept = t.now
		t.op(sqlPrivateSweep, t.now.UnixMicro())
	}
	created := p.CreatedAt
	if created.IsZero() {
		created = t.now
	}
	p.CreatedAt, p.Value = created, v
	t.beside.put(p)
	t.op(sqlPrivatePut, p.Scope, p.Key, int64(p.Owner), string(v), created.UnixMicro(), expiry(p.ExpiresAt))
	return nil
}

func (t *tx) DropPrivate(scope, key string) error {
	t.beside.drop(scope, key)
	t.op(sqlPrivateDrop, scope, key)
	return t.usable()
}

func (t *tx) DropPrivateOf(scope string, owner cairn.ID, keep string) error {
	t.beside.dropOf(ownersRecords{scope, owner, keep})
	t.op(sqlPrivateDropOf, scope, int64(owner), keep)
	return t.usable()
}

// expiry is a time in the expires column, 0 for never.
func expiry(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return max(1, at.UnixMicro())
}

func (t *tx) Private(scope, key string) (p store.Private, ok bool, err error) {
	if err := t.usable(); err != nil {
		return p, false, err
	}
	if own, known := t.beside.known[privateKey{scope, key}]; known {
		if own == nil || !own.ExpiresAt.IsZero() && !own.ExpiresAt.After(t.now) {
			return p, false, nil
		}
		return *own, true, nil
	}
	r, err := t.b.conn.query(t.b.ctx, sqlPrivate, scope, key, t.now.UnixMicro())
	if err != nil {
		return p, false, t.b.broken(err)
	}
	if ok = r.next(); ok {
		p, err = scanPrivate(r)
	}
	if closed := r.close(); closed != nil || err != nil {
		return p, false, t.b.broken(errors.Join(err, closed))
	}
	if !ok || t.beside.gone(p) {
		return store.Private{}, false, nil
	}
	return p, true, nil
}

// privateKey names a private record.
type privateKey struct{ scope, key string }

// ownersRecords are an owner's private records of a scope but one.
type ownersRecords struct {
	scope string
	owner cairn.ID
	keep  string
}

func (o ownersRecords) holds(p *store.Private) bool {
	return p.Scope == o.scope && p.Owner == o.owner && p.Key != o.keep
}

// privates is what a transaction did to private records.
type privates struct {
	known   map[privateKey]*store.Private // nil: dropped
	dropped []ownersRecords
}

func (s *privates) set(k privateKey, p *store.Private) {
	if s.known == nil {
		s.known = make(map[privateKey]*store.Private)
	}
	s.known[k] = p
}

func (s *privates) put(p store.Private) { s.set(privateKey{p.Scope, p.Key}, &p) }

func (s *privates) drop(scope, key string) { s.set(privateKey{scope, key}, nil) }

func (s *privates) dropOf(o ownersRecords) {
	s.dropped = append(s.dropped, o)
	for k, p := range s.known {
		if p != nil && o.holds(p) {
			s.known[k] = nil
		}
	}
}

// gone says whether a record that is stored has been dropped with its owner's.
func (s *privates) gone(p store.Private) bool {
	return slices.ContainsFunc(s.dropped, func(o ownersRecords) bool { return o.holds(&p) })
}
