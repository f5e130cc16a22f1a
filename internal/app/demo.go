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
// is there already. It returns the person to sign in as. With
// Config.DemoClock it has a past; without it everything happens now.
func (a *App) LoadDemo(ctx context.Context) (cairn.User, error) {
	if a.demoClock != nil {
		defer a.demoClock.Release()
	}
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
	}, voices: make(map[string]cairn.ID), today: d.Today}
	steps := []func(context.Context, *demo.Demo) error{l.people, l.project, l.types, l.fields, l.views, l.customers}
	if a.demoClock == nil {
		steps = append(steps, l.present)
	} else {
		steps = append(steps, l.past)
	}
	for _, load := range steps {
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
	today cairn.Day
	// voices are customers by name.
	voices map[string]cairn.ID
	// first is the number of the first idea.
	first int64
	// seen are the views, for when they were looked at.
	seen []cairn.ID
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
		l.seen = append(l.seen, made.ID)
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
	by.User, by.Admin, by.Origin = u.ID, u.Admin, "demo"
	return by
}

// present makes everything as it is today.
func (l *demoLoad) present(ctx context.Context, d *demo.Demo) error {
	if err := l.ideas(ctx, d, d.Ideas); err != nil {
		return err
	}
	for i := range d.Links {
		if err := l.link(ctx, l.by, &d.Links[i]); err != nil {
			return err
		}
	}
	for i := range d.Votes {
		if err := l.vote(ctx, &d.Votes[i]); err != nil {
			return err
		}
	}
	list := make([]NewInsight, len(d.Voices.Insights))
	for i := range list {
		list[i] = l.insight(&d.Voices.Insights[i])
	}
	_, err := l.app.AddInsights(ctx, l.by, l.id, list)
	return err
}

// vote gives somebody's votes as they would.
func (l *demoLoad) vote(ctx context.Context, v *demo.Votes) error {
	var field cairn.Ref
	for _, f := range l.names.Fields {
		if f.Type == cairn.TypeVotes {
			field = f.Ref()
		}
	}
	_, err := l.app.Vote(ctx, l.person(v.Person), l.names.Ideas[v.Idea], field, cairn.Vote{Amount: v.Amount, Comment: v.Comment})
	return err
}

// ideas writes ideas and their comments in one change set, with the times and
// people of the sample, and keeps the numbers of all.
func (l *demoLoad) ideas(ctx context.Context, d *demo.Demo, list []demo.Idea) error {
	_, err := l.app.write(ctx, l.by, l.id, func(tx store.Tx) error {
		var err error
		if l.first, err = tx.Numbers(l.id, len(d.Ideas)); err != nil {
			return err
		}
		for i := range list {
			l.names.Ideas[list[i].Key] = tx.NewID()
		}
		for i := range list {
			if err := l.idea(tx, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// link connects two ideas, as of now.
func (l *demoLoad) link(ctx context.Context, by Caller, in *demo.Link) error {
	_, err := l.app.write(ctx, by, l.id, func(tx store.Tx) error {
		return create(tx, &cairn.Link{
			Project: l.id, From: l.names.Ideas[in.From], To: l.names.Ideas[in.To], Type: in.Type, Lag: in.Lag,
			CreatedAt: tx.Now(), CreatedBy: by.User,
		})
	})
	return err
}

// create writes what can be an entity.
func create(tx store.Tx, of interface{ Entity() (cairn.Entity, error) }) error {
	e, err := of.Entity()
	if err == nil {
		_, err = tx.Create(e)
	}
	return err
}

func (l *demoLoad) idea(tx store.Tx, in *demo.Idea) error {
	creator := l.names.People[in.Creator]
	number := l.first + int64(in.Number) - 1
	idea := cairn.Idea{
		ID: l.names.Ideas[in.Key], Type: l.names.Types[in.Type], ParentIdea: l.names.Ideas[in.Parent],
		Project: l.id, Number: number, Title: in.Title, Description: strings.TrimSpace(in.Description),
		CreatedAt: in.CreatedAt, CreatedBy: creator, UpdatedAt: in.CreatedAt, UpdatedBy: creator,
		Rank: rank.Nth(number), Archived: in.Archived, Values: in.JSON(&l.names),
	}
	if in.After > 0 {
		behind := l.first + int64(in.After) - 1
		var err error
		if idea.Rank, err = rank.Between(rank.Nth(behind), rank.Nth(behind+1)); err != nil {
			return err
		}
	}
	for _, c := range in.Comments {
		if c.CreatedAt.After(idea.UpdatedAt) {
			idea.UpdatedAt = c.CreatedAt
		}
	}
	if err := create(tx, &idea); err != nil {
		return err
	}
	for i := range in.Comments {
		if err := l.comment(tx, idea.ID, &in.Comments[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *demoLoad) comment(tx store.Tx, idea cairn.ID, in *demo.Comment) error {
	return create(tx, &cairn.Comment{Parent: idea, Project: l.id, Body: in.Body, Author: l.names.People[in.Author], CreatedAt: in.CreatedAt})
}
