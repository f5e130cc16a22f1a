package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

func (s *server) hygieneRoutes() []endpoint {
	const tag = "Hygiene"
	return []endpoint{
		route(op{id: "get-hygiene", method: get, path: "/projects/{project}/hygiene", tag: tag, about: "What rots in a project: by kind how much, and the first of it"}, s.getHygiene),
		route(op{id: "set-hygiene", method: put, path: "/projects/{project}/hygiene", tag: tag, status: 204, about: "Say how the project looks at what rots"}, s.setHygiene),
		route(op{id: "ignore-hygiene", method: put, path: "/projects/{project}/hygiene/{kind}/{target}/ignored", tag: tag, status: 204, about: "Say for some days that a finding is no problem"}, s.ignoreHygiene),
		route(op{id: "heed-hygiene", method: del, path: "/projects/{project}/hygiene/{kind}/{target}/ignored", tag: tag, status: 204, about: "Take back that a finding is no problem"}, s.heedHygiene),
	}
}

// HygieneSettings is how a project looks at what rots.
type HygieneSettings struct {
	Score  cairn.Ref           `json:"score,omitempty" doc:"The number that ideas are ranked by; none said: the first formula field"`
	Date   cairn.Ref           `json:"date,omitempty" doc:"When ideas are due; none said: the first interval, else the first date"`
	Closed []HygieneClosed     `json:"closed,omitempty" doc:"Options of ideas that are done or given up; absent: those whose names say so"`
	Months int                 `json:"months,omitempty" doc:"After how many months something is old; 0 is 6"`
	Days   int                 `json:"days,omitempty" doc:"After how many days an insight has waited for long; 0 is 14"`
	Off    []cairn.HygieneKind `json:"off,omitempty" doc:"Kinds that are not looked for"`
}

// HygieneClosed is an option of ideas that are done or given up.
type HygieneClosed struct {
	Field  cairn.Ref `json:"field"`
	Option cairn.ID  `json:"option"`
}

// HygieneFinding is everything of one kind.
type HygieneFinding struct {
	Kind    cairn.HygieneKind `json:"kind"`
	Total   int               `json:"total" doc:"Without those put aside"`
	Ignored int               `json:"ignored" doc:"Those put aside"`
	Filter  *cairn.Filter     `json:"filter,omitempty" doc:"Finds the same ideas in a view"`
	Items   []HygieneItem     `json:"items"`
}

// HygieneItem is one thing that rots.
type HygieneItem struct {
	Target  string        `json:"target" doc:"Names it among those of its kind"`
	Idea    *HygieneIdea  `json:"idea,omitempty"`
	Other   *HygieneIdea  `json:"other,omitempty" doc:"The idea that it may be one with"`
	Insight *HygieneTitle `json:"insight,omitempty"`
	Field   cairn.ID      `json:"field,omitempty"`
	Option  cairn.ID      `json:"option,omitempty"`
	Name    string        `json:"name,omitempty" doc:"Of the option or the field"`
	Since   string        `json:"since,omitempty" doc:"The day that it counts from"`
	Count   int           `json:"count,omitempty" doc:"Ideas that have the field, or insights that came since the score was set"`
	Missing []cairn.Ref   `json:"missing,omitempty" doc:"Inputs of the score that are not there"`
	Error   string        `json:"error,omitempty" doc:"Why there is no score although nothing is missing"`
	Words   []string      `json:"words,omitempty" doc:"What both ideas say"`
	Ignored *HygieneAside `json:"ignored,omitempty"`
}

// HygieneIdea is an idea that rots.
type HygieneIdea struct {
	ID    cairn.ID `json:"id"`
	Key   string   `json:"key"`
	Title string   `json:"title"`
}

// HygieneTitle is an insight that waits.
type HygieneTitle struct {
	ID    cairn.ID `json:"id"`
	Title string   `json:"title"`
}

// HygieneAside says why a finding is no problem.
type HygieneAside struct {
	By    cairn.ID `json:"by"`
	Until string   `json:"until" doc:"The day on which it comes back"`
	Why   string   `json:"why,omitempty"`
}

type getHygieneIn struct {
	ProjectIn
	Kind    string `query:"kind" doc:"Only this kind"`
	Offset  int    `query:"offset" minimum:"0"`
	Limit   int    `query:"limit" minimum:"0" maximum:"200" default:"5" doc:"Items of each kind"`
	Ignored bool   `query:"ignored" doc:"Those put aside instead of the others"`
}

type hygieneOut struct {
	Body struct {
		Settings HygieneSettings  `json:"settings" doc:"In force: what is said, and what follows from the fields"`
		Said     bool             `json:"said" doc:"Whether the project says anything itself"`
		Ideas    int              `json:"ideas" doc:"How many are looked at: neither archived nor closed"`
		Findings []HygieneFinding `json:"findings"`
		Looked   int              `json:"looked" doc:"Ideas compared in search of duplicates so far"`
		Of       int              `json:"of" doc:"Ideas to compare"`
	}
}

func (s *server) getHygiene(ctx context.Context, in *getHygieneIn) (*hygieneOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	found, err := s.app.Hygiene(ctx, by, p.ID, app.HygieneRequest{
		Kind: cairn.HygieneKind(in.Kind), Offset: in.Offset, Limit: in.Limit, Ignored: in.Ignored,
	})
	if err != nil {
		return nil, err
	}
	out := &hygieneOut{}
	set := found.Settings
	b := &out.Body
	b.Settings = HygieneSettings{Score: set.Score, Date: set.Date, Months: set.Months, Days: set.Days, Off: set.Off}
	for _, c := range set.Closed {
		b.Settings.Closed = append(b.Settings.Closed, HygieneClosed(c))
	}
	b.Said = p.Hygiene != nil
	b.Ideas, b.Looked, b.Of, b.Findings = found.Ideas, found.Looked, found.Of, []HygieneFinding{}
	for i := range found.Findings {
		b.Findings = append(b.Findings, hygieneFinding(&found.Findings[i]))
	}
	return out, nil
}

func hygieneFinding(f *app.HygieneFinding) HygieneFinding {
	out := HygieneFinding{Kind: f.Kind, Total: f.Total, Ignored: f.Ignored, Items: make([]HygieneItem, len(f.Items))}
	if !f.Filter.IsZero() {
		out.Filter = &f.Filter
	}
	for i := range f.Items {
		t := &f.Items[i]
		item := HygieneItem{
			Target: t.Target, Idea: (*HygieneIdea)(t.Idea), Other: (*HygieneIdea)(t.Other), Field: t.Field, Option: t.Option,
			Name: t.Name, Since: t.Since, Count: t.Count, Missing: t.Missing, Error: t.Error, Words: t.Words,
		}
		if t.Insight != nil {
			item.Insight = &HygieneTitle{t.Insight.ID, t.Insight.Title}
		}
		if t.Ignored != nil {
			item.Ignored = &HygieneAside{t.Ignored.By, t.Ignored.Until.Format("2006-01-02"), t.Ignored.Why}
		}
		out.Items[i] = item
	}
	return out
}

type setHygieneIn struct {
	ProjectIn
	Body HygieneSettings
}

func (s *server) setHygiene(ctx context.Context, in *setHygieneIn) (*none, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	b := in.Body
	set := cairn.Hygiene{Score: b.Score, Date: b.Date, Months: b.Months, Days: b.Days, Off: b.Off}
	if b.Closed != nil {
		set.Closed = []cairn.ClosedOption{}
	}
	for _, c := range b.Closed {
		set.Closed = append(set.Closed, cairn.ClosedOption(c))
	}
	return nil, s.app.SetHygiene(ctx, by, p.ID, set)
}

// HygieneTargetIn names a finding.
type HygieneTargetIn struct {
	ProjectIn
	Kind   string `path:"kind"`
	Target string `path:"target"`
}

type ignoreHygieneIn struct {
	HygieneTargetIn
	Body struct {
		Days int    `json:"days" minimum:"1" maximum:"365"`
		Why  string `json:"why,omitempty"`
	}
}

func (s *server) ignoreHygiene(ctx context.Context, in *ignoreHygieneIn) (*none, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.IgnoreHygiene(ctx, by, p.ID, app.HygieneAside{
		HygieneTarget: app.HygieneTarget{Kind: cairn.HygieneKind(in.Kind), Target: in.Target}, Days: in.Body.Days, Why: in.Body.Why,
	})
}

func (s *server) heedHygiene(ctx context.Context, in *HygieneTargetIn) (*none, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.HeedHygiene(ctx, by, p.ID, app.HygieneTarget{Kind: cairn.HygieneKind(in.Kind), Target: in.Target})
}
