package demo

// teamVotes is the votes field of the sample.
const teamVotes = "Team votes"

// Votes are what one person gave to one idea with the votes field.
type Votes struct {
	// Person is their key, Idea a title.
	Person, Idea, Comment string
	Amount                int
}

// favorite is the view that the first person keeps at hand.
const favorite = "Roadmap board"

// votes are within everybody's budget.
func votes() []Votes {
	const (
		waiting  = "Waiting list that fills cancelled slots by itself"
		symptom  = "Let patients book by symptom instead of by doctor"
		texts    = "Two-way text reminders: confirm, move or cancel by reply"
		rooms    = "Block double bookings across shared treatment rooms"
		colours  = "Colour the day by appointment type, not by practitioner"
		deposits = "Deposits for long first appointments"
		fees     = "Cancellation fee rules per appointment type"
	)
	return []Votes{
		{"mara", texts, "The pilot speaks for itself.", 5}, {"mara", waiting, "", 4},
		{"jonas", texts, "", 3}, {"jonas", symptom, "The only one that brings new clinics.", 4}, {"jonas", rooms, "", 2},
		{"priya", fees, "", 3}, {"priya", deposits, "", 3}, {"sofia", colours, "Asked for in every visit.", 4}, {"sofia", waiting, "", 2},
		{"daniel", rooms, "", 6}, {"daniel", colours, "", 2}, {"lea", waiting, "Three clinics ask me every week.", 7},
		{"samuel", deposits, "Dentists would sign for it.", 8},
	}
}
