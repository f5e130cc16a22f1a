package jiracsv

import (
	"fmt"
	"strings"

	"cairn/internal/importer"
)

// fieldName takes the name out of "Custom field (Name)".
func fieldName(header string) (name string, custom bool) {
	if inner, ok := strings.CutPrefix(header, "Custom field ("); ok && strings.HasSuffix(inner, ")") {
		return strings.TrimSpace(strings.TrimSuffix(inner, ")")), true
	}
	return header, false
}

// linkType takes the type out of "Outward issue link (Blocks)".
func linkType(header string) (name string, out, ok bool) {
	for _, way := range []string{"Inward", "Outward"} {
		if inner, found := strings.CutPrefix(header, way+" issue link ("); found && strings.HasSuffix(inner, ")") {
			return strings.TrimSuffix(inner, ")"), way == "Outward", true
		}
	}
	return "", false, false
}

// columns groups the header and decides what Jira's own names settle. The
// values decide the rest later.
func columns(header []string) []importer.Column {
	cols := importer.GroupColumns(header)
	byKey := map[string]int{}
	for i := range cols {
		byKey[strings.ToLower(cols[i].Key)] = i
	}
	for i := range cols {
		c := &cols[i]
		c.Label, _ = fieldName(c.Name)
		decide(c)
		if j, ok := byKey[strings.ToLower(c.Name)+" id"]; ok && isPeople(c.Name) {
			c.Twin = cols[j].Key
			ignore(&cols[j], fmt.Sprintf("the ids are used together with “%s”", c.Name))
		}
	}
	return cols
}

func isPeople(name string) bool {
	switch strings.ToLower(name) {
	case "assignee", "reporter", "creator", "watchers", "project lead":
		return true
	}
	return false
}

func set(c *importer.Column, t importer.Target, why string) {
	c.Target, c.Sure, c.Why = t, 98, why
}

func ignore(c *importer.Column, why string) {
	set(c, importer.Target{Kind: importer.ToNothing}, why)
}

// decide settles a column whose name means one thing only.
func decide(c *importer.Column) {
	built := func(k importer.TargetKind) {
		set(c, importer.Target{Kind: k}, fmt.Sprintf("“%s” is Jira's own column", c.Name))
	}
	field := func(t importer.FieldType, label string) {
		set(c, importer.Field(t), fmt.Sprintf("“%s” is Jira's own column", c.Name))
		c.Label = label
	}
	if _, _, ok := linkType(c.Name); ok {
		built(importer.ToLinks)
		return
	}
	switch strings.ToLower(c.Name) {
	case "summary":
		built(importer.ToTitle)
	case "description":
		built(importer.ToDescription)
		c.Markup = "wiki"
	case "issue key", "key":
		built(importer.ToExternalID)
	case "issue id":
		ignore(c, "the issue key names the issue; the id is kept beside it for parents")
	case "created":
		built(importer.ToCreated)
	case "updated":
		built(importer.ToUpdated)
	case "creator":
		built(importer.ToCreator)
	case "votes":
		built(importer.ToVotes)
	case "labels":
		built(importer.ToLabels)
	case "comment", "comments":
		built(importer.ToComments)
	case "attachment", "attachments":
		built(importer.ToAttachments)
	case "parent", "parent id", "parent key", "parent summary", "custom field (epic link)", "custom field (parent link)", "epic link key":
		built(importer.ToParent)
	case "custom field (rank)":
		built(importer.ToRank)
	case "custom field (idea archived)":
		built(importer.ToArchived)
	case "issue type":
		built(importer.ToType)
	case "status":
		field(importer.Select, "Status")
	case "priority":
		field(importer.Select, "Priority")
	case "resolution":
		field(importer.Select, "Resolution")
	case "assignee", "reporter":
		field(importer.PersonType, c.Name)
	case "watchers":
		field(importer.People, c.Name)
	case "resolved", "due date":
		field(importer.DateType, c.Name)
	case "component/s", "components":
		field(importer.MultiSelect, "Components")
	case "fix version/s", "fix versions":
		field(importer.MultiSelect, "Fix versions")
	case "affects version/s", "affects versions":
		field(importer.MultiSelect, "Affects versions")
	case "sprint":
		field(importer.MultiSelect, "Sprint")
	case "environment":
		field(importer.LongText, c.Name)
		c.Markup = "wiki"
	case "status category":
		ignore(c, "it decides which statuses are new, active or done")
	case "last viewed":
		ignore(c, "it is when the exporting person last looked")
	}
}

// settle corrects the decisions once the values are known: nothing is made for
// empty columns or for what is the same in every row, and the values of a rank
// column must be ranks.
func settle(s *importer.Survey, categories map[string]string) {
	for i := range s.Columns {
		c := &s.Columns[i]
		name := strings.ToLower(c.Name)
		switch {
		case c.Filled == 0 && (c.Target.Kind == importer.ToField || c.Target.Kind == importer.ToRank):
			ignore(c, "it is empty in every row")
		case strings.HasPrefix(name, "project ") && c.Distinct <= 1:
			ignore(c, "it describes the Jira project, not the idea, and is the same in every row")
		case c.Target.Type == importer.LongText:
			c.Markup = "wiki"
		case c.Label == "Status":
			for j := range c.Values {
				c.Values[j].Category = categories[c.Values[j].Value]
			}
		}
		if c.Target.Kind == importer.ToNothing && c.Filled > 0 && strings.Contains(c.Why, "internal objects") {
			s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "java_objects", Column: c.Key,
				Text: fmt.Sprintf("“%s” holds internal objects such as %s that Jira printed without their content. The column is left out unless you map it.", c.Name, first(c.Samples))})
		}
	}
	repeatedFields(s)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// repeatedFields warns of custom fields that occur more than once: one field
// with several values and two fields of the same name look alike in CSV.
func repeatedFields(s *importer.Survey) {
	for i := range s.Columns {
		c := &s.Columns[i]
		_, custom := fieldName(c.Name)
		if !custom || c.Repeated() < 2 {
			continue
		}
		s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "same_name", Column: c.Key,
			Text: fmt.Sprintf("“%s” occurs %d times. It may be one field with several values or several fields of the same name, which the file cannot tell. All values are kept under one name.", c.Name, c.Repeated())})
	}
}

// category brings Jira's three status categories to "new", "active" and "done".
func category(s string) string {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "to do", "new", "open":
		return "new"
	case "in progress", "indeterminate":
		return "active"
	case "done", "complete", "closed":
		return "done"
	}
	return ""
}
