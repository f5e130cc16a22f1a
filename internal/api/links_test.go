package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// linked is a link as these tests look at it.
type linked struct {
	ID       cairn.ID
	Type     string
	Lag      int
	From, To struct {
		ID     cairn.ID
		Key    string
		Title  string
		Hidden bool
	}
}

func (l linked) String() string {
	name := func(key string, hidden bool) string {
		if hidden {
			return "?"
		}
		return key
	}
	return fmt.Sprintf("%s %s%+d %s", name(l.From.Key, l.From.Hidden), l.Type, l.Lag, name(l.To.Key, l.To.Hidden))
}

func linksOf(c *cairntest.Client, path string) []linked {
	var out struct{ Links []linked }
	c.Do("GET", path, nil).Want(200).Into(&out)
	return out.Links
}

func wantLinks(t *testing.T, c *cairntest.Client, path, want string) {
	t.Helper()
	var got []string
	for _, l := range linksOf(c, path) {
		got = append(got, l.String())
	}
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s has %q; want %q", path, s, want)
	}
}

func link(c *cairntest.Client, from, kind, to string) *cairntest.Answer {
	return c.Do("POST", "/ideas/"+from+"/links", map[string]any{"to": to, "type": kind})
}

// LNK-1, LNK-2, LNK-3, LNK-8, LNK-10.
func TestLinks(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		for i := range 4 {
			addIdea(w.Admin, fmt.Sprint("Idea ", i+1), nil)
		}
		link(w.Admin, "INS-1", "relates", "INS-2").Want(201)
		link(w.Admin, "INS-1", "relates", "INS-2").Want(409)
		link(w.Admin, "INS-2", "relates", "INS-1").Want(409)
		link(w.Admin, "INS-1", "relates", "INS-1").Want(422)
		link(w.Admin, "INS-1", "loves", "INS-2").Want(422)
		link(w.Admin, "INS-1", "relates", "INS-99").Want(404)
		made := w.Admin.Do("POST", "/ideas/INS-1/links", map[string]any{"to": "ins-3", "type": "finish_start", "lag": 5}).Want(201).Map()
		id := fmt.Sprint(made["id"])
		wantLinks(t, w.Admin, "/ideas/INS-1/links", "INS-1 relates+0 INS-2, INS-1 finish_start+5 INS-3")
		wantLinks(t, w.Admin, "/ideas/INS-3/links", "INS-1 finish_start+5 INS-3")
		wantLinks(t, w.Admin, "/projects/INS/links", "INS-1 relates+0 INS-2, INS-1 finish_start+5 INS-3")
		wantLinks(t, w.Admin, "/projects/INS/links?only=dependencies", "INS-1 finish_start+5 INS-3")
		w.Admin.Do("PATCH", "/links/"+id, map[string]any{"lag": 7}).Want(200)
		w.Admin.Do("PATCH", "/links/"+id, map[string]any{"lag": 99999}).Want(422)
		wantLinks(t, w.Admin, "/ideas/INS-3/links", "INS-1 finish_start+7 INS-3")
		// A link that is no dependency any more has no lag.
		w.Admin.Do("PATCH", "/links/"+id, map[string]any{"type": "tests"}).Want(200)
		wantLinks(t, w.Admin, "/ideas/INS-3/links", "INS-1 tests+0 INS-3")
		w.Admin.Do("DELETE", "/links/"+id, nil).Want(204)
		w.Admin.Do("DELETE", "/links/"+id, nil).Want(404)
		wantLinks(t, w.Admin, "/ideas/INS-3/links", "")
		// The history of the target tells all of it, newest first.
		var hist struct{ Sets []cairn.ChangeSet }
		w.Admin.Do("GET", "/ideas/INS-3/history", nil).Want(200).Into(&hist)
		var told []string
		for _, s := range hist.Sets {
			for _, c := range s.Changes {
				if c.Kind == cairn.KindLink {
					told = append(told, fmt.Sprintf("%s%v%v", c.Attr, c.Created(), c.Deleted()))
				}
			}
		}
		if want := "falsetrue lagfalsefalse typefalsefalse lagfalsefalse truefalse"; strings.Join(told, " ") != want {
			t.Errorf("the history of INS-3 says %q; want %q", told, want)
		}
		if got := len(linksOf(w.Admin, "/ideas/INS-4/links")); got != 0 {
			t.Errorf("an idea without links has %d", got)
		}
	})
}

// LNK-4: circles are refused, named, however they would come about.
func TestLinkCircles(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		for i := range 5 {
			addIdea(w.Admin, fmt.Sprint("Idea ", i+1), nil)
		}
		wantCircle := func(res *cairntest.Answer, path string) {
			t.Helper()
			if !strings.Contains(string(res.Want(422).Raw), path) {
				t.Errorf("the refusal %s does not name %s", res.Raw, path)
			}
		}
		link(w.Admin, "INS-3", "finish_start", "INS-5").Want(201)
		wantCircle(link(w.Admin, "INS-5", "finish_start", "INS-3"), "INS-3 → INS-5")
		link(w.Admin, "INS-5", "start_start", "INS-1").Want(201)
		wantCircle(link(w.Admin, "INS-1", "finish_start", "INS-3"), "INS-1 → INS-3 → INS-5 → INS-1")
		// Other links may go round.
		link(w.Admin, "INS-1", "addresses", "INS-3").Want(201)
		plain := linksOf(w.Admin, "/ideas/INS-1/links")
		id := plain[len(plain)-1].ID
		wantCircle(w.Admin.Do("PATCH", "/links/"+id.String(), map[string]any{"type": "finish_start"}), "INS-1 → INS-3 → INS-5 → INS-1")

		// LNK-9: what undo would close is kept.
		first := linksOf(w.Admin, "/ideas/INS-3/links")[0]
		w.Admin.With("Cairn-Group", "drop").Do("DELETE", "/links/"+first.ID.String(), nil).Want(204)
		link(w.Admin, "INS-1", "finish_start", "INS-3").Want(201)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "drop"}).Want(409)
		wantLinks(t, w.Admin, "/projects/INS/links?only=dependencies", "INS-5 start_start+0 INS-1, INS-1 finish_start+0 INS-3")
	})
}

// LNK-4: whatever is asked, in whatever order, the dependencies stay a graph
// without circles, and what does not close one is let through.
func TestLinksNeverCircle(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	const n = 7
	for i := range n {
		addIdea(w.Admin, fmt.Sprint("Idea ", i+1), nil)
	}
	reach := make([][]bool, n) // reach[a][b]: b is behind a
	for i := range reach {
		reach[i] = make([]bool, n)
	}
	next := uint32(7)
	for range 120 {
		next = next*1664525 + 1013904223
		from, to := int(next>>8)%n, int(next>>20)%n
		if from == to {
			continue
		}
		res := link(w.Admin, fmt.Sprint("INS-", from+1), "finish_start", fmt.Sprint("INS-", to+1))
		switch {
		case reach[to][from]:
			res.Want(422)
		default:
			res.Want(201, 409)
			for a := range n {
				for b := range n {
					if (a == from || reach[a][from]) && (b == to || reach[to][b]) {
						reach[a][b] = true
					}
				}
			}
		}
	}
}

// LNK-7: links go with their idea and come back with it.
func TestLinksOfDeletedIdea(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH"}).Want(201)
		for i := range 3 {
			addIdea(w.Admin, fmt.Sprint("Idea ", i+1), nil)
		}
		w.Admin.Do("POST", "/projects/OTH/ideas", map[string]any{"title": "Elsewhere"}).Want(201)
		link(w.Admin, "INS-1", "finish_start", "INS-2").Want(201)
		link(w.Admin, "INS-2", "tests", "INS-3").Want(201)
		link(w.Admin, "OTH-1", "addresses", "INS-2").Want(201)
		const all = "INS-1 finish_start+0 INS-2, INS-2 tests+0 INS-3, OTH-1 addresses+0 INS-2"
		wantLinks(t, w.Admin, "/ideas/INS-2/links", all)
		wantLinks(t, w.Admin, "/projects/INS/links", all)
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/ideas/INS-2", nil).Want(204)
		for _, at := range []string{"INS-1", "INS-3", "OTH-1"} {
			wantLinks(t, w.Admin, "/ideas/"+at+"/links", "")
		}
		wantLinks(t, w.Admin, "/projects/INS/links", "")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		wantLinks(t, w.Admin, "/ideas/INS-2/links", all)
		// Making a link can be undone and redone.
		link(w.Admin.With("Cairn-Group", "made"), "INS-1", "relates", "INS-3").Want(201)
		w.Admin.With("Cairn-Group", "back").Do("POST", "/undo", map[string]any{"group": "made"}).Want(200)
		wantLinks(t, w.Admin, "/ideas/INS-3/links", "INS-2 tests+0 INS-3")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "back"}).Want(200)
		wantLinks(t, w.Admin, "/ideas/INS-1/links", "INS-1 finish_start+0 INS-2, INS-1 relates+0 INS-3")
		// A whole project goes with its links, and nothing dangles.
		w.Admin.Do("DELETE", "/projects/OTH", nil).Want(204)
		wantLinks(t, w.Admin, "/ideas/INS-2/links", "INS-1 finish_start+0 INS-2, INS-2 tests+0 INS-3")
		checkStore(t, st)
	})
}

// LNK-5, LNK-6: who may link what, and what others see of it.
func TestLinkRights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Viewer")
		for _, key := range []string{"INS", "PUB", "SEC"} {
			access := "open"
			if key == "SEC" {
				access = "private"
			}
			w.Admin.Do("POST", "/projects", map[string]any{"name": key, "key": key, "access": access}).Want(201)
			w.Admin.Do("POST", "/projects/"+key+"/ideas", map[string]any{"title": "Idea of " + key}).Want(201)
		}
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		w.Admin.Do("PUT", "/projects/INS/members/"+bob.ID.String(), map[string]any{"role": "editor"}).Want(200)
		w.Admin.Do("PUT", "/projects/INS/members/"+eve.ID.String(), map[string]any{"role": "contributor"}).Want(200)

		link(eve, "INS-1", "relates", "PUB-1").Want(403)
		link(bob, "INS-1", "relates", "SEC-1").Want(404)
		link(bob, "SEC-1", "relates", "INS-1").Want(404)
		w.Anonymous().Do("POST", "/ideas/INS-1/links", map[string]any{"to": "PUB-1", "type": "relates"}).Want(401)
		link(bob, "INS-1", "relates", "PUB-1").Want(201)
		link(w.Admin, "INS-1", "addresses", "SEC-1").Want(201)
		link(w.Admin, "SEC-1", "tests", "INS-1").Want(201)

		const whole = "INS-1 relates+0 PUB-1, INS-1 addresses+0 SEC-1, SEC-1 tests+0 INS-1"
		wantLinks(t, w.Admin, "/ideas/INS-1/links", whole)
		const theirs = "INS-1 relates+0 PUB-1, INS-1 addresses+0 ?"
		for _, c := range []*cairntest.Client{bob, eve} {
			wantLinks(t, c, "/ideas/INS-1/links", theirs)
			wantLinks(t, c, "/projects/INS/links", theirs)
			c.Do("GET", "/ideas/SEC-1/links", nil).Want(404)
			c.Do("GET", "/projects/SEC/links", nil).Want(404)
			if raw := c.Do("GET", "/ideas/INS-1/links", nil).Want(200).Raw; strings.Contains(string(raw), "of SEC") {
				t.Errorf("a title of a project they may not read is told: %s", raw)
			}
		}
		all := linksOf(w.Admin, "/ideas/INS-1/links")
		own, secret := all[0].ID.String(), all[2].ID.String()
		for _, id := range []string{own, secret} {
			want := 403
			if id == secret {
				want = 404
			}
			eve.Do("PATCH", "/links/"+id, map[string]any{"type": "tests"}).Want(want)
			eve.Do("DELETE", "/links/"+id, nil).Want(want)
		}
		bob.Do("DELETE", "/links/"+secret, nil).Want(404)
		bob.Do("DELETE", "/links/"+own, nil).Want(204)
		w.Anonymous().Do("GET", "/ideas/INS-1/links", nil).Want(401)
		// A circle through an idea that one may not see says nothing of it.
		w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Second"}).Want(201)
		link(w.Admin, "INS-1", "finish_start", "SEC-1").Want(201)
		link(w.Admin, "SEC-1", "finish_start", "INS-2").Want(201)
		res := link(bob, "INS-2", "finish_start", "INS-1").Want(422)
		if raw := string(res.Raw); strings.Contains(raw, "SEC") || !strings.Contains(raw, "INS-1 → an idea of another project → INS-2") {
			t.Errorf("the refusal says %s", raw)
		}
	})
}

func checkStore(t *testing.T, st store.Store) {
	t.Helper()
	report, err := st.(store.Keeper).Check(t.Context())
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("the store is not sound: %v, %v", report.Problems, err)
	}
}

// LNK-11: links are told live and are in an archive.
func TestLinksTravel(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	addIdea(w.Admin, "One", nil)
	addIdea(w.Admin, "Two", nil)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	events := w.Admin.Stream(ctx, "/stream?project=INS")
	<-events // hello
	link(w.Admin, "INS-1", "finish_start", "INS-2").Want(201)
	var set cairn.ChangeSet
	if err := json.Unmarshal([]byte((<-events).Data), &set); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(set.Changes, func(c cairn.Change) bool { return c.Kind == cairn.KindLink && c.Created() }) {
		t.Errorf("the stream tells of %+v", set.Changes)
	}
	var archive bytes.Buffer
	if err := w.Store.(store.Keeper).Archive(t.Context(), &archive, store.ArchiveOptions{}); err != nil {
		t.Fatal(err)
	}
	copied := cairntest.SQLite(t)
	if err := copied.(store.Keeper).Restore(t.Context(), &archive, store.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	checkStore(t, copied)
	there := cairntest.New(t, copied)
	links, err := there.App.Links(t.Context(), app.System("test"), linksOf(w.Admin, "/ideas/INS-1/links")[0].From.ID)
	if err != nil || len(links) != 1 || links[0].Target.Key != "INS-2" {
		t.Errorf("restored: %+v, %v", links, err)
	}
}

// LNK-12, STR-6: at the other end, in another project, a link is told live and in
// the history to who may read where it comes from, and to nobody else.
func TestLinksFromOtherProjects(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		bob := w.Person("Bob Builder")
		for _, key := range []string{"INS", "PUB", "SEC"} {
			access := "open"
			if key == "SEC" {
				access = "private"
			}
			w.Admin.Do("POST", "/projects", map[string]any{"name": key, "key": key, "access": access}).Want(201)
			w.Admin.Do("POST", "/projects/"+key+"/ideas", map[string]any{"title": "Idea of " + key}).Want(201)
		}
		w.Admin.Do("POST", "/projects/PUB/ideas", map[string]any{"title": "Second"}).Want(201)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		events := bob.Stream(ctx, "/stream?project=PUB")
		<-events // hello
		next := func() (kinds []cairn.Kind, raw string) {
			t.Helper()
			e, ok := <-events
			if !ok {
				t.Fatal("the stream ended")
			}
			for e.Event != "change" {
				e = <-events
			}
			var set cairn.ChangeSet
			if err := json.Unmarshal([]byte(e.Data), &set); err != nil {
				t.Fatal(err)
			}
			for _, c := range set.Changes {
				kinds = append(kinds, c.Kind)
			}
			return kinds, e.Data
		}
		onlyLink := func(what string) {
			t.Helper()
			if kinds, raw := next(); !slices.Equal(kinds, []cairn.Kind{cairn.KindLink}) {
				t.Errorf("%s is told as %s", what, raw)
			}
		}
		var made linked
		link(w.Admin, "INS-1", "finish_start", "PUB-1").Want(201).Into(&made)
		onlyLink("a link from a project that Bob may read")
		var secret linked
		link(w.Admin, "SEC-1", "finish_start", "PUB-2").Want(201).Into(&secret)
		w.Admin.Do("POST", "/projects/SEC/ideas", map[string]any{"title": "More"}).Want(201)
		link(w.Admin, "SEC-1", "relates", "SEC-2").Want(201)
		link(w.Admin, "INS-1", "relates", "SEC-1").Want(201)
		w.Admin.Do("PATCH", "/links/"+made.ID.String(), map[string]any{"lag": 5}).Want(200)
		onlyLink("its lag") // nothing came of the others

		steps := func(c *cairntest.Client, idea string, limit int) (out []string) {
			var page struct{ Sets []cairn.ChangeSet }
			c.Do("GET", fmt.Sprintf("/ideas/%s/history?limit=%d", idea, limit), nil).Want(200).Into(&page)
			for i, set := range page.Sets {
				if i > 0 && set.Seq >= page.Sets[i-1].Seq {
					t.Errorf("the history is not newest first: %d after %d", set.Seq, page.Sets[i-1].Seq)
				}
				for _, c := range set.Changes {
					out = append(out, string(c.Kind)+" "+c.Attr)
				}
			}
			return out
		}
		if got := steps(bob, "PUB-1", 50); !slices.Equal(got, []string{"link lag", "link ", "idea "}) {
			t.Errorf("the history of PUB-1 is %q", got)
		}
		if got := steps(bob, "PUB-1", 1); !slices.Equal(got, []string{"link lag"}) {
			t.Errorf("the newest step of PUB-1 is %q", got)
		}
		if got := steps(bob, "PUB-2", 50); !slices.Equal(got, []string{"idea "}) {
			t.Errorf("Bob learns of PUB-2 %q", got)
		}
		if got := steps(w.Admin, "PUB-2", 50); !slices.Equal(got, []string{"link ", "idea "}) {
			t.Errorf("the history of PUB-2 is %q", got)
		}

		w.Admin.Do("DELETE", "/links/"+secret.ID.String(), nil).Want(204)
		w.Admin.Do("DELETE", "/links/"+made.ID.String(), nil).Want(204)
		onlyLink("its end")
		if got := steps(bob, "PUB-1", 50); !slices.Equal(got, []string{"link ", "link lag", "link ", "idea "}) {
			t.Errorf("after the link was removed the history of PUB-1 is %q", got)
		}
		if got := steps(bob, "PUB-1", 1); !slices.Equal(got, []string{"link "}) {
			t.Errorf("the newest step of PUB-1 is %q", got)
		}
		if got := steps(bob, "PUB-2", 50); !slices.Equal(got, []string{"idea "}) {
			t.Errorf("Bob learns of PUB-2 %q after the link was removed", got)
		}
		if got := steps(w.Admin, "PUB-2", 50); !slices.Equal(got, []string{"link ", "link ", "idea "}) {
			t.Errorf("after the link was removed the history of PUB-2 is %q", got)
		}
		// Who may not read the steps finds the older ones behind them.
		link(w.Admin, "SEC-1", "finish_start", "PUB-2").Want(201).Into(&secret)
		if got := steps(bob, "PUB-2", 1); !slices.Equal(got, []string{"idea "}) {
			t.Errorf("the first page of PUB-2 is %q for Bob", got)
		}
		w.Admin.Do("DELETE", "/links/"+secret.ID.String(), nil).Want(204)
		w.Admin.Do("PATCH", "/ideas/PUB-1", map[string]any{"title": "Renamed"}).Want(200)
		if kinds, raw := next(); slices.Contains(kinds, cairn.KindLink) {
			t.Errorf("a change of the project itself is told as %s", raw)
		}
		checkStore(t, st)
		before, err := w.App.History(ctx, app.System("test"), made.To.ID, 0, 50)
		var archive bytes.Buffer
		err = errors.Join(err, st.(store.Keeper).Archive(ctx, &archive, store.ArchiveOptions{}))
		copied := cairntest.SQLite(t)
		if err = errors.Join(err, copied.(store.Keeper).Restore(ctx, &archive, store.RestoreOptions{})); err != nil {
			t.Fatal(err)
		}
		checkStore(t, copied)
		after, err := cairntest.New(t, copied).App.History(ctx, app.System("test"), made.To.ID, 0, 50)
		if err != nil || len(after) != len(before) || len(after) < 5 {
			t.Errorf("restored, the history has %d steps, not %d: %v", len(after), len(before), err)
		}
	})
}
