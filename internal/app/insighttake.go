package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
	"cairn/internal/store"
)

// insightTaker takes over the rows of a table of insights.
type insightTaker struct {
	app     *App
	by      Caller
	project cairn.ID
	file    *insightFile
	out     *InsightsImported
}

// known are the customers that rows name.
type known struct {
	byEmail   map[string]cairn.ID
	companies map[string]cairn.ID
	// people by name: those without an address among them too. A name that several
	// have is nobody's.
	people map[string]cairn.ID
}

func (k *known) person(s *saidRow) cairn.ID {
	if s.email != "" {
		return k.byEmail[strings.ToLower(s.email)]
	}
	return k.people[fold.String(s.person)]
}

func (k *known) add(c cairn.Customer) {
	if c.Type == cairn.CustomerCompany {
		k.companies[strings.ToLower(c.Name)] = c.ID
		return
	}
	if c.Email != "" {
		k.byEmail[strings.ToLower(c.Email)] = c.ID
	}
	name := fold.String(c.Name)
	if other, taken := k.people[name]; taken && other != c.ID {
		k.people[name] = 0
		return
	}
	k.people[name] = c.ID
}

// customers finds who said what, and adds those that are not there.
func (w *insightTaker) customers(ctx context.Context, said []saidRow, end error) (*known, error) {
	k := &known{}
	skipped, problems := w.out.Skipped, w.out.Problems
	err := w.kept(ctx, 0, end, func(tx store.Tx) error {
		*k = known{byEmail: map[string]cairn.ID{}, companies: map[string]cairn.ID{}, people: map[string]cairn.ID{}}
		w.out.Customers, w.out.Skipped, w.out.Problems = 0, skipped, problems // it may run again
		for _, c := range w.app.evidence.allCustomers() {
			k.add(c)
		}
		for i := range said {
			if err := w.meet(tx, k, &said[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return k, err
}

// meet adds the company and the person of a row if they are not there.
func (w *insightTaker) meet(tx store.Tx, k *known, s *saidRow) error {
	company := k.companies[strings.ToLower(s.company)]
	if s.company != "" && company == 0 {
		id, err := w.create(tx, cairn.Customer{Type: cairn.CustomerCompany, Name: s.company})
		if err != nil {
			return w.unknown(s, err)
		}
		k.companies[strings.ToLower(s.company)], company = id, id
	}
	if s.person == "" && s.email == "" || k.person(s) != 0 {
		return nil
	}
	if _, several := k.people[fold.String(s.person)]; several && s.email == "" {
		return nil // of two people with that name nobody says which is meant
	}
	c := cairn.Customer{Type: cairn.CustomerPerson, Name: s.person, Email: s.email, Company: company}
	if c.Name == "" {
		c.Name, _, _ = strings.Cut(s.email, "@")
	}
	id, err := w.create(tx, c)
	if err != nil {
		return w.unknown(s, err)
	}
	c.ID = id
	k.add(c)
	return nil
}

// unknown leaves a row without the customer that cannot be one.
func (w *insightTaker) unknown(s *saidRow, err error) error {
	switch cairn.CodeOf(err) {
	case cairn.CodeInvalid, cairn.CodeConflict:
		w.problem(s.line, err)
		s.insight.Title = "" // left out
		return nil
	}
	return err
}

func (w *insightTaker) create(tx store.Tx, c cairn.Customer) (cairn.ID, error) {
	if err := c.Validate(); err != nil {
		return 0, err
	}
	if err := w.app.checkCustomer(tx, &c); err != nil {
		return 0, err
	}
	c.CreatedAt = tx.Now()
	e, err := c.Entity()
	if err != nil {
		return 0, err
	}
	w.out.Customers++
	return tx.Create(e)
}

// write records the insights in one change set.
func (w *insightTaker) write(ctx context.Context, said []saidRow, k *known, end error) error {
	return w.kept(ctx, w.project, end, func(tx store.Tx) error {
		w.out.Created, w.out.Updated, w.out.Unchanged, w.out.Links = 0, 0, 0, 0
		names := make([]string, 0, len(said))
		for i := range said {
			names = append(names, said[i].insight.SourceID)
		}
		if err := tx.Prefetch(cairn.SourceKey(w.project, cairn.KindInsight, "table", "").Scope, names); err != nil {
			return err
		}
		for i := range said {
			if said[i].insight.Title == "" {
				continue
			}
			if err := w.record(tx, k, &said[i], end != nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// record adds the insight of a row, or brings the one of an earlier import in
// step. Customers who were only tried have no values to be noted.
func (w *insightTaker) record(tx store.Tx, k *known, s *saidRow, tried bool) error {
	i := s.insight
	i.Person, i.Company = k.person(s), k.companies[strings.ToLower(s.company)]
	id, err := tx.Lookup(cairn.SourceKey(w.project, cairn.KindInsight, i.Source, i.SourceID))
	if err != nil {
		return err
	}
	if id != 0 {
		return w.update(tx, id, s, i)
	}
	if tried {
		w.out.Created++
		w.out.Links += len(s.ideas)
		return nil
	}
	if err := w.app.prepareInsight(w.by, w.project, &i); err != nil {
		return err
	}
	i.CreatedAt, i.UpdatedAt = tx.Now(), tx.Now()
	e, err := i.Entity()
	if err != nil {
		return err
	}
	if id, err = tx.Create(e); err != nil {
		return err
	}
	w.out.Created++
	return w.link(tx, id, s)
}

// link makes the insight evidence of the ideas that the row names.
func (w *insightTaker) link(tx store.Tx, insight cairn.ID, s *saidRow) error {
	for _, idea := range s.ideas {
		owner, err := tx.Lookup(cairn.EvidenceKey(idea, insight))
		if err != nil {
			return err
		}
		if owner != 0 {
			continue
		}
		if _, err := createEvidence(tx, w.by, cairn.Evidence{Project: w.project, Idea: idea, Insight: insight, CreatedBy: w.by.User, Seen: tx.Seq()}); err != nil {
			return err
		}
		w.out.Links++
	}
	return nil
}

// update takes over what the row says of an insight that is there; cells that are
// empty change nothing.
func (w *insightTaker) update(tx store.Tx, id cairn.ID, s *saidRow, row cairn.Insight) error {
	e, err := tx.Entity(id)
	if err != nil {
		return err
	}
	i, err := cairn.InsightOf(e)
	if err != nil {
		return err
	}
	person, company := i.Person, i.Company
	if !slices.Contains(s.to, ToTitle) && i.Title == firstLine(i.Note) {
		i.Title = row.Title // it is the beginning of the note
	}
	for _, to := range s.to {
		w.file.targets[to].take(&i, row)
	}
	if i.Person != person || i.Company != company {
		i.Recorded = w.app.evidence.recorded(i.Person, i.Company)
	}
	if err := i.Validate(); err != nil {
		return err
	}
	links := w.out.Links
	if err := w.link(tx, id, s); err != nil {
		return err
	}
	next, err := i.Entity()
	if err != nil {
		return err
	}
	if sameAttrs(e.Attrs, next.Attrs) && e.Text == next.Text {
		if w.out.Links > links {
			w.out.Updated++
		} else {
			w.out.Unchanged++
		}
		return nil
	}
	i.UpdatedAt = tx.Now()
	if next, err = i.Entity(); err != nil {
		return err
	}
	w.out.Updated++
	return tx.Put(next)
}
