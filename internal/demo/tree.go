package demo

import "cairn"

// types are the sample's types of ideas, from the top of the tree down.
func types() []cairn.IdeaType {
	list := []cairn.IdeaType{
		{Name: "Outcome", Icon: "target", Color: "green", Root: true, Template: "What would be different, for whom, and how we would measure it.\n"},
		{Name: "Opportunity", Icon: "compass", Color: "amber", Template: "## Who has the problem, and when\n\n## What we saw and heard\n\n## What happens if we leave it\n"},
		{Name: "Solution", Icon: "lightbulb", Color: "blue", Template: "## What we would build\n\n## Why it should work\n\n## What we do not know yet\n"},
		{Name: "Experiment", Icon: "flask", Color: "purple", Template: "## We believe that\n\n## We will try\n\n## We are right when\n"},
		{Name: "Requirement", Icon: "clipboard", Color: "gray"},
	}
	for i := range list {
		list[i].Position = float64(i + 1)
	}
	return list
}

// branch is an idea of the tree with what stands below it. Ideas that
// ideas.json does not have are made.
type branch struct {
	title, kind string
	// text is the description of an idea that is made.
	text  string
	below []branch
	// evidence are ideas that the connection field "Learned from" holds.
	evidence []string
}

func solution(title string, below ...branch) branch {
	return branch{title: title, kind: "Solution", below: below}
}

func learned(b branch, from ...string) branch {
	b.evidence = from
	return b
}

func experiment(title, text string) branch {
	return branch{title: title, kind: "Experiment", text: text}
}

func requirement(title string) branch { return branch{title: title, kind: "Requirement"} }

func opportunity(title, text string, below ...branch) branch {
	return branch{title: title, kind: "Opportunity", text: text, below: below}
}

func tree() []branch {
	return []branch{
		{title: "Fewer empty slots in the day", kind: "Outcome", text: "Of a hundred bookable slots, at most four stay empty. Today it is nine.", below: []branch{
			opportunity("Patients forget, or cannot say that they will not come", "Nine of fourteen patients who missed an appointment said that calling was the hurdle, not the will.",
				learned(solution("Two-way text reminders: confirm, move or cancel by reply",
					experiment("One clinic answers replies by hand for two weeks", "If four of ten patients reply, the feature is worth building. A person plays the machine.")),
					"WhatsApp as a reminder channel"),
				solution("Reminder timing that learns from each clinic's no-shows",
					experiment("Two days instead of one, in five clinics", "Half of the reminders go out a day earlier. No-shows fall by a tenth or more.")),
				solution("Reminder texts in 14 languages"),
				solution("Voice call reminders for people without a mobile phone")),
			opportunity("A cancelled slot is hard to fill in time", "Reception calls down a paper list; often nobody answers before the slot has passed.",
				learned(solution("Waiting list that fills cancelled slots by itself",
					experiment("Text twenty patients from the paper list ourselves", "If three of them take a slot on the same day, the list is worth automating."),
					requirement("Lock an appointment so that nobody moves it")),
					"No-show report by practitioner, weekday and lead time", "Suggest the best slot to close gaps in the day"),
				solution("Suggest the best slot to close gaps in the day"),
				solution("Show the next free slot on the clinic's page")),
			opportunity("New patients give up while they book", "Of those who begin, six of ten finish. Most leave where they must choose a doctor.",
				learned(solution("Let patients book by symptom instead of by doctor",
					experiment("Paper prototype with eight new patients", "Six of eight choose the right appointment type without help.")),
					"Chat with the front desk from the booking page"),
				solution("Book for several family members at once"),
				solution("Choose a practitioner's gender when booking"),
				requirement("Screen reader support in online booking")),
		}},
		{title: "The front desk has time for people", kind: "Outcome", text: "Receptionists spend at least half of their day with the patients in front of them.", below: []branch{
			opportunity("The same data is typed twice", "Insurance, address and history are asked for on paper and typed in later, with errors.",
				solution("Check-in kiosk for a tablet at the front desk"),
				learned(solution("Insurance card photo read at check-in",
					experiment("Read five hundred card photos from three clinics", "At least 97 of 100 numbers are right without a second photo.")),
					"Merge duplicate patients"),
				solution("Online forms before the first visit", requirement("Consent forms with signature on the phone"))),
			opportunity("Nobody sees at a glance what the day needs", "",
				solution("Colour the day by appointment type, not by practitioner"),
				solution("Handover note between shifts"),
				solution("Patient arrives: tell the practitioner quietly")),
		}},
		{title: "Clinics stay and bring others", kind: "Outcome", text: "Fewer than one clinic in fifty leaves in a year; one in five brings another one.", below: []branch{
			opportunity("Moving over from the old system is frightening", "",
				learned(solution("Import appointments and patients from the old system"), "Guided set-up for a new clinic in an hour", "Merge duplicate patients"),
				solution("Guided set-up for a new clinic in an hour")),
			opportunity("Owners cannot show what Tidewell brings", "",
				solution("Monthly summary e-mail for clinic owners"),
				solution("Benchmark against similar clinics"),
				learned(solution("Utilisation heat map of rooms and people"), "Custom dashboards")),
		}},
	}
}

// loose are ideas with a type that nobody has found a place for yet.
func loose() map[string]string {
	return map[string]string{
		"Payment plans for treatments above 500 euros": "Solution", "Dark theme for night shifts": "Solution",
		"Webhook when an appointment changes": "Requirement", "Audit trail of who opened a patient record": "Requirement",
		"Single sign-on for clinic groups": "Requirement", "Patient app for phones": "Solution",
	}
}

// plant gives ideas their types and places in the tree, and adds those that are
// not there yet. A parent always stands before its children or is known already.
func plant(list []Idea, today cairn.Day) []Idea {
	at := make(map[string]int, len(list))
	for i := range list {
		at[list[i].Title] = i
		list[i].Type = loose()[list[i].Title]
	}
	var grow func(parent string, branches []branch)
	grow = func(parent string, branches []branch) {
		for _, b := range branches {
			i, known := at[b.title]
			if !known {
				i = len(list)
				at[b.title] = i
				list = append(list, Idea{
					Title: b.title, Description: b.text, Creator: "mara", CreatedAt: moment(today, -150+i/2, i), Values: map[string]Value{},
				})
			}
			list[i].Type, list[i].Parent, list[i].LearnedFrom = b.kind, parent, b.evidence
			grow(b.title, b.below)
		}
	}
	grow("", tree())
	return list
}
