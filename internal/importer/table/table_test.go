package table

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cairn/internal/importer"
	"cairn/internal/importer/importertest"
	"cairn/internal/importer/text"
)

func read(t *testing.T, name, content string, opts importer.Options) (*importer.Survey, []importer.Row) {
	t.Helper()
	return importertest.Read(t, Leaf(), importer.BytesSource(name, []byte(content)), opts)
}

func refusal(t *testing.T, src importer.Source, opts importer.Options) *importer.Refusal {
	t.Helper()
	_, err := Leaf().Inspect(context.Background(), src, opts)
	var r *importer.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%s: not refused: %v", src.Name(), err)
	}
	if !strings.HasSuffix(r.Text, ".") || !strings.Contains(r.Text, src.Name()) && r.Code != "bad_header_row" && r.Code != "no_such_sheet" {
		t.Errorf("refusal %q", r.Text)
	}
	return r
}

func TestHeaderRow(t *testing.T) {
	tests := []struct {
		name, in string
		opts     importer.Options
		row      int
		first    string // cell of the first row, first column
		columns  int
	}{
		{"first line", "title,points\nA,1\nB,2\n", importer.Options{}, 1, "A", 2},
		{"after a title", "Backlog 2026,,\n,,\nName,Area,Points\nA,x,1\nB,y,2\n", importer.Options{}, 3, "A", 3},
		{"known names win", "a,b,c\nhttps://docs.example/1,,\nTask ID,Name,Notes\n1,A,x\n", importer.Options{}, 3, "1", 3},
		{"years as names", "Area,2024,2025\nWeb,1,2\n", importer.Options{}, 1, "Web", 3},
		{"none", "https://x.example/1,First\nhttps://x.example/2,Second\n", importer.Options{}, importer.NoHeader, "https://x.example/1", 2},
		{"only numbers", "1,2\n3,4\n", importer.Options{}, importer.NoHeader, "1", 2},
		{"chosen", "x,y\nz,w\nA,1\n", importer.Options{HeaderRow: 2}, 2, "A", 2},
		{"chosen none", "x,y\nA,1\n", importer.Options{HeaderRow: importer.NoHeader}, importer.NoHeader, "x", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, rows := read(t, "t.csv", tt.in, tt.opts)
			if s.Options.HeaderRow != tt.row || len(s.Columns) != tt.columns || rows[0].Cells[0][0] != tt.first {
				t.Errorf("header %d, %d columns, first %q", s.Options.HeaderRow, len(s.Columns), rows[0].Cells)
			}
		})
	}
	if r := refusal(t, importer.BytesSource("t.csv", []byte("a,b\n")), importer.Options{HeaderRow: 7}); r.Code != "bad_header_row" {
		t.Error(r.Code)
	}
}

// IMP-31, IMP-32: short rows are padded, longer ones keep their cells.
func TestUnevenRows(t *testing.T) {
	s, rows := read(t, "t.csv", "title,points\nA\nB,2,extra\n,\nC,3\n", importer.Options{})
	if s.Rows != 3 || s.Totals.Skipped != 1 || !importertest.HasNote(s, "long_rows") || !importertest.HasNote(s, "short_rows") {
		t.Errorf("survey %+v", s)
	}
	if got := importertest.Cells(s, rows[1]); got["#3"] != "extra" || rows[1].Line != 3 || rows[2].Line != 5 {
		t.Errorf("cells %q, lines %d %d", got, rows[1].Line, rows[2].Line)
	}
}

// IMP-6: a cell beyond a mebibyte is refused by row and column, the rest stays.
func TestLongCell(t *testing.T) {
	s, rows := read(t, "t.csv", "title,text\nA,"+strings.Repeat("x", importer.MaxCell+1)+"\nB,fine\n", importer.Options{})
	p := rows[0].Problems
	if len(p) != 1 || p[0].Code != "cell_too_long" || p[0].Column != "text" || p[0].Row != 1 || p[0].Line != 2 || importertest.Cells(s, rows[0])["text"] != "" {
		t.Errorf("problems %+v", p)
	}
	if _, rows = read(t, "t.json", `[{"title":"A","text":"`+strings.Repeat("x", importer.MaxCell+1)+`"}]`, importer.Options{}); len(rows[0].Problems) != 1 || rows[0].Problems[0].Column != "text" {
		t.Errorf("JSON: %+v", rows[0].Problems)
	}
}

func TestCutOff(t *testing.T) {
	s, rows := read(t, "t.csv", "title,text\nA,x\nB,\"cut", importer.Options{})
	if len(rows) != 2 || rows[0].Refused || !rows[1].Refused || rows[1].Problems[0].Line != 3 || rows[1].Problems[0].Column != "text" || !importertest.HasNote(s, "unclosed_quote") {
		t.Errorf("CSV: %+v", rows)
	}
	s, rows = read(t, "t.json", "[{\"title\":\"A\"},\n{\"title\":\"B\"", importer.Options{})
	if len(rows) != 2 || !rows[1].Refused || rows[1].Problems[0].Code != "cut_off" || s.Totals.Refused != 1 {
		t.Errorf("JSON: %+v", rows)
	}
	if _, rows = read(t, "t.json", `[{"title":"A"},oops]`, importer.Options{}); len(rows) != 2 || rows[1].Problems[0].Code != "bad_json" {
		t.Errorf("bad JSON: %+v", rows)
	}
	deep := `[{"title":"A"},{"title":"B","x":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}]`
	if _, rows = read(t, "t.json", deep, importer.Options{}); !rows[1].Refused || rows[1].Problems[0].Code != "too_deep" {
		t.Errorf("deep JSON: %+v", rows[1])
	}
}

func TestJSONShapes(t *testing.T) {
	s, rows := read(t, "t.json", `{"meta":{"page":1},"small":[1],"data":{"items":[
		{"id":9007199254740993,"title":"A","status":{"text":"Open","by":{"name":"x"}},"tags":["a","b"],"people":[{"name":"Ada","id":1},{"login":"bob"}],"none":null,"flag":true,"deep":{"a":{"b":{"c":{"d":1}}}}},
		{"title":"B","later":2}]}}`, importer.Options{})
	if s.Options.Sheet != "data.items" || !importertest.HasNote(s, "sheet") && len(s.Sheets) != 2 {
		t.Errorf("sheets %+v", s.Sheets)
	}
	want := map[string]string{"id": "9007199254740993", "title": "A", "status.text": "Open", "status.by.name": "x", "tags": "a|b", "people": "Ada|bob", "none": "", "flag": "true",
		"deep.a.b.c": `{"d":1}`, "later": ""}
	if got := importertest.Cells(s, rows[0]); !reflect.DeepEqual(got, want) {
		t.Errorf("cells %q", got)
	}
	if _, rows = read(t, "t.json", `[["title","n"],["A",1],["B",2]]`, importer.Options{}); len(rows) != 2 {
		t.Errorf("lists with a header: %+v", rows)
	}
	for in, code := range map[string]string{`{"a":1}`: "no_list", `{"a"`: "bad_json", `[]`: "no_list"} {
		if r := refusal(t, importer.BytesSource("x.json", []byte(in)), importer.Options{}); r.Code != code {
			t.Errorf("%s: %s", in, r.Code)
		}
	}
	if r := refusal(t, importer.BytesSource("x.json", []byte(`{"a":[{"t":1}]}`)), importer.Options{Sheet: "b"}); r.Code != "no_such_sheet" {
		t.Error(r.Code)
	}
}

// IMP-34: HTML goes where a column is written in it, and only there.
func TestHTML(t *testing.T) {
	s, rows := read(t, "t.csv", "title,link,body\n\"a &lt; b\",<a href='https://x.example/1'>#1</a>,<p>One <b>two</b></p>\n<script>x</script>,<a href='https://x.example/2'>#2</a>,<p>Three</p>\n", importer.Options{})
	got := importertest.Cells(s, rows[0])
	if got["title"] != "a < b" || got["link"] != "#1" || got["link (link)"] != "https://x.example/1" || got["body"] != "One **two**" {
		t.Errorf("cells %q", got)
	}
	if got = importertest.Cells(s, rows[1]); got["title"] != "<script>x</script>" {
		t.Errorf("a title lost its text: %q", got["title"])
	}
	s, rows = read(t, "t.csv", "title,body\nx,<p>One</p>\n", importer.Options{Markup: "plain"})
	if got = importertest.Cells(s, rows[0]); got["body"] != "<p>One</p>" {
		t.Errorf("plain: %q", got["body"])
	}
}

func TestWikiByChoice(t *testing.T) {
	in := "title,description\nx,h2. Why {code}a{code}\n"
	s, rows := read(t, "t.csv", in, importer.Options{})
	if !importertest.HasNote(s, "markup") || importertest.Cells(s, rows[0])["description"] != "h2. Why {code}a{code}" {
		t.Error("converted without being asked, or not asked")
	}
	s, rows = read(t, "t.csv", in, importer.Options{Markup: "wiki"})
	if got := importertest.Cells(s, rows[0])["description"]; got != "## Why\n\n```\na\n```" || importertest.HasNote(s, "markup") {
		t.Errorf("wiki: %q", got)
	}
}

// sampleWorkbook writes a small workbook with every trap of cells.
func sampleWorkbook(t *testing.T) importer.Source {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	day, clock, german, money, hours := "d.m.yy", "m/d/yy h:mm", "[$-407]d. mmmm yyyy;@", `#,##0.00 "days"`, "h:mm"
	styles := []*excelize.Style{{CustomNumFmt: &day}, {CustomNumFmt: &clock}, {CustomNumFmt: &german}, {CustomNumFmt: &money}, {NumFmt: 14}, {NumFmt: 9}, {CustomNumFmt: &hours}}
	must(f.SetSheetRow("Sheet1", "A1", &[]any{"title", "day", "clock", "long", "money", "builtin", "share", "score", "broken", "time"}))
	must(f.SetSheetRow("Sheet1", "A2", &[]any{"A", 45292, 45292.75, 45293, 1234.5678, 45294, 0.125, nil, nil, 0.5}))
	must(f.SetCellFormula("Sheet1", "H2", "E2*2"))
	for i, col := range []string{"B", "C", "D", "E", "F", "G", "J"} {
		id, err := f.NewStyle(styles[i])
		must(err)
		must(f.SetCellStyle("Sheet1", col+"2", col+"2", id))
	}
	must(f.SetSheetRow("Sheet1", "A4", &[]any{"B", "text day"}))
	must(f.SetCellValue("Sheet1", "I2", "#DIV/0!"))
	_, err := f.NewSheet("Small")
	must(err)
	must(f.SetSheetRow("Small", "A1", &[]any{"name"}))
	must(f.SetSheetRow("Small", "A2", &[]any{"only"}))
	buf, err := f.WriteToBuffer()
	must(err)
	return importer.BytesSource("scores.xlsx", buf.Bytes())
}

// IMP-36: dates by number format, numbers as stored, errors named.
func TestWorkbook(t *testing.T) {
	src := sampleWorkbook(t)
	s, rows := importertest.Read(t, Leaf(), src, importer.Options{})
	got := importertest.Cells(s, rows[0])
	want := map[string]string{"title": "A", "day": "2024-01-01", "clock": "2024-01-01 18:00:00", "long": "2024-01-02", "money": "1234.5678", "builtin": "2024-01-03", "share": "0.125", "score": "", "broken": "", "time": "12:00"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(rows) != 2 || rows[1].Line != 4 || s.Totals.Skipped != 1 || s.Options.Sheet != "Sheet1" || !importertest.HasNote(s, "sheet") {
		t.Errorf("rows %d, line %d, sheet %s", len(rows), rows[1].Line, s.Options.Sheet)
	}
	if p := rows[0].Problems; len(p) != 1 || p[0].Code != "formula_error" || p[0].Column != "broken" {
		t.Errorf("problems %+v", p)
	}
	s, rows = importertest.Read(t, Leaf(), src, importer.Options{Sheet: "Small"})
	if len(rows) != 1 || importertest.Cells(s, rows[0])["name"] != "only" {
		t.Errorf("other sheet: %+v", rows)
	}
	if want := []importer.Sheet{{Name: "Sheet1", Rows: 4}, {Name: "Small", Rows: 2}}; !reflect.DeepEqual(s.Sheets, want) {
		t.Errorf("sheets %+v", s.Sheets)
	}
	if r := refusal(t, src, importer.Options{Sheet: "Nowhere"}); r.Code != "no_such_sheet" {
		t.Error(r.Code)
	}
	if r := refusal(t, importer.BytesSource("cut.xlsx", []byte("PK\x03\x04 and no more")), importer.Options{}); r.Code != "broken_workbook" {
		t.Error(r.Code)
	}
}

// IMP-6: a workbook that would unpack to far more than it looks is refused with its
// limit and with what to do, and rows keep their places around cells beyond one.
func TestWorkbookLimits(t *testing.T) {
	book := func(sheet string) importer.Source {
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		for _, part := range [][2]string{
			{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
			{"xl/workbook.xml", `<workbook><sheets><sheet name="One" id="r1"/></sheets></workbook>`},
			{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet.xml"/></Relationships>`},
			{"xl/sheet.xml", sheet},
		} {
			w, err := z.Create(part[0])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, part[1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return importer.BytesSource("bomb.xlsx", buf.Bytes())
	}
	r := refusal(t, book(`<worksheet><row><c t="str"><v>`+strings.Repeat("0", 5<<20)), importer.Options{})
	if r.Code != "workbook_too_large" || !strings.Contains(r.Text, "a text of more than 4 MiB") || !strings.Contains(r.Text, "Save the sheet as CSV") {
		t.Errorf("%+v", r)
	}
	s, rows := importertest.Read(t, Leaf(), book(`<worksheet><row><c t="str"><v>title</v></c><c t="str"><v>text</v></c></row>`+
		`<row r="3"><c t="str"><v>A</v></c><c t="str"><v>`+strings.Repeat("0", importer.MaxCell+1)+`</v></c></row>`+
		`<row r="4"><c t="str"><v>B</v></c><c r="XFD4"><v>1</v></c></row></worksheet>`), importer.Options{})
	if len(rows) != 2 || rows[0].Line != 3 || rows[1].Line != 4 || importertest.Cells(s, rows[0])["text"] != "" {
		t.Fatalf("rows %+v", rows)
	}
	if long, wide := rows[0].Problems, rows[1].Problems; len(long) != 1 || long[0].Code != "cell_too_long" || long[0].Column != "text" || len(wide) != 1 || wide[0].Code != "too_many_cells" {
		t.Errorf("problems %+v, %+v", long, wide)
	}
}

func TestNotATable(t *testing.T) {
	var noise string
	for i := range 4096 {
		noise += string([]byte{byte(i * 131), ',', byte(i>>3) ^ 0x55, '\n'})
	}
	for in, code := range map[string]string{"": "empty", "%PDF-1.7 x": "not_a_table", "\n\n": "empty", "<?xml version='1.0'?>\n<rss version=\"0.92\">": "not_a_table"} {
		if r := refusal(t, importer.BytesSource("file", []byte(in)), importer.Options{}); r.Code != code {
			t.Errorf("%q: %s", in, r.Code)
		}
	}
	for in, want := range map[string]bool{"a,b\n1,2\n": true, "[{\"a\":1}]": true, "%PDF": false, "": false, "\x00\x01\x02\x03\x00\x00": false,
		"\xef\xbb\xbf <!-- RSS generated by a tracker -->\n<rss version=\"0.92\">": false, "<!DOCTYPE html><table>": false,
		"<b>Title</b>,Points\nA,1\n": true, noise: false, "Title,Note\nA,one stray \x01\n": true} {
		if m := Leaf().Detect([]byte(in), "f"); (m.Confidence > 0) != want {
			t.Errorf("%q: %+v", in, m)
		}
	}
}

// Data check 4: 17,314 rows in one import.
func TestStoryPoints(t *testing.T) {
	src := importertest.Sample(t, "jira-storypoints/deep-se-13-projects.csv")
	s, err := Leaf().Inspect(context.Background(), src, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]importer.Target{"project": importer.Field(importer.Select), "issuekey": {Kind: importer.ToExternalID}, "title": {Kind: importer.ToTitle},
		"description": {Kind: importer.ToDescription}, "storypoint": importer.Field(importer.Number), "split_mark": importer.Field(importer.Select)}
	for key, want := range targets {
		if c := s.Column(key); c.Target != want {
			t.Errorf("%s goes to %+v", key, c.Target)
		}
	}
	n, longest := 0, 0
	err = Leaf().Rows(context.Background(), src, s, func(r importer.Row) error {
		n++
		if len(r.Problems) > 0 {
			t.Errorf("row %d: %+v", r.Number, r.Problems)
		}
		if _, p := importer.Convert(importer.Number, r.Cells[4], s.Columns[4].Hints); len(p) > 0 {
			t.Errorf("row %d: %+v", r.Number, p)
		}
		for _, c := range r.Cells[3] {
			longest = max(longest, len([]rune(c)))
		}
		return nil
	})
	if err != nil || n != 17314 || s.Rows != n || longest != 20019 {
		t.Errorf("%d rows, longest %d, %v", n, longest, err)
	}
}

// Data checks 6 and 7.
func TestPublicLists(t *testing.T) {
	s, rows := importertest.Read(t, Leaf(), importertest.Sample(t, "github-rest/scitools-voted-issues.json"), importer.Options{})
	for _, r := range rows {
		for k, v := range importertest.Cells(s, r) {
			if text.LooksHTML(v) {
				t.Fatalf("%s still holds HTML: %q", k, v)
			}
		}
	}
	if c := s.Column("#4"); len(rows) != 80 || c.Target.Kind != importer.ToTitle || s.Column("#1").Target != importer.Field(importer.Number) {
		t.Errorf("%d rows, title %+v", len(rows), c)
	}
	s, rows = importertest.Read(t, Leaf(), importertest.Sample(t, "github-rest/ruby-issues.csv"), importer.Options{})
	if len(rows) != 428 || s.Column("created_at").Target.Kind != importer.ToCreated || s.Column("labels").Target.Kind != importer.ToLabels || s.Identity.Column != "number" {
		t.Errorf("%d rows, %+v", len(rows), s.Identity)
	}
	s, rows = importertest.Read(t, Leaf(), importertest.Sample(t, "roadmaps/edge-platform-status.json"), importer.Options{})
	if c := s.Column("ieStatus.text"); len(rows) != 355 || len(c.Values) != 11 || c.Target != importer.Field(importer.Select) {
		t.Errorf("%d rows, status %+v", len(rows), c)
	}
	if c := s.Column("summary"); c.Target.Kind != importer.ToDescription {
		t.Errorf("summary %+v", c.Target)
	}
}

// Data check 8: every awkward file is read or politely refused.
func TestMessyFiles(t *testing.T) {
	tests := []struct {
		name, encoding, delimiter string
		header, rows, columns     int
		notes                     []string
	}{
		{"characters.csv", "big5", ",", 1, 382, 18, []string{"encoding"}},
		{"excel_pasting.csv", "utf-8", ",", 4, 16, 9, []string{"lines_above_header", "lonely_rows", "decimal"}},
		{"simple.psv", "utf-8", "|", 1, 28, 6, nil},
		{"skip_initials.csv", "utf-8", ",", 1, 2, 2, nil},
		{"spanish_chars.csv", "windows-1252", ",", 1, 115, 8, []string{"encoding"}},
		{"sparse_with_column_errors.csv", "windows-1252", ",", 1, 2200, 4, []string{"encoding"}},
		{"utf-16le_encoded.csv", "utf-16le", ",", 1, 327, 19, nil},
		{"simple.xlsx", "", "", 1, 6, 3, nil},
		{"large.xlsx", "", "", 3, 8544, 0, []string{"sheet", "lines_above_header"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := importertest.Read(t, Leaf(), importertest.Sample(t, "messy/"+tt.name), importer.Options{})
			o := s.Options
			if o.Encoding != tt.encoding || o.Delimiter != tt.delimiter || o.HeaderRow != tt.header || s.Rows != tt.rows || tt.columns > 0 && len(s.Columns) != tt.columns {
				t.Errorf("got %+v, %d rows, %d columns", o, s.Rows, len(s.Columns))
			}
			for _, code := range tt.notes {
				if !importertest.HasNote(s, code) {
					t.Errorf("no note %s in %+v", code, s.Notes)
				}
			}
		})
	}
	for name, code := range map[string]string{"simple.xls": "old_workbook", "encrypted_no_password.xls": "encrypted"} {
		if r := refusal(t, importertest.Sample(t, "messy/"+name), importer.Options{}); r.Code != code {
			t.Errorf("%s: %s", name, r.Code)
		}
	}
}

// Data check 9: naughty strings come through unchanged, from JSON and from CSV.
func TestNaughtyStrings(t *testing.T) {
	src := importertest.Sample(t, "messy/blns.json")
	f, err := src.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var all, want []string
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if strings.TrimSpace(s) != "" {
			want = append(want, s)
		}
	}
	_, rows := importertest.Read(t, Leaf(), src, importer.Options{})
	var csv strings.Builder
	csv.WriteString("title,more\n")
	for i, r := range rows {
		if len(rows) != len(want) || r.Cells[0][0] != want[i] {
			t.Fatalf("row %d is %q", i, r.Cells[0])
		}
		csv.WriteString(`"` + strings.ReplaceAll(want[i], `"`, `""`) + "\",x\n")
	}
	_, rows = read(t, "blns.csv", csv.String(), importer.Options{})
	for i, r := range rows {
		if r.Cells[0][0] != strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(want[i]) {
			t.Fatalf("row %d is %q, want %q", i, r.Cells[0], want[i])
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows of %d", len(rows), len(want))
	}
}

func BenchmarkStoryPoints(b *testing.B) {
	src := importertest.Sample(b, "jira-storypoints/deep-se-13-projects.csv")
	b.SetBytes(src.Size())
	n := 0
	for b.Loop() {
		s, err := Leaf().Inspect(context.Background(), src, importer.Options{})
		if err != nil {
			b.Fatal(err)
		}
		err = Leaf().Rows(context.Background(), src, s, func(importer.Row) error { n++; return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}
