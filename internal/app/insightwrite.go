package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// NewInsight is what an insight starts from.
type NewInsight struct {
	cairn.Insight
	// Links are the ideas it belongs to from the start.
	Links []NewEvidence
	// Files are attached from the start; their contents are stored.
	Files []cairn.File
}

// NewEvidence links an insight to an idea.
type NewEvidence struct {
	Idea  cairn.ID
	Quote string
}

// AddInsight records an insight in a project and links it to ideas. Links into
// other projects are change sets of their own, of the same group.
func (a *App) AddInsight(ctx context.Context, by Caller, project cairn.ID, in NewInsight) (InsightInfo, error) {
	made, err := a.AddInsights(ctx, by, project, []NewInsight{in})
	if err != nil {
		return InsightInfo{}, err
	}
	return a.Insight(ctx, by, made[0])
}

// MaxInsightsAtOnce is how many insights one step adds.
const MaxInsightsAtOnce = 20_000

// AddInsights records many insights in one step.
func (a *App) AddInsights(ctx context.Context, by Caller, project cairn.ID, list []NewInsight) ([]cairn.ID, error) {
	if _, err := a.mayIn(by, project, cairn.AddInsight); err != nil {
		return nil, err
	}
	if len(list) == 0 || len(list) > MaxInsightsAtOnce {
		return nil, cairn.Invalid("insights", "One step adds 1 to %d insights, not %d", MaxInsightsAtOnce, len(list))
	}
	by.Group = a.grouped(by.Group)
	elsewhere := make(map[cairn.ID][]cairn.Evidence) // by project
	home := make([][]cairn.Evidence, len(list))
	for n := range list {
		i := &list[n].Insight
		if err := a.prepareInsight(by, project, i); err != nil {
			return nil, err
		}
		for _, l := range list[n].Links {
			link, err := a.newEvidence(ctx, by, l)
			if err != nil {
				return nil, err
			}
			home[n] = append(home[n], link)
		}
	}
	ids := make([]cairn.ID, 0, len(list))
	_, err := a.write(ctx, by, project, func(tx store.Tx) error {
		ids, elsewhere = ids[:0], make(map[cairn.ID][]cairn.Evidence)
		for n := range list {
			i := list[n].Insight
			i.CreatedAt, i.UpdatedAt, i.CreatedBy = tx.Now(), tx.Now(), by.User
			e, err := i.Entity()
			if err != nil {
				return err
			}
			id, err := tx.Create(e)
			if err != nil {
				return err
			}
			ids = append(ids, id)
			for _, f := range list[n].Files {
				f.Project, f.Parent, f.On, f.Author = project, id, cairn.KindInsight, by.User
				if err := createFile(tx, &f); err != nil {
					return err
				}
			}
			for _, l := range home[n] {
				l.Insight, l.Seen = id, tx.Seq()
				if l.Project != project {
					elsewhere[l.Project] = append(elsewhere[l.Project], l)
					continue
				}
				if _, err := createEvidence(tx, by, l); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for other, links := range elsewhere {
		if _, err := a.write(ctx, by, other, func(tx store.Tx) error {
			for _, l := range links {
				if _, err := createEvidence(tx, by, l); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// grouped is the group of a write that may take several change sets.
func (a *App) grouped(group string) string {
	if group != "" {
		return group
	}
	return newGroup()
}

// prepareInsight fills in what follows from the rest and validates.
func (a *App) prepareInsight(by Caller, project cairn.ID, i *cairn.Insight) error {
	i.Project = project
	if i.On == "" {
		i.On = a.today().String()
	}
	if strings.TrimSpace(i.Title) == "" {
		i.Title = firstLine(i.Note)
	}
	i.Dismissed = strings.TrimSpace(i.Dismissed)
	if err := a.nameCustomers(by, i); err != nil {
		return err
	}
	return i.Validate()
}

// nameCustomers checks who said it, and notes the values they have now.
func (a *App) nameCustomers(by Caller, i *cairn.Insight) error {
	if i.Person == 0 && i.Company == 0 {
		i.Recorded = nil
		return nil
	}
	if err := a.may(by, cairn.SeeCustomers); err != nil {
		return err
	}
	if i.Person != 0 {
		c, ok := a.evidence.customer(i.Person)
		if !ok || c.Type != cairn.CustomerPerson {
			return cairn.Invalid("person", "There is no person with the id %d among the customers", i.Person)
		}
		if i.Company == 0 {
			i.Company = c.Company
		}
	}
	if c, ok := a.evidence.customer(i.Company); i.Company != 0 && (!ok || c.Type != cairn.CustomerCompany) {
		return cairn.Invalid("company", "There is no company with the id %d among the customers", i.Company)
	}
	i.Recorded = a.evidence.recorded(i.Person, i.Company)
	return nil
}

// firstLine is a title for an insight that has only a note: its first line,
// cut at a word.
func firstLine(note string) string {
	const most = 120
	line, _, _ := strings.Cut(strings.TrimSpace(note), "\n")
	line = strings.TrimLeft(line, "#>*- \t")
	runes := []rune(strings.Join(strings.Fields(line), " "))
	if len(runes) <= most {
		return string(runes)
	}
	cut := most
	for cut > most/2 && runes[cut] != ' ' {
		cut--
	}
	return string(runes[:cut]) + "…"
}

// InsightPatch changes what is not nil.
type InsightPatch struct {
	Title, Note, URL, Page, Icon, On *string
	Person, Company                  *cairn.ID
	Importance                       *int
	Direction                        *cairn.Direction
	Reliability                      *cairn.Reliability
	Labels                           *[]string
	ParkedUntil, Dismissed           *string
	// Version, when not 0, is what the caller last saw.
	Version int64
}

// UpdateInsight changes an insight. Its customers' values are noted anew only
// when others are named.
func (a *App) UpdateInsight(ctx context.Context, by Caller, id cairn.ID, in InsightPatch) (InsightInfo, error) {
	i, err := a.editableInsight(by, id)
	if err != nil {
		return InsightInfo{}, err
	}
	by.Group = a.grouped(by.Group)
	set, err := a.write(ctx, by, i.Project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := checkVersion(e, in.Version); err != nil {
			return err
		}
		if i, err = cairn.InsightOf(e); err != nil {
			return err
		}
		if err := a.patchInsight(by, &i, in); err != nil {
			return err
		}
		next, err := i.Entity()
		if err != nil || (sameAttrs(e.Attrs, next.Attrs) && e.Text == next.Text) {
			return err
		}
		i.UpdatedAt = tx.Now()
		if next, err = i.Entity(); err != nil {
			return err
		}
		return tx.Put(next)
	})
	if err != nil {
		return InsightInfo{}, err
	}
	if set.Seq != 0 {
		if err := a.spreadInsight(ctx, by, i); err != nil {
			return InsightInfo{}, err
		}
	}
	return a.Insight(ctx, by, id)
}

func (a *App) patchInsight(by Caller, i *cairn.Insight, in InsightPatch) error {
	set(&i.Title, in.Title)
	set(&i.Note, in.Note)
	set(&i.URL, in.URL)
	set(&i.Page, in.Page)
	set(&i.Icon, in.Icon)
	set(&i.On, in.On)
	set(&i.Importance, in.Importance)
	set(&i.Direction, in.Direction)
	set(&i.Reliability, in.Reliability)
	set(&i.Labels, in.Labels)
	set(&i.ParkedUntil, in.ParkedUntil)
	if in.Dismissed != nil {
		i.Dismissed = strings.TrimSpace(*in.Dismissed)
	}
	person, company := i.Person, i.Company
	set(&i.Person, in.Person)
	set(&i.Company, in.Company)
	if i.Person != person || i.Company != company {
		if in.Person != nil && in.Company == nil && *in.Person != 0 {
			i.Company = 0 // that of the new person
		}
		if err := a.nameCustomers(by, i); err != nil {
			return err
		}
	}
	return i.Validate()
}

// spreadInsight lets the readers of other projects hear that an insight of
// their ideas changed.
func (a *App) spreadInsight(ctx context.Context, by Caller, i cairn.Insight) error {
	others := make(map[cairn.ID][]cairn.Evidence)
	for _, l := range a.evidence.everyLink(i.ID) {
		if l.Project != i.Project {
			others[l.Project] = append(others[l.Project], l)
		}
	}
	for project, links := range others {
		if _, err := a.write(ctx, by, project, func(tx store.Tx) error {
			for _, l := range links {
				if err := retell(tx, l.ID); err != nil && cairn.CodeOf(err) != cairn.CodeNotFound {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// retell lets the readers of a link's project hear of its insight once more. It
// says nothing by itself: there is nothing of it to undo.
func retell(tx store.Tx, link cairn.ID) error {
	e, err := tx.Entity(link)
	if err != nil {
		return err
	}
	e.Attrs = cloneAttrs(e.Attrs)
	e.Attrs.Set("seen", rawID(cairn.ID(tx.Seq())))
	return tx.Put(e)
}

// DeleteInsight removes an insight with what was merged into it and the links of
// all, wherever they are; undo brings all of it back. The caller may edit each.
func (a *App) DeleteInsight(ctx context.Context, by Caller, id cairn.ID) error {
	i, err := a.editableInsight(by, id)
	if err != nil {
		return err
	}
	parts := a.evidence.partsOf(id)
	for _, part := range parts {
		if _, err := a.mayBy(by, part.Project, cairn.EditInsight, part.CreatedBy); err != nil {
			return err
		}
	}
	by.Group = a.grouped(by.Group)
	links := a.evidence.everyLink(id)
	projects := []cairn.ID{}
	for _, l := range links {
		if l.Project != i.Project && !slices.Contains(projects, l.Project) {
			projects = append(projects, l.Project)
		}
	}
	for _, project := range append(projects, i.Project) { // the insight itself last
		if _, err := a.write(ctx, by, project, func(tx store.Tx) error {
			for _, l := range links {
				if l.Project != project {
					continue
				}
				if err := deleteEvidence(tx, by, l); err != nil {
					return err
				}
			}
			if project != i.Project {
				return nil
			}
			for _, part := range parts {
				if err := deleteInsight(tx, project, part.ID); err != nil {
					return err
				}
			}
			return deleteInsight(tx, project, id)
		}); err != nil {
			return err
		}
	}
	return nil
}

// deleteInsight deletes an insight with what was said about it and its files; its
// links are for the caller.
func deleteInsight(tx store.Tx, project, id cairn.ID) error {
	if err := dropInside(tx, project, id, cairn.KindComment, cairn.KindFile); err != nil {
		return err
	}
	return tx.Delete(id)
}

// MayAddInsights reports why the caller may not record insights in a project;
// nil when they may.
func (a *App) MayAddInsights(by Caller, project cairn.ID) error {
	_, err := a.mayIn(by, project, cairn.AddInsight)
	return err
}
