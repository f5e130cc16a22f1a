package api_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

type jsonSpan struct{ Start, End, Precision string }

func interval(start, end, precision string) map[string]any {
	return map[string]any{"start": start, "end": end, "precision": precision}
}

// roadmap makes a project with an interval field, an owner and some ideas.
func roadmap(t *testing.T, w *cairntest.World, spans ...map[string]any) (target, owner string) {
	t.Helper()
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
	field := func(name, kind string) string {
		return w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": name, "type": kind}).Want(201).Map()["ref"].(string)
	}
	target, owner = field("When", "interval"), field("Whose", "person")
	for i, s := range spans {
		values := map[string]any{}
		if s != nil {
			values[target] = s
		}
		addIdea(w.Admin, fmt.Sprint("Idea ", i+1), values)
	}
	return target, owner
}

func ideaID(c *cairntest.Client, key string) any {
	return c.Do("GET", "/ideas/"+key, nil).Want(200).Map()["id"]
}

// TLN-40 to TLN-47: the preview names what follows, with dates and people.
func TestCascade(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		bob := w.Person("Bob Builder")
		target, owner := roadmap(t, w,
			interval("2027-01-01", "2027-01-10", "day"), interval("2027-01-11", "2027-01-20", "day"),
			interval("2027-01-01", "2027-03-31", "quarter"), nil)
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"values": map[string]any{owner: bob.ID}}).Want(200)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH", "access": "private"}).Want(201)
		w.Admin.Do("POST", "/projects/OTH/ideas", map[string]any{"title": "Elsewhere"}).Want(201)
		for _, l := range []string{"INS-1 INS-2", "INS-2 INS-3", "INS-2 INS-4", "INS-1 OTH-1"} {
			ends := strings.Fields(l)
			link(w.Admin, ends[0], "finish_start", ends[1]).Want(201)
		}
		seq := position(t, w)
		ask := func(c *cairntest.Client, body map[string]any) *cairntest.Answer {
			body["start"] = target
			return c.Do("POST", "/projects/INS/cascade", body)
		}
		move := map[string]any{"idea": ideaID(w.Admin, "INS-1"), "start": "2027-03-25", "end": "2027-04-03", "precision": "day"}
		var res struct {
			Shifts []struct {
				Idea     struct{ Key, Title string }
				From, To jsonSpan
				Values   map[string]jsonSpan
				People   []cairn.ID
				Behind   cairn.ID
			}
			Elsewhere []struct {
				Key    string
				Hidden bool
			}
		}
		ask(w.Admin, map[string]any{"moves": []any{move}}).Want(200).Into(&res)
		var got []string
		for _, s := range res.Shifts {
			got = append(got, fmt.Sprint(s.Idea.Key, " ", s.From, " → ", s.To, " ", len(s.People)))
			if s.Values[target] != s.To {
				t.Errorf("%s: to write is %v", s.Idea.Key, s.Values)
			}
		}
		want := "INS-2 {2027-01-11 2027-01-20 day} → {2027-04-04 2027-04-13 day} 1, INS-3 {2027-01-01 2027-03-31 quarter} → {2027-04-01 2027-06-30 quarter} 0"
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("follow:\n%s; want\n%s", s, want)
		}
		if len(res.Elsewhere) != 1 || res.Elsewhere[0].Key != "OTH-1" {
			t.Errorf("elsewhere: %v", res.Elsewhere)
		}
		raw := ask(bob, map[string]any{"moves": []any{move}}).Want(200).Raw
		if s := string(raw); strings.Contains(s, "OTH") || strings.Contains(s, "Elsewhere\"") || !strings.Contains(s, `"hidden":true`) {
			t.Errorf("who may not read the other project is told %s", s)
		}
		if now := position(t, w); now != seq {
			t.Error("a preview wrote something")
		}
		// What is refused, and to whom.
		ask(w.Admin, map[string]any{"moves": []any{map[string]any{"idea": 99999, "start": "2027-01-01", "end": "2027-01-02", "precision": "day"}}}).Want(404)
		ask(w.Admin, map[string]any{"moves": []any{map[string]any{"idea": move["idea"], "start": "2027-01-05", "end": "2027-01-02", "precision": "day"}}}).Want(422)
		w.Admin.Do("POST", "/projects/INS/cascade", map[string]any{"start": owner, "moves": []any{move}}).Want(422)
		w.Admin.Do("POST", "/projects/INS/cascade", map[string]any{"start": "f99999", "moves": []any{move}}).Want(422)
		bob.Do("POST", "/projects/OTH/cascade", map[string]any{"start": target, "moves": []any{move}}).Want(404)
		w.Anonymous().Do("POST", "/projects/INS/cascade", map[string]any{"start": target, "moves": []any{move}}).Want(401)
	})
}

// TLN-60 to TLN-63: a baseline is what the log says of an earlier day.
func TestBaseline(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		q1, q2 := interval("2027-01-01", "2027-03-31", "quarter"), interval("2027-04-01", "2027-06-30", "quarter")
		target, _ := roadmap(t, w, q1, q1, q1, nil, q1, q1)
		put := func(key string, v any) {
			w.Admin.Do("PATCH", "/ideas/"+key, map[string]any{"values": map[string]any{target: v}}).Want(200)
		}
		put("INS-5", q2)
		then := lastMoment(t, w)
		put("INS-1", q2)
		put("INS-1", interval("2027-07-01", "2027-09-30", "quarter"))
		put("INS-2", nil)
		put("INS-3", q2)
		put("INS-3", q1) // there and back again: no difference
		put("INS-4", q2)
		put("INS-5", q1)
		addIdea(w.Admin, "New", map[string]any{target: q2})
		w.Admin.Do("DELETE", "/ideas/INS-6", nil).Want(204)
		look := func(c *cairntest.Client, at string) string {
			var res struct {
				Ideas []struct {
					Idea       cairn.ID
					Span       *jsonSpan
					Gone       bool
					Key, Title string
				}
			}
			c.Do("GET", "/projects/INS/baseline?start="+target+"&date="+url.QueryEscape(at), nil).Want(200).Into(&res)
			var out []string
			for _, i := range res.Ideas {
				name := i.Key
				if !i.Gone {
					name = w.Admin.Do("GET", "/ideas/"+i.Idea.String(), nil).Want(200).Map()["key"].(string)
				} else if i.Title == "" {
					t.Error("a deleted idea has no title")
				}
				span := "-"
				if i.Span != nil {
					span = i.Span.Start
				}
				out = append(out, name+" "+span)
			}
			return strings.Join(out, ", ")
		}
		const want = "INS-1 2027-01-01, INS-2 2027-01-01, INS-4 -, INS-5 2027-04-01, INS-6 2027-01-01, INS-7 -"
		if got := look(w.Admin, then); got != want {
			t.Errorf("then: %s; want %s", got, want)
		}
		// What changes after the first look counts as well.
		put("INS-3", q2)
		put("INS-2", q1)
		const later = "INS-1 2027-01-01, INS-3 2027-01-01, INS-4 -, INS-5 2027-04-01, INS-6 2027-01-01, INS-7 -"
		if got := look(w.Admin, then); got != later {
			t.Errorf("then, seen later: %s; want %s", got, later)
		}
		// A day lasts until its end: the end of today is now, before the beginning was nothing.
		if got := look(w.Admin, time.Now().AddDate(0, 0, 1).Format(time.DateOnly)); got != "" {
			t.Errorf("tomorrow: %s; want no difference", got)
		}
		if got := look(w.Admin, "2001-01-01"); got != "INS-1 -, INS-2 -, INS-3 -, INS-4 -, INS-5 -, INS-7 -" {
			t.Errorf("before everything: %s", got)
		}
		eve := w.Person("Eve Stranger")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		eve.Do("GET", "/projects/INS/baseline?date=2027-01-01&start="+target, nil).Want(404)
		w.Anonymous().Do("GET", "/projects/INS/baseline?date=2027-01-01&start="+target, nil).Want(401)
		w.Admin.Do("GET", "/projects/INS/baseline?date=yesterday&start="+target, nil).Want(422)
		w.Admin.Do("GET", "/projects/INS/baseline?date=2027-01-01&start=title", nil).Want(422)
	})
}

// lastMoment is when the last change set was written.
func lastMoment(t *testing.T, w *cairntest.World) string {
	t.Helper()
	sets, err := w.Store.Log(t.Context(), position(t, w)-1, 1)
	if err != nil || len(sets) != 1 {
		t.Fatal(sets, err)
	}
	return sets[0].At.Format(time.RFC3339Nano)
}

// TLN-63: 10,000 ideas that all moved are rewound in an eye blink.
func TestBaselineOfMany(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	target, _ := roadmap(t, w)
	project, err := w.App.Project(app.System("test"), "INS")
	if err != nil {
		t.Fatal(err)
	}
	const n = 10_000
	_, err = w.Store.Write(t.Context(), store.Meta{Project: project.ID}, func(tx store.Tx) error {
		for i := range int64(n) {
			idea := cairn.Idea{Project: project.ID, Number: i + 1, Title: fmt.Sprint("Idea ", i), CreatedAt: tx.Now(), UpdatedAt: tx.Now(), Rank: fmt.Sprintf("a%06d", i)}
			idea.Values = map[cairn.Ref]json.RawMessage{cairn.Ref(target): json.RawMessage(`{"start":"2027-01-01","end":"2027-03-31","precision":"quarter"}`)}
			e, err := idea.Entity()
			if err != nil {
				return err
			}
			if _, err := tx.Create(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	then := lastMoment(t, w)
	w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{
		"query": map[string]any{}, "patch": map[string]any{"values": map[string]any{target: interval("2027-04-01", "2027-06-30", "quarter")}},
	}).Want(200)
	var res struct{ Ideas []struct{ Span *jsonSpan } }
	for range 2 { // once from the log, once as kept
		res.Ideas = nil
		w.Admin.Do("GET", "/projects/INS/baseline?start="+target+"&date="+url.QueryEscape(then), nil).Want(200).Into(&res)
		if len(res.Ideas) != n || res.Ideas[0].Span == nil {
			t.Errorf("%d of %d ideas differ", len(res.Ideas), n)
		}
	}
}
