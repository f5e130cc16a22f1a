package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/internal/importer/text"
)

func TestConvert(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name  string
		typ   FieldType
		cells []string
		hints Hints
		want  Value
		code  string // of the only problem
	}{
		{"empty", Number, []string{" ", ""}, Hints{}, Value{Empty: true}, ""},
		{"no value in words", Number, []string{"n/a"}, Hints{}, Value{Empty: true}, ""},
		{"short text", ShortText, []string{" a ", "b"}, Hints{}, Value{Text: "a, b"}, ""},
		{"long text", LongText, []string{"a\nb"}, Hints{}, Value{Text: "a\nb"}, ""},
		{"NUL", ShortText, []string{"a\x00b"}, Hints{}, Value{Text: "ab"}, "nul_removed"},
		{"number", Number, []string{"1,234.5"}, Hints{}, Value{Number: 1234.5}, ""},
		{"number with comma", Number, []string{"1.234,5"}, Hints{Decimal: ","}, Value{Number: 1234.5}, ""},
		{"ambiguous number by hint", Number, []string{"1,234"}, Hints{Decimal: ","}, Value{Number: 1.234}, ""},
		{"percent", Number, []string{"50 %"}, Hints{}, Value{Number: 50}, ""},
		{"no number", Number, []string{"many"}, Hints{}, Value{Empty: true}, "not_a_number"},
		{"two numbers", Number, []string{"4.0", "5"}, Hints{}, Value{Number: 4}, "several_values"},
		{"same number twice", Number, []string{"4", "4"}, Hints{}, Value{Number: 4}, ""},
		{"rating", Rating, []string{"4.0"}, Hints{}, Value{Number: 4}, ""},
		{"stars", Rating, []string{"★★★☆☆"}, Hints{}, Value{Number: 3}, ""},
		{"rating of five", Rating, []string{"4/5"}, Hints{}, Value{Number: 4}, ""},
		{"rating too high", Rating, []string{"6"}, Hints{}, Value{Empty: true}, "out_of_range"},
		{"half a rating", Rating, []string{"2.5"}, Hints{}, Value{Empty: true}, "out_of_range"},
		{"slider", Slider, []string{"70%"}, Hints{}, Value{Number: 70}, ""},
		{"slider beyond", Slider, []string{"11"}, Hints{High: 10}, Value{Empty: true}, "out_of_range"},
		{"yes", Checkbox, []string{"Yes"}, Hints{}, Value{Bool: true}, ""},
		{"1.0", Checkbox, []string{"1.0"}, Hints{}, Value{Bool: true}, ""},
		{"x", Checkbox, []string{"x"}, Hints{}, Value{Bool: true}, ""},
		{"no", Checkbox, []string{"FALSE"}, Hints{}, Value{}, ""},
		{"archived on", Checkbox, []string{"2026-01-02"}, Hints{}, Value{Bool: true}, ""},
		{"perhaps", Checkbox, []string{"perhaps"}, Hints{}, Value{Empty: true}, "not_yes_or_no"},
		{"select", Select, []string{"In progress"}, Hints{}, Value{Text: "In progress"}, ""},
		{"two choices", Select, []string{"a", "b"}, Hints{}, Value{Text: "a"}, "several_values"},
		{"list", MultiSelect, []string{"a, b", "b,c"}, Hints{Separator: ","}, Value{List: []string{"a", "b", "c"}}, ""},
		{"list by semicolons", Labels, []string{"a, b; c"}, Hints{Separator: ";"}, Value{List: []string{"a, b", "c"}}, ""},
		{"list taken whole", Labels, []string{"a, b"}, Hints{}, Value{List: []string{"a, b"}}, ""},
		{"date", DateType, []string{"25/Feb/26 10:17 PM"}, Hints{}, Value{Date: "2026-02-25", At: day(2026, 2, 25).Add(22*time.Hour + 17*time.Minute)}, ""},
		{"date month first", DateType, []string{"3/4/2026"}, Hints{DateOrder: "mdy"}, Value{Date: "2026-03-04", At: day(2026, 3, 4)}, ""},
		{"date keeps its day", DateType, []string{"2026-02-25T23:30:00-08:00"}, Hints{}, Value{Date: "2026-02-25", At: day(2026, 2, 26).Add(7*time.Hour + 30*time.Minute)}, ""},
		{"instant in a zone", Instant, []string{"25/Jun/20 12:44"}, Hints{TimeZone: "Europe/Berlin"}, Value{Date: "2020-06-25", At: day(2020, 6, 25).Add(10*time.Hour + 44*time.Minute)}, ""},
		{"serial", DateType, []string{"45292"}, Hints{Serial: true}, Value{Date: "2024-01-01", At: day(2024, 1, 1)}, ""},
		{"milliseconds", DateType, []string{"1704067200000"}, Hints{Serial: true}, Value{Date: "2024-01-01", At: day(2024, 1, 1)}, ""},
		{"number is no date", DateType, []string{"45292"}, Hints{}, Value{Empty: true}, "not_a_date"},
		{"no such day", DateType, []string{"31/Feb/26"}, Hints{}, Value{Empty: true}, "not_a_date"},
		{"interval of Jira", Interval, []string{`{"start":"2026-01-27","end":"2026-02-01"}`}, Hints{}, Value{Period: text.Period{Start: "2026-01-27", End: "2026-02-01", Precision: text.ByDay}}, ""},
		{"interval of Notion", Interval, []string{"2024-01-05 → 2024-01-12"}, Hints{}, Value{Period: text.Period{Start: "2024-01-05", End: "2024-01-12", Precision: text.ByDay}}, ""},
		{"quarter", Interval, []string{"Q2 2026"}, Hints{}, Value{Period: text.Period{Start: "2026-04-01", End: "2026-06-30", Precision: text.ByQuarter}}, ""},
		{"months", Interval, []string{"Feb 2026 to May 2026"}, Hints{}, Value{Period: text.Period{Start: "2026-02-01", End: "2026-05-31", Precision: text.ByMonth}}, ""},
		{"open end", Interval, []string{`{"start":"2026-01-27","end":null}`}, Hints{}, Value{Period: text.Period{Start: "2026-01-27", Precision: text.ByDay}}, ""},
		{"backwards", Interval, []string{"2026-02-01 → 2026-01-01"}, Hints{}, Value{Empty: true}, "interval_backwards"},
		{"no interval", Interval, []string{"soon"}, Hints{}, Value{Empty: true}, "not_an_interval"},
		{"empty interval", Interval, []string{"{}"}, Hints{}, Value{Empty: true}, "not_an_interval"},
		{"person", PersonType, []string{"Ada Lovelace"}, Hints{IDs: []string{"712020:1"}}, Value{People: []Person{{ID: "712020:1", Name: "Ada Lovelace"}}}, ""},
		{"person by address", PersonType, []string{"Ada <ada@example.com>"}, Hints{}, Value{People: []Person{{Name: "Ada", Email: "ada@example.com"}}}, ""},
		{"person by login", PersonType, []string{"@ada"}, Hints{}, Value{People: []Person{{ID: "ada", Name: "ada"}}}, ""},
		{"person by account", PersonType, []string{"712020:00000000-0000-4000-8000-000000000001"}, Hints{}, Value{People: []Person{{ID: "712020:00000000-0000-4000-8000-000000000001"}}}, ""},
		{"two people in one", PersonType, []string{"a", "b"}, Hints{}, Value{People: []Person{{Name: "a"}}}, "several_values"},
		{"people", People, []string{"a@x.example; b@x.example"}, Hints{Separator: ";"}, Value{People: []Person{{Email: "a@x.example"}, {Email: "b@x.example"}}}, ""},
		{"url", URL, []string{"https://x.example/a?b=c"}, Hints{}, Value{Text: "https://x.example/a?b=c"}, ""},
		{"url without scheme", URL, []string{"www.example.com"}, Hints{}, Value{Text: "https://www.example.com"}, ""},
		{"script is no url", URL, []string{"javascript:alert(1)"}, Hints{}, Value{Empty: true}, "not_a_url"},
		{"unknown type", FieldType("colour"), []string{"red"}, Hints{}, Value{Empty: true}, "unknown_type"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := append([]string{}, tt.cells...)
			got, problems := Convert(tt.typ, tt.cells, tt.hints)
			tt.want.Type = tt.typ
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
			code := ""
			for _, p := range problems {
				code = p.Code
				if p.Reason == "" || !strings.HasSuffix(p.Reason, ".") {
					t.Errorf("reason %q", p.Reason)
				}
			}
			if code != tt.code || len(problems) > 1 {
				t.Errorf("problems %+v, want %q", problems, tt.code)
			}
			if !reflect.DeepEqual(before, tt.cells) {
				t.Error("the cells were changed")
			}
		})
	}
}

// IMP-60, IMP-65: whatever the cells, Convert gives a value or says why not, never NaN.
func TestConvertNeverSilent(t *testing.T) {
	types := []FieldType{ShortText, LongText, Number, Rating, Slider, Checkbox, Select, MultiSelect, DateType, Interval, PersonType, People, URL, Labels, Instant}
	cell := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"1e308", "{\"start\":1}", "→", "..", ";;", ",", "★", "-", "www.", "@", "Q1 2026", "1.1.1", "٣"}))
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(cell, 0, 4).Draw(t, "cells")
		h := Hints{Separator: rapid.SampledFrom([]string{"", ",", ";"}).Draw(t, "sep"), Serial: rapid.Bool().Draw(t, "serial")}
		for _, typ := range types {
			v, problems := Convert(typ, cells, h)
			if v.Empty && len(problems) == 0 {
				for _, c := range cells {
					if c = strings.TrimSpace(c); c != "" && !missing(c) && strings.Trim(c, ",; ") != "" {
						t.Fatalf("%s of %q: no value and no reason", typ, cells)
					}
				}
			}
			if math.IsNaN(v.Number) || math.IsInf(v.Number, 0) {
				t.Fatalf("%s of %q is %v", typ, cells, v.Number)
			}
		}
	})
}

// propose builds a table of one column under a title and gives its proposal.
func propose(name string, values []string, opts Options) (Column, *Survey) {
	s := &Survey{Options: opts, Rows: len(values), Columns: []Column{{Key: "title", Name: "title", At: []int{0}}, {Key: name, Name: name, At: []int{1}}}}
	p := NewProfiler(s.Columns)
	for i, v := range values {
		p.Add([][]string{{fmt.Sprintf("Some idea %d", i)}, {v}})
	}
	p.Propose(s)
	return s.Columns[1], s
}

func TestProposals(t *testing.T) {
	repeat := func(n int, values ...string) (out []string) {
		for i := 0; i < n; i++ {
			out = append(out, values...)
		}
		return out
	}
	tests := []struct {
		name   string
		values []string
		want   Target
		check  func(Hints) bool
	}{
		{"Points", []string{"1", "2.5", "-"}, Field(Number), nil},
		{"Umsatz", []string{"1.234,5", "7"}, Field(Number), func(h Hints) bool { return h.Decimal == "," }},
		{"Impact", []string{"1", "5", "3"}, Field(Rating), nil},
		{"Impact", []string{"1", "8"}, Field(Number), nil},
		{"Progress", []string{"0", "80"}, Field(Slider), nil},
		{"Stars", []string{"★★", "★★★★"}, Field(Rating), nil},
		{"Postcode", []string{"01234", "81543"}, Field(ShortText), nil},
		{"Customer Id", []string{"17", "18"}, Field(ShortText), nil},
		{"Approved", []string{"yes", "no", "yes"}, Field(Checkbox), nil},
		{"Beta?", []string{"1.0", "0.0"}, Field(Checkbox), nil},
		{"Flag", []string{"1", "0"}, Field(Number), nil},
		{"Due", []string{"25/Feb/26 10:17 PM", "n/a"}, Field(DateType), nil},
		{"When", []string{"13/4/2026", "3/5/2026"}, Field(DateType), func(h Hints) bool { return h.DateOrder == "dmy" }},
		{"When", []string{"4/13/2026", "3/5/2026"}, Field(DateType), func(h Hints) bool { return h.DateOrder == "mdy" }},
		{"When", []string{"4/13/2026", "13/4/2026"}, Field(ShortText), nil},
		{"Due date", []string{"1704067200000", "1704153600000"}, Field(DateType), func(h Hints) bool { return h.Serial }},
		{"Period", []string{"2024-01-05 → 2024-01-12", "Q1 2026"}, Field(Interval), nil},
		{"Docs", []string{"https://x.example/1", "http://y.example"}, Field(URL), nil},
		{"url", []string{"https://x.example/1", "http://y.example"}, Target{Kind: ToURL}, nil},
		{"Owner", []string{"Ada", "Bob"}, Field(PersonType), nil},
		{"Contact", []string{"a@x.example", "b@x.example"}, Field(PersonType), nil},
		{"State", []string{"open", "closed"}, Field(Select), nil},
		{"Area", repeat(5, "Web", "Mobile"), Field(Select), nil},
		{"Topics", repeat(4, "web, mobile", "mobile", "web, api"), Field(MultiSelect), func(h Hints) bool { return h.Separator == "," }},
		{"Tags", []string{"a;b", "b;c"}, Target{Kind: ToLabels}, func(h Hints) bool { return h.Separator == ";" }},
		{"Remarks", []string{strings.Repeat("long text ", 50), "x"}, Field(LongText), nil},
		{"Remark", []string{"one thing", "another thing"}, Field(ShortText), nil},
		{"Empty", []string{"", " "}, Target{Kind: ToNothing}, nil},
		{"created_at", []string{"2026-01-01T00:00:00Z"}, Target{Kind: ToCreated}, nil},
		{"created", []string{"long ago"}, Field(ShortText), nil},
		{"votes", []string{"3", "4"}, Target{Kind: ToVotes}, nil},
		{"Key", []string{"A-1", "A-2"}, Target{Kind: ToExternalID}, nil},
		{"Key", []string{"A-1", "A-1"}, Field(ShortText), nil},
		{"Archived At", []string{"", "2026-01-01"}, Target{Kind: ToArchived}, nil},
		{"Summary", []string{"What it is about", "More about it"}, Target{Kind: ToDescription}, nil},
		{"Order", []string{"0|i02m2f:", "0|i02m2g:"}, Target{Kind: ToNothing}, nil},
	}
	for _, tt := range tests {
		c, _ := propose(tt.name, tt.values, Options{})
		if c.Target != tt.want || c.Why == "" || c.Sure == 0 || tt.check != nil && !tt.check(c.Hints) {
			t.Errorf("%s %.60q goes to %+v (%s), hints %+v", tt.name, tt.values, c.Target, c.Why, c.Hints)
		}
	}
}

// IMP-53: what is proposed can be converted: no value of a column is refused by the
// type that its values suggested.
func TestProposalsConvert(t *testing.T) {
	value := rapid.SampledFrom([]string{"1", "2.5", "1,234", "4,5", "yes", "no", "3/4/2026", "13/4/2026", "2026-01-02", "25/Feb/26", "Q1 2026", "★★", "a, b", "x; y", "https://x.example", "a@x.example", "text", "-", "1704067200", "0|abc:", "007", "50 %"})
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(value, 1, 6).Draw(t, "values")
		name := rapid.SampledFrom([]string{"Anything", "Impact", "Progress", "Due", "Owner", "Status", "Tags", "Beta?", "votes", "created"}).Draw(t, "name")
		c, _ := propose(name, values, Options{})
		typ := c.Target.ValueType()
		if typ == "" {
			return
		}
		for _, v := range values {
			if _, problems := Convert(typ, []string{v}, c.Hints); len(problems) > 0 {
				t.Fatalf("%s %q is proposed as %s, but: %+v", name, values, typ, problems)
			}
		}
	})
}

func TestQuestions(t *testing.T) {
	codes := func(s *Survey) (out []string) {
		for _, n := range s.Notes {
			if n.Level == Question {
				out = append(out, n.Code)
			}
		}
		return out
	}
	if _, s := propose("When", []string{"3/4/2026", "5/6/2026"}, Options{}); !reflect.DeepEqual(codes(s), []string{"date_order"}) || s.Notes[len(s.Notes)-1].Choices[0] != "dmy" {
		t.Errorf("ambiguous dates: %+v", s.Notes)
	}
	if c, s := propose("When", []string{"3/4/2026"}, Options{DateOrder: "mdy"}); len(codes(s)) != 0 || c.Hints.DateOrder != "mdy" {
		t.Errorf("order chosen: %+v", s.Notes)
	}
	if _, s := propose("Count", []string{"1,234", "5,678"}, Options{}); !reflect.DeepEqual(codes(s), []string{"decimal"}) {
		t.Errorf("ambiguous numbers: %+v", s.Notes)
	}
	if c, s := propose("Count", []string{"1,234"}, Options{Decimal: ","}); len(codes(s)) != 0 || c.Hints.Decimal != "," {
		t.Errorf("decimal chosen: %+v", s.Notes)
	}
	if _, s := propose("created", []string{"25/Feb/26 10:17 PM"}, Options{}); !reflect.DeepEqual(codes(s), []string{"time_zone"}) {
		t.Errorf("zone: %+v", s.Notes)
	}
	if _, s := propose("created", []string{"2026-02-25T22:17:00Z"}, Options{}); len(codes(s)) != 0 {
		t.Errorf("zone stated: %+v", s.Notes)
	}
}

func TestColumnsAndNames(t *testing.T) {
	cols := GroupColumns([]string{"Name", "", "Comment", " Start\n date ", "Comment", ""})
	var got []string
	for _, c := range cols {
		got = append(got, fmt.Sprintf("%s/%s%v", c.Key, c.Name, c.At))
	}
	want := []string{"Name/Name[0]", "#2/Column 2[1]", "Comment/Comment[2 4]", "Start date/Start date[3]", "#6/Column 6[5]"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("columns %q", got)
	}
	for in, want := range map[string]string{"createdAt": "created at", "Created_At": "created at", "CREATED AT": "created at", "Component/s": "component s", "+1": "+1", "HTMLUrl": "htmlurl"} {
		if got := NormalName(in); got != want {
			t.Errorf("NormalName(%q) = %q, want %q", in, got, want)
		}
	}
}

// IMP-12: every row has its own id, the same in the next reading.
func TestNamer(t *testing.T) {
	names := func(how, column string) (out []string) {
		n := NewNamer(&Survey{Identity: Identity{How: how, Column: column}, Columns: []Column{{Key: "id"}, {Key: "title"}}})
		for _, r := range [][][]string{{{"7"}, {"A"}}, {{"7"}, {"B"}}, {nil, {"A"}}, {{"8"}, nil}} {
			out = append(out, n.Name(r))
		}
		return out
	}
	byID, byTitle, byContent := names("column", "id"), names("title", "title"), names("content", "")
	if byID[0] != "7" || byID[1] != "7#2" || !strings.HasPrefix(byID[2], "row:") || byID[3] != "8" {
		t.Errorf("by id: %q", byID)
	}
	if byTitle[0] == byTitle[1] || byTitle[2] != byTitle[0]+"#2" || !strings.HasPrefix(byTitle[3], "row:") {
		t.Errorf("by title: %q", byTitle)
	}
	seen := map[string]bool{}
	for _, id := range byContent {
		seen[id] = true
	}
	if len(seen) != 4 || !reflect.DeepEqual(byContent, names("content", "")) {
		t.Errorf("by content: %q", byContent)
	}
}

// The profiler's memory is bounded: a million different values in wide tables
// leave only counts behind.
func TestProfileIsBounded(t *testing.T) {
	s := &Survey{Rows: 5000, Columns: []Column{{Key: "a", Name: "a", At: []int{0}}}}
	p := NewProfiler(s.Columns)
	for i := 0; i < 5000; i++ {
		p.Add([][]string{{fmt.Sprintf("value %d", i)}})
	}
	p.Propose(s)
	c := s.Columns[0]
	if !c.Capped || len(c.Values) != 0 || c.Filled != 5000 || len(c.Samples) != MaxSamples {
		t.Errorf("%+v", c)
	}
	raw, err := json.Marshal(s)
	if err != nil || len(raw) > 4096 {
		t.Errorf("the survey takes %d bytes, %v", len(raw), err)
	}
}

func TestSources(t *testing.T) {
	path := filepath.Join(t.TempDir(), "upload-1")
	if err := os.WriteFile(path, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := FileSource(path, "ideas.csv")
	if err != nil || src.Name() != "ideas.csv" || src.Size() != 5 {
		t.Fatalf("%v %v", src, err)
	}
	for range 2 {
		if head, err := Head(src); err != nil || string(head) != "hello" {
			t.Errorf("head %q, %v", head, err)
		}
	}
	if _, err := FileSource(path+"x", ""); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

func TestDelimitedRefusals(t *testing.T) {
	code := func(src Source, o Options) string {
		_, err := OpenDelimited(src, o)
		var r *Refusal
		if errors.As(err, &r) {
			return r.Code
		}
		return fmt.Sprint(err)
	}
	csv := BytesSource("a.csv", []byte("a;b\n1;2\n"))
	if got := code(csv, Options{Encoding: "klingon"}); got != "unknown_encoding" {
		t.Error(got)
	}
	for _, d := range []string{"\"", "ab", "é", "\n"} {
		if got := code(csv, Options{Delimiter: d}); got != "bad_delimiter" {
			t.Errorf("%q: %s", d, got)
		}
	}
	if got := code(BytesSource("a.csv", []byte{0, 0, 1, 2, 0, 0, 0, 9}), Options{}); got != "not_text" {
		t.Error(got)
	}
	if d, err := OpenDelimited(csv, Options{Delimiter: ","}); err != nil || d.Delimiter.Comma != ',' {
		t.Errorf("chosen delimiter: %v", err)
	}
}
