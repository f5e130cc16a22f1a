package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

func setRules(w *cairntest.World, ref string, rules map[string]any) *cairntest.Answer {
	return w.Admin.Do("PATCH", "/fields/"+strings.TrimPrefix(ref, "f"), map[string]any{"rules": rules})
}

// RULE-1: defaults fill what a new idea does not name.
func TestFieldDefaults(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		setRules(w, f["Impact"], map[string]any{"default": 3}).Want(200)
		setRules(w, f["Owner"], map[string]any{"default": "me"}).Want(200)
		bob := w.Person("Bob Builder")
		addIdea(bob, "Starts", nil)
		if v := value(w.Admin, "INS-1", f["Impact"]); v != "3" {
			t.Errorf("impact of a new idea is %s, want the default 3", v)
		}
		if v := value(w.Admin, "INS-1", f["Owner"]); v != fmt.Sprint(bob.ID) {
			t.Errorf("owner of a new idea is %s, want who added it (%d)", v, bob.ID)
		}
		addIdea(w.Admin, "Says otherwise", map[string]any{f["Impact"]: 5, f["Owner"]: nil})
		if v := value(w.Admin, "INS-2", f["Impact"]); v != "5" {
			t.Errorf("impact is %s, want the given 5", v)
		}
		if v := value(w.Admin, "INS-2", f["Owner"]); v != "" {
			t.Errorf("owner is %s, want none, as was said", v)
		}
		setRules(w, f["Impact"], map[string]any{"default": 9}).Want(422)
		setRules(w, f["Impact score"], map[string]any{"default": 9}).Want(422)
		setRules(w, f["Impact"], map[string]any{}).Want(200)
		addIdea(w.Admin, "No default", nil)
		if v := value(w.Admin, "INS-3", f["Impact"]); v != "" {
			t.Errorf("impact is %s after the default was taken away, want none", v)
		}
	})
}

// RULE-2: required for a new idea, of those who may fill it in.
func TestRequiredForANewIdea(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	f := project(t, w)
	setRules(w, f["Impact"], map[string]any{"onCreate": true}).Want(200)
	setRules(w, f["Team"], map[string]any{"onCreate": true}).Want(200)
	refused := w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Half"}).Want(422)
	for _, name := range []string{"Impact", "Team"} {
		if !strings.Contains(string(refused.Raw), name+" must be filled in") {
			t.Errorf("the refusal does not name %s: %s", name, refused.Raw)
		}
	}
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
	contributor := w.Person("Connie Contributor")
	refused = contributor.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Half"}).Want(422)
	if s := string(refused.Raw); strings.Contains(s, "Impact must") || !strings.Contains(s, "Team must") {
		t.Errorf("a contributor is asked for Team only, which is open to them; the refusal: %s", s)
	}
}

// RULE-3: required before an option, whichever of the two changes.
func TestRequiredBeforeAnOption(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		var page struct {
			Fields []struct {
				Ref     string
				Options []struct {
					ID   int64
					Name string
				}
			}
		}
		w.Admin.Do("GET", "/projects/INS", nil).Want(200).Into(&page)
		status := map[string]int64{}
		for _, one := range page.Fields {
			if one.Ref == f["Status"] {
				for _, o := range one.Options {
					status[o.Name] = o.ID
				}
			}
		}
		addIdea(w.Admin, "Going", nil)
		before := map[string]any{"before": map[string]any{"field": f["Status"], "options": []int64{status["Delivery"]}}}
		setRules(w, f["Impact"], before).Want(200)
		setRules(w, f["Effort"], map[string]any{"before": map[string]any{"field": f["Value"], "options": []int64{1}}}).Want(422)
		set := func(values map[string]any) *cairntest.Answer {
			return w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": values})
		}
		set(map[string]any{f["Status"]: status["Discovery"]}).Want(200)
		refused := set(map[string]any{f["Status"]: status["Delivery"]}).Want(422)
		if !strings.Contains(string(refused.Raw), "Impact must be filled in before Status is Delivery") {
			t.Errorf("the refusal does not say what is missing for what: %s", refused.Raw)
		}
		w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{
			"query": map[string]any{}, "patch": map[string]any{"values": map[string]any{f["Status"]: status["Delivery"]}},
		}).Want(422)
		set(map[string]any{f["Status"]: status["Delivery"], f["Impact"]: 4}).Want(200)
		set(map[string]any{f["Impact"]: nil}).Want(422)
		set(map[string]any{f["Effort"]: 2}).Want(200)
		w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{
			"title": "Straight in", "values": map[string]any{f["Status"]: status["Delivery"]},
		}).Want(422)
	})
}

// RULE-6: a change of type keeps what fits.
func TestRetypeDropsWhatDoesNotFit(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	f := project(t, w)
	path := "/fields/" + strings.TrimPrefix(f["Impact"], "f")
	w.Admin.Do("PATCH", path, map[string]any{
		"rules":   map[string]any{"onCreate": true, "default": 3},
		"formats": []map[string]any{{"op": "gt", "value": 3, "color": "green"}, {"op": "empty", "icon": "flag"}},
	}).Want(200)
	got := w.Admin.Do("POST", path+"/retype", map[string]any{"type": "short_text"}).Want(200)
	s := string(got.Raw)
	if !strings.Contains(s, `"icon":"flag"`) || strings.Contains(s, `"color":"green"`) || strings.Contains(s, `"default"`) || !strings.Contains(s, `"onCreate":true`) {
		t.Errorf("after the change of type the field is %s; want the flag and onCreate kept, the rest gone", s)
	}
}
