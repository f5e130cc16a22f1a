package engine

// lru keeps the most recently used values, up to a number of them.
type lru[V any] struct {
	size  int
	turn  uint64
	items map[string]*lruItem[V]
}

type lruItem[V any] struct {
	value V
	used  uint64
}

func newLRU[V any](size int) *lru[V] { return &lru[V]{size: size, items: map[string]*lruItem[V]{}} }

func (l *lru[V]) get(key string) (value V, ok bool) {
	item, ok := l.items[key]
	if !ok {
		return value, false
	}
	l.turn++
	item.used = l.turn
	return item.value, true
}

func (l *lru[V]) put(key string, value V) {
	l.turn++
	l.items[key] = &lruItem[V]{value, l.turn}
	if len(l.items) <= l.size {
		return
	}
	oldest := key
	for k, item := range l.items {
		if item.used < l.items[oldest].used {
			oldest = k
		}
	}
	delete(l.items, oldest)
}
