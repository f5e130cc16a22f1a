package demo

import "cairn"

// links are what waits for what, and a few that say something else.
func links() []Link {
	return []Link{
		{From: "Waiting list that fills cancelled slots by itself", To: "Suggest the best slot to close gaps in the day", Type: cairn.LinkFinishStart, Days: -5, By: "jonas"},
		{From: "Two-way sync with Google and Outlook calendars", To: "Public booking API for clinic websites", Type: cairn.LinkFinishStart},
		{From: "Audit trail of who opened a patient record", To: "Single sign-on for clinic groups", Type: cairn.LinkFinishStart},
		{From: "Single sign-on for clinic groups", To: "Roles per location for groups with several sites", Type: cairn.LinkStartStart, Lag: 14, Days: -5, By: "priya"},
		{From: "Online forms before the first visit", To: "Check-in kiosk for a tablet at the front desk", Type: cairn.LinkFinishStart},
		{From: "Deposits for long first appointments", To: "Cancellation fee rules per appointment type", Type: cairn.LinkStartStart, Days: -24, By: "priya"},
		{From: "Two-way text reminders: confirm, move or cancel by reply", To: "Ask for feedback after the visit", Type: cairn.LinkFinishStart},
		{From: "No-show report by practitioner, weekday and lead time", To: "Benchmark against similar clinics", Type: cairn.LinkFinishStart, Lag: 30},
		{From: "Waiting list that fills cancelled slots by itself", To: "Show the next free slot on the clinic's page", Type: cairn.LinkRelates},
	}
}
