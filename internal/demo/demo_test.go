package demo_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/demo"
	"cairn/internal/engine"
)

func day(t *testing.T, s string) cairn.Day {
	t.Helper()
	d, ok := cairn.ParseDay(s)
	if !ok {
		t.Fatalf("%q is not a day", s)
	}
	return d
}

// built is the sample product with ids, loaded into an engine.
type built struct {
	demo.Demo
	names demo.Names
	state *engine.State
	today cairn.Day
}

type directory map[cairn.ID]string

func (d directory) Name(id cairn.ID) string { return d[id] }
func (d directory) Rev() uint64             { return 1 }

func build(t *testing.T, today cairn.Day) built {
	t.Helper()
	data, err := demo.Data(today)
	if err != nil {
		t.Fatal(err)
	}
	b := built{Demo: data, state: engine.New(1), today: today}
	next := cairn.ID(100)
	id := func() cairn.ID { next++; return next }
	b.names.People = map[string]cairn.ID{}
	for _, p := range data.People {
		b.names.People[p.Key] = id()
	}
	load := func(e cairn.Entity, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if err := b.state.Load(e); err != nil {
			t.Fatal(err)
		}
	}
	b.names.Types, b.names.Ideas = map[string]cairn.ID{}, map[string]cairn.ID{}
	for _, k := range data.Types {
		k.ID = id()
		if err := k.Validate(); err != nil {
			t.Fatalf("type %s: %v", k.Name, err)
		}
		b.names.Types[k.Name] = k.ID
		attrs, err := cairn.AttrsOf(k)
		load(cairn.Entity{ID: k.ID, Kind: cairn.KindIdeaType, Project: 1, Attrs: attrs}, err)
	}
	for _, f := range data.Fields {
		field := f.Build(&b.names)
		field.ID, field.Project = id(), 1
		for i := range field.Options {
			field.Options[i].ID = id()
		}
		if err := field.Validate(); err != nil {
			t.Fatalf("field %s: %v", f.Name, err)
		}
		if err := b.state.CheckFormula(field); field.Type == cairn.TypeFormula && err != nil {
			t.Fatalf("field %s: %v", f.Name, err)
		}
		attrs, err := cairn.AttrsOf(field)
		load(cairn.Entity{ID: field.ID, Kind: cairn.KindField, Project: 1, Attrs: attrs}, err)
		b.names.Fields = append(b.names.Fields, field)
	}
	for n := range data.Ideas {
		b.names.Ideas[data.Ideas[n].Title] = id()
	}
	for n := range data.Ideas {
		in := &data.Ideas[n]
		idea := cairn.Idea{
			ID: b.names.Ideas[in.Title], Type: b.names.Types[in.Type], ParentIdea: b.names.Ideas[in.Parent], Project: 1, Number: int64(n + 1), Title: in.Title, Description: in.Description, Archived: in.Archived,
			CreatedAt: in.CreatedAt, CreatedBy: b.names.People[in.Creator], UpdatedAt: in.CreatedAt, Rank: fmt.Sprintf("a%04d", n), Values: in.JSON(&b.names),
		}
		load(idea.Entity())
		for _, c := range in.Comments {
			comment := cairn.Comment{ID: id(), Parent: idea.ID, Project: 1, Body: c.Body, Author: b.names.People[c.Author], CreatedAt: c.CreatedAt}
			load(comment.Entity())
		}
	}
	return b
}

func (b *built) env() engine.Env {
	people := directory{}
	for _, p := range b.People {
		people[b.names.People[p.Key]] = p.Name
	}
	return engine.Env{Today: b.today, Viewer: b.names.People[b.People[0].Key], People: people}
}

// TestData: every value is one that a person could have entered, every type of
// field is used, people exist, and dates make sense.
func TestData(t *testing.T) {
	for _, s := range []string{"2026-11-23", "2024-02-29", "2027-01-01", "2026-12-31"} {
		today := day(t, s)
		b := build(t, today)
		used := map[cairn.FieldType]int{}
		for i := range b.Ideas {
			in := &b.Ideas[i]
			if _, err := cairn.CleanTitle(in.Title); err != nil {
				t.Errorf("%q: %v", in.Title, err)
			}
			if _, ok := b.names.People[in.Creator]; !ok || cairn.DayOf(in.CreatedAt) > today {
				t.Errorf("%q was created by %q at %v", in.Title, in.Creator, in.CreatedAt)
			}
			checkValues(t, &b, in, used)
			checkComments(t, &b, in)
		}
		for _, info := range cairn.FieldTypes() {
			if !info.Computed && used[info.Type] < 5 {
				t.Errorf("%s: the type %s is used %d times", s, info.Type, used[info.Type])
			}
		}
	}
}

func checkValues(t *testing.T, b *built, in *demo.Idea, used map[cairn.FieldType]int) {
	t.Helper()
	values := in.JSON(&b.names)
	connected := 0
	if len(in.LearnedFrom) > 0 {
		connected = 1
		used[cairn.TypeConnection]++
	}
	for _, title := range in.LearnedFrom {
		if b.names.Ideas[title] == 0 {
			t.Errorf("%q learned from %q, which is no idea", in.Title, title)
		}
	}
	if in.Type != "" && b.names.Types[in.Type] == 0 || in.Parent != "" && b.names.Ideas[in.Parent] == 0 {
		t.Errorf("%q is of the type %q and stands under %q", in.Title, in.Type, in.Parent)
	}
	if len(values) != len(in.Values)+connected {
		t.Errorf("%q: %d of %d values belong to a field", in.Title, len(values), len(in.Values))
	}
	for name, v := range in.Values {
		at := slices.IndexFunc(b.names.Fields, func(f cairn.Field) bool { return f.Name == name })
		f := &b.names.Fields[at]
		raw := values[f.Ref()]
		parsed, err := cairn.ParseValue(f, raw)
		if err != nil || parsed.IsNull() {
			t.Errorf("%q: %s is %s: %v", in.Title, name, raw, err)
		}
		if len(parsed.IDs) != len(v.Names) || len(parsed.IDs) > 0 && parsed.IDs[0] == 0 {
			t.Errorf("%q: %s names %q, of which %d exist", in.Title, name, v.Names, len(parsed.IDs))
		}
		used[f.Type]++
	}
}

func checkComments(t *testing.T, b *built, in *demo.Idea) {
	t.Helper()
	last := in.CreatedAt
	for _, c := range in.Comments {
		if _, ok := b.names.People[c.Author]; !ok || c.CreatedAt.Before(last) || cairn.DayOf(c.CreatedAt) > b.today {
			t.Errorf("%q: comment of %q at %v, the one before at %v", in.Title, c.Author, c.CreatedAt, last)
		}
		if err := cairn.CheckComment(c.Body); err != nil {
			t.Errorf("%q: %v", in.Title, err)
		}
		last = c.CreatedAt
	}
}

// TestTree: four levels of ideas, whose efforts add up.
func TestTree(t *testing.T) {
	b := build(t, day(t, "2026-11-23"))
	r, err := b.state.Eval(engine.Request{Query: cairn.Query{Tree: true}, Limit: -1, Env: b.env()})
	if err != nil {
		t.Fatal(err)
	}
	deepest := slices.Max(r.Tree.Depths)
	if deepest != 3 || r.Tree.Orphans < 20 || r.Total-r.Tree.Orphans < 30 {
		t.Errorf("the tree is %d deep with %d ideas and %d beside it", deepest, r.Total-r.Tree.Orphans, r.Tree.Orphans)
	}
}

func TestSize(t *testing.T) {
	b := build(t, day(t, "2026-11-23"))
	titles, comments, described, archived := map[string]bool{}, 0, 0, 0
	for _, in := range b.Ideas {
		titles[strings.ToLower(in.Title)] = true
		comments += len(in.Comments)
		if in.Description != "" {
			described++
		}
		if in.Archived {
			archived++
		}
	}
	if len(titles) != len(b.Ideas) || len(titles) < 80 || comments < 40 || described < 30 || archived == 0 || len(b.Views) < 8 {
		t.Errorf("%d titles of %d ideas, %d comments, %d descriptions, %d archived, %d views", len(titles), len(b.Ideas), comments, described, archived, len(b.Views))
	}
}

// TestViews: every view is valid, shows some ideas, and shows existing fields.
func TestViews(t *testing.T) {
	b := build(t, day(t, "2026-11-23"))
	total := 0
	for _, in := range b.Ideas {
		if !in.Archived {
			total++
		}
	}
	for _, v := range b.Views {
		view := v.Build(&b.names, b.today)
		if err := view.Validate(); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
		req := engine.Request{Query: view.Query, Limit: -1, Colors: view.Colors, Env: b.env()}
		for _, c := range view.Columns {
			req.Columns = append(req.Columns, c.Field)
		}
		r, err := b.state.Eval(req)
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
			continue
		}
		if r.Total == 0 || v.Name != "All ideas" && r.Total >= total {
			t.Errorf("%s shows %d of %d ideas", v.Name, r.Total, total)
		}
		if !json.Valid(r.AppendJSON(nil)) {
			t.Errorf("%s: the answer is not JSON", v.Name)
		}
		t.Logf("%s: %d ideas in %d groups", v.Name, r.Total, len(r.Groups))
	}
}

// TestScores: most open ideas have a score, some are incomplete, none is broken
// in a way that was not meant.
func TestScores(t *testing.T) {
	b := build(t, day(t, "2026-11-23"))
	var refs []cairn.Ref
	for _, f := range b.names.Fields {
		if f.Type == cairn.TypeFormula {
			refs = append(refs, f.Ref())
		}
	}
	r, err := b.state.Eval(engine.Request{Columns: refs, Limit: -1, Env: b.env()})
	if err != nil {
		t.Fatal(err)
	}
	for c, ref := range refs {
		values, missing, failed := 0, 0, 0
		for row := range r.Total {
			switch cell := r.Cell(row, c); {
			case cell.Error != "":
				failed++
			case len(cell.Missing) > 0:
				missing++
			case !cell.Value.IsNull():
				values++
			}
		}
		t.Logf("%s: %d values, %d incomplete, %d without a value", b.names.Fields[slices.IndexFunc(b.names.Fields, func(f cairn.Field) bool { return f.Ref() == ref })].Name, values, missing, failed)
		if values < 30 {
			t.Errorf("%s has %d complete values", ref, values)
		}
	}
}

// TestTime: the same day gives the same data; another day moves every date.
func TestTime(t *testing.T) {
	a, b := build(t, day(t, "2026-11-23")), build(t, day(t, "2026-11-24"))
	again := build(t, day(t, "2026-11-23"))
	for i := range a.Ideas {
		if !a.Ideas[i].CreatedAt.Equal(again.Ideas[i].CreatedAt) {
			t.Fatalf("%q was created at two times", a.Ideas[i].Title)
		}
		if d := b.Ideas[i].CreatedAt.Sub(a.Ideas[i].CreatedAt); d != 24*time.Hour {
			t.Fatalf("%q moved by %v", a.Ideas[i].Title, d)
		}
	}
}

// Links name ideas of the sample, each pair once, and do not go round in a circle.
func TestLinks(t *testing.T) {
	b := build(t, day(t, "2027-02-14"))
	at := make(map[string]int)
	for i, idea := range b.Ideas {
		at[idea.Title] = i
	}
	next := make(map[string][]string)
	for i, in := range b.Links {
		_, from := at[in.From]
		_, to := at[in.To]
		link := cairn.Link{From: 1, To: 2, Type: in.Type, Lag: in.Lag}
		if err := link.Validate(); err != nil || !from || !to {
			t.Errorf("link %d from %q to %q: %v", i, in.From, in.To, err)
		}
		if link.Dependency() {
			next[in.From] = append(next[in.From], in.To)
		}
	}
	var walk func(title string, above []string)
	walk = func(title string, above []string) {
		if slices.Contains(above, title) {
			t.Fatalf("the dependencies go round: %v", above)
		}
		for _, to := range next[title] {
			walk(to, append(slices.Clone(above), title))
		}
	}
	for title := range next {
		walk(title, nil)
	}
}
