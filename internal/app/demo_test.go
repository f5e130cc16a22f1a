package app_test

import (
	"testing"

	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// The sample product loads through the use cases, once, and every one of its
// views shows something.
func TestDemo(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		a, err := app.New(t.Context(), app.Config{Store: st, Logger: cairntest.Logger(t)})
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
