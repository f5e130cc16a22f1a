package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) insightRoutes() []endpoint {
	const tag = "Insights"
	return []endpoint{
		route(op{id: "list-insights", method: get, path: "/projects/{project}/insights", tag: tag, about: "Insights at home in a project, newest first: all, or those at one point of triage"}, s.listInsights),
		route(op{id: "add-insight", method: post, path: "/projects/{project}/insights", tag: tag, status: 201, about: "Record an insight, linked to ideas or to none yet"}, s.addInsight),
		route(op{id: "add-insights", method: post, path: "/projects/{project}/insights/bulk", tag: tag, status: 201, about: "Record many insights in one step, all or none"}, s.addInsights),
		route(op{id: "page-info", method: post, path: "/projects/{project}/page-info", tag: tag, about: "Ask a page on the public internet for its title and icon, as the source of an insight"}, s.pageInfo),
		route(op{id: "list-idea-insights", method: get, path: "/ideas/{idea}/insights", tag: tag, about: "The insights of an idea, the most important first; with `at`, as they were"}, s.listIdeaInsights),
		route(op{id: "get-insight", method: get, path: "/insights/{insight}", tag: tag, about: "An insight with the ideas it belongs to, as far as you may see them"}, s.getInsight),
		route(op{id: "update-insight", method: pat, path: "/insights/{insight}", tag: tag, about: "Change an insight, park it until a day, or dismiss it with a reason; what is left out stays"}, s.updateInsight),
		route(op{id: "delete-insight", method: del, path: "/insights/{insight}", tag: tag, status: 204, about: "Delete an insight and take it off its ideas; undo brings both back"}, s.deleteInsight),
		route(op{id: "link-insight", method: post, path: "/insights/{insight}/links", tag: tag, status: 201, about: "Make an insight evidence of an idea, also of another project"}, s.linkInsight),
		route(op{id: "quote-insight", method: pat, path: "/insight-links/{link}", tag: tag, about: "Change which part of an insight speaks of an idea"}, s.quoteInsight),
		route(op{id: "unlink-insight", method: del, path: "/insight-links/{link}", tag: tag, status: 204, about: "Take an insight off an idea"}, s.unlinkInsight),
		route(op{id: "merge-insight", method: put, path: "/insights/{insight}/parts/{part}", tag: tag, about: "Merge another insight of the same project into this one; it keeps its wording, links and files"}, s.mergeInsight),
		route(op{id: "take-out-insight", method: del, path: "/insights/{insight}/parts/{part}", tag: tag, about: "Make a merged insight one of its own again, exactly as it was"}, s.takeOutInsight),
		route(op{id: "suggest-ideas", method: get, path: "/insights/{insight}/suggestions", tag: tag, about: "Ideas that an insight may belong to, and insights that may say the same, with the words that speak for it"}, s.suggestIdeas),
	}
}

// Insight is an insight on the wire.
type Insight struct {
	ID          cairn.ID             `json:"id"`
	Version     int64                `json:"version"`
	Project     cairn.ID             `json:"project,omitempty" doc:"Its home; 0 when you know it only by an idea that it is linked to"`
	Title       string               `json:"title"`
	Note        string               `json:"note" doc:"Markdown"`
	URL         string               `json:"url,omitempty"`
	Page        string               `json:"page,omitempty" doc:"The title of that page"`
	Icon        string               `json:"icon,omitempty" doc:"The icon of that page as a data URL"`
	Person      cairn.ID             `json:"person,omitempty"`
	PersonName  string               `json:"personName,omitempty"`
	Company     cairn.ID             `json:"company,omitempty"`
	CompanyName string               `json:"companyName,omitempty"`
	On          string               `json:"on" doc:"The day it was said"`
	Importance  int                  `json:"importance"`
	Direction   cairn.Direction      `json:"direction" enum:",against" doc:"Empty supports"`
	Reliability cairn.Reliability    `json:"reliability" enum:",low,medium,high"`
	Labels      []string             `json:"labels"`
	Recorded    cairn.CustomerValues `json:"recorded,omitempty" doc:"Values of the customers as they were when they were named"`
	Today       cairn.CustomerValues `json:"today,omitempty" doc:"Values of the customers as they are"`
	ParkedUntil string               `json:"parkedUntil,omitempty"`
	Dismissed   string               `json:"dismissed,omitempty" doc:"Why nothing is done with it"`
	CreatedAt   time.Time            `json:"createdAt"`
	CreatedBy   cairn.ID             `json:"createdBy,omitempty"`
	UpdatedAt   time.Time            `json:"updatedAt"`
	Source      string               `json:"source,omitempty"`
	May         bool                 `json:"may" doc:"You may edit it"`
	Links       []InsightLink        `json:"links"`
	Comments    int                  `json:"comments,omitempty" doc:"How many there are"`
	Files       int                  `json:"files,omitempty" doc:"How many are attached"`
	Parts       []InsightPart        `json:"parts,omitempty" doc:"What was merged into it, as it was worded"`
	Gone        bool                 `json:"gone,omitempty" doc:"Of the past only: it was deleted since, or you may not see it any more; of it only the day, importance and direction are told"`
}

// InsightPart is an insight that was merged into another.
type InsightPart struct {
	ID          cairn.ID  `json:"id"`
	Title       string    `json:"title"`
	Note        string    `json:"note"`
	URL         string    `json:"url,omitempty"`
	Page        string    `json:"page,omitempty"`
	Icon        string    `json:"icon,omitempty"`
	Person      cairn.ID  `json:"person,omitempty"`
	PersonName  string    `json:"personName,omitempty"`
	Company     cairn.ID  `json:"company,omitempty"`
	CompanyName string    `json:"companyName,omitempty"`
	On          string    `json:"on"`
	CreatedAt   time.Time `json:"createdAt"`
}

// InsightLink is an idea that an insight belongs to.
type InsightLink struct {
	ID        cairn.ID  `json:"id"`
	Idea      LinkEnd   `json:"idea"`
	Quote     string    `json:"quote,omitempty" doc:"The part that speaks of this idea"`
	CreatedAt time.Time `json:"createdAt"`
	CreatedBy cairn.ID  `json:"createdBy,omitempty"`
	May       bool      `json:"may" doc:"You may take it away"`
}

func (s *server) insightOut(i app.InsightInfo) Insight {
	person, company := s.app.InsightCustomers(i.Insight)
	out := Insight{
		ID: i.ID, Version: i.Version, Project: i.Project, Title: i.Title, Note: i.Note, URL: i.URL, Page: i.Page, Icon: i.Icon,
		Person: i.Person, PersonName: person, Company: i.Company, CompanyName: company, On: i.On, Importance: i.Importance,
		Direction: i.Direction, Reliability: i.Reliability, Labels: i.Labels, Recorded: i.Recorded, Today: i.Today,
		ParkedUntil: i.ParkedUntil, Dismissed: i.Dismissed, CreatedAt: i.CreatedAt, CreatedBy: i.CreatedBy, UpdatedAt: i.UpdatedAt,
		Source: i.Source, May: i.May, Links: []InsightLink{}, Comments: i.Comments, Files: i.Files, Gone: i.Gone,
	}
	if out.Labels == nil {
		out.Labels = []string{}
	}
	for _, l := range i.Links {
		out.Links = append(out.Links, InsightLink{l.ID, linkEndOut(l.Idea), l.Quote, l.CreatedAt, l.CreatedBy, l.MayUnlink})
	}
	for _, p := range i.Parts {
		person, company := s.app.InsightCustomers(p)
		out.Parts = append(out.Parts, InsightPart{p.ID, p.Title, p.Note, p.URL, p.Page, p.Icon, p.Person, person, p.Company, company, p.On, p.CreatedAt})
	}
	return out
}

func (s *server) insightsOut(list []app.InsightInfo) []Insight {
	out := make([]Insight, 0, len(list))
	for _, i := range list {
		out = append(out, s.insightOut(i))
	}
	return out
}

type insightOutput struct{ Body Insight }

func (s *server) insightAnswer(i app.InsightInfo, err error) (*insightOutput, error) {
	if err != nil {
		return nil, err
	}
	return &insightOutput{s.insightOut(i)}, nil
}

type listInsightsIn struct {
	ProjectIn
	Stage  app.InsightFilter `query:"stage" enum:"all,inbox,linked,parked,dismissed" default:"all" doc:"Where in triage"`
	Text   string            `query:"q" maxLength:"500" doc:"Words of title, note and labels"`
	Offset int               `query:"offset" minimum:"0"`
	Limit  int               `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Only   string            `query:"only" maxLength:"4000" doc:"Ids, separated by commas: these of those that match, or what they are part of by now, to bring a list in step"`
}

type insightPageOut struct {
	Body struct {
		Insights []Insight                 `json:"insights"`
		Total    int                       `json:"total" doc:"How many match, asked for or not"`
		Counts   map[app.InsightFilter]int `json:"counts" doc:"How many the project has at each point of triage"`
	}
}

func (s *server) listInsights(ctx context.Context, in *listInsightsIn) (*insightPageOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	only, err := ids("only", in.Only)
	if err != nil {
		return nil, err
	}
	page, err := s.app.Insights(ctx, by, p.ID, app.InsightQuery{Filter: in.Stage, Text: in.Text, Offset: in.Offset, Limit: in.Limit, Only: only})
	if err != nil {
		return nil, err
	}
	out := &insightPageOut{}
	out.Body.Insights, out.Body.Total, out.Body.Counts = s.insightsOut(page.Insights), page.Total, page.Counts
	return out, nil
}

// InsightInput is an insight to be recorded.
type InsightInput struct {
	Title       string            `json:"title,omitempty" doc:"Empty takes the first line of the note"`
	Note        string            `json:"note,omitempty" doc:"Markdown"`
	URL         string            `json:"url,omitempty"`
	Page        string            `json:"page,omitempty"`
	Icon        string            `json:"icon,omitempty"`
	Person      cairn.ID          `json:"person,omitempty" doc:"A customer; their company is taken from there unless one is given"`
	Company     cairn.ID          `json:"company,omitempty"`
	On          string            `json:"on,omitempty" doc:"The day it was said; empty is today"`
	Importance  int               `json:"importance,omitempty"`
	Direction   cairn.Direction   `json:"direction,omitempty" enum:",against"`
	Reliability cairn.Reliability `json:"reliability,omitempty" enum:",low,medium,high"`
	Labels      []string          `json:"labels,omitempty"`
	Ideas       []InsightIdea     `json:"ideas,omitempty" maxItems:"100" doc:"The ideas it belongs to"`
}

// InsightIdea names an idea that an insight belongs to.
type InsightIdea struct {
	Idea  string `json:"idea" doc:"The idea's key (INS-12) or id"`
	Quote string `json:"quote,omitempty" doc:"The part that speaks of this idea"`
}

func (s *server) newInsight(ctx context.Context, in InsightInput) (app.NewInsight, error) {
	out := app.NewInsight{Insight: cairn.Insight{
		Title: in.Title, Note: in.Note, URL: in.URL, Page: in.Page, Icon: in.Icon, Person: in.Person, Company: in.Company, On: in.On,
		Importance: in.Importance, Direction: in.Direction, Reliability: in.Reliability, Labels: in.Labels,
	}}
	for _, l := range in.Ideas {
		id, err := s.app.ResolveIdea(ctx, callerOf(ctx), l.Idea)
		if err != nil {
			return out, err
		}
		out.Links = append(out.Links, app.NewEvidence{Idea: id, Quote: l.Quote})
	}
	return out, nil
}

type addInsightIn struct {
	ProjectIn
	Body InsightInput
}

func (s *server) addInsight(ctx context.Context, in *addInsightIn) (*insightOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	n, err := s.newInsight(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	i, err := s.app.AddInsight(ctx, by, p.ID, n)
	return s.insightAnswer(i, err)
}

type addInsightsIn struct {
	ProjectIn
	Body struct {
		Insights []InsightInput `json:"insights" minItems:"1" maxItems:"20000"`
	}
}

type addedInsightsOut struct {
	Body struct {
		IDs []cairn.ID `json:"ids"`
	}
}

func (s *server) addInsights(ctx context.Context, in *addInsightsIn) (*addedInsightsOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	list := make([]app.NewInsight, len(in.Body.Insights))
	for n := range list {
		if list[n], err = s.newInsight(ctx, in.Body.Insights[n]); err != nil {
			return nil, err
		}
	}
	out := &addedInsightsOut{}
	out.Body.IDs, err = s.app.AddInsights(ctx, by, p.ID, list)
	return out, err
}

type ideaInsightsOut struct {
	Body struct {
		Insights []Insight `json:"insights"`
	}
}

func (s *server) listIdeaInsights(ctx context.Context, in *getIdeaIn) (*ideaInsightsOut, error) {
	list, err := s.ideaInsights(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &ideaInsightsOut{}
	out.Body.Insights = s.insightsOut(list)
	return out, nil
}

func (s *server) ideaInsights(ctx context.Context, in *getIdeaIn) ([]app.InsightInfo, error) {
	by := callerOf(ctx)
	at, err := s.parseMoment("at", in.At)
	if err != nil {
		return nil, err
	}
	if !at.IsZero() {
		return s.app.IdeaInsightsAt(ctx, by, in.Idea, at)
	}
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	return s.app.IdeaInsights(ctx, by, id)
}

// InsightIn is the path parameter that names an insight.
type InsightIn struct {
	Insight cairn.ID `path:"insight" doc:"The insight's id"`
}

func (in InsightIn) about() app.About { return app.About{Kind: cairn.KindInsight, ID: in.Insight} }

func (s *server) getInsight(ctx context.Context, in *InsightIn) (*insightOutput, error) {
	i, err := s.app.Insight(ctx, callerOf(ctx), in.Insight)
	return s.insightAnswer(i, err)
}

type updateInsightIn struct {
	InsightIn
	IfMatch
	Body struct {
		Title       *string            `json:"title,omitempty"`
		Note        *string            `json:"note,omitempty"`
		URL         *string            `json:"url,omitempty"`
		Page        *string            `json:"page,omitempty"`
		Icon        *string            `json:"icon,omitempty"`
		Person      *cairn.ID          `json:"person,omitempty" doc:"0 for nobody"`
		Company     *cairn.ID          `json:"company,omitempty" doc:"0 for none"`
		On          *string            `json:"on,omitempty"`
		Importance  *int               `json:"importance,omitempty"`
		Direction   *cairn.Direction   `json:"direction,omitempty" enum:",against"`
		Reliability *cairn.Reliability `json:"reliability,omitempty" enum:",low,medium,high"`
		Labels      *[]string          `json:"labels,omitempty"`
		ParkedUntil *string            `json:"parkedUntil,omitempty" doc:"A day; empty takes it back into the inbox"`
		Dismissed   *string            `json:"dismissed,omitempty" doc:"One line of why; empty takes it back into the inbox"`
		Version     int64              `json:"version,omitempty"`
	}
}

func (s *server) updateInsight(ctx context.Context, in *updateInsightIn) (*insightOutput, error) {
	b := in.Body
	version, err := in.version(b.Version)
	if err != nil {
		return nil, err
	}
	i, err := s.app.UpdateInsight(ctx, callerOf(ctx), in.Insight, app.InsightPatch{
		Title: b.Title, Note: b.Note, URL: b.URL, Page: b.Page, Icon: b.Icon, On: b.On, Person: b.Person, Company: b.Company,
		Importance: b.Importance, Direction: b.Direction, Reliability: b.Reliability, Labels: b.Labels,
		ParkedUntil: b.ParkedUntil, Dismissed: b.Dismissed, Version: version,
	})
	return s.insightAnswer(i, err)
}

func (s *server) deleteInsight(ctx context.Context, in *InsightIn) (*none, error) {
	return nil, s.app.DeleteInsight(ctx, callerOf(ctx), in.Insight)
}

type linkInsightIn struct {
	InsightIn
	Body InsightIdea
}

func (s *server) linkInsight(ctx context.Context, in *linkInsightIn) (*insightOutput, error) {
	by := callerOf(ctx)
	idea, err := s.app.ResolveIdea(ctx, by, in.Body.Idea)
	if err != nil {
		return nil, err
	}
	i, err := s.app.LinkInsight(ctx, by, in.Insight, app.NewEvidence{Idea: idea, Quote: in.Body.Quote})
	return s.insightAnswer(i, err)
}

// InsightLinkIn is the path parameter that names a link of an insight.
type InsightLinkIn struct {
	Link cairn.ID `path:"link" doc:"The link's id"`
}

type quoteInsightIn struct {
	InsightLinkIn
	Body struct {
		Quote string `json:"quote" doc:"Empty is the whole insight"`
	}
}

func (s *server) quoteInsight(ctx context.Context, in *quoteInsightIn) (*insightOutput, error) {
	i, err := s.app.QuoteEvidence(ctx, callerOf(ctx), in.Link, in.Body.Quote)
	return s.insightAnswer(i, err)
}

func (s *server) unlinkInsight(ctx context.Context, in *InsightLinkIn) (*none, error) {
	return nil, s.app.UnlinkInsight(ctx, callerOf(ctx), in.Link)
}

type insightPartIn struct {
	InsightIn
	Part cairn.ID `path:"part" doc:"The other insight's id"`
}

func (s *server) mergeInsight(ctx context.Context, in *insightPartIn) (*insightOutput, error) {
	i, err := s.app.MergeInsight(ctx, callerOf(ctx), in.Part, in.Insight)
	return s.insightAnswer(i, err)
}

func (s *server) takeOutInsight(ctx context.Context, in *insightPartIn) (*insightOutput, error) {
	i, err := s.app.TakeOutInsight(ctx, callerOf(ctx), in.Insight, in.Part)
	return s.insightAnswer(i, err)
}

// Suggestion is an idea that an insight may belong to.
type Suggestion struct {
	Idea  LinkEnd  `json:"idea"`
	Terms []string `json:"terms" doc:"The words that both have, as the idea writes them"`
}

// LikeInsight is an insight that may say the same as another.
type LikeInsight struct {
	ID          cairn.ID `json:"id"`
	Title       string   `json:"title"`
	PersonName  string   `json:"personName,omitempty"`
	CompanyName string   `json:"companyName,omitempty"`
	On          string   `json:"on"`
	Terms       []string `json:"terms" doc:"The words that both have, the weightiest first"`
}

type suggestionsOut struct {
	Body struct {
		Insights    []LikeInsight `json:"insights" doc:"Insights of the same project that may say the same"`
		Suggestions []Suggestion  `json:"suggestions" doc:"The likeliest first"`
	}
}

func (s *server) suggestIdeas(ctx context.Context, in *InsightIn) (*suggestionsOut, error) {
	by := callerOf(ctx)
	list, err := s.app.SuggestIdeas(ctx, by, in.Insight)
	if err != nil {
		return nil, err
	}
	alike, err := s.app.SuggestInsights(by, in.Insight)
	if err != nil {
		return nil, err
	}
	out := &suggestionsOut{}
	out.Body.Suggestions, out.Body.Insights = []Suggestion{}, []LikeInsight{}
	for _, i := range alike {
		person, company := s.app.InsightCustomers(i.Insight)
		out.Body.Insights = append(out.Body.Insights, LikeInsight{i.ID, i.Title, person, company, i.On, i.Terms})
	}
	for _, one := range list {
		out.Body.Suggestions = append(out.Body.Suggestions, Suggestion{linkEndOut(one.Idea), one.Terms})
	}
	return out, nil
}
