package changelog

import "cairn"

// ring holds the last change sets: contiguous, oldest first.
type ring struct {
	sets  []cairn.ChangeSet
	bytes int
}

// add appends the next change sets and forgets the oldest beyond the bounds.
func (r *ring) add(sets []cairn.ChangeSet, opts Options) {
	if n := len(r.sets); n > 0 && r.sets[n-1].Seq+1 != sets[0].Seq {
		r.sets, r.bytes = nil, 0
	}
	for i := range sets {
		r.sets = append(r.sets, sets[i])
		r.bytes += sizeOf(&sets[i])
	}
	drop := 0
	for drop < len(r.sets) && (r.bytes > opts.KeepBytes || len(r.sets)-drop > opts.KeepSets) {
		r.bytes -= sizeOf(&r.sets[drop])
		drop++
	}
	// The forgotten ones stay in the array until append moves it; cleared, they
	// hold nothing.
	clear(r.sets[:drop])
	r.sets = r.sets[drop:]
}

// after returns up to limit change sets after seq; ok is false when the ring no
// longer holds the first of them.
func (r *ring) after(seq int64, limit int) (sets []cairn.ChangeSet, ok bool) {
	if len(r.sets) == 0 || seq+1 < r.sets[0].Seq {
		return nil, false
	}
	from := int(seq + 1 - r.sets[0].Seq)
	if from >= len(r.sets) {
		return nil, true
	}
	return append(sets, r.sets[from:min(len(r.sets), from+limit)]...), true
}

// sizeOf is about how many bytes a change set holds.
func sizeOf(s *cairn.ChangeSet) int {
	n := 192 + len(s.Group) + len(s.Reason) + len(s.Origin)
	for i := range s.Changes {
		c := &s.Changes[i]
		n += 96 + len(c.Attr) + len(c.Old) + len(c.New)
	}
	return n
}
