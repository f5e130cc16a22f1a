package app_test

import (
	"slices"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// TestImportMappings: what a mapping may not say, and what it changes.
func TestImportMappings(t *testing.T) {
	w := newImporting(t, cairntest.SQLite(t))
	score, err := w.app.CreateField(t.Context(), w.by, w.project, cairn.Field{
		Name: "Score", Type: cairn.TypeFormula, Formula: &cairn.Formula{Kind: cairn.FormulaExpression, Expression: "1 + 1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.app.CreateField(t.Context(), w.by, w.project, cairn.Field{Name: "Team", Type: cairn.TypeRating}); err != nil {
		t.Fatal(err)
	}
	d := w.stage("backlog.csv", backlog)
	if c := mappedTo(d, "Team"); c.Target != cairn.MapNew || c.Name != "Team (imported)" {
		t.Errorf("a column whose name belongs to a field of another type: %+v", c)
	}
	type columns = []cairn.MappedColumn
	for want, m := range map[string]cairn.Mapping{
		`no column "Costs"`:   {Columns: columns{{Column: "Costs", Target: cairn.MapIgnore}}},
		"mapped twice":        {Columns: columns{{Column: "Team", Target: cairn.MapIgnore}, {Column: "Team", Target: cairn.MapTitle}}},
		"both go to Title":    {Columns: columns{{Column: "Team", Target: cairn.MapTitle}, {Column: "Owner", Target: cairn.MapTitle}}},
		"not a target":        {Columns: columns{{Column: "Team", Target: "nowhere"}}},
		"choose which":        {Columns: columns{{Column: "Team", Target: cairn.MapField}}},
		"not in the project":  {Columns: columns{{Column: "Team", Target: cairn.MapField, Field: 99999}}},
		"no field \"Nope\"":   {Columns: columns{{Column: "Team", Target: cairn.MapField, Name: "Nope"}}},
		"computed":            {Columns: columns{{Column: "Team", Target: cairn.MapField, Field: score.ID}}},
		"of another type":     {Columns: columns{{Column: "Effort", Target: cairn.MapNew, Name: "team", Type: cairn.TypeNumber}}},
		"holds one value":     {Columns: columns{{Column: "Effort", Target: cairn.MapNew, Name: "X", Type: cairn.TypeNumber}, {Column: "Owner", Target: cairn.MapNew, Name: "x", Type: cairn.TypeNumber}}},
		"needs a name":        {Columns: columns{{Column: "Team", Target: cairn.MapNew, Type: cairn.TypeNumber}}},
		"cannot be of type":   {Columns: columns{{Column: "Team", Target: cairn.MapNew, Name: "X", Type: cairn.TypeFormula}}},
		"goes to the title":   {Columns: columns{{Column: "Title", Target: cairn.MapIgnore}}},
		"placeholder or skip": {People: "clone"},
		"not a time zone":     {Options: cairn.ReadOptions{TimeZone: "Mars/Olympus"}},
		"dmy or mdy":          {Options: cairn.ReadOptions{DateOrder: "ymd"}},
		"There is no format":  {Format: "xml"},
	} {
		_, err := w.app.MapImport(t.Context(), w.by, d.ID, m)
		if cairn.CodeOf(err) != cairn.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	// A single place that is given away leaves its column out.
	d = w.mapped(d.ID, cairn.MappedColumn{Column: "Team", Target: cairn.MapTitle})
	if c := mappedTo(d, "Title"); c.Target != cairn.MapIgnore {
		t.Errorf("the former title goes to %s", c.Target)
	}
	// Another identity looks at the file anew.
	d = w.mapped(d.ID, cairn.MappedColumn{Column: "Title", Target: cairn.MapExternalID}, cairn.MappedColumn{Column: "Owner", Target: cairn.MapTitle})
	if d.Survey.Identity.Column != "Title" {
		t.Errorf("the identity is %+v", d.Survey.Identity)
	}
	// Other options, too: without a header, the first row is data.
	opts := d.Mapping.Options
	opts.HeaderRow = -1
	d, err = w.app.MapImport(t.Context(), w.by, d.ID, cairn.Mapping{Options: opts})
	if err != nil || d.Survey.Rows != 4 {
		t.Errorf("without a header: %d rows, %v", d.Survey.Rows, err)
	}
}

func mappedTo(d app.ImportDetail, column string) cairn.MappedColumn {
	i := slices.IndexFunc(d.Mapping.Columns, func(c cairn.MappedColumn) bool { return c.Column == column })
	if i < 0 {
		return cairn.MappedColumn{}
	}
	return d.Mapping.Columns[i]
}

// TestSavedMapping: IMP-74.
func TestSavedMapping(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := newImporting(t, st)
		d := w.mapped(w.stage("backlog.csv", backlog).ID, cairn.MappedColumn{Column: "Team", Target: cairn.MapNew, Name: "Crew", Type: cairn.TypeLabels})
		m := d.Mapping
		m.Name = " Weekly  list "
		for range 2 { // the second replaces the first
			saved, err := w.app.SaveMapping(t.Context(), w.by, w.project, m)
			if err != nil || saved.Name != "Weekly list" {
				t.Fatalf("%q: %v", saved.Name, err)
			}
		}
		list, err := w.app.SavedMappings(t.Context(), w.by, w.project)
		if err != nil || len(list) != 1 {
			t.Fatalf("%d saved mappings: %v", len(list), err)
		}
		if c := mappedTo(w.stage("other.csv", backlog), "Team"); c.Name != "Crew" || c.Type != cairn.TypeLabels {
			t.Errorf("a file with the same columns maps Team to %+v", c)
		}
		if c := mappedTo(w.stage("third.csv", "Title,Team\nOne,Red\n"), "Team"); c.Name == "Crew" {
			t.Errorf("a file with other columns maps Team to %+v", c)
		}
		if err := w.app.DeleteMapping(t.Context(), w.by, w.project, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if c := mappedTo(w.stage("other.csv", backlog), "Team"); c.Name == "Crew" {
			t.Errorf("after the mapping was deleted, Team goes to %+v", c)
		}
	})
}

// TestImportPeople: IMP-79.
func TestImportPeople(t *testing.T) {
	w := newImporting(t, cairntest.SQLite(t))
	ada, err := w.app.AddUser(t.Context(), w.by, app.NewUser{Name: "Ada L.", Email: "ada@example.com", Password: cairntest.Password})
	if err != nil {
		t.Fatal(err)
	}
	const file = "Title,Owner\nOne,Ada Lovelace <ADA@example.com>\nTwo,ada l.\nThree,Bob\n"
	d := w.stage("people.csv", file)
	d, err = w.app.MapImport(t.Context(), w.by, d.ID, cairn.Mapping{People: cairn.PeopleSkip, Columns: []cairn.MappedColumn{{Column: "Owner", Target: cairn.MapNew, Name: "Owner", Type: cairn.TypePerson}}})
	if err != nil {
		t.Fatal(err)
	}
	d = w.commit(d.ID)
	if c := d.Counts; c.Refused != 1 || c.People != 0 || !strings.Contains(d.Result.Problems[0].Reason, `"Bob"`) {
		t.Errorf("unknown people skipped: %+v, %+v", c, d.Result.Problems)
	}
	for _, title := range []string{"One", "Two"} {
		if raw := w.idea(title).Attrs[string(w.field("Owner").Ref())]; string(raw) != ada.ID.String() {
			t.Errorf("the owner of %s is %s, want %d", title, raw, ada.ID)
		}
	}
	d = w.stage("people.csv", file)
	if d.Mapping.People != cairn.PeopleSkip {
		t.Errorf("the same file begins with the policy %q", d.Mapping.People)
	}
	if _, err := w.app.MapImport(t.Context(), w.by, d.ID, cairn.Mapping{People: cairn.PeoplePlaceholder}); err != nil {
		t.Fatal(err)
	}
	d = w.commit(d.ID)
	if c := d.Counts; c.People != 1 || c.Updated != 1 || w.value("Three", "Owner") != "Bob" {
		t.Errorf("unknown people added: %+v", c)
	}
	bob := w.app.Directory().Users()
	if i := slices.IndexFunc(bob, func(u cairn.User) bool { return u.Name == "Bob" && u.Placeholder }); i < 0 {
		t.Errorf("Bob is no placeholder: %+v", bob)
	}
}
