package hygiene

import (
	"encoding/json"
	"slices"

	"cairn"
)

func comparison(field cairn.Ref, op cairn.FilterOp, value any) cairn.Filter {
	f := cairn.Filter{Field: field, Op: op}
	if value != nil {
		f.Value, _ = json.Marshal(value) // texts, numbers and ids
	}
	return f
}

// Open adds to a filter that an idea is not closed (HYG-1).
func Open(set cairn.Hygiene, f cairn.Filter) cairn.Filter {
	all := []cairn.Filter{}
	if !f.IsZero() {
		all = append(all, f)
	}
	byField := make(map[cairn.Ref][]cairn.ID)
	var order []cairn.Ref
	for _, c := range set.Closed {
		if byField[c.Field] == nil {
			order = append(order, c.Field)
		}
		byField[c.Field] = append(byField[c.Field], c.Option)
	}
	for _, ref := range order {
		all = append(all, comparison(ref, cairn.OpNoneOf, byField[ref]))
	}
	if len(all) == 1 {
		return all[0]
	}
	return cairn.Filter{All: all}
}

// NoEvidence finds ideas without insights (HYG-12).
func NoEvidence() cairn.Filter { return comparison(cairn.RefInsights, cairn.OpEmpty, nil) }

// PastDate finds ideas whose date, or the end of whose interval, is over (HYG-3).
func PastDate(date cairn.Field, today cairn.Day) cairn.Filter {
	if date.Type == cairn.TypeInterval {
		return comparison(date.Ref(), cairn.OpEndsBefore, today.String())
	}
	return comparison(date.Ref(), cairn.OpOverdue, nil)
}

// Untouched finds ideas of which nothing was changed for the months (HYG-6).
func Untouched(set cairn.Hygiene, today cairn.Day) cairn.Filter {
	return comparison(cairn.RefUpdatedAt, cairn.OpBefore, old(set, today))
}

// ScoredLongAgo finds ideas older than the months that have a score: those whose
// score may be old (HYG-5).
func ScoredLongAgo(set cairn.Hygiene, today cairn.Day) cairn.Filter {
	return cairn.Filter{All: []cairn.Filter{
		comparison(set.Score, cairn.OpNotEmpty, nil), comparison(cairn.RefCreatedAt, cairn.OpBefore, old(set, today)),
	}}
}

// old is the day before which something is old.
func old(set cairn.Hygiene, today cairn.Day) string {
	return cairn.DayOf(today.Time().AddDate(0, -set.Months, 0)).String()
}

// AnyEmpty finds ideas that lack one of some fields.
func AnyEmpty(refs []cairn.Ref) cairn.Filter {
	refs = slices.Sorted(slices.Values(refs))
	if len(refs) == 1 {
		return comparison(refs[0], cairn.OpEmpty, nil)
	}
	out := cairn.Filter{}
	for _, ref := range refs {
		out.Any = append(out.Any, comparison(ref, cairn.OpEmpty, nil))
	}
	return out
}
