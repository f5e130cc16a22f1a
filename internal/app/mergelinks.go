package app

import (
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// originals are the links that a link stands for: itself where nobody merged.
func originals(l cairn.Link) []cairn.ID {
	if len(l.Via) > 0 {
		return l.Via
	}
	return []cairn.ID{l.ID}
}

// moveLinks makes the links of a part links of the whole (MRG-5).
func (m *merging) moveLinks(part cairn.ID) error {
	for _, l := range slices.Clone(m.links) {
		if l.From != part && l.To != part {
			continue
		}
		there, err := m.dropLink(l)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		image := l
		image.Via = originals(l)
		if image.From == part {
			image.From = m.whole
		}
		if image.To == part {
			image.To = m.whole
		}
		if image.From == image.To {
			continue
		}
		m.done.Links++
		if err := m.putImage(image); err != nil {
			return err
		}
	}
	return nil
}

// dropLink deletes a link of the project; there is false for one that is of
// another project or gone.
func (m *merging) dropLink(l cairn.Link) (there bool, err error) {
	if l.Project != m.st.Project() {
		return false, nil
	}
	m.links = slices.DeleteFunc(m.links, func(other cairn.Link) bool { return other.ID == l.ID })
	switch err := m.tx.Delete(l.ID); cairn.CodeOf(err) {
	case "":
		return true, touchEnds(m.tx, m.by, l)
	case cairn.CodeNotFound: // removed a moment ago
		return false, nil
	default:
		return false, err
	}
}

// putImage makes a link that stands for others, or lets one that says the same
// stand for them too; one that somebody made stands for itself.
func (m *merging) putImage(image cairn.Link) error {
	if i := slices.IndexFunc(m.links, func(l cairn.Link) bool { return sameLink(l, image) }); i >= 0 {
		l := &m.links[i]
		if len(l.Via) == 0 {
			return nil
		}
		for _, id := range image.Via {
			if !slices.Contains(l.Via, id) {
				l.Via = append(slices.Clip(l.Via), id)
			}
		}
		return m.putLink(*l)
	}
	if n := countFrom(m.links, image.From); image.From == m.whole && n >= cairn.MaxLinks {
		return cairn.Errorf(cairn.CodeTooLarge, "%s would have more than %d links", m.key(m.whole), cairn.MaxLinks)
	}
	if image.Dependency() {
		image.ID = 0
		path, err := circle(m.tx, image)
		if err != nil {
			return err
		}
		if len(path) > 0 {
			names := make([]string, len(path))
			for i, id := range path {
				names[i] = m.key(id)
			}
			return cairn.Conflict("The dependencies would go round in a circle: %s. Remove one of them first", strings.Join(names, " → "))
		}
	}
	image.ID = 0
	e, err := image.Entity()
	if err != nil {
		return err
	}
	if image.ID, err = m.tx.Create(e); err != nil {
		return err
	}
	m.links = append(m.links, image)
	return touchEnds(m.tx, m.by, image)
}

func (m *merging) putLink(l cairn.Link) error {
	e, err := l.Entity()
	if err != nil {
		return err
	}
	return m.tx.Put(e)
}

// sameLink reports whether two links say the same.
func sameLink(a, b cairn.Link) bool {
	if a.Type != b.Type {
		return false
	}
	info, _ := a.Type.Info()
	return a.From == b.From && a.To == b.To || info.Symmetric && a.From == b.To && a.To == b.From
}

func countFrom(links []cairn.Link, from cairn.ID) int {
	n := 0
	for _, l := range links {
		if l.From == from {
			n++
		}
	}
	return n
}

// moveVotes gives the whole, of each person, the larger of what they gave to it
// and to the part (MRG-7).
func (m *merging) moveVotes(part cairn.ID) error {
	ballots, err := ballotsWith(m.tx, m.st.Project(), part)
	if err != nil {
		return err
	}
	for _, b := range ballots {
		gave, own := b.Votes[part], b.Votes[m.whole]
		m.voters[b.User] = true
		keep := own.Own
		if keep == nil {
			keep = &cairn.Vote{Amount: own.Amount, Comment: own.Comment}
		}
		if keep.Amount > 0 {
			m.both[b.User] = true
		}
		delete(b.Votes, part)
		b.Votes[m.whole] = larger(own, gave, keep)
		e, err := b.Entity()
		if err != nil {
			return err
		}
		if err := m.tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// larger is the larger of two votes, with its reason or else the other's, and
// what the person gave to the idea itself.
func larger(a, b cairn.Vote, own *cairn.Vote) cairn.Vote {
	if b.Amount > a.Amount {
		a, b = b, a
	}
	out := cairn.Vote{Amount: a.Amount, Comment: a.Comment, Own: own}
	if out.Comment == "" {
		out.Comment = b.Comment
	}
	return out
}

// ballotsWith returns the ballots of a project that name an idea.
func ballotsWith(tx store.Tx, project, idea cairn.ID) ([]cairn.Ballot, error) {
	var out []cairn.Ballot
	attr := cairn.BallotAttr(idea)
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindBallot}, Project: project}, func(e cairn.Entity) error {
		if _, ok := e.Attrs[attr]; !ok {
			return nil
		}
		b, err := cairn.BallotOf(e)
		out = append(out, b)
		return err
	})
	return out, err
}
