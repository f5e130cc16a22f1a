package cairn

import "slices"

// HygieneKind says in which way something rots.
type HygieneKind string

// The kinds of findings.
const (
	RotNoEvidence HygieneKind = "no_evidence" // an idea that no insight supports or speaks against
	RotNoScore    HygieneKind = "no_score"    // an idea of which inputs of the score are missing
	RotStaleScore HygieneKind = "stale_score" // an idea whose inputs of the score nobody touched for long
	RotPastDate   HygieneKind = "past_date"   // an idea whose date has passed and that is not closed
	RotUntouched  HygieneKind = "untouched"   // an idea that nobody changed for long
	RotDuplicates HygieneKind = "duplicates"  // two ideas that may be one
	RotUntriaged  HygieneKind = "untriaged"   // an insight that waits in the inbox for long
	RotOption     HygieneKind = "option"      // an option that no idea has
	RotField      HygieneKind = "field"       // a field that next to no idea has
)

// HygieneKinds are all kinds, in the order they are shown.
func HygieneKinds() []HygieneKind {
	return []HygieneKind{RotPastDate, RotNoScore, RotStaleScore, RotNoEvidence, RotDuplicates, RotUntriaged, RotUntouched, RotOption, RotField}
}

// Hygiene is how a project looks at what rots. What is not said follows from the
// project's fields.
type Hygiene struct {
	// Score is the number that ideas are ranked by, Date says when they are due.
	Score Ref `json:"score,omitempty"`
	Date  Ref `json:"date,omitempty"`
	// Closed are options: an idea that has one of them is done or given up, and no
	// longer looked at. Nil follows from the options' names.
	Closed []ClosedOption `json:"closed"`
	// Months is after how many an idea or a score is old; 0 is six.
	Months int `json:"months,omitempty"`
	// Days is after how many an insight has waited for long; 0 is fourteen.
	Days int `json:"days,omitempty"`
	// Off are kinds that the project does not want to hear of.
	Off []HygieneKind `json:"off,omitempty"`
}

// ClosedOption is an option of a select field.
type ClosedOption struct {
	Field  Ref `json:"field"`
	Option ID  `json:"option"`
}

// Validate checks what the settings say by themselves.
func (h *Hygiene) Validate() error {
	switch {
	case h.Months < 0 || h.Months > 120:
		return Invalid("months", "After 1 to 120 months something is old, not %d", h.Months)
	case h.Days < 0 || h.Days > 3650:
		return Invalid("days", "After 1 to 3,650 days an insight has waited for long, not %d", h.Days)
	case len(h.Closed) > 200:
		return Invalid("closed", "At most 200 options say that an idea is closed, not %d", len(h.Closed))
	}
	for _, k := range h.Off {
		if !slices.Contains(HygieneKinds(), k) {
			return Invalid("off", "%q is no kind of finding", k)
		}
	}
	return nil
}
