package formula

import (
	"slices"
	"strings"

	"cairn"
)

// Order sorts formula fields so that each comes after those it uses. uses maps
// a formula field to the columns it reads; columns that are no keys are plain
// fields. A cycle is refused with its path in words; name gives the words.
func Order(uses map[cairn.Ref][]cairn.Ref, name func(cairn.Ref) string) ([]cairn.Ref, error) {
	o := ordering{uses: uses, state: make(map[cairn.Ref]visit, len(uses))}
	keys := make([]cairn.Ref, 0, len(uses))
	for ref := range uses {
		keys = append(keys, ref)
	}
	slices.Sort(keys)
	for _, ref := range keys {
		if cycle := o.place(ref); cycle != nil {
			return nil, cycleError(cycle, name)
		}
	}
	return o.done, nil
}

type visit uint8

const (
	visitNone visit = iota
	visitOpen
	visitDone
)

type ordering struct {
	uses  map[cairn.Ref][]cairn.Ref
	state map[cairn.Ref]visit
	path  []cairn.Ref
	done  []cairn.Ref
}

// place puts ref after what it uses; it returns the cycle that prevents it.
func (o *ordering) place(ref cairn.Ref) (cycle []cairn.Ref) {
	inputs, isFormula := o.uses[ref]
	if !isFormula || o.state[ref] == visitDone {
		return nil
	}
	if o.state[ref] == visitOpen {
		return append(slices.Clone(o.path[slices.Index(o.path, ref):]), ref)
	}
	o.state[ref] = visitOpen
	o.path = append(o.path, ref)
	for _, in := range inputs {
		if cycle := o.place(in); cycle != nil {
			return cycle
		}
	}
	o.path = o.path[:len(o.path)-1]
	o.state[ref] = visitDone
	o.done = append(o.done, ref)
	return nil
}

func cycleError(cycle []cairn.Ref, name func(cairn.Ref) string) error {
	if len(cycle) == 2 {
		return cairn.Invalid("formula", "The formula of %s uses %s itself. Take it out", name(cycle[0]), name(cycle[0]))
	}
	words := make([]string, len(cycle)-1)
	for i := range words {
		link := " uses "
		if i > 0 {
			link = "which uses "
		} else {
			link = name(cycle[0]) + link
		}
		words[i] = link + name(cycle[i+1])
	}
	return cairn.Invalid("formula", "Formulas cannot go round in a circle: %s. Take one of these uses out", strings.Join(words, ", "))
}
