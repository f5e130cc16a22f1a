package sqlstore

import (
	"cmp"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// firstPage and lastPage bound how many rows a scan inside a transaction reads
// at once. It reads in pages because yield may use the transaction, and so the
// connection, in between.
const (
	firstPage = 256
	lastPage  = 8192
)

func (t *tx) Scan(q store.Query, yield func(cairn.Entity) error) error {
	left := q.Limit
	for _, part := range partsOf(q) {
		n, err := t.scanPart(part, left, yield)
		if err != nil {
			return err
		}
		if q.Limit > 0 {
			if left -= n; left <= 0 {
				return nil
			}
		}
	}
	return nil
}

// scanPart scans one part and returns how many entities it yielded, at most
// limit unless that is 0.
func (t *tx) scanPart(q store.Query, limit int, yield func(cairn.Entity) error) (n int, err error) {
	for size := firstPage; ; size = min(2*size, lastPage) {
		page, more, err := t.page(q, size)
		if err != nil {
			return n, err
		}
		for _, r := range page {
			q.After = r.id
			// A record may have changed since the page was read, by yield.
			if own, ok := t.recs[r.id]; ok {
				r = own
			}
			if r == nil || !r.exists || !matches(q, r) {
				continue
			}
			e, err := r.entity(t.b.w.names)
			if err != nil {
				return n, err
			}
			if !q.Text {
				e.Text = ""
			}
			if err := yield(e); err != nil {
				return n, err
			}
			if n++; n == limit {
				return n, nil
			}
		}
		if !more {
			return n, nil
		}
	}
}

// page reads the next rows of a part, joined by what this transaction created,
// in the order of ids.
func (t *tx) page(q store.Query, size int) (page []*record, more bool, err error) {
	if err := t.usable(); err != nil {
		return nil, false, err
	}
	q.Limit = size
	stmt := scanQuery(q, entityColumns)
	r, err := t.b.conn.query(t.b.ctx, stmt.sql, stmt.args...)
	if err != nil {
		return nil, false, t.b.broken(err)
	}
	for r.next() {
		rec, err := scanRecord(r, q.Text)
		if err != nil {
			break
		}
		page = append(page, rec)
	}
	if err := r.close(); err != nil {
		return nil, false, t.b.broken(err)
	}
	more = len(page) == size
	for _, own := range t.touched {
		inPage := own.id > q.After && (!more || own.id <= page[size-1].id)
		if own.exists && (own.stored == 0 || own.renewed) && inPage && matches(q, own) {
			page = append(page, own)
		}
	}
	slices.SortStableFunc(page, func(a, b *record) int { return cmp.Compare(a.id, b.id) })
	return slices.CompactFunc(page, func(a, b *record) bool { return a.id == b.id }), more, nil
}

// matches reports whether a record belongs to a part's result.
func matches(q store.Query, r *record) bool {
	return (len(q.Kinds) == 0 || slices.Contains(q.Kinds, r.kind)) &&
		(q.Project == 0 || q.Project == r.project) &&
		(q.Parent == 0 || q.Parent == r.parent)
}
