package app

import (
	"context"
	"encoding/json"
	"iter"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"cairn"
	"cairn/internal/store"
)

// journal is what happened in one project, or (project 0) in none, as far back as somebody asked: of
// each change what, when and the old value, without long texts. It is read from
// the log when it is wanted and catches up at each question, so that writers
// never wait for it.
type journal struct {
	store   store.Store
	project cairn.ID

	mu sync.Mutex
	// parts follow on each other, oldest first, without a gap.
	parts []*journalPart
	// ideas and attrs are numbered as they come, so that sets of them are bitmaps.
	ideas   map[cairn.ID]int32
	attrs   map[string]uint32
	names   []string
	touched time.Time // when it was last asked
	// making is held by who makes an earlier state of it.
	making sync.Mutex
	// warming is set while it is read ahead of questions.
	warming atomic.Bool
}

// journalPart is one stretch of the log: the change sets after from up to to.
type journalPart struct {
	from, to int64
	sets     []journalSet
	entries  []journalEntry
	olds     []byte
}

// journalSet is a change set's own facts.
type journalSet struct {
	seq   int64
	at    int64 // µs since 1970
	actor cairn.ID
	// first is the index of its first entry.
	first  int32
	group  string
	reason string
	origin string
}

// journalEntry is one change: of what, and where its old value lies.
type journalEntry struct {
	id    cairn.ID
	off   uint32
	size  uint32
	set   int32
	idea  int32 // the idea's number; −1 for other kinds
	attr  uint32
	kind  uint8
	whole uint8 // created, deleted, or 0: one attribute
}

const (
	wasCreated = 1 + iota
	wasDeleted
)

// journalKinds are the kinds whose changes move a project's state, and those of
// which evidence is made.
func journalKinds() []cairn.Kind {
	return []cairn.Kind{
		cairn.KindIdea, cairn.KindField, cairn.KindIdeaType, cairn.KindLink, cairn.KindComment, cairn.KindBallot,
		cairn.KindEvidence, cairn.KindInsight, cairn.KindCustomer,
	}
}

// evidenceFrom is the place of the first kind of evidence among them.
const evidenceFrom = 6

// journaled reports whether a change is kept: those that nothing asks for are
// left out.
func journaled(c *cairn.Change) bool {
	if c.Attr == "" {
		return true
	}
	switch c.Kind {
	case cairn.KindComment, cairn.KindEvidence:
		return false
	case cairn.KindInsight:
		return slices.Contains([]string{"on", "importance", "direction", "person", "company", "recorded", "mergedInto"}, c.Attr)
	case cairn.KindCustomer:
		_, value := cairn.Ref(c.Attr).FieldID()
		return value
	}
	return true
}

func newJournal(st store.Store, project cairn.ID) *journal {
	return &journal{store: st, project: project, ideas: make(map[cairn.ID]int32), attrs: make(map[string]uint32)}
}

// reach reads the log so that everything after from up to to is there. The
// caller holds mu.
func (j *journal) reach(ctx context.Context, from, to int64) error {
	if len(j.parts) == 0 {
		part, err := j.read(ctx, from, to)
		if err == nil {
			j.parts = []*journalPart{part}
		}
		return err
	}
	if first := j.parts[0]; from < first.from {
		part, err := j.read(ctx, from, first.from)
		if err != nil {
			return err
		}
		j.parts = slices.Insert(j.parts, 0, part)
	}
	last := j.parts[len(j.parts)-1]
	if to <= last.to {
		return nil
	}
	return j.extend(ctx, last, to)
}

func (j *journal) read(ctx context.Context, from, to int64) (*journalPart, error) {
	part := &journalPart{from: from, to: from}
	if err := j.extend(ctx, part, to); err != nil {
		return nil, err
	}
	part.sets, part.entries, part.olds = slices.Clip(part.sets), slices.Clip(part.entries), slices.Clip(part.olds)
	return part, nil
}

// extend reads on where a part ends.
func (j *journal) extend(ctx context.Context, part *journalPart, to int64) error {
	const page = 2000
	for part.to < to {
		sets, err := j.store.LogOf(ctx, store.LogQuery{Project: j.project, Shared: j.project == 0, After: part.to, Before: to + 1, Limit: page})
		if err != nil {
			return err
		}
		for i := range sets {
			j.add(part, &sets[i])
		}
		if len(sets) < page {
			part.to = to
			return nil
		}
		part.to = sets[len(sets)-1].Seq
	}
	return nil
}

func (j *journal) add(part *journalPart, set *cairn.ChangeSet) {
	first := int32(len(part.entries))
	for i := range set.Changes {
		c := &set.Changes[i]
		kind := slices.Index(journalKinds(), c.Kind)
		if kind < 0 || !journaled(c) {
			continue
		}
		e := journalEntry{id: c.ID, set: int32(len(part.sets)), idea: -1, kind: uint8(kind), attr: j.attrOf(c.Attr)}
		if c.Kind == cairn.KindIdea {
			e.idea = j.ideaOf(c.ID)
		}
		old := c.Old
		switch info, _ := c.Kind.Info(); {
		case c.Created():
			e.whole = wasCreated
		case c.Deleted():
			e.whole, old = wasDeleted, withoutText(old)
		case info.Long == c.Attr:
			old = nil // the store has it
		}
		if len(part.olds)+len(old) > math.MaxUint32 {
			continue // four gigabytes of values: nobody asks for that much history
		}
		e.off, e.size = uint32(len(part.olds)), uint32(len(old))
		part.olds = append(part.olds, old...)
		part.entries = append(part.entries, e)
	}
	part.sets = append(part.sets, journalSet{
		seq: set.Seq, at: set.At.UnixMicro(), actor: set.Actor, first: first, group: set.Group, reason: set.Reason, origin: set.Origin,
	})
}

// withoutText takes the long text out of a whole entity.
func withoutText(raw json.RawMessage) json.RawMessage {
	s, err := cairn.ParseSnapshot(raw)
	if err != nil || s.Text == "" {
		return raw
	}
	s.Text = ""
	short, err := json.Marshal(s)
	if err != nil {
		return raw
	}
	return short
}

func (j *journal) ideaOf(id cairn.ID) int32 {
	n, ok := j.ideas[id]
	if !ok {
		n = int32(len(j.ideas))
		j.ideas[id] = n
	}
	return n
}

func (j *journal) attrOf(name string) uint32 {
	n, ok := j.attrs[name]
	if !ok {
		n = uint32(len(j.names))
		j.attrs[name], j.names = n, append(j.names, name)
	}
	return n
}

// change is an entry as the log has it, its old side only. Of a creation New is
// set, so that it is told from other changes.
func (j *journal) change(p *journalPart, e *journalEntry) cairn.Change {
	c := cairn.Change{Kind: journalKinds()[e.kind], ID: e.id, Attr: j.names[e.attr]}
	if e.size > 0 {
		c.Old = p.olds[e.off : e.off+e.size : e.off+e.size]
	}
	if e.whole == wasCreated {
		c.New = json.RawMessage("{}")
	}
	return c
}

// back yields the changes of the project's state after from up to to, newest first;
// of the changes of one attribute of one idea only the oldest. The caller holds mu.
func (j *journal) back(from, to int64) iter.Seq[cairn.Change] {
	superseded := j.superseded(from, to)
	return j.backOver(from, to, func(part, k int) bool {
		return j.parts[part].entries[k].kind < evidenceFrom && !superseded[part].has(k)
	})
}

// evidenceBack yields the changes of evidence after from up to to, newest first.
// The caller holds mu.
func (j *journal) evidenceBack(from, to int64) iter.Seq[cairn.Change] {
	return j.backOver(from, to, func(part, k int) bool { return j.parts[part].entries[k].kind >= evidenceFrom })
}

// backOver yields the changes whose entries are wanted, newest first.
func (j *journal) backOver(from, to int64, wanted func(part, k int) bool) iter.Seq[cairn.Change] {
	return func(yield func(cairn.Change) bool) {
		for i := len(j.parts) - 1; i >= 0; i-- {
			p := j.parts[i]
			first := p.end(from)
			for k := p.end(to) - 1; k >= first; k-- {
				if wanted(i, k) && !yield(j.change(p, &p.entries[k])) {
					return
				}
			}
		}
	}
}

// marks is a set of entries of one part.
type marks []uint64

func (m marks) has(i int) bool { return m[i>>6]&(1<<(uint(i)&63)) != 0 }
func (m marks) set(i int)      { m[i>>6] |= 1 << (uint(i) & 63) }

// superseded finds the changes of attributes of ideas that an older one of the
// same attribute makes needless on the way back.
func (j *journal) superseded(from, to int64) []marks {
	out := make([]marks, len(j.parts))
	seen := make([]marks, len(j.names)) // by attribute: the ideas
	for i, p := range j.parts {
		out[i] = make(marks, len(p.entries)/64+1)
		last := p.end(to)
		for k := p.end(from); k < last; k++ {
			e := &p.entries[k]
			if e.idea < 0 || e.whole != 0 {
				continue
			}
			of := seen[e.attr]
			if of == nil {
				of = make(marks, len(j.ideas)/64+1)
				seen[e.attr] = of
			}
			if of.has(int(e.idea)) {
				out[i].set(k)
			}
			of.set(int(e.idea))
		}
	}
	return out
}

// end is the index behind the last entry up to a sequence number.
func (p *journalPart) end(seq int64) int {
	i, _ := slices.BinarySearchFunc(p.sets, seq, func(s journalSet, seq int64) int {
		if s.seq <= seq {
			return -1
		}
		return 1
	})
	if i == len(p.sets) {
		return len(p.entries)
	}
	return int(p.sets[i].first)
}

// lastBefore is the sequence number of the project's last change set up to a
// moment, as far as the journal reaches that far, else ok is false; and that of
// the first one later, 0 when there is none.
func (j *journal) lastBefore(at time.Time) (seq, next int64, ok bool) {
	micro := at.UnixMicro()
	for i := len(j.parts) - 1; i >= 0; i-- {
		p := j.parts[i]
		if len(p.sets) == 0 {
			continue
		}
		if p.sets[0].at > micro {
			next = p.sets[0].seq
			continue
		}
		n, _ := slices.BinarySearchFunc(p.sets, micro, func(s journalSet, micro int64) int {
			if s.at <= micro {
				return -1
			}
			return 1
		})
		if n < len(p.sets) {
			next = p.sets[n].seq
		}
		return p.sets[n-1].seq, next, true
	}
	return 0, 0, false
}

// anything reports whether the project changed after from up to to.
func (j *journal) anything(from, to int64) bool {
	for _, p := range j.parts {
		if len(p.sets) == 0 || p.sets[len(p.sets)-1].seq <= from {
			continue
		}
		if i, _ := slices.BinarySearchFunc(p.sets, from+1, func(s journalSet, seq int64) int { return int(s.seq - seq) }); p.sets[i].seq <= to {
			return true
		}
	}
	return false
}

// touching reports the ideas of which an attribute was changed after from up to
// to. The answer stays when the journal goes on.
func (j *journal) touching(from, to int64, attr string) func(cairn.ID) bool {
	want, known := j.attrs[attr]
	if !known {
		return nil
	}
	found := make(map[cairn.ID]bool)
	for _, p := range j.parts {
		for _, e := range p.entries[p.end(from):p.end(to)] {
			if e.attr == want && e.idea >= 0 {
				found[e.id] = true
			}
		}
	}
	return func(id cairn.ID) bool { return found[id] }
}

// onlyBy reports the ideas that were changed after from up to to, and by nobody
// but an actor. The answer stays when the journal goes on.
func (j *journal) onlyBy(from, to int64, actor cairn.ID) func(cairn.ID) bool {
	const byActor, byOthers = 1, 2
	who := make([]uint8, len(j.ideas))
	for _, p := range j.parts {
		for _, e := range p.entries[p.end(from):p.end(to)] {
			switch {
			case e.idea < 0:
			case p.sets[e.set].actor == actor:
				who[e.idea] |= byActor
			default:
				who[e.idea] |= byOthers
			}
		}
	}
	own := make(map[cairn.ID]bool)
	for id, n := range j.ideas {
		if who[n] == byActor {
			own[id] = true
		}
	}
	return func(id cairn.ID) bool { return own[id] }
}

// setsOf are the change sets after from up to to that touch each of some ideas,
// newest first.
func (j *journal) setsOf(ids []cairn.ID, from, to int64) [][]*journalSet {
	out := make([][]*journalSet, len(ids))
	place := make([]int32, len(j.ideas)) // of each idea its index in ids, plus one
	for i, id := range ids {
		if n, ok := j.ideas[id]; ok {
			place[n] = int32(i) + 1
		}
	}
	for i := len(j.parts) - 1; i >= 0; i-- {
		p := j.parts[i]
		first := p.end(from)
		for k := p.end(to) - 1; k >= first; k-- {
			e := &p.entries[k]
			if e.idea < 0 || place[e.idea] == 0 {
				continue
			}
			list := &out[place[e.idea]-1]
			if set := &p.sets[e.set]; len(*list) == 0 || (*list)[len(*list)-1] != set {
				*list = append(*list, set)
			}
		}
	}
	return out
}
