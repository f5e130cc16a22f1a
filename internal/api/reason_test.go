package api_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// lastReason is the reason of the newest change set of an idea.
func lastReason(c *cairntest.Client, idea string) string {
	var h struct {
		Sets []struct{ Reason, Group string }
	}
	c.Do("GET", "/ideas/"+idea+"/history", nil).Want(200).Into(&h)
	return h.Sets[0].Reason
}

// REA-1 to REA-3: a reason comes with a change or afterwards, from who made it,
// and shows wherever the change does.
func TestReasons(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Editor")
		addIdea(w.Admin, "Faster search", nil)
		since := time.Now().UTC().Format(time.RFC3339Nano)
		patch := func(c *cairntest.Client, group, reason string, v any) {
			c.With("Cairn-Group", group).With("Cairn-Reason", url.PathEscape(reason)).
				Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: v}}).Want(200)
		}
		patch(bob, "g1", "Größer als gedacht", 4)
		if got := lastReason(eve, "INS-1"); got != "Größer als gedacht" {
			t.Errorf("the reason that came with the change is %q", got)
		}
		say := func(c *cairntest.Client, group, text string) *cairntest.Answer {
			return c.Do("PUT", "/groups/"+group+"/reason", map[string]any{"reason": text})
		}
		patch(bob, "g2", "", 5)
		say(eve, "g2", "I speak for Bob").Want(403)
		say(w.Admin, "g2", "Admins neither").Want(403)
		say(bob, "g2", strings.Repeat("x", 501)).Want(422)
		say(bob, "nothing", "No change").Want(404)
		say(bob, "g2", " Two lines\nbecome one ").Want(204)
		if got := lastReason(eve, "INS-1"); got != "Two lines become one" {
			t.Errorf("the reason that was said afterwards is %q", got)
		}
		say(bob, "g2", "Better said").Want(204)
		say(bob, "g1", "Said again").Want(204)
		changed := func() string {
			body := map[string]any{"query": map[string]any{}, "fields": []string{f["Impact"]}, "since": since}
			return string(w.Admin.Do("POST", "/projects/INS/changes", body).Want(200).Raw)
		}
		if raw := changed(); !strings.Contains(raw, "Better said") || !strings.Contains(raw, "Said again") || strings.Contains(raw, "become one") {
			t.Errorf("what changed does not give the last reasons: %s", raw)
		}
		var told []string
		for _, n := range inbox(t, w, w.Admin, "open").Notices {
			told = append(told, n.Reason)
		}
		if got := strings.Join(told, ", "); got != "Better said, Said again" {
			t.Errorf("the inbox gives the reasons %q", got)
		}
		say(bob, "g2", "").Want(204)
		say(bob, "g1", "").Want(204)
		if got := lastReason(eve, "INS-1"); got != "" {
			t.Errorf("the reason is %q after it was taken back", got)
		}
		if raw := changed(); !strings.Contains(raw, "Größer als gedacht") {
			t.Errorf("what came with the change does not show again: %s", raw)
		}

		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		say(bob, "g2", "No longer there").Want(404)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "open", "archived": true}).Want(200)
		say(bob, "g2", "Archived").Want(403)
	})
}

// REA-2: another node, and one that starts later, know what was said.
func TestReasonsElsewhere(t *testing.T) {
	st := cairntest.SQLite(t)
	w := cairntest.New(t, st)
	f := project(t, w)
	addIdea(w.Admin, "Faster search", nil)
	w.Admin.With("Cairn-Group", "g1").Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 4}}).Want(200)
	w.Admin.Do("PUT", "/groups/g1/reason", map[string]any{"reason": "Before it started"}).Want(204)
	other := w.At(cairntest.New(t, st).URL)
	if got := lastReason(other, "INS-1"); got != "Before it started" {
		t.Errorf("a node that starts later says %q", got)
	}
}

// REA-10 to REA-14: what a project asks about.
func TestReasonRules(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		due := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Due", "type": "date"}).Want(201).Map()["ref"].(string)
		stage := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Phase", "type": "select", "options": []map[string]any{{"name": "Next", "color": "blue"}, {"name": "Dropped", "color": "red"}}}).Want(201).Map()
		phase, options := stage["ref"].(string), stage["options"].([]any)
		next, dropped := options[0].(map[string]any)["id"], options[1].(map[string]any)["id"]
		bob := w.Person("Bob Builder")
		for _, title := range []string{"Faster search", "Shared carts", "Gift cards"} {
			addIdea(w.Admin, title, nil)
		}
		ask := func(c *cairntest.Client, rules ...map[string]any) *cairntest.Answer {
			return c.Do("PATCH", "/projects/INS", map[string]any{"reasons": append([]map[string]any{}, rules...)})
		}
		ask(bob, map[string]any{"field": f["Impact"]}).Want(403)
		ask(w.Admin, map[string]any{"field": "f999999"}).Want(422)
		ask(w.Admin, map[string]any{"field": f["Impact score"]}).Want(422)
		ask(w.Admin, map[string]any{"field": f["Impact"], "days": 3}).Want(422)
		ask(w.Admin, map[string]any{"field": phase, "options": []any{1}}).Want(422)
		ask(w.Admin, map[string]any{"field": phase}, map[string]any{"field": phase}).Want(422)
		ask(w.Admin, map[string]any{"field": phase, "options": []any{dropped}}, map[string]any{"field": due, "days": 7}, map[string]any{"field": "rank"}).Want(200)

		n := 0
		patch := func(body map[string]any, status int) string {
			t.Helper()
			n++
			return string(bob.With("Cairn-Group", "r"+string(rune('a'+n))).Do("PATCH", "/ideas/INS-1", body).Want(status).Raw)
		}
		values := func(ref string, v any) map[string]any { return map[string]any{"values": map[string]any{ref: v}} }
		patch(values(f["Impact"], 3), 200)
		patch(values(phase, next), 200)
		refused := patch(values(phase, dropped), 422)
		for _, part := range []string{`"field":"reason"`, `"field":"` + phase + `"`, "why Phase becomes Dropped"} {
			if !strings.Contains(refused, part) {
				t.Errorf("the refusal lacks %s: %s", part, refused)
			}
		}
		if v := value(bob, "INS-1", phase); v == "" || strings.Contains(refused, due) {
			t.Errorf("after the refusal phase is %q; %s", v, refused)
		}
		bob.With("Cairn-Group", "given").With("Cairn-Reason", "Nobody asked for it").Do("PATCH", "/ideas/INS-1", values(phase, dropped)).Want(200)
		patch(values(phase, dropped), 200) // what it is already
		bob.Do("POST", "/undo", map[string]any{"group": "given"}).Want(200)

		patch(values(due, "2027-03-01"), 200) // it came
		patch(values(due, "2027-03-08"), 200) // seven days
		if s := patch(values(due, "2027-02-28"), 422); !strings.Contains(s, "by more than 7 days") {
			t.Errorf("moving by eight days: %s", s)
		}
		patch(values(due, nil), 422)
		id := func(key string) any { return ideaID(bob, key) }
		patch(map[string]any{"move": map[string]any{"after": id("INS-3")}}, 422)
		bulk := map[string]any{"ids": []any{id("INS-2"), id("INS-1")}, "patch": values(due, "2027-06-01")}
		bob.Do("POST", "/projects/INS/ideas/bulk", bulk).Want(422)
		if v := value(bob, "INS-2", due); v != "" {
			t.Errorf("a refused bulk change wrote %s", v)
		}
		bob.With("Cairn-Reason", "The summer sale").Do("POST", "/projects/INS/ideas/bulk", bulk).Want(200)
		if got := lastReason(bob, "INS-2"); got != "The summer sale" {
			t.Errorf("the reason of a bulk change is %q", got)
		}

		// A rule about what is gone asks nothing.
		w.Admin.Do("DELETE", "/fields/"+strings.TrimPrefix(due, "f"), nil).Want(200)
		patch(map[string]any{"title": "Faster still"}, 200)
		ask(w.Admin).Want(200)
		patch(values(phase, next), 200)
		patch(values(phase, dropped), 200)
	})
}
