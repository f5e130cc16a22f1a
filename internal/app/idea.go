package app

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/rank"
	"cairn/internal/store"
)

// MaxBulk is how many ideas one bulk request may change.
const MaxBulk = 20_000

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

// IdeaAt returns an idea by its key or id as it was at an earlier moment, with
// the cells of some fields, formulas included.
func (a *App) IdeaAt(ctx context.Context, by Caller, ref string, at time.Time) (PastIdea, error) {
	id, err := a.ResolveIdea(ctx, by, ref)
	if err != nil {
		return PastIdea{}, err
	}
	p, err := a.readableIdea(ctx, by, id, cairn.ReadHistory)
	if err != nil {
		return PastIdea{}, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return PastIdea{}, err
	}
	m, err := a.moment(ctx, st, at)
	if err != nil {
		return PastIdea{}, err
	}
	e, err := a.entityAt(ctx, id, m.seq)
	if err != nil {
		return PastIdea{}, err
	}
	out := PastIdea{Cells: make(map[cairn.Ref]engine.Cell)}
	if out.Idea, err = cairn.IdeaOf(e); err != nil {
		return out, err
	}
	state, env, err := a.seen(ctx, by, st, at)
	if err != nil {
		return out, err
	}
	var refs []cairn.Ref
	for _, f := range state.Fields() {
		refs = append(refs, f.Ref())
	}
	cells, _ := state.Row(id, refs, env)
	for i := range cells {
		out.Cells[refs[i]] = cells[i]
	}
	return out, nil
}

// PastIdea is an idea as it was.
type PastIdea struct {
	cairn.Idea
	// Cells are the values of all fields, formulas included.
	Cells map[cairn.Ref]engine.Cell
}

// ResolveIdea finds an idea that the caller may read, by key or id; of a merged
// one, what it is part of (MRG-2).
func (a *App) ResolveIdea(ctx context.Context, by Caller, ref string) (cairn.ID, error) {
	if id, err := cairn.ParseID(ref); err == nil {
		if _, err := a.readableIdea(ctx, by, id, cairn.ReadProject); err != nil {
			return 0, hideProject(err, ref)
		}
		return a.wholeOf(ctx, id), nil
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
	return st.state.Whole(id), nil
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

// IdeaPatch changes what is not nil.
type IdeaPatch struct {
	Title       *string
	Description *string
	Archived    *bool
	Values      map[cairn.Ref]json.RawMessage
	Move        *Move
	// Type and Parent are 0 for none.
	Type, Parent *cairn.ID
	// Cover is an image attached to the idea, 0 for none.
	Cover *cairn.ID
	// Version, when not 0, is what the caller last saw of the idea.
	Version int64
}

// authorise checks every right that the patch needs and cleans its values.
func (a *App) authorisePatch(by Caller, p cairn.Project, st *engine.State, in *IdeaPatch) error {
	target := a.target(by, p)
	need := func(verb cairn.Verb) error {
		if !cairn.Can(by.Actor, verb, target) {
			return refusal(by, verb, target)
		}
		return nil
	}
	if in.Title != nil || in.Description != nil || in.Move != nil || in.Type != nil || in.Parent != nil || in.Cover != nil {
		if err := need(cairn.EditIdea); err != nil {
			return err
		}
	}
	if in.Move != nil {
		if err := a.authoriseMove(by, p, in.Move); err != nil {
			return err
		}
	}
	if in.Archived != nil {
		if err := need(cairn.ArchiveIdea); err != nil {
			return err
		}
	}
	if in.Title != nil {
		clean, err := cairn.CleanTitle(*in.Title)
		if err != nil {
			return err
		}
		in.Title = &clean
	}
	if in.Description != nil {
		if err := cairn.CheckDescription(*in.Description); err != nil {
			return err
		}
	}
	if in.Type != nil {
		if err := checkType(st, *in.Type); err != nil {
			return err
		}
	}
	values, err := a.checkValues(by, p, st, in.Values)
	in.Values = values
	return err
}

// UpdateIdea changes one idea and returns it as it is now.
func (a *App) UpdateIdea(ctx context.Context, by Caller, id cairn.ID, in IdeaPatch) (cairn.Idea, error) {
	p, err := a.readableIdea(ctx, by, id, cairn.ReadProject)
	if err != nil {
		return cairn.Idea{}, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return cairn.Idea{}, err
	}
	if err := a.authorisePatch(by, p, st.state, &in); err != nil {
		return cairn.Idea{}, err
	}
	var now cairn.Entity
	outside := a.findStrangers(ctx, by, st.state, in.Values)
	fields := st.state.Fields() // here, since writers wait for each other
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		place, err := placeIdeas(tx, st.state, in.Move, []cairn.ID{id})
		if err != nil {
			return err
		}
		now, err = patching{a, tx, by, place, outside, fields, asked(by, p)}.idea(id, &in)
		return err
	}, id)
	if err != nil {
		return cairn.Idea{}, err
	}
	return cairn.IdeaOf(now) // here, since writers wait for each other
}

// patching applies checked patches inside one transaction.
type patching struct {
	app *App
	tx  store.Tx
	by  Caller
	// place is where ideas go that the patches move.
	place placement
	// outside are the ideas that may not be added to connection fields.
	outside strangers
	// fields of the project, for the rules between them.
	fields []cairn.Field
	// asked are the changes that need a reason and came without one.
	asked []cairn.ReasonRule
}

// idea applies a patch to one idea and returns it as it is then.
func (p patching) idea(id cairn.ID, in *IdeaPatch) (cairn.Entity, error) {
	e, err := p.tx.Entity(id)
	if err != nil {
		return e, err
	}
	if err := checkVersion(e, in.Version); err != nil {
		return e, err
	}
	if err := p.app.mergedAway(p.tx, p.by, e); err != nil {
		return e, err
	}
	before := e.Attrs
	e.Attrs = cloneAttrs(before)
	text := e.Text
	if in.Title != nil {
		e.Attrs.Set("title", cairn.AppendJSONString(nil, *in.Title))
	}
	if in.Description != nil {
		if err := p.mentioned(e, *in.Description); err != nil {
			return e, err
		}
		e.Text = *in.Description
	}
	if in.Archived != nil {
		setFlag(e.Attrs, "archived", *in.Archived)
	}
	for ref, v := range in.Values {
		e.Attrs.Set(string(ref), v)
	}
	if err := p.outside.admit(id, before, e.Attrs); err != nil {
		return e, err
	}
	if in.Type != nil {
		setID(e.Attrs, string(cairn.RefType), *in.Type)
	}
	if in.Parent != nil && *in.Parent != idOf(before, string(cairn.RefParent)) {
		if err := (kinship{p.app, p.tx, p.by, e.Project}).check(id, *in.Parent); err != nil {
			return e, err
		}
		setID(e.Attrs, string(cairn.RefParent), *in.Parent)
	}
	if err := p.cover(e, in.Cover); err != nil {
		return e, err
	}
	if err := p.entered(e.Attrs, in.Values); err != nil {
		return e, err
	}
	p.place.put(e.Attrs, id)
	if err := cairn.CheckReason(p.asked, p.fields, before, e.Attrs); err != nil {
		return e, err
	}
	if e.Text != text || !sameAttrs(before, e.Attrs) {
		touch(p.tx, p.by, e.Attrs)
		if err := p.tx.Put(e); err != nil {
			return e, err
		}
		e.Version = p.tx.Seq()
	}
	return e, nil
}

// mentioned refuses a description that newly mentions people who do not see the
// project.
func (p patching) mentioned(e cairn.Entity, text string) error {
	project, _ := p.app.dir.Project(e.Project) // there: the caller was let in
	fresh := cairn.Mentions(text).Without(cairn.Mentions(e.Text))
	return p.app.mentioningPeople(project, "description", fresh.People)
}

// touch records who changed an idea last, and when.
func touch(tx store.Tx, by Caller, attrs cairn.Attrs) {
	at, _ := cairn.TimeJSON(tx.Now()) // the clock's year has four digits
	attrs.Set("updatedAt", at)
	attrs.Set("updatedBy", nil)
	if by.User != 0 {
		attrs.Set("updatedBy", rawID(by.User))
	}
}

func setFlag(attrs cairn.Attrs, name string, on bool) {
	attrs.Set(name, nil)
	if on {
		attrs.Set(name, json.RawMessage("true"))
	}
}

func cloneAttrs(a cairn.Attrs) cairn.Attrs {
	out := make(cairn.Attrs, len(a)+2)
	for k, v := range a {
		out[k] = v
	}
	return out
}

func sameAttrs(a, b cairn.Attrs) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || string(v) != string(w) {
			return false
		}
	}
	return true
}

// Bulk changes many ideas in one step: those listed, or all that a query finds.
type Bulk struct {
	IDs   []cairn.ID
	Query *cairn.Query
	Patch IdeaPatch
}

// BulkUpdate applies one patch to many ideas, all or none. It returns how many
// it changed. A move puts them one after the other as they are given.
func (a *App) BulkUpdate(ctx context.Context, by Caller, project cairn.ID, in Bulk) (int, error) {
	p, err := a.mayIn(by, project, cairn.ReadProject)
	if err != nil {
		return 0, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return 0, err
	}
	if err := a.authorisePatch(by, p, st.state, &in.Patch); err != nil {
		return 0, err
	}
	ids, err := a.bulkIDs(by, st, in)
	if err != nil {
		return 0, err
	}
	changed := 0
	outside := a.findStrangers(ctx, by, st.state, in.Patch.Values)
	fields := st.state.Fields() // here, since writers wait for each other
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		changed = 0
		place, err := placeIdeas(tx, st.state, in.Patch.Move, ids)
		if err != nil {
			return err
		}
		each := patching{a, tx, by, place, outside, fields, asked(by, p)}
		for _, id := range ids {
			idea, err := each.idea(id, &in.Patch)
			if err != nil {
				return err
			}
			if idea.Version == tx.Seq() {
				changed++
			}
		}
		return nil
	}, ids...)
	return changed, err
}

func (a *App) bulkIDs(by Caller, st *projectState, in Bulk) ([]cairn.ID, error) {
	ids := in.IDs
	if in.Query != nil {
		res, err := a.eval(by, st, QueryRequest{Query: *in.Query, Limit: -1})
		if err != nil {
			return nil, err
		}
		ids = res.IDs()
	}
	ids = distinctIDs(ids)
	if len(ids) > MaxBulk {
		return nil, cairn.Errorf(cairn.CodeTooLarge, "One step changes at most %d ideas; these are %d. Narrow the selection", MaxBulk, len(ids))
	}
	for _, id := range ids {
		if !st.state.Has(id) {
			return nil, cairn.NotFound("One of the ideas, " + id.String() + ",")
		}
	}
	return ids, nil
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
