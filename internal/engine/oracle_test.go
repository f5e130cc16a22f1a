package engine_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/formula"
)

// world is a plain model of the store: the entities, and the change sets that
// made them. The engine must agree with it however it got there.
type world struct {
	seq      int64
	nextID   cairn.ID
	entities map[cairn.ID]cairn.Entity
	state    *engine.State
	names    *names
}

const project = 1

func newWorld() *world {
	return &world{
		nextID: 10, entities: map[cairn.ID]cairn.Entity{}, state: engine.New(project),
		names: &names{byID: map[cairn.ID]string{1: "Zoë", 2: "adam", 3: "Ben", 4: "ben"}},
	}
}

// names is the People of tests.
type names struct {
	byID map[cairn.ID]string
	rev  uint64
}

func (n *names) Name(id cairn.ID) string { return n.byID[id] }
func (n *names) Rev() uint64             { return n.rev }

func (w *world) env() engine.Env { return engine.Env{Today: 20780, Viewer: 2, People: w.names} }

// commit applies changes to the model's state as one change set.
func (w *world) commit(t failer, changes ...cairn.Change) {
	t.Helper()
	w.seq++
	if err := w.state.Apply(&cairn.ChangeSet{Seq: w.seq, Project: project, Changes: changes}); err != nil {
		t.Fatalf("apply %d: %v", w.seq, err)
	}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// create adds an entity and returns the change that did it.
func (w *world) create(kind cairn.Kind, parent cairn.ID, attrs cairn.Attrs) (cairn.ID, cairn.Change) {
	id := w.nextID
	w.nextID++
	w.entities[id] = cairn.Entity{ID: id, Kind: kind, Project: project, Parent: parent, Version: w.seq + 1, Attrs: attrs}
	return id, cairn.Change{Kind: kind, ID: id, New: snapshot(w.entities[id])}
}

func snapshot(e cairn.Entity) json.RawMessage {
	raw, err := json.Marshal(cairn.Snapshot{Parent: e.Parent, Attrs: e.Attrs})
	if err != nil {
		panic(err)
	}
	return raw
}

func (w *world) remove(id cairn.ID) cairn.Change {
	e := w.entities[id]
	delete(w.entities, id)
	return cairn.Change{Kind: e.Kind, ID: id, Old: snapshot(e)}
}

func (w *world) set(id cairn.ID, attr string, value json.RawMessage) cairn.Change {
	e := w.entities[id]
	old := e.Attrs[attr]
	e.Attrs = maps.Clone(e.Attrs)
	e.Attrs.Set(attr, value)
	e.Version = w.seq + 1
	w.entities[id] = e
	return cairn.Change{Kind: e.Kind, ID: id, Attr: attr, Old: old, New: value}
}

func (w *world) of(kind cairn.Kind) []cairn.ID {
	var ids []cairn.ID
	for id, e := range w.entities {
		if e.Kind == kind {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// reload makes a state from the entities alone.
func (w *world) reload(t failer) *engine.State {
	t.Helper()
	s := engine.New(project)
	for _, kind := range []cairn.Kind{cairn.KindField, cairn.KindIdeaType, cairn.KindIdea, cairn.KindComment, cairn.KindBallot, cairn.KindLink} {
		for _, id := range w.of(kind) {
			if err := s.Load(w.entities[id]); err != nil {
				t.Fatalf("load %s %d: %v", kind, id, err)
			}
		}
	}
	s.SetSeq(w.seq)
	return s
}

func text(s string) json.RawMessage {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return raw
}

func attrs(t failer, v any) cairn.Attrs {
	t.Helper()
	a, err := cairn.AttrsOf(v)
	if err != nil {
		t.Fatalf("attributes: %v", err)
	}
	return a
}

// drawField draws a field's definition. Options are from a small range of ids,
// so that values survive a change of type or of options.
func (w *world) drawField(t *rapid.T, id cairn.ID) cairn.Field {
	types := cairn.FieldTypes()
	f := cairn.Field{
		Name: rapid.StringMatching(`[A-Z][a-z]{1,5}`).Draw(t, "name") + fmt.Sprint(w.nextID), Position: float64(w.nextID),
		Type: types[rapid.IntRange(0, len(types)-3).Draw(t, "type")].Type, Deleted: rapid.IntRange(0, 9).Draw(t, "deleted") == 0,
	}
	info, _ := f.Type.Info()
	if info.Options {
		for _, id := range rapid.SliceOfNDistinct(rapid.IntRange(1, 5), 1, 4, rapid.ID[int]).Draw(t, "options") {
			o := cairn.Option{ID: cairn.ID(id), Name: fmt.Sprintf("%c option", 'F'-id), Color: "red"}
			if weight := int64(id); id != 3 {
				o.Weight = &weight
			}
			f.Options = append(f.Options, o)
		}
	}
	if f.Type == cairn.TypeFormula {
		f.Formula = w.drawFormula(t, id)
	}
	return f
}

func (w *world) drawFormula(t *rapid.T, id cairn.ID) *cairn.Formula {
	kinds := []cairn.FormulaKind{cairn.FormulaSum, cairn.FormulaWeighted, cairn.FormulaExpression}
	out := &cairn.Formula{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	var numeric []cairn.Ref
	for _, f := range w.state.Fields() {
		if info, _ := f.Type.Info(); info.Numeric {
			numeric = append(numeric, f.Ref())
		}
	}
	if len(numeric) == 0 {
		numeric = []cairn.Ref{cairn.RefComments}
	}
	for i, ref := range rapid.SliceOfNDistinct(rapid.SampledFrom(numeric), 1, 3, rapid.ID[cairn.Ref]).Draw(t, "inputs") {
		weight := []float64{0.5, 2, -1}[i]
		out.Inputs = append(out.Inputs, cairn.FormulaInput{Field: ref, Weight: weight})
	}
	if out.Kind == cairn.FormulaExpression {
		out.Expression = fmt.Sprintf(rapid.SampledFrom([]string{
			"12 / {%[1]s} + days_between(today(), {createdAt})",
			"sum(children.{%[1]s}) - avg(children.{%[1]s}) / 3 + count(children)",
			"{%[1]s} + sum(children.{%[2]s})",
			"max({%[1]s}, max(children.{%[2]s})) + count(children.{%[1]s})",
			"days_between(min(children.{createdAt}), today()) + min(children.{%[1]s})",
		}).Draw(t, "expression"), out.Inputs[0].Field, cairn.FieldRef(id))
		out.Inputs = nil
	}
	return out
}

// drawValue draws a value in JSON of any type; most fit no given field.
func drawValue(t *rapid.T) json.RawMessage {
	return json.RawMessage(rapid.SampledFrom([]string{
		"null", "1", "2", "3", "-2.5", "0", "5", "100000000000", "true", "false", `"Text"`, `"text"`, `"Ärger \"x\""`, `""`,
		`"2026-11-23"`, `"2026-12-01"`, `"2024-02-29"`, `[1,2]`, `[3]`, `[2,2,5]`, `[]`, `["beta","Alpha"]`, `["beta"]`, `["ünï"]`,
		`{"low":1,"likely":2,"high":5}`, `{"low":-3.5,"likely":0,"high":0}`, `{"low":1}`,
		`{"start":"2026-10-01","end":"2026-12-31","precision":"quarter"}`, `{"start":"2026-11-03","end":"2026-11-09","precision":"day"}`,
	}).Draw(t, "value"))
}

// step makes one random change set.
func (w *world) step(t *rapid.T) {
	ideas, fields := w.of(cairn.KindIdea), w.of(cairn.KindField)
	action := rapid.IntRange(0, 20).Draw(t, "action")
	switch {
	case action == 0 || len(fields) == 0:
		_, c := w.create(cairn.KindField, 0, attrs(t, w.drawField(t, w.nextID)))
		w.commit(t, c)
	case action == 1:
		w.changeField(t, rapid.SampledFrom(fields).Draw(t, "field"))
	case action == 2 && len(fields) > 4:
		w.commit(t, w.remove(rapid.SampledFrom(fields).Draw(t, "field")))
	case action <= 5 || len(ideas) == 0:
		w.addIdea(t, fields)
	case action == 6:
		id := rapid.SampledFrom(ideas).Draw(t, "idea")
		w.commit(t, w.remove(id))
	case action == 7:
		_, c := w.create(cairn.KindComment, rapid.SampledFrom(ideas).Draw(t, "idea"), cairn.Attrs{})
		w.commit(t, c)
	case action == 8 && len(w.of(cairn.KindComment)) > 0:
		w.commit(t, w.remove(rapid.SampledFrom(w.of(cairn.KindComment)).Draw(t, "comment")))
	case action == 9:
		id := rapid.SampledFrom(ideas).Draw(t, "idea")
		w.commit(t, w.set(id, "archived", json.RawMessage(rapid.SampledFrom([]string{"true", "null"}).Draw(t, "archived"))))
	case action == 10:
		w.names.byID[cairn.ID(rapid.IntRange(1, 4).Draw(t, "person"))] = rapid.StringMatching(`[A-Za-z]{0,3}`).Draw(t, "name")
		w.names.rev++
	case action == 11:
		id := rapid.SampledFrom(ideas).Draw(t, "idea")
		w.commit(t, w.set(id, "rank", text(rapid.StringMatching(`[a-c]{1,3}`).Draw(t, "rank"))),
			w.set(id, "title", text(rapid.StringMatching(`[A-Ca-cÄä]{1,12}`).Draw(t, "title"))))
	case action <= 13:
		w.vote(t, ideas, fields)
	case action == 14 && rapid.Bool().Draw(t, "link"):
		w.changeLink(t, ideas)
	case action == 14:
		w.changeType(t)
	case action <= 17:
		id := rapid.SampledFrom(ideas).Draw(t, "idea")
		w.commit(t, w.set(id, "parent", w.drawParent(t, id)))
	default:
		id := rapid.SampledFrom(ideas).Draw(t, "idea")
		field := rapid.SampledFrom(fields).Draw(t, "field")
		w.commit(t, w.set(id, string(cairn.FieldRef(field)), drawValue(t)),
			w.set(id, "updatedAt", text(fmt.Sprintf("2026-11-%02dT10:00:00.5Z", 1+w.seq%28))))
	}
}

// drawParent draws a parent for an idea: mostly one that makes no circle, now
// and then any id, be it of the idea itself or of nothing.
func (w *world) drawParent(t *rapid.T, id cairn.ID) json.RawMessage {
	if rapid.IntRange(0, 4).Draw(t, "top") == 0 {
		return nil
	}
	parent := rapid.SampledFrom(w.of(cairn.KindIdea)).Draw(t, "parent")
	if rapid.IntRange(0, 19).Draw(t, "any") == 0 {
		parent += cairn.ID(rapid.IntRange(0, 3).Draw(t, "beside"))
	} else if parent >= id {
		return nil
	}
	return json.RawMessage(parent.String())
}

// changeLink links two ideas, of which one may be of another project, or removes
// a link.
func (w *world) changeLink(t *rapid.T, ideas []cairn.ID) {
	links := w.of(cairn.KindLink)
	if len(links) > 0 && rapid.Bool().Draw(t, "unlink") {
		w.commit(t, w.remove(rapid.SampledFrom(links).Draw(t, "link")))
		return
	}
	to := rapid.SampledFrom(append(ideas, 9)).Draw(t, "to")
	_, c := w.create(cairn.KindLink, rapid.SampledFrom(ideas).Draw(t, "from"), cairn.Attrs{"to": json.RawMessage(to.String())})
	w.commit(t, c)
}

// changeType adds, changes or removes a type of ideas, or gives one to an idea.
func (w *world) changeType(t *rapid.T) {
	types := w.of(cairn.KindIdeaType)
	draw := func() cairn.Attrs {
		return attrs(t, map[string]any{
			"name": rapid.StringMatching(`[A-Z][a-z]{1,3}`).Draw(t, "name"), "color": "red",
			"root": rapid.Bool().Draw(t, "root"), "position": rapid.IntRange(1, 9).Draw(t, "position"),
		})
	}
	what := rapid.IntRange(0, 4).Draw(t, "type")
	switch {
	case len(types) == 0 || what == 0:
		_, c := w.create(cairn.KindIdeaType, 0, draw())
		w.commit(t, c)
	case what == 1:
		w.commit(t, w.remove(rapid.SampledFrom(types).Draw(t, "gone")))
	case what == 2:
		id, next := rapid.SampledFrom(types).Draw(t, "changed"), draw()
		w.commit(t, w.set(id, "name", next["name"]), w.set(id, "root", next["root"]), w.set(id, "position", next["position"]))
	default:
		id := rapid.SampledFrom(w.of(cairn.KindIdea)).Draw(t, "idea")
		w.commit(t, w.set(id, "type", json.RawMessage(rapid.SampledFrom(types).Draw(t, "of").String())))
	}
}

func (w *world) changeField(t *rapid.T, id cairn.ID) {
	var changes []cairn.Change
	next := attrs(t, w.drawField(t, id))
	for _, name := range []string{"type", "options", "deleted", "formula", "name"} {
		changes = append(changes, w.set(id, name, next[name]))
	}
	w.commit(t, changes...)
}

// vote changes a ballot, of which there may be several for a field; they may
// also name ideas that are gone and fields of other types.
func (w *world) vote(t *rapid.T, ideas, fields []cairn.ID) {
	ballots := w.of(cairn.KindBallot)
	attr := cairn.BallotAttr(rapid.SampledFrom(ideas).Draw(t, "idea"))
	votes := json.RawMessage(rapid.SampledFrom([]string{`{"amount":1}`, `{"amount":4,"comment":"why"}`, "null"}).Draw(t, "votes"))
	switch action := rapid.IntRange(0, 5).Draw(t, "ballot action"); {
	case action == 0 && len(ballots) > 0:
		w.commit(t, w.remove(rapid.SampledFrom(ballots).Draw(t, "ballot")))
	case action <= 2 || len(ballots) == 0:
		a := attrs(t, map[string]any{"field": rapid.SampledFrom(fields).Draw(t, "field"), "user": w.nextID})
		a.Set(attr, votes)
		_, c := w.create(cairn.KindBallot, 0, a)
		w.commit(t, c)
	default:
		w.commit(t, w.set(rapid.SampledFrom(ballots).Draw(t, "ballot"), attr, votes))
	}
}

func (w *world) addIdea(t *rapid.T, fields []cairn.ID) {
	a := attrs(t, map[string]any{
		"title": rapid.StringMatching(`[A-Ca-cÄä ]{0,9}[a-z]`).Draw(t, "title"), "number": int64(w.nextID),
		"rank": rapid.StringMatching(`[a-c]{1,2}`).Draw(t, "rank"), "createdAt": fmt.Sprintf("2026-10-%02dT23:59:59Z", 1+w.nextID%28),
		"createdBy": 1 + w.nextID%4, "updatedAt": "2026-11-01T00:00:00Z",
	})
	if len(w.of(cairn.KindIdea)) > 0 {
		a.Set("parent", w.drawParent(t, w.nextID))
	}
	for _, f := range fields {
		if rapid.Bool().Draw(t, "filled") {
			a.Set(string(cairn.FieldRef(f)), drawValue(t))
		}
	}
	_, c := w.create(cairn.KindIdea, 0, a)
	w.commit(t, c)
}

// drawQuery draws a query over the fields that are there.
func (w *world) drawQuery(t *rapid.T) cairn.Query {
	refs := []cairn.Ref{cairn.RefTitle, cairn.RefKey, cairn.RefCreatedAt, cairn.RefCreatedBy, cairn.RefUpdatedAt, cairn.RefComments, cairn.RefArchived,
		cairn.RefType, cairn.RefParent, cairn.RefChildren}
	groups := []cairn.Ref{cairn.RefCreatedAt, cairn.RefCreatedBy, cairn.RefArchived, cairn.RefComments, cairn.RefType, cairn.RefParent, cairn.RefChildren}
	for _, f := range w.state.Fields() {
		refs = append(refs, f.Ref(), f.Ref())
		if info, _ := f.Type.Info(); info.Groupable {
			groups = append(groups, f.Ref(), f.Ref())
		}
	}
	q := cairn.Query{Archived: rapid.SampledFrom([]string{"", "", "all", "only"}).Draw(t, "archived")}
	for range rapid.IntRange(0, 2).Draw(t, "sorts") {
		q.Sort = append(q.Sort, cairn.SortKey{Field: rapid.SampledFrom(refs).Draw(t, "sort"), Desc: rapid.Bool().Draw(t, "desc")})
	}
	for _, ref := range rapid.SliceOfNDistinct(rapid.SampledFrom(groups), 0, 2, rapid.ID[cairn.Ref]).Draw(t, "groups") {
		q.Group = append(q.Group, cairn.GroupBy{Field: ref, Desc: rapid.Bool().Draw(t, "desc"), ShowEmpty: rapid.Bool().Draw(t, "empty")})
	}
	q.Tree = rapid.IntRange(0, 2).Draw(t, "tree") == 0
	if rapid.Bool().Draw(t, "filtered") {
		q.Filter = w.drawFilter(t, 2)
	}
	ref := rapid.SampledFrom(refs).Draw(t, "rollup")
	q.Rollups = []cairn.Rollup{{Op: cairn.RollupCount}, {Field: ref, Op: cairn.RollupFilled}}
	for _, f := range w.state.Fields() {
		if info, _ := f.Type.Info(); info.Numeric {
			op := rapid.SampledFrom([]cairn.RollupOp{cairn.RollupSum, cairn.RollupAverage, cairn.RollupMedian, cairn.RollupMin, cairn.RollupRange}).Draw(t, "op")
			q.Rollups = append(q.Rollups, cairn.Rollup{Field: f.Ref(), Op: op})
		}
	}
	return q
}

// drawFilter draws a valid filter tree.
func (w *world) drawFilter(t *rapid.T, depth int) cairn.Filter {
	if kind := rapid.IntRange(0, 4).Draw(t, "node"); depth > 0 && kind < 3 {
		switch kind {
		case 0:
			inner := w.drawFilter(t, depth-1)
			return cairn.Filter{Not: &inner}
		case 1:
			return cairn.Filter{All: []cairn.Filter{w.drawFilter(t, depth-1), w.drawFilter(t, depth-1)}}
		default:
			return cairn.Filter{Any: []cairn.Filter{w.drawFilter(t, depth-1), w.drawFilter(t, depth-1)}}
		}
	}
	switch rapid.IntRange(0, 9).Draw(t, "builtin") {
	case 0:
		return cairn.Filter{Field: cairn.RefChildren, Op: cairn.OpGte, Value: json.RawMessage("1")}
	case 1:
		return cairn.Filter{Field: cairn.RefParent, Op: cairn.OpEmpty}
	}
	fields := w.state.Fields()
	if len(fields) == 0 {
		return cairn.Filter{Field: cairn.RefTitle, Op: cairn.OpContains, Value: text("a")}
	}
	f := rapid.SampledFrom(fields).Draw(t, "field")
	info, _ := f.Type.Info()
	op := rapid.SampledFrom(info.Ops).Draw(t, "op")
	return cairn.Filter{Field: f.Ref(), Op: op, Value: drawOperand(t, f, info, op)}
}

func drawOperand(t *rapid.T, f cairn.Field, info cairn.TypeInfo, op cairn.FilterOp) json.RawMessage {
	one := func(choices ...string) json.RawMessage {
		return json.RawMessage(rapid.SampledFrom(choices).Draw(t, "operand"))
	}
	switch op {
	case cairn.OpEmpty, cairn.OpNotEmpty, cairn.OpOverdue:
		return nil
	case cairn.OpPast, cairn.OpNext:
		return one(`{"n":1,"unit":"day"}`, `{"n":30,"unit":"day"}`, `{"n":2,"unit":"week"}`, `{"n":1,"unit":"quarter"}`, `{"n":3,"unit":"year"}`)
	case cairn.OpThis:
		return one(`"day"`, `"week"`, `"month"`, `"quarter"`, `"half"`, `"year"`)
	case cairn.OpOverlaps:
		return one(`["2026-11-01","today"]`, `["today-30","today+30"]`)
	case cairn.OpBetween:
		if info.Kind == cairn.KindNumber {
			return one(`[0,3]`, `[-5,2]`, `[3,1]`)
		}
		return one(`["2024-01-01","today"]`, `["today","today+20"]`)
	}
	switch info.Kind {
	case cairn.KindText:
		return one(`"t"`, `"Text"`, `"ä"`, `"ARG"`, `""`)
	case cairn.KindNumber:
		return one("0", "2", "-2.5", "3")
	case cairn.KindBool:
		return one("true", "false")
	case cairn.KindTexts:
		return one(`["beta"]`, `["ALPHA","beta"]`, `["none"]`, `[]`)
	case cairn.KindRefID, cairn.KindRefIDs:
		if f.Type == cairn.TypeConnection {
			return one(`[1]`, `[2,5]`, `[9]`, `[]`)
		}
		if info.Options {
			ids := []cairn.ID{}
			for _, o := range rapid.SliceOfN(rapid.SampledFrom(f.Options), 0, 2).Draw(t, "members") {
				ids = append(ids, o.ID)
			}
			raw, _ := json.Marshal(ids)
			return raw
		}
		return one(`["me"]`, `[1,3]`, `[4]`, `[]`)
	}
	return one(`"today"`, `"2026-11-23"`, `"2026-12-01"`, `"today-7"`)
}

func (w *world) allColumns() []cairn.Ref {
	refs := []cairn.Ref{cairn.RefTitle, cairn.RefKey, cairn.RefCreatedAt, cairn.RefCreatedBy, cairn.RefUpdatedAt, cairn.RefComments, cairn.RefArchived, cairn.RefRank,
		cairn.RefType, cairn.RefParent, cairn.RefChildren, cairn.RefLinks, cairn.RefCover, cairn.ChildrenRef(cairn.RollupMax, cairn.RefComments)}
	for _, id := range w.of(cairn.KindField) {
		refs = append(refs, cairn.FieldRef(id))
	}
	return refs
}

// answer evaluates a query to bytes; an error becomes its message.
func answer(s *engine.State, req engine.Request) string {
	res, err := s.Eval(req)
	if err != nil {
		return "error: " + err.Error()
	}
	return string(res.AppendJSON(nil))
}

// A state that was moved forward step by step, with everything it kept along
// the way, answers as one that was loaded from the entities (VQ-1, VQ-2).
func TestSteppedEqualsLoaded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		var queries []cairn.Query
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.step(t)
			if len(queries) < 4 || rapid.IntRange(0, 5).Draw(t, "fresh") == 0 {
				queries = append(queries, w.drawQuery(t))
			}
			loaded := w.reload(t)
			q := rapid.SampledFrom(queries).Draw(t, "query")
			req := engine.Request{Query: q, Columns: w.allColumns(), Limit: -1, Env: w.env()}
			if q.Filter.Field != "" {
				req.Colors = []cairn.ColorRule{{When: q.Filter, Color: "red"}, {When: q.Filter, Color: "blue", Field: cairn.RefTitle}}
			}
			got, want := answer(w.state, req), answer(loaded, req)
			if got != want {
				raw, _ := json.Marshal(q)
				t.Fatalf("query %s\nstepped %s\nloaded  %s", raw, got, want)
			}
			if again := answer(w.state, req); again != got {
				t.Fatalf("the second answer differs:\n%s\n%s", got, again)
			}
			if wrong := shownWrongly(w.state, q, w.env(), w.of(cairn.KindIdea)); wrong != "" {
				raw, _ := json.Marshal(q)
				t.Fatalf("query %s\n%s", raw, wrong)
			}
		}
	})
}

// shownWrongly says where Shows differs from what Eval lists, "" where it does
// not (HEAR-11).
func shownWrongly(s *engine.State, q cairn.Query, env engine.Env, ids []cairn.ID) string {
	res, err := s.Eval(engine.Request{Query: q, Limit: -1, Env: env})
	if err != nil {
		return "" // a view that shows nothing
	}
	listed := res.IDs()
	shown, err := s.Shows(q, env, ids)
	if err != nil {
		return "Shows: " + err.Error()
	}
	for _, id := range ids {
		if slices.Contains(listed, id) != slices.Contains(shown, id) {
			return fmt.Sprintf("the idea %d: listed %v, shown %v", id, slices.Contains(listed, id), slices.Contains(shown, id))
		}
	}
	return ""
}

// A filter tree and the expression that says the same pass the same ideas
// (VQ-24).
func TestFilterAgreesWithExpression(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for range rapid.IntRange(5, 30).Draw(t, "steps") {
			w.step(t)
		}
		w.names.byID = map[cairn.ID]string{1: "Zoë", 2: "Adam", 3: "Ben", 4: "Cleo"}
		w.names.rev++
		f := w.drawFilter(t, 2)
		expr := formula.FilterExpr(f, w.state.SchemaFor(w.names))
		tree := answer(w.state, engine.Request{Query: cairn.Query{Filter: f}, Columns: w.allColumns(), Limit: -1, Env: w.env()})
		where := answer(w.state, engine.Request{Query: cairn.Query{Where: expr}, Columns: w.allColumns(), Limit: -1, Env: w.env()})
		if tree != where {
			raw, _ := json.Marshal(f)
			t.Fatalf("filter %s\nexpression %s\nfilter     %s\nexpression %s", raw, expr, tree, where)
		}
	})
}
