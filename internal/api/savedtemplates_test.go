package api_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// form writes what a project is made of by names: its fields with options and
// shown formulas, types of ideas, sections, and views with the names of the
// fields that they show and what their results warn of.
func form(t *testing.T, c *cairntest.Client, key string) map[string]any {
	t.Helper()
	var page struct {
		Access string
		Fields []struct {
			ID cairn.ID
			cairn.Field
		}
		Types    []cairn.IdeaType
		Sections []struct {
			ID cairn.ID
			cairn.Section
		}
		Views []struct {
			ID cairn.ID
			cairn.View
		}
	}
	c.Do("GET", "/projects/"+key, nil).Want(200).Into(&page)
	inBraces := regexp.MustCompile(`\{f\d+\}`)
	fields, sections := make(map[cairn.Ref]string), make(map[cairn.ID]string)
	for _, f := range page.Fields {
		fields[cairn.FieldRef(f.ID)] = f.Name
	}
	for _, s := range page.Sections {
		sections[s.ID] = s.Name
	}
	out := map[string]any{"types": page.Types, "access": page.Access}
	for _, f := range page.Fields {
		var options []string
		for _, o := range f.Options {
			options = append(options, o.Name+o.Color)
		}
		expression := ""
		if f.Formula != nil {
			expression = f.Formula.Expression
			for _, in := range f.Formula.Inputs {
				expression += fields[in.Field]
			}
		}
		out["field "+f.Name] = []any{f.Type, f.Position, f.Pinned, f.Hidden, f.Description, options, expression, f.Votes, f.Number}
	}
	for _, s := range page.Sections {
		out["section "+s.Name] = []any{s.Position, sections[s.Parent]}
	}
	for _, v := range page.Views {
		var columns []string
		for _, col := range v.Columns {
			name := fields[col.Field]
			if _, custom := col.Field.FieldID(); custom && name == "" {
				t.Errorf("%s, %s: there is no field %s", key, v.Name, col.Field)
			}
			columns = append(columns, name)
		}
		var res struct{ Warnings []string }
		c.Do("GET", "/views/"+v.ID.String()+"/result", nil).Want(200).Into(&res)
		if len(res.Warnings) > 0 {
			t.Errorf("%s, %s: %v", key, v.Name, res.Warnings)
		}
		where := inBraces.ReplaceAllStringFunc(v.Query.Where, func(ref string) string { return fields[cairn.Ref(ref[1:len(ref)-1])] })
		out["view "+v.Name] = []any{v.Kind, v.Position, sections[v.Section], v.Locked, v.Autosave, v.Icon, v.Description, columns, where, len(v.Colors)}
	}
	return out
}

// TPL-6: a project saved as a template makes projects of the same form, without
// its ideas, on either database and after an archive was restored.
func TestSavedTemplate(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		if _, err := w.App.LoadDemo(t.Context()); err != nil {
			t.Fatal(err)
		}
		key := "TIDE"
		for _, p := range w.App.Directory().Projects() {
			key = p.Key
		}
		var page struct {
			Views []struct{ ID cairn.ID }
		}
		w.Admin.Do("GET", "/projects/"+key, nil).Want(200).Into(&page)
		var section struct{ ID cairn.ID }
		w.Admin.Do("POST", "/projects/"+key+"/sections", map[string]any{"name": "Set aside"}).Want(201).Into(&section)
		w.Admin.Do("PATCH", "/views/"+page.Views[0].ID.String(), map[string]any{"section": section.ID, "locked": true}).Want(200)
		want := form(t, w.Admin, key)

		var made struct {
			ID          cairn.ID
			Name, Label string
			Views       []string
		}
		body := map[string]any{"name": " Our  discovery ", "description": "As we do it"}
		w.Admin.Do("POST", "/projects/"+key+"/template", body).Want(201).Into(&made)
		if made.Label != "Our discovery" || made.ID == 0 || len(made.Views) != len(page.Views) {
			t.Errorf("saved as %+v", made)
		}
		refused(t, w.Admin.Do("POST", "/projects/"+key+"/template", map[string]any{"name": "our DISCOVERY"}), 422, "already")
		refused(t, w.Admin.Do("POST", "/projects/"+key+"/template", map[string]any{"name": "Roadmap"}), 422, "of its own")
		refused(t, w.Admin.Do("POST", "/projects/"+key+"/template", map[string]any{"name": " "}), 422, "needs a name")

		check := func(c *cairntest.Client, as, template string) {
			t.Helper()
			c.Do("POST", "/projects", map[string]any{"name": "New", "key": as, "template": template, "samples": true}).Want(201)
			if got := form(t, c, as); !reflect.DeepEqual(got, want) {
				for name := range want {
					if !reflect.DeepEqual(got[name], want[name]) {
						t.Errorf("%s: %s is\n%v\nwant\n%v", as, name, got[name], want[name])
					}
				}
				t.Errorf("%s: %d parts, want %d", as, len(got), len(want))
			}
			var res struct{ Total int }
			c.Do("POST", "/projects/"+as+"/query", map[string]any{"query": map[string]any{"archived": "all"}}).Want(200).Into(&res)
			if res.Total != 0 {
				t.Errorf("%s begins with %d ideas", as, res.Total)
			}
			c.Do("POST", "/projects/"+as+"/ideas", map[string]any{"title": "First"}).Want(201)
		}
		check(w.Admin, "NEWA", made.Name)
		check(w.Admin, "NEWB", "Our Discovery")
		// What is made from the template is its own: the old project may change and go.
		w.Admin.Do("DELETE", "/projects/"+key, nil).Want(204)
		check(w.Admin, "NEWC", made.Name)

		// The archive has it; there it makes the same.
		var file bytes.Buffer
		if err := st.(store.Keeper).Archive(t.Context(), &file, store.ArchiveOptions{}); err != nil {
			t.Fatal(err)
		}
		other := cairntest.SQLite(t)
		if err := other.(store.Keeper).Restore(t.Context(), &file, store.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		e, err := other.Entity(t.Context(), made.ID)
		if err != nil || e.Kind != cairn.KindTemplate {
			t.Fatalf("the restored template: %v, %v", e.Kind, err)
		}
		kept, err := st.Entity(t.Context(), made.ID)
		if err != nil || !reflect.DeepEqual(e, kept) {
			t.Errorf("the restored template is not the one that was saved (%v)", err)
		}
		if !json.Valid([]byte(e.Text)) || regexp.MustCompile(`"ideas?"`).MatchString(e.Text) {
			t.Errorf("a template holds %s", e.Text)
		}
	})
}

// TPL-8: who may save, see and delete templates, and who may not.
func TestTemplateRights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		lettered(w, "A")
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		save := func(c *cairntest.Client, name string) *cairntest.Answer {
			return c.Do("POST", "/projects/INS/template", map[string]any{"name": name})
		}
		// An editor may not; an admin of the project may, whoever else they are.
		save(bob, "Mine").Want(403)
		bob.Do("POST", "/projects", map[string]any{"name": "Bob's", "key": "BOB", "access": "private"}).Want(201)
		var made struct {
			ID   cairn.ID
			Name string
		}
		bob.Do("POST", "/projects/BOB/template", map[string]any{"name": "Bob's way"}).Want(201).Into(&made)
		cy.Do("POST", "/projects/BOB/template", map[string]any{"name": "Not mine"}).Want(404)
		w.Anonymous().Do("POST", "/projects/BOB/template", map[string]any{"name": "Nobody's"}).Want(401)
		w.Anonymous().Do("GET", "/templates", nil).Want(401)

		// Everybody sees and uses it; the new project is as closed as the old one.
		var list struct {
			Templates []struct{ Label, Access string }
		}
		cy.Do("GET", "/templates", nil).Want(200).Into(&list)
		if last := list.Templates[len(list.Templates)-1]; last.Label != "Bob's way" || last.Access != "private" {
			t.Errorf("the last template is %+v", last)
		}
		cy.Do("POST", "/projects", map[string]any{"name": "Cy's", "key": "CY", "template": made.Name}).Want(201)
		bob.Do("GET", "/projects/CY", nil).Want(404)

		// Only administrators of the workspace delete it, and only templates.
		bob.Do("DELETE", "/templates/"+made.ID.String(), nil).Want(403)
		w.Anonymous().Do("DELETE", "/templates/"+made.ID.String(), nil).Want(401)
		p, _ := w.App.Directory().ProjectByKey("BOB")
		w.Admin.Do("DELETE", "/templates/"+p.ID.String(), nil).Want(404)
		w.Admin.Do("DELETE", "/templates/"+made.ID.String(), nil).Want(204)
		w.Admin.Do("DELETE", "/templates/"+made.ID.String(), nil).Want(404)
		refused(t, cy.Do("POST", "/projects", map[string]any{"name": "Late", "key": "LATE", "template": made.Name}), 422, "is not a template")
		cy.Do("GET", "/projects/CY", nil).Want(200)
		bob.Do("POST", "/projects/BOB/template", map[string]any{"name": "Bob's way"}).Want(201) // the name is free
	})
}
