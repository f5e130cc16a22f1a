package cairn_test

import (
	"testing"
	"time"

	"cairn"
)

// MAIL-2: paces and quiet hours in the person's time zone, over midnight and
// over changes of the clock.
func TestHearingDue(t *testing.T) {
	const vienna = "Europe/Vienna"
	for _, test := range []struct {
		name     string
		h        cairn.Hearing
		at, want string
	}{
		{"soon", cairn.Hearing{Email: cairn.EmailSoon}, "2026-01-05T10:00:00Z", "2026-01-05T10:01:00Z"},
		{"quiet over midnight", cairn.Hearing{Email: cairn.EmailSoon, Zone: vienna, QuietFrom: 20 * 60, QuietTo: 7*60 + 30}, "2026-01-05T20:00:00Z", "2026-01-06T06:30:00Z"},
		{"quiet before noon", cairn.Hearing{Email: cairn.EmailSoon, QuietFrom: 9 * 60, QuietTo: 12 * 60}, "2026-01-05T09:30:00Z", "2026-01-05T12:00:00Z"},
		{"after the quiet hours", cairn.Hearing{Email: cairn.EmailSoon, QuietFrom: 9 * 60, QuietTo: 12 * 60}, "2026-01-05T12:00:00Z", "2026-01-05T12:01:00Z"},
		{"daily, later today", cairn.Hearing{Email: cairn.EmailDaily, Zone: vienna, Hour: 8}, "2026-01-05T06:00:00Z", "2026-01-05T07:00:00Z"},
		{"daily, tomorrow", cairn.Hearing{Email: cairn.EmailDaily, Zone: vienna, Hour: 8}, "2026-01-05T07:00:00Z", "2026-01-06T07:00:00Z"},
		{"daily over the change of the clock", cairn.Hearing{Email: cairn.EmailDaily, Zone: vienna, Hour: 8}, "2026-03-28T12:00:00Z", "2026-03-29T06:00:00Z"},
		{"quiet over the night in which the clock goes forward", cairn.Hearing{Email: cairn.EmailSoon, Zone: vienna, QuietFrom: 22 * 60, QuietTo: 7 * 60}, "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"},
		{"quiet over the night in which it goes back", cairn.Hearing{Email: cairn.EmailSoon, Zone: vienna, QuietFrom: 22 * 60, QuietTo: 7 * 60}, "2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z"},
		{"quiet until an hour that is left out", cairn.Hearing{Email: cairn.EmailSoon, Zone: vienna, QuietFrom: 22 * 60, QuietTo: 2*60 + 30}, "2026-03-28T22:00:00Z", "2026-03-29T01:30:00Z"},
		{"daily over the change back", cairn.Hearing{Email: cairn.EmailDaily, Zone: vienna, Hour: 8}, "2026-10-24T12:00:00Z", "2026-10-25T07:00:00Z"},
		{"weekly", cairn.Hearing{Email: cairn.EmailWeekly, Hour: 8, Weekday: time.Monday}, "2026-01-05T08:00:00Z", "2026-01-12T08:00:00Z"},
		{"weekly in quiet hours", cairn.Hearing{Email: cairn.EmailWeekly, Hour: 6, Weekday: time.Friday, QuietFrom: 22 * 60, QuietTo: 9 * 60}, "2026-01-05T08:00:00Z", "2026-01-09T09:00:00Z"},
	} {
		at, _ := time.Parse(time.RFC3339, test.at)
		if got := test.h.Due(at, time.Minute).UTC().Format(time.RFC3339); got != test.want {
			t.Errorf("%s: %s is due at %s, want %s", test.name, test.at, got, test.want)
		}
	}
	for _, wrong := range []cairn.Hearing{{Zone: "Local"}, {Zone: "Nowhere/City"}, {Hour: 24}, {Email: "hourly"}, {QuietTo: 1440}, {NotOn: []cairn.WatchWhy{"project"}}} {
		if wrong.Validate() == nil {
			t.Errorf("%+v is not refused", wrong)
		}
	}
}
