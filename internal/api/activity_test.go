package api_test

import (
	"fmt"
	"strings"
	"testing"

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
	Ideas map[string]struct{ Key, Title string }
	Next  int64
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
		bob.Do("GET", "/projects/INS/activity", nil).Want(200)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		bob.Do("GET", "/projects/INS/activity", nil).Want(404)
		w.Anonymous().Do("GET", "/projects/INS/activity", nil).Want(401)
	})
}
