package similar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/similar"
)

// index holds the titles as documents 1, 2, 3 …
func index(titles ...string) *similar.Index {
	x := similar.New()
	for i, title := range titles {
		x.Put(similar.Doc{ID: cairn.ID(i + 1), Title: title})
	}
	return x
}

func first(t *testing.T, x *similar.Index, q similar.Query) similar.Hit {
	t.Helper()
	q.Limit = 5
	hits := x.Like(q)
	if len(hits) == 0 {
		t.Fatalf("nothing is like %q", q.Title)
	}
	return hits[0]
}

func TestWordsInOtherForms(t *testing.T) {
	crowd := []string{
		"Reminder before an appointment", "Slow dashboard on Mondays", "Zahlungen in Raten", "Neue Farben für den Kalender",
		"Team calendar colours", "Sign in with a passkey", "Termine absagen", "Bulk edit of patients",
	}
	for _, c := range []struct{ name, ask, want string }{
		{"plural", "exporting invoices", "Export of an invoice"},
		{"accents", "cafe menu", "Menü für das Café"},
		{"written-out umlauts", "Aerzte fuer Haeuser", "Ärzte in Häusern"},
		{"German endings", "Rechnungen stornieren", "Eine Rechnung wird storniert"},
		{"compound in the idea, half asked", "Export", "Rechnungsexport"},
		{"compound asked, halves in the idea", "Rechnungsexport", "Export aller Rechnungen"},
		{"compound with a joint", "Kundenimport", "Kunden importieren"},
		{"a letter too few", "notifcations by mail", "Mail notifications"},
		{"letters swapped", "calender integratoin", "Calendar integration"},
		{"capitals", "SEPA LASTSCHRIFT", "sepa Lastschrift"},
		{"no spaces", "請求書のエクスポート", "エクスポートした請求書"},
		{"Cyrillic", "Экспорт счетов", "экспорт счетов в PDF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := index(append(slices.Clone(crowd), c.want)...)
			if got := first(t, x, similar.Query{Title: c.ask}); got.ID != cairn.ID(len(crowd)+1) {
				t.Errorf("%q finds document %d first, want %q", c.ask, got.ID, c.want)
			}
		})
	}
}

func TestUnlikeIsNotFound(t *testing.T) {
	x := index("Import of contacts", "Enable dark mode", "Visible borders", "Port of Hamburg")
	for _, ask := range []string{"Export of reports", "Disabled accounts", "and the of with", "Hamburger menu on the left side of pages for all guests", ""} {
		for _, h := range x.Like(similar.Query{Title: ask, Limit: 5}) {
			t.Errorf("%q is like document %d by %v", ask, h.ID, h.Words)
		}
	}
}

func TestTypingCountsTheBeginningOfTheLastWord(t *testing.T) {
	x := index("Reminders by mail", "Paper mail")
	if hits := x.Like(similar.Query{Title: "remi", Limit: 5}); len(hits) > 0 {
		t.Errorf("a beginning counts although nobody types: %v", hits)
	}
	if hit := first(t, x, similar.Query{Title: "Remi", Typing: true}); hit.ID != 1 {
		t.Errorf("document %d comes first", hit.ID)
	}
	if hits := x.Like(similar.Query{Title: "remi paper", Limit: 5, Typing: true}); len(hits) != 1 || hits[0].ID != 2 {
		t.Errorf("only the last word may go on: %v", hits)
	}
}

func TestPartsCount(t *testing.T) {
	x := similar.New()
	x.Put(similar.Doc{ID: 1, Title: "Payments abroad", Body: strings.Repeat("other matters entirely ", 30) + "currency"})
	x.Put(similar.Doc{ID: 2, Title: "Currency of invoices", Body: strings.Repeat("other matters entirely ", 30)})
	x.Put(similar.Doc{ID: 3, Title: "Rounding", Labels: []string{"Currency"}})
	got := x.Like(similar.Query{Title: "currency", Limit: 5})
	var order []cairn.ID
	for _, h := range got {
		order = append(order, h.ID)
	}
	if !slices.Equal(order, []cairn.ID{2, 3, 1}) {
		t.Errorf("a title counts more than a label, that more than a long description: %v", got)
	}
	if hit := first(t, x, similar.Query{Title: "Rounded sums", Labels: []string{"currency"}}); hit.ID != 3 {
		t.Errorf("the label asked for does not count: %v", hit)
	}
	if hit := first(t, x, similar.Query{Title: "Unheard of", Body: "payments abroad", Least: 0.1}); hit.ID != 1 {
		t.Errorf("the description asked with does not count: %v", hit)
	}
}

func TestWordsExplain(t *testing.T) {
	x := index("Export invoices as CSV", "Dark mode")
	hit := first(t, x, similar.Query{Title: "CSV-Rechnungsexport (Invoices!)"})
	var words []string
	sum := float32(0)
	for _, w := range hit.Words {
		words = append(words, w.Text)
		sum += w.Weight
	}
	slices.Sort(words)
	if !slices.Equal(words, []string{"csv", "invoices", "rechnungsexport"}) {
		t.Errorf("words are %v", words)
	}
	if diff := sum - hit.Score; diff > 1e-4 || diff < -1e-4 || hit.Score > 1 {
		t.Errorf("the words add up to %v, the score is %v", sum, hit.Score)
	}
}

func TestFilterAndLeast(t *testing.T) {
	x := index("Export invoices", "Export invoices", "Export of reports and of many other things")
	q := similar.Query{Title: "Export invoices", Limit: 5, Filter: func(id cairn.ID) bool { return id != 1 }}
	if hits := x.Like(q); len(hits) != 2 || hits[0].ID != 2 {
		t.Errorf("without document 1: %v", hits)
	}
	q.Least = 0.5
	if hits := x.Like(q); len(hits) != 1 {
		t.Errorf("of half the text at least: %v", hits)
	}
	q.Limit = 0
	if hits := x.Like(q); len(hits) != 0 {
		t.Errorf("no hits wanted: %v", hits)
	}
}

// TestLiveIndex compares an index that saw documents come, change and go with
// one of those that are left.
func TestLiveIndex(t *testing.T) {
	words := strings.Fields("invoice export rechnung kunde import dark mode calendar reminder mail notification exportieren rechnungsexport appointment")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6).Draw(t, "words"), " ")
		})
		lived := similar.New()
		live := map[cairn.ID]similar.Doc{}
		steps := rapid.IntRange(0, 60).Draw(t, "steps")
		for range steps {
			id := cairn.ID(rapid.IntRange(1, 12).Draw(t, "id"))
			if rapid.IntRange(0, 3).Draw(t, "goes") == 0 {
				lived.Remove(id)
				delete(live, id)
				continue
			}
			doc := similar.Doc{ID: id, Title: text.Draw(t, "title"), Body: text.Draw(t, "body")}
			lived.Put(doc)
			live[id] = doc
		}
		fresh := similar.New()
		for _, doc := range live {
			fresh.Put(doc)
		}
		if lived.Len() != len(live) {
			t.Fatalf("%d documents, want %d", lived.Len(), len(live))
		}
		q := similar.Query{Title: text.Draw(t, "ask"), Limit: 20, Least: 1e-9}
		if got, want := ids(lived.Like(q)), ids(fresh.Like(q)); !slices.Equal(got, want) {
			t.Fatalf("%q finds %v, want %v", q.Title, got, want)
		}
	})
}

func ids(hits []similar.Hit) []cairn.ID {
	var out []cairn.ID
	for _, h := range hits {
		out = append(out, h.ID)
	}
	slices.Sort(out)
	return out
}

// TestSweep changes one document so often that the dead are swept, and looks
// for all of them afterwards.
func TestSweep(t *testing.T) {
	x := similar.New()
	for i := range 500 {
		x.Put(similar.Doc{ID: cairn.ID(i + 1), Title: fmt.Sprintf("thing number%d", i)})
	}
	for i := range 3000 {
		x.Put(similar.Doc{ID: 7, Title: fmt.Sprintf("changed word%d", i)})
	}
	if hits := x.Like(similar.Query{Title: "word2999", Limit: 3, Least: 0.9}); len(hits) != 1 || hits[0].ID != 7 {
		t.Errorf("the changed document: %v", hits)
	}
	for _, i := range []int{0, 5, 7, 499} {
		if hits := x.Like(similar.Query{Title: fmt.Sprintf("number%d", i), Limit: 1}); len(hits) != 1 || hits[0].ID != cairn.ID(i+1) {
			t.Errorf("document %d: %v", i+1, hits)
		}
	}
	if hits := x.Like(similar.Query{Title: "number6", Limit: 1, Least: 0.9}); len(hits) != 0 {
		t.Errorf("an old title is found: %v", hits)
	}
}

func TestAtOnce(t *testing.T) {
	x := index("Export invoices", "Import contacts")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 500 {
			x.Put(similar.Doc{ID: cairn.ID(3 + i%5), Title: fmt.Sprintf("Export of things %d", i)})
		}
	}()
	for range 200 {
		if hits := x.Like(similar.Query{Title: "Export invoices", Limit: 3}); len(hits) == 0 || hits[0].ID != 1 {
			t.Fatalf("hits are %v", hits)
		}
	}
	<-done
}

func TestOtherNumbers(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"part 1", "part 2", true}, {"JDK1.4", "JDK1.5", true}, {"export", "export", false}, {"export", "export 2", false},
		{"2 of 3", "3 of 2", false}, {"", "", false},
	} {
		if got := similar.OtherNumbers(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %v", test.a, test.b, got)
		}
	}
}
