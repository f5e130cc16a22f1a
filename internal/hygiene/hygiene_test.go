package hygiene_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/hygiene"
)

func field(id cairn.ID, t cairn.FieldType, options ...string) cairn.Field {
	f := cairn.Field{ID: id, Type: t}
	for i, name := range options {
		f.Options = append(f.Options, cairn.Option{ID: id*10 + cairn.ID(i), Name: name})
	}
	return f
}

var (
	status   = field(1, cairn.TypeSelect, "Open", " Shipped ", "Won't do", "Doneish", "Erledigt")
	stage    = field(2, cairn.TypeSelect, "Later", "CANCELLED")
	labels   = field(3, cairn.TypeMultiSelect, "Done")
	due      = field(4, cairn.TypeDate)
	window   = field(5, cairn.TypeInterval)
	effort   = field(6, cairn.TypeNumber)
	rice     = field(7, cairn.TypeFormula)
	other    = field(8, cairn.TypeFormula)
	everyone = []cairn.Field{status, stage, labels, due, window, effort, rice, other}
)

func closed(f cairn.Field, options ...int) []cairn.ClosedOption {
	var out []cairn.ClosedOption
	for _, at := range options {
		out = append(out, cairn.ClosedOption{Field: f.Ref(), Option: f.Options[at].ID})
	}
	return out
}

func TestSettings(t *testing.T) { // HYG-1, HYG-2
	byName := append(closed(status, 1, 2, 4), closed(stage, 1)...)
	for name, tt := range map[string]struct {
		said   *cairn.Hygiene
		fields []cairn.Field
		want   cairn.Hygiene
	}{
		"nothing said":                   {nil, everyone, cairn.Hygiene{Score: "f7", Date: "f5", Closed: byName, Months: 6, Days: 14}},
		"a date for want of an interval": {nil, []cairn.Field{effort, due}, cairn.Hygiene{Date: "f4", Months: 6, Days: 14}},
		"all said": {
			&cairn.Hygiene{Score: "f6", Date: "f4", Closed: closed(stage, 0), Months: 3, Days: 1, Off: []cairn.HygieneKind{cairn.RotField}},
			everyone,
			cairn.Hygiene{Score: "f6", Date: "f4", Closed: closed(stage, 0), Months: 3, Days: 1, Off: []cairn.HygieneKind{cairn.RotField}},
		},
		"nothing closes": {&cairn.Hygiene{Closed: []cairn.ClosedOption{}}, everyone, cairn.Hygiene{Score: "f7", Date: "f5", Closed: []cairn.ClosedOption{}, Months: 6, Days: 14}},
		"of fields that are gone": {
			&cairn.Hygiene{Score: "f99", Date: "f98", Closed: append(closed(status, 0), cairn.ClosedOption{Field: "f97", Option: 1})},
			everyone,
			cairn.Hygiene{Score: "f7", Date: "f5", Closed: closed(status, 0), Months: 6, Days: 14},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := hygiene.Settings(tt.said, tt.fields)
			if len(got.Closed) == 0 && len(tt.want.Closed) == 0 {
				got.Closed, tt.want.Closed = nil, nil
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	said := &cairn.Hygiene{Closed: append([]cairn.ClosedOption{{Field: "f97", Option: 1}}, closed(status, 0)...)}
	hygiene.Settings(said, everyone)
	if len(said.Closed) != 2 || said.Closed[0].Field != "f97" {
		t.Errorf("what the project says was changed to %+v", said.Closed)
	}
}

func TestFilters(t *testing.T) { // HYG-1, HYG-3, HYG-5, HYG-6, HYG-12
	today := cairn.DayOf(time.Date(2026, 8, 31, 0, 0, 0, 0, time.UTC))
	set := cairn.Hygiene{Score: "f7", Months: 6, Closed: append(closed(status, 1), append(closed(stage, 1), closed(status, 2)...)...)}
	for name, tt := range map[string]struct {
		got  cairn.Filter
		want string
	}{
		"nothing closes":     {hygiene.Open(cairn.Hygiene{}, hygiene.NoEvidence()), `{"field":"insights","op":"empty"}`},
		"all open":           {hygiene.Open(cairn.Hygiene{Closed: closed(stage, 1)}, cairn.Filter{}), `{"field":"f2","op":"none_of","value":[21]}`},
		"open and found":     {hygiene.Open(set, hygiene.NoEvidence()), `{"all":[{"field":"insights","op":"empty"},{"field":"f1","op":"none_of","value":[11,12]},{"field":"f2","op":"none_of","value":[21]}]}`},
		"past a date":        {hygiene.PastDate(due, today), `{"field":"f4","op":"overdue"}`},
		"past an interval":   {hygiene.PastDate(window, today), `{"field":"f5","op":"ends_before","value":"2026-08-31"}`},
		"untouched":          {hygiene.Untouched(set, today), `{"field":"updatedAt","op":"before","value":"2026-03-03"}`},
		"scored long ago":    {hygiene.ScoredLongAgo(set, today), `{"all":[{"field":"f7","op":"not_empty"},{"field":"createdAt","op":"before","value":"2026-03-03"}]}`},
		"one field is empty": {hygiene.AnyEmpty([]cairn.Ref{"f6"}), `{"field":"f6","op":"empty"}`},
		"one of several is":  {hygiene.AnyEmpty([]cairn.Ref{"f6", "f4"}), `{"any":[{"field":"f4","op":"empty"},{"field":"f6","op":"empty"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			var want cairn.Filter
			if err := json.Unmarshal([]byte(tt.want), &want); err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(tt.got)
			if err != nil {
				t.Fatal(err)
			}
			wanted, err := json.Marshal(want)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(wanted) {
				t.Errorf("got %s, want %s", got, wanted)
			}
		})
	}
}

func TestUnscored(t *testing.T) { // HYG-4
	inputs := []cairn.Ref{"f6", "f9"}
	none, three := engine.Cell{}, engine.Cell{Value: cairn.Value{Kind: cairn.KindNumber, Num: 3}}
	for name, tt := range map[string]struct {
		score  engine.Cell
		inputs []engine.Cell
		want   hygiene.Lack
		lacks  bool
	}{
		"whole":                      {three, []engine.Cell{three, none}, hygiene.Lack{}, false},
		"computed without an input":  {engine.Cell{Value: three.Value, Missing: []cairn.Ref{"f9"}}, []engine.Cell{three, none}, hygiene.Lack{Missing: []cairn.Ref{"f9"}}, true},
		"none, the formula says why": {engine.Cell{Missing: []cairn.Ref{"f6"}, Error: "Effort is empty"}, []engine.Cell{none, none}, hygiene.Lack{Missing: []cairn.Ref{"f6"}, Error: "Effort is empty"}, true},
		"none, inputs are empty":     {none, []engine.Cell{none, three}, hygiene.Lack{Missing: []cairn.Ref{"f6"}}, true},
		"none although all are full": {engine.Cell{Error: "Division by zero"}, []engine.Cell{three, three}, hygiene.Lack{Error: "Division by zero"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			got, lacks := hygiene.Unscored(tt.score, inputs, tt.inputs)
			if !reflect.DeepEqual(got, tt.want) || lacks != tt.lacks {
				t.Errorf("got %+v, %v, want %+v, %v", got, lacks, tt.want, tt.lacks)
			}
		})
	}
}

func TestUnusedOptions(t *testing.T) { // HYG-9
	for name, tt := range map[string]struct {
		used map[cairn.ID]bool
		want []cairn.Option
	}{
		"no ideas at all":       {nil, nil},
		"nobody uses the field": {map[cairn.ID]bool{0: true}, nil},
		"one of two":            {map[cairn.ID]bool{0: true, 20: true}, stage.Options[1:]},
		"every one":             {map[cairn.ID]bool{20: true, 21: true}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := hygiene.UnusedOptions(stage, tt.used); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestFields(t *testing.T) { // HYG-10
	hidden, tick, votes := field(10, cairn.TypeShortText), field(11, cairn.TypeCheckbox), field(12, cairn.TypeVotes)
	hidden.Hidden = true
	var got []cairn.ID
	for _, f := range hygiene.ToFill(cairn.Hygiene{Score: effort.Ref()}, append(everyone, hidden, tick, votes)) {
		got = append(got, f.ID)
	}
	if want := []cairn.ID{1, 2, 3, 4, 5, 12}; !reflect.DeepEqual(got, want) {
		t.Errorf("fields to fill are %v, want %v", got, want)
	}
	for _, tt := range []struct {
		filled, ideas int
		want          bool
	}{{0, 10, true}, {1, 10, false}, {1, 50, false}, {1, 51, true}, {1, 100, true}, {2, 100, false}, {199, 10_000, true}} {
		if got := hygiene.Rare(tt.filled, tt.ideas); got != tt.want {
			t.Errorf("%d of %d: rare is %v, want %v", tt.filled, tt.ideas, got, tt.want)
		}
	}
	if hygiene.Mature(9) || !hygiene.Mature(10) {
		t.Error("a project is old enough from ten ideas on")
	}
}
