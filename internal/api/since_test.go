package api_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// lives is a project in which anything may happen, for as long as a seed says.
type lives struct {
	t      *testing.T
	w      *cairntest.World
	rng    *rand.Rand
	fields map[string]string // by name: refs
	views  []map[string]any  // queries that are asked at every moment
	alive  []string
	groups []string
	proof  proofs
}

func newLives(t *testing.T, w *cairntest.World, seed uint64) *lives {
	l := &lives{t: t, w: w, rng: rand.New(rand.NewPCG(seed, 7)), fields: map[string]string{}}
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
	field := func(name, kind string, more map[string]any) {
		body := map[string]any{"name": name, "type": kind}
		for k, v := range more {
			body[k] = v
		}
		l.fields[name] = w.Admin.Do("POST", "/projects/INS/fields", body).Want(201).Map()["ref"].(string)
	}
	field("Reach", "number", nil)
	field("Effort", "number", nil)
	field("Stage", "select", map[string]any{"options": []map[string]any{{"name": "Now", "color": "blue"}, {"name": "Later", "color": "teal"}}})
	field("Tags", "labels", nil)
	field("When", "interval", nil)
	field("Due", "date", nil)
	field("Whose", "person", nil)
	field("Applause", "votes", nil)
	field("Sure", "checkbox", nil)
	field("Score", "formula", map[string]any{"formula": map[string]any{"kind": "expression", "expression": "Reach * 2 - Effort"}})
	l.prove()
	refs := append([]string{"title", "comments", "links", "children", "parent", "archived", "insights"}, l.proof.fields...)
	for _, f := range []string{"Reach", "Effort", "Stage", "Tags", "When", "Due", "Whose", "Applause", "Sure", "Score"} {
		refs = append(refs, l.fields[f])
	}
	l.views = []map[string]any{
		{"query": map[string]any{"archived": "all"}, "columns": refs, "limit": -1},
		{"query": map[string]any{"sort": []any{map[string]any{"field": l.fields["Score"], "desc": true}}, "group": []any{map[string]any{"field": l.fields["Stage"]}},
			"filter": map[string]any{"field": l.fields["Reach"], "op": "gte", "value": 2}}, "columns": refs, "limit": -1},
		{"query": map[string]any{"tree": true}, "columns": []string{"title", l.fields["Tags"]}, "limit": -1},
		{"query": map[string]any{"archived": "only", "sort": []any{map[string]any{"field": "updatedAt"}}}, "columns": []string{"updatedAt", "updatedBy", "createdAt"}, "limit": -1},
	}
	return l
}

// see is what all views show at a moment, "" for now. Sequence numbers and
// versions are left out.
func (l *lives) see(at string) string {
	var all []string
	for _, v := range l.views {
		body := map[string]any{"at": at}
		for k, part := range v {
			body[k] = part
		}
		if at == "" {
			delete(body, "at")
		}
		answer := l.w.Admin.Do("POST", "/projects/INS/query", body).Want(200).Map()
		delete(answer, "seq")
		if tree, ok := answer["tree"].(map[string]any); ok {
			delete(tree, "shape")
		}
		for _, row := range answer["rows"].([]any) {
			row.([]any)[2] = 0
		}
		raw, err := json.Marshal(answer)
		if err != nil {
			l.t.Fatal(err)
		}
		all = append(all, string(raw))
	}
	return strings.Join(all, "\n")
}

func (l *lives) pick() string { return l.alive[l.rng.IntN(len(l.alive))] }

// step does one of everything that people do to ideas.
func (l *lives) step() {
	c := l.w.Admin
	group := fmt.Sprint("g", len(l.groups))
	if len(l.alive) < 4 {
		l.create()
		return
	}
	idea := l.pick()
	patch := func(body map[string]any) {
		c.With("Cairn-Group", group).Do("PATCH", "/ideas/"+idea, body).Want(200, 409, 422)
	}
	value := func(field string, v any) { patch(map[string]any{"values": map[string]any{l.fields[field]: v}}) }
	switch l.rng.IntN(28) {
	case 0, 1:
		l.create()
	case 2:
		value("Reach", l.rng.IntN(9))
	case 3:
		value("Effort", []any{nil, l.rng.IntN(9), map[string]any{"low": 1, "likely": 2, "high": 4}}[l.rng.IntN(3)])
	case 4:
		value("Tags", []string{"a", fmt.Sprint("t", l.rng.IntN(5))})
	case 5:
		value("When", interval("2027-01-01", "2027-03-31", "quarter"))
	case 6:
		value("Due", fmt.Sprintf("2027-0%d-11", 1+l.rng.IntN(9)))
	case 7:
		patch(map[string]any{"title": fmt.Sprint("Named ", l.rng.IntN(1000)), "description": strings.Repeat("long ", l.rng.IntN(20))})
	case 8:
		patch(map[string]any{"archived": l.rng.IntN(2) == 0})
	case 9:
		l.w.Admin.With("Cairn-Group", group).Do("DELETE", "/ideas/"+idea, nil).Want(204)
		l.look() // what was merged into it goes along
	case 10:
		var list struct{ Rows [][]any }
		c.Do("POST", "/projects/INS/query", l.views[0]).Want(200).Into(&list)
		patch(map[string]any{"move": map[string]any{"after": list.Rows[l.rng.IntN(len(list.Rows))][0]}})
	case 11:
		c.Do("POST", "/ideas/"+idea+"/comments", map[string]any{"body": "Said"}).Want(201)
	case 12:
		link(c, idea, "relates", l.pick()).Want(201, 409, 422)
	case 13:
		c.Do("PUT", "/ideas/"+idea+"/votes/"+l.fields["Applause"], map[string]any{"amount": l.rng.IntN(3)}).Want(200, 409, 422)
	case 14:
		patch(map[string]any{"parent": ideaID(c, l.pick())})
	case 15:
		l.undo()
		return
	case 16:
		value("Sure", l.rng.IntN(2) == 0)
	case 17:
		l.schema()
	case 18, 19:
		other := l.pick()
		c.With("Cairn-Group", group).Do("POST", "/ideas/"+idea+"/merge", map[string]any{"ideas": []string{other}}).Want(200, 409, 422)
		l.look()
	default:
		l.say(c.With("Cairn-Group", group), idea)
	}
	l.groups = append(l.groups, group)
}

func (l *lives) create() {
	made := l.w.Admin.With("Cairn-Group", fmt.Sprint("g", len(l.groups))).Do("POST", "/projects/INS/ideas", map[string]any{
		"title": fmt.Sprint("Idea ", len(l.groups)), "values": map[string]any{l.fields["Reach"]: l.rng.IntN(5)},
	}).Want(201).Map()
	l.groups = append(l.groups, fmt.Sprint("g", len(l.groups)))
	l.alive = append(l.alive, made["key"].(string))
}

// undo takes back something of any age; what was deleted may come back.
func (l *lives) undo() {
	l.w.Admin.Do("POST", "/undo", map[string]any{"group": l.groups[l.rng.IntN(len(l.groups))]}).Want(200, 404, 409, 422)
	l.look()
}

// look finds the ideas that are there.
func (l *lives) look() {
	var list struct{ Rows [][]any }
	l.w.Admin.Do("POST", "/projects/INS/query", l.views[0]).Want(200).Into(&list)
	l.alive = nil
	for _, row := range list.Rows {
		l.alive = append(l.alive, fmt.Sprint("INS-", row[1]))
	}
}

// schema changes what fields mean.
func (l *lives) schema() {
	c := l.w.Admin
	id := func(name string) string { return strings.TrimPrefix(l.fields[name], "f") }
	switch l.rng.IntN(4) {
	case 0:
		c.Do("PATCH", "/fields/"+id("Score"), map[string]any{"formula": map[string]any{"kind": "expression", "expression": fmt.Sprint("Reach * ", 1+l.rng.IntN(5))}}).Want(200)
	case 1:
		c.Do("POST", "/projects/INS/fields", map[string]any{"name": fmt.Sprint("New ", len(l.groups)), "type": "number"}).Want(201)
	case 2:
		c.Do("POST", "/projects/INS/idea-types", map[string]any{"name": fmt.Sprint("Kind ", len(l.groups)), "color": "blue"}).Want(201, 404, 422)
	case 3:
		c.Do("PATCH", "/fields/"+id("Stage"), map[string]any{"description": fmt.Sprint("d", l.rng.IntN(99))}).Want(200)
	}
}

// SIN-1, SIN-2: the state walked back to a moment equals the state that was there
// at that moment, whatever happened since, asked for in any order.
func TestWalkingBack(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		told, gone := 0, 0 // insights of the past
		for seed := range uint64(12) {
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				if seed > 0 {
					st = cairntest.SQLite(t) // the databases do not differ in what happens
				}
				w := cairntest.New(t, st)
				l := newLives(t, w, seed)
				type seen struct {
					at, what string
					said     map[string][]map[string]any
				}
				var moments []seen
				for n := range 320 {
					l.step()
					if n%8 == 0 {
						moments = append(moments, seen{lastMoment(t, w), l.see(""), l.told(l.alive, "")})
						l.toldThen(moments[len(moments)-1].said, moments[len(moments)-1].at)
					}
					if n%60 == 59 { // the journal is there and goes on
						m := moments[l.rng.IntN(len(moments))]
						if got := l.see(m.at); got != m.what {
							t.Fatalf("in between, at %s:\n%s", m.at, firstDifference(got, m.what))
						}
					}
				}
				if len(l.proof.insights) < 8 {
					t.Fatal("hardly anything was said:", l.proof.insights)
				}
				l.rng.Shuffle(len(moments), func(i, j int) { moments[i], moments[j] = moments[j], moments[i] })
				for _, m := range moments {
					if got := l.see(m.at); got != m.what {
						t.Fatalf("at %s:\n%s", m.at, firstDifference(got, m.what))
					}
					l.toldThen(m.said, m.at)
				}
				told, gone = told+l.proof.told, gone+l.proof.gone
			})
		}
		if told < 1500 || gone < 10 {
			t.Errorf("hardly anything was told: %d insights, of which %d are gone", told, gone)
		}
	})
}

func firstDifference(got, want string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			from := max(0, i-200)
			return "got  …" + got[from:min(len(got), i+200)] + "\nwant …" + want[from:min(len(want), i+200)]
		}
	}
	return fmt.Sprint("lengths ", len(got), " ", len(want))
}

type sinceIdea struct {
	Key, Title, How string
	Marks           []string
	Was, Is         int
	Fields          []struct {
		Field, Mark string
		Was, Is     any
	}
	Why []struct {
		Reason, Group string
		Actor         cairn.ID
	}
}

type sinceAnswer struct {
	Changed, Total, Own int
	Marked              map[string][]cairn.ID
	Ideas               []sinceIdea
}

// lines is the answer in words.
func (a *sinceAnswer) lines() []string {
	var out []string
	for _, i := range a.Ideas {
		s := fmt.Sprintf("%s %s %s %d→%d", i.Key, strings.Join(i.Marks, "+"), i.How, i.Was, i.Is)
		for _, w := range i.Why {
			if w.Reason != "" {
				s += " “" + w.Reason + "”"
			}
		}
		out = append(out, strings.Join(strings.Fields(s), " "))
	}
	return out
}

// SIN-10 to SIN-16: what became otherwise, by idea, with reasons; and nothing else.
func TestChangedSince(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		q1, q2 := interval("2027-01-01", "2027-03-31", "quarter"), interval("2027-04-01", "2027-06-30", "quarter")
		target, _ := roadmap(t, w, q2, q2, q1, nil, q1, q1, q1, q1)
		number := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Reach", "type": "number"}).Want(201).Map()["ref"].(string)
		score := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Score", "type": "formula",
			"formula": map[string]any{"kind": "expression", "expression": "Reach * 10"}}).Want(201).Map()["ref"].(string)
		w.Admin.Do("PATCH", "/ideas/INS-8", map[string]any{"archived": true}).Want(200)
		then := lastMoment(t, w)
		patch := func(key, reason string, body map[string]any) {
			w.Admin.With("Cairn-Reason", url.PathEscape(reason)).Do("PATCH", "/ideas/"+key, body).Want(200)
		}
		patch("INS-1", "We can start sooner", map[string]any{"values": map[string]any{target: q1}})
		patch("INS-3", "The vendor is late", map[string]any{"values": map[string]any{target: q2}})
		patch("INS-2", "", map[string]any{"values": map[string]any{number: 4}})
		patch("INS-4", "", map[string]any{"title": "Renamed"})
		patch("INS-4", "", map[string]any{"title": "Idea 4"}) // there and back again
		patch("INS-5", "", map[string]any{"description": "Not in the view"})
		patch("INS-6", "First of all", map[string]any{"move": map[string]any{"before": ideaID(w.Admin, "INS-1")}})
		patch("INS-7", "Nobody wants it", map[string]any{"archived": true})
		patch("INS-8", "", map[string]any{"archived": false})
		addIdea(w.Admin, "New", nil)
		ask := func(c *cairntest.Client, more map[string]any) *sinceAnswer {
			body := map[string]any{"query": map[string]any{}, "fields": []string{target, score}, "since": then}
			for k, v := range more {
				body[k] = v
			}
			out := &sinceAnswer{}
			c.Do("POST", "/projects/INS/changes", body).Want(200).Into(out)
			return out
		}
		all := ask(w.Admin, nil)
		want := []string{
			"INS-6 up 6→1 “First of all”", "INS-1 earlier 1→2 “We can start sooner”", "INS-2 scored 2→3",
			"INS-3 later 3→4 “The vendor is late”", "INS-8 added restored 0→7", "INS-9 added created 0→8", "INS-7 dropped archived 7→0 “Nobody wants it”",
		}
		if got := all.lines(); !slices.Equal(got, want) {
			t.Errorf("since then:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if all.Changed != 7 || len(all.Marked["added"]) != 2 || len(all.Marked["up"]) != 1 || len(all.Marked["down"]) != 0 {
			t.Errorf("%d changed, marked %v", all.Changed, all.Marked)
		}
		// A part of them.
		some := ask(w.Admin, map[string]any{"marks": []string{"added", "later"}, "offset": 1, "limit": 1})
		if some.Total != 3 || len(some.Ideas) != 1 || some.Ideas[0].Key != "INS-8" {
			t.Errorf("some: %d, %v", some.Total, some.lines())
		}
		// In a view that filters, what left says why it left.
		filter := map[string]any{"filter": map[string]any{"field": target, "op": "ends_before", "value": "2027-04-01"}}
		left := ask(w.Admin, map[string]any{"query": filter})
		if got := left.lines(); !slices.Contains(got, "INS-3 dropped left 1→0 “The vendor is late”") {
			t.Errorf("in the first quarter:\n%s", strings.Join(got, "\n"))
		}
		i := slices.IndexFunc(left.Ideas, func(i sinceIdea) bool { return i.Key == "INS-3" })
		if i < 0 || len(left.Ideas[i].Fields) != 1 || left.Ideas[i].Fields[0].Mark != "later" {
			t.Errorf("why it left: %+v", left.Ideas[i])
		}
		// Between two moments, and from now on.
		if none := ask(w.Admin, map[string]any{"since": lastMoment(t, w)}); none.Changed != 0 {
			t.Errorf("since now: %v", none.lines())
		}
		if none := ask(w.Admin, map[string]any{"until": then}); none.Changed != 0 {
			t.Errorf("until then: %v", none.lines())
		}
		w.Admin.Do("POST", "/projects/INS/changes", map[string]any{"query": map[string]any{}, "since": "yesterday"}).Want(422)
		w.Admin.Do("POST", "/projects/INS/changes", map[string]any{"query": map[string]any{}, "since": ""}).Want(422)
		w.Admin.Do("POST", "/projects/INS/changes", map[string]any{"query": map[string]any{}, "since": lastMoment(t, w), "until": then}).Want(422)
		// What was merged was not archived; taken out again, nothing happened.
		apart := lastMoment(t, w)
		group := w.Admin.Do("POST", "/ideas/INS-1/merge", map[string]any{"ideas": []string{"INS-2"}}).Want(200).Map()["group"]
		if got := ask(w.Admin, map[string]any{"since": apart}).lines(); !slices.Contains(got, "INS-2 dropped merged 3→0") {
			t.Errorf("after a merge: %v", got)
		}
		merged := lastMoment(t, w)
		w.Admin.Do("POST", "/undo", map[string]any{"group": group}).Want(200)
		if got := ask(w.Admin, map[string]any{"since": merged}).lines(); !slices.Contains(got, "INS-2 added unmerged 0→3") {
			t.Errorf("after it was taken out: %v", got)
		}
		// What only the asker did is counted apart: it is no news to them.
		bob := w.Person("Bob Builder")
		if own, bobs := ask(w.Admin, nil), ask(bob, nil); own.Own != own.Changed || bobs.Own != 0 {
			t.Errorf("of %d ideas %d are the own ones of who did it all, %d those of who did nothing", own.Changed, own.Own, bobs.Own)
		}
		bob.Do("PATCH", "/ideas/INS-3", map[string]any{"title": "Bob was here"}).Want(200)
		if own := ask(w.Admin, nil); own.Own != own.Changed-1 {
			t.Errorf("of %d ideas %d are the own ones after somebody else changed one of them", own.Changed, own.Own)
		}
		// Asked for others' they are left out, unless there are no others'.
		others := ask(w.Admin, map[string]any{"others": true})
		if len(others.Ideas) != 1 || others.Ideas[0].Key != "INS-3" || others.Total != 1 || others.Own != others.Changed-1 {
			t.Errorf("of others are %v, %d in all; %d of %d are own ones", others.lines(), others.Total, others.Own, others.Changed)
		}
		for mark, ids := range others.Marked {
			if len(ids) != 1 {
				t.Errorf("marked as %s are also own ones: %v", mark, ids)
			}
		}
		if own := ask(bob, map[string]any{"since": lastMoment(t, w), "others": true}); own.Changed != 0 {
			t.Errorf("since now there are %v", own.lines())
		}
		own := lastMoment(t, w)
		bob.Do("PATCH", "/ideas/INS-3", map[string]any{"title": "And again"}).Want(200)
		if all := ask(bob, map[string]any{"since": own, "others": true}); all.Total != 1 || all.Own != 1 {
			t.Errorf("where all are own ones %v are shown", all.lines())
		}
		// Nobody learns of a project that is not theirs.
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		for _, c := range []*cairntest.Client{bob, w.Anonymous()} {
			c.Do("POST", "/projects/INS/changes", map[string]any{"query": map[string]any{}, "since": then}).Want(404, 401)
			c.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{}, "at": then}).Want(404, 401)
			c.Do("GET", "/ideas/INS-1?at="+url.QueryEscape(then), nil).Want(404, 401)
		}
	})
}

// SIN-14: a score that is relative to all is re-scored where its own inputs became
// otherwise, not where others moved, and everywhere when it is made otherwise.
func TestChangedRelative(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
		reach := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Reach", "type": "number"}).Want(201).Map()["ref"].(string)
		effort := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Effort", "type": "number"}).Want(201).Map()["ref"].(string)
		weighted := func(weight float64) map[string]any {
			return map[string]any{"kind": "weighted", "inputs": []map[string]any{{"field": reach, "weight": 70}, {"field": effort, "weight": weight}}}
		}
		score := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Score", "type": "formula", "formula": weighted(30)}).Want(201).Map()
		for i, n := range []int{8, 6, 4, 2} {
			addIdea(w.Admin, fmt.Sprint("Idea ", i+1), map[string]any{reach: n, effort: n})
		}
		then := lastMoment(t, w)
		lines := func(more map[string]any) []string {
			body := map[string]any{"query": map[string]any{"sort": []any{map[string]any{"field": score["ref"], "desc": true}}}, "since": then}
			for k, v := range more {
				body[k] = v
			}
			out := &sinceAnswer{}
			w.Admin.Do("POST", "/projects/INS/changes", body).Want(200).Into(out)
			return out.lines()
		}
		w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{reach: 16}}).Want(200)
		if got, want := lines(map[string]any{"fields": []any{reach}}), []string{"INS-1 changed 1→1"}; !slices.Equal(got, want) {
			t.Errorf("the best one became better: %q, want %q", got, want)
		}
		w.Admin.Do("PATCH", "/ideas/INS-4", map[string]any{"values": map[string]any{reach: 80}}).Want(200)
		got := lines(nil)
		if len(got) != 2 || !strings.HasPrefix(got[0], "INS-4 up+scored") || !strings.HasPrefix(got[1], "INS-1 scored") {
			t.Errorf("the last one became the first: %q", got)
		}
		w.Admin.Do("PATCH", "/fields/"+fmt.Sprint(score["id"]), map[string]any{"formula": weighted(60)}).Want(200)
		if got := lines(nil); len(got) != 4 {
			t.Errorf("it is made otherwise: %q", got)
		}
	})
}

// SIN-20 to SIN-23: each person's visits to a view are their own; coming back
// within half an hour is the same visit.
func TestVisits(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		roadmap(t, w)
		view := int64(w.Admin.Do("POST", "/projects/INS/views", map[string]any{"name": "All", "kind": "list", "position": 1, "query": map[string]any{}}).Want(201).Map()["id"].(float64))
		path := fmt.Sprint("/views/", view)
		w.Admin.Do("GET", path+"/changes", nil).Want(422) // never seen
		before := position(t, w)
		if m := w.Admin.Do("PUT", path+"/visit", map[string]any{}).Want(200).Map(); m["since"] != nil {
			t.Errorf("a first visit: %v", m)
		}
		w.Admin.Do("PUT", path+"/visit", map[string]any{"caught": true}).Want(200)
		addIdea(w.Admin, "New", nil)
		since := w.Admin.Do("PUT", path+"/visit", map[string]any{}).Want(200).Map()["since"]
		if since == nil {
			t.Fatal("a second visit has no end of the last")
		}
		out := &sinceAnswer{}
		w.Admin.Do("GET", path+"/changes", nil).Want(200).Into(out)
		if got := out.lines(); !slices.Equal(got, []string{"INS-1 added created 0→1"}) {
			t.Errorf("since the last visit: %v", got)
		}
		count := &sinceAnswer{}
		w.Admin.Do("GET", path+"/changes?limit=0", nil).Want(200).Into(count)
		if count.Changed != 1 || len(count.Ideas) != 0 {
			t.Errorf("counted only: %+v", count)
		}
		bob := w.Person("Bob Builder")
		if m := bob.Do("PUT", path+"/visit", map[string]any{}).Want(200).Map(); m["since"] != nil {
			t.Errorf("somebody else's visit: %v", m)
		}
		if now := position(t, w); now != before+2 { // the idea and Bob
			t.Errorf("visits are in the log: %d, then %d", before, now)
		}
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		bob.Do("PUT", path+"/visit", map[string]any{}).Want(404)
		bob.Do("GET", path+"/changes", nil).Want(404)
		w.Anonymous().Do("PUT", path+"/visit", map[string]any{}).Want(401)
	})
}
