package app_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// importing is a Cairn with one project to import into.
type importing struct {
	t       *testing.T
	store   store.Store
	app     *app.App
	by      app.Caller
	project cairn.ID
}

// newImporting starts a Cairn with an empty project; more are further formats.
func newImporting(t *testing.T, st store.Store, more ...importer.Leaf) *importing {
	t.Helper()
	w := &importing{t: t, store: st, by: app.System("test")}
	w.app = w.node(more...)
	p, err := w.app.CreateProject(t.Context(), w.by, app.NewProject{Name: "Ideas", Key: "IDE", Template: "blank"})
	if err != nil {
		t.Fatal(err)
	}
	w.project = p.ID
	return w
}

// node starts another Cairn on the same store. One in a process hears of its
// own writes only, so it takes the place of the one before.
func (w *importing) node(more ...importer.Leaf) *app.App {
	w.t.Helper()
	a, err := app.New(w.t.Context(), app.Config{Store: w.store, Logger: cairntest.Logger(w.t), Importers: append(more, cairntest.Importers()...)})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(a.Close)
	return a
}

func (w *importing) stage(name, content string) app.ImportDetail {
	w.t.Helper()
	d, err := w.app.StageImport(w.t.Context(), w.by, w.project, app.NewImport{Name: name, Content: strings.NewReader(content)})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// commit imports a staged file and wants it to succeed.
func (w *importing) commit(id cairn.ID) app.ImportDetail {
	w.t.Helper()
	if _, err := w.app.CommitImport(w.t.Context(), w.by, id); err != nil {
		w.t.Fatal(err)
	}
	return w.committed(id)
}

func (w *importing) committed(id cairn.ID) app.ImportDetail {
	w.t.Helper()
	if _, err := w.app.WaitImport(w.t.Context(), w.by, id, func(cairn.Run) {}); err != nil {
		w.t.Fatal(err)
	}
	d, err := w.app.Import(w.t.Context(), w.by, id)
	if err != nil {
		w.t.Fatal(err)
	}
	if d.State != cairn.RunCommitted {
		w.t.Fatalf("the import is %s: %s", d.State, d.Error)
	}
	return d
}

func (w *importing) undo(id cairn.ID) cairn.Run {
	w.t.Helper()
	run, err := w.app.UndoImport(w.t.Context(), w.by, id)
	if err != nil {
		w.t.Fatal(err)
	}
	if run.State != cairn.RunUndone {
		w.t.Fatalf("the import is %s", run.State)
	}
	return run
}

// entities returns what the project has of a kind, by id.
func (w *importing) entities(kind cairn.Kind) []cairn.Entity {
	w.t.Helper()
	var out []cairn.Entity
	_, err := w.store.Scan(w.t.Context(), store.Query{Kinds: []cairn.Kind{kind}, Project: w.project, Text: true}, func(e cairn.Entity) error {
		out = append(out, e)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *importing) idea(title string) cairn.Entity {
	w.t.Helper()
	for _, e := range w.entities(cairn.KindIdea) {
		if e.Attrs.Text("title") == title {
			return e
		}
	}
	w.t.Fatalf("there is no idea %q", title)
	return cairn.Entity{}
}

func (w *importing) field(name string) *cairn.Field {
	w.t.Helper()
	fields, err := w.app.Fields(w.t.Context(), w.by, w.project)
	if err != nil {
		w.t.Fatal(err)
	}
	i := slices.IndexFunc(fields, func(f cairn.Field) bool { return f.Name == name })
	if i < 0 {
		w.t.Fatalf("there is no field %q", name)
	}
	return &fields[i]
}

// value is what a field of an idea shows: text, number, option names …
func (w *importing) value(title, field string) string {
	w.t.Helper()
	f := w.field(field)
	raw := w.idea(title).Attrs[string(f.Ref())]
	v, err := cairn.ParseValue(f, raw)
	if err != nil {
		w.t.Fatalf("%s of %q: %v", field, title, err)
	}
	var names []string
	for _, id := range v.IDs {
		if o, ok := f.Option(id); ok {
			names = append(names, o.Name)
		} else {
			names = append(names, w.app.Directory().Name(id))
		}
	}
	if names != nil {
		return strings.Join(names, ", ")
	}
	return string(v.AppendJSON(nil))
}

func (w *importing) set(title, field, raw string) {
	w.t.Helper()
	f := w.field(field)
	_, err := w.app.UpdateIdea(w.t.Context(), w.by, w.idea(title).ID, app.IdeaPatch{Values: map[cairn.Ref]json.RawMessage{f.Ref(): json.RawMessage(raw)}})
	if err != nil {
		w.t.Fatal(err)
	}
}

const backlog = `Title,Team,Effort,Owner,Tags,Created
One,Red,1,Ada Lovelace,"a, b",2026-01-05
Two,Blue,many,Bob Brown,b,2026-01-06
Three,Red,3,Ada Lovelace,,2026-01-07
`

// TestImportRun: IMP-70, 75, 84, 87 and 88 on a small file.
func TestImportRun(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := newImporting(t, st)
		first := w.stage("backlog.csv", backlog)
		first = w.mapped(first.ID, cairn.MappedColumn{Column: "Effort", Target: cairn.MapNew, Name: "Effort", Type: cairn.TypeNumber})
		tried, err := w.app.DryRunImport(t.Context(), w.by, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(w.entities(cairn.KindIdea)) + len(w.entities(cairn.KindField)); n != 0 {
			t.Fatalf("a dry run left %d ideas and fields", n)
		}
		done := w.commit(first.ID)
		want := cairn.RunCounts{Rows: 3, Created: 3, Refused: 1, Fields: done.Counts.Fields, Options: done.Counts.Options, People: 2}
		if tried.Counts != done.Counts || done.Counts != want {
			t.Errorf("tried %+v, done %+v, want %+v", tried.Counts, done.Counts, want)
		}
		if p := done.Result.Problems[0]; p.Row != 2 || p.Column != "Effort" || p.Value != "many" || p.Level != app.ImportRefused {
			t.Errorf("the refused cell is %+v", p)
		}
		for field, want := range map[string]string{"Team": "Red", "Effort": "1", "Owner": "Ada Lovelace"} {
			if got := w.value("One", field); got != want {
				t.Errorf("%s is %s, want %s", field, got, want)
			}
		}
		if at := w.idea("One").Attrs.Text("createdAt"); at != "2026-01-05T00:00:00Z" {
			t.Errorf("created at %s", at)
		}

		// The same file again: nothing is new, nothing is changed.
		again := w.commit(w.stage("backlog.csv", backlog).ID)
		if c := again.Counts; c.Created+c.Updated+c.Fields+c.Options+c.People != 0 || c.Unchanged != 3 {
			t.Errorf("again: %+v", c)
		}

		// Somebody changes a value; the next file has others for it and its neighbour.
		w.set("One", "Effort", "8")
		later := w.commit(w.stage("backlog.csv", strings.NewReplacer("One,Red,1,", "One,Green,2,", "many", "5").Replace(backlog)).ID)
		if c := later.Counts; c.Updated != 2 || c.Unchanged != 1 || c.Kept != 1 || c.Options != 1 {
			t.Errorf("later: %+v", c)
		}
		if got := w.value("One", "Effort") + w.value("One", "Team") + w.value("Two", "Effort"); got != "8Green5" {
			t.Errorf("after the later file: %s", got)
		}

		// Undo of the later file alone, then of the first.
		w.set("Two", "Effort", "6")
		run := w.undo(later.ID)
		if got := w.value("One", "Effort") + w.value("One", "Team") + w.value("Two", "Effort"); got != "8Red6" || run.Kept != 1 {
			t.Errorf("after the undo: %s, %d kept", got, run.Kept)
		}
		if team := w.field("Team"); len(team.Options) != 2 {
			t.Errorf("the options are %+v, want Red and Blue", team.Options)
		}
		w.undo(again.ID)
		w.undo(first.ID)
		if n := len(w.entities(cairn.KindIdea)) + len(w.entities(cairn.KindField)) + len(w.app.Directory().Users()); n != 0 {
			t.Errorf("%d ideas, fields and people are left", n)
		}
		if _, err := w.app.UndoImport(t.Context(), w.by, first.ID); cairn.CodeOf(err) != cairn.CodeConflict {
			t.Errorf("undoing twice: %v", err)
		}
		// An undone run can be committed again.
		if c := w.commit(first.ID).Counts; c.Created != 3 {
			t.Errorf("committed again: %+v", c)
		}
	})
}

// mapped sends columns elsewhere.
func (w *importing) mapped(id cairn.ID, columns ...cairn.MappedColumn) app.ImportDetail {
	w.t.Helper()
	d, err := w.app.MapImport(w.t.Context(), w.by, id, cairn.Mapping{Columns: columns})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// TestUndoKeepsWhatIsUsed: IMP-88.
func TestUndoKeepsWhatIsUsed(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := newImporting(t, st)
		run := w.commit(w.stage("backlog.csv", backlog).ID)
		team, owner := w.field("Team"), w.field("Owner")
		red, _ := team.OptionNamed("Red")
		ada := w.idea("One").Attrs[string(owner.Ref())]
		_, err := w.app.CreateIdea(t.Context(), w.by, w.project, app.NewIdea{Title: "Own", Values: map[cairn.Ref]json.RawMessage{
			team.Ref(): json.RawMessage(red.ID.String()), owner.Ref(): ada,
		}})
		if err != nil {
			t.Fatal(err)
		}
		undone := w.undo(run.ID)
		if got := w.value("Own", "Team") + " " + w.value("Own", "Owner"); got != "Red Ada Lovelace" {
			t.Errorf("the idea that was added by hand shows %s", got)
		}
		if n := len(w.entities(cairn.KindField)); n != 2 || undone.Kept != 2 {
			t.Errorf("%d fields are left and %d things kept, want 2 and 2", n, undone.Kept)
		}
		if users := w.app.Directory().Users(); len(users) != 1 || users[0].Name != "Ada Lovelace" {
			t.Errorf("left are %+v", users)
		}
	})
}
