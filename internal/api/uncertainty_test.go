package api_test

import (
	"bytes"
	"math"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

type rankAnswer struct {
	Seed, Draws, Total, Ranked, Uncertain int
	Ideas                                 []struct {
		ID                int
		Value, Low, High  *float64
		Above             *float64
		Chance            float64
		RankLow, RankHigh int
		Histogram         []int
	}
	Ties  [][2]int
	Learn []struct {
		ID      int
		Field   string
		Changes float64
	}
}

// TestUncertainty asks every question about the order of four ideas: UNC-14 to
// UNC-21.
func TestUncertainty(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		span := func(low, likely, high float64) map[string]any {
			return map[string]any{"low": low, "likely": likely, "high": high}
		}
		ask := func(path string, body map[string]any) *cairntest.Answer {
			return w.Admin.Do("POST", "/projects/INS/uncertainty"+path, body)
		}
		sure := addIdea(w.Admin, "Sure", map[string]any{f["Impact"]: 5, f["Effort"]: 1})
		wide := addIdea(w.Admin, "Wide", map[string]any{f["Impact"]: span(1, 3, 5), f["Effort"]: 2})
		plain := addIdea(w.Admin, "Plain", map[string]any{f["Impact"]: 3, f["Effort"]: 2})
		addIdea(w.Admin, "Low", map[string]any{f["Impact"]: 1, f["Effort"]: 2})
		addIdea(w.Admin, "None", nil)
		byImpact := map[string]any{"sort": []map[string]any{{"field": f["Impact"], "desc": true}}}

		var r rankAnswer
		raw := ask("", map[string]any{"query": byImpact, "top": 2, "seed": 7, "histogram": true}).Want(200)
		raw.Into(&r)
		if r.Seed != 7 || r.Draws < 2000 || r.Total != 5 || r.Ranked != 4 || r.Uncertain != 1 {
			t.Errorf("%s", raw.Raw)
		}
		for i, want := range []struct{ chance, within float64 }{{1, 0}, {0.5, 0.03}, {0.5, 0.03}, {0, 0}, {0, 0}} {
			if math.Abs(r.Ideas[i].Chance-want.chance) > want.within {
				t.Errorf("idea %d is in the top 2 with %g, want %g", i, r.Ideas[i].Chance, want.chance)
			}
		}
		if one := r.Ideas[1]; one.ID != int(wide["id"].(float64)) || one.Low == nil || math.Abs(*one.Low-1) > 0.05 || len(one.Histogram) == 0 {
			t.Errorf("the wide one: %+v", one)
		}
		if one := r.Ideas[0]; one.Low != nil || one.RankLow != 1 || one.RankHigh != 1 {
			t.Errorf("the sure one: %+v", one)
		}
		if len(r.Ties) != 1 || r.Ties[0] != [2]int{1, 2} {
			t.Errorf("ties %v", r.Ties)
		}
		if len(r.Learn) != 1 || r.Learn[0].ID != int(wide["id"].(float64)) || r.Learn[0].Field != f["Impact"] || math.Abs(r.Learn[0].Changes-0.5) > 0.1 {
			t.Errorf("to learn: %+v", r.Learn)
		}
		if again := ask("", map[string]any{"query": byImpact, "top": 2, "seed": 7, "histogram": true}).Want(200); !bytes.Equal(again.Raw, raw.Raw) {
			t.Errorf("the same seed gave another answer:\n%s\n%s", raw.Raw, again.Raw)
		}

		var cut struct {
			Fits  int
			Ideas []struct {
				ID, For int
				Fits    bool
				Must    bool
				Place   int
				Chance  float64
			}
		}
		id := func(m map[string]any) int { return int(m["id"].(float64)) }
		w.Admin.Do("POST", "/ideas/INS-3/links", map[string]any{"to": "INS-1", "type": "finish_start"}).Want(201)
		ask("/cut", map[string]any{"query": byImpact, "effort": f["Effort"], "capacity": 3}).Want(200).Into(&cut)
		if cut.Fits != 2 || cut.Ideas[0].ID != id(plain) || cut.Ideas[0].For != id(sure) || cut.Ideas[1].ID != id(sure) || cut.Ideas[2].Fits || cut.Ideas[1].Place != 0 {
			t.Errorf("cut: %+v", cut)
		}
		ask("/cut", map[string]any{"query": byImpact, "effort": f["Effort"], "capacity": 3,
			"must": map[string]any{"field": "title", "op": "is", "value": "Low"}}).Want(200).Into(&cut)
		if !cut.Ideas[0].Must || cut.Fits != 1 {
			t.Errorf("cut with a must-have: %+v", cut)
		}

		var query struct{ Ranged []string }
		columns := []string{"title", f["Impact"], f["Impact score"]}
		w.Admin.Do("POST", "/projects/INS/query", map[string]any{"query": byImpact, "columns": columns}).Want(200).Into(&query)
		if len(query.Ranged) != 1 || query.Ranged[0] != f["Impact score"] {
			t.Errorf("UNC-23: columns that depend on ranges: %v", query.Ranged)
		}
		var spreads struct {
			Fields []struct {
				Field    string
				From, To *float64
				Ideas    []struct {
					ID        int
					Low, High float64
					Bars      *struct {
						From, To, Middle float64
						Draws            []int
					}
				}
			}
		}
		ask("/spreads", map[string]any{"fields": []string{f["Impact"], f["Impact score"]}, "ids": []int{id(wide), id(sure)}, "seed": 7}).Want(200).Into(&spreads)
		impact, score := spreads.Fields[0], spreads.Fields[1]
		if len(impact.Ideas) != 1 || impact.Ideas[0].ID != id(wide) || math.Abs(impact.Ideas[0].Low-1) > 0.05 || math.Abs(impact.Ideas[0].High-5) > 0.05 || *impact.From != 1 || *impact.To != 5 {
			t.Errorf("UNC-23: spreads of a field: %+v", impact)
		}
		// A weighted score is measured against all ideas, so that all of it is open.
		if len(score.Ideas) != 2 || score.Ideas[0].Low > score.Ideas[0].High || score.Ideas[1].Low >= score.Ideas[1].High {
			t.Errorf("UNC-23: spreads of a score: %+v", score)
		}
		if impact.Ideas[0].Bars != nil {
			t.Errorf("UNC-23: bars that nobody asked for: %+v", impact.Ideas[0])
		}
		ask("/spreads", map[string]any{"fields": []string{f["Impact"]}, "ids": []int{id(wide)}, "seed": 7, "bars": true}).Want(200).Into(&spreads)
		drawn := 0
		for _, n := range spreads.Fields[0].Ideas[0].Bars.Draws {
			drawn += n
		}
		if bars := spreads.Fields[0].Ideas[0].Bars; drawn != 2048 || bars.From >= bars.Middle || bars.Middle >= bars.To {
			t.Errorf("UNC-23: bars: %+v", bars)
		}
		ask("/spreads", map[string]any{"fields": []string{}, "ids": []int{1}}).Want(422)
		ask("/spreads", map[string]any{"fields": []string{f["Labels"]}, "ids": []int{1}}).Want(422)

		var weights struct {
			Weights []struct{ Field string }
		}
		ask("/weights", map[string]any{"query": map[string]any{}, "field": f["Impact score"], "top": 1}).Want(200).Into(&weights)
		if len(weights.Weights) == 0 {
			t.Error("no weights")
		}
		var tried struct {
			Top  []struct{ ID, Was int }
			Left []int
		}
		score1 := map[string]any{"query": map[string]any{}, "field": f["Impact score"], "top": 1}
		try := func(weights ...map[string]any) {
			score1["weights"] = weights
			ask("/weights/try", score1).Want(200).Into(&tried)
		}
		try()
		if len(tried.Top) != 1 || tried.Top[0].Was != 1 || len(tried.Left) != 0 {
			t.Errorf("UNC-19: the top as it is: %+v", tried)
		}
		first := tried.Top[0].ID
		// With an input turned round another idea leads; nothing is saved.
		try(map[string]any{"field": weights.Weights[0].Field, "weight": 0}, map[string]any{"field": f["Effort"], "weight": 1000})
		if len(tried.Top) != 1 || (tried.Top[0].ID == first) != (len(tried.Left) == 0) {
			t.Errorf("UNC-19: the top with other weights: %+v", tried)
		}
		try()
		if tried.Top[0].ID != first {
			t.Errorf("UNC-19: trying changed the weights: %+v", tried)
		}
		ask("/weights/try", map[string]any{"query": byImpact, "weights": []any{}}).Want(422)

		var ties struct{ Ties [][]int }
		ask("/ties", map[string]any{"query": byImpact, "seed": 7}).Want(200).Into(&ties)
		if len(ties.Ties) != 1 || len(ties.Ties[0]) != 2 || ties.Ties[0][0] != r.Ideas[1].ID || ties.Ties[0][1] != r.Ideas[2].ID {
			t.Errorf("UNC-17: ties of the whole order: %+v", ties)
		}

		var moves struct {
			Ideas []struct {
				From, To int
			}
		}
		ask("/compare", map[string]any{"query": byImpact, "other": f["Effort"]}).Want(200).Into(&moves)
		if len(moves.Ideas) != 4 || moves.Ideas[0].From != 1 || moves.Ideas[0].To != 4 {
			t.Errorf("compared: %+v", moves)
		}

		ask("", map[string]any{"query": map[string]any{}}).Want(422)
		ask("", map[string]any{"query": byImpact, "field": f["Labels"]}).Want(422)
		ask("/weights", map[string]any{"query": byImpact}).Want(422)

		olga := w.Person("Olga Outside")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		for path, body := range map[string]map[string]any{
			"": {"query": byImpact}, "/weights": {"query": byImpact, "field": f["Impact score"]},
			"/cut": {"query": byImpact, "effort": f["Effort"], "capacity": 3}, "/compare": {"query": byImpact, "other": f["Effort"]},
			"/spreads": {"fields": []string{f["Impact"]}, "ids": []int{id(wide)}}, "/ties": {"query": byImpact},
			"/weights/try": {"query": byImpact, "field": f["Impact score"], "weights": []any{}},
		} {
			olga.Do("POST", "/projects/INS/uncertainty"+path, body).Want(404)
			w.Anonymous().Do("POST", "/projects/INS/uncertainty"+path, body).Want(401)
		}
	})
}
