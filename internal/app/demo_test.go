package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/demo"
	"cairn/internal/store"
	"cairn/internal/store/sqlstore"
)

// The sample product loads through the use cases, once, and every one of its
// views shows something.
func TestDemo(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		a, err := app.New(t.Context(), app.Config{Store: st, Logger: cairntest.Logger(t), Passwords: cairntest.QuickPasswords()})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		u, err := a.LoadDemo(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		seq, err := st.Seq(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		again, err := a.LoadDemo(t.Context())
		if err != nil || again.ID != u.ID {
			t.Errorf("loaded again: %v %v", again, err)
		}
		if now, err := st.Seq(t.Context()); err != nil || now != seq {
			t.Errorf("loading it again wrote something: %d, then %d (%v)", seq, now, err)
		}
		in, err := a.SignIn(t.Context(), u.Email, app.DemoPassword, app.Client{})
		if err != nil {
			t.Fatal(err)
		}
		by := app.Caller{}
		by.User, by.Admin = in.User.ID, in.User.Admin
		p, err := a.Project(by, "TIDE")
		if err != nil {
			t.Fatal(err)
		}
		views, err := a.Views(by, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		favorites, err := a.Favorites(by, p.ID)
		if err != nil || len(favorites) != 1 {
			t.Errorf("the favourites are %v, %v", favorites, err)
		}
		sections, err := a.Sections(by, p.ID)
		if err != nil || len(sections) != 3 {
			t.Errorf("the sections are %v, %v", sections, err)
		}
		if first, ok := a.Directory().View(p.DefaultView); !ok || first.Name != "All ideas" {
			t.Errorf("it opens with %q", first.Name)
		}
		given, err := a.MyBallots(t.Context(), by, p.ID)
		if err != nil || len(given) != 1 || given[0].Spent() != 9 {
			t.Errorf("the first person's votes are %+v, %v", given, err)
		}
		for _, v := range views {
			res, err := a.Query(t.Context(), by, p.ID, app.QueryRequest{Query: v.Query, Colors: v.Colors, Limit: -1})
			if err != nil || res.Total == 0 {
				t.Errorf("view %q finds %v ideas: %v", v.Name, res, err)
			}
		}
	})
}

// With a clock the sample has a past: it leads to the same product, its log is in
// the order of time, and who comes back sees what changed meanwhile.
func TestDemoPast(t *testing.T) {
	cairntest.EachKind(t, func(t *testing.T, open cairntest.Open) {
		clock := &demo.Clock{}
		st := open(sqlstore.Options{Now: clock.Now})
		clock.Set(demo.Begin(cairn.DayOf(time.Now())))
		began := time.Now()
		past := openDemo(t, app.Config{Store: st, DemoClock: clock})
		present := openDemo(t, app.Config{Store: cairntest.SQLite(t)})
		if got, want := past.rows(t), present.rows(t); got != want {
			t.Errorf("with a past it is\n%s\nwithout\n%s", got, want)
		}
		sets, err := st.Log(t.Context(), 0, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		people, days := map[cairn.ID]bool{}, map[cairn.Day]bool{}
		for i, set := range sets {
			if i > 0 && set.At.Before(sets[i-1].At) || set.At.After(began) {
				t.Errorf("change set %d is of %v, the one before of %v", set.Seq, set.At, sets[max(i-1, 0)].At)
			}
			people[set.Actor], days[cairn.DayOf(set.At)] = true, true
		}
		if len(people) < 8 || len(days) < 25 {
			t.Errorf("%d people did something on %d days", len(people), len(days))
		}
		for _, v := range past.views {
			seen, err := past.LastVisit(t.Context(), past.by, v.ID)
			if away := time.Since(seen); err != nil || away < 7*24*time.Hour || away > 11*24*time.Hour {
				t.Errorf("%q was seen %v ago: %v", v.Name, away, err)
			}
		}
		seen, err := past.LastVisit(t.Context(), past.by, past.views[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		var fields []cairn.Ref
		for _, c := range past.views[0].Columns {
			fields = append(fields, c.Field)
		}
		for _, c := range []struct {
			since time.Time
			most  int
		}{{seen, 30}, {began.AddDate(0, 0, -30), 60}} {
			since, err := past.Since(t.Context(), past.by, past.project, app.SinceRequest{Query: past.views[0].Query, Fields: fields, Since: c.since, Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			for _, mark := range app.Marks() {
				if len(since.Marked[mark]) == 0 && mark != app.MarkLater && mark != app.MarkEarlier {
					t.Errorf("since %v nothing is %s", c.since, mark)
				}
			}
			why := 0
			for _, idea := range since.Ideas {
				if len(idea.Why) > 0 && idea.Why[0].Reason != "" {
					why++
				}
			}
			if since.Changed < 15 || since.Changed > c.most || why < 8 {
				t.Errorf("since %v %d ideas changed, %d with a reason", c.since, since.Changed, why)
			}
		}
		if _, err := past.CreateIdea(t.Context(), past.by, past.project, app.NewIdea{Title: "Afterwards"}); err != nil {
			t.Fatal(err)
		}
		seq, err := st.Seq(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if last, err := st.Log(t.Context(), seq-1, 1); err != nil || last[0].At.Before(began.Add(-time.Second)) {
			t.Errorf("what comes afterwards is of %v, not of now: %v", last[0].At, err)
		}
	})
}

// loadedDemo is the sample product as the first person sees it.
type loadedDemo struct {
	*app.App
	by      app.Caller
	project cairn.ID
	views   []cairn.View
}

func openDemo(t *testing.T, cfg app.Config) loadedDemo {
	t.Helper()
	cfg.Logger, cfg.Passwords = cairntest.Logger(t), cairntest.QuickPasswords()
	a, err := app.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	u, err := a.LoadDemo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d := loadedDemo{App: a}
	d.by.User, d.by.Admin = u.ID, u.Admin
	p, err := a.Project(d.by, "TIDE")
	if err != nil {
		t.Fatal(err)
	}
	d.project = p.ID
	if d.views, err = a.Views(d.by, p.ID); err != nil {
		t.Fatal(err)
	}
	return d
}

// rows are all ideas by name with what the views show of them, in their order.
func (d *loadedDemo) rows(t *testing.T) string {
	t.Helper()
	fields, err := d.Fields(t.Context(), d.by, d.project)
	if err != nil {
		t.Fatal(err)
	}
	req := app.QueryRequest{Query: cairn.Query{Archived: "all"}, Limit: -1, Columns: []cairn.Ref{cairn.RefTitle, cairn.RefComments, cairn.RefLinks, cairn.RefKey, cairn.RefArchived}}
	for _, f := range fields {
		// Options, people and recent demand have other ids or moments.
		if info, _ := f.Type.Info(); info.Kind != cairn.KindRefID && info.Kind != cairn.KindRefIDs && f.Name != "Recent demand" {
			req.Columns = append(req.Columns, f.Ref())
		}
	}
	res, err := d.Query(t.Context(), d.by, d.project, req)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for row := range res.Total {
		for c := range req.Columns {
			cell := res.Cell(row, c)
			fmt.Fprintf(&out, "%s\t", cell.Value.AppendJSON(nil))
		}
		out.WriteString("\n")
	}
	return out.String()
}
