package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// TREE-28: a search for a connection field finds what the field may hold, in all
// projects that the searcher may read.
func TestSearchForConnection(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		bob := w.Person("Bob Builder")
		ids := map[string]any{}
		types := map[string]any{}
		for _, key := range []string{"INS", "PUB", "SEC"} {
			access := "open"
			if key == "SEC" {
				access = "private"
			}
			ids[key] = w.Admin.Do("POST", "/projects", map[string]any{"name": key, "key": key, "access": access}).Want(201).Map()["id"]
			types[key] = w.Admin.Do("POST", "/projects/"+key+"/idea-types", map[string]any{"name": "Solution " + key, "color": "blue"}).Want(201).Map()["id"]
			// The ideas that do not fit are better hits.
			for range 25 {
				w.Admin.Do("POST", "/projects/"+key+"/ideas", map[string]any{"title": "Walrus"}).Want(201)
			}
			w.Admin.Do("POST", "/projects/"+key+"/ideas", map[string]any{"title": "The walrus that is a solution", "type": types[key]}).Want(201)
		}
		made := 0
		field := func(project string, rule map[string]any) string {
			made++
			in := map[string]any{"name": fmt.Sprintf("Holds %d", made), "type": "connection", "connection": rule}
			var out struct{ Ref string }
			w.Admin.Do("POST", "/projects/"+project+"/fields", in).Want(201).Into(&out)
			return out.Ref
		}
		found := func(c *cairntest.Client, field string) []string {
			var out struct{ Hits []struct{ Key string } }
			c.Do("GET", "/search?q=walrus&limit=78&field="+field, nil).Want(200).Into(&out)
			var projects []string
			for _, h := range out.Hits {
				project, _, _ := strings.Cut(h.Key, "-")
				projects = append(projects, project)
				if strings.HasSuffix(h.Key, "-26") {
					projects[len(projects)-1] += "!"
				}
			}
			slices.Sort(projects)
			return slices.Compact(projects)
		}
		for _, c := range []struct {
			name       string
			rule       map[string]any
			admin, bob string
		}{
			{"anything", map[string]any{}, "INS INS! PUB PUB! SEC SEC!", "INS INS! PUB PUB!"},
			{"one other project", map[string]any{"projects": []any{ids["PUB"]}}, "PUB PUB!", "PUB PUB!"},
			{"types of two projects", map[string]any{"types": []any{types["INS"], types["SEC"]}}, "INS! SEC!", "INS!"},
			{"a project and a type of another", map[string]any{"projects": []any{ids["PUB"]}, "types": []any{types["INS"]}}, "", ""},
			{"what Bob may not see", map[string]any{"projects": []any{ids["SEC"]}}, "SEC SEC!", ""},
		} {
			f := field("INS", c.rule)
			got := [2]string{strings.Join(found(w.Admin, f), " "), strings.Join(found(bob, f), " ")}
			if got != [2]string{c.admin, c.bob} {
				t.Errorf("%s: found %q, want %q", c.name, got, [2]string{c.admin, c.bob})
			}
		}
		// What does not fit takes no places: the only hits are on a page of one.
		var few struct{ Hits []struct{ Key string } }
		one := field("INS", map[string]any{"types": []any{types["PUB"]}})
		if w.Admin.Do("GET", "/search?q=walrus&limit=1&field="+one, nil).Want(200).Into(&few); len(few.Hits) != 1 || few.Hits[0].Key != "PUB-26" {
			t.Errorf("found %+v", few.Hits)
		}
		hidden := field("SEC", map[string]any{})
		refused(t, bob.Do("GET", "/search?q=walrus&field="+hidden, nil), 422, "no connection field that you may see")
		for _, ref := range []string{"title", "f1", "f999999", "x"} {
			refused(t, w.Admin.Do("GET", "/search?q=walrus&field="+ref, nil), 422, "no connection field")
		}
	})
}
