package sqlstore

import (
	"errors"
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
	t.op(sqlPrivatePut, p.Scope, p.Key, int64(p.Owner), string(v), created.UnixMicro(), expiry(p.ExpiresAt))
	return nil
}

func (t *tx) DropPrivate(scope, key string) error {
	t.op(sqlPrivateDrop, scope, key)
	return t.usable()
}

func (t *tx) DropPrivateOf(scope string, owner cairn.ID, keep string) error {
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
