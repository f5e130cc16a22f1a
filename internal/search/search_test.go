package search_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/search"
)

// library is what most tests search in.
func library() *search.Index {
	x := search.New(search.English)
	x.Add(
		search.Doc{ID: 101, Number: 1, Title: "Export invoices as PDF", Body: "Customers want invoices by e-mail. See example.com for more."},
		search.Doc{ID: 102, Number: 2, Title: "Reminder by text message", Body: "An invoice reminder would help the practice's front desk."},
		search.Doc{ID: 103, Number: 3, Title: "Änderungen am Kalender", Body: "Die Straße fehlt. Überprüfung nötig.", Extra: []string{"A comment about the café"}},
		search.Doc{ID: 104, Number: 4, Title: "予約カレンダーを改善する", Body: "患者は日本語で予約したい"},
		search.Doc{ID: 105, Number: 5, Title: "تقويم المواعيد", Body: "يُحَسِّن المواعيد للمرضى"},
		search.Doc{ID: 106, Number: 6, Title: "ปฏิทินนัดหมาย", Body: "ผู้ป่วยต้องการจองออนไลน์"},
		search.Doc{ID: 107, Number: 7, Title: "יומן פגישות", Body: "שָׁלוֹם לכולם"},
		search.Doc{ID: 108, Number: 12, Title: "Dark mode", Body: "Invoice screen in the dark, export of colours"},
		search.Doc{ID: 109, Number: 13, Title: "예약 달력", Body: "환자들이 예약을 원합니다"},
	)
	return x
}

func found(hits []search.Hit) []cairn.ID {
	ids := []cairn.ID{}
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestQuery(t *testing.T) {
	x := library()
	for _, c := range []struct {
		query string
		want  []cairn.ID
	}{
		{"", []cairn.ID{}},
		{"   ?! ", []cairn.ID{}},
		{"pdf", []cairn.ID{101}},
		{"PDF export", []cairn.ID{101}},
		{"invoice reminder", []cairn.ID{102}},
		{"invoices", []cairn.ID{101, 108, 102}}, // the exact word and the title first
		{"inv", []cairn.ID{101, 108, 102}},
		{"inv ", []cairn.ID{}}, // finished, so that it is no prefix
		{"anderung", []cairn.ID{103}},
		{"STRASSE", []cairn.ID{103}},
		{"überprüfung", []cairn.ID{103}},
		{"cafe", []cairn.ID{103}},
		{"example", []cairn.ID{101}},
		{"mail", []cairn.ID{101}},
		{"practices", []cairn.ID{102}},
		{"予約", []cairn.ID{104}},
		{"カレンダー", []cairn.ID{104}},
		{"日", []cairn.ID{104}},
		{"語", []cairn.ID{104}},
		{"المواعيد", []cairn.ID{105}},
		{"يحسن", []cairn.ID{105}},
		{"นัดหมาย", []cairn.ID{106}},
		{"שלום", []cairn.ID{107}},
		{"예약", []cairn.ID{109}},
		{"12", []cairn.ID{108}},
		{"INS-12", []cairn.ID{108}},
		{"ins-2", []cairn.ID{102}},
		{"OPS-2", []cairn.ID{}},
		{"export unicorn", []cairn.ID{101, 108}}, // no idea has both words
	} {
		hits := x.Query(c.query, search.Options{Key: "INS"})
		if got := found(hits); !slices.Equal(got, c.want) {
			t.Errorf("Query(%q) = %v, want %v (%v)", c.query, got, c.want, hits)
		}
	}
}

func TestQueryOptions(t *testing.T) {
	x := library()
	if got := found(x.Query("invoice", search.Options{Limit: 1})); len(got) != 1 {
		t.Errorf("limit 1 gave %v", got)
	}
	odd := search.Options{Filter: func(id cairn.ID) bool { return id%2 == 1 }}
	if got := found(x.Query("invoice", odd)); !slices.Equal(got, []cairn.ID{101}) {
		t.Errorf("filtered: %v", got)
	}
	if got := found(x.Query("AB-12", search.Options{})); !slices.Equal(got, []cairn.ID{108}) {
		t.Errorf("any key: %v", got)
	}
}

func TestUpdateAndRemove(t *testing.T) {
	x := library()
	x.Update(search.Doc{ID: 101, Number: 1, Title: "Something else"})
	if got := found(x.Query("pdf", search.Options{})); len(got) != 0 {
		t.Errorf("the old text is found: %v", got)
	}
	if got := found(x.Query("something", search.Options{})); !slices.Equal(got, []cairn.ID{101}) {
		t.Errorf("the new text is not: %v", got)
	}
	x.Remove(101)
	x.Remove(4711)
	if got := found(x.Query("something 1", search.Options{})); len(got) != 0 {
		t.Errorf("removed, but found: %v", got)
	}
	if x.Len() != 8 {
		t.Errorf("Len = %d, want 8", x.Len())
	}
}

// The index finds what a scan of the texts finds, after any changes, sweeps
// included.
func TestQueryAgreesWithScan(t *testing.T) {
	vocabulary := strings.Fields("alpha beta gamma delta epsilon al be gam 予約 日本")
	rapid.Check(t, func(t *rapid.T) {
		x := search.New(nil)
		texts := map[cairn.ID]string{}
		words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 5)
		batches := rapid.IntRange(1, 4).Draw(t, "batches")
		for range batches {
			var docs []search.Doc
			for range rapid.IntRange(0, 700).Draw(t, "count") {
				id := cairn.ID(1 + len(docs)*7%500)
				from := len(docs) % 7
				text := strings.Join(vocabulary[from:from+1+len(docs)%3], " ")
				texts[id] = text
				docs = append(docs, search.Doc{ID: id, Number: int64(id) + 100_000, Body: text})
			}
			x.Add(docs...)
			for range rapid.IntRange(0, 20).Draw(t, "edits") {
				id := cairn.ID(rapid.IntRange(1, 500).Draw(t, "id"))
				if rapid.Bool().Draw(t, "remove") {
					delete(texts, id)
					x.Remove(id)
					continue
				}
				texts[id] = strings.Join(words.Draw(t, "text"), " ")
				x.Update(search.Doc{ID: id, Number: int64(id) + 100_000, Body: texts[id]})
			}
		}
		query := rapid.SliceOfNDistinct(rapid.SampledFrom(vocabulary), 1, 3, rapid.ID[string]).Draw(t, "query")
		want := []cairn.ID{}
		for id, text := range texts {
			if hasAll(text, query) {
				want = append(want, id)
			}
		}
		if len(want) == 0 {
			return // then some of the words are enough
		}
		got := found(x.Query(strings.Join(query, " ")+" ", search.Options{}))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("query %q: got %v, want %v", query, got, want)
		}
	})
}

func hasAll(text string, query []string) bool {
	for _, q := range query {
		if !slices.Contains(strings.Fields(text), q) {
			return false
		}
	}
	return true
}

func TestTopIsTheHeadOfAll(t *testing.T) {
	x := search.New(search.English)
	for i := range 500 {
		x.Add(search.Doc{ID: cairn.ID(i + 1), Title: strings.Repeat("word ", i%7), Body: strings.Repeat("word other ", i%5)})
	}
	all := x.Query("word", search.Options{})
	if !slices.IsSortedFunc(all, func(a, b search.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID)) }) {
		t.Error("not best first")
	}
	for _, limit := range []int{1, 2, 10, 100, len(all), len(all) + 1} {
		top := x.Query("word", search.Options{Limit: limit})
		if !slices.Equal(top, all[:min(limit, len(all))]) {
			t.Errorf("limit %d: %v is not the head of all", limit, top)
		}
	}
}

func TestSnippet(t *testing.T) {
	x := search.New(search.English)
	const longExcerpt = "…words stand here filler words stand here the [invoice] [reminder] is sent and so on and so on and so on and so on and so on and so on and so on and so on and so on…"
	long := strings.Repeat("filler words stand here ", 20) + "the invoice\nreminder is sent " + strings.Repeat("and so on ", 30)
	for _, c := range []struct{ text, query, want string }{
		{"Export invoices as PDF", "invoice pdf", "Export [invoices] as [PDF]"},
		{"Änderung der Straße", "strasse", "Änderung der [Straße]"},
		{"予約カレンダーを改善", "カレンダー", "予約[カレンダー]を改善"},
		{"see www.example.com now", "exam", "see www.[example].com now"},
		{"nothing", "else", "nothing"},
		{"", "x", ""},
		{long, "invoice reminder", longExcerpt},
	} {
		var b strings.Builder
		for _, p := range x.Snippet(c.text, c.query) {
			if p.Match {
				fmt.Fprintf(&b, "[%s]", p.Text)
			} else {
				b.WriteString(p.Text)
			}
		}
		if got := b.String(); got != c.want {
			t.Errorf("Snippet(%q, %q) = %q, want %q", c.text, c.query, got, c.want)
		}
	}
}

func TestAnyTextIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := search.New(search.English)
		text, query := rapid.String().Draw(t, "text"), rapid.String().Draw(t, "query")
		x.Add(search.Doc{ID: 1, Number: 1, Title: text, Body: text + " " + query})
		x.Query(query, search.Options{})
		pieces := x.Snippet(text, query)
		var b strings.Builder
		for _, p := range pieces {
			b.WriteString(p.Text)
		}
		if len(text) <= 160 && len([]rune(b.String())) != len([]rune(text)) {
			t.Fatalf("Snippet(%q) = %q loses text", text, b.String())
		}
	})
}

// TestTitleBeforeBody looks for a word that one idea has in its title and another
// many times in its description.
func TestTitleBeforeBody(t *testing.T) {
	x := search.New(search.English)
	x.Add(search.Doc{ID: 1, Number: 1, Title: "Cannot build the kit", Body: strings.Repeat("maven says no, maven ", 20)})
	x.Add(search.Doc{ID: 2, Number: 2, Title: "Upgrade from one to the next release of Maven, which is long overdue", Body: strings.Repeat("text ", 400)})
	x.Add(search.Doc{ID: 3, Number: 3, Title: "Maven", Body: "maven"})
	for i := range 50 {
		x.Add(search.Doc{ID: cairn.ID(10 + i), Number: int64(10 + i), Title: "Something else", Body: "entirely"})
	}
	var got []cairn.ID
	for _, hit := range x.Query("maven", search.Options{}) {
		got = append(got, hit.ID)
	}
	if want := []cairn.ID{3, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}
