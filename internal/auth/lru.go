package auth

import "container/list"

// LRU is a map that keeps its most recently used entries, up to a bound, so that
// keys chosen by strangers cannot fill the memory. It is not safe for concurrent
// use.
type LRU[K comparable, V any] struct {
	bound   int
	order   *list.List // of *entry[K, V], most recently used first
	entries map[K]*list.Element
}

type entry[K comparable, V any] struct {
	key   K
	value V
}

// NewLRU returns an empty LRU that holds at most bound entries.
func NewLRU[K comparable, V any](bound int) *LRU[K, V] {
	return &LRU[K, V]{bound: max(bound, 1), order: list.New(), entries: make(map[K]*list.Element)}
}

// Get returns the value of a key and counts as a use.
func (l *LRU[K, V]) Get(key K) (value V, ok bool) {
	at, ok := l.entries[key]
	if !ok {
		return value, false
	}
	l.order.MoveToFront(at)
	return at.Value.(*entry[K, V]).value, true
}

// Put stores a value; the least recently used entry goes when there are too many.
func (l *LRU[K, V]) Put(key K, value V) {
	if at, ok := l.entries[key]; ok {
		at.Value.(*entry[K, V]).value = value
		l.order.MoveToFront(at)
		return
	}
	l.entries[key] = l.order.PushFront(&entry[K, V]{key, value})
	if l.order.Len() > l.bound {
		last := l.order.Back()
		l.order.Remove(last)
		delete(l.entries, last.Value.(*entry[K, V]).key)
	}
}

// Delete removes a key; an absent one is no error.
func (l *LRU[K, V]) Delete(key K) {
	if at, ok := l.entries[key]; ok {
		l.order.Remove(at)
		delete(l.entries, key)
	}
}

// DeleteFunc removes every entry for which gone returns true.
func (l *LRU[K, V]) DeleteFunc(gone func(K, V) bool) {
	for at := l.order.Front(); at != nil; {
		next := at.Next()
		if e := at.Value.(*entry[K, V]); gone(e.key, e.value) {
			l.Delete(e.key)
		}
		at = next
	}
}

// Len returns how many entries there are.
func (l *LRU[K, V]) Len() int { return l.order.Len() }
