package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// addType makes a type of ideas in INS and returns its id.
func addType(c *cairntest.Client, name string, more map[string]any) string {
	body := map[string]any{"name": name}
	for k, v := range more {
		body[k] = v
	}
	return fmt.Sprint(c.Do("POST", "/projects/INS/idea-types", body).Want(201).Map()["id"])
}

// typesOf lists a project's types with how many ideas have each.
func typesOf(c *cairntest.Client) string {
	var out struct {
		Types []struct {
			Name  string
			Ideas int
		}
	}
	c.Do("GET", "/projects/INS/idea-types", nil).Want(200).Into(&out)
	parts := make([]string, len(out.Types))
	for i, t := range out.Types {
		parts[i] = fmt.Sprint(t.Name, " ", t.Ideas)
	}
	return strings.Join(parts, ", ")
}

// family writes the keys above and below an idea.
func family(c *cairntest.Client, idea string) string {
	var out struct{ Ancestors, Children []struct{ Key string } }
	c.Do("GET", "/ideas/"+idea+"/family", nil).Want(200).Into(&out)
	var parts []string
	for _, a := range out.Ancestors {
		parts = append(parts, a.Key)
	}
	parts = append(parts, "["+idea+"]")
	for _, a := range out.Children {
		parts = append(parts, a.Key)
	}
	return strings.Join(parts, " ")
}

func wantFamily(t *testing.T, c *cairntest.Client, idea, want string) {
	t.Helper()
	if got := family(c, idea); got != want {
		t.Errorf("around %s stand %q; want %q", idea, got, want)
	}
}

func setParent(c *cairntest.Client, idea string, parent any) *cairntest.Answer {
	return c.Do("PATCH", "/ideas/"+idea, map[string]any{"parent": parent})
}

// TREE-1, TREE-2, TREE-3, TREE-4.
func TestIdeaTypes(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob := w.Person("Bob Builder") // an editor in an open project
		opportunity := addType(w.Admin, "Opportunity", map[string]any{"root": true, "icon": "compass", "color": "amber", "template": "## Who has the problem?"})
		solution := addType(w.Admin, "Solution", nil)
		for _, bad := range []map[string]any{
			{"name": " opportunity "}, {"name": ""}, {"name": "X", "color": "mauve"}, {"name": "X", "icon": "unicorn"}, {"name": "a{b}"},
		} {
			w.Admin.Do("POST", "/projects/INS/idea-types", bad).Want(409, 422)
		}
		made := bob.Do("POST", "/projects/INS/ideas", map[string]any{"title": "One", "type": json.Number(opportunity)}).Want(201).Map()
		if made["description"] != "## Who has the problem?" {
			t.Errorf("the template did not fill the description: %v", made["description"])
		}
		own := bob.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Two", "description": "Mine", "type": json.Number(opportunity)}).Want(201).Map()
		if own["description"] != "Mine" {
			t.Errorf("the template replaced a description: %v", own["description"])
		}
		bob.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Three", "type": 999999}).Want(422)
		bob.Do("PATCH", "/ideas/INS-2", map[string]any{"type": json.Number(solution)}).Want(200)
		bob.Do("PATCH", "/ideas/INS-2", map[string]any{"type": 999999}).Want(422)
		if got := typesOf(bob); got != "Opportunity 1, Solution 1" {
			t.Errorf("the types are %s", got)
		}
		groups := bob.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{"group": []any{map[string]any{"field": "type"}}}, "columns": []string{"type"}}).Want(200)
		if s := string(groups.Raw); !strings.Contains(s, `"label":"Opportunity"`) || !strings.Contains(s, `"label":"Solution"`) {
			t.Errorf("grouping by type gives %s", s)
		}

		// Who may not administer the project may not change its types.
		bob.Do("POST", "/projects/INS/idea-types", map[string]any{"name": "Mine"}).Want(403)
		bob.Do("PATCH", "/idea-types/"+solution, map[string]any{"name": "Mine"}).Want(403)
		bob.Do("DELETE", "/idea-types/"+solution, nil).Want(403)
		w.Anonymous().Do("GET", "/projects/INS/idea-types", nil).Want(401)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		bob.Do("GET", "/projects/INS/idea-types", nil).Want(404)
		bob.Do("PATCH", "/idea-types/"+solution, map[string]any{"name": "Mine"}).Want(404)
		bob.Do("DELETE", "/idea-types/"+solution, nil).Want(404)
		bob.Do("GET", "/ideas/INS-1/family", nil).Want(404)
		bob.Do("POST", "/projects/INS/mentions", map[string]any{"ids": []int{1}}).Want(404)

		// Changing, and the version last seen.
		changed := w.Admin.Do("PATCH", "/idea-types/"+solution, map[string]any{"name": "Fix", "position": 0.5}).Want(200).Map()
		w.Admin.Do("PATCH", "/idea-types/"+solution, map[string]any{"name": "Late", "version": changed["version"].(float64) - 1}).Want(409)
		w.Admin.Do("PATCH", "/idea-types/"+solution, map[string]any{"name": "opportunity"}).Want(409)
		if got := typesOf(w.Admin); got != "Fix 1, Opportunity 1" {
			t.Errorf("the types are %s", got)
		}
		// Deleting maps or clears, and says how many; undo brings both back.
		w.Admin.Do("DELETE", "/idea-types/"+solution+"?to="+solution, nil).Want(422)
		gone := w.Admin.With("Cairn-Group", "map").Do("DELETE", "/idea-types/"+solution+"?to="+opportunity, nil).Want(200).Map()
		if got := typesOf(w.Admin); got != "Opportunity 2" || gone["changed"] != 1.0 {
			t.Errorf("after mapping the types are %s, %v changed", got, gone)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "map"}).Want(200)
		w.Admin.With("Cairn-Group", "clear").Do("DELETE", "/idea-types/"+opportunity, nil).Want(200)
		if got := typesOf(w.Admin); got != "Fix 1" {
			t.Errorf("after clearing the types are %s", got)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "clear"}).Want(200)
		if got := typesOf(w.Admin); got != "Fix 1, Opportunity 1" {
			t.Errorf("after undo the types are %s", got)
		}
		checkStore(t, st)
	})
}

// TREE-10, TREE-11, TREE-20, TREE-21.
func TestParents(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH"}).Want(201)
		id := map[string]any{}
		for i := range 5 {
			id[fmt.Sprint("INS-", i+1)] = addIdea(w.Admin, fmt.Sprint("Idea ", i+1), nil)["id"]
		}
		id["OTH-1"] = w.Admin.Do("POST", "/projects/OTH/ideas", map[string]any{"title": "Elsewhere"}).Want(201).Map()["id"]
		setParent(w.Admin, "INS-2", id["INS-1"]).Want(200)
		setParent(w.Admin, "INS-3", id["INS-2"]).Want(200)
		setParent(w.Admin, "INS-4", id["INS-2"]).Want(200)
		wantFamily(t, w.Admin, "INS-2", "INS-1 [INS-2] INS-3 INS-4")
		wantFamily(t, w.Admin, "INS-4", "INS-1 INS-2 [INS-4]")

		// Never below itself, and the refusal names the path.
		refused := setParent(w.Admin, "INS-1", id["INS-3"]).Want(422)
		if !strings.Contains(string(refused.Raw), "INS-1 → INS-3 → INS-2 → INS-1") {
			t.Errorf("the refusal is %s", refused.Raw)
		}
		setParent(w.Admin, "INS-1", id["INS-1"]).Want(422)
		setParent(w.Admin, "INS-1", id["OTH-1"]).Want(422)
		setParent(w.Admin, "INS-1", 999999).Want(422)
		// Several at once: all or none.
		w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{"ids": []any{id["INS-5"], id["INS-1"]}, "patch": map[string]any{"parent": id["INS-3"]}}).Want(422)
		wantFamily(t, w.Admin, "INS-3", "INS-1 INS-2 [INS-3]")
		// An idea is made in its place.
		w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Below", "parent": id["INS-4"]}).Want(201)
		wantFamily(t, w.Admin, "INS-4", "INS-1 INS-2 [INS-4] INS-6")
		w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Below", "parent": id["OTH-1"]}).Want(422)

		// What an undo would close is kept.
		setParent(w.Admin.With("Cairn-Group", "away"), "INS-2", 0).Want(200)
		setParent(w.Admin, "INS-1", id["INS-4"]).Want(200)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "away"}).Want(409)
		wantFamily(t, w.Admin, "INS-1", "INS-2 INS-4 [INS-1]")
		setParent(w.Admin, "INS-1", 0).Want(200)
		setParent(w.Admin, "INS-2", id["INS-1"]).Want(200)

		// A deleted idea's children go up one, and come back with it.
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/ideas/INS-2", nil).Want(204)
		wantFamily(t, w.Admin, "INS-1", "[INS-1] INS-3 INS-4")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		wantFamily(t, w.Admin, "INS-2", "INS-1 [INS-2] INS-3 INS-4")
		// Archived ones keep their place.
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"archived": true}).Want(200)
		wantFamily(t, w.Admin, "INS-4", "INS-1 INS-2 [INS-4] INS-6")
		// One attribute is restored by itself, through the same checks.
		hist := w.Admin.Do("GET", "/ideas/INS-4/history", nil).Want(200)
		var sets struct{ Sets []cairn.ChangeSet }
		hist.Into(&sets)
		w.Admin.Do("POST", "/ideas/INS-4/restore", map[string]any{"seq": sets.Sets[0].Seq, "attr": "parent"}).Want(200)
		checkStore(t, st)
	})
}

// TREE-10: who may move ideas in the tree.
func TestParentRights(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	kind := addType(w.Admin, "Solution", nil)
	one, _ := addIdea(w.Admin, "One", nil), addIdea(w.Admin, "Two", nil)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
	bob := w.Person("Bob Contributor")
	setParent(bob, "INS-2", one["id"]).Want(403)
	bob.Do("PATCH", "/ideas/INS-2", map[string]any{"type": json.Number(kind)}).Want(403)
	bob.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Below", "parent": one["id"], "type": json.Number(kind)}).Want(201)
	wantFamily(t, bob, "INS-1", "[INS-1] INS-3")
}

// TREE-12: the tree has a bottom.
func TestTreeDepth(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	var above any
	for i := range cairn.MaxTreeDepth {
		body := map[string]any{"title": fmt.Sprint("Level ", i+1)}
		if above != nil {
			body["parent"] = above
		}
		above = w.Admin.Do("POST", "/projects/INS/ideas", body).Want(201).Map()["id"]
	}
	w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Too deep", "parent": above}).Want(422)
	top := addIdea(w.Admin, "On top", nil)
	setParent(w.Admin, "INS-1", top["id"]).Want(422)
}

// TREE-25, TREE-26, TREE-27.
func TestConnections(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Secret", "key": "SEC", "access": "private"}).Want(201)
		one, two := addIdea(w.Admin, "One", nil), addIdea(w.Admin, "Two", nil)
		far := w.Admin.Do("POST", "/projects/SEC/ideas", map[string]any{"title": "Hidden title"}).Want(201).Map()
		field := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Backed by", "type": "connection"}).Want(201).Map()
		ref := fmt.Sprint(field["ref"])
		put := func(c *cairntest.Client, ids ...any) *cairntest.Answer {
			return c.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{ref: ids}})
		}
		bob := w.Person("Bob Builder")
		put(bob, two["id"], far["id"]).Want(422) // he cannot read it, so it does not exist
		put(w.Admin, two["id"], far["id"]).Want(200)
		put(w.Admin, one["id"]).Want(422)
		put(w.Admin, 999999).Want(422)
		put(bob, far["id"]).Want(200) // it was there already
		put(bob, far["id"], two["id"]).Want(200)

		ask := func(c *cairntest.Client) string {
			return string(c.Do("POST", "/projects/INS/query", map[string]any{
				"query":   map[string]any{"filter": map[string]any{"field": ref, "op": "any_of", "value": []any{far["id"]}}},
				"columns": []string{"title", ref},
			}).Want(200).Raw)
		}
		for name, c := range map[string]*cairntest.Client{"admin": w.Admin, "bob": bob} {
			got := ask(c)
			if !strings.Contains(got, `"title":"Two"`) || !strings.Contains(got, `"total":1`) {
				t.Errorf("%s gets %s", name, got)
			}
			if seen := strings.Contains(got, "Hidden title") || strings.Contains(got, "SEC-1"); seen != (name == "admin") {
				t.Errorf("%s gets %s", name, got)
			}
			if name == "bob" && !strings.Contains(got, `{"hidden":true}`) {
				t.Errorf("bob does not learn that there is one: %s", got)
			}
		}
		for _, path := range []string{"/ideas/INS-1/family", "/ideas/INS-1"} {
			if raw := string(bob.Do("GET", path, nil).Want(200).Raw); strings.Contains(raw, "Hidden title") {
				t.Errorf("%s tells bob %s", path, raw)
			}
		}
		// Counted in formulas.
		count := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Backers", "type": "formula", "formula": map[string]any{"kind": "expression", "expression": "count({Backed by})"}}).Want(201).Map()
		cell := w.Admin.Do("GET", "/ideas/INS-1", nil).Want(200).Map()["computed"].(map[string]any)[fmt.Sprint(count["ref"])]
		if cell != 2.0 {
			t.Errorf("the formula counts %v connections", cell)
		}
		// Narrowed to a project, and no field becomes one.
		narrow := map[string]any{"connection": map[string]any{"projects": []any{field["id"]}}}
		w.Admin.Do("PATCH", "/fields/"+fmt.Sprint(field["id"]), narrow).Want(200)
		put(w.Admin, far["id"]).Want(200)
		put(w.Admin, far["id"], two["id"]).Want(422)
		impact := fieldRefs(t, w.Admin, "INS")["Impact"]
		w.Admin.Do("POST", "/fields/"+strings.TrimPrefix(impact, "f")+"/retype", map[string]any{"type": "connection"}).Want(422)
		w.Admin.Do("POST", "/fields/"+fmt.Sprint(field["id"])+"/retype", map[string]any{"type": "labels"}).Want(200)
		labels := w.Admin.Do("GET", "/ideas/INS-1", nil).Want(200).Map()["values"].(map[string]any)[ref]
		if fmt.Sprint(labels) != "[SEC-1]" {
			t.Errorf("as labels the connections are %v", labels)
		}
	})
}

// FML-93, FML-96: a formula that sums itself up, saved, checked and explained.
func TestChildrenFormula(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	refs := project(t, w)
	formula := map[string]any{"kind": "expression", "expression": "{Effort} + sum(children.{All work})"}
	check := w.Admin.Do("POST", "/projects/INS/formula", map[string]any{"name": "All work", "formula": formula}).Want(200).Map()
	if check["ok"] != true {
		t.Fatalf("the formula is refused: %v", check)
	}
	made := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "All work", "type": "formula", "formula": formula}).Want(201).Map()
	ref := fmt.Sprint(made["ref"])
	top := addIdea(w.Admin, "Top", map[string]any{refs["Effort"]: 1})
	for i := range 2 {
		w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": fmt.Sprint("Child ", i), "parent": top["id"], "values": map[string]any{refs["Effort"]: i + 2}}).Want(201)
	}
	value := func() any {
		return w.Admin.Do("GET", "/ideas/INS-1", nil).Want(200).Map()["computed"].(map[string]any)[ref]
	}
	if v := value(); v != 6.0 {
		t.Errorf("the work of all is %v", v)
	}
	explained := string(w.Admin.Do("GET", "/ideas/INS-1/explain/"+ref, nil).Want(200).Raw)
	for _, want := range []string{"Sum of the children's All work", `"label":"Child 0"`, `"label":"Child 1"`} {
		if !strings.Contains(explained, want) {
			t.Errorf("the explanation lacks %q: %s", want, explained)
		}
	}
	// Renaming keeps it; another circle is refused with its path.
	w.Admin.Do("PATCH", "/fields/"+strings.TrimPrefix(ref, "f"), map[string]any{"name": "Total"}).Want(200)
	if v := value(); v != 6.0 {
		t.Errorf("after renaming the work of all is %v", v)
	}
	other := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Twice", "type": "formula", "formula": map[string]any{"kind": "expression", "expression": "2 * {Total}"}}).Want(201).Map()
	_ = other
	circle := w.Admin.Do("PATCH", "/fields/"+strings.TrimPrefix(ref, "f"), map[string]any{"formula": map[string]any{"kind": "expression", "expression": "sum(children.{Twice})"}}).Want(422)
	if !strings.Contains(string(circle.Raw), "Total uses Twice, which uses Total") {
		t.Errorf("the refusal is %s", circle.Raw)
	}
}

// TREE-35: the shape is told once.
func TestTreeAnswer(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	top := addIdea(w.Admin, "Top", nil)
	w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Child", "parent": top["id"]}).Want(201)
	ask := func(shape string) (out struct {
		Tree struct {
			Shape  string
			IDs    []cairn.ID
			Depths []int
		}
	}) {
		w.Admin.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{"tree": true}, "shape": shape}).Want(200).Into(&out)
		return out
	}
	first := ask("")
	if fmt.Sprint(first.Tree.Depths) != "[0 1]" || first.Tree.Shape == "" {
		t.Fatalf("the tree is %+v", first.Tree)
	}
	if again := ask(first.Tree.Shape); again.Tree.IDs != nil || again.Tree.Shape != first.Tree.Shape {
		t.Errorf("a known shape is told again: %+v", again.Tree)
	}
	setParent(w.Admin, "INS-2", 0).Want(200)
	if moved := ask(first.Tree.Shape); fmt.Sprint(moved.Tree.Depths) != "[0 0]" {
		t.Errorf("after a move the tree is %+v", moved.Tree)
	}
}
