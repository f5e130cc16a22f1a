package app

import (
	"context"
	"reflect"
	"slices"
	"time"

	"cairn"
	"cairn/internal/engine"
)

// Mark says in one word what became of an idea.
type Mark string

// The marks. An idea may have several.
const (
	MarkAdded   Mark = "added"   // it is in the view and was not
	MarkDropped Mark = "dropped" // it was in the view and is not
	MarkLater   Mark = "later"   // a date moved later
	MarkEarlier Mark = "earlier" // a date moved earlier
	MarkUp      Mark = "up"      // it went up in the order
	MarkDown    Mark = "down"    // it went down in the order
	MarkScored  Mark = "scored"  // a computed number changed
	MarkStatus  Mark = "status"  // a choice among options changed
	MarkChanged Mark = "changed" // anything else that the view shows
)

// Marks lists the marks, the most telling first.
func Marks() []Mark {
	return []Mark{MarkAdded, MarkDropped, MarkLater, MarkEarlier, MarkUp, MarkDown, MarkStatus, MarkScored, MarkChanged}
}

// How an idea came into a view or left it.
const (
	CameCreated  = "created"
	CameRestored = "restored" // it was archived
	CameEntered  = "entered"  // it was there and did not match
	CameUnmerged = "unmerged" // it was part of another idea
	WentDeleted  = "deleted"
	WentArchived = "archived"
	WentMerged   = "merged" // it is part of another idea
	WentLeft     = "left"   // it is there and does not match
)

// SinceRequest asks what became otherwise of what a query finds.
type SinceRequest struct {
	Query cairn.Query
	// Fields that are looked at, besides those that filter, sort and group.
	Fields []cairn.Ref
	// Since is the earlier moment; Until the later one, zero for now.
	Since, Until time.Time
	// Only these marks, all when empty.
	Only []Mark
	// Others leaves out ideas that nobody but the asker changed, where others
	// changed any.
	Others bool
	// Offset and Limit bound the ideas that are described.
	Offset, Limit int
}

// Since is what became otherwise.
type Since struct {
	// From and To are the change sets between which it happened.
	From, To int64
	// Changed counts the ideas; Total those with the marks asked for; Own those that
	// nobody but the asker changed, whether left out or not.
	Changed, Total, Own int
	// Marked are the ideas of each mark, described or not.
	Marked map[Mark][]cairn.ID
	Ideas  []SinceIdea
	// Mentions are the ideas that cells hold.
	Mentions map[cairn.ID]engine.Mention
	// Warnings say what of the query was left out.
	Warnings []string
}

// SinceIdea is what became of one idea.
type SinceIdea struct {
	engine.Difference
	Title string
	Marks []Mark
	// How it came or went; "" when it was in the view and is.
	How string
	// Fields that changed, each with its own mark.
	Fields []SinceField
	// Why are the change sets behind it, newest first; those with a reason before
	// others when they are many.
	Why []SinceSet
}

// SinceField is a value that became another.
type SinceField struct {
	engine.CellDifference
	Mark Mark
}

// SinceSet is a change set behind a change.
type SinceSet struct {
	Seq    int64
	At     time.Time
	Actor  cairn.ID
	Group  string
	Reason string
}

// Since says what became otherwise between two moments in what a query finds.
// It evaluates the query at both.
func (a *App) Since(ctx context.Context, by Caller, project cairn.ID, in SinceRequest) (*Since, error) {
	if _, err := a.mayIn(by, project, cairn.ReadHistory); err != nil {
		return nil, err
	}
	if err := in.Query.Validate(); err != nil {
		return nil, err
	}
	if !in.Until.IsZero() && in.Until.Before(in.Since) {
		return nil, cairn.Invalid("until", "The later moment is before the earlier one; swap them")
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	c := &comparing{app: a, by: by, st: st, in: in}
	if err := c.sides(ctx); err != nil {
		return nil, err
	}
	if c.was == c.is && c.wasEnv.Today == c.isEnv.Today {
		return &Since{From: c.from, To: c.to, Marked: map[Mark][]cairn.ID{}}, nil
	}
	c.columns()
	compare, err := c.differences(ctx)
	if err != nil {
		return nil, err
	}
	out := c.sort(compare)
	c.describe(ctx, out)
	var held []cairn.ID
	for _, i := range out.Ideas {
		for _, f := range i.Fields {
			if t := c.typeOf(f.Field); t == cairn.TypeParent || t == cairn.TypeConnection {
				held = append(append(held, f.Was.Value.IDs...), f.Is.Value.IDs...)
			}
		}
	}
	out.Mentions, err = a.mentions(ctx, by, project, held)
	return out, err
}

// comparing is one question about two moments under way.
type comparing struct {
	app      *App
	by       Caller
	st       *projectState
	in       SinceRequest
	from, to int64
	was, is  *engine.State
	wasEnv   engine.Env
	isEnv    engine.Env
	// refs are compared, order are those that sort.
	refs, order []cairn.Ref
	// relative are scores among refs that are relative to those of other ideas,
	// with their inputs; those that are there for this only are beside.
	relative map[cairn.Ref][]cairn.Ref
	beside   []cairn.Ref
	// own reports ideas that nobody but the asker changed.
	own      func(cairn.ID) bool
	warnings []string
}

// sides finds the states at both moments.
func (c *comparing) sides(ctx context.Context) (err error) {
	if c.is, c.isEnv, err = c.app.seen(ctx, c.by, c.st, c.in.Until); err != nil {
		return err
	}
	c.to = c.is.Seq()
	if c.was, c.wasEnv, err = c.app.seen(ctx, c.by, c.st, c.in.Since); err != nil {
		return err
	}
	if c.from = c.was.Seq(); c.was == c.st.state {
		c.from = c.to
	}
	return nil
}

// quiet are columns that move with every change, so that they say nothing.
func quiet(ref cairn.Ref) bool {
	return ref == cairn.RefUpdatedAt || ref == cairn.RefUpdatedBy || ref == cairn.RefRank || ref == cairn.RefDescription || ref == cairn.RefCreatedAt || ref == cairn.RefCover
}

// columns are the fields that are compared: those asked for and those that the
// query uses.
func (c *comparing) columns() {
	refs := []cairn.Ref{cairn.RefTitle}
	add := func(ref cairn.Ref) {
		if !quiet(ref) && ref != "" && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	for _, ref := range c.in.Fields {
		add(ref)
	}
	for _, k := range c.in.Query.Sort {
		c.order = append(c.order, k.Field)
		add(k.Field)
	}
	for _, g := range c.in.Query.Group {
		add(g.Field)
	}
	for _, ref := range c.in.Query.Filter.Refs() {
		add(ref)
	}
	c.refs = refs
	c.relate()
}

// relate finds the scores that are relative to those of other ideas. Where what
// they are made of was defined otherwise, all that they became is news.
func (c *comparing) relate() {
	c.relative = make(map[cairn.Ref][]cairn.Ref)
	for _, ref := range c.refs {
		f, _ := c.is.Field(ref)
		if f.Formula == nil || f.Formula.Kind != cairn.FormulaWeighted || !c.sameField(ref) {
			continue
		}
		var inputs []cairn.Ref
		same := true
		for _, in := range f.Formula.Inputs {
			inputs = append(inputs, in.Field)
			same = same && c.sameField(in.Field)
		}
		if same {
			c.relative[ref] = inputs
		}
	}
	for _, inputs := range c.relative {
		for _, ref := range inputs {
			if !slices.Contains(c.refs, ref) && !slices.Contains(c.beside, ref) {
				c.beside = append(c.beside, ref)
			}
		}
	}
}

// sameField reports whether a field computes as it did.
func (c *comparing) sameField(ref cairn.Ref) bool {
	was, _ := c.was.Field(ref)
	is, _ := c.is.Field(ref)
	return reflect.DeepEqual(was.Formula, is.Formula) && reflect.DeepEqual(was.Options, is.Options)
}

// differences evaluates the query at both moments, flat and whole.
func (c *comparing) differences(ctx context.Context) (*engine.Comparison, error) {
	flat := c.in.Query
	flat.Group, flat.Rollups, flat.Tree = nil, nil, false
	req := QueryRequest{Query: flat, Columns: slices.Concat(c.refs, c.beside), Limit: -1}
	is, err := c.is.Eval(req.of(c.isEnv))
	if err != nil {
		return nil, err
	}
	was, err := c.was.Eval(req.of(c.wasEnv))
	if err != nil {
		return nil, err
	}
	c.warnings = is.Warnings
	rank := cairn.RefRank
	if flat.Rank != "" {
		rank = flat.Rank
	}
	touched, err := c.touchedIn(ctx, rank)
	if err != nil {
		return nil, err
	}
	return &engine.Comparison{Was: was, Is: is, Order: c.order, Touched: touched, Relative: c.relative, Beside: c.beside}, nil
}

// touchedIn reports which ideas had an attribute changed in between, and notes
// those that only the asker changed.
func (c *comparing) touchedIn(ctx context.Context, attr cairn.Ref) (func(cairn.ID) bool, error) {
	j := c.app.pasts.journal(c.app, c.st.id)
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.reach(ctx, c.from, c.to); err != nil {
		return nil, err
	}
	c.own = j.onlyBy(c.from, c.to, c.by.User)
	return j.touching(c.from, c.to, string(attr)), nil
}

func (c *comparing) typeOf(ref cairn.Ref) cairn.FieldType {
	if ref == cairn.RefParent {
		return cairn.TypeParent
	}
	if ref == cairn.RefType {
		return cairn.TypeSelect
	}
	f, _ := c.is.Field(ref)
	return f.Type
}

// sort gives every idea its marks and keeps those asked for.
func (c *comparing) sort(compare *engine.Comparison) *Since {
	diffs := compare.Differences()
	out := &Since{From: c.from, To: c.to, Changed: len(diffs), Warnings: c.warnings}
	columns := compare.Columns()
	types := make([]cairn.FieldType, len(columns))
	for i, ref := range columns {
		types[i] = c.typeOf(ref)
	}
	all := Marks()
	marked := make([][]cairn.ID, len(all))
	wanted := marksOf(c.in.Only...)
	if wanted == 0 {
		wanted = ^markSet(0)
	}
	for n := range diffs {
		if c.own(diffs[n].ID) {
			out.Own++
		}
	}
	others := c.in.Others && out.Own < len(diffs)
	for n := range diffs {
		d := &diffs[n]
		if others && c.own(d.ID) {
			continue
		}
		marks := placeMarks(d)
		for _, column := range d.Columns {
			if t := types[column]; t == cairn.TypeDate || t == cairn.TypeInterval {
				marks |= marksOf(markOf(t, compare.Cell(d, column)))
			} else {
				marks |= marksOf(markOf(t, engine.CellDifference{}))
			}
		}
		for i := range all {
			if marks&(1<<i) != 0 {
				marked[i] = append(marked[i], d.ID)
			}
		}
		if marks&wanted == 0 {
			continue
		}
		if out.Total++; out.Total <= c.in.Offset || len(out.Ideas) >= c.in.Limit {
			continue
		}
		idea := SinceIdea{Difference: *d, Marks: marks.list()}
		for _, column := range d.Columns {
			cell := compare.Cell(d, column)
			idea.Fields = append(idea.Fields, SinceField{cell, markOf(types[column], cell)})
		}
		out.Ideas = append(out.Ideas, idea)
	}
	out.Marked = make(map[Mark][]cairn.ID)
	for i, ids := range marked {
		if len(ids) > 0 {
			out.Marked[all[i]] = ids
		}
	}
	return out
}

// markSet is a set of marks, a bit for each in the order of Marks.
type markSet uint16

func marksOf(list ...Mark) (out markSet) {
	for _, m := range list {
		switch m {
		case MarkAdded:
			out |= 1 << 0
		case MarkDropped:
			out |= 1 << 1
		case MarkLater:
			out |= 1 << 2
		case MarkEarlier:
			out |= 1 << 3
		case MarkUp:
			out |= 1 << 4
		case MarkDown:
			out |= 1 << 5
		case MarkStatus:
			out |= 1 << 6
		case MarkScored:
			out |= 1 << 7
		case MarkChanged:
			out |= 1 << 8
		}
	}
	return out
}

func (s markSet) list() []Mark {
	var out []Mark
	for i, m := range Marks() {
		if s&(1<<i) != 0 {
			out = append(out, m)
		}
	}
	return out
}

// placeMarks are the marks that an idea has by where it stands.
func placeMarks(d *engine.Difference) markSet {
	switch {
	case d.Was < 0:
		return marksOf(MarkAdded)
	case d.Is < 0:
		return marksOf(MarkDropped)
	case d.Moved && d.Is < d.Was:
		return marksOf(MarkUp)
	case d.Moved:
		return marksOf(MarkDown)
	}
	return 0
}

// markOf is the mark of one changed value of a field of a type.
func markOf(t cairn.FieldType, c engine.CellDifference) Mark {
	was, is := c.Was.Value, c.Is.Value
	switch t {
	case cairn.TypeDate, cairn.TypeInterval:
		if was.IsNull() || is.IsNull() {
			return MarkChanged
		}
		if lastDay(is) != lastDay(was) {
			return laterOr(lastDay(is) > lastDay(was))
		}
		if firstDay(is) != firstDay(was) {
			return laterOr(firstDay(is) > firstDay(was))
		}
	case cairn.TypeFormula:
		return MarkScored
	case cairn.TypeSelect:
		return MarkStatus
	}
	return MarkChanged
}

func laterOr(later bool) Mark {
	if later {
		return MarkLater
	}
	return MarkEarlier
}

func lastDay(v cairn.Value) cairn.Day {
	if v.Kind == cairn.KindInterval {
		return v.Interval.End
	}
	return v.Day
}

func firstDay(v cairn.Value) cairn.Day {
	if v.Kind == cairn.KindInterval {
		return v.Interval.Start
	}
	return v.Day
}

// describe adds titles, how ideas came and went, and why.
func (c *comparing) describe(ctx context.Context, out *Since) {
	for n := range out.Ideas {
		i := &out.Ideas[n]
		title, _, there := c.is.Title(i.ID)
		before, _, existed := c.was.Title(i.ID)
		if i.Title = title; !there {
			i.Title = before
		}
		switch {
		case i.Was < 0 && !existed:
			i.How = CameCreated
		case i.Was < 0 && c.was.Whole(i.ID) != i.ID && c.is.Whole(i.ID) == i.ID:
			i.How = CameUnmerged
		case i.Was < 0 && c.was.Archived(i.ID) && !c.is.Archived(i.ID):
			i.How = CameRestored
		case i.Was < 0:
			i.How = CameEntered
			i.Fields = c.around(i.ID)
		case i.Is < 0 && !there:
			i.How = WentDeleted
		case i.Is < 0 && c.is.Whole(i.ID) != i.ID && c.was.Whole(i.ID) == i.ID:
			i.How = WentMerged
		case i.Is < 0 && c.is.Archived(i.ID) && !c.was.Archived(i.ID):
			i.How = WentArchived
		case i.Is < 0:
			i.How = WentLeft
			i.Fields = c.around(i.ID)
		}
	}
	c.explain(ctx, out.Ideas)
}

// around are the values that changed of an idea that is in the view at one of the
// moments only, so that one sees why.
func (c *comparing) around(id cairn.ID) []SinceField {
	was, ok := c.was.Row(id, c.refs, c.wasEnv)
	is, there := c.is.Row(id, c.refs, c.isEnv)
	if !ok || !there {
		return nil
	}
	var out []SinceField
	for n, ref := range c.refs {
		if string(was[n].Value.AppendJSON(nil)) != string(is[n].Value.AppendJSON(nil)) {
			d := engine.CellDifference{Field: ref, Was: was[n], Is: is[n]}
			out = append(out, SinceField{d, markOf(c.typeOf(ref), d)})
		}
	}
	return out
}

// maxWhy is how many change sets are named of each idea.
const maxWhy = 5

// explain names the change sets behind the ideas.
func (c *comparing) explain(ctx context.Context, ideas []SinceIdea) {
	j := c.app.pasts.journal(c.app, c.st.id)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.reach(ctx, c.from, c.to) != nil {
		return // it was reached a moment ago; who did it is left out
	}
	ids := make([]cairn.ID, len(ideas))
	for n := range ideas {
		ids[n] = ideas[n].ID
	}
	for n, sets := range j.setsOf(ids, c.from, c.to) {
		why := make([]SinceSet, len(sets))
		for k, s := range sets {
			why[k] = SinceSet{Seq: s.seq, At: time.UnixMicro(s.at).UTC(), Actor: s.actor, Group: s.group, Reason: c.app.reasons.of(c.st.id, s.group, s.reason)}
		}
		if len(why) > maxWhy {
			slices.SortStableFunc(why, func(a, b SinceSet) int { return order(a.Reason == "", b.Reason == "") })
			why = why[:maxWhy]
		}
		ideas[n].Why = why
	}
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
