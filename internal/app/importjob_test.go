package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// gate is a format whose rows wait: after the first half the channel must open.
type gate struct {
	rows int
	half chan struct{} // closed when the first half was yielded
	open chan struct{}
}

func newGate(rows int) *gate {
	return &gate{rows: rows, half: make(chan struct{}), open: make(chan struct{})}
}

func (g *gate) Name() string { return "gate" }
func (g *gate) Detect(head []byte, _ string) importer.Match {
	return importer.Match{Confidence: 100, Why: "test"}
}
func (g *gate) survey() *importer.Survey {
	return &importer.Survey{
		Format: "gate", Title: "Gate", Rows: g.rows, SourceKey: "gate", Identity: importer.Identity{How: "record"},
		Columns: []importer.Column{
			{Key: "t", Name: "Title", Label: "Title", Target: importer.Target{Kind: importer.ToTitle}},
			{Key: "k", Name: "Kind", Label: "Kind", Target: importer.Field(importer.Select)},
		},
	}
}

func (g *gate) Inspect(context.Context, importer.Source, importer.Options) (*importer.Survey, error) {
	return g.survey(), nil
}

func (g *gate) Rows(ctx context.Context, _ importer.Source, _ *importer.Survey, yield func(importer.Row) error) error {
	for n := 1; n <= g.rows; n++ {
		if n == g.rows/2+1 {
			close(g.half)
			select {
			case <-g.open:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		row := importer.Row{Number: n, SourceID: fmt.Sprint(n), Cells: [][]string{{fmt.Sprintf("Row %d", n)}, {fmt.Sprintf("Kind %d", n%7)}}}
		if n%10 == 0 {
			row.Cells[0] = nil // no title: refused
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

// halfway commits a run of a gate and returns when a part of it is written.
func (w *importing) halfway(g *gate) cairn.ID {
	w.t.Helper()
	d, err := w.app.StageImport(w.t.Context(), w.by, w.project, app.NewImport{Name: "gate", Format: "gate", Content: strings.NewReader("x")})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.begun(g, d.ID, cairn.KindIdea)
}

// begun commits a run and returns when the first things of a kind are written.
func (w *importing) begun(g *gate, id cairn.ID, kind cairn.Kind) cairn.ID {
	w.t.Helper()
	sub := w.app.Log().Subscribe(w.app.Log().Position())
	defer sub.Close()
	if _, err := w.app.CommitImport(w.t.Context(), w.by, id); err != nil {
		w.t.Fatal(err)
	}
	<-g.half
	for {
		sets, _, err := sub.Next(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		for _, set := range sets {
			if slices.ContainsFunc(set.Changes, func(c cairn.Change) bool { return c.Kind == kind }) {
				return id
			}
		}
	}
}

// TestImportInterrupted: IMP-82 and 83. A Cairn that ends in the middle leaves a
// run that another one resumes from where it stopped, or undoes.
func TestImportInterrupted(t *testing.T) {
	const rows = 4000
	for _, way := range []string{"resume", "undo"} {
		t.Run(way, func(t *testing.T) {
			cairntest.EachDB(t, func(t *testing.T, st store.Store) {
				g := newGate(rows)
				w := newImporting(t, st, g)
				id := w.halfway(g)
				w.app.Close()
				whole := newGate(rows)
				close(whole.open)
				w.app = w.node(whole)
				run, err := w.app.Import(t.Context(), w.by, id)
				if err != nil {
					t.Fatal(err)
				}
				ideas := len(w.entities(cairn.KindIdea))
				if run.State != cairn.RunCommitting || !run.Interrupted || run.Done == 0 || run.Done >= rows {
					t.Fatalf("the run is %s, interrupted %t, %d rows done", run.State, run.Interrupted, run.Done)
				}
				if run.Counts.Created != ideas || run.Counts.Rows != run.Done {
					t.Fatalf("%d ideas are there and %d rows done; the run says %+v", ideas, run.Done, run.Counts)
				}
				if way == "undo" {
					w.undo(id)
					if n := len(w.entities(cairn.KindIdea)) + len(w.entities(cairn.KindField)); n != 0 {
						t.Errorf("%d ideas and fields are left", n)
					}
					return
				}
				// Nothing else begins while the run is unfinished.
				other := w.stage("backlog.csv", backlog)
				if _, err := w.app.CommitImport(t.Context(), w.by, other.ID); cairn.CodeOf(err) != cairn.CodeConflict {
					t.Errorf("another import beside an unfinished one: %v", err)
				}
				c := w.commit(id).Counts
				if c.Rows != rows || c.Created != rows*9/10 || c.RefusedRows != rows/10 || c.Unchanged+c.Updated != 0 {
					t.Errorf("resumed: %+v", c)
				}
				if n := len(w.entities(cairn.KindIdea)); n != rows*9/10 {
					t.Errorf("%d ideas, want %d", n, rows*9/10)
				}
			})
		})
	}
}

// customers counts those of the workspace.
func (w *importing) customers() (n int) {
	_, err := w.store.Scan(w.t.Context(), store.Query{Kinds: []cairn.Kind{cairn.KindCustomer}}, func(cairn.Entity) error {
		n++
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// TestImportInsightsInterrupted: IMP-82, 83 and 87 hold for insights and for who
// said them.
func TestImportInsightsInterrupted(t *testing.T) {
	const rows = 4000
	for _, way := range []string{"resume", "undo"} {
		t.Run(way, func(t *testing.T) {
			cairntest.EachDB(t, func(t *testing.T, st store.Store) {
				g := newGate(rows)
				w := newImporting(t, st, g)
				d, err := w.app.StageImport(t.Context(), w.by, w.project, app.NewImport{
					Name: "gate", Format: "gate", Subject: cairn.RunInsights, Content: strings.NewReader("x"),
				})
				if err != nil {
					t.Fatal(err)
				}
				columns := []cairn.MappedColumn{{Column: "k", Target: cairn.MapCompany}}
				if _, err := w.app.MapImport(t.Context(), w.by, d.ID, cairn.Mapping{Columns: columns}); err != nil {
					t.Fatal(err)
				}
				id := w.begun(g, d.ID, cairn.KindInsight)
				w.app.Close()
				whole := newGate(rows)
				close(whole.open)
				w.app = w.node(whole)
				if way == "resume" {
					if c := w.commit(id).Counts; c.Created != rows*9/10 || c.RefusedRows != rows/10 || c.People != 7 || c.Unchanged+c.Updated != 0 {
						t.Errorf("resumed: %+v", c)
					}
					if i, c := len(w.entities(cairn.KindInsight)), w.customers(); i != rows*9/10 || c != 7 {
						t.Errorf("%d insights of %d companies, want %d of 7", i, c, rows*9/10)
					}
				}
				w.undo(id)
				if i, c := len(w.entities(cairn.KindInsight)), w.customers(); i+c != 0 {
					t.Errorf("%d insights and %d customers are left", i, c)
				}
			})
		})
	}
}

// TestImportSupersededAndFailed: two on one run, and a field that goes away.
func TestImportSupersededAndFailed(t *testing.T) {
	st := cairntest.SQLite(t)
	g := newGate(4000)
	w := newImporting(t, st, g)
	id := w.halfway(g)
	for name, err := range map[string]error{
		"a second commit": errOf(w.app.CommitImport(t.Context(), w.by, id)),
		"an undo":         errOf(w.app.UndoImport(t.Context(), w.by, id)),
		"a mapping":       errOf(w.app.MapImport(t.Context(), w.by, id, cairn.Mapping{})),
		"a dry run":       errOf(w.app.DryRunImport(t.Context(), w.by, id)),
		"a removal":       w.app.DeleteImport(t.Context(), w.by, id),
	} {
		if cairn.CodeOf(err) != cairn.CodeConflict {
			t.Errorf("%s while the run is at work: %v", name, err)
		}
	}
	kind := w.field("Kind")
	if _, err := w.app.DeleteField(t.Context(), w.by, kind.ID); err != nil {
		t.Fatal(err)
	}
	close(g.open)
	run, err := w.app.WaitImport(t.Context(), w.by, id, func(cairn.Run) {})
	if err != nil || run.State != cairn.RunFailed || !strings.Contains(run.Error, "Kind") {
		t.Fatalf("with its field deleted the run is %s, %q: %v", run.State, run.Error, err)
	}
	if _, err := w.app.RestoreField(t.Context(), w.by, kind.ID); err != nil {
		t.Fatal(err)
	}
	again := newGate(4000)
	close(again.open)
	w.app.Close()
	w.app = w.node(again)
	if c := w.commit(id).Counts; c.Created != 3600 {
		t.Errorf("resumed: %+v", c)
	}
}

func errOf[T any](_ T, err error) error { return err }

// TestSearchDuringImport: a search does not wait for the end of an import, and
// finds what is written.
func TestSearchDuringImport(t *testing.T) {
	g := newGate(4000)
	w := newImporting(t, cairntest.SQLite(t), g)
	id := w.halfway(g)
	for range 2 { // in the middle, then when it is done
		hits, err := w.app.Search(t.Context(), w.by, app.Find{Text: "row 7", Project: w.project, Limit: 10})
		if err != nil || len(hits) == 0 || hits[0].Title != "Row 7" {
			t.Fatalf("found %+v: %v", hits, err)
		}
		select {
		case <-g.open:
		default:
			close(g.open)
			w.committed(id)
		}
	}
	if hits, err := w.app.Search(t.Context(), w.by, app.Find{Text: "row 3999", Project: w.project, Limit: 10}); err != nil || len(hits) == 0 || hits[0].Title != "Row 3999" {
		t.Errorf("after the import: %+v, %v", hits, err)
	}
}
