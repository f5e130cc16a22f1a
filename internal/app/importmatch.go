package app

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"cairn"
	"cairn/internal/store"
)

// importMatcher compares drafts with what is stored.
type importMatcher struct {
	store   store.Store
	plan    *importPlan
	project cairn.ID
	// ideas of the same source, by their id there.
	ideas map[string]cairn.ID
}

// meet loads what a project has of the plan's source.
func (plan *importPlan) meet(ctx context.Context, a *App, project cairn.ID) (importMatching, error) {
	m := &importMatcher{store: a.store, plan: plan, project: project, ideas: make(map[string]cairn.ID)}
	plan.people.load(a.dir.Users())
	if project == 0 {
		return m, nil
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	plan.types.load(st.state.IdeaTypes())
	source := plan.survey.SourceKey
	_, err = a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: project}, func(e cairn.Entity) error {
		if id := e.Attrs.Text("sourceId"); id != "" && e.Attrs.Text("source") == source {
			m.ideas[id] = e.ID
		}
		return nil
	})
	return m, err
}

// importStep is what becomes of one draft.
type importStep struct {
	draft *importDraft
	// idea that is there already, 0 to make one, and its version when it was
	// compared.
	idea    cairn.ID
	version int64
	// attrs differ from the file and are the last import's to change.
	attrs []string
	// comments to make or to change.
	comments []commentStep
}

type commentStep struct {
	draftComment
	// id of the comment that is there, 0 to make one.
	id cairn.ID
}

func (s *importStep) outcome() importOutcome {
	return importOutcome{created: s.idea == 0, unchanged: s.unchanged(), comments: len(s.comments)}
}

func (s *importStep) unchanged() bool {
	return s.idea != 0 && len(s.attrs) == 0 && len(s.comments) == 0
}

// match finds the idea of a draft, what differs, and what people changed since
// the last import. The latter is noted in the draft's problems.
func (m *importMatcher) match(ctx context.Context, in drafted) (stepped, error) {
	step, err := m.find(ctx, in.(*importDraft)) // made by the plan
	if err == nil && m.plan.kin != nil {
		m.plan.kin.saw(step)
	}
	return step, err
}

func (m *importMatcher) find(ctx context.Context, d *importDraft) (*importStep, error) {
	step := &importStep{draft: d, idea: m.ideas[d.sourceID]}
	if step.idea == 0 {
		for _, c := range d.comments {
			step.comments = append(step.comments, commentStep{draftComment: c})
		}
		return step, nil
	}
	e, err := m.store.Entity(ctx, step.idea)
	if cairn.CodeOf(err) == cairn.CodeNotFound { // deleted since the import began
		delete(m.ideas, d.sourceID)
		return m.find(ctx, d)
	}
	if err != nil {
		return nil, err
	}
	step.version = e.Version
	if step.attrs, err = m.mine(ctx, &d.rowDraft, e, m.differing(d, e)); err != nil {
		return nil, err
	}
	for _, c := range d.comments {
		changed, err := m.comment(ctx, c)
		if err != nil {
			return nil, err
		}
		if changed != nil {
			step.comments = append(step.comments, *changed)
		}
	}
	return step, nil
}

// comment returns what to do about a comment of an idea that is there; nil is
// nothing.
func (m *importMatcher) comment(ctx context.Context, c draftComment) (*commentStep, error) {
	id, err := m.store.Lookup(ctx, cairn.SourceKey(m.project, cairn.KindComment, m.plan.survey.SourceKey, c.sourceID))
	if err != nil || id == 0 {
		return &commentStep{draftComment: c}, err
	}
	e, err := m.store.Entity(ctx, id)
	if err != nil {
		return nil, err
	}
	// A comment that was edited here is the editor's.
	if e.Text == c.body || !cairn.IsNull(e.Attrs["editedAt"]) {
		return nil, nil
	}
	return &commentStep{c, id}, nil
}

// differing names the attributes in which the file and the stored idea differ.
func (m *importMatcher) differing(d *importDraft, e cairn.Entity) []string {
	var out []string
	p := m.plan
	add := func(differs bool, attr string) {
		if differs {
			out = append(out, attr)
		}
	}
	add(e.Attrs.Text("title") != d.title, "title")
	add((p.has[cairn.MapDescription] || d.description != "") && e.Text != d.description, "description")
	add(p.has[cairn.MapArchived] && (string(e.Attrs["archived"]) == "true") != d.archived, "archived")
	add(p.has[cairn.MapCreated] && !d.created.IsZero() && !sameTime(e.Attrs["createdAt"], d.created), "createdAt")
	add(p.has[cairn.MapCreator] && d.creator != nil && string(e.Attrs["createdBy"]) != d.creator.id.String(), "createdBy")
	add(d.typ != nil && (d.typ.id == 0 || idOf(e.Attrs, string(cairn.RefType)) != d.typ.id), string(cairn.RefType))
	for i, f := range p.fields {
		v := &d.values[i]
		if v.keep {
			continue
		}
		raw, ready := v.render(f.Type)
		ref := string(f.Ref())
		add(!ready || !sameRaw(raw, e.Attrs[ref]), ref)
	}
	return out
}

func sameTime(raw json.RawMessage, at time.Time) bool {
	var t time.Time
	return json.Unmarshal(raw, &t) == nil && t.Equal(at)
}

func sameRaw(a, b json.RawMessage) bool {
	if cairn.IsNull(a) || cairn.IsNull(b) {
		return cairn.IsNull(a) && cairn.IsNull(b)
	}
	return string(a) == string(b)
}

// render gives the stored form of a value; ready is false while an option or a
// person in it is still to be made.
func (v *draftValue) render(t cairn.FieldType) (raw json.RawMessage, ready bool) {
	var ids []cairn.ID
	for _, o := range v.options {
		ids = append(ids, o.id)
	}
	for _, p := range v.people {
		ids = append(ids, p.id)
	}
	if len(ids) == 0 {
		return v.raw, true
	}
	if t == cairn.TypeSelect || t == cairn.TypePerson {
		return strconv.AppendInt(nil, int64(ids[0]), 10), ids[0] != 0
	}
	raw = append(raw, '[')
	seen := make(map[cairn.ID]bool, len(ids))
	for _, id := range ids {
		if id == 0 {
			return nil, false
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		if len(raw) > 1 {
			raw = append(raw, ',')
		}
		raw = strconv.AppendInt(raw, int64(id), 10)
	}
	return append(raw, ']'), true
}

// undoOfImport begins the groups of change sets that undo an import.
const undoOfImport = "undo:"

// byImport reports whether an import, or the undo of one, wrote a change set.
func byImport(set *cairn.ChangeSet) bool {
	if _, ok := cairn.RunOfGroup(set.Origin); ok {
		return true
	}
	return set.Origin == "undo" && strings.HasPrefix(set.Group, undoOfImport)
}

// mine keeps those attributes that an import wrote last. The others were changed
// by people since: they stay, which is noted.
func (m *importMatcher) mine(ctx context.Context, d *rowDraft, e cairn.Entity, attrs []string) ([]string, error) {
	theirs, err := changedSince(ctx, m.store, e.ID, attrs)
	return d.own(attrs, theirs, m.attrName), err
}

// own are those of the attributes that nobody changed since; the others are noted.
func (d *rowDraft) own(attrs []string, theirs map[string]bool, name func(attr string) string) []string {
	var out []string
	for _, a := range attrs {
		if !theirs[a] {
			out = append(out, a)
			continue
		}
		d.problems = append(d.problems, ImportProblem{
			Level: ImportKept, Row: d.number, Line: d.line, Column: name(a), Code: "changed_here",
			Reason: "The value was changed in Cairn since the last import, so it stays. Change it by hand if the file is right.",
		})
	}
	return out
}

// changedSince tells which attributes of an entity something else than an import
// wrote last.
func changedSince(ctx context.Context, st store.Store, id cairn.ID, attrs []string) (map[string]bool, error) {
	if len(attrs) == 0 {
		return nil, nil
	}
	open := make(map[string]bool, len(attrs))
	for _, a := range attrs {
		open[a] = true
	}
	theirs := make(map[string]bool)
	const page = 50
	for before := int64(0); len(open) > 0; {
		sets, err := st.EntityLog(ctx, id, before, page)
		if err != nil {
			return nil, err
		}
		for i := range sets {
			for _, c := range sets[i].Changes {
				if c.Attr != "" && !open[c.Attr] {
					continue
				}
				if !byImport(&sets[i]) && c.Attr != "" {
					theirs[c.Attr] = true
				}
				delete(open, c.Attr)
			}
			before = sets[i].Seq
		}
		if len(sets) < page {
			break
		}
	}
	return theirs, nil
}

// attrName is what people call an attribute of an idea.
func (m *importMatcher) attrName(attr string) string {
	for _, f := range m.plan.fields {
		if string(f.Ref()) == attr {
			return f.Name
		}
	}
	names := map[string]string{
		"title": "Title", "description": "Description", "archived": "Archived", "createdAt": "Created at", "createdBy": "Created by",
		string(cairn.RefType): "Type", string(cairn.RefParent): "Parent",
	}
	return names[attr]
}
