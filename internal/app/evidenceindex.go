package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"cairn"
	"cairn/internal/search"
	"cairn/internal/search/fold"
	"cairn/internal/store"
)

// evidenceIndex holds in memory what evidence is made of: every insight, every
// link of one to an idea, and the customers. All three reach
// across projects, which is why no project's state can hold them. It moves only
// by applying the log, and tells the states what their ideas have.
type evidenceIndex struct {
	mu sync.RWMutex
	// Sets that arrive before everything is loaded wait in pending.
	loaded  bool
	pending []cairn.ChangeSet
	voices
	// moved is the last change set that moved it, at least since it was loaded.
	moved int64

	// texts finds insights by their words, alike those that say the same.
	texts *search.Index
	alike alikeInsights
	// listed is the customers by name; nil until asked for.
	listed atomic.Pointer[customerList]
	// fed are the project states that want to know.
	fed map[cairn.ID]*projectState
}

func newEvidenceIndex() *evidenceIndex {
	return &evidenceIndex{
		voices: newVoices(), texts: search.New(search.English), alike: newAlikeInsights(), fed: make(map[cairn.ID]*projectState),
	}
}

func evidenceKinds() []cairn.Kind {
	return []cairn.Kind{cairn.KindCustomerField, cairn.KindCustomer, cairn.KindInsight, cairn.KindEvidence}
}

func (x *evidenceIndex) load(ctx context.Context, st store.Store) error {
	var found []cairn.Entity
	seq, err := st.Scan(ctx, store.Query{Kinds: evidenceKinds(), Text: true}, func(e cairn.Entity) error {
		found = append(found, e)
		return nil
	})
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	touched := make(touchedIdeas)
	for _, e := range found {
		x.put(e, touched)
	}
	for i := range x.pending {
		if x.pending[i].Seq > seq {
			x.applySet(&x.pending[i], touched)
		}
	}
	x.pending, x.loaded, x.moved = nil, true, max(seq, x.moved)
	return nil
}

// apply moves the index forward and tells the states.
func (x *evidenceIndex) apply(sets []cairn.ChangeSet) {
	x.mu.Lock()
	defer x.mu.Unlock()
	touched := make(touchedIdeas)
	for i := range sets {
		if !slices.ContainsFunc(sets[i].Changes, func(c cairn.Change) bool { return slices.Contains(evidenceKinds(), c.Kind) }) {
			continue
		}
		if !x.loaded {
			x.pending = append(x.pending, sets[i])
			continue
		}
		x.applySet(&sets[i], touched)
	}
	x.tell(touched)
}

func (x *evidenceIndex) applySet(set *cairn.ChangeSet, touched touchedIdeas) {
	x.moved = set.Seq
	for _, c := range set.Changes {
		if !slices.Contains(evidenceKinds(), c.Kind) {
			continue
		}
		old := x.entities[c.ID]
		if c.Deleted() {
			x.drop(old, touched)
			continue
		}
		if e, ok := store.Applied(old, set, c); ok {
			x.put(e, touched)
		}
	}
}

// put takes over an entity, and drop lets go of it; what is searched follows.
func (x *evidenceIndex) put(e cairn.Entity, touched touchedIdeas) {
	x.voices.put(e, touched)
	if e.Kind == cairn.KindCustomer {
		x.listed.Store(nil)
	}
	if e.Kind == cairn.KindInsight {
		x.reread(e.ID)
	}
}

func (x *evidenceIndex) drop(e cairn.Entity, touched touchedIdeas) {
	x.voices.drop(e, touched)
	if e.Kind == cairn.KindCustomer {
		x.listed.Store(nil)
	}
	if e.Kind == cairn.KindInsight {
		x.reread(e.ID)
	}
}

func (x *evidenceIndex) reread(insight cairn.ID) {
	x.alike.note(insight)
	if i, there := x.insights[insight]; there {
		x.texts.Update(search.Doc{ID: i.ID, Title: i.Title, Body: i.Note, Extra: i.Labels})
	} else {
		x.texts.Remove(insight)
	}
}

// feed tells a state that has just been loaded everything about its ideas, and
// from then on what changes.
func (x *evidenceIndex) feed(p *projectState) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.fed[p.id] = p
	facts := make(map[cairn.ID][]cairn.Fact)
	for _, l := range x.links {
		if _, done := facts[l.Idea]; !done && l.Project == p.id {
			facts[l.Idea] = x.factsOf(l.Idea)
		}
	}
	p.state.SetFacts(facts)
}

// tell passes on what ideas have, and that those have nothing whose links went
// with them.
func (x *evidenceIndex) tell(touched touchedIdeas) {
	facts := make(map[cairn.ID]map[cairn.ID][]cairn.Fact)
	for idea, project := range touched {
		if x.fed[project] != nil {
			inner(facts, project)[idea] = x.factsOf(idea)
		}
	}
	for project, own := range facts {
		x.fed[project].state.SetFacts(own)
	}
}

// insight returns one insight.
func (x *evidenceIndex) insight(id cairn.ID) (cairn.Insight, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	i, ok := x.insights[id]
	return i, ok
}

// link returns one link.
func (x *evidenceIndex) link(id cairn.ID) (cairn.Evidence, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	l, ok := x.links[id]
	return l, ok
}

// linksOfIdea returns the links of an idea, oldest first.
func (x *evidenceIndex) linksOfIdea(idea cairn.ID) []cairn.Evidence {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.sorted(x.ofIdea[idea])
}

// linksOfInsight returns the links of an insight and of what was merged into it,
// to each idea one: those of the insight itself first, each kind oldest first.
func (x *evidenceIndex) linksOfInsight(insight cairn.ID) []cairn.Evidence {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.linksOf(insight)
}

// inProject returns the insights at home in a project that match, newest first.
func (x *evidenceIndex) inProject(project cairn.ID, match func(cairn.Insight, int) bool) []cairn.Insight {
	x.mu.RLock()
	defer x.mu.RUnlock()
	out := []cairn.Insight{}
	for id := range x.atHome[project] {
		i := x.insights[id]
		if x.whole(id) != id {
			continue // EVD-24: it is part of another
		}
		links := 0
		for _, one := range x.family(id) {
			links += len(x.ofInsight[one])
		}
		if match(i, links) {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b cairn.Insight) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID)) })
	return out
}

// any reports whether a project collects evidence: it has an insight of its own,
// or an idea that one is linked to.
func (x *evidenceIndex) any(project cairn.ID) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if len(x.atHome[project]) > 0 {
		return true
	}
	for _, l := range x.links {
		if l.Project == project {
			return true
		}
	}
	return false
}

// saidBy returns the insights of a customer, newest first; those of a company
// include what its people said for it. What was merged is there as the whole.
func (x *evidenceIndex) saidBy(customer cairn.ID) []cairn.Insight {
	x.mu.RLock()
	defer x.mu.RUnlock()
	out := x.wholes(maps.Keys(x.said[customer]))
	slices.SortFunc(out, func(a, b cairn.Insight) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID)) })
	return out
}

func (x *evidenceIndex) customer(id cairn.ID) (cairn.Customer, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c, ok := x.customers[id]
	return c, ok
}

// sender finds who writes from an e-mail address: the person who has it, else
// the one company to which everybody known at that host belongs.
func (x *evidenceIndex) sender(address string) (person, company cairn.ID) {
	address = strings.ToLower(address)
	_, host, _ := strings.Cut(address, "@")
	x.mu.RLock()
	defer x.mu.RUnlock()
	mixed := false
	for _, c := range x.customers {
		if c.Email == "" {
			continue
		}
		if c.Email == address {
			return c.ID, c.Company
		}
		if _, h, _ := strings.Cut(c.Email, "@"); h == host {
			mixed = mixed || c.Company == 0 || company != 0 && company != c.Company
			company = c.Company
		}
	}
	if mixed {
		return 0, 0
	}
	return 0, company
}

// customerList is the customers by name, letter case and accents aside.
type customerList struct {
	all []cairn.Customer
	// texts are what a search looks through of each.
	texts func() []string
}

// listCustomers returns the customers by name; the list is shared, and made anew
// after one of them has changed.
func (x *evidenceIndex) listCustomers() *customerList {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if list := x.listed.Load(); list != nil {
		return list
	}
	type named struct {
		name string
		id   cairn.ID
	}
	order := make([]named, 0, len(x.customers))
	for id, c := range x.customers {
		order = append(order, named{fold.String(c.Name), id})
	}
	slices.SortFunc(order, func(a, b named) int { return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.id, b.id)) })
	list := &customerList{all: make([]cairn.Customer, len(order))}
	for i, one := range order {
		list.all[i] = x.customers[one.id]
	}
	list.texts = sync.OnceValue(func() []string {
		texts := make([]string, len(list.all))
		for i, c := range list.all {
			texts[i] = customerText(c)
		}
		return texts
	})
	x.listed.Store(list)
	return list
}

// allCustomers returns the customers by name; shared, not to be changed.
func (x *evidenceIndex) allCustomers() []cairn.Customer { return x.listCustomers().all }

// people returns the people of a company, by id.
func (x *evidenceIndex) people(company cairn.ID) []cairn.Customer {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cairn.Customer
	for id := range x.staff[company] {
		out = append(out, x.customers[id])
	}
	slices.SortFunc(out, func(a, b cairn.Customer) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out
}

// customerFields returns the fields in their order.
func (x *evidenceIndex) customerFields() []cairn.CustomerField {
	x.mu.RLock()
	defer x.mu.RUnlock()
	out := slices.Collect(maps.Values(x.fields))
	slices.SortFunc(out, func(a, b cairn.CustomerField) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// recorded is what is noted of the customers of an insight at this moment.
func (x *evidenceIndex) recorded(person, company cairn.ID) cairn.CustomerValues {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.valuesOf(person, company)
}
