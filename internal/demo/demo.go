// Package demo is the sample product with which Cairn can be tried: Tidewell, an
// invented scheduling app for small clinics, with people, fields of every type,
// views, ideas, comments and six weeks of changes. It is data only, dated relative
// to a given day; the application loads it through its own use cases.
//
// Start at Data. Things refer to each other by name; Field.Build, View.Build and
// Idea.JSON turn names into references once the ids are known.
package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"cairn"
)

// Demo is the whole sample product.
type Demo struct {
	// Project has name, key, description, icon and access.
	Project cairn.Project
	People  []Person
	// Types of ideas, from the top of the tree down.
	Types  []cairn.IdeaType
	Fields []Field
	Views  []View
	// Ideas in their manual order.
	Ideas []Idea
	// Links between them.
	Links []Link
	// Votes are given with the votes field.
	Votes []Votes
	// Voices are customers and what they said.
	Voices Voices
	// Favorite is the view that the first person keeps at hand.
	Favorite string
	// Today is the day that everything is dated from.
	Today cairn.Day
	// Past is how all this came to be.
	Past Past
}

// Link is a link between two ideas, by their titles.
type Link struct {
	From, To string
	Type     cairn.LinkType
	Lag      int
	// Days from today is when a person linked them; 0 is from the start.
	Days int
	By   string
}

// Person is a member of the sample team; the first one is signed in.
type Person struct {
	// Key is how ideas and comments name the person.
	Key, Name, Email string
	Role             cairn.Role
}

// Field is a field to create, in order: a formula stands after the fields that
// it uses. Options have no ids yet.
type Field struct {
	cairn.Field
	// Inputs of a sum or weighted score by name; the expression of a formula names
	// fields in braces.
	Inputs []Input
}

// Input is an input of a sum or weighted score.
type Input struct {
	Field  string
	Weight float64
}

// Idea is one idea. Values has its custom fields by name.
type Idea struct {
	// Key is how others name the idea: the title that it has today.
	Key string
	// Number is its place in the manual order, from 1; 0 is at the end.
	Number int
	// After is the number of the idea behind which it stands, 0 for its own place.
	After              int
	Title, Description string
	// Creator is a person's key.
	Creator   string
	CreatedAt time.Time
	Archived  bool
	// Type and Parent are a type's name and an idea's title.
	Type, Parent string
	// LearnedFrom are titles of ideas, for the field of that name.
	LearnedFrom []string
	Values      map[string]Value
	Comments    []Comment
	// later says that it was made in the time that Past tells of.
	later bool
}

// Value is a custom field's value. Options and people have no ids: Names has
// the options' names or the people's keys.
type Value struct {
	cairn.Value
	Names []string
}

// Comment is what a person said.
type Comment struct {
	// Author is a person's key.
	Author    string
	CreatedAt time.Time
	Body      string
}

//go:embed ideas.json
var ideas []byte

// ideaJSON is an idea as ideas.json has it: days count from today.
type ideaJSON struct {
	Title       string                     `json:"title"`
	By          string                     `json:"by"`
	Days        int                        `json:"days"`
	Description string                     `json:"description"`
	Archived    bool                       `json:"archived"`
	Values      map[string]json.RawMessage `json:"values"`
	Comments    []struct {
		By   string `json:"by"`
		Days int    `json:"days"`
		Body string `json:"body"`
	} `json:"comments"`
}

// Data returns the sample product as it looks on the given day. It fails only
// when the embedded data is broken.
func Data(today cairn.Day) (Demo, error) {
	d := Demo{
		Project: cairn.Project{
			Name: "Tidewell", Key: "TIDE", Access: cairn.AccessOpen, Demo: true,
			Description: "Scheduling for small clinics. A sample product: change whatever you like.",
		},
		People: people(), Types: types(), Fields: fields(), Views: views(), Links: links(), Votes: votes(), Voices: voices(), Favorite: favorite, Today: today,
	}
	var list []ideaJSON
	if err := json.Unmarshal(ideas, &list); err != nil {
		return Demo{}, fmt.Errorf("sample ideas: %w", err)
	}
	types := make(map[string]cairn.FieldType, len(d.Fields))
	for _, f := range d.Fields {
		types[f.Name] = f.Type
	}
	for n, in := range list {
		out, err := in.idea(today, types, n)
		if err != nil {
			return Demo{}, fmt.Errorf("sample idea %q: %w", in.Title, err)
		}
		d.Ideas = append(d.Ideas, out)
	}
	d.Ideas = plant(d.Ideas, today)
	for i := range d.Ideas {
		d.Ideas[i].Key, d.Ideas[i].Number = d.Ideas[i].Title, i+1
	}
	var err error
	d.Past, err = d.past()
	return d, err
}

// moment is a time of day that differs from idea to idea.
func moment(today cairn.Day, days, n int) time.Time {
	return (today + cairn.Day(days)).Time().Add(8*time.Hour + time.Duration(n*47%540)*time.Minute)
}

func (in ideaJSON) idea(today cairn.Day, types map[string]cairn.FieldType, n int) (Idea, error) {
	out := Idea{
		Title: in.Title, Description: in.Description, Creator: in.By, CreatedAt: moment(today, in.Days, n),
		Archived: in.Archived, Values: make(map[string]Value, len(in.Values)),
	}
	for i, c := range in.Comments {
		out.Comments = append(out.Comments, Comment{Author: c.By, CreatedAt: moment(today, c.Days, n+i+1), Body: c.Body})
	}
	for name, raw := range in.Values {
		v, err := value(types[name], raw, today)
		if err != nil {
			return out, fmt.Errorf("%s: %w", name, err)
		}
		out.Values[name] = v
	}
	return out, nil
}

// value reads the value of a field as ideas.json has it: days count from today,
// intervals are units relative to the present one.
func value(t cairn.FieldType, raw json.RawMessage, today cairn.Day) (v Value, err error) {
	info, _ := t.Info()
	v.Kind = info.Kind
	switch info.Kind {
	case cairn.KindText:
		err = json.Unmarshal(raw, &v.Text)
	case cairn.KindNumber:
		if r, ok := cairn.ParseRange(raw); ok {
			v.Value = r.Value()
			return v, nil
		}
		err = json.Unmarshal(raw, &v.Num)
	case cairn.KindBool:
		var b bool
		if err = json.Unmarshal(raw, &b); b {
			v.Num = 1
		}
	case cairn.KindDate:
		var days int
		err = json.Unmarshal(raw, &days)
		v.Day = today + cairn.Day(days)
	case cairn.KindInterval:
		var span struct {
			Unit     string
			From, To int
		}
		err = json.Unmarshal(raw, &span)
		v.Interval = interval(today, cairn.Precision(span.Unit), span.From, span.To)
	case cairn.KindRefID:
		var name string
		err = json.Unmarshal(raw, &name)
		v.Names = []string{name}
	case cairn.KindRefIDs:
		err = json.Unmarshal(raw, &v.Names)
	case cairn.KindTexts:
		err = json.Unmarshal(raw, &v.Texts)
	default:
		err = fmt.Errorf("the type %q has no value", t)
	}
	return v, err
}

// interval spans the units from … to, counted from the one that holds today.
func interval(today cairn.Day, p cairn.Precision, from, to int) cairn.Interval {
	if p.Months() == 0 {
		return cairn.Interval{Start: today + cairn.Day(from), End: today + cairn.Day(to), Precision: cairn.PrecisionDay}
	}
	now := today.Time()
	at := func(units int) cairn.Day {
		return cairn.DayOf(time.Date(now.Year(), now.Month()+time.Month(units*p.Months()), 1, 0, 0, 0, 0, time.UTC))
	}
	return cairn.Interval{Start: at(from), End: at(to)}.Widen(p)
}

func people() []Person {
	return []Person{
		{"mara", "Mara Lindqvist", "mara@tidewell.example", cairn.RoleAdmin},
		{"jonas", "Jonas Okafor", "jonas@tidewell.example", cairn.RoleEditor},
		{"priya", "Priya Raman", "priya@tidewell.example", cairn.RoleEditor},
		{"sofia", "Sofia Marchetti", "sofia@tidewell.example", cairn.RoleEditor},
		{"daniel", "Dániel Kovács", "daniel@tidewell.example", cairn.RoleEditor},
		{"aiko", "Aiko Tanaka", "aiko@tidewell.example", cairn.RoleEditor},
		{"lea", "Léa Fournier", "lea@tidewell.example", cairn.RoleContributor},
		{"samuel", "Samuel Adeyemi", "samuel@tidewell.example", cairn.RoleContributor},
		{"nadia", "Nadia El-Amin", "nadia@tidewell.example", cairn.RoleViewer},
	}
}
