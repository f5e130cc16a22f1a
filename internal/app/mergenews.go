package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cairn"
)

// spelledParts is how many ideas that were merged or taken out a notice names.
const spelledParts = 5

// mergeNews are the changes of a change set as people are told of them where ideas
// were merged or taken apart: nothing of an idea that became part of another one,
// since who watches it hears of that one, and on the whole only what came and went
// (HEAR-21).
func mergeNews(changes []cairn.Change) []cairn.Change {
	into := make(map[cairn.ID]bool) // by idea: whether it became a part, or is none any more
	for _, c := range changes {
		if c.Kind == cairn.KindIdea && c.Attr == cairn.AttrMergedInto {
			into[c.ID] = !cairn.IsNull(c.New)
		}
	}
	if len(into) == 0 {
		return changes
	}
	var out []cairn.Change
	for _, c := range changes {
		part, moved := into[c.ID]
		switch {
		case moved && (part || c.Attr == string(cairn.RefArchived)):
			continue
		case c.Kind == cairn.KindIdea && c.Attr == cairn.AttrParts:
			c.Old, c.New = partsBut(c.Old, c.New), partsBut(c.New, c.Old)
		}
		out = append(out, c)
	}
	return out
}

// partsBut are the ids of those parts that a list names and another one does not.
func partsBut(raw, other json.RawMessage) json.RawMessage {
	var list, without []cairn.Part
	_ = json.Unmarshal(raw, &list) // absent is none
	_ = json.Unmarshal(other, &without)
	var ids []cairn.ID
	for _, p := range list {
		if !slices.ContainsFunc(without, func(o cairn.Part) bool { return o.ID == p.ID }) {
			ids = append(ids, p.ID)
		}
	}
	if ids == nil {
		return nil
	}
	return rawJSON(ids)
}

// mergeWords say what became part of an idea, what was taken out of it, and what
// it was taken out of: sentences without values.
func (w wording) mergeWords(project string, c cairn.Change) []ChangeWords {
	var out []ChangeWords
	say := func(format string, raw json.RawMessage) {
		for at, name := range w.ideas(project, raw) {
			if at == spelledParts {
				break
			}
			out = append(out, ChangeWords{Attr: c.Attr, Name: fmt.Sprintf(format, name)})
		}
		if more := len(w.ideas(project, raw)) - spelledParts; more > 0 {
			out = append(out, ChangeWords{Attr: c.Attr, Name: fmt.Sprintf(format, fmt.Sprintf("And %d more", more))})
		}
	}
	if c.Attr == cairn.AttrMergedInto {
		say("It was taken out of %s", c.Old)
		return out
	}
	say("%s merged into it", c.New)
	say("%s taken out of it", c.Old)
	return out
}

// ideas are the keys and titles of an idea, or of a list of them, as they are now.
func (w wording) ideas(project string, raw json.RawMessage) []string {
	var ids []cairn.ID
	var one cairn.ID
	if json.Unmarshal(raw, &one) == nil && one != 0 {
		ids = append(ids, one)
	} else if json.Unmarshal(raw, &ids) != nil {
		return nil
	}
	var out []string
	for _, id := range ids {
		title, number, ok := w.state.Title(id)
		if !ok {
			out = append(out, "A deleted idea")
			continue
		}
		out = append(out, strings.TrimSpace(cairn.IdeaKey(project, number)+" "+title))
	}
	return out
}
