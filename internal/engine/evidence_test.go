package engine_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"cairn"
	"cairn/internal/engine"
)

// EVD-30, EVD-31, EVD-37: what is told of ideas moves columns, orders and
// formulas, also when the field, the idea or the day comes later.
func TestEvidence(t *testing.T) {
	s := engine.New(1)
	seq := int64(0)
	apply := func(c cairn.Change) {
		t.Helper()
		seq++
		if err := s.Apply(&cairn.ChangeSet{Seq: seq, Project: 1, Changes: []cairn.Change{c}}); err != nil {
			t.Fatal(err)
		}
	}
	create := func(kind cairn.Kind, id cairn.ID, attrs string) {
		t.Helper()
		apply(cairn.Change{Kind: kind, ID: id, New: json.RawMessage(`{"attrs":` + attrs + `}`)})
	}
	eval := func() string {
		t.Helper()
		res, err := s.Eval(engine.Request{
			Query: cairn.Query{Sort: []cairn.SortKey{{Field: "f12", Desc: true}}}, Limit: -1,
			Columns: []cairn.Ref{cairn.RefInsights, "f10", "f12"}, Env: engine.Env{Today: 100},
		})
		if err != nil {
			t.Fatal(err)
		}
		out := ""
		for n, id := range res.IDs() {
			out += fmt.Sprintf("%d:", id)
			for column := range res.Columns {
				cell := res.Cell(n, column)
				out += string(cell.AppendJSON(nil)) + " "
			}
		}
		return out
	}
	want := func(expect string) {
		t.Helper()
		if got := eval(); got != expect {
			t.Errorf("got  %s\nwant %s", got, expect)
		}
	}
	s.SetDay(100)
	s.SetFacts(map[cairn.ID][]cairn.Fact{2: {{Insight: 7, On: 90, Importance: 4}}}) // before the idea is there
	create(cairn.KindIdea, 1, `{"title":"One","rank":"a","number":1}`)
	create(cairn.KindIdea, 2, `{"title":"Two","rank":"b","number":2}`)
	create(cairn.KindField, 10, `{"name":"Demand","type":"evidence","position":1,"evidence":{"measure":"demand","halfLife":10}}`)
	create(cairn.KindField, 12, `{"name":"Twice","type":"formula","position":2,"formula":{"kind":"expression","expression":"{f10} * 2"}}`)
	want("2:1 2 4 1:null 0 0 ")
	s.SetFacts(map[cairn.ID][]cairn.Fact{1: {{Insight: 7, On: 100, Importance: 5}, {Insight: 8, On: 100, Against: true}}})
	want("1:2 5 10 2:1 2 4 ")
	s.SetDay(110)
	want("1:2 2.5 5 2:1 1 2 ")
	apply(cairn.Change{Kind: cairn.KindField, ID: 10, Attr: "evidence", Old: json.RawMessage(`{}`), New: json.RawMessage(`{"measure":"against"}`)})
	want("1:2 1 2 2:1 0 0 ")
	apply(cairn.Change{Kind: cairn.KindIdea, ID: 1, Old: json.RawMessage(`{"attrs":{}}`)})
	create(cairn.KindIdea, 1, `{"title":"One","rank":"a","number":1}`)
	want("1:2 1 2 2:1 0 0 ")
	s.SetFacts(map[cairn.ID][]cairn.Fact{1: nil})
	want("1:null 0 0 2:1 0 0 ")
}
