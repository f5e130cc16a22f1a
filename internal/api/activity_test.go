package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/api"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

type activityOf struct {
	Sets []struct {
		Seq, Actor    int64
		Group, Reason string
		More          int
		Changes       []struct{ Kind, Attr string }
	}
	Ideas    map[string]struct{ Key, Title string }
	Insights map[string]string
	Next     int64
}

func activity(c *cairntest.Client, query string) (out activityOf) {
	c.Do("GET", "/projects/INS/activity?"+query, nil).Want(200).Into(&out)
	return out
}

// SIN-30, SIN-31: what happened in a project, by kind and person, a page at a
// time, without what was taken back; for those who may read it.
func TestActivity(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		bob := w.Person("Bob Builder")
		addIdea(w.Admin, "Faster search", nil)
		for n := range 5 {
			bob.With("Cairn-Group", fmt.Sprint("g", n)).With("Cairn-Reason", "Because").Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: n + 1}}).Want(200)
		}
		said := comment(bob, "INS-1", "A slip of the tongue")
		bob.Do("DELETE", fmt.Sprint("/comments/", said), nil).Want(200, 204)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"description": "New"}).Want(200)

		mine := activity(w.Admin, fmt.Sprint("part=ideas&person=", bob.ID))
		if len(mine.Sets) != 5 || mine.Sets[0].Reason != "Because" || mine.Sets[0].Group != "g4" || mine.Next != 0 {
			t.Errorf("what Bob did to ideas: %+v", mine)
		}
		for _, set := range mine.Sets {
			if set.Actor != int64(bob.ID) || len(set.Changes) != 1 || set.Changes[0].Attr != f["Impact"] {
				t.Errorf("a change of Bob's: %+v", set)
			}
		}
		named := false
		for _, idea := range mine.Ideas {
			named = named || idea.Key == "INS-1" && idea.Title == "Faster search"
		}
		if !named {
			t.Errorf("the idea is not named: %+v", mine.Ideas)
		}
		// Page by page it is the same, without a gap.
		var paged []int64
		for before := int64(0); ; {
			page := activity(w.Admin, fmt.Sprint("limit=2&before=", before))
			for _, set := range page.Sets {
				paged = append(paged, set.Seq)
			}
			if before = page.Next; before == 0 {
				break
			}
		}
		whole := activity(w.Admin, "limit=200")
		if len(paged) != len(whole.Sets) {
			t.Errorf("%d sets by pages of two, %d at once", len(paged), len(whole.Sets))
		}
		for i, set := range whole.Sets {
			if i < len(paged) && paged[i] != set.Seq || i > 0 && set.Seq >= whole.Sets[i-1].Seq {
				t.Errorf("set %d is %d, by pages %v", i, set.Seq, paged)
			}
		}
		if talk := activity(w.Admin, "part=comments"); len(talk.Sets) != 2 {
			t.Errorf("comments: %+v", talk.Sets)
		}
		if raw := string(w.Admin.Do("GET", "/projects/INS/activity", nil).Want(200).Raw); strings.Contains(raw, "slip of the tongue") {
			t.Errorf("what was deleted is told: %s", raw)
		}
		if made := activity(w.Admin, "part=project"); len(made.Sets) != 2 || made.Sets[1].Changes[0].Kind != "project" {
			t.Errorf("the project and its making: %+v", made.Sets)
		}
		// Insights are called by their titles as long as they are there.
		var insight struct{ ID int64 }
		w.Admin.Do("POST", "/projects/INS/insights", map[string]any{"title": "Ten clinics asked", "ideas": []map[string]any{{"idea": "INS-1"}}}).Want(201).Into(&insight)
		id := fmt.Sprint(insight.ID)
		if got := activity(bob, "part=evidence"); got.Insights[id] != "Ten clinics asked" {
			t.Errorf("the insight is not named: %+v", got)
		}
		w.Admin.Do("DELETE", "/insights/"+id, nil).Want(200, 204)
		if raw := string(bob.Do("GET", "/projects/INS/activity", nil).Want(200).Raw); strings.Contains(raw, "Ten clinics") {
			t.Errorf("an insight that was deleted is named: %s", raw)
		}
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		bob.Do("GET", "/projects/INS/activity", nil).Want(404)
		w.Anonymous().Do("GET", "/projects/INS/activity", nil).Want(401)
	})
}

// SIN-33: what a person did, over all projects that the reader may read.
func TestPersonActivity(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Other")
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Claims", "key": "CLA"}).Want(201)
		addIdea(bob, "Faster search", nil)
		bob.Do("POST", "/projects/CLA/ideas", map[string]any{"title": "Slower claims"}).Want(201)
		comment(bob, "CLA-1", "Hear, hear")
		addIdea(eve, "Not Bob's", nil)
		address := fmt.Sprintf("/people/%d/activity", bob.ID)
		of := func(c *cairntest.Client, more string) (keys []string) {
			out := activityOf{}
			c.Do("GET", address+"?"+more, nil).Want(200).Into(&out)
			for _, set := range out.Sets {
				if set.Actor != int64(bob.ID) {
					t.Errorf("not Bob's: %+v", set)
				}
			}
			for _, idea := range out.Ideas {
				keys = append(keys, idea.Key)
			}
			slices.Sort(keys)
			return append(keys, fmt.Sprint(len(out.Sets)))
		}
		if got, want := of(eve, ""), []string{"CLA-1", "INS-1", "3"}; !slices.Equal(got, want) {
			t.Errorf("what Bob did: %v, want %v", got, want)
		}
		if got, want := of(eve, "part=comments"), []string{"CLA-1", "1"}; !slices.Equal(got, want) {
			t.Errorf("what Bob said: %v, want %v", got, want)
		}
		w.Admin.Do("PATCH", "/projects/CLA", map[string]any{"access": "private"}).Want(200)
		if got, want := of(eve, ""), []string{"INS-1", "1"}; !slices.Equal(got, want) {
			t.Errorf("what Eve may know of it: %v, want %v", got, want)
		}
		w.Anonymous().Do("GET", address, nil).Want(401)
		eve.Do("GET", "/people/999999/activity", nil).Want(404)
	})
}

// SIN-32: what an undo would take back and what not, and that looking changes nothing.
func TestUndoPreview(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Other")
		for n := range 3 {
			addIdea(w.Admin, fmt.Sprint("Idea ", n+1), map[string]any{f["Impact"]: 1})
		}
		set := func(c *cairntest.Client, group, key string, impact int) {
			c.With("Cairn-Group", group).Do("PATCH", "/ideas/"+key, map[string]any{"values": map[string]any{f["Impact"]: impact}}).Want(200)
		}
		for _, key := range []string{"INS-1", "INS-2", "INS-3"} {
			set(bob, "g", key, 4)
		}
		set(eve, "later", "INS-2", 5)
		seq, err := st.Seq(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		type change struct {
			ID       int64
			Attr     string
			Old, New any
		}
		var seen struct {
			Changes, Kept int
			Back, Stays   []change
			Ideas         map[string]struct{ Key string }
		}
		bob.Do("GET", "/groups/g/undo", nil).Want(200).Into(&seen)
		key := func(c change) string { return seen.Ideas[fmt.Sprint(c.ID)].Key }
		if seen.Changes != 2 || seen.Kept != 1 || len(seen.Back) != 2 || len(seen.Stays) != 1 {
			t.Fatalf("the preview: %+v", seen)
		}
		if b := seen.Back[0]; key(b) != "INS-3" || b.Attr != f["Impact"] || b.Old != 4.0 || b.New != 1.0 {
			t.Errorf("the first that comes back: %+v", b)
		}
		if s := seen.Stays[0]; key(s) != "INS-2" {
			t.Errorf("what stays: %+v", s)
		}
		if now, err := st.Seq(t.Context()); err != nil || now != seq {
			t.Errorf("looking wrote something: %d, then %d (%v)", seq, now, err)
		}
		eve.Do("GET", "/groups/g/undo", nil).Want(403)
		w.Anonymous().Do("GET", "/groups/g/undo", nil).Want(401)
		bob.Do("GET", "/groups/nothing/undo", nil).Want(404)
		w.Admin.Do("GET", "/groups/g/undo", nil).Want(200)
		done := bob.Do("POST", "/undo", map[string]any{"group": "g"}).Want(200).Map()
		if done["changes"] != 2.0 || done["kept"] != 1.0 {
			t.Errorf("the undo does otherwise than its preview: %v", done)
		}
		// A merge is taken apart.
		group := w.Admin.Do("POST", "/ideas/INS-1/merge", map[string]any{"ideas": []string{"INS-2"}}).Want(200).Map()["group"]
		w.Admin.Do("GET", fmt.Sprint("/groups/", group, "/undo"), nil).Want(200).Into(&seen)
		if seen.Changes != 1 || seen.Kept != 0 || len(seen.Back) != 1 || seen.Back[0].Attr != "mergedInto" {
			t.Errorf("the preview of taking a merge apart: %+v", seen)
		}
		// Insights have their titles.
		said := insight(w.Admin, "INS", map[string]any{"title": "Ten clinics asked", "importance": 2})
		w.Admin.With("Cairn-Group", "again").Do("PATCH", fmt.Sprint("/insights/", said.ID), map[string]any{"importance": 5}).Want(200)
		var named struct{ Insights map[string]string }
		w.Admin.Do("GET", "/groups/again/undo", nil).Want(200).Into(&named)
		if named.Insights[fmt.Sprint(said.ID)] != "Ten clinics asked" {
			t.Errorf("the insight is not named: %+v", named)
		}
	})
}

// SIN-31: of an import its end is told, not how somebody came to it.
func TestActivityOfImport(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		insure(w.Admin)
		var d api.ImportDetail
		stage(w.Admin, "ideas.csv", []byte("Title\nOne\nTwo\n")).Want(201).Into(&d)
		dryRun(w.Admin, d)
		before := activity(w.Admin, "part=project")
		d = commit(t, w, d)
		w.Admin.Do("POST", "/imports/"+d.ID.String()+"/undo", nil).Want(200)
		after := activity(w.Admin, "part=project")
		told := after.Sets[:len(after.Sets)-len(before.Sets)]
		if len(told) != 2 || len(before.Sets) == 0 {
			t.Fatalf("before %+v, after %+v", before.Sets, after.Sets)
		}
		for _, set := range slices.Concat(told, before.Sets) {
			for _, c := range set.Changes {
				if c.Kind == "run" && c.Attr != "state" {
					t.Errorf("told of an import: %+v", c)
				}
			}
		}
	})
}
