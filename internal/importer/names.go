package importer

import (
	"strings"
	"unicode"
)

// NormalName brings the many spellings of a header to one: "createdAt",
// "Created_At" and "CREATED AT" are all "created at".
func NormalName(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			if lower {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
			lower = false
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
			lower = unicode.IsLower(r)
		case r == '+' || r == '#' || r == '?':
			b.WriteRune(r)
			lower = false
		default:
			b.WriteByte(' ')
			lower = false
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// byName is the place that a header's words ask for, with a rank among those
// that ask for the same one; rank 0 means that the name says nothing.
func byName(name string) (TargetKind, int) {
	switch name {
	case "title", "idea title", "issue title", "task name", "card name", "titel", "titre", "título", "titolo", "タイトル", "标题", "標題":
		return ToTitle, 100
	case "summary", "name", "feature name", "story name", "zusammenfassung", "bezeichnung", "nombre", "nom", "名称":
		return ToTitle, 90
	case "subject", "idea", "feature", "feature request", "task", "story", "headline", "betreff", "request", "item", "epic", "initiative":
		return ToTitle, 70
	case "description", "idea description", "issue description", "body", "task content", "details", "beschreibung", "descripción", "descrição", "descrizione", "説明", "描述":
		return ToDescription, 100
	case "notes", "note", "content", "text", "detail":
		return ToDescription, 80
	case "created", "created at", "created at utc", "created date", "date created", "created timestamp", "created on", "creation date", "erstellt", "created time":
		return ToCreated, 100
	case "updated", "updated at", "updated at utc", "last modified", "last updated", "modified", "last edited", "last edited time", "aktualisiert":
		return ToUpdated, 100
	case "creator", "created by", "author", "author name", "idea creator name", "submitted by", "requested by", "requestor":
		return ToCreator, 100
	case "archived", "is archived", "archived at", "idea archived":
		return ToArchived, 100
	case "comment":
		return ToComments, 90
	case "labels", "label", "tags", "tag", "schlagwörter", "etiquetas":
		return ToLabels, 100
	case "votes", "votes count", "vote count", "voters count", "upvotes", "+1", "thumbs up", "stimmen":
		return ToVotes, 100
	case "external id", "issue key", "issuekey", "key":
		return ToExternalID, 100
	case "id", "issue id", "task id", "idea id", "card id", "ticket id", "story id", "feature id", "uuid", "gid", "identifier":
		return ToExternalID, 90
	case "number", "issue", "issue number", "ticket", "#", "no", "nr":
		return ToExternalID, 70
	case "url", "permalink", "html url", "issue url", "short url":
		return ToURL, 100
	case "link", "web url", "href":
		return ToURL, 80
	case "parent", "parent key", "parent id", "parent issue", "parent task", "parent work item":
		return ToParent, 100
	case "rank":
		return ToRank, 60
	}
	return "", 0
}

// KnownName says whether a cell is a usual name of a column, so that a row of
// such cells is a header.
func KnownName(name string) bool {
	n := NormalName(name)
	_, rank := byName(n)
	return rank > 0 || typeByName(n) != ""
}

// typeByName is the field type that a header's words suggest, or "".
func typeByName(name string) FieldType {
	switch name {
	case "assignee", "owner", "reporter", "responsible", "product manager", "designer", "lead", "owned by", "project lead", "responded by", "verantwortlich", "zuständig", "author", "creator":
		return PersonType
	case "assignees", "owners", "contributors", "watchers", "members", "participants", "stakeholders", "request participants", "people":
		return People
	case "status", "state", "stage", "priority", "type", "issue type", "category", "severity", "resolution", "roadmap", "quarter", "team", "column", "section", "section column", "list", "product area", "horizon", "current state", "public status name", "priorität", "kategorie":
		return Select
	case "components", "component s", "component", "fix versions", "fix version s", "affects versions", "affects version s", "sprint", "goals", "genre", "customer segment", "segments", "products", "platforms", "cycle name":
		return MultiSelect
	}
	return ""
}

// scored says whether a header names something people rate.
func scored(name string) bool {
	for _, w := range strings.Fields(name) {
		switch w {
		case "rating", "impact", "confidence", "effort", "value", "importance", "urgency", "risk", "ease", "satisfaction", "relevance", "bewertung", "strength", "fit":
			return true
		}
	}
	return false
}

// slides says whether a header names a share of a hundred.
func slides(name string) bool {
	for _, w := range strings.Fields(name) {
		switch w {
		case "progress", "percent", "percentage", "completion", "probability", "fortschritt":
			return true
		}
	}
	return false
}

// dated says whether a header names a point in time, so that plain numbers
// below it may be dates.
func dated(name string) bool {
	for _, w := range strings.Fields(name) {
		switch w {
		case "date", "created", "updated", "time", "at", "due", "deadline", "start", "end", "closed", "resolved", "completed", "datum", "modified", "timestamp":
			return true
		}
	}
	return false
}
