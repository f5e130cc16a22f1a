package demo_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"cairn"
	"cairn/internal/demo"
)

// TestPast: what happened leads from what was to what is. Everybody exists, every
// event happens on a working day before today, to an idea that is there then,
// and after what it answers.
func TestPast(t *testing.T) {
	for _, s := range []string{"2026-11-23", "2024-02-29", "2027-01-01", "2026-11-28", "2026-11-29"} {
		b := build(t, day(t, s))
		p := pastWalk{t: t, b: &b, ideas: make(map[string]*demo.Idea), gone: make(map[string]bool)}
		for i := range b.Past.Ideas {
			idea := b.Past.Ideas[i]
			idea.Values = maps.Clone(idea.Values)
			p.ideas[idea.Key] = &idea
		}
		last := b.Past.From
		for i := range b.Past.Events {
			e := &b.Past.Events[i]
			if _, ok := b.names.People[e.By]; !ok || e.At.Before(last) || cairn.DayOf(e.At) >= b.today || e.At.Weekday() == time.Saturday || e.At.Weekday() == time.Sunday {
				t.Errorf("%s: %q at %v by %q, the one before at %v", s, e.Idea, e.At, e.By, last)
			}
			last = e.At
			p.step(e)
		}
		for i := range b.Ideas {
			want, got := &b.Ideas[i], p.ideas[b.Ideas[i].Key]
			if got == nil || p.gone[want.Key] {
				t.Errorf("%s: %q is not there in the end", s, want.Title)
				continue
			}
			if got.Title != want.Title || got.Archived != want.Archived || got.After != 0 || !reflect.DeepEqual(got.Values, want.Values) || len(got.Comments) != len(want.Comments) {
				t.Errorf("%s: it becomes %+v instead of %+v", s, got, want)
			}
		}
		kinds := len(b.Past.Events)
		if weeks := b.Past.Events[kinds-1].At.Sub(b.Past.From); kinds < 100 || weeks < 40*24*time.Hour || p.reasons < 40 {
			t.Errorf("%s: %d events in %v, %d with reasons", s, kinds, weeks, p.reasons)
		}
	}
}

// pastWalk applies events to ideas.
type pastWalk struct {
	t       *testing.T
	b       *built
	ideas   map[string]*demo.Idea
	gone    map[string]bool
	reasons int
}

func (p *pastWalk) step(e *demo.Event) {
	p.t.Helper()
	idea := p.ideas[e.Idea]
	if e.Made != nil {
		if idea != nil || e.Made.Parent != "" && p.ideas[e.Made.Parent] == nil {
			p.t.Errorf("%q is made twice, or below %q that is not there", e.Idea, e.Made.Parent)
		}
		made := *e.Made
		made.Values = maps.Clone(made.Values)
		p.ideas[e.Idea] = &made
		return
	}
	if e.Heard == nil && (idea == nil || p.gone[e.Idea]) {
		p.t.Errorf("%q at %v is about %q, which is not there", e.Why, e.At, e.Idea)
		return
	}
	switch {
	case e.Changed != nil:
		p.change(idea, e)
	case e.Said != nil:
		idea.Comments = append(slices.Clip(idea.Comments), *e.Said)
	case e.Dropped:
		p.gone[e.Idea] = true
	case e.Into != "":
		if p.gone[e.Idea] = true; p.ideas[e.Into] == nil {
			p.t.Errorf("%q is merged into %q, which is not there", e.Idea, e.Into)
		}
	}
	if e.Why != "" {
		p.reasons++
		if _, err := cairn.CleanReason(e.Why); err != nil {
			p.t.Errorf("%q: %v", e.Why, err)
		}
	}
}

func (p *pastWalk) change(idea *demo.Idea, e *demo.Event) {
	p.t.Helper()
	c := e.Changed
	if len(c.Values) == 0 && c.Title == "" && !c.Archived && c.After == "" {
		p.t.Errorf("%q at %v changes nothing", e.Idea, e.At)
	}
	for name, v := range c.Values {
		if reflect.DeepEqual(idea.Values[name], v) {
			p.t.Errorf("%q at %v gives %s what it had", e.Idea, e.At, name)
		}
		if idea.Values[name] = v; v.Kind == 0 {
			delete(idea.Values, name)
		}
	}
	if c.Title != "" {
		idea.Title = c.Title
	}
	idea.Archived = idea.Archived || c.Archived
	if c.After != "" {
		idea.After = 0
	}
}
