package api_test

import (
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

type alike struct {
	Key   string
	Title string
	Score float64
	Words []string
}

// keys writes which ideas are alike, in order.
func alikeKeys(a *cairntest.Answer) string {
	var out struct{ Ideas []alike }
	a.Want(200).Into(&out)
	var keys []string
	for _, i := range out.Ideas {
		keys = append(keys, i.Key)
	}
	return strings.Join(keys, " ")
}

func findAlike(c *cairntest.Client, body map[string]any) *cairntest.Answer {
	return c.Do("POST", "/projects/INS/similar", body)
}

func TestSimilar(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		for _, title := range []string{"Rechnungsexport als CSV", "Dark mode", "Export invoices to a spreadsheet", "Reminders by text message"} {
			addIdea(w.Admin, title, nil)
		}
		want := func(title, want string) {
			t.Helper()
			if got := alikeKeys(findAlike(w.Admin, map[string]any{"title": title, "typing": true})); got != want {
				t.Errorf("%q is like %q; want %q", title, got, want)
			}
		}
		want("Exporting an invoice", "INS-3 INS-1")
		want("rem", "INS-4")
		want("Something else entirely", "")

		// Labels and later changes count at once; what is archived does not.
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"values": map[string]any{f["Labels"]: []string{"Appearance"}}}).Want(200)
		want("appearance", "INS-2")
		w.Admin.Do("PATCH", "/ideas/INS-4", map[string]any{"title": "Texts before an appointment"}).Want(200)
		want("Appointment", "INS-4")
		w.Admin.Do("PATCH", "/ideas/INS-4", map[string]any{"archived": true}).Want(200)
		want("Appointment", "")

		// An idea's own: without itself, and without what is another matter.
		of := func(key string) string { return alikeKeys(w.Admin.Do("GET", "/ideas/"+key+"/similar", nil)) }
		if got := of("INS-1"); got != "INS-3" {
			t.Errorf("INS-1 is like %q", got)
		}
		w.Admin.Do("PUT", "/ideas/INS-3/unlike/INS-1", nil).Want(204)
		if got := of("INS-1") + of("INS-3"); got != "" {
			t.Errorf("told apart, they are still offered: %q", got)
		}
		w.Admin.Do("DELETE", "/ideas/INS-1/unlike/INS-3", nil).Want(204)
		if got := of("INS-1"); got != "INS-3" {
			t.Errorf("no longer told apart: %q", got)
		}
		// What stands above or below it is no duplicate.
		above := w.Admin.Do("GET", "/ideas/INS-1", nil).Map()["id"]
		w.Admin.Do("PATCH", "/ideas/INS-3", map[string]any{"parent": above}).Want(200)
		if got := of("INS-1") + of("INS-3"); got != "" {
			t.Errorf("one below the other, they are still offered: %q", got)
		}
		w.Admin.Do("PUT", "/ideas/INS-1/unlike/INS-1", nil).Want(422)
		findAlike(w.Admin, map[string]any{"title": "x", "limit": 51}).Want(422)
	})
}

// The wrong person.
func TestSimilarRights(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	addIdea(w.Admin, "Export invoices", nil)
	addIdea(w.Admin, "Export of invoices", nil)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	paul := w.Person("Paul")
	findAlike(paul, map[string]any{"title": "invoices"}).Want(404)
	paul.Do("GET", "/ideas/INS-1/similar", nil).Want(404)
	paul.Do("PUT", "/ideas/INS-1/unlike/INS-2", nil).Want(404)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
	if got := alikeKeys(findAlike(paul, map[string]any{"title": "invoices"})); got != "INS-1 INS-2" && got != "INS-2 INS-1" {
		t.Errorf("a contributor sees %q", got)
	}
	paul.Do("PUT", "/ideas/INS-1/unlike/INS-2", nil).Want(403)
	paul.Do("DELETE", "/ideas/INS-1/unlike/INS-2", nil).Want(403)
	findAlike(w.Anonymous(), map[string]any{"title": "invoices"}).Want(401)
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH", "template": "blank"}).Want(201)
	w.Admin.Do("POST", "/projects/OTH/ideas", map[string]any{"title": "Export invoices"}).Want(201)
	w.Admin.Do("PUT", "/ideas/INS-1/unlike/OTH-1", nil).Want(422)
}

// EVD-21: ideas of other projects are alike for those who may see them, and for nobody else.
func TestSimilarEverywhere(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	for _, p := range []map[string]any{{"name": "Open", "key": "OPN"}, {"name": "Secret", "key": "SEC", "access": "private"}} {
		p["template"] = "blank"
		w.Admin.Do("POST", "/projects", p).Want(201)
	}
	ben := w.Person("Ben")
	addIdea(w.Admin, "Export invoices to a spreadsheet", nil)
	w.Admin.Do("POST", "/projects/OPN/ideas", map[string]any{"title": "Exporting invoices as CSV"}).Want(201)
	w.Admin.Do("POST", "/projects/SEC/ideas", map[string]any{"title": "Export of invoices"}).Want(201)
	for _, c := range []struct {
		by         *cairntest.Client
		everywhere bool
		want       string
	}{{w.Admin, true, "INS-1 OPN-1 SEC-1"}, {ben, true, "INS-1 OPN-1"}, {ben, false, "INS-1"}} {
		if got := alikeKeys(findAlike(c.by, map[string]any{"title": "Export invoices", "everywhere": c.everywhere})); got != c.want {
			t.Errorf("alike are %q; want %q", got, c.want)
		}
	}
	if got := alikeKeys(ben.Do("GET", "/ideas/INS-1/similar?everywhere=true", nil)); got != "OPN-1" {
		t.Errorf("INS-1 is like %q for Ben", got)
	}
	if got := alikeKeys(ben.Do("GET", "/ideas/INS-1/similar", nil)); got != "" {
		t.Errorf("INS-1 is like %q in its own project", got)
	}
}
