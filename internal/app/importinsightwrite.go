package app

import (
	"context"
	"maps"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// insightMatcher compares the insights of a file with those of a project.
type insightMatcher struct {
	app     *App
	plan    *insightPlan
	project cairn.ID
	// have are the insights that earlier imports made, by their id in the source.
	have map[string]cairn.ID
}

// insightStep is what becomes of one row.
type insightStep struct {
	draft *insightDraft
	// id of the insight that is there, 0 to make one, and its version when it was
	// compared.
	id      cairn.ID
	version int64
	// attrs differ from the file and are the last import's to change.
	attrs []string
	// links are ideas that the insight does not belong to yet.
	links []cairn.ID
}

func (s *insightStep) outcome() importOutcome {
	return importOutcome{created: s.id == 0, unchanged: s.id != 0 && len(s.attrs)+len(s.links) == 0, links: len(s.links)}
}

// meet takes over the customers, and the insights that came in tables before.
func (p *insightPlan) meet(ctx context.Context, a *App, project cairn.ID) (importMatching, error) {
	p.book.load(a.evidence.allCustomers())
	m := &insightMatcher{app: a, plan: p, project: project, have: make(map[string]cairn.ID)}
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindInsight}, Project: project}, func(e cairn.Entity) error {
		if id := e.Attrs.Text("sourceId"); id != "" && e.Attrs.Text("source") == insightSource {
			m.have[id] = e.ID
		}
		return nil
	})
	return m, err
}

func (m *insightMatcher) match(ctx context.Context, in drafted) (stepped, error) {
	d := in.(*insightDraft) // made by the plan
	s := &insightStep{draft: d, id: m.have[d.sourceID]}
	if s.id == 0 {
		s.links = d.ideas
		return s, nil
	}
	e, err := m.app.store.Entity(ctx, s.id)
	if cairn.CodeOf(err) == cairn.CodeNotFound { // deleted since the import began
		delete(m.have, d.sourceID)
		return m.match(ctx, in)
	}
	if err != nil {
		return nil, err
	}
	s.version = e.Version
	was, err := cairn.InsightOf(e)
	if err != nil || was.MergedInto != 0 { // EVD-24: a part stays as it is
		return s, err
	}
	for _, idea := range d.ideas {
		if !slices.ContainsFunc(m.app.evidence.linksOfInsight(s.id), func(l cairn.Evidence) bool { return l.Idea == idea }) {
			s.links = append(s.links, idea)
		}
	}
	attrs, err := d.differing(e, was)
	if err != nil {
		return nil, err
	}
	theirs, err := changedSince(ctx, m.app.store, s.id, attrs)
	s.attrs = d.own(attrs, theirs, m.attrName)
	return s, err
}

// differing names the attributes in which the row and the stored insight differ.
// Cells that are empty change nothing.
func (d *insightDraft) differing(e cairn.Entity, was cairn.Insight) ([]string, error) {
	now := was
	row := d.row()
	for _, t := range d.targets(was) {
		if t.take != nil {
			t.take(&now, &row)
		}
	}
	next, err := now.Entity()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, t := range d.targets(was) {
		differs := t.attr == "note" && next.Text != e.Text
		switch t.attr {
		case "", "note":
		case "person":
			differs = d.who != nil && d.who.ID != was.Person
		case "company":
			differs = d.firm != nil && d.firm.ID != was.Company
		default:
			differs = !sameRaw(e.Attrs[t.attr], next.Attrs[t.attr])
		}
		if differs && !slices.Contains(out, t.attr) {
			out = append(out, t.attr)
		}
	}
	for ref, v := range d.values {
		if !sameRaw(was.Recorded[ref], v) && !slices.Contains(out, "recorded") {
			out = append(out, "recorded")
		}
	}
	return out, nil
}

// targets are those that the row fills; the title among them where it follows
// from the note.
func (d *insightDraft) targets(was cairn.Insight) []*insightTarget {
	out := d.fills
	if !slices.ContainsFunc(out, func(t *insightTarget) bool { return t.attr == "title" }) && was.Title == firstLine(was.Note) {
		titles := insightTargets()[:1]
		out = append(slices.Clip(out), &titles[0])
	}
	return out
}

// row is the insight with the customers who are known by now.
func (d *insightDraft) row() cairn.Insight {
	i := d.insight
	if d.who != nil {
		i.Person = d.who.ID
	}
	if d.firm != nil {
		i.Company = d.firm.ID
	}
	return i
}

// attrName is what people call an attribute: the column that it comes from.
func (m *insightMatcher) attrName(attr string) string {
	for i, c := range m.plan.columns {
		if c.target != nil && c.target.attr == attr || attr == "recorded" && c.field != nil {
			return m.plan.survey.Columns[i].Name
		}
	}
	return attr
}

func (m *insightMatcher) ahead(ctx context.Context, j *importJob, b *importBatchOf) error {
	return j.addCustomers(ctx, b)
}

func (m *insightMatcher) rest(context.Context, *importTally, *importJob) error { return nil }

// write writes one batch.
func (m *insightMatcher) write(tx store.Tx, j *importJob, in importWriting) error {
	var names []string
	for _, s := range in.steps {
		if s := s.(*insightStep); s.id == 0 {
			names = append(names, s.draft.sourceID)
		}
	}
	if err := tx.Prefetch(cairn.SourceKey(m.project, cairn.KindInsight, insightSource, "").Scope, names); err != nil {
		return err
	}
	for _, s := range in.steps {
		if err := m.step(tx, j.by, s.(*insightStep)); err != nil { // made by match
			return err
		}
	}
	return nil
}

func (m *insightMatcher) step(tx store.Tx, by Caller, s *insightStep) error {
	id, err := s.id, error(nil)
	if id == 0 {
		id, err = m.create(tx, by, s.draft)
	} else if len(s.attrs) > 0 {
		err = m.update(tx, s)
	}
	for _, idea := range s.links {
		if err != nil {
			return err
		}
		_, err = createEvidence(tx, by, cairn.Evidence{Project: m.project, Idea: idea, Insight: id, CreatedBy: by.User, Seen: tx.Seq()})
		switch cairn.CodeOf(err) { // linked or deleted since the comparison
		case cairn.CodeConflict, cairn.CodeNotFound:
			err = nil
		}
	}
	return err
}

func (m *insightMatcher) create(tx store.Tx, by Caller, d *insightDraft) (cairn.ID, error) {
	i := d.row()
	if err := m.app.prepareInsight(by, m.project, &i); err != nil {
		return 0, err
	}
	i.Recorded = d.recorded(i.Recorded)
	i.CreatedAt, i.UpdatedAt = tx.Now(), tx.Now()
	e, err := i.Entity()
	if err != nil {
		return 0, err
	}
	id, err := tx.Create(e)
	m.have[d.sourceID] = id
	return id, err
}

// recorded puts what the row says of its customers over what is known of them.
func (d *insightDraft) recorded(known cairn.CustomerValues) cairn.CustomerValues {
	if len(d.values) == 0 {
		return known
	}
	out := maps.Clone(d.values)
	for ref, v := range known {
		if _, said := out[ref]; !said {
			out[ref] = v
		}
	}
	return out
}

// update takes over what the row says of an insight that is there.
func (m *insightMatcher) update(tx store.Tx, s *insightStep) error {
	e, err := tx.Entity(s.id)
	if cairn.CodeOf(err) == cairn.CodeNotFound || err == nil && e.Version != s.version {
		return nil // somebody was here since the comparison: theirs stays
	}
	if err != nil {
		return err
	}
	i, err := cairn.InsightOf(e)
	if err != nil {
		return err
	}
	row := s.draft.row()
	person, company := i.Person, i.Company
	for _, t := range s.draft.targets(i) {
		if t.take != nil && slices.Contains(s.attrs, t.attr) {
			t.take(&i, &row)
		}
	}
	if i.Person != person || i.Company != company {
		i.Recorded = m.app.evidence.recorded(i.Person, i.Company)
	}
	if slices.Contains(s.attrs, "recorded") {
		i.Recorded = s.draft.recorded(i.Recorded)
	}
	if err := i.Validate(); err != nil {
		return err
	}
	i.UpdatedAt = tx.Now()
	if e, err = i.Entity(); err != nil {
		return err
	}
	return tx.Put(e)
}
