package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search"
)

// InsightInfo is an insight as one reader may see it.
type InsightInfo struct {
	cairn.Insight
	// Foreign: the reader knows it only by an idea that it is linked to; nothing
	// is told of its home and of the rest of its links.
	Foreign bool
	// May says whether the reader may edit it.
	May bool
	// Links are those that the reader may see.
	Links []EvidenceInfo
	// Parts were merged into it.
	Parts []cairn.Insight
	// Today are the values of who said it, as they are at the moment of the question.
	Today cairn.CustomerValues
	// Gone: of a moment of the past, and it was deleted since or the reader may no
	// longer see it. Only its day, importance and direction are told.
	Gone bool
	// Comments and Files count what is said about it and attached to it.
	Comments, Files int
}

// EvidenceInfo is a link of an insight with the idea at its end.
type EvidenceInfo struct {
	cairn.Evidence
	Idea LinkEnd
	// MayUnlink says whether the reader may take it away.
	MayUnlink bool
}

// readableInsight finds an insight for a reader, who reads its home or an idea
// that it is linked to. What was merged leads to its whole (EVD-24).
func (a *App) readableInsight(by Caller, id cairn.ID) (i cairn.Insight, foreign bool, err error) {
	id = a.evidence.wholeOf(id)
	i, ok := a.evidence.insight(id)
	if !ok {
		return i, false, cairn.NotFound("The insight")
	}
	if a.MayRead(by, i.Project) {
		return i, false, nil
	}
	for _, l := range a.evidence.linksOfInsight(id) {
		if a.MayRead(by, l.Project) {
			return i, true, nil
		}
	}
	if by.User == 0 && !by.System {
		return i, false, cairn.Errorf(cairn.CodeUnauthenticated, "Sign in first")
	}
	return cairn.Insight{}, false, cairn.NotFound("The insight")
}

// editableInsight finds an insight that the caller may change.
func (a *App) editableInsight(by Caller, id cairn.ID) (cairn.Insight, error) {
	i, foreign, err := a.readableInsight(by, id)
	if err != nil {
		return i, err
	}
	if foreign {
		return i, cairn.Forbidden("This insight belongs to a project that you cannot see; its people can edit it")
	}
	if i.ID != id {
		return i, cairn.Conflict("This insight was merged into “%s”; take it out first", i.Title)
	}
	_, err = a.mayBy(by, i.Project, cairn.EditInsight, i.CreatedBy)
	return i, err
}

// Insight returns one insight.
func (a *App) Insight(ctx context.Context, by Caller, id cairn.ID) (InsightInfo, error) {
	i, _, err := a.readableInsight(by, id)
	if err != nil {
		return InsightInfo{}, err
	}
	return a.insightInfo(ctx, by, i)
}

func (a *App) insightInfo(ctx context.Context, by Caller, i cairn.Insight) (InsightInfo, error) {
	out := InsightInfo{
		Insight: i, Foreign: !a.MayRead(by, i.Project), Links: []EvidenceInfo{}, Parts: a.evidence.partsOf(i.ID),
		Today: a.evidence.recorded(i.Person, i.Company),
	}
	if _, err := a.mayBy(by, i.Project, cairn.EditInsight, i.CreatedBy); err == nil {
		out.May = true
	}
	if err := a.insightTalk(ctx, &out); err != nil {
		return out, err
	}
	for _, l := range a.evidence.linksOfInsight(i.ID) {
		if !a.MayRead(by, l.Project) {
			continue
		}
		end, there, err := a.linkEnd(ctx, by, l.Project, l.Idea)
		if err != nil {
			return out, err
		}
		if there {
			_, err := a.mayBy(by, l.Project, cairn.UnlinkInsight, l.CreatedBy)
			out.Links = append(out.Links, EvidenceInfo{Evidence: l, Idea: end, MayUnlink: err == nil})
		}
	}
	out.hideHome()
	return out, nil
}

// hideHome takes out what is not told to who knows it only by an idea (EVD-3).
func (i *InsightInfo) hideHome() {
	if i.Foreign {
		i.Project, i.ParkedUntil, i.Dismissed = 0, "", ""
	}
}

// InsightFilter says which insights of a project are wanted.
type InsightFilter string

// The filters.
const (
	InsightsAll       InsightFilter = "all"
	InsightsInbox     InsightFilter = "inbox"     // to be triaged
	InsightsLinked    InsightFilter = "linked"    // belong to an idea
	InsightsParked    InsightFilter = "parked"    // come back later
	InsightsDismissed InsightFilter = "dismissed" // nothing is done with them
)

// InsightQuery asks for a window of the insights at home in a project.
type InsightQuery struct {
	Filter        InsightFilter
	Text          string
	Offset, Limit int
	// Only, when not empty, are the insights that are wanted, or what they are part of by
	// now; all others are counted only.
	Only []cairn.ID
}

// InsightPage is a window of a list, with how many there are by filter.
type InsightPage struct {
	Insights []InsightInfo
	Total    int
	Counts   map[InsightFilter]int
}

// triageStage says where in triage an insight stands.
func (a *App) triageStage(i cairn.Insight, links int) InsightFilter {
	day, parked := cairn.ParseDay(i.ParkedUntil)
	switch {
	case links > 0:
		return InsightsLinked
	case i.Dismissed != "":
		return InsightsDismissed
	case parked && day > a.today():
		return InsightsParked
	}
	return InsightsInbox
}

// Insights lists insights at home in a project, newest first; those that a text
// finds, best first.
func (a *App) Insights(ctx context.Context, by Caller, project cairn.ID, q InsightQuery) (InsightPage, error) {
	out := InsightPage{Insights: []InsightInfo{}, Counts: make(map[InsightFilter]int)}
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return out, err
	}
	found := a.evidence.inProject(project, func(i cairn.Insight, links int) bool {
		stage := a.triageStage(i, links)
		out.Counts[stage]++
		out.Counts[InsightsAll]++
		return q.Filter == "" || q.Filter == InsightsAll || q.Filter == stage
	})
	if text := strings.TrimSpace(q.Text); text != "" {
		found = a.evidence.matching(found, text)
	}
	out.Total = len(found)
	if len(q.Only) > 0 {
		only := make(map[cairn.ID]bool, len(q.Only))
		for _, id := range q.Only {
			only[a.evidence.wholeOf(id)] = true
		}
		found = slices.DeleteFunc(found, func(i cairn.Insight) bool { return !only[i.ID] })
	}
	low := min(max(q.Offset, 0), len(found))
	for _, i := range found[low:min(low+q.Limit, len(found))] {
		info, err := a.insightInfo(ctx, by, i)
		if err != nil {
			return out, err
		}
		out.Insights = append(out.Insights, info)
	}
	return out, nil
}

// matching keeps what a text finds, best first.
func (x *evidenceIndex) matching(list []cairn.Insight, text string) []cairn.Insight {
	in := make(map[cairn.ID]bool, len(list))
	for _, i := range list {
		in[i.ID] = true
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.wholes(found(x.texts.Query(text, search.Options{Filter: func(id cairn.ID) bool { return in[x.whole(id)] }})))
}

// IdeaInsights returns the insights of an idea, the most important first.
func (a *App) IdeaInsights(ctx context.Context, by Caller, idea cairn.ID) ([]InsightInfo, error) {
	if _, err := a.readableIdea(ctx, by, idea, cairn.ReadProject); err != nil {
		return nil, err
	}
	out := []InsightInfo{}
	seen := make(map[cairn.ID]bool)
	var links []cairn.Evidence
	for _, part := range a.withParts(ctx, idea) {
		links = append(links, a.evidence.linksOfIdea(part)...)
	}
	for _, l := range links {
		i, ok := a.evidence.insight(a.evidence.wholeOf(l.Insight))
		if !ok || seen[i.ID] {
			continue // its home was deleted, or a part of it or of the idea has it too
		}
		seen[i.ID] = true
		info, err := a.insightInfo(ctx, by, i)
		if err != nil {
			return nil, err
		}
		out = append(out, info)
	}
	sortInsights(out)
	return out, nil
}

// sortInsights sorts the insights of an idea (EVD-7).
func sortInsights(list []InsightInfo) {
	slices.SortStableFunc(list, func(x, y InsightInfo) int {
		if x.Importance != y.Importance {
			return y.Importance - x.Importance
		}
		return strings.Compare(y.On, x.On)
	})
}

// InsightCustomers returns the names of who said an insight.
func (a *App) InsightCustomers(i cairn.Insight) (person, company string) {
	p, _ := a.evidence.customer(i.Person)
	c, _ := a.evidence.customer(i.Company)
	return p.Name, c.Name
}
