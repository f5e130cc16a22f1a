package app_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// family is a Jira export in which children stand before their parents.
const family = `Summary,Issue key,Issue id,Issue Type,Parent,Updated
Text twenty patients,CL-3,103,Experiment,102,2026-01-05 10:00
Reminder texts,CL-2,102,Solution,101,2026-01-06 10:00
Fewer empty slots,CL-1,101,Outcome,,2026-01-07 10:00
Somebody else's,CL-4,104,Solution,999,2026-01-08 10:00
`

// kin writes who stands below whom, and of which type each idea is.
func (w *importing) kin() string {
	w.t.Helper()
	names := map[string]string{"": "–", "null": "–"}
	for _, e := range w.entities(cairn.KindIdeaType) {
		names[e.ID.String()] = e.Attrs.Text("name")
	}
	for _, e := range w.entities(cairn.KindIdea) {
		names[e.ID.String()] = e.Attrs.Text("sourceId")
	}
	var out []string
	for _, e := range w.entities(cairn.KindIdea) {
		out = append(out, fmt.Sprintf("%s:%s<%s", e.Attrs.Text("sourceId"), names[string(e.Attrs["type"])], names[string(e.Attrs["parent"])]))
	}
	return strings.Join(out, " ")
}

func codes(d app.ImportDetail) string {
	var out []string
	for _, p := range d.Result.Problems {
		out = append(out, fmt.Sprintf("%s %s row %d", p.Level, p.Code, p.Row))
	}
	return strings.Join(out, ", ")
}

// TestImportKin: IMP-90 to IMP-93.
func TestImportKin(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := newImporting(t, st)
		staged := w.stage("family.csv", family)
		tried, err := w.app.DryRunImport(t.Context(), w.by, staged.ID)
		if err != nil {
			t.Fatal(err)
		}
		run := w.commit(staged.ID)
		want := "CL-3:Experiment<CL-2 CL-2:Solution<CL-1 CL-1:Outcome<– CL-4:Solution<–"
		if got := w.kin(); got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
		for _, d := range []app.ImportDetail{tried, run} {
			if got := codes(d); got != "warning no_parent row 4" || d.Counts.Created != 4 || d.Counts.Updated != 0 {
				t.Errorf("%s, %+v", got, d.Counts)
			}
		}
		if at := w.idea("Reminder texts").Attrs.Text("updatedAt"); !strings.HasPrefix(at, "2026-01-06T10:00") {
			t.Errorf("standing below another idea counts as a change, at %s", at)
		}

		// The same again changes nothing; another file finds those that are there.
		again := w.commit(w.stage("family.csv", family).ID)
		if c := again.Counts; c.Unchanged != 4 || c.Created+c.Updated != 0 {
			t.Errorf("again: %+v", c)
		}
		more := w.commit(w.stage("more.csv", "Summary,Issue key,Issue id,Issue Type,Parent key\nA flow,CL-9,109,experiment,CL-2\n").ID)
		want += " CL-9:Experiment<CL-2"
		if got := w.kin(); got != want || codes(more) != "" {
			t.Errorf("got  %s\nwant %s\n%s", got, want, codes(more))
		}

		// What people moved stays, what only the file changed follows it.
		_, err = w.app.UpdateIdea(t.Context(), w.by, w.idea("Text twenty patients").ID, app.IdeaPatch{Parent: new(w.idea("Fewer empty slots").ID)})
		if err != nil {
			t.Fatal(err)
		}
		moved := w.commit(w.stage("family.csv", strings.NewReplacer(",Solution,999", ",Solution,101").Replace(family)).ID)
		if got := codes(moved); got != "kept changed_here row 1" || moved.Counts.Updated != 1 || moved.Counts.Unchanged != 3 {
			t.Errorf("%s, %+v", got, moved.Counts)
		}
		want = "CL-3:Experiment<CL-1 CL-2:Solution<CL-1 CL-1:Outcome<– CL-4:Solution<CL-1 CL-9:Experiment<CL-2"
		if got := w.kin(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}

		w.undo(moved.ID)
		want = strings.Replace(want, "CL-4:Solution<CL-1", "CL-4:Solution<–", 1)
		if got := w.kin(); got != want {
			t.Errorf("undone, got  %s\nwant %s", got, want)
		}
		w.undo(more.ID)
		if n := len(w.entities(cairn.KindIdeaType)); n != 3 {
			t.Errorf("%d types are left while ideas have them", n)
		}
		w.undo(run.ID)
		if got := w.kin(); got != "" || len(w.entities(cairn.KindIdeaType)) != 0 {
			t.Errorf("left are %s and %d types", got, len(w.entities(cairn.KindIdeaType)))
		}
	})
}

// TestImportKinRefused: IMP-92: a circle is refused, a change of places is not.
func TestImportKinRefused(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := newImporting(t, st)
		file := func(a, b, c string) string {
			return "Summary,Issue key,Issue id,Parent key\nA,C-1,1," + a + "\nB,C-2,2," + b + "\nC,C-3,3," + c + "\n"
		}
		w.commit(w.stage("c.csv", file("", "C-1", "")).ID)
		swapped := w.commit(w.stage("c.csv", file("C-2", "", "C-3")).ID)
		if got := w.kin(); got != "C-1:–<C-2 C-2:–<– C-3:–<–" {
			t.Errorf("got %s", got)
		}
		if got := codes(swapped); got != "warning parent_refused row 3" {
			t.Error(got)
		}
	})
}
