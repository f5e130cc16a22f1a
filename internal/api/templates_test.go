package api_test

import (
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// TPL-1, TPL-4: every project template makes a project whose views all work, and
// whose sample ideas go in one step and come back.
func TestProjectTemplates(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		var list struct {
			Templates []struct {
				Name    string
				Samples int
			}
		}
		w.Admin.Do("GET", "/templates", nil).Want(200).Into(&list)
		if len(list.Templates) != 5 {
			t.Fatalf("%d templates, want 5", len(list.Templates))
		}
		for i, tmpl := range list.Templates {
			key := "T" + string(rune('A'+i))
			w.Admin.Do("POST", "/projects", map[string]any{"name": tmpl.Name, "key": key, "template": tmpl.Name, "samples": true}).Want(201)
			var page struct {
				Samples []cairn.ID
				Views   []struct {
					ID   cairn.ID
					Name string
				}
			}
			w.Admin.Do("GET", "/projects/"+key, nil).Want(200).Into(&page)
			if len(page.Samples) != tmpl.Samples || len(page.Views) == 0 {
				t.Errorf("%s: %d samples and %d views, want %d samples", tmpl.Name, len(page.Samples), len(page.Views), tmpl.Samples)
			}
			for _, v := range page.Views {
				var res struct {
					Total    int
					Warnings []string
				}
				w.Admin.Do("GET", "/views/"+v.ID.String()+"/result", nil).Want(200).Into(&res)
				if len(res.Warnings) > 0 {
					t.Errorf("%s, %s: %v", tmpl.Name, v.Name, res.Warnings)
				}
				if tmpl.Samples > 0 && res.Total == 0 {
					t.Errorf("%s: no sample idea is in the view %s", tmpl.Name, v.Name)
				}
				w.Admin.Do("PATCH", "/views/"+v.ID.String(), map[string]any{"name": v.Name + "!"}).Want(200) // it is valid
			}
			total := func() int {
				var res struct{ Total int }
				w.Admin.Do("POST", "/projects/"+key+"/query", map[string]any{"query": map[string]any{}}).Want(200).Into(&res)
				return res.Total
			}
			w.Admin.Do("POST", "/projects/"+key+"/ideas", map[string]any{"title": "My own"}).Want(201)
			w.Admin.With("Cairn-Group", "s"+key).Do("DELETE", "/projects/"+key+"/samples", nil).Want(204)
			if n := total(); n != 1 {
				t.Errorf("%s: %d ideas without samples, want my own", tmpl.Name, n)
			}
			if tmpl.Samples == 0 {
				continue
			}
			w.Admin.Do("POST", "/undo", map[string]any{"group": "s" + key}).Want(200)
			if n := total(); n != tmpl.Samples+1 {
				t.Errorf("%s: %d ideas after undo, want %d", tmpl.Name, n, tmpl.Samples+1)
			}
		}
	})
}

// TPL-2, TPL-3: every template of views fits an empty project, where it makes its
// fields, and one that has them, where it makes none; one undo takes all back.
func TestViewTemplates(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		lettered(w, "A")
		count := func() (fields, views int) {
			var page struct{ Fields, Views []any }
			w.Admin.Do("GET", "/projects/INS", nil).Want(200).Into(&page)
			return len(page.Fields), len(page.Views)
		}
		var list struct {
			Templates []struct {
				Name   string
				Fields []struct{ Slot, Found string }
			}
		}
		w.Admin.Do("GET", "/projects/INS/view-templates", nil).Want(200).Into(&list)
		if len(list.Templates) != 8 {
			t.Errorf("%d templates of views, want 8", len(list.Templates))
		}
		apply := func(name, group string) cairn.ID {
			t.Helper()
			var v struct{ ID cairn.ID }
			w.Admin.With("Cairn-Group", group).Do("POST", "/projects/INS/view-templates/"+name, map[string]any{}).Want(201).Into(&v)
			var res struct{ Warnings []string }
			w.Admin.Do("GET", "/views/"+v.ID.String()+"/result", nil).Want(200).Into(&res)
			w.Admin.Do("PATCH", "/views/"+v.ID.String(), map[string]any{"icon": "star"}).Want(200)
			return v.ID
		}
		for _, tmpl := range list.Templates {
			apply(tmpl.Name, "one "+tmpl.Name)
			before, _ := count()
			apply(tmpl.Name, "two "+tmpl.Name)
			if after, _ := count(); after != before {
				t.Errorf("%s made %d fields that were there", tmpl.Name, after-before)
			}
		}
		bare := func(name string) {
			t.Helper()
			f, v := count()
			w.Admin.With("Cairn-Group", "extra").Do("POST", "/projects/INS/view-templates/"+name, map[string]any{"fields": map[string]any{"reach": "", "rice": ""}}).Want(201)
			if f2, v2 := count(); f2 != f+2 || v2 != v+1 {
				t.Errorf("%d fields and %d views more, want 2 and 1", f2-f, v2-v)
			}
			w.Admin.Do("POST", "/undo", map[string]any{"group": "extra"}).Want(200)
			if f2, v2 := count(); f2 != f || v2 != v {
				t.Errorf("undo left %d fields and %d views", f2-f, v2-v)
			}
		}
		bare("rice")
		refused(t, w.Admin.Do("POST", "/projects/INS/view-templates/none", map[string]any{}), 404, "template")
		refused(t, w.Admin.Do("POST", "/projects/INS/view-templates/moscow", map[string]any{"fields": map[string]any{"owner": "f999999"}}), 422, "no field")
		// Editors may use what is there, but not make fields; contributors may not make views.
		bob := w.Person("Bob Builder")
		bob.Do("POST", "/projects/INS/view-templates/moscow", map[string]any{}).Want(201)
		bob.Do("POST", "/projects/INS/view-templates/moscow", map[string]any{"fields": map[string]any{"moscow": ""}}).Want(403)
		bob.Do("DELETE", "/projects/INS/samples", nil).Want(403)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
		bob.Do("POST", "/projects/INS/view-templates/moscow", map[string]any{}).Want(403)
		bob.Do("GET", "/projects/INS/view-templates", nil).Want(200)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		bob.Do("GET", "/projects/INS/view-templates", nil).Want(404)
		bob.Do("DELETE", "/projects/INS/samples", nil).Want(404)
	})
}
