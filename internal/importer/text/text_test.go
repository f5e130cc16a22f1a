package text

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func readAll(t *testing.T, s string, d Dialect) []Record {
	t.Helper()
	r := NewCSV(strings.NewReader(s), d)
	var out []Record
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rec)
	}
}

func TestCSVTraps(t *testing.T) {
	comma := Dialect{Comma: ','}
	tests := []struct {
		name, in string
		d        Dialect
		want     [][]string
		lines    []int
	}{
		{"plain", "a,b\nc,d\n", comma, [][]string{{"a", "b"}, {"c", "d"}}, []int{1, 2}},
		{"no last line end", "a,b\nc,d", comma, [][]string{{"a", "b"}, {"c", "d"}}, []int{1, 2}},
		{"quoted lines", "a,\"x\r\ny\"\nc,d", comma, [][]string{{"a", "x\ny"}, {"c", "d"}}, []int{1, 3}},
		{"doubled quotes", `"say ""hi""",b`, comma, [][]string{{`say "hi"`, "b"}}, []int{1}},
		{"blank lines", "\na,b\n\n\nc,d\n", comma, [][]string{{"a", "b"}, {"c", "d"}}, []int{2, 5}},
		{"empty cells stay", ",\n,\n", comma, [][]string{{"", ""}, {"", ""}}, []int{1, 2}},
		{"blank before quote", `a,  "b, c"  ,d`, comma, [][]string{{"a", "b, c", "d"}}, []int{1}},
		{"blanks stay without quotes", "a,   b", comma, [][]string{{"a", "   b"}}, []int{1}},
		{"bare quote", `5" pipe,x`, comma, [][]string{{`5" pipe`, "x"}}, []int{1}},
		{"quote that closes nothing", `"a"b,c`, comma, [][]string{{`a"b`, "c"}}, []int{1}},
		{"lone CR in a cell", "a,\"x\ry\"\nc,z\rw\n", comma, [][]string{{"a", "x\ny"}, {"c", "z\nw"}}, []int{1, 2}},
		{"old Mac", "a,b\rc,d\r", Dialect{Comma: ',', LoneCR: true}, [][]string{{"a", "b"}, {"c", "d"}}, []int{1, 2}},
		{"vertical tab is data", "a\vb,c", comma, [][]string{{"a\vb", "c"}}, []int{1}},
		{"broken UTF-8", "a\xff,b", comma, [][]string{{"a�", "b"}}, []int{1}},
		{"semicolon", "a;b,c\n", Dialect{Comma: ';'}, [][]string{{"a", "b,c"}}, []int{1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var cells [][]string
			var lines []int
			for _, r := range readAll(t, tt.in, tt.d) {
				cells, lines = append(cells, r.Cells), append(lines, r.Line)
			}
			if !reflect.DeepEqual(cells, tt.want) || !reflect.DeepEqual(lines, tt.lines) {
				t.Errorf("got %q at lines %v, want %q at %v", cells, lines, tt.want, tt.lines)
			}
		})
	}
}

func TestCSVUnclosedQuote(t *testing.T) {
	recs := readAll(t, "a,b\nc,\"d\ne,f\n", Dialect{Comma: ','})
	last := recs[len(recs)-1]
	if len(recs) != 2 || last.OpenLine != 2 || last.OpenCell != 1 {
		t.Errorf("got %+v", recs)
	}
}

func TestCSVLimits(t *testing.T) {
	recs := readAll(t, "a,"+strings.Repeat("x", MaxCell+1)+",c\n"+strings.Repeat("y,", MaxColumns+9)+"z\nd,e", Dialect{Comma: ','})
	if len(recs) != 3 {
		t.Fatalf("%d records", len(recs))
	}
	if !reflect.DeepEqual(recs[0].Oversize, []int{1}) || recs[0].Cells[1] != "" || recs[0].Cells[2] != "c" {
		t.Errorf("oversize %v", recs[0].Oversize)
	}
	if recs[1].Dropped != 10 || len(recs[1].Cells) != MaxColumns {
		t.Errorf("dropped %d of %d", recs[1].Dropped, len(recs[1].Cells))
	}
	if recs[2].Cells[1] != "e" {
		t.Errorf("after the limits: %q", recs[2].Cells)
	}
	exact := readAll(t, strings.Repeat("x", MaxCell), Dialect{Comma: ','})
	if len(exact[0].Oversize) != 0 || len(exact[0].Cells[0]) != MaxCell {
		t.Error("a cell of exactly the limit is refused")
	}
}

// On well-formed text the reader agrees with the standard library.
func TestCSVAgreesWithStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("ab ,;\"\n\té日")))
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 5), 1, 6).Draw(t, "rows")
		var buf bytes.Buffer
		w := csv.NewWriter(&buf)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		r := NewCSV(&buf, Dialect{Comma: ','})
		for i, want := range rows {
			rec, err := r.Read()
			if err != nil || !reflect.DeepEqual(rec.Cells, want) {
				t.Fatalf("row %d: got %q, %v, want %q", i, rec.Cells, err, want)
			}
		}
		if _, err := r.Read(); !errors.Is(err, io.EOF) {
			t.Fatalf("after the last row: %v", err)
		}
	})
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n", "\"a\nb", "a\r\nb\rc", `"a""b" ,c"`, "\xff\xfe,\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range []Dialect{{Comma: ','}, {Comma: ';', LoneCR: true}} {
			r, lines := NewCSV(strings.NewReader(s), d), 0
			for {
				rec, err := r.Read()
				if err != nil {
					break
				}
				if rec.Line <= lines && lines > 0 {
					t.Fatalf("line %d after %d", rec.Line, lines)
				}
				lines = rec.Line
			}
		}
		DetectDelimiter([]byte(s))
	})
}

func TestDetectEncoding(t *testing.T) {
	german := strings.Repeat("Trägerorganisationen für Größen und Maße; überwiegend Hochschulbau\n", 20)
	russian := strings.Repeat("Добавить поддержку тёмной темы в настройках приложения, чтобы глаза не уставали\n", 20)
	japanese_ := strings.Repeat("検索の結果を並べ替えることができるようにしてください。よろしくお願いします。\n", 20)
	chinese := strings.Repeat("我們需要在設定頁面上新增一個可以匯出資料的功能，這樣使用者才能備份。\n", 20)
	simplified := strings.Repeat("我们需要在设置页面上增加一个可以导出数据的功能，这样用户才能备份。\n", 20)
	enc := func(s string, e interface{ Bytes([]byte) ([]byte, error) }) []byte {
		b, err := e.Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := []struct {
		name string
		in   []byte
		want string
		sure bool
	}{
		{"ascii", []byte("a,b\n"), UTF8, true},
		{"empty", nil, UTF8, true},
		{"utf-8", []byte(german), UTF8, true},
		{"utf-8 with mark", []byte("\ufeffa"), UTF8, true},
		{"utf-8 with one broken byte", []byte(german + "\xff"), UTF8, true},
		{"late non-ASCII", []byte(strings.Repeat("a,b,c\n", 50000) + "Gr\xf6\xdfe\n"), Windows1252, false},
		{"latin-1", enc(german, charmap.Windows1252.NewEncoder()), Windows1252, false},
		{"cyrillic", enc(russian, charmap.Windows1251.NewEncoder()), Windows1251, false},
		{"shift jis", enc(japanese_, japanese.ShiftJIS.NewEncoder()), ShiftJIS, false},
		{"big5", enc(chinese, traditionalchinese.Big5.NewEncoder()), Big5, false},
		{"gb18030", enc(simplified, simplifiedchinese.GB18030.NewEncoder()), GB18030, false},
		{"utf-16le with mark", enc(german, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), UTF16LE, true},
		{"utf-16be", enc(german, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder()), UTF16BE, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := DetectEncoding(bytes.NewReader(tt.in))
			if err != nil || e.Name != tt.want || e.Sure() != tt.sure {
				t.Fatalf("got %+v, %v", e, err)
			}
			if !tt.sure && len(e.Alternatives) == 0 {
				t.Error("unsure, but nothing else to choose from")
			}
			r, err := Decode(bytes.NewReader(tt.in), e.Name)
			if err != nil {
				t.Fatal(err)
			}
			if out, err := io.ReadAll(r); err != nil || bytes.HasPrefix(out, []byte("\ufeff")) {
				t.Errorf("decoding: %.20q %v", out, err)
			}
		})
	}
	if _, err := DetectEncoding(bytes.NewReader(bytes.Repeat([]byte{0, 1, 2, 200, 0, 0, 7}, 99))); !errors.Is(err, ErrNotText) {
		t.Errorf("binary: %v", err)
	}
}

func TestDetectDelimiter(t *testing.T) {
	tests := []struct {
		name, in string
		want     byte
		columns  int
	}{
		{"comma", "a,b,c\n1,2,3\n4,5,6\n", ',', 3},
		{"semicolon with decimal commas", "a;b;c\n1,5;2,5;3\n4;5,0;6\n", ';', 3},
		{"tab", "a\tb, c\n1\t2\n", '\t', 2},
		{"pipe", "a|b|c\n1|2|3", '|', 3},
		{"comma with semicolons in text", "id,text\n1,a; b; c\n2,d\n3,e; f\n", ',', 2},
		{"one column", "title\nfirst thing\nsecond thing\n", ',', 1},
		{"declared", "sep=;\na;b\n", ';', 2},
		{"quoted line breaks", "a,b\n\"x\ny\nz\",2\n\"p;q;r\",3\n", ',', 2},
	}
	for _, tt := range tests {
		d := DetectDelimiter([]byte(tt.in))
		if d.Comma != tt.want || d.Columns != tt.columns {
			t.Errorf("%s: got %q × %d (%s)", tt.name, d.Comma, d.Columns, d.Why)
		}
	}
}

func TestNumbers(t *testing.T) {
	tests := []struct {
		in      string
		decimal byte
		want    float64
		ok      bool
	}{
		{"4", 0, 4, true}, {"4.0", 0, 4, true}, {"-3", 0, -3, true}, {"−3", 0, -3, true}, {"+7", 0, 7, true},
		{"1,234.5", 0, 1234.5, true}, {"1.234,5", 0, 1234.5, true}, {"1.234,5", '.', 0, false}, {"1,234.5", ',', 0, false},
		{"2,666", '.', 2666, true}, {"2,666", ',', 2.666, true}, {"2,666", 0, 2666, true}, {"4,5", 0, 4.5, true}, {"4,5", '.', 0, false},
		{"1.234", ',', 1234, true}, {"1.234", '.', 1.234, true}, {"0,123", '.', 0, false}, {"0,123", ',', 0.123, true},
		{"12,34,567", 0, 1234567, true}, {"1 234 567", 0, 1234567, true}, {"1\u00a0234,5", ',', 1234.5, true}, {"1'234.5", 0, 1234.5, true},
		{"50 %", 0, 50, true}, {"50%", 0, 50, true}, {"$1,200", 0, 1200, true}, {"12 €", 0, 12, true}, {"-$5", 0, -5, true}, {"(12)", 0, -12, true},
		{"1e3", 0, 1000, true}, {"1.5E-2", 0, 0.015, true}, {".5", 0, 0.5, true}, {"5.", 0, 5, true}, {"-0", 0, 0, true},
		{"", 0, 0, false}, {".", 0, 0, false}, {"NaN", 0, 0, false}, {"Inf", 0, 0, false}, {"1e999", 0, 0, false}, {"0x10", 0, 0, false},
		{"1,23", '.', 0, false}, {"12a", 0, 0, false}, {"1-2", 0, 0, false}, {"--1", 0, 0, false}, {"1e", 0, 0, false}, {"1,,234", 0, 0, false},
	}
	for _, tt := range tests {
		got, ok := ParseNumber(tt.in, tt.decimal)
		if ok != tt.ok || got != tt.want {
			t.Errorf("ParseNumber(%q, %q) = %v, %v; want %v, %v", tt.in, tt.decimal, got, ok, tt.want, tt.ok)
		}
	}
	if n, _ := ReadNumber("1,234"); !n.Ambiguous() {
		t.Error("1,234 is not ambiguous")
	}
}

func TestDates(t *testing.T) {
	tests := []struct {
		in    string
		order Order
		want  string // UTC instant, zone UTC assumed where unstated
	}{
		{"2026-02-25", "", "2026-02-25T00:00:00Z"},
		{"2026/2/5", "", "2026-02-05T00:00:00Z"},
		{"2015-10-15T19:10:22.000+0000", "", "2015-10-15T19:10:22Z"},
		{"2013-12-03T17:15:43Z", "", "2013-12-03T17:15:43Z"},
		{"2026-02-19 18:46:12.936", "", "2026-02-19T18:46:12.936Z"},
		{"2026-02-19T18:46+02:00", "", "2026-02-19T16:46:00Z"},
		{"2026-02-19T18:46-05", "", "2026-02-19T23:46:00Z"},
		{"2017-09-15 16:50:55 UTC", "", "2017-09-15T16:50:55Z"},
		{"2025-07-21 03:37:03", "", "2025-07-21T03:37:03Z"},
		{"25/Feb/26 10:17 PM", "", "2026-02-25T22:17:00Z"},
		{"09/Jan/24 12:00 AM", "", "2024-01-09T00:00:00Z"},
		{"25/Jun/20 12:44", "", "2020-06-25T12:44:00Z"},
		{"25-Feb-2026", "", "2026-02-25T00:00:00Z"},
		{"Sat, 10 Oct 2020 17:31:32 -0400", "", "2020-10-10T21:31:32Z"},
		{"Mon, 21 Apr 2025 10:17:06 UTC+0000", "", "2025-04-21T10:17:06Z"},
		{"Mon Apr 21 2025 10:17:06 GMT+0000 (GMT)", "", "2025-04-21T10:17:06Z"},
		{"Mon Apr 21 2025 10:17:06 GMT+0200 (Central European Summer Time)", "", "2025-04-21T08:17:06Z"},
		{"Mon, 02 Jan 2006 15:04:05 EST", "", "2006-01-02T20:04:05Z"},
		{"April 10, 1925", "", "1925-04-10T00:00:00Z"},
		{"Apr 10, 2025 10:17 AM", "", "2025-04-10T10:17:00Z"},
		{"April 1st, 2025", "", "2025-04-01T00:00:00Z"},
		{"10 April 1925", "", "1925-04-10T00:00:00Z"},
		{"25. Februar 2026", "", "2026-02-25T00:00:00Z"},
		{"10 de abril de 2024", "", "2024-04-10T00:00:00Z"},
		{"1er février 2024", "", ""},
		{"25.02.2026", "", "2026-02-25T00:00:00Z"},
		{"03.04.2026", MonthFirst, "2026-04-03T00:00:00Z"},
		{"25/02/2026 22:17", "", "2026-02-25T22:17:00Z"},
		{"3/4/26", DayFirst, "2026-04-03T00:00:00Z"},
		{"3/4/26", MonthFirst, "2026-03-04T00:00:00Z"},
		{"2/25/26, 1:05\u202fPM", "", "2026-02-25T13:05:00Z"},
		{"2/25/26", DayFirst, ""},
		{"1/1/70", "", "1970-01-01T00:00:00Z"},
		{"31/Dec/69 11:59 PM", "", "2069-12-31T23:59:00Z"},
		{"29/Feb/24", "", "2024-02-29T00:00:00Z"},
		{"29/Feb/25", "", ""}, {"2026-13-01", "", ""}, {"2026-02-30", "", ""}, {"25/Foo/26", "", ""},
		{"2026-02-25T25:00", "", ""}, {"13:00 PM 2026", "", ""}, {"2026-02-25 13:00 PM", "", ""},
		{"tomorrow", "", ""}, {"", "", ""}, {"1234567", "", ""}, {"2026-02-25 and later", "", ""}, {"1.2.3", "", ""}, {"v1.2.2024x", "", ""},
	}
	for _, tt := range tests {
		d, ok := ParseDate(tt.in, tt.order)
		got := ""
		if ok {
			got = d.Time(time.UTC).Format(time.RFC3339Nano)
		}
		if got != tt.want {
			t.Errorf("ParseDate(%q, %q) = %s, want %s", tt.in, tt.order, got, tt.want)
		}
	}
	for in, want := range map[string]bool{"3/4/2026": true, "3/3/2026": false, "25/4/2026": false, "4/25/2026": false, "3.4.2026": false, "2026-03-04": false} {
		if d, ok := ParseDate(in, ""); !ok || d.Ambiguous() != want {
			t.Errorf("%s ambiguous: %v", in, d.Ambiguous())
		}
	}
}

// Every instant survives being written in each of the usual layouts.
func TestDatesRoundTrip(t *testing.T) {
	layouts := []string{time.RFC3339, time.RFC1123Z, time.RFC1123, time.RFC822Z, "02/Jan/06 3:04 PM -0700", "2006-01-02 15:04:05 -0700",
		"Mon Jan 02 2006 15:04:05 GMT-0700 (MST)", "January 2, 2006 3:04:05 PM -07:00", "02.01.2006 15:04 -0700", "2006-01-02T15:04:05-0700"}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 3155759999).Draw(t, "unix"), 0).UTC().Truncate(time.Minute)
		layout := rapid.SampledFrom(layouts).Draw(t, "layout")
		d, ok := ParseDate(at.Format(layout), "")
		if !ok || !d.Time(nil).Equal(at) {
			t.Fatalf("%q read as %v, %v", at.Format(layout), d.Time(nil), ok)
		}
	})
}

func TestSerialsAndUnix(t *testing.T) {
	serials := map[float64]string{1: "1900-01-01T00:00:00Z", 59: "1900-02-28T00:00:00Z", 61: "1900-03-01T00:00:00Z", 45292: "2024-01-01T00:00:00Z",
		45292.75: "2024-01-01T18:00:00Z", 2958465: "9999-12-31T00:00:00Z", 45292.99999999: "2024-01-02T00:00:00Z"}
	for in, want := range serials {
		if d, ok := FromSerial(in); !ok || d.Time(nil).Format(time.RFC3339) != want {
			t.Errorf("serial %v = %v", in, d.Time(nil))
		}
	}
	for _, bad := range []float64{0, -1, 2958466, 1e300} {
		if _, ok := FromSerial(bad); ok {
			t.Errorf("serial %v accepted", bad)
		}
	}
	if d, ok := FromUnix("1474900000"); !ok || d.ISO() != "2016-09-26" {
		t.Error("seconds")
	}
	if d, ok := FromUnix("1474900000123"); !ok || d.Time(nil).UnixMilli() != 1474900000123 {
		t.Error("milliseconds")
	}
	if _, ok := FromUnix("12345"); ok {
		t.Error("five digits are no time")
	}
}

func TestPeriods(t *testing.T) {
	tests := map[string]Period{
		"2026": {"2026-01-01", "2026-12-31", ByYear}, "Q1 2026": {"2026-01-01", "2026-03-31", ByQuarter}, "2026-Q4": {"2026-10-01", "2026-12-31", ByQuarter},
		"H2 2025": {"2025-07-01", "2025-12-31", ByHalf}, "Feb 2024": {"2024-02-01", "2024-02-29", ByMonth}, "2026-02": {"2026-02-01", "2026-02-28", ByMonth},
		"02/2026": {"2026-02-01", "2026-02-28", ByMonth}, "25/Feb/26": {"2026-02-25", "2026-02-25", ByDay},
		"Q5 2026": {}, "H3 2026": {}, "26": {}, "2026-13": {}, "soon": {}, "": {}, "W3 2026": {},
	}
	for in, want := range tests {
		if got, ok := ParsePeriod(in, ""); got != want || ok != (want != Period{}) {
			t.Errorf("ParsePeriod(%q) = %v, %v", in, got, ok)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"25/Feb/26 10:17 PM", "2015-10-15T19:10:22.000+0000", "Mon Apr 21 2025 10:17:06 GMT+0000 (GMT)", "Q1 2026", "3/4/26", "12:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range []Order{"", DayFirst, MonthFirst} {
			if d, ok := ParseDate(s, o); ok {
				if _, err := time.Parse(time.DateOnly, d.ISO()); err != nil {
					t.Fatalf("%q gives %q", s, d.ISO())
				}
			}
			if p, ok := ParsePeriod(s, o); ok && p.Start > p.End {
				t.Fatalf("%q gives %v", s, p)
			}
		}
		if n, ok := ReadNumber(s); ok && (n.Dot != n.Dot || n.Comma != n.Comma) {
			t.Fatalf("%q is not a number", s)
		}
	})
}

func elements(s string) (out []string, err error) {
	err = EachJSON(strings.NewReader(s), func(e Element) error {
		out = append(out, e.Path+"|"+string(e.Raw)+"|"+itoa(e.Line))
		return nil
	})
	return out, err
}

func TestEachJSON(t *testing.T) {
	tests := []struct{ in, want string }{
		{`[1,"a",{"b":[2]}]`, `|1|1 |"a"|1 |{"b":[2]}|1`},
		{"\ufeff{\"n\":\"x\",\n\"d\":{\"e\":[\n{},\n[1]\n]}}", `n|"x"|1 d.e|{}|3 d.e|[1]|4`},
		{`{}`, ``},
		{`"text"`, `|"text"|1`},
	}
	for _, tt := range tests {
		got, err := elements(tt.in)
		if err != nil || strings.Join(got, " ") != tt.want {
			t.Errorf("%q: got %q, %v", tt.in, got, err)
		}
	}
	got, err := elements("[\n{\"a\":1},\n{\"a\":2},\n{\"a\"")
	var bad *JSONError
	if len(got) != 2 || !errors.As(err, &bad) || !errors.Is(err, ErrCutOff) || bad.Line != 3 && bad.Line != 4 {
		t.Errorf("cut off: %q, %v", got, err)
	}
	if got, err = elements("[1,\n2,\n}"); len(got) != 2 || !errors.As(err, &bad) || errors.Is(err, ErrCutOff) {
		t.Errorf("wrong: %q, %v", got, err)
	}
	huge := `["` + strings.Repeat("x", MaxElement+(1<<20)) + `"]`
	if _, err = elements(huge); err == nil || !strings.Contains(err.Error(), "limit") {
		t.Errorf("huge element: %v", err)
	}
	if d := Depth([]byte(`{"a":["[[[",{"b":1}]}`)); d != 3 {
		t.Errorf("depth %d", d)
	}
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{`[1,{"a":[]}]`, `{"a":{"b":[1,2]}}`, `[{"a"`, `{"a":[}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := 0
		_ = EachJSON(strings.NewReader(s), func(e Element) error {
			if n++; len(e.Raw) == 0 || e.Line < 1 {
				t.Fatalf("element %+v", e)
			}
			return nil
		})
	})
}

func TestHTML(t *testing.T) {
	visible, links := HTMLToText("<a href='https://x.example/7'>#7</a> &amp; <b>bold</b><br>next<script>alert(1)</script>")
	if visible != "#7 & bold\nnext" || !reflect.DeepEqual(links, []string{"https://x.example/7"}) {
		t.Errorf("%q %v", visible, links)
	}
	md := HTMLToMarkdown("<h2>Title</h2><p>One <b>two</b> <i>three</i> <a href=\"https://x.example\">four</a></p><ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><pre>x  y\n z</pre>")
	want := "## Title\n\nOne **two** *three* [four](https://x.example)\n\n- a\n- b\n  1. c\n\n```\nx  y\n z\n```"
	if md != want {
		t.Errorf("got %q, want %q", md, want)
	}
	if LooksHTML("a < b") || !LooksHTML("x<BR>y") {
		t.Error("LooksHTML")
	}
}
