package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

// Section is a section of the sidebar on the wire.
type Section struct {
	ID      cairn.ID `json:"id"`
	Version int64    `json:"version"`
	cairn.Section
}

func sectionOut(s cairn.Section) Section { return Section{s.ID, s.Version, s} }

type sectionOutput struct{ Body Section }

// Neighbour names what something is put next to: one of the two, or none for
// the end.
type Neighbour struct {
	After  cairn.ID `json:"after,omitempty"`
	Before cairn.ID `json:"before,omitempty"`
}

type createSectionIn struct {
	ProjectIn
	Body struct {
		Name   string   `json:"name"`
		Parent cairn.ID `json:"parent,omitempty" doc:"The section that it lies in"`
	}
}

func (s *server) createSection(ctx context.Context, in *createSectionIn) (*sectionOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	made, err := s.app.CreateSection(ctx, by, cairn.Section{Project: p.ID, Name: in.Body.Name, Parent: in.Body.Parent})
	if err != nil {
		return nil, err
	}
	return &sectionOutput{sectionOut(made)}, nil
}

// SectionIn is the path parameter that names a section.
type SectionIn struct {
	Section cairn.ID `path:"section" doc:"The section's id"`
}

type updateSectionIn struct {
	SectionIn
	Body struct {
		Name   *string   `json:"name,omitempty"`
		Parent *cairn.ID `json:"parent,omitempty" doc:"Put it at the end of another section; 0 is the sidebar"`
		Neighbour
	}
}

func (s *server) updateSection(ctx context.Context, in *updateSectionIn) (*sectionOutput, error) {
	b := in.Body
	changed, err := s.app.UpdateSection(ctx, callerOf(ctx), in.Section, app.SectionPatch{
		Name: b.Name, Parent: b.Parent, After: b.After, Before: b.Before,
	})
	if err != nil {
		return nil, err
	}
	return &sectionOutput{sectionOut(changed)}, nil
}

func (s *server) deleteSection(ctx context.Context, in *SectionIn) (*none, error) {
	return nil, s.app.DeleteSection(ctx, callerOf(ctx), in.Section)
}

type patchViewIn struct {
	ViewIn
	Body struct {
		Name        *string            `json:"name,omitempty"`
		Icon        *string            `json:"icon,omitempty"`
		Description *string            `json:"description,omitempty" doc:"Markdown"`
		Kind        *cairn.ViewKind    `json:"kind,omitempty"`
		Query       *cairn.Query       `json:"query,omitempty"`
		Columns     *[]cairn.Column    `json:"columns,omitempty"`
		Colors      *[]cairn.ColorRule `json:"colors,omitempty"`
		ColorBy     *cairn.ColorBy     `json:"colorBy,omitempty"`
		RowHeight   *string            `json:"rowHeight,omitempty"`
		Layout      *cairn.Layout      `json:"layout,omitempty"`
		Locked      *bool              `json:"locked,omitempty" doc:"Only project admins change a locked view"`
		Autosave    *bool              `json:"autosave,omitempty"`
		Section     *cairn.ID          `json:"section,omitempty" doc:"Put it at the end of a section; 0 is none"`
		Neighbour
		Version int64 `json:"version,omitempty" doc:"What you last saw; refused when somebody changed the same part since"`
	}
}

func (s *server) patchView(ctx context.Context, in *patchViewIn) (*viewOutput, error) {
	b := in.Body
	v, err := s.app.PatchView(ctx, callerOf(ctx), in.View, app.ViewPatch{
		Name: b.Name, Icon: b.Icon, Description: b.Description, Kind: b.Kind, Query: b.Query, Columns: b.Columns,
		Colors: b.Colors, ColorBy: b.ColorBy, RowHeight: b.RowHeight, Layout: b.Layout, Locked: b.Locked, Autosave: b.Autosave,
		Section: b.Section, After: b.After, Before: b.Before, Version: b.Version,
	})
	if err != nil {
		return nil, err
	}
	return &viewOutput{viewOut(v)}, nil
}

type keepFavoriteIn struct {
	ViewIn
	Body Neighbour
}

func (s *server) keepFavorite(ctx context.Context, in *keepFavoriteIn) (*none, error) {
	return nil, s.app.KeepFavorite(ctx, callerOf(ctx), in.View, app.Beside{After: in.Body.After, Before: in.Body.Before})
}

func (s *server) dropFavorite(ctx context.Context, in *ViewIn) (*none, error) {
	return nil, s.app.DropFavorite(ctx, callerOf(ctx), in.View)
}
