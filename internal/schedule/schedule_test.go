package schedule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/schedule"

	"pgregory.net/rapid"
)

func day(t testing.TB, s string) cairn.Day {
	t.Helper()
	d, ok := cairn.ParseDay(s)
	if !ok {
		t.Fatalf("%q is not a day", s)
	}
	return d
}

func span(t testing.TB, s string) schedule.Span {
	t.Helper()
	parts := strings.Fields(s)
	return schedule.Span{Start: day(t, parts[0]), End: day(t, parts[1]), Precision: cairn.Precision(parts[2])}
}

func show(s schedule.Span) string { return fmt.Sprintf("%s %s %s", s.Start, s.End, s.Precision) }

// world is a few ideas with spans and dependencies.
type world struct {
	spans map[cairn.ID]schedule.Span
	links []cairn.Link
}

func (w world) plan() schedule.Plan {
	return schedule.Plan{
		Span: func(id cairn.ID) (schedule.Span, bool) { s, ok := w.spans[id]; return s, ok },
		Next: func(id cairn.ID) []cairn.Link {
			var out []cairn.Link
			for _, l := range w.links {
				if l.From == id {
					out = append(out, l)
				}
			}
			return out
		},
	}
}

// TLN-40 to TLN-46: what follows a move.
func TestCascade(t *testing.T) {
	fs := func(id, from, to cairn.ID, lag int) cairn.Link {
		return cairn.Link{ID: id, From: from, To: to, Type: cairn.LinkFinishStart, Lag: lag}
	}
	ss := func(id, from, to cairn.ID, lag int) cairn.Link {
		return cairn.Link{ID: id, From: from, To: to, Type: cairn.LinkStartStart, Lag: lag}
	}
	for _, c := range []struct {
		name  string
		spans string // of ideas 1, 2, 3 …, "-" for none
		links []cairn.Link
		move  string // of idea 1
		how   schedule.How
		want  string
	}{
		{
			"a successor starts the day after, as long as before (TLN-41)",
			"2027-01-01 2027-01-10 day; 2027-01-11 2027-01-20 day", []cairn.Link{fs(9, 1, 2, 0)},
			"2027-01-08 2027-01-17 day", schedule.Push, "2: 2027-01-18 2027-01-27 day by 9",
		},
		{
			"lag is kept (TLN-41)",
			"2027-01-01 2027-01-10 day; 2027-01-11 2027-01-20 day", []cairn.Link{fs(9, 1, 2, 3)},
			"2027-01-02 2027-01-11 day", schedule.Push, "2: 2027-01-15 2027-01-24 day by 9",
		},
		{
			"an overlap is allowed (TLN-41)",
			"2027-01-01 2027-01-10 day; 2027-01-11 2027-01-20 day", []cairn.Link{fs(9, 1, 2, -5)},
			"2027-01-05 2027-01-14 day", schedule.Push, "",
		},
		{
			"start to start (TLN-41)",
			"2027-01-01 2027-03-10 day; 2027-01-05 2027-01-20 day", []cairn.Link{ss(9, 1, 2, 2)},
			"2027-02-01 2027-04-10 day", schedule.Push, "2: 2027-02-03 2027-02-18 day by 9",
		},
		{
			"never earlier (TLN-42)",
			"2027-02-01 2027-02-10 day; 2027-02-11 2027-02-20 day", []cairn.Link{fs(9, 1, 2, 0)},
			"2027-01-01 2027-01-10 day", schedule.Push, "",
		},
		{
			"keeping the distance moves earlier too (TLN-43)",
			"2027-02-01 2027-02-10 day; 2027-02-15 2027-02-20 day", []cairn.Link{fs(9, 1, 2, 0)},
			"2027-01-01 2027-01-10 day", schedule.KeepDistance, "2: 2027-01-15 2027-01-20 day by 9",
		},
		{
			"down the whole chain, the furthest push counts (TLN-44)",
			"2027-01-01 2027-01-10 day; 2027-01-11 2027-01-20 day; 2027-01-21 2027-01-25 day; 2027-01-26 2027-01-30 day",
			[]cairn.Link{fs(7, 1, 2, 0), fs(8, 2, 4, 0), fs(9, 1, 3, 30), fs(10, 3, 4, 0)},
			"2027-01-02 2027-01-11 day", schedule.Push,
			"2: 2027-01-12 2027-01-21 day by 7; 3: 2027-02-11 2027-02-15 day by 9; 4: 2027-02-16 2027-02-20 day by 10",
		},
		{
			"a quarter holds while the day lies in it (TLN-45)",
			"2027-01-01 2027-02-10 day; 2027-04-01 2027-06-30 quarter", []cairn.Link{fs(9, 1, 2, 0)},
			"2027-04-10 2027-05-20 day", schedule.Push, "",
		},
		{
			"a quarter moves by quarters, as many as before (TLN-45)",
			"2027-01-01 2027-02-10 day; 2027-04-01 2027-09-30 quarter", []cairn.Link{fs(9, 1, 2, 0)},
			"2027-07-01 2027-08-10 day", schedule.Push, "2: 2027-07-01 2027-12-31 quarter by 9",
		},
		{
			"an idea without a date has nothing to move (TLN-46)",
			"2027-01-01 2027-01-10 day; -; 2027-01-21 2027-01-25 day", []cairn.Link{fs(8, 1, 2, 0), fs(9, 2, 3, 0)},
			"2027-03-01 2027-03-10 day", schedule.Push, "",
		},
		{
			"an old breach elsewhere stays as it is (TLN-44)",
			"2027-01-01 2027-01-10 day; 2027-01-20 2027-01-30 day; 2027-05-01 2027-05-30 day",
			[]cairn.Link{fs(8, 1, 2, 0), fs(9, 3, 2, 0)},
			"2027-01-02 2027-01-11 day", schedule.Push, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{spans: map[cairn.ID]schedule.Span{}, links: c.links}
			for i, s := range strings.Split(c.spans, "; ") {
				if s != "-" {
					w.spans[cairn.ID(i+1)] = span(t, s)
				}
			}
			var got []string
			for _, s := range schedule.Cascade(w.plan(), []schedule.Move{{Idea: 1, To: span(t, c.move)}}, c.how) {
				got = append(got, fmt.Sprintf("%d: %s by %d", s.Idea, show(s.To), s.Link.ID))
				if s.From != w.spans[s.Idea] {
					t.Errorf("%d is said to come from %s", s.Idea, show(s.From))
				}
			}
			if all := strings.Join(got, "; "); all != c.want {
				t.Errorf("follow: %q; want %q", all, c.want)
			}
		})
	}
}

func drawSpan(t *rapid.T, name string) schedule.Span {
	start := cairn.Day(rapid.IntRange(18000, 22000).Draw(t, name))
	s := schedule.Span{Start: start, End: start + cairn.Day(rapid.IntRange(0, 200).Draw(t, name+" days"))}
	return s.Widen(rapid.SampledFrom(cairn.Precisions()).Draw(t, name+" precision"))
}

func drawWorld(t *rapid.T) world {
	n := rapid.IntRange(2, 12).Draw(t, "ideas")
	w := world{spans: map[cairn.ID]schedule.Span{}}
	for i := 1; i <= n; i++ {
		if rapid.IntRange(0, 9).Draw(t, "dated") > 0 {
			w.spans[cairn.ID(i)] = drawSpan(t, fmt.Sprint("span ", i))
		}
	}
	for id := range rapid.IntRange(0, 2*n).Draw(t, "links") {
		a, b := rapid.IntRange(1, n).Draw(t, "a"), rapid.IntRange(1, n).Draw(t, "b")
		if a == b {
			continue
		}
		w.links = append(w.links, cairn.Link{
			ID: cairn.ID(100 + id), From: cairn.ID(min(a, b)), To: cairn.ID(max(a, b)), Lag: rapid.IntRange(-40, 40).Draw(t, "lag"),
			Type: rapid.SampledFrom([]cairn.LinkType{cairn.LinkFinishStart, cairn.LinkStartStart}).Draw(t, "type"),
		})
	}
	return w
}

// units is how many units of its precision a span lasts; days for a day.
func units(s schedule.Span) int {
	if s.Precision.Months() == 0 {
		return int(s.End - s.Start)
	}
	n := 0
	for at := (schedule.Span{Start: s.Start, End: s.Start}).Widen(s.Precision); at.End < s.End; n++ {
		at = (schedule.Span{Start: at.End + 1, End: at.End + 1}).Widen(s.Precision)
	}
	return n
}

// TLN-42, TLN-44, TLN-45: what holds of every cascade.
func TestCascadeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		moves := []schedule.Move{{Idea: 1, To: drawSpan(t, "to")}}
		shifts := schedule.Cascade(w.plan(), moves, schedule.Push)
		after := world{spans: map[cairn.ID]schedule.Span{}, links: w.links}
		for id, s := range w.spans {
			after.spans[id] = s
		}
		after.spans[1] = moves[0].To
		moved := map[cairn.ID]bool{1: true}
		for _, s := range shifts {
			switch {
			case s.Idea == 1 || moved[s.Idea]:
				t.Fatalf("%d moves twice, or although it was put where it is", s.Idea)
			case s.To.Start <= s.From.Start:
				t.Fatalf("%d moves from %s to %s, which is not later", s.Idea, show(s.From), show(s.To))
			case s.To.Precision != s.From.Precision || units(s.To) != units(s.From):
				t.Fatalf("%d lasts as %s after %s", s.Idea, show(s.To), show(s.From))
			case s.To != s.To.Widen(s.To.Precision):
				t.Fatalf("%d is put on %s, which does not lie on its units", s.Idea, show(s.To))
			}
			moved[s.Idea] = true
			after.spans[s.Idea] = s.To
		}
		for _, l := range w.links {
			from, a := after.spans[l.From]
			to, b := after.spans[l.To]
			if a && b && moved[l.From] && l.To != 1 && schedule.Latest(to) < schedule.Earliest(l, from) {
				t.Fatalf("%d still starts (%s) before %d lets it (%s)", l.To, show(to), l.From, show(from))
			}
		}
		for i, s := range shifts {
			if !slices.ContainsFunc(w.links, func(l cairn.Link) bool { return l.ID == s.Link.ID && l.To == s.Idea && moved[l.From] }) {
				t.Fatalf("shift %d has no reason: %+v", i, s)
			}
		}
		if again := schedule.Cascade(after.plan(), moves, schedule.Push); len(again) != 0 {
			t.Fatalf("a second cascade still moves %+v", again)
		}
	})
}

// TLN-43: going there and back again with the distances kept ends where it began.
func TestCascadeThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := world{spans: map[cairn.ID]schedule.Span{}}
		for i := range 5 {
			start := cairn.Day(rapid.IntRange(18000, 18400).Draw(t, "start"))
			w.spans[cairn.ID(i+1)] = schedule.Span{Start: start, End: start + cairn.Day(rapid.IntRange(0, 60).Draw(t, "days")), Precision: cairn.PrecisionDay}
			if i > 0 {
				w.links = append(w.links, cairn.Link{ID: cairn.ID(10 + i), From: cairn.ID(i), To: cairn.ID(i + 1), Type: cairn.LinkFinishStart})
			}
		}
		by := cairn.Day(rapid.IntRange(-300, 300).Draw(t, "by"))
		away := world{spans: map[cairn.ID]schedule.Span{}, links: w.links}
		for id, s := range w.spans {
			away.spans[id] = s
		}
		first := w.spans[1]
		there := schedule.Span{Start: first.Start + by, End: first.End + by, Precision: cairn.PrecisionDay}
		for _, s := range schedule.Cascade(w.plan(), []schedule.Move{{Idea: 1, To: there}}, schedule.KeepDistance) {
			if s.To.Start-s.From.Start != by {
				t.Fatalf("%d moves by %d days; want %d", s.Idea, s.To.Start-s.From.Start, by)
			}
			away.spans[s.Idea] = s.To
		}
		away.spans[1] = there
		for _, s := range schedule.Cascade(away.plan(), []schedule.Move{{Idea: 1, To: first}}, schedule.KeepDistance) {
			away.spans[s.Idea] = s.To
		}
		for id, s := range w.spans {
			if id != 1 && away.spans[id] != s {
				t.Fatalf("%d is back at %s; want %s", id, show(away.spans[id]), show(s))
			}
		}
	})
}

// A circle, should there ever be one, ends the cascade instead of running on.
func TestCascadeCircle(t *testing.T) {
	w := world{spans: map[cairn.ID]schedule.Span{}}
	for id := range cairn.ID(4) {
		w.spans[id+1] = span(t, "2027-01-01 2027-01-10 day")
		w.links = append(w.links, cairn.Link{ID: 10 + id, From: id + 1, To: (id+1)%4 + 1, Type: cairn.LinkFinishStart})
	}
	schedule.Cascade(w.plan(), []schedule.Move{{Idea: 1, To: span(t, "2027-03-01 2027-03-10 day")}}, schedule.Push)
}

// TLN-3, TLN-4: what two fields say, and how they are written.
func TestFields(t *testing.T) {
	date := cairn.Field{ID: 1, Name: "Begin", Type: cairn.TypeDate}
	due := cairn.Field{ID: 2, Name: "Due", Type: cairn.TypeDate}
	target := cairn.Field{ID: 3, Name: "Target", Type: cairn.TypeInterval}
	goal := cairn.Field{ID: 4, Name: "Goal", Type: cairn.TypeInterval}
	on := func(s string) cairn.Value { return cairn.Value{Kind: cairn.KindDate, Day: day(t, s)} }
	in := func(s string) cairn.Value { return cairn.Value{Kind: cairn.KindInterval, Interval: span(t, s)} }
	none := cairn.Value{}
	for _, c := range []struct {
		name       string
		fields     schedule.Fields
		start, end cairn.Value
		want       string
	}{
		{"an interval", schedule.Fields{Start: target}, in("2027-01-01 2027-03-31 quarter"), none, "2027-01-01 2027-03-31 quarter"},
		{"a date", schedule.Fields{Start: date}, on("2027-01-05"), none, "2027-01-05 2027-01-05 day"},
		{"nothing", schedule.Fields{Start: date}, none, none, ""},
		{"two dates", schedule.Fields{Start: date, End: due}, on("2027-01-05"), on("2027-02-05"), "2027-01-05 2027-02-05 day"},
		{"two dates the wrong way round", schedule.Fields{Start: date, End: due}, on("2027-02-05"), on("2027-01-05"), "2027-01-05 2027-02-05 day"},
		{"only the start", schedule.Fields{Start: date, End: due}, on("2027-01-05"), none, "2027-01-05 2027-01-05 day"},
		{"only the end", schedule.Fields{Start: date, End: due}, none, on("2027-02-05"), "2027-02-05 2027-02-05 day"},
		{"a date and an interval", schedule.Fields{Start: date, End: target}, on("2027-01-05"), in("2027-04-01 2027-06-30 quarter"), "2027-01-05 2027-06-30 day"},
		{"two intervals", schedule.Fields{Start: target, End: goal}, in("2027-02-01 2027-02-28 month"), in("2027-04-01 2027-06-30 quarter"), "2027-01-01 2027-06-30 quarter"},
	} {
		got := ""
		if s, ok := c.fields.Span(c.start, c.end); ok {
			got = show(s)
		}
		if got != c.want {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
		}
		if c.want == "" {
			continue
		}
		// Moving by nothing changes nothing.
		s, _ := c.fields.Span(c.start, c.end)
		if c.start.Kind != cairn.KindNull && c.end.Kind != cairn.KindNull && c.start.Kind == cairn.KindDate && s.Start != c.start.Day {
			continue // the wrong way round is put right
		}
		a, b := c.fields.Moved(c.start, c.end, s, s)
		if string(a.AppendJSON(nil)) != string(c.start.AppendJSON(nil)) || string(b.AppendJSON(nil)) != string(c.end.AppendJSON(nil)) {
			t.Errorf("%s: moved by nothing it says %s and %s", c.name, a.AppendJSON(nil), b.AppendJSON(nil))
		}
	}
	f := schedule.Fields{Start: date, End: target}
	from, _ := f.Span(on("2027-01-05"), in("2027-04-01 2027-06-30 quarter"))
	a, b := f.Moved(on("2027-01-05"), in("2027-04-01 2027-06-30 quarter"), from, schedule.Begin(from, day(t, "2027-04-10")))
	if a.Day != day(t, "2027-04-10") || show(b.Interval) != "2027-07-01 2027-09-30 quarter" {
		t.Errorf("moved to %s and %s", a.AppendJSON(nil), b.AppendJSON(nil))
	}
	if err := (schedule.Fields{Start: cairn.Field{ID: 5, Name: "Title", Type: cairn.TypeShortText}}).Check(); cairn.CodeOf(err) != cairn.CodeInvalid {
		t.Errorf("a text gives dates: %v", err)
	}
}
