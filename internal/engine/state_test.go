package engine_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"cairn"
	"cairn/bench/gen"
	"cairn/internal/engine"
)

// Windows put together are the whole (VQ-80).
func TestWindows(t *testing.T) {
	s, p := load(t, 300)
	q := busy(p)
	whole := evaluate(t, s, engine.Request{Query: q, Limit: -1})
	var ids []cairn.ID
	for offset := 0; offset <= whole.Length; offset += 37 {
		part := evaluate(t, s, engine.Request{Query: q, Offset: offset, Limit: 37})
		if part.Total != whole.Total || part.Length != whole.Length {
			t.Fatalf("at %d: total %d and length %d, want %d and %d", offset, part.Total, part.Length, whole.Total, whole.Length)
		}
		for i := range part.Len() {
			ids = append(ids, part.ID(i))
		}
	}
	var want []cairn.ID
	for i := range whole.Len() {
		want = append(want, whole.ID(i))
	}
	if !slices.Equal(ids, want) {
		t.Error("the windows are not the whole")
	}
	if n := evaluate(t, s, engine.Request{Query: q, Offset: 10_000, Limit: 5}).Len(); n != 0 {
		t.Errorf("a window beyond the end has %d rows", n)
	}
	if n := evaluate(t, s, engine.Request{Query: q}).Len(); n != 0 {
		t.Errorf("a window of nothing has %d rows", n)
	}
	if _, err := s.Eval(engine.Request{Offset: -1}); cairn.CodeOf(err) != cairn.CodeInvalid {
		t.Errorf("a negative offset gives %v", err)
	}
}

// An answer does not change after it was given (VQ-1).
func TestAnswerOutlivesTheState(t *testing.T) {
	s, p := load(t, 200)
	res := evaluate(t, s, engine.Request{Query: busy(p), Columns: columns(p), Limit: -1})
	before := string(res.AppendJSON(nil))
	e := newEdits(t, s)
	for i := range 500 {
		e.set(t, p.Ref(gen.Labels), fmt.Sprintf(`["new %d","other"]`, i))
		e.set(t, p.Ref(gen.Goals), fmt.Sprintf(`[%d]`, p.Fields[gen.Goals].Options[i%5].ID))
		e.set(t, cairn.RefTitle, fmt.Sprintf(`"Title %d"`, i))
		e.set(t, p.Ref(gen.Effort), fmt.Sprint(i%7))
		if i%50 == 0 {
			evaluate(t, s, engine.Request{Query: busy(p), Limit: -1})
		}
	}
	if after := string(res.AppendJSON(nil)); after != before {
		t.Error("the answer changed")
	}
}

// Change sets apply once, and only those of the project (VQ-3).
func TestApplySequence(t *testing.T) {
	s := engine.New(7)
	create := func(seq int64, project, id cairn.ID) *cairn.ChangeSet {
		return &cairn.ChangeSet{Seq: seq, Project: project, Changes: []cairn.Change{{
			Kind: cairn.KindIdea, ID: id, New: json.RawMessage(fmt.Sprintf(`{"attrs":{"title":"T","number":%d,"rank":"a"}}`, id)),
		}}}
	}
	for _, step := range []struct {
		set  *cairn.ChangeSet
		len  int
		seq  int64
		fail bool
	}{
		{create(1, 7, 10), 1, 1, false},
		{create(1, 7, 11), 1, 1, false}, // applied already
		{create(2, 8, 12), 1, 2, false}, // another project's
		{create(3, 0, 13), 1, 3, false}, // the workspace's
		{create(4, 7, 14), 2, 4, false},
		{&cairn.ChangeSet{Seq: 5, Project: 7, Changes: []cairn.Change{{Kind: cairn.KindIdea, ID: 99, Attr: "title", New: json.RawMessage(`"x"`)}}}, 2, 5, true},
		{&cairn.ChangeSet{Seq: 6, Project: 7, Changes: []cairn.Change{{Kind: cairn.KindField, ID: 99, Attr: "name", New: json.RawMessage(`"x"`)}}}, 2, 6, true},
	} {
		err := s.Apply(step.set)
		if (err != nil) != step.fail || s.Len() != step.len || s.Seq() != step.seq {
			t.Errorf("set %d: error %v, %d ideas, seq %d", step.set.Seq, err, s.Len(), s.Seq())
		}
	}
	if id, ok := s.IdeaByNumber(14); !ok || id != 14 || !s.Has(14) || s.Has(12) {
		t.Errorf("idea 14 is not found by its number: %d %v", id, ok)
	}
}

// Deleted ideas leave nothing behind once they are many (VQ-2).
func TestSweep(t *testing.T) {
	s, p := load(t, 4000)
	e := newEdits(t, s)
	seq := s.Seq()
	gone := map[cairn.ID]bool{}
	for i, id := range e.ids {
		if i%2 == 0 {
			continue
		}
		seq++
		gone[id] = true
		if err := s.Apply(&cairn.ChangeSet{Seq: seq, Project: 1, Changes: []cairn.Change{{Kind: cairn.KindIdea, ID: id, Old: json.RawMessage(`{"attrs":{}}`)}}}); err != nil {
			t.Fatal(err)
		}
		if i%500 == 1 {
			evaluate(t, s, engine.Request{Query: busy(p), Columns: columns(p), Limit: 10})
		}
	}
	fresh := engine.New(1)
	fields, err := p.FieldEntities()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fields {
		if err := fresh.Load(f); err != nil {
			t.Fatal(err)
		}
	}
	for idea := range p.Ideas() {
		if gone[idea.ID] {
			continue
		}
		one, err := idea.Entity()
		if err != nil {
			t.Fatal(err)
		}
		if err := fresh.Load(one); err != nil {
			t.Fatal(err)
		}
		if id, ok := s.IdeaByNumber(idea.Number); !ok || id != idea.ID {
			t.Fatalf("number %d is %d, want %d", idea.Number, id, idea.ID)
		}
	}
	fresh.SetSeq(seq)
	req := engine.Request{Query: busy(p), Columns: columns(p), Limit: -1}
	if got, want := answer(s, req), answer(fresh, req); got != want {
		t.Error("the swept state answers differently")
	}
}

// Readers and a writer at once: every answer is one of a single moment.
func TestConcurrentUse(t *testing.T) {
	s, p := load(t, 500)
	e := newEdits(t, s)
	people := &names{byID: map[cairn.ID]string{11: "A", 12: "B", 13: "C", 14: "D"}}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for r := range 4 {
		readers.Go(func() {
			q := busy(p)
			q.Sort = append(q.Sort, cairn.SortKey{Field: p.Ref(gen.Owner), Desc: r%2 == 0})
			if r > 1 {
				q.Group = append(q.Group, cairn.GroupBy{Field: p.Ref(gen.Labels)})
			}
			for last := int64(0); ; {
				res, err := s.Eval(engine.Request{Query: q, Columns: columns(p), Limit: 20, Env: engine.Env{Today: cairn.Day(20780 + r), People: people}})
				if err != nil {
					t.Error(err)
					return
				}
				if res.Seq < last || !json.Valid(res.AppendJSON(nil)) {
					t.Errorf("answer of %d after %d", res.Seq, last)
				}
				last = res.Seq
				s.Row(e.ids[r], columns(p), engine.Env{})
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range 300 {
		e.set(t, p.Ref(gen.Effort), fmt.Sprint(i%9))
		e.set(t, p.Ref(gen.Labels), fmt.Sprintf(`["l%d"]`, i%40))
	}
	close(done)
	readers.Wait()
}

// Texts that have broken other software go through unchanged.
func TestNaughtyStrings(t *testing.T) {
	dir := os.Getenv("CAIRN_SAMPLES")
	if dir == "" {
		dir = "../../../shared/data"
	}
	raw, err := os.ReadFile(filepath.Join(dir, "messy", "blns.json"))
	if err != nil {
		t.Skipf("no sample data: set CAIRN_SAMPLES (%v)", err)
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	w := newWorld()
	note, c := w.create(cairn.KindField, 0, attrs(t, cairn.Field{Name: "Note", Type: cairn.TypeLongText}))
	w.commit(t, c)
	tags, c := w.create(cairn.KindField, 0, attrs(t, cairn.Field{Name: "Tags", Type: cairn.TypeLabels}))
	w.commit(t, c)
	for _, s := range list {
		labels, _ := json.Marshal([]string{s, "x"})
		_, c := w.create(cairn.KindIdea, 0, attrs(t, map[string]any{
			"title": s, "number": int64(w.nextID), "rank": fmt.Sprintf("%06d", w.nextID), string(cairn.FieldRef(note)): s, string(cairn.FieldRef(tags)): json.RawMessage(labels),
		}))
		w.commit(t, c)
	}
	refs := []cairn.Ref{cairn.RefTitle, cairn.FieldRef(note), cairn.FieldRef(tags)}
	res := evaluate(t, w.state, engine.Request{Columns: refs, Limit: -1})
	var out struct{ Rows [][]json.RawMessage }
	if err := json.Unmarshal(res.AppendJSON(nil), &out); err != nil {
		t.Fatal(err)
	}
	for i, want := range list {
		var title *string
		if err := json.Unmarshal(out.Rows[i][5], &title); err != nil {
			t.Fatal(err)
		}
		if got := res.Cell(i, 1).Value.Text; got != want || (want != "" && (title == nil || *title != want)) {
			t.Errorf("%q became %q", want, got)
		}
	}
	for _, ref := range refs {
		evaluate(t, w.state, engine.Request{Query: cairn.Query{Sort: []cairn.SortKey{{Field: ref}}}, Limit: 5})
	}
	for _, want := range list {
		if strings.TrimSpace(want) == "" {
			continue
		}
		res := evaluate(t, w.state, engine.Request{Query: cairn.Query{Filter: cairn.Filter{Field: cairn.RefTitle, Op: cairn.OpIs, Value: text(want)}}})
		if res.Total == 0 {
			t.Errorf("%q is not found by itself", want)
		}
	}
}

// Search results keep the order of the search (VQ-31).
func TestSearchOrder(t *testing.T) {
	s, p := load(t, 50)
	all := evaluate(t, s, engine.Request{Query: cairn.Query{Archived: "all"}, Limit: -1})
	hits := []cairn.ID{all.ID(7), all.ID(3), 999_999, all.ID(3), all.ID(20)}
	req := engine.Request{Query: cairn.Query{Search: "x", Archived: "all"}, Limit: -1, Env: engine.Env{Match: func(text string) []cairn.ID {
		if text != "x" {
			t.Errorf("searched for %q", text)
		}
		return hits
	}}}
	res := evaluate(t, s, req)
	if got := res.IDs(); !slices.Equal(got, []cairn.ID{all.ID(7), all.ID(3), all.ID(20)}) {
		t.Errorf("best first: %v", got)
	}
	req.Query.Sort = []cairn.SortKey{{Field: p.Ref(gen.Impact)}}
	if n := evaluate(t, s, req).Total; n != 3 {
		t.Errorf("sorted: %d ideas", n)
	}
}

// VQ-43: the places in the manual order, of which some may be equal, and in a
// view's own order, where some ideas have none.
func TestPlaces(t *testing.T) {
	w := newWorld()
	ids := map[string]cairn.ID{}
	titles := map[cairn.ID]string{}
	for _, one := range []struct{ title, own string }{{"m", ""}, {"a", ""}, {"z", "k"}, {"m2", "b"}, {"q", ""}} {
		a := attrs(t, map[string]any{"title": one.title, "rank": one.title[:1]})
		if one.own != "" {
			a.Set("r900", json.RawMessage(`"`+one.own+`"`))
		}
		id, c := w.create(cairn.KindIdea, 0, a)
		w.commit(t, c)
		ids[one.title], titles[id] = id, one.title
	}
	// The project's order: a m m2 q z. The view's own: m2 z, then a m q.
	for _, c := range []struct {
		own           cairn.Ref
		at            string
		before        bool
		moved         string
		prev, next    string
		last, toBeFul string
	}{
		{at: "a", prev: "a", next: "m", last: "a"},
		{at: "m", prev: "m", next: "q", last: "m"},
		{at: "m2", before: true, prev: "a", next: "m", last: "m"},
		{at: "z", prev: "z", last: "z"},
		{at: "a", before: true, next: "a"},
		{at: "q", before: true, moved: "m2", prev: "m", next: "q", last: "m"},
		{own: "r900", at: "m2", prev: "b", next: "k", last: "b"},
		{own: "r900", at: "z", before: true, prev: "b", next: "k", last: "b"},
		{own: "r900", at: "z", prev: "k", last: "k"},
		{own: "r900", at: "m", prev: "k", last: "k", toBeFul: "a m"},
		{own: "r900", at: "q", before: true, moved: "a", prev: "k", last: "k", toBeFul: "m"},
		{own: "r901", at: "m", before: true, toBeFul: "a"},
	} {
		var moved []cairn.ID
		if c.moved != "" {
			moved = append(moved, ids[c.moved])
		}
		p, ok := w.state.Place(engine.Spot{Own: c.own, At: ids[c.at], Before: c.before, Moved: moved})
		var fill []string
		for _, id := range p.Fill {
			fill = append(fill, titles[id])
		}
		if got := strings.Join(fill, " "); !ok || p.Prev != c.prev || p.Next != c.next || p.Last != c.last || got != c.toBeFul {
			t.Errorf("%+v: %+v, fill %q", c, p, got)
		}
	}
	if _, ok := w.state.Place(engine.Spot{At: 999}); ok {
		t.Error("an unknown idea has a place")
	}
}

// VQ-43: a view's own order comes and goes with its values and its view, and
// what was answered before does not show.
func TestOwnRankComesAndGoes(t *testing.T) {
	w := newWorld()
	var ids []cairn.ID
	for i, title := range []string{"A", "B", "C"} {
		id, c := w.create(cairn.KindIdea, 0, attrs(t, map[string]any{"title": title, "rank": fmt.Sprint(i)}))
		w.commit(t, c)
		ids = append(ids, id)
	}
	order := func() string {
		res := evaluate(t, w.state, engine.Request{Query: cairn.Query{Rank: "r900"}, Columns: []cairn.Ref{cairn.RefTitle}, Limit: -1})
		var out []string
		for i := range res.Len() {
			out = append(out, res.Cell(i, 0).Value.Text)
		}
		return strings.Join(out, "")
	}
	set := func(i int, old, rank string) {
		w.commit(t, cairn.Change{Kind: cairn.KindIdea, ID: ids[i], Attr: "r900", Old: json.RawMessage(old), New: json.RawMessage(rank)})
	}
	if got := order(); got != "ABC" {
		t.Errorf("without places: %s", got)
	}
	set(2, "null", `"a"`)
	if got := order(); got != "CAB" {
		t.Errorf("one place: %s", got)
	}
	set(1, "null", `"Z"`)
	if got := order(); got != "BCA" {
		t.Errorf("two places: %s", got)
	}
	gone, err := json.Marshal(cairn.Snapshot{Attrs: cairn.Attrs{}})
	if err != nil {
		t.Fatal(err)
	}
	w.commit(t, cairn.Change{Kind: cairn.KindIdea, ID: ids[1], Attr: "r900", Old: json.RawMessage(`"Z"`)},
		cairn.Change{Kind: cairn.KindIdea, ID: ids[2], Attr: "r900", Old: json.RawMessage(`"a"`)},
		cairn.Change{Kind: cairn.KindView, ID: 900, Old: gone})
	if got := order(); got != "ABC" {
		t.Errorf("after its view: %s", got)
	}
	set(0, "null", `"z"`)
	if got := order(); got != "ABC" {
		t.Errorf("A first: %s", got)
	}
	set(2, "null", `"b"`)
	if got := order(); got != "CAB" {
		t.Errorf("anew: %s", got)
	}
}
