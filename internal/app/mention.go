package app

import (
	"context"
	"fmt"
	"strings"

	"cairn"
)

// MayMention reports whether a person sees a project, and so hears of what is
// said there.
func (a *App) MayMention(project, person cairn.ID) bool {
	p, ok := a.dir.Project(project)
	u, known := a.dir.User(person)
	return ok && known && a.sees(p, u)
}

func (a *App) sees(p cairn.Project, u cairn.User) bool {
	actor := cairn.Actor{User: u.ID, Admin: u.Admin}
	return cairn.EffectiveRole(actor, p.Access, a.dir.GivenRole(p.ID, u.ID)) >= cairn.RoleViewer
}

// mentionedIn is the text that mentions: its field, for refusals, and its project.
type mentionedIn struct {
	project cairn.Project
	field   string
}

// mentioning checks what a text newly mentions: the people must see the project
// (CONV-3), the ideas must be the caller's to read (CONV-4).
func (a *App) mentioning(ctx context.Context, by Caller, in mentionedIn, fresh cairn.Mentioned) error {
	if err := a.mentioningPeople(in.project, in.field, fresh.People); err != nil {
		return err
	}
	for _, id := range fresh.Ideas {
		if _, err := a.readableIdea(ctx, by, id, cairn.ReadProject); err != nil {
			return cairn.Invalid(in.field, "An idea that the text mentions was not found, or you have no access to it; take the mention out")
		}
	}
	return nil
}

func (a *App) mentioningPeople(p cairn.Project, field string, people []cairn.ID) error {
	var outside []cairn.Detail
	var names []string
	for _, id := range people {
		u, ok := a.dir.User(id)
		if !ok {
			return cairn.Invalid(field, "Somebody whom the text mentions is not in the workspace any more; take the mention out")
		}
		if !a.sees(p, u) {
			names = append(names, u.Name)
			outside = append(outside, cairn.Detail{
				Field: "person/" + id.String(), Message: u.Name + " has no access to the project " + p.Name,
			})
		}
	}
	if len(outside) == 0 {
		return nil
	}
	err := cairn.Invalid(field, "%s no access to this project and would not hear of it. Give access first, or take the mention out", whoHave(names))
	err.Details = append(err.Details, outside...)
	return err
}

// whoHave lists up to three names with the verb.
func whoHave(names []string) string {
	switch n := len(names); {
	case n == 1:
		return names[0] + " has"
	case n <= 3:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1] + " have"
	default:
		return fmt.Sprintf("%s and %d others have", strings.Join(names[:2], ", "), n-2)
	}
}

// linkKeys turns the keys of ideas that the caller may read into mentions.
func (a *App) linkKeys(ctx context.Context, by Caller, text string) string {
	return cairn.LinkKeys(text, func(key string) cairn.ID {
		id, err := a.ResolveIdea(ctx, by, key)
		if err != nil {
			return 0 // stays as it was written
		}
		return id
	})
}

// plainMentions writes the mentions of a text with the names of today, for
// readers outside.
func (a *App) plainMentions(text string) string {
	return cairn.PlainMentions(text, func(kind cairn.Kind, id cairn.ID) string {
		if kind == cairn.KindUser {
			return a.dir.Name(id)
		}
		return "" // its key as it was written
	})
}
