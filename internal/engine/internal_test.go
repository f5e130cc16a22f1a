package engine

import (
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn"
)

// The calendar agrees with package time from the year 1 to 9999.
func TestCalendar(t *testing.T) {
	for year := 1; year <= 9999; year += 7 {
		for _, at := range []time.Time{
			time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 2, 28, 0, 0, 0, 0, time.UTC),
			time.Date(year, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC),
		} {
			day := cairn.DayOf(at)
			y, m, d := dateOf(day)
			if y != at.Year() || m != int(at.Month()) || d != at.Day() || dayFrom(y, m, d) != day {
				t.Fatalf("%s: dateOf gives %d-%d-%d, dayFrom %d, want %d", at, y, m, d, dayFrom(y, m, d), day)
			}
			if got := string(appendDay(nil, day)); got != day.String() {
				t.Fatalf("appendDay = %s, want %s", got, day)
			}
			if monday := unitStart(day, unitWeek); monday.Time().Weekday() != time.Monday || day-monday > 6 || monday > day {
				t.Fatalf("the week of %s starts on %s", day, monday)
			}
		}
	}
}

func TestAddUnits(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		unit string
		want string
	}{
		{"2026-11-23", -7, unitDay, "2026-11-16"},
		{"2026-11-23", 2, unitWeek, "2026-12-07"},
		{"2026-03-31", -1, unitMonth, "2026-02-28"},
		{"2024-01-31", 1, unitMonth, "2024-02-29"},
		{"2026-11-30", 1, unitQuarter, "2027-02-28"},
		{"2026-01-15", -1, unitHalf, "2025-07-15"},
		{"2024-02-29", 1, unitYear, "2025-02-28"},
	} {
		from, _ := cairn.ParseDay(c.from)
		if got := addUnits(from, c.n, c.unit).String(); got != c.want {
			t.Errorf("%s %+d %s = %s, want %s", c.from, c.n, c.unit, got, c.want)
		}
	}
}

// The fast readers take what encoding/json takes, and give the same.
func TestReadersAgreeWithJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.String()).Draw(t, "list")
		raw, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		if !eachText(raw, func(s string) { got = append(got, s) }) {
			t.Fatalf("eachText refuses %s", raw)
		}
		for _, s := range list {
			if s != "" {
				want = append(want, strings.ToValidUTF8(s, "\uFFFD"))
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("eachText(%s) = %q, want %q", raw, got, want)
		}
		x := rapid.Float64().Draw(t, "x")
		raw, _ = json.Marshal(x)
		if y, ok := parseNumber(raw); !ok || y != x {
			t.Fatalf("parseNumber(%s) = %v, %v", raw, y, ok)
		}
		s := rapid.String().Draw(t, "s")
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil || back != strings.ToValidUTF8(s, "\uFFFD") {
			t.Fatalf("appendString(%q) reads as %q, %v", s, back, err)
		}
	})
}

func TestReadersRefuse(t *testing.T) {
	for _, raw := range []string{`"x`, `[1,`, `{}`, `x`, `-`, `NaN`, `Infinity`, `0x10`, `"5"`, `[`, `]`, `["a"`, `["a",]`, `["a" "b"]`, `[1,"a"]`, `{"start":1}`} {
		if _, ok := parseNumber([]byte(raw)); ok {
			t.Errorf("parseNumber takes %s", raw)
		}
		if _, ok := parseID([]byte(raw)); ok {
			t.Errorf("parseID takes %s", raw)
		}
		if eachText([]byte(raw), func(string) {}) {
			t.Errorf("eachText takes %s", raw)
		}
		if _, _, ok := parseInterval([]byte(raw)); ok {
			t.Errorf("parseInterval takes %s", raw)
		}
	}
	for _, raw := range []string{`"2026-02-29"`, `"2026-13-01"`, `"2026-1-1"`, `"0000-01-01"`, `5`, `"x"`} {
		if _, ok := parseDayJSON([]byte(raw)); ok {
			t.Errorf("parseDayJSON takes %s", raw)
		}
	}
}

// Sorting by digits gives what comparing gives, in any direction (VQ-40).
func TestSortRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 300).Draw(t, "n")
		nums, words := make([]float64, n), make([]string, n)
		long := strings.Repeat("same beginning ", rapid.IntRange(0, 2).Draw(t, "prefix"))
		for i := range n {
			nums[i] = rapid.SampledFrom([]float64{math.NaN(), 0, -1, 1, 1.5, 1e300, -1e-300, math.MaxFloat64, 7}).Draw(t, "x")
			words[i] = rapid.SampledFrom([]string{"", "a", "ab", long + "a", long + "b", long + "abcdefgh", long + "abcdefghi", "ü", "日本"}).Draw(t, "s")
		}
		columns := []sortColumn{
			{texts: words, desc: rapid.Bool().Draw(t, "desc")},
			{key: func(row int32) uint64 { return floatKey(nums[row]) }, desc: rapid.Bool().Draw(t, "desc")},
		}
		if rapid.Bool().Draw(t, "swap") {
			slices.Reverse(columns)
		}
		rows, want := make([]int32, n), make([]int32, n)
		for i := range n {
			rows[i], want[i] = int32(n-1-i), int32(n-1-i)
		}
		slices.SortStableFunc(want, func(a, b int32) int {
			return cmp.Or(columns[0].compare(a, b), columns[1].compare(a, b))
		})
		sortRows(rows, columns)
		if !slices.Equal(rows, want) {
			t.Fatalf("sortRows = %v\nwant %v", rows, want)
		}
	})
}

func TestMedianElement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vals := rapid.SliceOfN(rapid.Float64Range(-5, 5), 1, 50).Draw(t, "vals")
		sorted := slices.Sorted(slices.Values(vals))
		k := rapid.IntRange(0, len(vals)-1).Draw(t, "k")
		if got := nth(vals, k); got != sorted[k] {
			t.Fatalf("nth %d = %v, want %v", k, got, sorted[k])
		}
	})
}

func TestBitmapInvert(t *testing.T) {
	for _, n := range []int{1, 63, 64, 65, 200} {
		b := newBitmap(n)
		b.set(0)
		b.invert(n)
		if b.count() != n-1 || b.has(0) {
			t.Errorf("%d rows: %d set after inverting one", n, b.count())
		}
	}
}

// A column's list of changed rows is bounded; beyond it everything is redone.
func TestTrack(t *testing.T) {
	var c track
	c.touch(1, 5)
	c.touch(2, 6)
	c.touch(2, 6)
	if f, dirty := c.since(1, nil); f != stale || !slices.Equal(dirty, []int32{6}) {
		t.Errorf("since 1: %v %v", f, dirty)
	}
	if f, _ := c.since(2, nil); f != fresh {
		t.Errorf("since 2: %v", f)
	}
	for i := range maxEdits + 10 {
		c.touch(3+uint64(i), int32(i))
	}
	if f, _ := c.since(2, nil); f != gone {
		t.Errorf("after many edits: %v", f)
	}
	if len(c.log) > maxEdits {
		t.Errorf("the list grew to %d", len(c.log))
	}
}

func TestLRU(t *testing.T) {
	l := newLRU[int](2)
	l.put("a", 1)
	l.put("b", 2)
	l.get("a")
	l.put("c", 3)
	if _, ok := l.get("b"); ok {
		t.Error("the least recently used one stayed")
	}
	if v, ok := l.get("a"); !ok || v != 1 {
		t.Error("the recently used one went")
	}
}

func TestRowIndex(t *testing.T) {
	key := rapid.SampledFrom([]int64{0, 1, 2, 511, 512, 5000, 1 << 20, farOut - 1, farOut, farOut + 7, math.MaxInt64, -1, -5000})
	rapid.Check(t, func(t *rapid.T) {
		var x rowIndex
		want := map[int64]int32{}
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			k := key.Draw(t, "key")
			if rapid.IntRange(0, 2).Draw(t, "drop") == 0 {
				x.drop(k)
				delete(want, k)
				continue
			}
			want[k] = int32(rapid.IntRange(0, 1000).Draw(t, "row"))
			x.set(k, want[k])
		}
		got := maps.Collect(x.all())
		if !maps.Equal(got, want) || x.count != len(want) {
			t.Fatalf("%v (%d), want %v", got, x.count, want)
		}
		for _, k := range []int64{0, 3, 512, farOut} {
			row, ok := x.get(k)
			if w, there := want[k]; ok != there || (ok && row != w) {
				t.Fatalf("get %d = %d, %v", k, row, ok)
			}
		}
	})
}

// VQ-50: units of time without ideas are shown where they are few.
func TestEmptyUnitsAreFew(t *testing.T) {
	first, _ := cairn.ParseDay("2026-01-01")
	held := func(last string) map[cairn.Day]bool {
		d, _ := cairn.ParseDay(last)
		return map[cairn.Day]bool{first: true, d: true}
	}
	if got := unitsBetween(held("2026-10-01"), unitQuarter); len(got) != 5 || got[4].String() != "2027-01-01" {
		t.Errorf("quarters of 2026 and the one behind: %v", got)
	}
	if got := unitsBetween(held("2026-04-09"), unitDay); len(got) != 100 {
		t.Errorf("%d days, want 100", len(got))
	}
	if got := unitsBetween(held("2026-04-10"), unitDay); got != nil {
		t.Errorf("%d days, want none: they are too many", len(got))
	}
}
