// Package gen makes products of any size for measurements: ideas with twelve
// custom fields of every kind, descriptions of about 400 characters, a weighted
// score and an expression. The same Config gives the same product.
//
// Start at New.
package gen

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"cairn"
)

// Config says what to make.
type Config struct {
	Seed  uint64
	Ideas int
	// Project is the project the entities belong to.
	Project cairn.ID
	// FirstID is the first ID to give out: options, fields, then ideas.
	FirstID cairn.ID
	// Branches is how many children an idea has while there are ideas left; 0 has
	// all stand beside each other.
	Branches int
	// People are those who own and create ideas; empty leaves those fields so.
	People []cairn.ID
}

// Product is a generated product.
type Product struct {
	config Config
	// Fields are the twelve custom fields, then the two formulas.
	Fields []cairn.Field
	nextID cairn.ID
}

// The custom fields, as indexes into Product.Fields.
const (
	Impact = iota
	Effort
	Reach
	Confidence
	Roadmap
	Goals
	Due
	Quarter
	Owner
	Stakeholders
	Labels
	Committed
	Score
	Rice
	fieldCount
)

// epoch is when the first idea was created; each next one is a minute younger.
var epoch = time.Date(2024, 1, 8, 9, 0, 0, 0, time.UTC)

// New prepares a product: its fields are there at once, its ideas as they are
// asked for.
func New(config Config) *Product {
	p := &Product{config: config, nextID: max(config.FirstID, 1)}
	p.Fields = make([]cairn.Field, fieldCount)
	p.field(Impact, "Impact", cairn.TypeRating)
	p.field(Effort, "Effort", cairn.TypeNumber)
	p.field(Reach, "Reach", cairn.TypeNumber)
	p.field(Confidence, "Confidence", cairn.TypeSlider)
	p.field(Roadmap, "Roadmap", cairn.TypeSelect, "Now", "Next", "Later", "Won't do")
	p.field(Goals, "Goals", cairn.TypeMultiSelect, "Growth", "Retention", "Quality", "Cost", "Compliance")
	p.field(Due, "Due", cairn.TypeDate)
	p.field(Quarter, "Quarter", cairn.TypeInterval)
	p.field(Owner, "Owner", cairn.TypePerson)
	p.field(Stakeholders, "Stakeholders", cairn.TypePeople)
	p.field(Labels, "Labels", cairn.TypeLabels)
	p.field(Committed, "Committed", cairn.TypeCheckbox)
	p.field(Score, "Score", cairn.TypeFormula)
	p.field(Rice, "RICE", cairn.TypeFormula)
	p.Fields[Score].Formula = &cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: []cairn.FormulaInput{
		{Field: p.Ref(Impact), Weight: 0.5}, {Field: p.Ref(Reach), Weight: 0.3},
		{Field: p.Ref(Confidence), Weight: 0.2}, {Field: p.Ref(Effort), Weight: -0.4},
	}}
	p.Fields[Rice].Formula = &cairn.Formula{Kind: cairn.FormulaExpression, Expression: fmt.Sprintf(
		"if({%s} > 0, round({%s} * {%s} * {%s} / 100 / {%s}, 1), 0)",
		p.Ref(Effort), p.Ref(Reach), p.Ref(Impact), p.Ref(Confidence), p.Ref(Effort))}
	return p
}

func (p *Product) field(at int, name string, typ cairn.FieldType, options ...string) {
	f := cairn.Field{ID: p.id(), Project: p.config.Project, Name: name, Type: typ, Position: float64(at + 1)}
	for i, o := range options {
		weight := int64(len(options) - i)
		f.Options = append(f.Options, cairn.Option{ID: p.id(), Name: o, Color: cairn.Colors()[i+1], Weight: &weight})
	}
	p.Fields[at] = f
}

func (p *Product) id() cairn.ID {
	id := p.nextID
	p.nextID++
	return id
}

// Ref is the reference of one of the fields.
func (p *Product) Ref(field int) cairn.Ref { return p.Fields[field].Ref() }

// FieldEntities returns the fields in their stored form.
func (p *Product) FieldEntities() ([]cairn.Entity, error) {
	out := make([]cairn.Entity, len(p.Fields))
	for i, f := range p.Fields {
		attrs, err := cairn.AttrsOf(f)
		if err != nil {
			return nil, err
		}
		out[i] = cairn.Entity{ID: f.ID, Kind: cairn.KindField, Project: f.Project, Attrs: attrs}
	}
	return out, nil
}

// Ideas yields the ideas one after the other, each time the same.
func (p *Product) Ideas() iter.Seq[cairn.Idea] {
	return func(yield func(cairn.Idea) bool) {
		r := rand.New(rand.NewPCG(p.config.Seed, 2026))
		for i := range p.config.Ideas {
			if !yield(p.idea(r, i)) {
				return
			}
		}
	}
}

func (p *Product) idea(r *rand.Rand, i int) cairn.Idea {
	created := epoch.Add(time.Duration(i) * time.Minute)
	idea := cairn.Idea{
		ID: p.nextID + cairn.ID(i), Project: p.config.Project, Version: 1, Number: int64(i + 1),
		Title: title(r), Description: description(r, 400),
		CreatedAt: created, UpdatedAt: created.Add(time.Duration(r.IntN(100)) * time.Hour),
		CreatedBy: p.person(r), UpdatedBy: p.person(r),
		Rank: fmt.Sprintf("a%06d", r.IntN(1_000_000)), Archived: r.IntN(50) == 0,
		Values: map[cairn.Ref]json.RawMessage{},
	}
	if b := p.config.Branches; b > 0 && i >= b {
		idea.ParentIdea = p.nextID + cairn.ID(i/b-1)
	}
	set := func(field int, chance float64, v cairn.Value) {
		if r.Float64() < chance {
			idea.Values[p.Ref(field)] = v.AppendJSON(nil)
		}
	}
	number := func(x float64) cairn.Value { return cairn.Value{Kind: cairn.KindNumber, Num: x} }
	set(Impact, 0.95, number(float64(1+r.IntN(5))))
	set(Effort, 0.9, number(float64(1+r.IntN(40))/2))
	set(Reach, 0.9, number(float64(10*(1+r.IntN(500)))))
	set(Confidence, 0.8, number(float64(5*r.IntN(21))))
	set(Roadmap, 0.8, p.option(r, Roadmap))
	set(Goals, 0.6, p.someOptions(r, Goals))
	day := cairn.DayOf(epoch) + cairn.Day(r.IntN(1400))
	set(Due, 0.5, cairn.Value{Kind: cairn.KindDate, Day: day})
	set(Quarter, 0.5, cairn.Value{Kind: cairn.KindInterval,
		Interval: cairn.Interval{Start: day, End: day + cairn.Day(r.IntN(60))}.Widen(cairn.PrecisionQuarter)})
	if len(p.config.People) > 0 {
		set(Owner, 0.7, cairn.Value{Kind: cairn.KindRefID, IDs: []cairn.ID{p.person(r)}})
		set(Stakeholders, 0.3, cairn.Value{Kind: cairn.KindRefIDs, IDs: []cairn.ID{p.person(r)}})
	}
	set(Labels, 0.4, cairn.Value{Kind: cairn.KindTexts, Texts: some(r, labels(), 2)})
	set(Committed, 0.3, cairn.Value{Kind: cairn.KindBool, Num: 1})
	return idea
}

func (p *Product) person(r *rand.Rand) cairn.ID {
	if len(p.config.People) == 0 {
		return 0
	}
	return p.config.People[r.IntN(len(p.config.People))]
}

func (p *Product) option(r *rand.Rand, field int) cairn.Value {
	options := p.Fields[field].Options
	return cairn.Value{Kind: cairn.KindRefID, IDs: []cairn.ID{options[r.IntN(len(options))].ID}}
}

func (p *Product) someOptions(r *rand.Rand, field int) cairn.Value {
	v := cairn.Value{Kind: cairn.KindRefIDs}
	for _, o := range some(r, p.Fields[field].Options, 2) {
		v.IDs = append(v.IDs, o.ID)
	}
	return v
}

// some picks one to most different elements, in their order.
func some[T any](r *rand.Rand, all []T, most int) []T {
	n := 1 + r.IntN(most)
	start := r.IntN(len(all) - n + 1)
	return all[start : start+n]
}

func labels() []string {
	return []string{"beta", "customer request", "internal", "mobile", "performance", "security", "ux", "churn risk"}
}

func title(r *rand.Rand) string {
	verbs := []string{"Add", "Improve", "Simplify", "Automate", "Redesign", "Speed up", "Let clients", "Support", "Remove", "Explain"}
	s := verbs[r.IntN(len(verbs))] + " " + words(r, 3+r.IntN(3))
	return s
}

// description makes Markdown of about that many characters.
func description(r *rand.Rand, length int) string {
	var b strings.Builder
	for b.Len() < length-40 {
		sentence := words(r, 6+r.IntN(8))
		b.WriteString(strings.ToUpper(sentence[:1]) + sentence[1:] + ". ")
		if r.IntN(4) == 0 {
			b.WriteString("\n\n")
		}
	}
	return strings.TrimSpace(b.String())
}

func words(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word(r))
	}
	return b.String()
}

// word picks from a vocabulary in which few words are frequent, as in language:
// half of the time one of a hundred, else one of several thousand compounds.
func word(r *rand.Rand) string {
	if r.IntN(2) == 0 {
		return vocabulary[min(r.IntN(len(vocabulary)), r.IntN(len(vocabulary)))]
	}
	return vocabulary[r.IntN(len(vocabulary))] + endings[r.IntN(len(endings))]
}

var endings = [...]string{"ing", "s", "ed", "er", "able", "less", "ation", "ness", "ly", "board", "flow", "line", "point", "view", "note",
	"plan", "time", "work", "side", "load", "mark", "set", "link", "form", "list", "sheet", "base", "book", "desk", "room"}

var vocabulary = strings.Fields(`the of to and for with on in by from report invoice export import search filter
calendar reminder patient customer account payment policy claim quote email template dashboard team user admin role
access login password mobile phone offline sync photo upload download file document signature contract approval
workflow status comment mention notification digest weekly monthly chart table column row field value option label
tag group sort view board timeline roadmap release version change history audit log backup restore migrate connect
webhook token key limit quota price plan trial invite onboarding tour help guide article translation currency language
region time zone holiday schedule shift room resource booking cancel refund discount coupon tax rate insurance partner
vendor supplier order delivery stock warehouse product catalogue review rating survey score weight formula goal metric
forecast budget cost effort reach impact confidence risk security privacy consent cookie banner theme dark light colour
font size layout print page margin keyboard shortcut screen reader contrast focus drag drop resize scroll zoom map`)

// FirstIdea is the ID of the first idea; the others follow it.
func (p *Product) FirstIdea() cairn.ID { return p.nextID }
