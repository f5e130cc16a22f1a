package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// plain are the parts of a workbook with one sheet, whose cells are given.
func plain(cells string) map[string]string {
	return map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + cells + `</sheetData></worksheet>`,
	}
}

func packed(t testing.TB, parts map[string]string) *bytes.Reader {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(buf.Bytes())
}

// all reads the first sheet, "|" between cells and the number before a row.
func all(r *bytes.Reader, columns int) (rows []string, err error) {
	w, err := Open(r, r.Size())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if len(w.Sheets()) == 0 {
		return nil, errors.New("no sheet")
	}
	for row, err := range w.Rows(w.Sheets()[0], columns) {
		if err != nil {
			return rows, err
		}
		text := fmt.Sprintf("%d:%s", row.Number, strings.Join(row.Cells, "|"))
		if row.Beyond > 0 {
			text += fmt.Sprintf(" and %d", row.Beyond)
		}
		rows = append(rows, text)
	}
	return rows, nil
}

// IMP-36: what programs write into cells.
func TestCells(t *testing.T) {
	const strings = `<sst><si><t>plain</t></si><si><r><rPr><b/></rPr><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>a_x000D_b _x005F_x0041_ _xZZZZ_</t></si></sst>`
	const styles = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="d.m.yy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="200"><alignment/></xf><xf numFmtId="22"/></cellXfs><dxfs><dxf><numFmt numFmtId="200" formatCode="0"/></dxf></dxfs></styleSheet>`
	tests := []struct {
		name, cells string
		want        []string
	}{
		{"shared", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>`, []string{"1:plain|rich |a\rb _x0041_ _xZZZZ_"}},
		{"inside", `<row r="1"><c r="A1" t="inlineStr"><is><t>x &amp; &lt;y&gt;</t></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>`, []string{"1:x & <y>|ab"}},
		{"no places", `<row><c><v>1</v></c><c><v>2</v></c></row><row><c r="B2"><v>3</v></c><c><v>4</v></c></row>`, []string{"1:1|2", "2:|3|4"}},
		{"gaps", `<row r="2"><c r="C2"><v>1</v></c></row><row r="9"/><row r="12"><c r="AA12" s="1"/></row>`, []string{"2:||1", "9:", "12:"}},
		{"types", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1" t="str"><f>"x"</f><v>cached</v></c><c r="E1" t="n"><f>E2*2</f><v>8</v></c><c r="F1" t="d"><v>2024-01-01T10:00:00</v></c><c r="G1"><f>now()</f></c></row>`,
			[]string{"1:TRUE|FALSE|#DIV/0!|cached|8|2024-01-01 10:00:00"}},
		{"days", `<row r="1"><c r="A1" s="1"><v>45292</v></c><c r="B1" s="2"><v>45292.5</v></c><c r="C1" s="0"><v>45292</v></c><c r="D1" s="99"><v>45292</v></c><c r="E1"><v>45292</v></c></row>`, []string{"1:2024-01-01|2024-01-01 12:00:00|45292|45292|45292"}},
		{"beyond", `<row r="1"><c r="A1"><v>1</v></c><c r="H1"><v>8</v></c><c r="XFD1"><v>9</v></c><c r="I1"/></row>`, []string{"1:1 and 2"}},
		{"twice", `<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"/></row>`, []string{"1:"}},
		{"sections", `<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c><!-- no --></row><extLst><ext><row><c><v>7</v></c></row></ext></extLst>`, []string{"1:<b>", "2:7"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parts := plain(tt.cells)
			parts["xl/sharedStrings.xml"], parts["xl/styles.xml"] = strings, styles
			if got, err := all(packed(t, parts), 7); err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("got  %q (%v)\nwant %q", got, err, tt.want)
			}
		})
	}
}

// TestPackages: archives as several programs make them.
func TestPackages(t *testing.T) {
	row := `<row r="1"><c r="A1" s="0"><v>43830</v></c></row>`
	styled := `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`
	tests := map[string]struct {
		change func(map[string]string)
		want   string
	}{
		"plain": {func(map[string]string) {}, "43830"},
		"since 1904": {func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="true"/><sheets>`, 1)
			p["xl/styles.xml"] = styled
		}, "2024-01-01"},
		"a namespace with a prefix": {func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = `<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>`
		}, "5"},
		"backslashes and capitals": {func(p map[string]string) {
			p[`XL\Worksheets\Sheet1.xml`] = p["xl/worksheets/sheet1.xml"]
			delete(p, "xl/worksheets/sheet1.xml")
		}, "43830"},
		"a chart before it": {func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "<Relationships>", `<Relationships><Relationship Id="r0" Type="x/chartsheet" Target="chart.xml"/>`, 1)
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", `<sheets><sheet name="Chart" r:id="r0"/><sheet name="Gone" r:id="r9"/>`, 1)
		}, "43830"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			parts := plain(row)
			tt.change(parts)
			if got, err := all(packed(t, parts), 9); err != nil || !slices.Equal(got, []string{"1:" + tt.want}) {
				t.Errorf("got %q (%v)", got, err)
			}
		})
	}
}

// IMP-5: what is wrong is said, with the place where there is one.
func TestBroken(t *testing.T) {
	with := func(part, body string) *bytes.Reader {
		parts := plain("")
		if parts[part] = body; body == "" {
			delete(parts, part)
		}
		return packed(t, parts)
	}
	whole := packed(t, plain(`<row><c><v>1</v></c></row>`))
	cut := make([]byte, whole.Size()-40)
	if _, err := whole.ReadAt(cut, 0); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		in   *bytes.Reader
		want string
	}{
		{"no archive", bytes.NewReader([]byte("PK\x03\x04 and no more")), "cut off or damaged"},
		{"cut archive", bytes.NewReader(cut), "cut off or damaged"},
		{"other archive", packed(t, map[string]string{"a.txt": "x"}), `"_rels/.rels" is missing`},
		{"document", with("_rels/.rels", `<Relationships/>`), "none of a workbook"},
		{"binary", func() *bytes.Reader {
			p := plain("")
			p["_rels/.rels"] = `<Relationships><Relationship Id="r1" Type="/officeDocument" Target="xl/workbook.bin"/></Relationships>`
			p["xl/workbook.bin"] = "x"
			return packed(t, p)
		}(), "binary workbook"},
		{"no sheet", with("xl/worksheets/sheet1.xml", ""), "no sheet"},
		{"cut sheet", with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>"), "unexpected EOF"},
		{"no XML", with("xl/worksheets/sheet1.xml", "<worksheet><row></c></worksheet>"), "sheet1.xml"},
		{"entities", with("xl/worksheets/sheet1.xml", `<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet><row><c t="str"><v>&a;</v></c></row></worksheet>`), "entity"},
		{"backwards", packed(t, plain(`<row r="5"/><row r="5"/>`)), `a row "5" comes after row 5`},
		{"too far down", packed(t, plain(`<row r="1048577"/>`)), "beyond the last row"},
		{"too far right", packed(t, plain(`<row r="3"><c r="XFE3"><v>1</v></c></row>`)), `row 3 has a cell at "XFE3"`},
		{"nowhere", packed(t, plain(`<row r="3"><c r="$A$3"><v>1</v></c></row>`)), `row 3 has a cell at "$A$3"`},
		{"a text that is missing", packed(t, plain(`<row r="3"><c r="B3" t="s"><v>7</v></c></row>`)), "row 3, column 2: there is no text 7"},
		{"a text without number", packed(t, plain(`<row r="3"><c r="B3" t="s"><v>x</v></c></row>`)), `row 3, column 2: it names the text "x"`},
		{"deep", packed(t, plain(strings.Repeat("<a>", 70))), "nested more than 64 deep"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if rows, err := all(tt.in, 9); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%q, %v; want %q", rows, err, tt.want)
			}
		})
	}
}

// again gives a text over and over.
type again struct {
	text string
	left int
	rest string
}

func (z *again) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		if z.rest == "" {
			if z.left == 0 {
				break
			}
			z.left--
			z.rest = z.text
		}
		c := copy(b[n:], z.rest)
		n, z.rest = n+c, z.rest[c:]
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// IMP-6: what unpacks to far more than it looks is refused by the limit that it reaches.
func TestBombs(t *testing.T) {
	bomb := func(part, before string, fill *again) *bytes.Reader {
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		for name, body := range plain("") {
			if name == part {
				continue
			}
			w, _ := z.Create(name)
			io.WriteString(w, body)
		}
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, io.MultiReader(strings.NewReader(before), fill)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(buf.Bytes())
	}
	var list bytes.Buffer
	z := zip.NewWriter(&list)
	for range 200_000 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	const sheet = "xl/worksheets/sheet1.xml"
	runs := `<worksheet><row><c t="inlineStr"><is>`
	run := "<r><t>" + strings.Repeat("noise, ", 9000) + "</t></r>"
	for _, tt := range []struct {
		name string
		in   *bytes.Reader
		want string
	}{
		{"blanks", bomb(sheet, "<worksheet><sheetData>", &again{text: "<padding/>", left: 4 << 20}), "250 times its size"},
		{"one text", bomb(sheet, "<worksheet><row><c t=\"str\"><v>", &again{text: "0123456789abcdef", left: 1 << 20}), "text of more than 4 MiB"},
		{"one tag", bomb(sheet, "<worksheet><row r='1' ", &again{text: "spans='' ", left: 1 << 20}), "text of more than 4 MiB"},
		{"many runs", bomb(sheet, runs, &again{text: run, left: 80}), "text of more than 4 MiB"},
		{"shared text", bomb("xl/sharedStrings.xml", "<sst><si><t>", &again{text: "0123456789abcdef", left: 1 << 20}), "text of more than 4 MiB"},
		{"list of parts", bytes.NewReader(list.Bytes()), "list of parts of more than 8 MiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := all(tt.in, 9)
			var large *TooLargeError
			if !errors.As(err, &large) || !strings.Contains(large.Text, tt.want) {
				t.Errorf("%v; want %q", err, tt.want)
			}
		})
	}
	full := &texts{ends: make([]int64, maxTexts)}
	if err := full.add([]byte("x")); err == nil || !strings.Contains(err.Error(), "8000000 different texts") {
		t.Error(err)
	}
}

// TestTextsOnDisk: many shared texts do not stay in memory, and leave nothing behind.
func TestTextsOnDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var shared, cells strings.Builder
	shared.WriteString("<sst>")
	const n = 300
	long := strings.Repeat("…", 20_000)
	for i := range n {
		fmt.Fprintf(&shared, "<si><t>%d%s</t></si>", i, long)
		fmt.Fprintf(&cells, `<row><c t="s"><v>%d</v></c></row>`, n-1-i)
	}
	shared.WriteString("</sst>")
	parts := plain(cells.String())
	parts["xl/sharedStrings.xml"] = shared.String()
	r := packed(t, parts)
	w, err := Open(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	if len(w.texts.inside) > textsInside || w.texts.file == nil {
		t.Errorf("%d bytes in memory", len(w.texts.inside))
	}
	for row, err := range w.Rows("One", 1) {
		if want := fmt.Sprint(n-row.Number) + long; err != nil || row.Cells[0] != want {
			t.Fatalf("row %d: %.20q, %v", row.Number, row.Cells, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

// TestReadOthers: what another program writes is read as what was put in.
func TestReadOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		n := rapid.IntRange(1, 5).Draw(t, "rows")
		text := rapid.OneOf(rapid.StringMatching(`[a-wyz0-9&<>"' \n]{0,12}`), rapid.SampledFrom([]string{"日本語", "é", " a ", "=1+1", "𝒳"}))
		want := make([][]string, n)
		for i := range want {
			cells := make([]any, rapid.IntRange(0, 4).Draw(t, "cells"))
			for j := range cells {
				var shown string
				switch rapid.IntRange(0, 3).Draw(t, "kind") {
				case 0:
					shown = text.Draw(t, "text")
					cells[j] = shown
				case 1:
					x := rapid.IntRange(-1e9, 1e9).Draw(t, "n")
					cells[j], shown = float64(x)/8, number(fmt.Sprintf("%v", float64(x)/8), noDate, since1900)
				case 2:
					b := rapid.Bool().Draw(t, "b")
					cells[j], shown = b, strings.ToUpper(fmt.Sprint(b))
				case 3:
					cells[j] = nil
				}
				want[i] = append(want[i], shown)
			}
			for len(want[i]) > 0 && want[i][len(want[i])-1] == "" {
				want[i] = want[i][:len(want[i])-1]
			}
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
		buf, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		got := make([][]string, n)
		w, err := Open(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range w.Rows("Sheet1", 10) {
			if err != nil {
				t.Fatal(err)
			}
			got[row.Number-1] = append(got[row.Number-1], row.Cells...)
		}
		if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	})
}

// FuzzSheet: whatever stands in a sheet, rows come in order within the limits, or an error does.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{"", `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<row><c t="inlineStr"><is><r><t>a</t></r></is></c></row>`, `<row r="4"/><row r="2"/>`,
		`<row><c r="XFD1" s="1"><v>45000.5</v></c><c t="d"><v>2024-01-01</v></c></row>`, `<x:row><c r="a1" t="e"><v>#N/A</v></c></x:row>`, `<row><c t="str"><v>_x000D__xD800_</v></c></row>`} {
		f.Add(s)
	}
	const columns = 5
	f.Fuzz(func(t *testing.T, cells string) {
		parts := plain(cells)
		parts["xl/sharedStrings.xml"] = "<sst><si><t>one</t></si></sst>"
		parts["xl/styles.xml"] = `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`
		r := packed(t, parts)
		w, err := Open(r, r.Size())
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		for row, err := range w.Rows("One", columns) {
			if err != nil {
				break
			}
			if row.Number <= last || row.Number > MaxRows || len(row.Cells) > columns || len(row.Cells) > 0 && row.Cells[len(row.Cells)-1] == "" {
				t.Fatalf("row %d after %d: %q", row.Number, last, row.Cells)
			}
			last = row.Number
		}
	})
}
