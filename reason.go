package cairn

import (
	"encoding/json"
	"slices"
	"strings"
)

// Reason is one line of why that was said after a change was made. It belongs to
// all change sets of a group in a project; one that came with the change itself
// is in the change set.
type Reason struct {
	ID      ID     `json:"-"`
	Project ID     `json:"-"`
	Version int64  `json:"-"`
	Group   string `json:"group"`
	Text    string `json:"text"`
}

// MaxReason is how many characters a reason may have.
const MaxReason = 500

// CleanReason returns a reason as it is kept: on one line, "" for none.
func CleanReason(text string) (string, error) {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if len([]rune(text)) > MaxReason {
		return "", Invalid("reason", "A reason has at most %d characters; say more in a comment", MaxReason)
	}
	return text, nil
}

// ReasonOf reads a reason from its stored form.
func ReasonOf(e Entity) (Reason, error) {
	r := Reason{ID: e.ID, Project: e.Project, Version: e.Version}
	return r, e.Attrs.Decode(&r)
}

// ReasonRule asks for a reason when a field of an idea changes.
type ReasonRule struct {
	// Field is a field of the project, or rank: the project's order by hand.
	Field Ref `json:"field" doc:"A field such as f17, or rank for the order by hand"`
	// Options of a select field: only entering one of them is asked about.
	Options []ID `json:"options,omitempty" doc:"Of a select field: asked only when it becomes one of these"`
	// Days: only dates that move further are asked about.
	Days int `json:"days,omitempty" minimum:"0" maximum:"3650" doc:"Of dates: asked only when they move by more days, or are taken away"`
}

// MaxReasonRules is how many a project may have.
const MaxReasonRules = 50

// CheckReasonRules refuses rules that do not fit the fields of their project.
func CheckReasonRules(rules []ReasonRule, fields []Field) error {
	if len(rules) > MaxReasonRules {
		return Invalid("reasons", "A project asks about at most %d fields; these are %d", MaxReasonRules, len(rules))
	}
	seen := make(map[Ref]bool, len(rules))
	for _, r := range rules {
		if seen[r.Field] {
			return Invalid("reasons", "There are two rules about %s; bring them together", r.Field)
		}
		seen[r.Field] = true
		if r.Days < 0 || r.Days > 3650 {
			return Invalid("reasons", "A date moves by 0 to 3650 days, not %d", r.Days)
		}
		if r.Field == RefRank && r.Days == 0 && len(r.Options) == 0 {
			continue
		}
		at := slices.IndexFunc(fields, func(f Field) bool { return f.Ref() == r.Field })
		if at < 0 {
			return Invalid("reasons", "The project has no field %s to ask about", r.Field)
		}
		f := &fields[at]
		info, _ := f.Type.Info()
		switch {
		case info.Computed || f.Type == TypeVotes:
			return Invalid("reasons", "%s follows from other things; ask about those", f.Name)
		case len(r.Options) > 0 && f.Type != TypeSelect:
			return Invalid("reasons", "%s has no options to enter", f.Name)
		case r.Days > 0 && f.Type != TypeDate && f.Type != TypeInterval:
			return Invalid("reasons", "%s is no date, which could move by days", f.Name)
		}
		for _, id := range r.Options {
			if _, ok := f.Option(id); !ok {
				return Invalid("reasons", "%s has no option %d", f.Name, id)
			}
		}
	}
	return nil
}

// CheckReason refuses a change of an idea that came without the reason that a
// rule asks for. The error names every such field, after "reason" itself.
func CheckReason(rules []ReasonRule, fields []Field, before, after Attrs) error {
	var out *Error
	for _, r := range rules {
		was, is := before[string(r.Field)], after[string(r.Field)]
		if string(was) == string(is) || IsNull(was) && IsNull(is) {
			continue
		}
		why := ""
		if r.Field == RefRank {
			why = "This project asks why an idea moves in the order by hand"
		} else if at := slices.IndexFunc(fields, func(f Field) bool { return f.Ref() == r.Field }); at >= 0 {
			why = r.asks(&fields[at], was, is)
		}
		if why == "" {
			continue
		}
		if out == nil {
			out = &Error{Code: CodeInvalid, Message: "Say why", Details: []Detail{{"reason", "Say why in one line"}}}
		}
		out.Details = append(out.Details, Detail{string(r.Field), why})
		out.Message += ". " + why
	}
	return asError(out)
}

// asks says what the rule asks of a change of the field; "" when nothing.
func (r ReasonRule) asks(f *Field, was, is json.RawMessage) string {
	switch {
	case len(r.Options) > 0:
		var id ID
		if IsNull(is) || json.Unmarshal(is, &id) != nil || !slices.Contains(r.Options, id) {
			return ""
		}
		o, _ := f.Option(id)
		return "This project asks why " + f.Name + " becomes " + o.Name
	case r.Days > 0:
		if !IsNull(is) && movedDays(f, was, is) <= r.Days {
			return ""
		}
		return Invalid("", "This project asks why %s moves by more than %d days", f.Name, r.Days).Message
	}
	return "This project asks why " + f.Name + " changes"
}

// movedDays is by how many days a date moved, the further of its ends; 0 when it
// came.
func movedDays(f *Field, was, is json.RawMessage) int {
	old, err := ParseValue(f, was)
	next, err2 := ParseValue(f, is)
	if err != nil || err2 != nil || old.IsNull() || next.IsNull() {
		return 0
	}
	if f.Type == TypeDate {
		return apart(old.Day, next.Day)
	}
	return max(apart(old.Interval.Start, next.Interval.Start), apart(old.Interval.End, next.Interval.End))
}

func apart(a, b Day) int { return max(int(a-b), int(b-a)) }
