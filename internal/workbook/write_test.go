package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// TestWritten: another program finds types, formats, widths and the frozen header.
func TestWritten(t *testing.T) {
	var buf bytes.Buffer
	w, err := NewWriter(&buf, `A & "B"`, []Column{{Title: "Text", Width: 48}, {Title: "Number <1>", Width: 16, Format: `0.00" €"`}, {Title: "Day", Width: 16, Format: "yyyy-mm-dd"}, {Title: "Truth", Width: 9.5}, {Title: "Again", Width: 16, Format: `0.00" €"`}})
	if err != nil {
		t.Fatal(err)
	}
	w.Text(" =1+1\n\"x\" _x0041_ \r\x01")
	w.Number(1234.5)
	w.Time(time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC))
	w.True()
	w.Number(math.NaN())
	if err := w.EndRow(); err != nil {
		t.Fatal(err)
	}
	if err := w.EndRow(); err != nil { // a blank one
		t.Fatal(err)
	}
	w.Empty()
	w.Number(-1e-7)
	w.Text("12")
	w.False()
	w.Number(3)
	if err := errors.Join(w.EndRow(), w.Close()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	if sheet != `A & "B"` {
		t.Errorf("the sheet is called %q", sheet)
	}
	for cell, want := range map[string]string{"A1": "Text", "B1": "Number <1>", "A2": " =1+1\n\"x\" _x0041_ \r\x01", "B2": "1234.50 €", "C2": "2026-11-23", "D2": "TRUE", "E2": "",
		"A3": "", "A4": "", "B4": "0.00 €", "C4": "12", "D4": "FALSE", "E4": "3.00 €"} {
		if got, err := f.GetCellValue(sheet, cell); err != nil || strings.TrimPrefix(got, "-") != want {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	if got, err := f.GetColWidth(sheet, "A"); err != nil || got != 48 {
		t.Errorf("width %v, %v", got, err)
	}
	if p, err := f.GetPanes(sheet); err != nil || !p.Freeze || p.YSplit != 1 || p.TopLeftCell != "A2" {
		t.Errorf("panes %+v, %v", p, err)
	}
	id, err := f.GetCellStyle(sheet, "C1")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := f.GetStyle(id); err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("the header's style is %+v, %v", style, err)
	}
	if n := strings.Count(string(w.stylesPart()), "<numFmt "); n != 2 {
		t.Errorf("%d formats for two", n)
	}
}

// TestRoundTrip: texts and numbers come back as they were, and another program sees the same.
func TestRoundTrip(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[_x0-9A-F&<>"'=\n\r\t ]{0,16}`)).Filter(func(s string) bool { return !strings.Contains(s, "\ufffd") })
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(text, 1, 4).Draw(t, "texts")
		x := rapid.Float64Range(-1e12, 1e12).Draw(t, "number")
		var buf bytes.Buffer
		w, err := NewWriter(&buf, "S", make([]Column, len(texts)))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range texts {
			w.Text(s)
		}
		w.Number(x)
		if err := errors.Join(w.EndRow(), w.Close()); err != nil {
			t.Fatal(err)
		}
		r, err := Open(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(buf.Bytes()), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for row, err := range r.Rows("S", 9) {
			if err != nil {
				t.Fatal(err)
			}
			if row.Number == 1 {
				continue
			}
			for i, s := range texts {
				theirs, err := f.GetCellValue("S", fmt.Sprintf("%c2", 'A'+i))
				if row.Cells[i] != s || err != nil || theirs != s {
					t.Fatalf("%q came back as %q, for others as %q (%v)", s, row.Cells[i], theirs, err)
				}
			}
			var got float64
			if _, err := fmt.Sscan(row.Cells[len(texts)], &got); err != nil || math.Abs(got-x) > math.Abs(x)*1e-14 {
				t.Fatalf("%v came back as %v (%v)", x, got, err)
			}
		}
	})
}

// full fails after some bytes, as a disk does.
type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errors.New("no space left")
	}
	return len(b), nil
}

func TestWriteFails(t *testing.T) {
	w, err := NewWriter(&full{left: 4096}, "S", []Column{{Title: "A"}})
	for i := 0; err == nil && i < 1e6; i++ {
		w.Text(fmt.Sprintf("%x", i*i*2654435761))
		err = w.EndRow()
	}
	if err == nil || !strings.Contains(err.Error(), "no space") || w.Close() == nil {
		t.Errorf("%v", err)
	}
	w, err = NewWriter(&full{left: 1 << 30}, "S", nil)
	if err != nil {
		t.Fatal(err)
	}
	w.row = MaxRows - 1
	if err := w.EndRow(); err != nil {
		t.Error(err)
	}
	if w.EndRow() == nil || w.Close() == nil {
		t.Error("a row beyond the last one was written")
	}
}

func TestColumns(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", MaxColumns - 1: "XFD"} {
		got := string(appendColumn(nil, column))
		if got != want || columnOf(got+"7", -1) != column {
			t.Errorf("column %d is %s and reads as %d", column, got, columnOf(got+"7", -1))
		}
	}
}

func benchmarkBook(b *testing.B) []byte {
	b.Helper()
	var buf bytes.Buffer
	w, err := NewWriter(&buf, "S", make([]Column, 12))
	if err != nil {
		b.Fatal(err)
	}
	for i := range 20_000 {
		for j := range 6 {
			w.Text(fmt.Sprintf("a text of row %d and column %d", i, j))
			w.Number(float64(i) / 8)
		}
		if err := w.EndRow(); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return buf.Bytes()
}

func BenchmarkRead(b *testing.B) {
	raw := benchmarkBook(b)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		r, err := Open(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range r.Rows("S", 12) {
			if n++; err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		benchmarkBook(b)
	}
	b.ReportMetric(20_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
