package formula

// Status says how a row's result came about. Those from StatusMissing on have
// no value.
type Status uint8

// The statuses.
const (
	// StatusOK: a value from complete inputs.
	StatusOK Status = iota
	// StatusIncomplete: a value in which a missing input counted as 0 or was left out.
	StatusIncomplete
	// StatusMissing: no value, because what it is made of has none.
	StatusMissing
	// The rest are failures: no value, although the inputs may be there.
	StatusDivisionByZero
	StatusLogDomain
	StatusRootDomain
	StatusTooLarge
	StatusNotANumber
	StatusNoSuchDay
	StatusTooLong
	StatusArchived
)

type statusWords struct{ code, text string }

var statuses = [...]statusWords{
	StatusOK:             {"ok", ""},
	StatusIncomplete:     {"incomplete", "incomplete: some inputs are missing and count as 0"},
	StatusMissing:        {"missing", "no value: its inputs are missing"},
	StatusDivisionByZero: {"division_by_zero", "division by zero"},
	StatusLogDomain:      {"logarithm", "logarithm of zero or of a negative number"},
	StatusRootDomain:     {"root", "root or broken power of a negative number"},
	StatusTooLarge:       {"too_large", "the number is too large"},
	StatusNotANumber:     {"not_a_number", "the text is not a number"},
	StatusNoSuchDay:      {"no_such_day", "there is no such day between the years 1 and 9999"},
	StatusTooLong:        {"too_long", "the text is too long"},
	StatusArchived:       {"archived", "archived ideas are not scored"},
}

// HasValue reports whether a row with that status has a value.
func (s Status) HasValue() bool { return s <= StatusIncomplete }

// String returns the status's name on the wire, such as "division_by_zero".
func (s Status) String() string {
	if int(s) >= len(statuses) {
		return "unknown"
	}
	return statuses[s].code
}

// Text says in words why there is no value, or what is wrong with it; "" when
// nothing is.
func (s Status) Text() string {
	if int(s) >= len(statuses) {
		return "unknown"
	}
	return statuses[s].text
}
