// Package hygiene says what rots in a project: which options close an idea, what
// is old, which scores lack inputs, which options and fields nobody uses. It
// decides on values it is given; the use case in internal/app asks for them.
package hygiene

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cairn"
)

// What holds when a project says nothing.
const (
	defaultMonths = 6
	defaultDays   = 14
)

// closedName finds options that say an idea is done or given up, by their name.
var closedName = regexp.MustCompile(`(?i)^(done|shipped|released|delivered|launched|live|closed|completed?|rejected|declined|cancell?ed|discarded|obsolete|duplicate|won.?t (do|fix)|not planned|abgeschlossen|erledigt|abgelehnt|verworfen)$`)

// Settings are what a project says about its hygiene, completed by what follows
// from its fields (HYG-1, HYG-2); what names a field that is gone is not said.
func Settings(said *cairn.Hygiene, fields []cairn.Field) cairn.Hygiene {
	out := cairn.Hygiene{}
	if said != nil {
		out = *said
	}
	first := func(t cairn.FieldType) cairn.Ref {
		for i := range fields {
			if fields[i].Type == t {
				return fields[i].Ref()
			}
		}
		return ""
	}
	there := func(ref cairn.Ref) bool {
		return slices.ContainsFunc(fields, func(f cairn.Field) bool { return f.Ref() == ref })
	}
	if !there(out.Score) {
		out.Score = first(cairn.TypeFormula)
	}
	if !there(out.Date) {
		out.Date = cmp.Or(first(cairn.TypeInterval), first(cairn.TypeDate))
	}
	if out.Closed == nil {
		out.Closed = closedByName(fields)
	}
	out.Closed = slices.DeleteFunc(slices.Clone(out.Closed), func(c cairn.ClosedOption) bool { return !there(c.Field) })
	out.Months, out.Days = cmp.Or(out.Months, defaultMonths), cmp.Or(out.Days, defaultDays)
	return out
}

func closedByName(fields []cairn.Field) []cairn.ClosedOption {
	var out []cairn.ClosedOption
	for i := range fields {
		if fields[i].Type != cairn.TypeSelect {
			continue
		}
		for _, o := range fields[i].Options {
			if closedName.MatchString(strings.TrimSpace(o.Name)) {
				out = append(out, cairn.ClosedOption{Field: fields[i].Ref(), Option: o.ID})
			}
		}
	}
	return out
}
