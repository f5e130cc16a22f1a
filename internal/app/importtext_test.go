package app_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// TestImportText: IMP-77, and texts that break things come in unchanged.
func TestImportText(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		var naughty []string
		raw, err := os.ReadFile(cairntest.Samples(t, "messy/blns.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &naughty); err != nil {
			t.Fatal(err)
		}
		w := newImporting(t, st)
		var file strings.Builder
		out := csv.NewWriter(&file)
		lines := [][]string{{"Id", "Title", "Labels", "Comments", "Note"}}
		want := make(map[string]string)
		for i, s := range naughty {
			s = strings.TrimSpace(strings.Map(printable, s))
			if s == "" {
				continue
			}
			id := fmt.Sprintf("N-%d", i)
			want[id] = s
			lines = append(lines, []string{id, s, s, s, s})
		}
		long := strings.Repeat("漢", 10_000)
		lines = append(lines, []string{"L-1", long, "", "", strings.Repeat("x", 1<<20)}, []string{"L-2", "", "", "", "no title"})
		if err := out.WriteAll(lines); err != nil {
			t.Fatal(err)
		}
		d := w.stage("naughty.csv", file.String())
		d, err = w.app.MapImport(t.Context(), w.by, d.ID, cairn.Mapping{Columns: []cairn.MappedColumn{
			{Column: "Id", Target: cairn.MapExternalID}, {Column: "Title", Target: cairn.MapTitle}, {Column: "Comments", Target: cairn.MapComments},
			{Column: "Labels", Target: cairn.MapNew, Name: "Words", Type: cairn.TypeLabels}, {Column: "Note", Target: cairn.MapNew, Name: "Note", Type: cairn.TypeLongText},
		}, Options: cairn.ReadOptions{Markup: "plain", IDColumn: "Id", Encoding: "utf-8", Delimiter: ",", HeaderRow: 1}})
		if err != nil {
			t.Fatal(err)
		}
		d = w.commit(d.ID)
		if d.Counts.Created != len(want)+1 || d.Counts.RefusedRows != 1 || d.Counts.Comments != len(want) {
			t.Fatalf("%+v of %d\n%+v", d.Counts, len(want)+2, d.Result.Problems)
		}
		note := string(w.field("Note").Ref())
		comments := make(map[cairn.ID]string)
		for _, e := range w.entities(cairn.KindComment) {
			comments[e.Parent] = e.Text
		}
		for _, e := range w.entities(cairn.KindIdea) {
			id := e.Attrs.Text("sourceId")
			if id == "L-1" {
				if title := []rune(e.Attrs.Text("title")); len(title) != cairn.MaxTitle || e.Text != long || len(e.Attrs.Text(note)) != 1<<20 {
					t.Errorf("the long title has %d characters, its description %d bytes, its note %d", len(title), len(e.Text), len(e.Attrs.Text(note)))
				}
				continue
			}
			s := want[id]
			if got := e.Attrs.Text("title"); got != oneLineOf(s) {
				t.Errorf("%s: title %q, want %q", id, got, s)
			}
			if got := e.Attrs.Text(note); got != s {
				t.Errorf("%s: note %q, want %q", id, got, s)
			}
			if comments[e.ID] != s {
				t.Errorf("%s: comment %q, want %q", id, comments[e.ID], s)
			}
		}
		w.undo(d.ID)
	})
}

// printable drops what CSV readers fold and databases refuse.
func printable(r rune) rune {
	if r == 0 || r == '\r' || r == '\ufeff' {
		return -1
	}
	return r
}

func oneLineOf(s string) string {
	clean, err := cairn.CleanTitle(s)
	if err != nil {
		return ""
	}
	return clean
}

// TestImportReport: IMP-85.
func TestImportReport(t *testing.T) {
	w := newImporting(t, cairntest.SQLite(t))
	var file strings.Builder
	file.WriteString("Title,Effort\n")
	for i := range 700 {
		fmt.Fprintf(&file, "Idea %d,=cmd()%d\n", i, i)
	}
	d := w.mapped(w.stage("wrong.csv", file.String()).ID, cairn.MappedColumn{Column: "Effort", Target: cairn.MapNew, Name: "Effort", Type: cairn.TypeNumber})
	if _, _, err := w.app.ImportReport(t.Context(), w.by, d.ID); cairn.CodeOf(err) != cairn.CodeNotFound {
		t.Errorf("a report before there is one: %v", err)
	}
	d = w.commit(d.ID)
	if d.Counts.Refused != 700 || len(d.Result.Problems) != 500 {
		t.Errorf("%d refused, %d listed", d.Counts.Refused, len(d.Result.Problems))
	}
	blob, _, err := w.app.ImportReport(t.Context(), w.by, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	raw, err := io.ReadAll(blob)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff"))).ReadAll()
	if err != nil || len(records) != 701 {
		t.Fatalf("%d records: %v", len(records), err)
	}
	if r := records[700]; r[0] != "refused" || r[1] != "700" || r[2] != "701" || r[3] != "Effort" || r[5] != "'=cmd()699" {
		t.Errorf("the last record is %q", r)
	}
}

// TestImportOrder: IMP-80. Jira's ranks and numbers become the manual order.
func TestImportOrder(t *testing.T) {
	w := newImporting(t, cairntest.SQLite(t))
	if _, err := w.app.CreateIdea(t.Context(), w.by, w.project, app.NewIdea{Title: "There before"}); err != nil {
		t.Fatal(err)
	}
	d := w.mapped(w.stage("order.csv", "Title,Place\nC,0|i0002f:zz\nA,0|hzzzzz:\nB,0|i0002f:\nE,30\nD,7.5\nF,nowhere\n").ID,
		cairn.MappedColumn{Column: "Place", Target: cairn.MapRank})
	d = w.commit(d.ID)
	if d.Counts.Warnings != 1 {
		t.Errorf("%+v", d.Result.Problems)
	}
	if _, err := w.app.CreateIdea(t.Context(), w.by, w.project, app.NewIdea{Title: "Later"}); err != nil {
		t.Fatal(err)
	}
	res, err := w.app.Query(t.Context(), w.by, w.project, app.QueryRequest{Columns: []cairn.Ref{cairn.RefTitle}, Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	if got := titles(res); got != "There before D E A B C F Later" {
		t.Errorf("the order is %s", got)
	}
}

func titles(res *engine.Result) string {
	var out []string
	for row := range res.Len() {
		out = append(out, res.Cell(row, 0).Value.Text)
	}
	return strings.Join(out, " ")
}

// TestUploadBrokenOff: half a file is no file.
func TestUploadBrokenOff(t *testing.T) {
	w := newImporting(t, cairntest.SQLite(t))
	half := io.MultiReader(strings.NewReader("Title\nOne\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
	_, err := w.app.StageImport(t.Context(), w.by, w.project, app.NewImport{Name: "half.csv", Content: half})
	if cairn.CodeOf(err) != cairn.CodeInvalid || !strings.Contains(err.Error(), "broke off") {
		t.Errorf("an upload that broke off: %v", err)
	}
	if runs := w.entities(cairn.KindRun); len(runs) != 0 {
		t.Errorf("%d runs are kept", len(runs))
	}
}
