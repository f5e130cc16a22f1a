package engine

import "cairn"

// orderBy returns the live rows sorted by the keys, then by a view's own rank if
// one is named, ties by rank and id. The order is kept, and mended when few rows
// changed.
func (e *evaluation) orderBy(keys []cairn.SortKey, own cairn.Ref) ([]int32, error) {
	s := e.s
	rank := s.columns[attrRank]
	tracks := []*track{&s.rows, &rank.track}
	var columns []sortColumn
	var name []byte
	byName := false
	for _, k := range keys {
		src, err := e.source(k.Field, "Sorting")
		if err != nil {
			return nil, err
		}
		columns = append(columns, e.sortColumn(src, k.Desc))
		tracks = append(tracks, src.track)
		name = src.appendKey(name, k.Desc)
		byName = byName || src.named()
	}
	if c := s.ownRank(own); c != nil {
		columns = append(columns, sortColumn{texts: c.data.(*texts).vals})
		tracks = append(tracks, &c.track)
		name = append(append(name, own...), '+')
	}
	o, ok := s.derived.orders.get(string(name))
	state, dirty := gone, []int32(nil)
	if ok && (!byName || o.names == e.namesRev()) {
		state, dirty = sinceAll(tracks, o.built)
	}
	if state == fresh {
		return o.rows, nil
	}
	if state == stale && worthRepair(len(dirty), len(s.ids)) {
		o.repair(s, dirty, s.comparer(columns))
		o.built = s.clock
		return o.rows, nil
	}
	o = &order{built: s.clock, names: e.namesRev()}
	if len(columns) == 0 {
		o.rows = s.rankOrder()
	} else {
		base, err := e.orderBy(nil, "")
		if err != nil {
			return nil, err
		}
		o.rows = append(make([]int32, 0, len(base)), base...)
		sortRows(o.rows, columns)
	}
	s.derived.orders.put(string(name), o)
	return o.rows, nil
}

func (src *source) appendKey(dst []byte, desc bool) []byte {
	switch {
	case src.key != "":
		dst = append(dst, src.key...)
	case src.computed != nil:
		dst = append(dst, src.computed.key...)
	default:
		dst = append(dst, src.ref...)
	}
	if desc {
		return append(dst, '-')
	}
	return append(dst, '+')
}

// rankOrder sorts the live rows by rank, ties by id.
func (s *State) rankOrder() []int32 {
	rows := make([]int32, 0, s.rowOf.count)
	for row := range s.ids {
		if s.live.has(int32(row)) {
			rows = append(rows, int32(row))
		}
	}
	sortRows(rows, []sortColumn{
		{texts: s.columns[attrRank].data.(*texts).vals},
		{key: func(row int32) uint64 { return uint64(s.ids[row]) }},
	})
	return rows
}

// comparer orders rows strictly: by the columns, by rank, by id.
func (s *State) comparer(columns []sortColumn) func(a, b int32) int {
	ranks := s.columns[attrRank].data.(*texts).vals
	return func(a, b int32) int {
		for i := range columns {
			if c := columns[i].compare(a, b); c != 0 {
				return c
			}
		}
		if c := compareTexts(ranks[a], ranks[b], false); c != 0 {
			return c
		}
		return int(s.ids[a] - s.ids[b])
	}
}
