package demo

import "cairn"

// Voices are who Tidewell listens to and what they said.
type Voices struct {
	// Fields of companies.
	Fields   []cairn.CustomerField
	Clinics  []Clinic
	Insights []Insight
	// Measured are evidence fields; Of names the customer field that they look at.
	Measured []Measured
}

// Clinic is a company with its people.
type Clinic struct {
	Name string
	// Values by the name of a field.
	Segment, Plan, Region string
	Revenue               float64
	// People by name; their addresses follow from it.
	People []string
}

// Insight is something that was said, Days ago.
type Insight struct {
	Title, Note string
	// By is who recorded it.
	By string
	// Who is a person of a clinic; Clinic alone is said by nobody in particular.
	Who, Clinic string
	Days        int
	Importance  int
	Against     bool
	Reliability cairn.Reliability
	Labels      []string
	// Ideas by title, with a quote each.
	Ideas []Quote
}

// Quote is the part of an insight that speaks of an idea; "" is all of it.
type Quote struct{ Idea, Text string }

// Measured is an evidence field of the sample project.
type Measured struct {
	Name, Of string
	Rule     cairn.EvidenceRule
	Number   *cairn.NumberFormat
}

// voices returns the sample's customers and insights.
func voices() Voices {
	none := 0
	return Voices{
		Fields: []cairn.CustomerField{
			{Of: cairn.CustomerCompany, Name: "Segment", Type: cairn.TypeSelect, Options: []string{"Single practice", "Group", "Hospital"}},
			{Of: cairn.CustomerCompany, Name: "Plan", Type: cairn.TypeSelect, Options: []string{"Trial", "Starter", "Team", "Enterprise"}},
			{Of: cairn.CustomerCompany, Name: "Revenue", Type: cairn.TypeNumber, Unit: "EUR"},
			{Of: cairn.CustomerCompany, Name: "Region", Type: cairn.TypeShortText},
		},
		Clinics: []Clinic{
			{"Praxis am Markt", "Single practice", "Starter", "Leipzig", 1_900, []string{"Ute Hofmann"}},
			{"Lindenhof Clinics", "Group", "Enterprise", "Hamburg", 46_000, []string{"Farid Amiri", "Greta Lund"}},
			{"Physio Nord", "Group", "Team", "Bremen", 9_400, []string{"Jule Petersen"}},
			{"Dr. Okafor & Partners", "Single practice", "Team", "London", 5_200, []string{"Ada Okafor"}},
			{"St. Anna Hospital", "Hospital", "Enterprise", "Vienna", 118_000, []string{"Markus Berger", "Elif Demir"}},
			{"Dental Studio 8", "Single practice", "Starter", "Berlin", 2_300, []string{"Noa Friedman"}},
			{"Kinderzeit Pediatrics", "Group", "Team", "Cologne", 12_800, []string{"Paula Reis"}},
			{"Optik Sommer", "Single practice", "Trial", "Graz", 0, []string{"Hanna Sommer"}},
		},
		Measured: []Measured{
			{Name: "Clinics asking", Rule: cairn.EvidenceRule{Measure: cairn.MeasureCompanies}},
			{Name: "Revenue asking", Of: "Revenue", Rule: cairn.EvidenceRule{Measure: cairn.MeasureWeighted, By: cairn.CustomerCompany, Cap: 50_000}, Number: &cairn.NumberFormat{Style: "currency", Unit: "EUR", Decimals: &none}},
			{Name: "Recent demand", Rule: cairn.EvidenceRule{Measure: cairn.MeasureDemand, HalfLife: 60}},
		},
		Insights: insights(),
	}
}

const (
	waitingList = "Waiting list that fills cancelled slots by itself"
	twoWay      = "Two-way text reminders: confirm, move or cancel by reply"
	bySymptom   = "Let patients book by symptom instead of by doctor"
	doubleRooms = "Block double bookings across shared treatment rooms"
	kiosk       = "Check-in kiosk for a tablet at the front desk"
	singleSign  = "Single sign-on for clinic groups"
	auditTrail  = "Audit trail of who opened a patient record"
	oldImport   = "Import appointments and patients from the old system"
	offlineDay  = "Offline mode for the day list"
)

func insights() []Insight {
	return []Insight{
		{By: "aiko", Title: "Six empty slots a week, and a paper list", Note: "We lose about six slots a week to cancellations on the same day. Reception calls down a **paper list**, and often nobody answers.\n\nI would pay for this alone.", Who: "Ute Hofmann", Days: 12, Importance: 5, Reliability: cairn.ReliabilityHigh, Labels: []string{"interview"}, Ideas: []Quote{{waitingList, "I would pay for this alone."}}},
		{By: "aiko", Title: "Patients answer texts, not calls", Note: "When we text, four of five answer within an hour. When we call, one of five picks up. They want to cancel by answering the text, and we could give the slot to somebody else at once.", Who: "Jule Petersen", Days: 20, Importance: 4, Reliability: cairn.ReliabilityMedium, Labels: []string{"interview"}, Ideas: []Quote{{twoWay, "They want to cancel by answering the text"}, {waitingList, "we could give the slot to somebody else at once"}}},
		{By: "samuel", Title: "No rollout without single sign-on", Note: "Our IT does not allow another password. Without single sign-on there is no rollout to the other eleven sites.", Who: "Farid Amiri", Days: 8, Importance: 5, Reliability: cairn.ReliabilityHigh, Labels: []string{"sales"}, Ideas: []Quote{{singleSign, ""}}},
		{By: "jonas", Title: "The auditor asks who opened which record", Note: "Twice a year the auditor asks who opened which record. Today we export logs by hand for two days.", Who: "Markus Berger", Days: 35, Importance: 4, Reliability: cairn.ReliabilityHigh, Labels: []string{"compliance"}, Ideas: []Quote{{auditTrail, ""}, {singleSign, ""}}},
		{By: "lea", Title: "Two therapists, one ultrasound room", Note: "Last week two therapists stood before the same ultrasound room with their patients. It happens every week.", Who: "Jule Petersen", Days: 47, Importance: 3, Ideas: []Quote{{doubleRooms, ""}}},
		{By: "aiko", Title: "Parents type while the child screams", Note: "Booking by phone takes four minutes. They do not know whether it is a check-up or acute; they know that the ear hurts.", Who: "Paula Reis", Days: 26, Importance: 4, Labels: []string{"interview"}, Ideas: []Quote{{bySymptom, "they know that the ear hurts"}}},
		{By: "jonas", Title: "A list of symptoms looks like medical advice", Note: "Our lawyer will not sign anything that looks like triage by software.", Who: "Elif Demir", Days: 18, Importance: 4, Against: true, Reliability: cairn.ReliabilityMedium, Labels: []string{"legal"}, Ideas: []Quote{{bySymptom, ""}}},
		{By: "samuel", Title: "Older patients do not touch the tablet", Note: "We tried a tablet of another vendor for three months. Patients above 70 went to the desk anyway, and the queue was not shorter.", Who: "Ada Okafor", Days: 60, Importance: 3, Against: true, Reliability: cairn.ReliabilityHigh, Labels: []string{"trial"}, Ideas: []Quote{{kiosk, "the queue was not shorter"}}},
		{By: "samuel", Title: "The old system's data is why we have not switched", Note: "Nine years of appointments sit in the old system. If they came along we would sign this month.", Who: "Hanna Sommer", Days: 5, Importance: 4, Labels: []string{"trial", "sales"}, Ideas: []Quote{{oldImport, ""}}},
		{By: "lea", Title: "Router down, waiting room full", Note: "The router died at nine and nobody knew who was next until noon. A printed list saved us the time before.", Who: "Noa Friedman", Days: 71, Importance: 3, Ideas: []Quote{{offlineDay, ""}}},
		// The inbox: nobody has looked at these yet.
		{By: "lea", Title: "Can reminders go out by WhatsApp?", Note: "Half of our patients have blocked unknown text senders. They read WhatsApp.", Who: "Paula Reis", Days: 1, Importance: 3, Labels: []string{"support"}},
		{By: "lea", Title: "Cancelled at eight, empty at ten", Note: "Again a cancelled slot this morning and nobody on the waiting list picked up the phone. Could the list be asked by text?", Who: "Greta Lund", Days: 2, Importance: 4, Labels: []string{"support"}},
		{By: "lea", Title: "Log of record access for the data protection officer", Note: "The data protection officer wants to see every access to a patient record, with the reason, by Friday.", Who: "Elif Demir", Days: 2, Importance: 4},
		{By: "lea", Title: "Twelve minutes to find an invoice", Note: "Finding an invoice of last year took twelve minutes today. I timed it.", Who: "Ute Hofmann", Days: 3, Importance: 2, Labels: []string{"support"}},
		{By: "lea", Title: "Double booked ultrasound again", Note: "The treatment room was double booked by the second site. We share it on Tuesdays.", Clinic: "Lindenhof Clinics", Days: 4, Importance: 3, Labels: []string{"support"}},
		{By: "lea", Title: "Please bring back the blue theme", Note: "The old blue was easier on the eyes.", Who: "Noa Friedman", Days: 24, Importance: 1},
		{By: "aiko", Title: "Survey: 38 of 61 practices would pay for moving by reply", Note: "61 answers, 38 would pay for patients moving their appointment by replying to the reminder; 12 have it already with another vendor.", Days: 9, Importance: 5, Reliability: cairn.ReliabilityHigh, Labels: []string{"survey"}},
	}
}
