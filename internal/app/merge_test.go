package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// heap is a project with some ideas that all hang together.
type heap struct {
	*office
	t       *rapid.T
	people  []person
	project cairn.ID
	ideas   []cairn.ID
	votes   cairn.Ref
	needs   cairn.Ref
}

func (h *heap) must(err error) {
	if err != nil {
		h.t.Helper()
		h.t.Fatal(err)
	}
}

// may passes over what the rules refuse.
func (h *heap) may(err error) bool {
	switch cairn.CodeOf(err) {
	case cairn.CodeConflict, cairn.CodeInvalid, cairn.CodeNotFound:
		return false
	}
	h.must(err)
	return true
}

func (h *heap) one(label string) cairn.ID { return rapid.SampledFrom(h.ideas).Draw(h.t, label) }

func newHeap(t *rapid.T, o *office, people []person, key string) *heap {
	h := &heap{office: o, t: t, people: people}
	h.project = o.project(o.ada, key, cairn.AccessOpen)
	ctx := context.Background()
	f, err := o.CreateField(ctx, o.ada.Caller, h.project, cairn.Field{Name: "Pull", Type: cairn.TypeVotes})
	h.must(err)
	h.votes = f.Ref()
	f, err = o.CreateField(ctx, o.ada.Caller, h.project, cairn.Field{Name: "Needs", Type: cairn.TypeConnection})
	h.must(err)
	h.needs = f.Ref()
	for i := range rapid.IntRange(3, 6).Draw(t, "ideas") {
		idea, err := o.CreateIdea(ctx, o.ada.Caller, h.project, app.NewIdea{Title: fmt.Sprint("Idea ", i+1)})
		h.must(err)
		h.ideas = append(h.ideas, idea.ID)
	}
	for range rapid.IntRange(0, 12).Draw(t, "ties") {
		h.change()
	}
	return h
}

// change does one thing that people do to ideas.
func (h *heap) change() {
	ctx, by := context.Background(), h.ada.Caller
	idea, other := h.one("idea"), h.one("other")
	switch rapid.IntRange(0, 7).Draw(h.t, "change") {
	case 0:
		h.may(second(h.CreateLink(ctx, by, idea, app.NewLink{To: other, Type: rapid.SampledFrom([]cairn.LinkType{
			cairn.LinkRelates, cairn.LinkFinishStart, cairn.LinkAddresses,
		}).Draw(h.t, "type")})))
	case 1:
		who := rapid.SampledFrom(h.people).Draw(h.t, "voter")
		h.may(second(h.Vote(ctx, who.Caller, idea, h.votes, cairn.Vote{Amount: rapid.IntRange(0, 3).Draw(h.t, "votes")})))
	case 2:
		h.may(second(h.UpdateIdea(ctx, by, idea, app.IdeaPatch{Parent: &other})))
	case 3:
		held := rapid.SliceOfNDistinct(rapid.SampledFrom(h.ideas), 0, 3, rapid.ID[cairn.ID]).Draw(h.t, "held")
		raw, err := json.Marshal(held)
		h.must(err)
		h.may(second(h.UpdateIdea(ctx, by, idea, app.IdeaPatch{Values: map[cairn.Ref]json.RawMessage{h.needs: raw}})))
	case 4:
		h.may(second(h.AddComment(ctx, by, app.About{Kind: cairn.KindIdea, ID: idea}, app.NewComment{Body: "A word"})))
	case 5:
		title := rapid.SampledFrom([]string{"One", "Two"}).Draw(h.t, "title")
		h.may(second(h.UpdateIdea(ctx, by, idea, app.IdeaPatch{Title: &title})))
	case 6:
		archived := rapid.Bool().Draw(h.t, "archived")
		h.may(second(h.UpdateIdea(ctx, by, idea, app.IdeaPatch{Archived: &archived})))
	case 7:
		links, err := h.Links(ctx, by, idea)
		h.must(err)
		if len(links) > 0 {
			h.may(h.DeleteLink(ctx, by, rapid.SampledFrom(links).Draw(h.t, "link").ID))
		}
	}
}

// all is the whole project as it is stored, but for dates of change.
func (h *heap) all() map[cairn.ID]string {
	out := make(map[cairn.ID]string)
	_, err := h.store.Scan(context.Background(), store.Query{Project: h.project, Text: true}, func(e cairn.Entity) error {
		if e.Kind == cairn.KindProject {
			return nil
		}
		delete(e.Attrs, "updatedAt")
		delete(e.Attrs, "updatedBy")
		raw, err := e.Attrs.MarshalJSON()
		out[e.ID] = fmt.Sprintf("%s %d %s %s", e.Kind, e.Parent, raw, e.Text)
		return err
	})
	h.must(err)
	return out
}

// merge merges some ideas into one; false when it was refused.
func (h *heap) merge(group string) (whole cairn.ID, parts []cairn.ID, done bool) {
	whole = h.one("whole")
	parts = rapid.SliceOfNDistinct(rapid.SampledFrom(h.ideas), 1, 3, rapid.ID[cairn.ID]).Draw(h.t, "parts")
	by := h.ada.Caller
	by.Group = group
	_, err := h.Merge(context.Background(), by, whole, parts)
	return whole, parts, h.may(err)
}

func differences(before, after map[cairn.ID]string) (out []string) {
	for id, was := range before {
		if now := after[id]; now != was {
			out = append(out, fmt.Sprintf("\n  was %s\n  now %s", was, now))
		}
	}
	for id, now := range after {
		if _, ok := before[id]; !ok {
			out = append(out, "\n  new "+now)
		}
	}
	return out
}

// TestMergeAndApart merges at random, takes everything apart in a random order
// (or undoes it) and compares all that is stored: MRG-1, MRG-9, MRG-10, MRG-13.
func TestMergeAndApart(t *testing.T) {
	o := newOffice(t, sqliteDatabase(t))
	people := []person{o.hire("bob"), o.hire("cy")}
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		h := newHeap(t, o, people, fmt.Sprint("P", n))
		ctx := context.Background()
		before := h.all()
		var groups []string
		for i := range rapid.IntRange(1, 3).Draw(t, "merges") {
			seen := h.all()
			group := fmt.Sprintf("g%d-%d", n, i)
			whole, parts, done := h.merge(group)
			if !done {
				if diff := differences(seen, h.all()); len(diff) > 0 {
					t.Fatalf("a refused merge changed something: %v", diff)
				}
				_, err := h.PreviewMerge(ctx, o.ada.Caller, whole, parts)
				if err == nil {
					t.Fatal("the preview allows what merging refused")
				}
				continue
			}
			groups = append(groups, group)
			for _, part := range parts {
				if got, err := h.ResolveIdea(ctx, o.ada.Caller, part.String()); err != nil || got != whole {
					t.Fatalf("a part leads to %v, %v", got, err)
				}
			}
		}
		if rapid.Bool().Draw(t, "undo") {
			for _, group := range slices.Backward(groups) {
				h.must(second(h.Undo(ctx, o.ada.Caller, group)))
			}
		} else {
			h.apart()
		}
		if diff := differences(before, h.all()); len(diff) > 0 {
			t.Fatalf("merged and taken apart: %v", diff)
		}
	})
}

// apart takes all parts out, in a random order that is allowed, and returns what
// did not fit.
func (h *heap) apart() (kept int) {
	ctx := context.Background()
	for {
		type pair struct{ whole, part cairn.ID }
		var open []pair
		for _, idea := range h.ideas {
			if whole, err := h.ResolveIdea(ctx, h.ada.Caller, idea.String()); err != nil || whole != idea {
				continue
			}
			parts, err := h.Parts(ctx, h.ada.Caller, idea)
			h.must(err)
			for _, p := range parts {
				open = append(open, pair{idea, p.ID})
			}
		}
		if len(open) == 0 {
			return kept
		}
		next := rapid.SampledFrom(open).Draw(h.t, "apart")
		out, err := h.Unmerge(ctx, h.ada.Caller, next.whole, next.part)
		h.must(err)
		kept += out.Kept
	}
}

// own is what belongs to an idea by itself: its attributes, its comments and the
// links that leave it, as stored.
func (h *heap) own(idea cairn.ID) map[cairn.ID]string {
	out := make(map[cairn.ID]string)
	prefix := fmt.Sprintf("%s %d ", cairn.KindLink, idea)
	comment := fmt.Sprintf("%s %d ", cairn.KindComment, idea)
	for id, text := range h.all() {
		if id == idea || len(text) > len(prefix) && text[:len(prefix)] == prefix || len(text) > len(comment) && text[:len(comment)] == comment {
			out[id] = text
		}
	}
	return out
}

func (h *heap) votesFor(idea cairn.ID) map[cairn.ID]int {
	out := map[cairn.ID]int{}
	votes, err := h.IdeaVotes(context.Background(), h.ada.Caller, idea)
	h.must(err)
	for _, v := range votes {
		out[v.User] = v.Amount
	}
	return out
}

// free takes an idea out of what it is part of, that first out of what it is part
// of itself, and so on.
func (h *heap) free(id cairn.ID) {
	above := h.above(id)
	if above == 0 {
		return
	}
	h.free(above)
	h.must(second(h.Unmerge(context.Background(), h.ada.Caller, above, id)))
}

// TestApartAfterChanges merges, lets people work on everything, and takes the
// part out: what was its own is as it was, and what they did to the whole stays
// (MRG-10, MRG-11, MRG-12).
func TestApartAfterChanges(t *testing.T) {
	o := newOffice(t, sqliteDatabase(t))
	people := []person{o.hire("bob"), o.hire("cy")}
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		h := newHeap(t, o, people, fmt.Sprint("P", n))
		ctx, by := context.Background(), o.ada.Caller
		whole, part := h.one("whole"), h.one("part")
		votes, own := h.votesFor(part), h.own(part)
		if _, err := h.Merge(ctx, by, whole, []cairn.ID{part}); !h.may(err) {
			return
		}
		for range rapid.IntRange(0, 8).Draw(t, "changes") {
			if rapid.IntRange(0, 5).Draw(t, "what") == 0 {
				h.merge("")
			} else {
				h.change()
			}
		}
		comment, err := h.AddComment(ctx, by, app.About{Kind: cairn.KindIdea, ID: whole}, app.NewComment{Body: "Said since"})
		h.must(err)
		title := "Changed since"
		top := whole
		if id, err := h.ResolveIdea(ctx, by, whole.String()); err == nil {
			top = id
		}
		h.must(second(h.UpdateIdea(ctx, by, top, app.IdeaPatch{Title: &title})))

		if top != whole {
			if _, err := h.Unmerge(ctx, by, whole, part); cairn.CodeOf(err) != cairn.CodeConflict {
				t.Fatalf("a part of a part was taken out: %v", err)
			}
			h.free(whole)
		}
		out, err := h.Unmerge(ctx, by, whole, part)
		h.must(err)
		if got := h.votesFor(part); fmt.Sprint(got) != fmt.Sprint(votes) {
			t.Errorf("votes for the part are %v; were %v", got, votes)
		}
		if _, ok := h.own(whole)[comment.ID]; !ok {
			t.Error("what was said on the whole went away")
		}
		if got, err := h.Idea(ctx, by, top.String()); err != nil || got.Title != title {
			t.Errorf("the whole's title is %q, %v", got.Title, err)
		}
		h.sound()
		kept := out.Kept + h.apart() // so that no link of the part leads to the whole of another
		after := h.own(part)
		for id, was := range own {
			if now := after[id]; now != was && kept == 0 {
				t.Errorf("the part's own:\n  was %s\n  now %s", was, now)
			}
		}
		h.sound()
	})
}

// above is what an idea was merged into.
func (h *heap) above(part cairn.ID) cairn.ID {
	e, err := h.store.Entity(context.Background(), part)
	h.must(err)
	var id cairn.ID
	if raw := e.Attrs[cairn.AttrMergedInto]; !cairn.IsNull(raw) {
		h.must(json.Unmarshal(raw, &id))
	}
	return id
}

// sound compares what is in memory with what the store holds.
func (h *heap) sound() {
	ctx := context.Background()
	fresh := engine.New(h.project)
	seq, err := h.store.Scan(ctx, store.Query{
		Kinds:   []cairn.Kind{cairn.KindField, cairn.KindIdeaType, cairn.KindIdea, cairn.KindComment, cairn.KindBallot, cairn.KindLink},
		Project: h.project,
	}, fresh.Load)
	h.must(err)
	fresh.SetSeq(seq)
	query := cairn.Query{Archived: "all", Sort: []cairn.SortKey{{Field: cairn.RefKey}}}
	columns := []cairn.Ref{cairn.RefComments, cairn.RefLinks, cairn.RefChildren, h.votes}
	want, err := fresh.Eval(engine.Request{Query: query, Columns: columns, Limit: -1})
	h.must(err)
	got, err := h.Query(ctx, h.ada.Caller, h.project, app.QueryRequest{Query: query, Columns: columns, Limit: -1})
	h.must(err)
	rows := func(r *engine.Result) string {
		var out struct{ Rows json.RawMessage }
		h.must(json.Unmarshal(r.AppendJSON(nil), &out))
		return string(out.Rows)
	}
	if a, b := rows(got), rows(want); a != b {
		h.t.Errorf("in memory  %s\nfrom store %s", a, b)
	}
}
