package app

import (
	"context"
	"strings"

	"cairn"
	"cairn/internal/demo"
	"cairn/internal/rank"
	"cairn/internal/store"
)

// DemoPassword opens every account of the sample product.
const DemoPassword = "tidewell demo"

// LoadDemo makes the sample product, its people and everything in it, unless it
// is there already. It returns the person to sign in as.
func (a *App) LoadDemo(ctx context.Context) (cairn.User, error) {
	d, err := demo.Data(a.today())
	if err != nil {
		return cairn.User{}, err
	}
	if _, exists := a.dir.ProjectByKey(d.Project.Key); exists {
		u, _ := a.dir.UserByEmail(d.People[0].Email)
		return u, nil
	}
	l := demoLoad{app: a, by: System("demo"), names: demo.Names{
		People: make(map[string]cairn.ID), Types: make(map[string]cairn.ID), Ideas: make(map[string]cairn.ID),
	}}
	for _, load := range []func(context.Context, *demo.Demo) error{l.people, l.project, l.types, l.fields, l.views, l.ideas, l.votes, l.voices} {
		if err := load(ctx, &d); err != nil {
			return cairn.User{}, err
		}
	}
	u, _ := a.dir.User(l.names.People[d.People[0].Key])
	return u, nil
}

// demoLoad is the loading of one sample product.
type demoLoad struct {
	app   *App
	by    Caller
	names demo.Names
	id    cairn.ID
}

func (l *demoLoad) people(ctx context.Context, d *demo.Demo) error {
	for i, p := range d.People {
		u, err := l.app.AddUser(ctx, l.by, NewUser{Name: p.Name, Email: p.Email, Password: DemoPassword, Admin: i == 0})
		if err != nil {
			return err
		}
		l.names.People[p.Key] = u.ID
	}
	return nil
}

func (l *demoLoad) project(ctx context.Context, d *demo.Demo) error {
	p, err := l.app.CreateProject(ctx, l.by, NewProject{
		Name: d.Project.Name, Key: d.Project.Key, Description: d.Project.Description,
		Icon: d.Project.Icon, Access: d.Project.Access, Demo: true,
	})
	if err != nil {
		return err
	}
	l.id = p.ID
	for _, person := range d.People {
		m := cairn.Member{Project: p.ID, User: l.names.People[person.Key], Role: person.Role}
		if _, err := l.app.SetMember(ctx, l.by, m); err != nil {
			return err
		}
	}
	return nil
}

func (l *demoLoad) types(ctx context.Context, d *demo.Demo) error {
	for _, t := range d.Types {
		made, err := l.app.CreateIdeaType(ctx, l.by, l.id, t)
		if err != nil {
			return err
		}
		l.names.Types[t.Name] = made.ID
	}
	return nil
}

func (l *demoLoad) fields(ctx context.Context, d *demo.Demo) error {
	for _, f := range d.Fields {
		made, err := l.app.CreateField(ctx, l.by, l.id, f.Build(&l.names))
		if err != nil {
			return err
		}
		l.names.Fields = append(l.names.Fields, made)
	}
	return nil
}

// views replaces the view of the empty project by the sample's.
func (l *demoLoad) views(ctx context.Context, d *demo.Demo) error {
	before := l.app.dir.Views(l.id)
	sections := make(map[string]cairn.ID)
	for i, v := range d.Views {
		view := v.Build(&l.names, d.Today)
		if v.Section != "" && sections[v.Section] == 0 {
			s, err := l.app.CreateSection(ctx, l.by, cairn.Section{Project: l.id, Name: v.Section})
			if err != nil {
				return err
			}
			sections[v.Section] = s.ID
		}
		view.Section = sections[v.Section]
		made, err := l.app.CreateView(ctx, l.by, l.id, view)
		if err != nil {
			return err
		}
		if i == 0 {
			if _, err := l.app.UpdateProject(ctx, l.by, l.id, ProjectPatch{DefaultView: &made.ID}); err != nil {
				return err
			}
		}
		if v.Name == d.Favorite {
			if err := l.app.KeepFavorite(ctx, l.person(d.People[0].Key), made.ID, Beside{}); err != nil {
				return err
			}
		}
	}
	for _, v := range before {
		if err := l.app.DeleteView(ctx, l.by, v.ID); err != nil {
			return err
		}
	}
	return nil
}

// person acts as one of the sample's people.
func (l *demoLoad) person(key string) Caller {
	u, _ := l.app.dir.User(l.names.People[key])
	by := Caller{}
	by.User, by.Admin = u.ID, u.Admin
	return by
}

// votes gives everybody's votes as they would.
func (l *demoLoad) votes(ctx context.Context, d *demo.Demo) error {
	var field cairn.Ref
	for _, f := range l.names.Fields {
		if f.Type == cairn.TypeVotes {
			field = f.Ref()
		}
	}
	for _, v := range d.Votes {
		if _, err := l.app.Vote(ctx, l.person(v.Person), l.names.Ideas[v.Idea], field, cairn.Vote{Amount: v.Amount, Comment: v.Comment}); err != nil {
			return err
		}
	}
	return nil
}

// ideas writes all ideas and their comments in one change set, with the times
// and people of the sample.
func (l *demoLoad) ideas(ctx context.Context, d *demo.Demo) error {
	_, err := l.app.write(ctx, l.by, l.id, func(tx store.Tx) error {
		first, err := tx.Numbers(l.id, len(d.Ideas))
		if err != nil {
			return err
		}
		for i := range d.Ideas {
			l.names.Ideas[d.Ideas[i].Title] = tx.NewID()
		}
		for i := range d.Ideas {
			if err := l.idea(tx, &d.Ideas[i], first+int64(i)); err != nil {
				return err
			}
		}
		return l.links(tx, d)
	})
	return err
}

// links connects the ideas, as of now.
func (l *demoLoad) links(tx store.Tx, d *demo.Demo) error {
	for _, in := range d.Links {
		link := cairn.Link{
			Project: l.id, From: l.names.Ideas[in.From], To: l.names.Ideas[in.To], Type: in.Type, Lag: in.Lag,
			CreatedAt: tx.Now(), CreatedBy: l.by.User,
		}
		e, err := link.Entity()
		if err != nil {
			return err
		}
		if _, err := tx.Create(e); err != nil {
			return err
		}
	}
	return nil
}

func (l *demoLoad) idea(tx store.Tx, in *demo.Idea, number int64) error {
	creator := l.names.People[in.Creator]
	idea := cairn.Idea{
		ID: l.names.Ideas[in.Title], Type: l.names.Types[in.Type], ParentIdea: l.names.Ideas[in.Parent],
		Project: l.id, Number: number, Title: in.Title, Description: strings.TrimSpace(in.Description),
		CreatedAt: in.CreatedAt, CreatedBy: creator, UpdatedAt: in.CreatedAt, UpdatedBy: creator,
		Rank: rank.Nth(number), Archived: in.Archived, Values: in.JSON(&l.names),
	}
	for _, c := range in.Comments {
		if c.CreatedAt.After(idea.UpdatedAt) {
			idea.UpdatedAt = c.CreatedAt
		}
	}
	e, err := idea.Entity()
	if err != nil {
		return err
	}
	id, err := tx.Create(e)
	if err != nil {
		return err
	}
	for _, c := range in.Comments {
		comment := cairn.Comment{Parent: id, Project: l.id, Body: c.Body, Author: l.names.People[c.Author], CreatedAt: c.CreatedAt}
		ce, err := comment.Entity()
		if err != nil {
			return err
		}
		if _, err := tx.Create(ce); err != nil {
			return err
		}
	}
	return nil
}
