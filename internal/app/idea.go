package app

import (
	"context"
	"encoding/json"
	"strings"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/rank"
	"cairn/internal/store"
)

// Idea returns an idea by its key (INS-12) or its id, with everything stored.
func (a *App) Idea(ctx context.Context, by Caller, ref string) (cairn.Idea, error) {
	id, err := a.ResolveIdea(ctx, by, ref)
	if err != nil {
		return cairn.Idea{}, err
	}
	e, err := a.store.Entity(ctx, id)
	if err != nil {
		return cairn.Idea{}, err
	}
	return cairn.IdeaOf(e)
}

// ResolveIdea finds an idea that the caller may read, by key or id; of a merged
// one, what it is part of (MRG-2).
func (a *App) ResolveIdea(ctx context.Context, by Caller, ref string) (cairn.ID, error) {
	id, err := a.namedIdea(ctx, by, ref)
	if err != nil {
		return 0, err
	}
	return a.wholeOf(ctx, id), nil
}

// namedIdea finds an idea that the caller may read, by key or id, also when it is
// part of another by now.
func (a *App) namedIdea(ctx context.Context, by Caller, ref string) (cairn.ID, error) {
	if id, err := cairn.ParseID(ref); err == nil {
		if _, err := a.readableIdea(ctx, by, id, cairn.ReadProject); err != nil {
			return 0, hideProject(err, ref)
		}
		return id, nil
	}
	key, number, err := cairn.ParseIdeaKey(ref)
	if err != nil {
		return 0, err
	}
	p, ok := a.dir.ProjectByKey(key)
	if !ok {
		return 0, hideProject(a.unknownProject(by, key), ref)
	}
	if _, err := a.mayIn(by, p.ID, cairn.ReadProject); err != nil {
		return 0, hideProject(err, ref)
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	id, ok := st.state.IdeaByNumber(number)
	if !ok {
		return 0, cairn.NotFound("The idea " + strings.ToUpper(ref))
	}
	return id, nil
}

// ResolveOwnIdea finds an idea to change by key or id; a merged one is refused,
// since the change would be one of another idea.
func (a *App) ResolveOwnIdea(ctx context.Context, by Caller, ref string) (cairn.ID, error) {
	id, err := a.ResolveIdea(ctx, by, ref)
	if err != nil || ref == id.String() {
		return id, err
	}
	p, err := a.readableIdea(ctx, by, id, cairn.ReadProject)
	if err != nil {
		return 0, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	_, number, _ := st.state.Title(id)
	if key := cairn.IdeaKey(p.Key, number); !strings.EqualFold(ref, key) {
		return 0, cairn.Conflict("%s was merged into %s; change that one, or take it out first", strings.ToUpper(ref), key)
	}
	return id, nil
}

// readableIdea authorises a verb on an idea and returns its project.
func (a *App) readableIdea(ctx context.Context, by Caller, id cairn.ID, verb cairn.Verb) (cairn.Project, error) {
	project, ok := a.states.holding(id)
	if !ok { // not loaded yet, or no idea
		e, err := a.store.Entity(ctx, id)
		if err != nil || e.Kind != cairn.KindIdea {
			return cairn.Project{}, cairn.NotFound("The idea")
		}
		project = e.Project
	}
	p, err := a.mayIn(by, project, verb)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		err = cairn.NotFound("The idea")
	}
	return p, err
}

func hideProject(err error, ref string) error {
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return cairn.NotFound("The idea " + strings.ToUpper(ref))
	}
	return err
}

// NewIdea is what an idea starts from.
type NewIdea struct {
	Title       string
	Description string
	Values      map[cairn.Ref]json.RawMessage
	// After puts the idea behind another in the manual order; 0 is the end.
	After cairn.ID
	// Rank is the order by hand that After is about: "" is the project's, else
	// that of a view.
	Rank cairn.Ref
	// Type and Parent are 0 for none.
	Type, Parent cairn.ID
}

// CreateIdea adds one idea to a project.
func (a *App) CreateIdea(ctx context.Context, by Caller, project cairn.ID, in NewIdea) (cairn.Idea, error) {
	p, err := a.mayIn(by, project, cairn.CreateIdea)
	if err != nil {
		return cairn.Idea{}, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return cairn.Idea{}, err
	}
	idea := cairn.Idea{
		Project: project, Description: in.Description, CreatedBy: by.User, UpdatedBy: by.User, Type: in.Type, ParentIdea: in.Parent,
	}
	if err := checkType(st.state, in.Type); err != nil {
		return cairn.Idea{}, err
	}
	if t, ok := st.state.IdeaType(in.Type); ok && strings.TrimSpace(in.Description) == "" {
		idea.Description = t.Template
	}
	if idea.Title, err = cairn.CleanTitle(in.Title); err != nil {
		return cairn.Idea{}, err
	}
	if err = cairn.CheckDescription(in.Description); err != nil {
		return cairn.Idea{}, err
	}
	if err = a.mentioning(ctx, by, mentionedIn{p, "description"}, cairn.Mentions(in.Description)); err != nil {
		return cairn.Idea{}, err
	}
	if idea.Values, err = a.checkValues(by, p, st.state, in.Values); err != nil {
		return cairn.Idea{}, err
	}
	if err = a.startValues(by, p, st.state, &idea); err != nil {
		return cairn.Idea{}, err
	}
	var move *Move
	if in.After != 0 {
		move = &Move{After: in.After, Rank: in.Rank}
		if err := a.authoriseMove(by, p, move); err != nil {
			return cairn.Idea{}, err
		}
	}
	outside := a.findStrangers(ctx, by, st.state, idea.Values)
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		if err := (kinship{a, tx, by, project}).check(0, in.Parent); err != nil {
			return err
		}
		if idea.Number, err = tx.Numbers(project, 1); err != nil {
			return err
		}
		idea.Rank = rank.Nth(idea.Number)
		place, err := placeIdeas(tx, st.state, move, []cairn.ID{newcomer})
		if err != nil {
			return err
		}
		idea.CreatedAt, idea.UpdatedAt = tx.Now(), tx.Now()
		e, err := idea.Entity()
		if err != nil {
			return err
		}
		place.put(e.Attrs, newcomer)
		idea.Rank = e.Attrs.Text("rank")
		if err := outside.admit(0, nil, e.Attrs); err != nil {
			return err
		}
		e.ID = 0
		idea.ID, err = tx.Create(e)
		idea.Version = tx.Seq()
		return err
	})
	return idea, err
}

// checkValues validates values against the project's fields and the caller's
// right to write them, and returns them in their canonical form.
func (a *App) checkValues(by Caller, p cairn.Project, st *engine.State, in map[cairn.Ref]json.RawMessage) (map[cairn.Ref]json.RawMessage, error) {
	out := make(map[cairn.Ref]json.RawMessage, len(in))
	target := a.target(by, p)
	for ref, raw := range in {
		f, ok := st.Field(ref)
		if !ok {
			return nil, cairn.Invalid(string(ref), "The project has no field %s", ref)
		}
		if !cairn.Can(by.Actor, editVerb(&f), target) {
			return nil, cairn.Forbidden("Your role in this project is %s, which does not let you change %s; a project admin can open the field to contributors", target.Role, f.Name)
		}
		v, err := cairn.ParseValue(&f, raw)
		if err != nil {
			return nil, err
		}
		if err := a.checkPeople(&f, v); err != nil {
			return nil, err
		}
		if v.IsNull() {
			out[ref] = nil
			continue
		}
		out[ref] = v.AppendJSON(nil)
	}
	return out, nil
}

func (a *App) checkPeople(f *cairn.Field, v cairn.Value) error {
	if f.Type != cairn.TypePerson && f.Type != cairn.TypePeople {
		return nil
	}
	for _, id := range v.IDs {
		if _, ok := a.dir.User(id); !ok {
			return cairn.Invalid(string(f.Ref()), "%s: there is no person with the id %d", f.Name, id)
		}
	}
	return nil
}

// DeleteIdea removes an idea with its comments and links. The log keeps their
// last form, so that it can be undone.
func (a *App) DeleteIdea(ctx context.Context, by Caller, id cairn.ID) error {
	p, err := a.readableIdea(ctx, by, id, cairn.DeleteIdea)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error { return a.deleteIdea(tx, by, p.ID, id) }, id)
	return err
}

func (a *App) deleteIdea(tx store.Tx, by Caller, project, id cairn.ID) error {
	for _, part := range a.partsIn(project, id) {
		if err := a.deleteIdea(tx, by, project, part); err != nil {
			return err
		}
	}
	if err := a.deleteLinks(tx, by, project, id); err != nil {
		return err
	}
	if err := a.liftChildren(tx, by, project, id); err != nil {
		return err
	}
	if err := dropInside(tx, project, id, cairn.KindComment, cairn.KindFile); err != nil {
		return err
	}
	if err := dropEvidence(tx, store.Query{Project: project, Parent: id}); err != nil {
		return err
	}
	if err := dropVotes(tx, project, id); err != nil {
		return err
	}
	return tx.Delete(id)
}
