package workbook

import (
	"math"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestFormats(t *testing.T) {
	custom := map[int]string{164: "yyyy-mm-dd", 165: `0.0 "days"`, 166: "[h]:mm", 167: "General", 168: "[Red]0;[Blue]-0", 169: `d\-m`, 170: "hh:mm yyyy", 171: "mm:ss.0", 172: `0;"d"`, 173: `"unclosed`, 174: "[h"}
	for id, want := range map[int]shown{0: noDate, 2: noDate, 9: noDate, 14: dateOnly, 20: timeOnly, 22: dateAndTime, 46: elapsed, 164: dateOnly, 165: noDate, 166: elapsed, 167: noDate, 168: noDate,
		169: dateOnly, 170: dateAndTime, 171: timeOnly, 172: noDate, 173: noDate, 174: elapsed} {
		if got := showOf(id, custom); got != want {
			t.Errorf("format %d (%s): %v", id, custom[id], got)
		}
	}
}

// IMP-36: numbers as stored, with the digits that a spreadsheet knows; days in
// ISO; what is no day stays the number that it is.
func TestNumbers(t *testing.T) {
	for _, tt := range []struct {
		stored string
		how    shown
		epoch  epoch
		want   string
	}{
		{"1234.5678", noDate, since1900, "1234.5678"}, {" 5 ", noDate, since1900, "5"}, {"-7", noDate, since1900, "-7"},
		{"0.30000000000000004", noDate, since1900, "0.3"}, {"1E-3", noDate, since1900, "0.001"}, {"1.5E+20", noDate, since1900, "150000000000000000000"},
		{"1e300", noDate, since1900, "1e+300"}, {"9007199254740993", noDate, since1900, "9007199254740993"}, {"12 apples", noDate, since1900, "12 apples"},
		{"45292", dateOnly, since1900, "2024-01-01"}, {"45292.75", dateOnly, since1900, "2024-01-01"}, {"45292.75", dateAndTime, since1900, "2024-01-01 18:00:00"},
		{"45292", dateAndTime, since1900, "2024-01-01"}, {"43830", dateOnly, since1904, "2024-01-01"}, {"0", dateOnly, since1904, "1904-01-01"},
		{"45292.999999999", dateAndTime, since1900, "2024-01-02"}, {"1", dateOnly, since1900, "1900-01-01"}, {"59", dateOnly, since1900, "1900-02-28"},
		{"60", dateOnly, since1900, "60"}, {"61", dateOnly, since1900, "1900-03-01"}, {"0", dateOnly, since1900, "0"}, {"-3", dateAndTime, since1900, "-3"},
		{"2958465", dateOnly, since1900, "9999-12-31"}, {"2958466", dateOnly, since1900, "2958466"}, {"NaN", dateOnly, since1900, "NaN"},
		{"0.5", timeOnly, since1900, "12:00"}, {"45292.5", timeOnly, since1900, "12:00"}, {"1.5", elapsed, since1900, "36:00"}, {"0.000011574", timeOnly, since1900, "00:00:01"},
		{"-0.5", timeOnly, since1900, "-0.5"},
	} {
		if got := number(tt.stored, tt.how, tt.epoch); got != tt.want {
			t.Errorf("%q as %d since %d is %q, want %q", tt.stored, tt.how, tt.epoch, got, tt.want)
		}
	}
}

// TestSerial: any second from 1901 on comes back, and another reader takes it for the same one.
func TestSerial(t *testing.T) {
	first, last := time.Date(1901, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(first, last).Draw(t, "second"), 0).UTC()
		x := serial(at)
		want := at.Format(time.DateTime)
		if at.Truncate(24 * time.Hour).Equal(at) {
			want = at.Format(time.DateOnly)
		}
		if got, ok := dayText(x, dateAndTime, since1900); !ok || got != want {
			t.Fatalf("%s is %v and comes back as %q", at, x, got)
		}
		theirs, err := excelize.ExcelDateToTime(x, false)
		if err != nil || theirs.Sub(at).Abs() > time.Second {
			t.Fatalf("%s is %v, which is %s for others (%v)", at, x, theirs, err)
		}
		if got, ok := dayText(math.Floor(x)-daysTo1904, dateOnly, since1904); x > daysTo1904 && (!ok || got != at.Format(time.DateOnly)) {
			t.Fatalf("%s counted since 1904 is %q", at, got)
		}
	})
}

func TestISODay(t *testing.T) {
	for in, want := range map[string]string{"2024-01-01": "2024-01-01", "2024-01-01T00:00:00": "2024-01-01", "2024-01-01T18:30:05.25Z": "2024-01-01 18:30:05", "someday": "someday"} {
		if got := isoDay(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
