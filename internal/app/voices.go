package app

import (
	"cmp"
	"maps"
	"slices"

	"cairn"
)

// voices are insights, their links to ideas and the customers who said them, with
// what belongs to what: those of the workspace as they are (evidenceIndex), or
// those of one project as they were.
type voices struct {
	entities map[cairn.ID]cairn.Entity

	insights  map[cairn.ID]cairn.Insight
	links     map[cairn.ID]cairn.Evidence
	customers map[cairn.ID]cairn.Customer
	fields    map[cairn.ID]cairn.CustomerField

	// ofIdea, ofInsight name links; atHome the insights of a project; said the
	// insights of a customer; staff the people of a company; parts the insights
	// that were merged into one.
	ofIdea, ofInsight, atHome, said, staff, parts map[cairn.ID]map[cairn.ID]bool
}

// touchedIdeas are ideas that may have something else in insights by now, with
// their projects.
type touchedIdeas map[cairn.ID]cairn.ID

func newVoices() voices {
	ids := func() map[cairn.ID]map[cairn.ID]bool { return make(map[cairn.ID]map[cairn.ID]bool) }
	return voices{
		entities: make(map[cairn.ID]cairn.Entity),
		insights: make(map[cairn.ID]cairn.Insight), links: make(map[cairn.ID]cairn.Evidence),
		customers: make(map[cairn.ID]cairn.Customer), fields: make(map[cairn.ID]cairn.CustomerField),
		ofIdea: ids(), ofInsight: ids(), atHome: ids(), said: ids(), staff: ids(), parts: ids(),
	}
}

// put takes over an entity and notes the ideas that have something else by it. A
// malformed one cannot come from the use cases, which validate; it is left out
// rather than taking the server down.
func (v *voices) put(e cairn.Entity, touched touchedIdeas) {
	v.drop(v.entities[e.ID], touched)
	switch e.Kind {
	case cairn.KindInsight:
		i, err := cairn.InsightOf(e)
		if err != nil {
			return
		}
		v.holdInsight(i)
		v.touchInsight(e.ID, touched)
	case cairn.KindEvidence:
		l, err := cairn.EvidenceOf(e)
		if err != nil {
			return
		}
		v.holdLink(l)
		touched[l.Idea] = l.Project
	case cairn.KindCustomer:
		c, err := cairn.CustomerOf(e)
		if err != nil {
			return
		}
		v.holdCustomer(c)
		v.touchCustomer(e.ID, touched)
	case cairn.KindCustomerField:
		f, err := cairn.CustomerFieldOf(e)
		if err != nil {
			return
		}
		v.fields[e.ID] = f
	}
	v.entities[e.ID] = e
}

func (v *voices) holdInsight(i cairn.Insight) {
	v.insights[i.ID] = i
	if i.MergedInto != 0 {
		inner(v.parts, i.MergedInto)[i.ID] = true
	}
	inner(v.atHome, i.Project)[i.ID] = true
	inner(v.said, i.Person)[i.ID] = true
	inner(v.said, i.Company)[i.ID] = true
}

func (v *voices) holdLink(l cairn.Evidence) {
	v.links[l.ID] = l
	inner(v.ofIdea, l.Idea)[l.ID] = true
	inner(v.ofInsight, l.Insight)[l.ID] = true
}

func (v *voices) holdCustomer(c cairn.Customer) {
	v.customers[c.ID] = c
	inner(v.staff, c.Company)[c.ID] = true
}

// hold takes over what others have under an id, if they have anything.
func (v *voices) hold(others *voices, id cairn.ID) {
	e, there := others.entities[id]
	if _, held := v.entities[id]; !there || held {
		return
	}
	v.entities[id] = e
	switch e.Kind {
	case cairn.KindInsight:
		v.holdInsight(others.insights[id])
	case cairn.KindEvidence:
		v.holdLink(others.links[id])
	case cairn.KindCustomer:
		v.holdCustomer(others.customers[id])
	}
}

func (v *voices) drop(e cairn.Entity, touched touchedIdeas) {
	switch e.Kind {
	case cairn.KindInsight:
		i := v.insights[e.ID]
		v.touchInsight(e.ID, touched)
		delete(v.insights, e.ID)
		forget(v.parts, i.MergedInto, e.ID)
		forget(v.atHome, i.Project, e.ID)
		forget(v.said, i.Person, e.ID)
		forget(v.said, i.Company, e.ID)
	case cairn.KindEvidence:
		l := v.links[e.ID]
		delete(v.links, e.ID)
		forget(v.ofIdea, l.Idea, e.ID)
		forget(v.ofInsight, l.Insight, e.ID)
		touched[l.Idea] = l.Project
	case cairn.KindCustomer:
		v.touchCustomer(e.ID, touched)
		forget(v.staff, v.customers[e.ID].Company, e.ID)
		delete(v.customers, e.ID)
	case cairn.KindCustomerField:
		delete(v.fields, e.ID)
	default:
		return
	}
	delete(v.entities, e.ID)
}

func forget(m map[cairn.ID]map[cairn.ID]bool, of, id cairn.ID) {
	delete(m[of], id)
	if len(m[of]) == 0 {
		delete(m, of)
	}
}

func (v *voices) touchInsight(id cairn.ID, touched touchedIdeas) {
	for _, one := range v.family(id) {
		for link := range v.ofInsight[one] {
			touched[v.links[link].Idea] = v.links[link].Project
		}
	}
}

func (v *voices) touchCustomer(id cairn.ID, touched touchedIdeas) {
	for insight := range v.said[id] {
		v.touchInsight(insight, touched)
	}
}

// factsOf is what an idea has in insights.
func (v *voices) factsOf(idea cairn.ID) []cairn.Fact {
	var out []cairn.Fact
	done := make(map[cairn.ID]bool)
	for id := range v.ofIdea[idea] {
		whole, ok := v.insights[v.whole(v.links[id].Insight)]
		if !ok || done[whole.ID] {
			continue
		}
		done[whole.ID] = true
		for _, one := range v.family(whole.ID) {
			i := v.insights[one]
			on, _ := cairn.ParseDay(i.On)
			out = append(out, cairn.Fact{
				Insight: i.ID, Person: i.Person, Company: i.Company, On: on, Importance: i.Importance,
				Against: whole.Direction == cairn.DirectionAgainst, Merged: one != whole.ID, Recorded: i.Recorded,
				PersonValues: v.customers[i.Person].Values, CompanyValues: v.customers[i.Company].Values,
			})
		}
	}
	slices.SortFunc(out, func(a, b cairn.Fact) int { return cmp.Compare(a.Insight, b.Insight) })
	return out
}

// linksOf are the links of an insight and of what was merged into it, to each
// idea one: those of the insight itself first, each kind oldest first.
func (v *voices) linksOf(insight cairn.ID) []cairn.Evidence {
	out := v.sorted(v.ofInsight[insight])
	for _, part := range v.family(insight) {
		if part == insight {
			continue
		}
		for _, l := range v.sorted(v.ofInsight[part]) {
			if !slices.ContainsFunc(out, func(o cairn.Evidence) bool { return o.Idea == l.Idea }) {
				out = append(out, l)
			}
		}
	}
	return out
}

// sorted are links, oldest first.
func (v *voices) sorted(ids map[cairn.ID]bool) []cairn.Evidence {
	out := make([]cairn.Evidence, 0, len(ids))
	for id := range ids {
		out = append(out, v.links[id])
	}
	slices.SortFunc(out, func(a, b cairn.Evidence) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// valuesOf are the values of who said an insight; the company's where both have
// one.
func (v *voices) valuesOf(person, company cairn.ID) cairn.CustomerValues {
	out := make(cairn.CustomerValues)
	maps.Copy(out, v.customers[person].Values)
	maps.Copy(out, v.customers[company].Values)
	if len(out) == 0 {
		return nil
	}
	return out
}
