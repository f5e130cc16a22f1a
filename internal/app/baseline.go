package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"cairn"
	"cairn/internal/schedule"
	"cairn/internal/store"
)

// BaselineIdea is an idea that on an earlier day happened at another time than
// now.
type BaselineIdea struct {
	Idea cairn.ID
	// Span is when it happened; Dated is false when it had no date, or was not
	// there.
	Span  schedule.Span
	Dated bool
	// Gone ideas have been deleted since; Number and Title are their last.
	Gone   bool
	Number int64
	Title  string
}

// EndOf is the moment up to which a day lasts where Cairn runs.
func (a *App) EndOf(day cairn.Day) time.Time {
	next := (day + 1).Time()
	return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, a.now().Location()).Add(-time.Microsecond)
}

// BaselineRequest asks what was at a moment.
type BaselineRequest struct {
	Dates
	At time.Time
}

// Baseline returns the ideas whose span at a moment differs from now: everything
// else was as it is.
func (a *App) Baseline(ctx context.Context, by Caller, project cairn.ID, in BaselineRequest) ([]BaselineIdea, error) {
	if _, err := a.mayIn(by, project, cairn.ReadHistory); err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	spans, err := a.spansOf(by, st, in.Dates)
	if err != nil {
		return nil, err
	}
	seq, err := a.lastOf(ctx, in.At)
	if err != nil {
		return nil, err
	}
	b := a.baselines.of(baselineKey{project, seq, in.Dates})
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.rewind(ctx, a.store, st.state.Seq()); err != nil {
		return nil, err
	}
	var out []BaselineIdea
	for id, was := range b.was {
		if idea, differs, err := spans.compare(id, was); err != nil {
			return nil, err
		} else if differs {
			out = append(out, idea)
		}
	}
	slices.SortFunc(out, func(x, y BaselineIdea) int { return cmp.Compare(x.Idea, y.Idea) })
	return out, nil
}

// lastOf returns the sequence number of the last change set up to a moment.
// Change sets are in the order of time.
func (a *App) lastOf(ctx context.Context, at time.Time) (int64, error) {
	high, err := a.store.Seq(ctx)
	if err != nil {
		return 0, err
	}
	return a.lastBetween(ctx, at, 0, high)
}

// lastBetween is lastOf where it is known between which: low is not later than
// the time, high not earlier than the answer.
func (a *App) lastBetween(ctx context.Context, at time.Time, low, high int64) (int64, error) {
	for low < high {
		middle := low + (high-low)/2
		sets, err := a.store.Log(ctx, middle, 1)
		if err != nil {
			return 0, err
		}
		if len(sets) == 0 || sets[0].At.After(at) {
			high = middle
			continue
		}
		low = sets[0].Seq
	}
	return low, nil
}

// compare tells what an idea's span was, if that differs from now.
func (s *spans) compare(id cairn.ID, was *wasIdea) (BaselineIdea, bool, error) {
	out := BaselineIdea{Idea: id}
	start, end, there := s.values(id)
	now, dated := schedule.Span{}, false
	if there {
		now, dated = s.fields.Span(start, end)
	}
	if was.absent {
		return out, dated, nil // there today, not then
	}
	for _, v := range []struct {
		ref   cairn.Ref
		field cairn.Field
		value *cairn.Value
	}{{s.refs[0], s.fields.Start, &start}, {s.refs[min(1, len(s.refs)-1)], s.fields.End, &end}} {
		raw, changed := was.attrs[string(v.ref)]
		if v.field.ID == 0 || !changed {
			continue
		}
		// What was written before the field had its present type is no date.
		*v.value, _ = cairn.ParseValue(&v.field, raw)
	}
	out.Span, out.Dated = s.fields.Span(start, end)
	if !there {
		out.Gone, out.Number, out.Title = true, was.number, was.title
		return out, out.Dated, nil
	}
	return out, out.Dated != dated || out.Span != now, nil
}

// baselineKey names a moment: the project at a sequence number.
type baselineKey struct {
	project cairn.ID
	seq     int64
	dates   Dates
}

// baselines keeps what was found by walking back the log, so that the same day
// is asked for again without walking.
type baselines struct {
	mu    sync.Mutex
	known map[baselineKey]*baseline
	order []baselineKey
}

// keptBaselines is how many moments are kept.
const keptBaselines = 32

func (b *baselines) of(key baselineKey) *baseline {
	b.mu.Lock()
	defer b.mu.Unlock()
	if found, ok := b.known[key]; ok {
		return found
	}
	made := &baseline{key: key, at: key.seq, was: make(map[cairn.ID]*wasIdea)}
	b.known[key] = made
	b.order = append(b.order, key)
	if len(b.order) > keptBaselines {
		delete(b.known, b.order[0])
		b.order = b.order[1:]
	}
	return made
}

// baseline is what ideas were at a moment, as far as they changed since: for
// each attribute the old value of the first change after it.
type baseline struct {
	key baselineKey
	mu  sync.Mutex
	// at is how far the log was read.
	at  int64
	was map[cairn.ID]*wasIdea
}

// wasIdea is what is known of one idea at that moment.
type wasIdea struct {
	// absent: it was made after it.
	absent bool
	// whole: attrs are all there is to know; later changes say nothing more.
	whole  bool
	attrs  map[string]json.RawMessage
	number int64
	title  string
}

// rewind reads the log up to a sequence number.
func (b *baseline) rewind(ctx context.Context, st store.Store, to int64) error {
	const page = 500
	for b.at < to {
		sets, err := st.Log(ctx, b.at, page)
		if err != nil {
			return err
		}
		for i := range sets {
			if sets[i].Project == b.key.project {
				b.set(&sets[i])
			}
		}
		if len(sets) < page {
			b.at = to
			return nil
		}
		b.at = sets[len(sets)-1].Seq
	}
	return nil
}

func (b *baseline) set(set *cairn.ChangeSet) {
	for _, c := range set.Changes {
		if c.Kind != cairn.KindIdea {
			continue
		}
		known := b.was[c.ID]
		if known != nil && (known.absent || known.whole) {
			continue
		}
		switch {
		case c.Created():
			b.was[c.ID] = &wasIdea{absent: true}
		case c.Deleted():
			b.deleted(c)
		case c.Attr == string(b.key.dates.Start) || c.Attr == string(b.key.dates.End):
			if known == nil {
				known = &wasIdea{attrs: make(map[string]json.RawMessage, 2)}
				b.was[c.ID] = known
			}
			if _, earlier := known.attrs[c.Attr]; !earlier {
				known.attrs[c.Attr] = c.Old
			}
		}
	}
}

// deleted takes the rest of what an idea was from its last form.
func (b *baseline) deleted(c cairn.Change) {
	was := &wasIdea{whole: true, attrs: make(map[string]json.RawMessage, 2)}
	var last cairn.Snapshot
	if json.Unmarshal(c.Old, &last) == nil {
		was.title = last.Attrs.Text("title")
		_ = json.Unmarshal(last.Attrs["number"], &was.number) // 0 is no number
		for _, ref := range []cairn.Ref{b.key.dates.Start, b.key.dates.End} {
			if ref != "" {
				was.attrs[string(ref)] = last.Attrs[string(ref)]
			}
		}
	}
	if known := b.was[c.ID]; known != nil {
		for attr, old := range known.attrs {
			was.attrs[attr] = old
		}
	}
	b.was[c.ID] = was
}
