package exporter_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/exporter"
	csvleaf "cairn/internal/exporter/csv"
	"cairn/internal/exporter/exportertest"
	jsonleaf "cairn/internal/exporter/json"
	"cairn/internal/exporter/md"
	"cairn/internal/exporter/xlsx"
)

func leaves() []exporter.Format {
	return []exporter.Format{csvleaf.Leaf(), xlsx.Leaf(), jsonleaf.Leaf(), md.Leaf()}
}

func written(t testing.TB, f exporter.Format, table exporter.Table, o exporter.Options) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := f.Write(&buf, table, o); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return buf.Bytes()
}

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "=1+1": "'=1+1", "+49": "'+49", "-5": "'-5", "@SUM": "'@SUM", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx",
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a", "  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "a=b": "a=b", "'=1": "''=1", "'a": "'a", "'": "'", " ": " ", "−5": "−5",
	} {
		if got := exporter.Guard(in); got != want {
			t.Errorf("Guard(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	got := string(written(t, csvleaf.Leaf(), exportertest.Sample(), exporter.Options{}))
	want := strings.ReplaceAll(`Group: Roadmap,Group: Impact,Title,Change,Score,Done,Due,Plan,Status,People,Labels,Created,score (2)
Now,High,"'=HYPERLINK(""https://evil.example"")",-5,12.5,yes,2026-11-23,2026-11-23 → 2026-12-31,Now,"Ana; Bo, Jr.",beta; a|b,2026-11-23T08:30:00Z,"two
lines <b>"
Now,Low,"日本語 ""quoted""",,,,,,,,,,
Later,Low,"日本語 ""quoted""",,,,,,,,,,
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	semicolon := string(written(t, csvleaf.Leaf(), exportertest.Sample(), exporter.Options{BOM: true, Delimiter: ';'}))
	if !strings.HasPrefix(semicolon, "\ufeffGroup: Roadmap;Group: Impact;Title;") {
		t.Errorf("with a mark and semicolons it begins %.60q", semicolon)
	}
}

// TestCSVRoundTrip: any text comes back, guarded where it has to be, and no
// cell but a number starts with a sign that a spreadsheet runs.
func TestCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+\-@\t"',;\n ]{0,4}a?`)), 2, 2).Draw(t, "texts")
		table := exporter.Table{Columns: make([]exporter.Column, 2)}
		row := exporter.Row{}
		for _, s := range texts {
			row.Cells = append(row.Cells, exporter.Cell{Value: cairn.Value{Kind: cairn.KindText, Text: s}})
		}
		table.Rows = exportertest.Rows([]exporter.Row{row})
		var buf bytes.Buffer
		if err := csvleaf.Leaf().Write(&buf, table, exporter.Options{}); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(&buf)
		if _, err := r.Read(); err != nil {
			t.Fatal(err)
		}
		got, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range texts {
			want := strings.ReplaceAll(exporter.Guard(s), "\r\n", "\n") // the reader folds them
			if strings.ReplaceAll(got[i], "\r\n", "\n") != want && !strings.Contains(s, "\r") {
				t.Fatalf("%q came back as %q", s, got[i])
			}
			if strings.IndexAny(got[i], "=+-@\t\r\n") == 0 {
				t.Fatalf("%q is written as %q, which a spreadsheet runs", s, got[i])
			}
		}
	})
}

func TestXLSX(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, xlsx.Leaf(), exportertest.Sample(), exporter.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); len(got) != 1 || got[0] != "Road map" {
		t.Errorf("sheets %q", got)
	}
	for cell, want := range map[string][2]string{ // shown, and stored
		"A1": {"Group: Roadmap", "Group: Roadmap"}, "C1": {"Title", "Title"}, "M1": {"score (2)", "score (2)"},
		"A2": {"Now", "Now"}, "C2": {`'=HYPERLINK("https://evil.example")`, `'=HYPERLINK("https://evil.example")`},
		"D2": {"-5", "-5"}, "E2": {"12.50", "12.5"}, "F2": {"TRUE", "1"}, "G2": {"2026-11-23", "46349"},
		"H2": {"2026-11-23 → 2026-12-31", "2026-11-23 → 2026-12-31"}, "J2": {"Ana; Bo, Jr.", "Ana; Bo, Jr."},
		"L2": {"2026-11-23 08:30", "46349.3541666667"}, "M2": {"two\nlines <b>", "two\nlines <b>"}, "D3": {"", ""}, "C4": {`日本語 "quoted"`, `日本語 "quoted"`},
	} {
		shown, err := f.GetCellValue("Road map", cell)
		stored, err2 := f.GetCellValue("Road map", cell, excelize.Options{RawCellValue: true})
		if err != nil || err2 != nil || shown != want[0] || stored != want[1] {
			t.Errorf("%s is %q, stored %q (%v, %v); want %q", cell, shown, stored, err, err2, want)
		}
		if formula, _ := f.GetCellFormula("Road map", cell); formula != "" {
			t.Errorf("%s is the formula %q", cell, formula)
		}
	}
	if kind, _ := f.GetCellType("Road map", "D2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number has the type %v", kind)
	}
}

// TestXLSXLimits: long texts are shortened and say so, control characters are
// left out, titles become valid names of sheets.
func TestXLSXLimits(t *testing.T) {
	long := strings.Repeat("𝒳y", 20_000) // 60,000 UTF-16 units
	table := exportertest.Long(0)
	table.Title = "'A very long title: with [brackets] and more than 31 characters'"
	table.Rows = exportertest.Rows([]exporter.Row{{Cells: []exporter.Cell{
		{Value: cairn.Value{Kind: cairn.KindText, Text: "bell\a and \x00 nul"}}, {},
		{Value: cairn.Value{Kind: cairn.KindText, Text: long}},
	}}})
	f, err := excelize.OpenReader(bytes.NewReader(written(t, xlsx.Leaf(), table, exporter.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	if sheet != "A very long title with brackets" {
		t.Errorf("the sheet is called %q", sheet)
	}
	if got, _ := f.GetCellValue(sheet, "A2"); got != "bell and  nul" {
		t.Errorf("control characters: %q", got)
	}
	got, _ := f.GetCellValue(sheet, "C2")
	if !strings.HasPrefix(long, strings.TrimSuffix(got, "… (shortened: a cell holds 32,767 characters)")) || !strings.HasSuffix(got, ")") {
		t.Errorf("a long text ends %q", got[max(0, len(got)-80):])
	}
	if units := len([]rune(got)) + strings.Count(got, "𝒳"); units > 32_767 || units < 32_700 {
		t.Errorf("a long text has %d units", units)
	}
}

func TestJSON(t *testing.T) {
	raw := written(t, jsonleaf.Leaf(), exportertest.Sample(), exporter.Options{})
	var got struct {
		Title   string
		Groups  []string
		Columns []struct{ Name, Field, Type string }
		Rows    []struct {
			Group  []string
			Values map[string]any
			Notes  map[string]string
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	if got.Title != "Road/map" || len(got.Columns) != 11 || got.Columns[10].Name != "score (2)" || len(got.Rows) != 3 {
		t.Errorf("got %+v", got)
	}
	first := fmt.Sprintln(got.Rows[0].Values["Change"], got.Rows[0].Values["Done"], got.Rows[0].Values["Due"], got.Rows[0].Values["Plan"],
		got.Rows[0].Values["Status"], got.Rows[0].Values["People"], got.Rows[0].Values["Labels"], got.Rows[0].Values["Title"])
	want := `-5 true 2026-11-23 map[end:2026-12-31 precision:day start:2026-11-23] Now [Ana Bo, Jr.] [beta a|b] =HYPERLINK("https://evil.example")` + "\n"
	if first != want {
		t.Errorf("got  %s\nwant %s", first, want)
	}
	if row := got.Rows[1]; row.Values["Score"] != nil || row.Notes["Score"] != "No value: division by zero." || len(got.Rows[0].Notes) != 0 {
		t.Errorf("notes: %+v, %+v", row, got.Rows[0].Notes)
	}
	var none struct{ Rows []any }
	if err := json.Unmarshal(written(t, jsonleaf.Leaf(), exportertest.Long(0), exporter.Options{}), &none); err != nil || len(none.Rows) != 0 {
		t.Errorf("an empty table: %v %v", none, err)
	}
}

func TestMarkdown(t *testing.T) {
	table := exportertest.Sample()
	table.Columns = table.Columns[:3]
	rows := table.Rows
	table.Rows = func(yield func(exporter.Row, error) bool) {
		for r, err := range rows {
			r.Cells = r.Cells[:3]
			if !yield(r, err) {
				return
			}
		}
	}
	want := `# Road/map

## Now

### High

| Title | Change | Score |
| --- | ---: | ---: |
| =HYPERLINK("https://evil.example") | -5 | 12.5 |

### Low

| Title | Change | Score |
| --- | ---: | ---: |
| 日本語 "quoted" |  | *No value: division by zero.* |

## Later

### Low

| Title | Change | Score |
| --- | ---: | ---: |
| 日本語 "quoted" |  | *No value: division by zero.* |
`
	if got := string(written(t, md.Leaf(), table, exporter.Options{})); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	all := string(written(t, md.Leaf(), exportertest.Sample(), exporter.Options{}))
	if !strings.Contains(all, `| beta; a\|b |`) || !strings.Contains(all, `two<br>lines &lt;b>`) {
		t.Errorf("bars and line breaks: %s", all)
	}
}

// TestErrorsPass: an error of the rows and of the writer comes out of every
// format.
func TestErrorsPass(t *testing.T) {
	broken := errors.New("the rows broke off")
	for _, f := range leaves() {
		table := exportertest.Long(3)
		rows := table.Rows
		table.Rows = func(yield func(exporter.Row, error) bool) {
			for r, err := range rows {
				if !yield(r, err) {
					return
				}
			}
			yield(exporter.Row{}, broken)
		}
		if err := f.Write(io.Discard, table, exporter.Options{}); !errors.Is(err, broken) {
			t.Errorf("%s: broken rows give %v", f.Name, err)
		}
		if err := f.Write(full{}, exportertest.Long(1000), exporter.Options{}); !errors.Is(err, errFull) {
			t.Errorf("%s: a full disk gives %v", f.Name, err)
		}
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func BenchmarkExport(b *testing.B) {
	for _, f := range leaves() {
		b.Run(f.Name, func(b *testing.B) {
			const n = 10_000
			b.ReportAllocs()
			for b.Loop() {
				if err := f.Write(io.Discard, exportertest.Long(n), exporter.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
