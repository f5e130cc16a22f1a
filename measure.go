package cairn

import (
	"math"
	"slices"
	"strings"
)

// EvidenceMeasure says what an evidence field makes of an idea's insights. The
// rules EVD-30 to EVD-49 in docs/spec/evidence.md define each.
type EvidenceMeasure string

// The measures.
const (
	MeasureInsights  EvidenceMeasure = "insights"  // how many there are
	MeasureAgainst   EvidenceMeasure = "against"   // how many speak against
	MeasurePeople    EvidenceMeasure = "people"    // unique people in favour
	MeasureCompanies EvidenceMeasure = "companies" // unique companies in favour
	MeasureSum       EvidenceMeasure = "sum"       // a customer field, each customer once
	MeasureWeighted  EvidenceMeasure = "weighted"  // capped, and weighed by importance
	MeasureShare     EvidenceMeasure = "share"     // per cent of customers with a value
	MeasureDemand    EvidenceMeasure = "demand"    // importance that fades with age
)

// EvidenceMeasures lists the measures, in the order a menu shows them.
func EvidenceMeasures() []EvidenceMeasure {
	return []EvidenceMeasure{
		MeasureInsights, MeasurePeople, MeasureCompanies, MeasureSum, MeasureWeighted, MeasureShare, MeasureDemand, MeasureAgainst,
	}
}

// EvidenceRule is the definition of an evidence field.
type EvidenceRule struct {
	Measure EvidenceMeasure `json:"measure"`
	// Of is the customer field that sum, weighted and share look at.
	Of ID `json:"of,omitempty"`
	// By says whose field Of is; it is kept here so that the rule stands alone.
	By CustomerType `json:"by,omitempty"`
	// Value is what share counts.
	Value string `json:"value,omitempty"`
	// Cap is the most that one customer adds to a weighted sum; 0 is no cap.
	Cap float64 `json:"cap,omitempty"`
	// HalfLife is after how many days an insight weighs half in demand; 0 is
	// DefaultHalfLife.
	HalfLife int `json:"halfLife,omitempty"`
	// Recorded takes the customers' values as they were when the insight was
	// recorded instead of today's.
	Recorded bool `json:"recorded,omitempty"`
}

// DefaultHalfLife is the half-life of demand, in days.
const DefaultHalfLife = 90

// MaxHalfLife is the longest half-life, in days.
const MaxHalfLife = 3650

// Dated reports whether the measure moves as days pass.
func (r *EvidenceRule) Dated() bool { return r.Measure == MeasureDemand }

// needsField reports whether the measure looks at a customer field.
func (r *EvidenceRule) needsField() bool {
	return r.Measure == MeasureSum || r.Measure == MeasureWeighted || r.Measure == MeasureShare
}

func (r *EvidenceRule) validate(name string) error {
	switch {
	case !slices.Contains(EvidenceMeasures(), r.Measure):
		return Invalid("evidence.measure", "Field %q: %q is not a measure of evidence", name, r.Measure)
	case r.needsField() != (r.Of != 0):
		return Invalid("evidence.of", "Field %q: sum, weighted and share look at a customer field, the others at none", name)
	case r.needsField() && r.By != CustomerCompany && r.By != CustomerPerson:
		return Invalid("evidence.by", "Field %q: say whether the customer field is of companies or of people", name)
	case (r.Measure == MeasureShare) != (strings.TrimSpace(r.Value) != ""):
		return Invalid("evidence.value", "Field %q: a share says of which value, the others of none", name)
	case r.Cap < 0 || (r.Cap != 0 && r.Measure != MeasureWeighted) || math.IsInf(r.Cap, 0) || r.Cap != r.Cap:
		return Invalid("evidence.cap", "Field %q: the cap belongs to a weighted sum and is above 0", name)
	case r.HalfLife < 0 || r.HalfLife > MaxHalfLife || (r.HalfLife != 0 && r.Measure != MeasureDemand):
		return Invalid("evidence.halfLife", "Field %q: the half-life belongs to demand and is 1 to %d days", name, MaxHalfLife)
	}
	return nil
}

// Fact is what one insight of an idea gives to the measures.
type Fact struct {
	Insight, Person, Company ID
	On                       Day
	Importance               int
	Against                  bool
	// Merged: it was merged into another insight of the list, which counts for both.
	Merged bool
	// Today's values of the person and the company, and those recorded.
	PersonValues, CompanyValues, Recorded CustomerValues
}

// weight is what an insight weighs: its importance, 1 when it has none (EVD-35).
func (f *Fact) weight() float64 { return float64(max(f.Importance, 1)) }

// Compute returns the field for an idea with these facts. It is NaN when there
// is nothing to tell (a share of nobody).
func (r *EvidenceRule) Compute(facts []Fact, today Day) float64 {
	switch r.Measure {
	case MeasureInsights:
		return float64(CountInsights(facts))
	case MeasureAgainst:
		return count(facts, func(f *Fact) bool { return f.Against && !f.Merged })
	case MeasurePeople:
		return unique(facts, func(f *Fact) ID { return f.Person })
	case MeasureCompanies:
		return unique(facts, func(f *Fact) ID { return f.Company })
	case MeasureDemand:
		return r.demand(facts, today)
	}
	return r.overCustomers(facts)
}

// CountInsights is how many insights are in a list; merged ones count once.
func CountInsights(facts []Fact) int {
	n := len(facts)
	for i := range facts {
		if facts[i].Merged {
			n--
		}
	}
	return n
}

func count(facts []Fact, holds func(*Fact) bool) float64 {
	n := 0
	for i := range facts {
		if holds(&facts[i]) {
			n++
		}
	}
	return float64(n)
}

func unique(facts []Fact, of func(*Fact) ID) float64 {
	seen := make(map[ID]bool)
	for i := range facts {
		if id := of(&facts[i]); id != 0 && !facts[i].Against {
			seen[id] = true
		}
	}
	return float64(len(seen))
}

func (r *EvidenceRule) demand(facts []Fact, today Day) float64 {
	half := float64(r.HalfLife)
	if half == 0 {
		half = DefaultHalfLife
	}
	sum := 0.0
	for i := range facts {
		if f := &facts[i]; !f.Against && !f.Merged {
			age := math.Max(0, float64(today-f.On)) // what lies ahead is of today
			sum += f.weight() * math.Exp2(-age/half)
		}
	}
	return round(sum)
}

// voice is one customer in favour of an idea.
type voice struct {
	weight float64 // of their most important insight
	on     Day     // of their latest insight
	values CustomerValues
}

// overCustomers computes the measures that look at each customer once.
func (r *EvidenceRule) overCustomers(facts []Fact) float64 {
	voices := make(map[ID]*voice)
	var order []ID // so that sums do not depend on the order of a map
	for i := range facts {
		f := &facts[i]
		id, values := f.Company, f.CompanyValues
		if r.By == CustomerPerson {
			id, values = f.Person, f.PersonValues
		}
		if id == 0 || f.Against {
			continue
		}
		if r.Recorded {
			values = f.Recorded
		}
		v := voices[id]
		if v == nil {
			v = &voice{on: f.On, values: values}
			voices[id] = v
			order = append(order, id)
		}
		v.weight = max(v.weight, f.weight())
		if f.On >= v.on {
			v.on, v.values = f.On, values
		}
	}
	slices.Sort(order)
	ref, sum, hits := FieldRef(r.Of), 0.0, 0
	for _, id := range order {
		v := voices[id]
		if r.Measure == MeasureShare {
			if strings.EqualFold(strings.TrimSpace(v.values.Text(ref)), strings.TrimSpace(r.Value)) {
				hits++
			}
			continue
		}
		x, _ := v.values.Number(ref)
		if r.Measure == MeasureWeighted {
			if r.Cap > 0 {
				x = min(x, r.Cap)
			}
			x *= v.weight / MaxImportance
		}
		sum += x
	}
	if r.Measure == MeasureShare {
		if len(order) == 0 {
			return math.NaN()
		}
		return round(100 * float64(hits) / float64(len(order)))
	}
	return round(sum)
}

// round takes away what only floating point put there.
func round(x float64) float64 {
	if r := math.Round(x*1e6) / 1e6; !math.IsInf(r, 0) {
		return r
	}
	return x
}
