package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cairn"
)

// insightAttrs are what an insight can become otherwise in that is told, with what
// people call it. Of triage only who watches the insight itself hears.
func insightAttrs() map[string]string {
	return map[string]string{
		"title": "Title", "note": "What was said or seen", "person": "Person", "company": "Company", "on": "When", "importance": "Importance",
		"direction": "Direction", "reliability": "Reliability", "labels": "Labels", "url": "Source",
		"parkedUntil": "Parked until", "dismissed": "Dismissed",
	}
}

func ofTriage(c cairn.Change) bool { return c.Attr == "parkedUntil" || c.Attr == "dismissed" }

// insightEdits are the edits of insights in a change set that are told, insight by
// insight. Edits of very many are the work of a program, and told to nobody.
func (t *telling) insightEdits(set *cairn.ChangeSet) []*told {
	byID := make(map[cairn.ID]*told)
	var out []*told
	attrs := insightAttrs()
	for _, c := range set.Changes {
		if c.Kind != cairn.KindInsight || attrs[c.Attr] == "" {
			continue
		}
		one := byID[c.ID]
		if one == nil {
			one = &told{kind: cairn.NoticeChanged, on: cairn.KindInsight, target: c.ID, insight: c.ID}
			byID[c.ID] = one
			out = append(out, one)
		}
		one.changes = append(one.changes, c.Short())
	}
	if len(out) > manyIdeas {
		return nil
	}
	return out
}

// insightNews tells of edited insights: who watches one, and who watches an idea that
// it belongs to. Ideas of other projects are told of by the change sets that let
// their readers know.
func (t *telling) insightNews(ctx context.Context, set *cairn.ChangeSet) ([]*told, error) {
	out := t.insightEdits(set)
	for _, edit := range slices.Clone(out) {
		out = append(out, t.provenBy(set.Project, edit)...)
	}
	elsewhere := make(map[cairn.ID]bool)
	for _, c := range set.Changes {
		if l, ok := t.a.evidence.link(c.ID); ok && c.Kind == cairn.KindEvidence && c.Attr == "seen" {
			elsewhere[t.a.evidence.wholeOf(l.Insight)] = true
		}
	}
	if len(elsewhere) == 0 || set.Group == "" {
		return out, nil
	}
	sets, err := t.a.store.GroupLog(ctx, set.Group)
	if err != nil {
		return nil, err
	}
	for _, earlier := range slices.Backward(sets) {
		if earlier.Seq >= set.Seq {
			continue
		}
		for _, edit := range t.insightEdits(&earlier) {
			if elsewhere[edit.target] {
				delete(elsewhere, edit.target)
				out = append(out, t.provenBy(set.Project, edit)...)
			}
		}
	}
	return out, nil
}

// provenBy tells of an edited insight to who watches ideas of a project that it
// belongs to.
func (t *telling) provenBy(project cairn.ID, edit *told) []*told {
	changes := slices.DeleteFunc(slices.Clone(edit.changes), ofTriage)
	if len(changes) == 0 {
		return nil
	}
	i, ok := t.a.evidence.insight(edit.target)
	if !ok {
		return nil // gone since
	}
	var out []*told
	for _, l := range t.a.evidence.linksOfInsight(edit.target) {
		if l.Project != project {
			continue
		}
		idea := l.Idea
		if st := t.a.states.peek(project); st != nil {
			idea = st.state.Whole(idea)
		}
		out = append(out, &told{
			kind: cairn.NoticeEvidence, on: cairn.KindIdea, target: idea, insight: edit.target, changes: changes, excerpt: t.excerpt(i.Title),
		})
	}
	return out
}

// insightWords are the changes of an insight as people read them.
func (a *App) insightWords(changes []cairn.Change) []ChangeWords {
	attrs := insightAttrs()
	out := make([]ChangeWords, 0, len(changes))
	for _, c := range changes {
		one := ChangeWords{Attr: c.Attr, Name: attrs[c.Attr], Old: a.insightValue(c.Attr, c.Old), New: a.insightValue(c.Attr, c.New)}
		out = append(out, one.fitting(c))
	}
	return out
}

// insightValue is a value of an insight as text.
func (a *App) insightValue(attr string, raw json.RawMessage) string {
	var v any
	if !cairn.IsNull(raw) && json.Unmarshal(raw, &v) != nil {
		return ""
	}
	switch attr {
	case "direction":
		if v == string(cairn.DirectionAgainst) {
			return "Speaks against"
		}
		return "Supports"
	case "importance":
		if n, ok := v.(float64); ok && n > 0 {
			return fmt.Sprintf("%d of %d", int(n), cairn.MaxImportance)
		}
		return ""
	case "person", "company":
		id, err := cairn.ParseID(string(raw))
		if err != nil || id == 0 {
			return ""
		}
		if c, ok := a.evidence.customer(id); ok {
			return c.Name
		}
		return "–"
	}
	switch v := v.(type) {
	case string:
		return v
	case []any:
		words := make([]string, len(v))
		for n := range v {
			words[n] = fmt.Sprint(v[n])
		}
		return strings.Join(words, ", ")
	}
	return ""
}
